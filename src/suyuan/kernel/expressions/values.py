"""The values of expressions: nothing, true and false, exact decimals, text, dates, moments, and lists of these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias

from suyuan.kernel.expressions import decimals
from suyuan.kernel.expressions.faults import DATE_OUT_OF_RANGE, MALFORMED, NESTED_LIST, NOT_ALIKE, ExpressionError

Value: TypeAlias = "bool | Decimal | str | date | datetime | tuple[Value, ...] | None"
"""What an expression reads and gives. Moments carry their offset; they count in milliseconds."""

_MINUTE: Final = timedelta(minutes=1)
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,3})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
)


def kind_of(value: Value) -> str:
    """Return ``null``, ``boolean``, ``number``, ``text``, ``date``, ``datetime`` or ``list``."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, Decimal):
        return "number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, datetime):
        return "datetime"
    return "date" if isinstance(value, date) else "list"


def read(given: Any) -> Value:  # noqa: ANN401 (whatever a caller hands in)
    """Return a value that was handed in as one that expressions know.

    :raises ExpressionError: for what is none: floats, moments without an offset, lists in lists.
    """
    if given is None or isinstance(given, (bool, str)):
        return given
    if isinstance(given, (int, Decimal)):
        return decimals.fitted(Decimal(given))
    if isinstance(given, datetime):
        return moment(given)
    if isinstance(given, date):
        return given
    if isinstance(given, (tuple, list)):
        if any(isinstance(each, (tuple, list)) for each in given):
            raise ExpressionError(NESTED_LIST, "")
        return tuple(read(each) for each in given)
    raise ExpressionError(MALFORMED, "", {"why": type(given).__name__})


def moment(given: datetime) -> datetime:
    """Return a moment in whole milliseconds, its offset in whole minutes.

    :raises ExpressionError: without an offset, or outside the years 1 to 9999.
    """
    offset = given.utcoffset()
    if offset is None:
        raise ExpressionError(MALFORMED, "", {"why": given.isoformat()})
    try:
        at = given.astimezone(UTC) if offset % _MINUTE else given
    except OverflowError:
        raise ExpressionError(DATE_OUT_OF_RANGE, "") from None
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def date_from(text: str) -> date | None:
    """Return the date that ``2026-01-31`` is; nothing for other texts."""
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def moment_from(text: str) -> datetime | None:
    """Return the moment that ``2026-01-31T08:00:00+08:00`` is (offsets to ±14:59); nothing for other texts."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def day_of(value: date) -> date:
    """Return the date of a date or moment; a moment's by its own offset."""
    return value.date() if isinstance(value, datetime) else value


def text_of(value: Value) -> str:
    """Return a value as text; nothing is an empty text, and a list has commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return decimals.plain(value)
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(text_of(each) for each in value)


def equal(left: Value, right: Value) -> bool:
    """Tell whether two values are the same; a moment and a date where they are on the same day."""
    kinds = {kind_of(left), kind_of(right)}
    if kinds == {"date", "datetime"} and isinstance(left, date) and isinstance(right, date):
        return day_of(left) == day_of(right)
    if len(kinds) > 1:
        return False
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(equal(*pair) for pair in zip(left, right, strict=True))
    return left == right


def before(left: Value, right: Value, what: str) -> int:
    """Return -1, 0 or 1 as ``left`` comes before, with or after ``right``.

    :raises ExpressionError: for kinds without an order, or unlike ones.
    """
    if isinstance(left, date) and isinstance(right, date):
        if kind_of(left) != kind_of(right):
            left, right = day_of(left), day_of(right)
        return (left > right) - (left < right)
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    raise ExpressionError(NOT_ALIKE, "", {"what": what})


def plain(value: Value) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a value as JSON: numbers as ``{"num": "1.5"}``, dates and moments likewise."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Decimal):
        return {"num": decimals.plain(value)}
    if isinstance(value, datetime):
        return {"datetime": text_of(value)}
    if isinstance(value, date):
        return {"date": text_of(value)}
    return [plain(each) for each in value]


def from_plain(given: Any) -> Value:  # noqa: ANN401 (any JSON value)
    """Return the value that :func:`plain` made JSON of.

    :raises ExpressionError: for other JSON.
    """
    if given is None or isinstance(given, (bool, str)):
        return given
    if isinstance(given, list):
        return read(tuple(from_plain(each) for each in given))
    if isinstance(given, Mapping) and len(given) == 1:
        [(kind, text)] = given.items()
        reader = {"num": _number, "date": date_from, "datetime": moment_from}.get(kind)
        found = reader(text) if reader is not None and isinstance(text, str) else None
        if found is not None:
            return read(found)
    raise ExpressionError(MALFORMED, "", {"why": str(given)[:80]})


def _number(text: str) -> Decimal | None:
    return decimals.fitted(Decimal(text)) if len(text) <= 200 and decimals.NUMBER.fullmatch(text) else None
