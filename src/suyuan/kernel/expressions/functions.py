"""The functions of the language. Arguments come worked out; nothing (None) passes through most of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final, TypeAlias

from suyuan.kernel.expressions import decimals, masks, moments, values, words
from suyuan.kernel.expressions.bounds import DIGITS, LONGEST_VALUE
from suyuan.kernel.expressions.faults import (
    BUDGET_SPENT,
    NEEDS_DATE,
    NEEDS_LIST,
    NEEDS_MOMENT,
    NEEDS_NUMBER,
    NEEDS_TEXT,
    NEEDS_WHOLE,
    TEXT_TOO_LONG,
    ExpressionError,
)
from suyuan.kernel.expressions.values import Value
from suyuan.kernel.faults import FaultKind

Arguments: TypeAlias = Sequence[Value]


class Run:
    """One evaluation: its clock, and how many steps are left."""

    def __init__(self, now: datetime, budget: int) -> None:
        self.now = now
        self.left = budget

    def spend(self, steps: int) -> None:
        """Count steps.

        :raises ExpressionError: when none are left.
        """
        self.left -= steps
        if self.left < 0:
            raise ExpressionError(BUDGET_SPENT, "")

    def made(self, text: str) -> str:
        """Return a text that was made, if it is not too long."""
        if len(text) > LONGEST_VALUE:
            raise ExpressionError(TEXT_TOO_LONG, "", {"most": LONGEST_VALUE})
        return text


Function: TypeAlias = Callable[[Run, Arguments], Value]


def _wrong(kind: FaultKind, name: str, at: int, **params: object) -> ExpressionError:
    return ExpressionError(kind, f"/args/{at}", {"what": str(words.FUNCTIONS[name]), **params})


def _number(name: str, given: Arguments, at: int) -> Decimal:
    value = given[at]
    if not isinstance(value, Decimal):
        raise _wrong(NEEDS_NUMBER, name, at)
    return value


def _whole(name: str, given: Arguments, at: int, least: int, most: int) -> int:
    value = _number(name, given, at)
    if value % 1 or not least <= value <= most:
        raise _wrong(NEEDS_WHOLE, name, at, least=least, most=most)
    return int(value)


def _text(name: str, given: Arguments, at: int) -> str:
    value = given[at]
    if not isinstance(value, str):
        raise _wrong(NEEDS_TEXT, name, at)
    return value


def _date(name: str, given: Arguments, at: int) -> date:
    value = given[at]
    if not isinstance(value, date):
        raise _wrong(NEEDS_DATE, name, at)
    return value


def _moment(name: str, given: Arguments, at: int) -> datetime:
    value = given[at]
    if not isinstance(value, datetime):
        raise _wrong(NEEDS_MOMENT, name, at)
    return value


def _list(name: str, given: Arguments, at: int) -> tuple[Value, ...]:
    value = given[at]
    if not isinstance(value, tuple):
        raise _wrong(NEEDS_LIST, name, at)
    return value


def _passing(function: Function) -> Function:
    """Return the function with nothing for an answer where an argument is nothing."""
    return lambda run, given: None if any(each is None for each in given) else function(run, given)


def _flat(given: Arguments) -> list[tuple[Value, int]]:
    """Return all values that are something, lists opened, with the number of the argument each came in."""
    opened = [(each if isinstance(each, tuple) else (each,), at) for at, each in enumerate(given)]
    return [(value, at) for several, at in opened for value in several if value is not None]


def _numbers(name: str, given: Arguments) -> list[Decimal]:
    found = []
    for value, at in _flat(given):
        if not isinstance(value, Decimal):
            raise _wrong(NEEDS_NUMBER, name, at)
        found.append(value)
    return found


def _extreme(name: str, sign: int) -> Function:
    def extreme(_: Run, given: Arguments) -> Value:
        best: Value = None
        for value, at in _flat(given):
            try:
                order = values.before(value, value if best is None else best, str(words.FUNCTIONS[name]))
            except ExpressionError as fault:
                fault.at = f"/args/{at}"
                raise
            if best is None or order == sign:
                best = value
        return best

    return extreme


def _sum(numbers: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = decimals.add(total, number)
    return total


def _avg(_: Run, given: Arguments) -> Value:
    numbers = _numbers("avg", given)
    return decimals.divide(_sum(numbers), Decimal(len(numbers)))


def _round(_: Run, given: Arguments) -> Value:
    places = _whole("round", given, 1, -DIGITS, DIGITS) if len(given) > 1 else 0
    return decimals.rounded(_number("round", given, 0), places)


def _contains(_: Run, given: Arguments) -> Value:
    whole, part = given
    if isinstance(whole, tuple):
        return any(each is not None and values.equal(each, part) for each in whole)
    return _text("contains", given, 1) in _text("contains", given, 0)


def _len(_: Run, given: Arguments) -> Value:
    value = given[0]
    return Decimal(len(value if isinstance(value, tuple) else _text("len", given, 0)))


def _concat(run: Run, given: Arguments) -> Value:
    return run.made("".join(values.text_of(each) for each in given))


def _number_of(_: Run, given: Arguments) -> Value:
    return given[0] if isinstance(given[0], Decimal) else decimals.from_text(masks.trimmed(_text("number", given, 0)))


def _mid(_: Run, given: Arguments) -> Value:
    text = _text("mid", given, 0)
    start = _whole("mid", given, 1, 1, LONGEST_VALUE)
    return text[start - 1 : start - 1 + _whole("mid", given, 2, 0, LONGEST_VALUE)]


def _right(_: Run, given: Arguments) -> Value:
    text, size = _text("right", given, 0), _whole("right", given, 1, 0, LONGEST_VALUE)
    return text[max(len(text) - size, 0) :]


def _matches(run: Run, given: Arguments) -> Value:
    text, mask = _text("matches_code", given, 0), _text("matches_code", given, 1)
    run.spend(len(text) * len(mask) // 16)
    return masks.matches(text, mask)


def _date_of(_: Run, given: Arguments) -> Value:
    value = given[0]
    return values.day_of(value) if isinstance(value, date) else values.date_from(_text("date", given, 0))


def _moment_of(_: Run, given: Arguments) -> Value:
    value = given[0]
    return value if isinstance(value, datetime) else values.moment_from(_text("moment", given, 0))


def _empty(_: Run, given: Arguments) -> Value:
    return given[0] is None or given[0] in {"", ()}


def _distinct(_: Run, given: Arguments) -> Value:
    found = [(values.kind_of(each), each) for each in _list("distinct", given, 0) if each is not None]
    return len(set(found)) == len(found)


_FREE: Final[dict[str, Function]] = {
    "min": _extreme("min", -1),
    "max": _extreme("max", 1),
    "sum": lambda _, given: _sum(_numbers("sum", given)),
    "avg": _avg,
    "count": lambda _, given: Decimal(len(_flat(given))),
    "concat": _concat,
    "text": lambda run, given: run.made(values.text_of(given[0])),
    "today": lambda run, _: values.day_of(run.now),
    "empty": _empty,
}
"""Functions that see nothing (None) themselves."""

_PASSING: Final[dict[str, Function]] = {
    "round": _round,
    "floor": lambda _, given: decimals.whole(_number("floor", given, 0), ROUND_FLOOR),
    "ceil": lambda _, given: decimals.whole(_number("ceil", given, 0), ROUND_CEILING),
    "abs": lambda _, given: abs(_number("abs", given, 0)),
    "number": _number_of,
    "len": _len,
    "lower": lambda _, given: masks.lower(_text("lower", given, 0)),
    "upper": lambda _, given: masks.upper(_text("upper", given, 0)),
    "trim": lambda _, given: masks.trimmed(_text("trim", given, 0)),
    "contains": _contains,
    "starts": lambda _, given: _text("starts", given, 0).startswith(_text("starts", given, 1)),
    "ends": lambda _, given: _text("ends", given, 0).endswith(_text("ends", given, 1)),
    "left": lambda _, given: _text("left", given, 0)[: _whole("left", given, 1, 0, LONGEST_VALUE)],
    "right": _right,
    "mid": _mid,
    "matches_code": _matches,
    "date": _date_of,
    "moment": _moment_of,
    "year": lambda _, given: Decimal(_date("year", given, 0).year),
    "month": lambda _, given: Decimal(_date("month", given, 0).month),
    "day": lambda _, given: Decimal(_date("day", given, 0).day),
    "weekday": lambda _, given: Decimal(_date("weekday", given, 0).isoweekday()),
    "hour": lambda _, given: Decimal(_moment("hour", given, 0).hour),
    "days_between": lambda _, given: moments.days(_date("days_between", given, 0), _date("days_between", given, 1)),
    "hours_between": lambda _, given: moments.hours(
        _moment("hours_between", given, 0), _moment("hours_between", given, 1)
    ),
    "add_days": lambda _, given: moments.after_days(
        _date("add_days", given, 0), _whole("add_days", given, 1, -moments.MOST_DAYS, moments.MOST_DAYS)
    ),
    "add_hours": lambda _, given: moments.after_hours(_moment("add_hours", given, 0), _number("add_hours", given, 1)),
    "first": lambda _, given: next(iter(_list("first", given, 0)), None),
    "last": lambda _, given: next(iter(_list("last", given, 0)[::-1]), None),
    "distinct": _distinct,
}

FUNCTIONS: Final[dict[str, Function]] = {**_FREE, **{name: _passing(each) for name, each in _PASSING.items()}}
"""Every function by its name in syntax trees."""
