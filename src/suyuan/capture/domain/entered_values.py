"""Single raw values as their fields understand them: text, numbers, choices, moments."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.nodes import (
    ChoiceField,
    DateField,
    DateTimeField,
    Field,
    NumberField,
    RatingField,
    TextField,
    YesNoField,
)
from suyuan.capture.domain.wording import Words
from suyuan.kernel.expressions import Value
from suyuan.kernel.faults import Fault

LONGEST: Final = 4_000
"""Characters of a value."""


def single_value(each: Field, given: object) -> Value:
    """Return a single raw value as its field understands it.

    :raises Fault: ``capture.value_wrong``.
    """
    match each:
        case TextField():
            return _text(each, given)
        case NumberField():
            return _number(each, given)
        case RatingField():
            rating = _decimal(each, given)
            if rating != rating.to_integral_value() or not 1 <= rating <= each.max:
                raise wrong(each, given, f"1–{each.max}")
            return rating
        case ChoiceField():
            if given not in [option.value for option in each.options]:
                raise wrong(each, given, " | ".join(option.value for option in each.options[:10]))
            return str(given)
        case YesNoField():
            if not isinstance(given, bool):
                raise wrong(each, given, "true | false")
            return given
        case DateField() | DateTimeField():
            return _moment(each, given)
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


def _number(each: NumberField, given: object) -> Decimal:
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
