"""The forward kernel at work on one question: its tables, started, run and read."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine import sheet as slot
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.knots import COMMISSIONED, LOT, OUTPUT, STRAY, SUBJECT, UNKNOWN, knotted, stray
from suyuan.trace.domain.engine.labels import (
    CERTAIN,
    CODE,
    DEAD,
    ITEM,
    NEXT,
    SUSPECT,
    UNTAKEN,
    USED,
    Table,
    enter,
    enter_held,
)
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import long, set_byte, short, word
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.engine.sheet import (
    FIRST,
    HELD,
    HIDDEN,
    IS_TOUCHED,
    MEMBER,
    MEMBER_BY_LOT,
    MEMBERS,
    OWN,
    PARTS,
    TOLD,
    TOLERANCE,
    act_of,
    flags_of,
    item_row,
    kind_of,
    members_between,
    place_in,
    time_of,
)
from suyuan.trace.domain.engine.siblings import BEGUN, FAR, NO_LABELS, NOT_TOLD, WHO, gather, gather_one, tell
from suyuan.trace.domain.engine.siblings import ODD as TO_REFERENCE
from suyuan.trace.domain.engine.walk import AGAIN_FULL, FINISHED, GIVEN_FULL, HELD_FULL, OWN_FULL, SHARED, follow
from suyuan.trace.domain.scoping import Alive
from suyuan.trace.domain.times import EVER, FOREVER

ROOM = 1 << 16
AT_ONCE = 200_000
"""The cross-contact of so many labels is worked out at a time, the earliest first."""


class Kernel:
    """The labels of one question on the plain part of the ledger. Items and events go by their numbers over all
    segments (see sheet).
    """

    def __init__(self, assembled: Assembled, *, siblings: bool = False, tolerance: int = 0) -> None:
        items = len(assembled.states)
        self.assembled = assembled
        self.tolerance = tolerance
        self.own = Table.of(items, items + ROOM)
        self.held = Table.of(items, items // 4 + ROOM)
        self.told = Table.of(items, ROOM) if siblings else None
        self._shared = 0
        self.met: list[Ints] = []
        self._more: list[Ints] = []
        self.states: Bytes = assembled.states  # what is judged once stays so: the judgements are shared
        if tolerance:  # but for other clocks
            self.states = self.states & np.uint8(IS_TOUCHED) | np.uint8(UNKNOWN)
        self.filled: Bytes = np.zeros(assembled.events + 1, np.uint8)
        self._memo: Bytes = np.zeros(items, np.uint8)
        self._given: Ints = np.empty((ROOM, 3), np.int64)
        self._again: Ints = np.empty(ROOM, np.int64)
        self._sheet = assembled.sheet.copy()
        self._sheet[slot.TOLERANCE] = tolerance
        for at, array in ((slot.STATES, self.states), (slot.FILLED, self.filled), (slot.MEMO, self._memo)):
            self._sheet[at] = array.ctypes.data
        self._note()

    def _note(self) -> None:
        sheet = self._sheet
        self.own.note(sheet, OWN)
        self.held.note(sheet, HELD)
        if self.told is not None:
            self.told.note(sheet, TOLD)
        sheet[slot.GIVEN], sheet[slot.GIVEN_ROOM] = self._given.ctypes.data, len(self._given)
        sheet[slot.AGAIN], sheet[slot.AGAIN_ROOM] = self._again.ctypes.data, len(self._again)

    @property
    def address(self) -> int:
        """Where the sheet lies."""
        return int(self._sheet.ctypes.data)

    @property
    def labels(self) -> int:
        """How many rows of the table of labels are used."""
        return int(self._sheet[OWN + USED])

    @property
    def live(self) -> Ints:
        """The rows of the table of labels that stand."""
        return np.flatnonzero(self.own.columns[CODE][: self.labels] & DEAD == 0)

    @property
    def affected(self) -> Ints:
        """The items that carry labels of their own, sorted."""
        return distinct(self.own.columns[ITEM][self.live]).astype(np.int64)

    @property
    def holdings(self) -> int:
        """How many rows of the holders' table are used."""
        return int(self._sheet[HELD + USED])

    def is_knotted(self, item: int) -> bool:
        """Tell whether an item is for the reference to follow."""
        return bool(knotted(self.address, item))

    def is_stray(self, item: int) -> bool:
        """Tell whether it is for the reference to say what an item was in."""
        return bool(stray(self.address, item))

    def strays(self, items: Ints) -> npt.NDArray[np.bool_]:
        """Tell of which of these items it is for the reference to say what they were in."""
        for item in items[self.states[items] & UNKNOWN != 0].tolist():
            self.is_stray(item)
        told: npt.NDArray[np.bool_] = self.states[items] & STRAY != 0
        return told

    def knots(self, items: Ints) -> npt.NDArray[np.bool_]:
        """Tell which of these items are for the reference to follow."""
        told, wanted = np.zeros(len(items), np.uint8), np.ascontiguousarray(items, np.int64)
        knots_among(self.address, wanted.ctypes.data, len(wanted), told.ctypes.data)
        return told.astype(np.bool_)

    def start(self, items: Ints, times: Ints) -> None:
        """Label plain start items, suspect from these times."""
        self._reserve(len(items))
        begin(self.address, items.ctypes.data, times.ctypes.data, len(items))

    def enter(self, item: int, code: int, since: int, depth: int, via: int, event: int) -> None:
        """Enter a label that the reference found for a plain item."""
        self._reserve(1)
        enter(self.address, item, code, since, depth, via, event)

    def hold(self, item: int, code: int, since: int, until: int, depth: int, via: int, event: int) -> None:
        """Enter a label that the reference found for a plain holder; it is not followed."""
        while self.holdings + 1 >= self.held.room:
            self._grow(HELD_FULL)
        enter_held(self.address, item, code, since, until, depth, via, event)

    def fill(self, lot: int, event: int) -> bool:
        """Note that an event surely brought the suspect into all that it made; return whether that is news."""
        if self.filled[event]:
            return False
        self.filled[event] = 1
        if self._sheet[slot.AGAIN_COUNT] + 1 >= len(self._again):
            self._grow(AGAIN_FULL)
        self._again[self._sheet[slot.AGAIN_COUNT]] = lot
        self._sheet[slot.AGAIN_COUNT] += 1
        return True

    def run(self, alive: Alive) -> Ints:
        """Follow all new labels; return what the reference is to follow: item, what, and which (see walk)."""
        strange: list[int] = []
        while True:
            while (why := follow(self.address)) != FINISHED:
                self._grow(why)
                alive()
            if self.told is None or (self._shared == self.labels and not self._more):
                break
            strange += self._share(self.told, alive)
        count = int(self._sheet[slot.GIVEN_COUNT])
        self._sheet[slot.GIVEN_COUNT] = 0
        odd = np.array([[item, SHARED, 0] for item in sorted(set(strange))], np.int64).reshape(-1, 3)
        return np.concatenate([self._given[:count], odd])

    def share(self, origin: int, item: int, since: int, depth: int) -> bool:
        """Take over the cross-contact of a certain label that the reference keeps; return whether that can be."""
        mine, shares = gather_one(self.address, origin, item, since, depth)
        self._more.append(shares)
        return bool(mine)

    def _share(self, told: Table, alive: Alive) -> list[int]:
        """Tell what shared containers with newly labelled items; return those of which the reference is to tell it."""
        last = min(self.labels, self._shared + AT_ONCE)
        shares, strange = gather(self.address, self._shared, last)
        self._shared = last
        shares = np.concatenate([shares, *self._more])
        self._more.clear()
        shares = shares[np.lexsort((shares[:, FAR], shares[:, BEGUN]))]
        odd: list[int] = strange.tolist()
        at = 0
        while at < len(shares):
            how, at, met = tell(self.address, shares, at, min(at + AT_ONCE // 20, len(shares)))
            if len(met):
                self.met.append(met)
            if how == NO_LABELS:
                self._grow(OWN_FULL)
            elif how == NOT_TOLD:
                told.grow()
                self._note()
            elif how == TO_REFERENCE:
                odd.append(int(shares[at, WHO]))
                at += 1
            alive()
        return odd

    def _reserve(self, more: int) -> None:
        while self.labels + more >= self.own.room:
            self._grow(OWN_FULL)

    def _grow(self, why: int) -> None:
        if why == OWN_FULL:
            self.own.grow()
        elif why == HELD_FULL:
            self.held.grow()
        elif why == GIVEN_FULL:
            self._given = np.concatenate([self._given, np.empty_like(self._given)])
        elif why == AGAIN_FULL:
            self._again = np.concatenate([self._again, np.empty_like(self._again)])
        self._note()

    def rows_of(self, item: int, *, held: bool = False) -> list[int]:
        """Return the rows of an item's live labels."""
        table = self.held if held else self.own
        code, following = table.columns[CODE], table.columns[NEXT]
        found, row = [], int(table.heads[item]) - 1
        while row >= 0:
            if not code[row] & DEAD:
                found.append(row)
            row = int(following[row])
        return found


@njit(cache=True)
def first_use(c: int, item: int) -> int:
    """Return when something other than its making first shows that an item exists."""
    words, start, end = item_row(c, item)
    first = FOREVER
    for at in range(start, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        if role == OUTPUT or flags_of(c, event) & HIDDEN:
            continue
        if role != SUBJECT or act_of(c, event) != COMMISSIONED:
            first = time_of(c, event)
            break
    for part in range(PARTS):
        place = place_in(c, item, part)
        if place >= 0 and long(c, MEMBERS + part):
            low, high = members_between(c, part, place)
            for row in range(low, high):
                event = short(long(c, MEMBER + part), short(long(c, MEMBER_BY_LOT + part), row) * 3)
                event += long(c, FIRST + part)
                if flags_of(c, event) & HIDDEN == 0:
                    first = min(first, time_of(c, event))
    return first


@njit(cache=True)
def begin(c: int, items: int, times: int, count: int) -> None:
    """Enter the labels of start items."""
    for index in range(count):
        item, since = long(items, index), long(times, index)
        code = CERTAIN | SUSPECT
        if since != EVER and kind_of(c, item) == LOT and first_use(c, item) > since + long(c, TOLERANCE):
            code |= UNTAKEN
        enter(c, item, code, since, 0, -1, -1)


@njit(cache=True)
def knots_among(c: int, items: int, count: int, told: int) -> None:
    """Write into the bytes ``told`` which of these items are knotted."""
    for index in range(count):
        set_byte(told, index, 1 if knotted(c, long(items, index)) else 0)
