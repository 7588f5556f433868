"""Formulas: words with fields among them, ``LOT {lot} EXP {expiry:%y%m%d}``. Nothing is evaluated, only filled in.

After the colon stands a date pattern (``%Y %y %m %d %H %M``), or a width that pads with zeros on the left (``06``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from suyuan.coding.contracts import label_faults as faults
from suyuan.kernel.faults import Fault

EXAMPLE: Final = "LOT {lot} EXP {expiry:%y%m%d}"
LONGEST_VALUE: Final = 500
_PIECE: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_DATE: Final = re.compile(r"(?:%[YymdHM]|[ -$&-~\u3000-\uffef])+")
_ZEROS: Final = re.compile(r"0([1-9]\d?)")


@dataclass(frozen=True, slots=True)
class Slot:
    """A field's place in a formula."""

    field: str
    pattern: str = ""


Piece = str | Slot


@lru_cache(maxsize=512)
def parse(template: str) -> tuple[Piece, ...]:
    """Return the words and slots of a formula.

    :raises Fault: ``coding.label_template`` with ``at`` counted in the formula.
    """
    pieces: list[Piece] = []
    position = 0
    for found in _PIECE.finditer(template):
        if found.start() > position:
            pieces.append(template[position : found.start()])
        position = found.end()
        whole = found[0]
        if whole in ("{{", "}}"):
            pieces.append(whole[0])
        elif found[1] is None:
            raise _wrong(template, found.start(), f"“{whole}”")
        else:
            pieces.append(_slot(template, found.start(), found[1]))
    if position < len(template):
        pieces.append(template[position:])
    return tuple(pieces)


def _slot(template: str, start: int, inner: str) -> Slot:
    name, colon, pattern = inner.partition(":")
    if not _NAME.fullmatch(name):
        raise _wrong(template, start, f"“{name}”")
    if colon and not (_ZEROS.fullmatch(pattern) or ("%" in pattern and _DATE.fullmatch(pattern))):
        raise _wrong(template, start, f"“:{pattern}”")
    return Slot(name, pattern)


def _wrong(template: str, start: int, why: str) -> Fault:
    return faults.TEMPLATE(at=f"char {start + 1}", given=template[:80], why=why, example=EXAMPLE)


def fields_of(template: str) -> frozenset[str]:
    """Return the names of the fields that a formula needs."""
    return frozenset(piece.field for piece in parse(template) if isinstance(piece, Slot))


def fill(template: str, values: Mapping[str, str], escape: Callable[[str], str] | None = None) -> str:
    """Return the formula with its fields filled in; ``escape`` treats the values, not the words around them.

    :raises Fault: ``coding.label_field_missing``, ``coding.label_not_a_date``, ``coding.label_value_too_long``.
    """
    found = []
    for piece in parse(template):
        if isinstance(piece, Slot):
            value = formatted(piece, values)
            found.append(escape(value) if escape else value)
        else:
            found.append(piece)
    return "".join(found)


def formatted(slot: Slot, values: Mapping[str, str]) -> str:
    """Return the value of a slot by its pattern."""
    value = values.get(slot.field)
    if value is None:
        raise faults.FIELD_MISSING(field=slot.field)
    if len(value) > LONGEST_VALUE:
        raise faults.VALUE_TOO_LONG(field=slot.field, length=len(value), limit=LONGEST_VALUE)
    if not slot.pattern or not value:
        return value
    zeros = _ZEROS.fullmatch(slot.pattern)
    if zeros:
        return value.rjust(int(zeros[1]), "0")
    return _dated(slot, value)


def _dated(slot: Slot, value: str) -> str:
    try:
        when = datetime.fromisoformat(value) if "T" in value or " " in value else date.fromisoformat(value)
    except ValueError:
        raise faults.NOT_A_DATE(field=slot.field, given=value[:40]) from None
    parts = {"%Y": f"{when.year:04}", "%y": f"{when.year % 100:02}", "%m": f"{when.month:02}", "%d": f"{when.day:02}"}
    hour, minute = (when.hour, when.minute) if isinstance(when, datetime) else (0, 0)
    parts |= {"%H": f"{hour:02}", "%M": f"{minute:02}"}
    return re.sub(r"%[YymdHM]", lambda found: parts[found[0]], slot.pattern)
