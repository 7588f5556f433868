"""Labels as arrays: one row a label, the rows of an item linked from its newest. Labels only improve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.answer import Doubt
from suyuan.trace.domain.engine.memory import long, set_long, set_short, short
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.sheet import HELD, OWN

Int32s = npt.NDArray[np.int32]

CERTAIN, SUSPECT, NATIVE, BORN, UNTAKEN, DEAD, CONTACT_HOP = 1, 2, 4, 8, 16, 32, 64
"""What a label is, as bits; dead: another says more. UNTAKEN: of this lot nothing was used before the label.
CONTACT_HOP: it came by cross-contact, through containers.
"""
DOUBT_SHIFT = 8
"""The doubts of a label stand above its bits, in the order of :class:`Doubt`."""
_DOUBTS = tuple(Doubt)
MIXED = 1 << (DOUBT_SHIFT + _DOUBTS.index(Doubt.MIXED))
PART_OF_LOT = 1 << (DOUBT_SHIFT + _DOUBTS.index(Doubt.PART_OF_LOT))
ORDER = 1 << (DOUBT_SHIFT + _DOUBTS.index(Doubt.ORDER))
_FORCE = CERTAIN | SUSPECT | BORN

ITEM, CODE, SINCE, UNTIL, DEPTH, VIA, EVENT, NEXT, HEADS, ROOM, USED = range(11)
"""Slots of a table: its columns, then how many rows there are room for, and how many are used. HEADS leads from an item
to its newest label plus one. VIA is the row of the label that this one came by (-1: none; in the holders' table -2 and
below are the table's own rows); EVENT is -1 where there is none.
"""
_KINDS: Final[tuple[Any, ...]] = (np.int32, np.int32, np.int64, np.int64, np.int32, np.int32, np.int32, np.int32)


@dataclass(slots=True)
class Table:
    """The columns of a table, so that they live as long as the sheet that points to them."""

    columns: list[npt.NDArray[np.int64]]
    heads: Int32s
    room: int

    @classmethod
    def of(cls, items: int, room: int) -> Table:
        """Return an empty table. Memory that is never written to costs nothing."""
        columns = [np.empty(room, kind) for kind in _KINDS]
        return cls(columns, np.zeros(items, np.int32), room)

    def grow(self) -> None:
        """Make room for twice as many rows."""
        self.room *= 2
        for index, column in enumerate(self.columns):
            longer = np.empty(self.room, column.dtype)
            longer[: len(column)] = column
            self.columns[index] = longer

    def note(self, sheet: Ints, slot: int) -> None:
        """Write the addresses into the sheet."""
        for index, column in enumerate(self.columns):
            sheet[slot + index] = column.ctypes.data
        sheet[slot + HEADS], sheet[slot + ROOM] = self.heads.ctypes.data, self.room


@njit(cache=True)
def head(c: int, table: int, item: int) -> int:
    """Return the row of an item's newest label; below 0 where it has none."""
    return short(long(c, table + HEADS), item) - 1


@njit(cache=True)
def get(c: int, slot: int, row: int) -> int:
    """Return what stands in a 32-bit column."""
    return short(long(c, slot), row)


@njit(cache=True)
def says_more(code: int, since: int, depth: int, other: int, other_since: int, other_depth: int) -> bool:
    """Tell whether a label without end says at least as much as another."""
    return (
        since <= other_since
        and depth <= other_depth
        and (other & _FORCE) & ~code == 0
        and (code & NATIVE >= other & NATIVE or other & CERTAIN == 0)
    )


@njit(cache=True)
def enter(c: int, item: int, code: int, since: int, depth: int, via: int, event: int) -> bool:
    """Enter a label of its own unless the item has one that says as much; return whether it is new."""
    newest = head(c, OWN, item)
    row = newest
    while row >= 0:
        old = get(c, OWN + CODE, row)
        old_since, old_depth = long(long(c, OWN + SINCE), row), get(c, OWN + DEPTH, row)
        if old & DEAD == 0:
            if says_more(old, old_since, old_depth, code, since, depth):
                return False
            if says_more(code, since, depth, old, old_since, old_depth):
                set_short(long(c, OWN + CODE), row, old | DEAD)
        row = get(c, OWN + NEXT, row)
    used = long(c, OWN + USED)
    set_short(long(c, OWN + ITEM), used, item)
    set_short(long(c, OWN + CODE), used, code)
    set_long(long(c, OWN + SINCE), used, since)
    set_short(long(c, OWN + DEPTH), used, depth)
    set_short(long(c, OWN + VIA), used, via)
    set_short(long(c, OWN + EVENT), used, event)
    set_short(long(c, OWN + NEXT), used, newest)
    set_short(long(c, OWN + HEADS), item, used + 1)
    set_long(c, OWN + USED, used + 1)
    return True


@njit(cache=True)
def enter_held(c: int, item: int, code: int, since: int, until: int, depth: int, via: int, event: int) -> bool:
    """Enter a label of a holder unless the item has one that says as much; return whether it is new."""
    newest = head(c, HELD, item)
    row, sure = newest, code & CERTAIN
    while row >= 0:
        old = get(c, HELD + CODE, row)
        if old & DEAD == 0:
            old_since, old_until = long(long(c, HELD + SINCE), row), long(long(c, HELD + UNTIL), row)
            old_depth, old_sure = get(c, HELD + DEPTH, row), old & CERTAIN
            if old_since <= since and old_until >= until and old_depth <= depth and old_sure >= sure:
                return False
            if since <= old_since and until >= old_until and depth <= old_depth and sure >= old_sure:
                set_short(long(c, HELD + CODE), row, old | DEAD)
        row = get(c, HELD + NEXT, row)
    used = long(c, HELD + USED)
    set_short(long(c, HELD + ITEM), used, item)
    set_short(long(c, HELD + CODE), used, code)
    set_long(long(c, HELD + SINCE), used, since)
    set_long(long(c, HELD + UNTIL), used, until)
    set_short(long(c, HELD + DEPTH), used, depth)
    set_short(long(c, HELD + VIA), used, via)
    set_short(long(c, HELD + EVENT), used, event)
    set_short(long(c, HELD + NEXT), used, newest)
    set_short(long(c, HELD + HEADS), item, used + 1)
    set_long(c, HELD + USED, used + 1)
    return True
