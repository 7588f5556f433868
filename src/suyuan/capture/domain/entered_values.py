"""Single raw values as their fields understand them: text, numbers, choices, moments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.nodes import (
    CascadeField,
    ChoiceField,
    DateField,
    DateTimeField,
    DurationField,
    EmailField,
    Field,
    LinkField,
    MoneyField,
    NumberField,
    PercentField,
    PhoneField,
    RatingField,
    TextField,
    TimeField,
    YesNoField,
)
from suyuan.capture.domain.node_fields import DecimalField, ways_of
from suyuan.capture.domain.wording import Words
from suyuan.kernel.expressions import Value
from suyuan.kernel.faults import Fault

LONGEST: Final = 4_000
"""Characters of a value."""
_FORMS: Final[Mapping[type, tuple[re.Pattern[str], str, str]]] = {
    TimeField: (re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"), "HH:MM", "HH:MM"),
    PhoneField: (re.compile(r"\+?[0-9(][0-9 ()/.-]{3,38}[0-9]"), "+86 21 5555 0100", "+86 21 5555 0100"),
    EmailField: (re.compile(r"[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+"), "li@example.com", "li@example.com"),
    LinkField: (re.compile(r"https?://[^\s/?#]+[^\s]*"), "https://…", "https://…"),
}  # fmt: skip
"""Texts of a fixed form: the form, and how it is told in both languages."""


def single_value(each: Field, given: object) -> Value:
    """Return a single raw value as its field understands it.

    :raises Fault: ``capture.value_wrong``.
    """
    match each:
        case TextField():
            return _text(each, given)
        case NumberField() | PercentField() | MoneyField():
            return _number(each, given)
        case RatingField():
            return _whole(each, given, 1, each.max)
        case DurationField():
            return _whole(each, given, 0, each.max, " 秒", " seconds")
        case ChoiceField() | CascadeField():
            return _chosen(each, given)
        case YesNoField():
            if not isinstance(given, bool):
                raise wrong(each, given, "true | false")
            return given
        case DateField() | DateTimeField():
            return _moment(each, given)
        case TimeField() | PhoneField() | EmailField() | LinkField():
            return _formed(each, given)
    if not isinstance(given, str) or len(given) > LONGEST:
        raise wrong(each, given, "文字", "text")
    return given


def _text(each: TextField, given: object) -> str:
    text = str(given) if isinstance(given, (str, int, Decimal)) and not isinstance(given, bool) else None
    if text is None or len(text) > each.max or "\0" in text:
        raise wrong(each, given, f"≤ {each.max} 个字符", f"≤ {each.max} characters")
    if each.pattern and re.fullmatch(each.pattern, text) is None:
        raise wrong(each, given, each.pattern)
    return text


def _whole(each: Field, given: object, least: int, most: int, zh: str = "", en: str = "") -> Decimal:
    number = _decimal(each, given)
    if number != number.to_integral_value() or not least <= number <= most:
        raise wrong(each, given, f"{least}–{most}{zh}", f"{least}–{most}{en}")
    return number


def _chosen(each: ChoiceField | CascadeField, given: object) -> str:
    if isinstance(each, CascadeField):
        if not any(given == "/".join(option.value for option in way) for way in ways_of(each)):
            raise wrong(each, given, "选到最后一级的选项", "a choice of the last level")
    elif given not in [option.value for option in each.options]:
        raise wrong(each, given, " | ".join(option.value for option in each.options[:10]))
    return str(given)


def _formed(each: Field, given: object) -> str:
    form, zh, en = _FORMS[type(each)]
    if not isinstance(given, str) or len(given) > LONGEST or form.fullmatch(given) is None:
        raise wrong(each, given, zh, en)
    return given


def _number(each: DecimalField, given: object) -> Decimal:
    number = _decimal(each, given)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > each.decimals and round(number, each.decimals) != number:
        raise wrong(each, given, f"≤ {each.decimals} 位小数", f"≤ {each.decimals} decimals")
    if each.min is not None and number < each.min:
        raise wrong(each, given, f"≥ {each.min}")
    if each.max is not None and number > each.max:
        raise wrong(each, given, f"≤ {each.max}")
    return number


def _decimal(each: Field, given: object) -> Decimal:
    given = given.get("num") if isinstance(given, dict) else given
    if isinstance(given, bool) or not isinstance(given, (str, int, float, Decimal)):
        raise wrong(each, given, "数字", "a number")
    try:
        number = Decimal(str(given).strip())
    except InvalidOperation:
        raise wrong(each, given, "数字", "a number") from None
    if not number.is_finite() or abs(number.adjusted()) > 20 or len(number.as_tuple().digits) > 28:
        raise wrong(each, given, "数字", "a number")
    return number


def _moment(each: Field, given: Any) -> date | datetime:  # noqa: ANN401 (any JSON value)
    if isinstance(given, (date, datetime)):  # a default
        return given
    wanted = "YYYY-MM-DD" if isinstance(each, DateField) else "YYYY-MM-DDThh:mm:ss+hh:mm"
    try:
        if isinstance(each, DateField):
            return date.fromisoformat(given)
        moment = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise wrong(each, given, wanted) from None
    if moment.tzinfo is None:
        raise wrong(each, given, wanted)
    return moment


def label_of_field(each: Field) -> Words:
    """Return a field's name in both languages."""
    return Words(each.label_zh, each.label_en)


def wrong(each: Field, given: object, zh: str, en: str = "") -> Fault:
    """Return the fault of a value that its field does not take; ``zh`` and ``en`` say what it takes."""
    return faults.VALUE_WRONG(label=label_of_field(each), given=str(given)[:80], allowed=Words(zh, en or zh))
