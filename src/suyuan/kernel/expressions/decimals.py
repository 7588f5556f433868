"""Exact decimals of at most 28 digits: before and after the point together, and at most 28 after it.

Every result is rounded once, half to even, from the exact rational number; so the browser, which works with whole
numbers, gets the same digits.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from suyuan.kernel.expressions.bounds import DIGITS
from suyuan.kernel.expressions.faults import MALFORMED, NUMBER_TOO_LARGE, ExpressionError

NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_TYPED: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_LONGEST: Final = 200
_EXACT: Final = Context(prec=120)


def too_large() -> ExpressionError:
    """Return the fault of a number beyond 28 digits."""
    return ExpressionError(NUMBER_TOO_LARGE, "")


def ratio(above: int, below: int) -> Decimal:
    """Return above/below, rounded; ``below`` is positive.

    :raises ExpressionError: more than 28 digits before the point.
    """
    size = abs(above)
    whole = size // below
    places = DIGITS - (len(str(whole)) if whole else 0)
    if places < 0:
        raise too_large()
    quotient, rest = divmod(size * 10**places, below)
    if 2 * rest > below or (2 * rest == below and quotient % 2):
        quotient += 1
    if places == 0 and quotient >= 10**DIGITS:
        raise too_large()
    return Decimal(-quotient if above < 0 else quotient).scaleb(-places, _EXACT)


def fitted(number: Decimal) -> Decimal:
    """Return a number within 28 digits, rounded where it has more after the point.

    :raises ExpressionError: not finite, or too large.
    """
    if not number.is_finite():
        raise ExpressionError(MALFORMED, "", {"why": str(number)})
    _, digits, exponent = number.as_tuple()
    before = number.adjusted() + 1
    if isinstance(exponent, int) and -exponent <= DIGITS - max(before, 0) and before <= DIGITS and number:
        return number
    if not number or before < -DIGITS:
        return Decimal(0)
    if before > DIGITS or len(digits) > _LONGEST:
        raise too_large()
    return ratio(*number.as_integer_ratio())


def add(left: Decimal, right: Decimal) -> Decimal:
    """Return left + right."""
    return fitted(_EXACT.add(left, right))


def subtract(left: Decimal, right: Decimal) -> Decimal:
    """Return left - right."""
    return fitted(_EXACT.subtract(left, right))


def multiply(left: Decimal, right: Decimal) -> Decimal:
    """Return left × right."""
    return fitted(_EXACT.multiply(left, right))


def divide(left: Decimal, right: Decimal) -> Decimal | None:
    """Return left / right; nothing where ``right`` is zero."""
    if not right:
        return None
    (above, below), (over, under) = left.as_integer_ratio(), right.as_integer_ratio()
    sign = -1 if over < 0 else 1
    return ratio(sign * above * under, below * abs(over))


def remainder(left: Decimal, right: Decimal) -> Decimal | None:
    """Return what is left after whole divisions, with the sign of ``left``; nothing where ``right`` is zero."""
    if not right:
        return None
    return fitted(_EXACT.remainder(left, right))


def rounded(number: Decimal, places: int) -> Decimal:
    """Return a number at so many places after the point, half away from zero; tens, hundreds… for negative places."""
    return fitted(number.quantize(Decimal(1).scaleb(-places, _EXACT), ROUND_HALF_UP, _EXACT))


def whole(number: Decimal, way: str) -> Decimal:
    """Return the whole number next to this one by a rounding of :mod:`decimal`."""
    return fitted(number.to_integral_value(way))


def plain(number: Decimal) -> str:
    """Return a number in plain digits without needless zeros: ``1.5``, ``100``, ``-0.001``."""
    if not number:
        return "0"
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def from_text(text: str) -> Decimal | None:
    """Return the number that a text is; nothing where it is none or has more than 28 digits."""
    if len(text) > _LONGEST or not _TYPED.fullmatch(text):
        return None
    try:
        return fitted(Decimal(text))
    except ExpressionError:
        return None
