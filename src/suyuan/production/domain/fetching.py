"""Which lot to take first: the one that expires first (FEFO), else the one that came first (FIFO)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AtHand:
    """A usable lot in stock: not held, not expired, something left of it."""

    uri: str
    code: str
    expiry: str | None
    came: datetime
    place: str | None


def to_take_first(used: str, expiry: str | None, lots: Sequence[AtHand]) -> AtHand | None:
    """Return the lot that should be taken before the one that is; None where that one is right.

    Lots with a date are told apart by it, the rest by when they came: a lot without a date is never put before or
    behind one that has one. ISO dates sort as texts.
    """
    others = [lot for lot in lots if lot.uri != used]
    if expiry is not None:
        sooner = [lot for lot in others if lot.expiry is not None and lot.expiry < expiry]
        return min(sooner, key=lambda lot: (lot.expiry or "", lot.came), default=None)
    own = next((lot for lot in lots if lot.uri == used), None)
    if own is None:
        return None
    older = [lot for lot in others if lot.expiry is None and lot.came < own.came]
    return min(older, key=lambda lot: lot.came, default=None)


def taking_order(lot: AtHand) -> tuple[bool, str, datetime]:
    """Return what lots are sorted by to be taken: dated ones by their date, then the rest by when they came."""
    return lot.expiry is None, lot.expiry or "", lot.came
