"""Coupon codes of North America: AI (8110) and AI (8112).

Source: GS1 US, North American Coupon Application Guideline. Fields follow each other; those of open length have a digit
in front that says how long they are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

_PREFIX: Final = "0123456"
_VALUE: Final = "12345"
_REQUIREMENT_CODES: Final = "012349"
_NO_PREFIX: Final = "9"


class _WrongError(ValueError):
    """The field at this place breaks its rule."""


class _Reader:
    """Reads a code of digits from the left; each step raises where the field is not there or not allowed."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def take(self, length: int) -> str:
        found = self.text[self.at : self.at + length]
        if len(found) < length or not found.isdigit():
            raise _WrongError(self.at)
        self.at += length
        return found

    def one_of(self, allowed: str) -> str:
        found = self.take(1)
        if found not in allowed:
            self.at -= 1
            raise _WrongError(self.at)
        return found

    def sized(self, allowed: str, extra: int = 0) -> str:
        """Take a field of open length; ``extra`` digits come on top of its length digit."""
        return self.take(int(self.one_of(allowed)) + extra)

    def day(self) -> date:
        at, written = self.at, self.take(6)
        try:
            return date(2000 + int(written[:2]), int(written[2:4]), int(written[4:]))
        except ValueError:
            raise _WrongError(at) from None

    @property
    def done(self) -> bool:
        return self.at == len(self.text)


def _purchase(reader: _Reader) -> None:
    """Read purchase requirement, its code, and the family code."""
    reader.sized(_VALUE)
    reader.one_of(_REQUIREMENT_CODES)
    reader.take(3)


def _further_prefix(reader: _Reader) -> None:
    if reader.text[reader.at : reader.at + 1] == _NO_PREFIX:
        reader.take(1)
    else:
        reader.sized(_PREFIX, 6)


def _second_purchase(reader: _Reader) -> None:
    reader.one_of("0123")
    _purchase(reader)
    _further_prefix(reader)


def _third_purchase(reader: _Reader) -> None:
    _purchase(reader)
    _further_prefix(reader)


def _further_data(reader: _Reader) -> None:
    """Read save value code, what it applies to, store coupon flag, and the flag against multiplying."""
    reader.one_of("01256")
    reader.one_of("012")
    reader.take(1)
    reader.one_of("01")


_OPTIONAL: Final[dict[str, Callable[[_Reader], object]]] = {
    "1": _second_purchase,
    "2": _third_purchase,
    "3": _Reader.day,
    "4": _Reader.day,
    "5": lambda reader: reader.sized("0123456789", 6),
    "6": lambda reader: reader.sized("1234567", 6),
    "9": _further_data,
}


def coupon_fault(text: str) -> int | None:
    """Return where a coupon code (8110) breaks its rules, counted from 0; None for a right one."""
    reader = _Reader(text)
    try:
        reader.sized(_PREFIX, 6)
        reader.take(6)
        reader.sized(_VALUE)
        _purchase(reader)
        last, ends = "0", date.max
        while not reader.done:
            at, field = reader.at, reader.take(1)
            if field <= last or field not in _OPTIONAL:
                return at
            value, last = _OPTIONAL[field](reader), field
            if field == "3" and isinstance(value, date):
                ends = value
            if field == "4" and isinstance(value, date) and value > ends:
                return at + 1
    except _WrongError as wrong:
        return int(wrong.args[0])
    return None


def positive_offer_fault(text: str) -> int | None:
    """Return where a coupon code of a positive offer file (8112) breaks its rules, counted from 0, or None."""
    reader = _Reader(text)
    try:
        reader.one_of("01")
        reader.sized(_PREFIX, 6)
        reader.take(6)
        reader.sized("0123456789", 6)
    except _WrongError as wrong:
        return int(wrong.args[0])
    return None if reader.done else reader.at
