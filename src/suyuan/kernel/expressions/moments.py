"""Days and hours: differences and sums."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from suyuan.kernel.expressions import decimals, values
from suyuan.kernel.expressions.faults import DATE_OUT_OF_RANGE, ExpressionError

MOST_DAYS: Final = 4_000_000
_MILLISECOND: Final = timedelta(milliseconds=1)
_HOUR: Final = 3_600_000


def days(start: date, end: date) -> Decimal:
    """Return the days from one date to another; negative where the second comes first."""
    return Decimal((values.day_of(end) - values.day_of(start)).days)


def hours(start: datetime, end: datetime) -> Decimal:
    """Return the hours from one moment to another, exact to 28 digits."""
    return decimals.ratio((end - start) // _MILLISECOND, _HOUR)


def after_days(start: date, number: int) -> date:
    """Return the date, or the moment at the same time of day, so many days later.

    :raises ExpressionError: outside the years 1 to 9999.
    """
    try:
        return start + timedelta(days=number)
    except OverflowError:
        raise ExpressionError(DATE_OUT_OF_RANGE, "") from None


def after_hours(start: datetime, number: Decimal) -> datetime:
    """Return the moment so many hours later, to the nearest millisecond (half away from zero).

    :raises ExpressionError: outside the years 1 to 9999.
    """
    if abs(number) > 24 * MOST_DAYS:
        raise ExpressionError(DATE_OUT_OF_RANGE, "")
    milliseconds = int(decimals.rounded(decimals.multiply(number, Decimal(_HOUR)), 0))
    try:
        return start + timedelta(milliseconds=milliseconds)
    except OverflowError:
        raise ExpressionError(DATE_OUT_OF_RANGE, "") from None
