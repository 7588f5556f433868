"""Putting segments together for compiled code, for one state of knowledge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine import sheet as slot
from suyuan.trace.domain.engine.columns import Places, Segment
from suyuan.trace.domain.engine.knots import CHILD, PARENT, UNKNOWN
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import byte, long, set_byte, short, word
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.engine.sheet import (
    HIDDEN,
    IS_TOUCHED,
    PARTS,
    event_row,
    found_id,
    identity_of,
    item_row,
    members_between,
    names_between,
    number_of,
    place_in,
)

_COLUMNS: Mapping[str, tuple[int, type[np.generic]]] = {
    "item_id": (slot.ITEM_ID, np.int64), "item_kind": (slot.ITEM_KIND, np.uint8),
    "item_product": (slot.ITEM_PRODUCT, np.uint32), "item_offsets": (slot.ITEM_OFFSETS, np.uint32),
    "item_rows": (slot.ITEM_ROWS, np.uint32), "event_at": (slot.EVENT_AT, np.int64),
    "event_number": (slot.EVENT_NUMBER, np.int64),
    "event_act": (slot.EVENT_ACT, np.uint8), "event_offsets": (slot.EVENT_OFFSETS, np.uint32),
    "event_rows": (slot.EVENT_ROWS, np.uint32), "member": (slot.MEMBER, np.int32),
    "member_by_lot": (slot.MEMBER_BY_LOT, np.int32), "named_lot": (slot.NAMED, np.int64),
    "named_by_lot": (slot.NAMED_BY_LOT, np.int32),
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Assembled:
    """Segments as one. ``sheet`` holds the addresses of all their arrays, ``states`` what each item is as far as the
    segments say; both are copied for each question. ``kept`` keeps alive what the sheet points to.
    """

    segments: tuple[Segment, ...]
    sheet: Ints
    states: Bytes
    more_id: Ints
    more_kind: Bytes
    first: Ints
    kept: tuple[npt.NDArray[np.generic], ...]

    @property
    def base(self) -> int:
        """How many items the first segment names."""
        return len(self.segments[0].item_id)

    @property
    def events(self) -> int:
        """How many events there are."""
        return int(self.first[-1])

    def items(self, ids: Ints) -> Ints:
        """Return the items of these ledger numbers; -1 where no segment names one."""
        found = _found(self.segments[0].item_id, ids)
        missing = found < 0
        if len(self.more_id) and missing.any():
            late = _found(self.more_id, ids[missing])
            found[missing] = np.where(late >= 0, late + self.base, -1)
        return found

    def ids(self, items: npt.NDArray[np.integer]) -> Ints:
        """Return the ledger numbers of items."""
        return _of_both(self.segments[0].item_id, self.more_id, items)

    def kinds(self, items: npt.NDArray[np.integer]) -> Bytes:
        """Return the kinds of items."""
        return _of_both(self.segments[0].item_kind, self.more_kind, items)

    def numbers(self, events: npt.NDArray[np.integer]) -> Ints:
        """Return the ledger numbers of events; 0 where there is none (-1)."""
        found = np.zeros(len(events), np.int64)
        for part, segment in enumerate(self.segments):
            if len(self.segments) == 1:
                if len(segment.event_number):
                    found = segment.event_number[np.maximum(events, 0)]
                    found[events < 0] = 0
                break
            here = (events >= self.first[part]) & (events < self.first[part + 1])
            found[here] = segment.event_number[events[here] - self.first[part]]
        return found

    def number(self, event: int) -> int:
        """Return the ledger number of one event."""
        part = int(np.searchsorted(self.first, event, side="right")) - 1
        return int(self.segments[part].event_number[event - int(self.first[part])])


def _of_both(
    base: npt.NDArray[np.generic], more: npt.NDArray[np.generic], items: npt.NDArray[np.integer]
) -> np.ndarray:
    if len(more) == 0:
        plain: np.ndarray = np.asarray(base)[items]
        return plain
    found = np.empty(len(items), base.dtype)
    late = items >= len(base)
    found[~late] = base[items[~late]]
    found[late] = more[items[late] - len(base)]
    return found


def assemble(
    segments: Sequence[Segment], *, as_of: int | None = None, voids: Mapping[int, int] | None = None
) -> Assembled:
    """Put segments together, the largest first; at most :data:`PARTS`.

    ``as_of``: in microseconds, what was on record then. ``voids``: record times, by event number, of voids that no
    segment knows.
    """
    whole = tuple(segments)
    if not 0 < len(whole) <= PARTS:
        raise ValueError(f"{len(whole)} segments, {PARTS} at the most")
    later = dict(voids or {})
    for segment in whole:
        for number, when in segment.voids.tolist():
            later[number] = min(when, later.get(number, when))
    flags, changed = _flags(whole, as_of, later)
    ids = whole[0].item_id
    later_items = _union([segment.item_id for segment in whole[1:]])
    more = later_items[_found(ids, later_items) < 0]
    places = [np.empty(0, np.int32), *(_places(segment, ids, more) for segment in whole[1:])]
    touched = _union(places[1:])
    sheet, kept = np.zeros(slot.SLOTS, np.int64), []

    def note(at: int, values: npt.NDArray[np.generic], kind: type[np.generic]) -> None:
        array = np.ascontiguousarray(values, kind)
        kept.append(array)
        sheet[at] = array.ctypes.data

    for part, segment in enumerate(whole):
        for name, (at, kind) in _COLUMNS.items():
            note(at + part, getattr(segment, name), kind)
        note(slot.EVENT_FLAGS + part, flags[part], np.uint8)
        note(slot.PLACES + part, places[part], np.int32)
        sheet[slot.MEMBERS + part], sheet[slot.NAMES + part] = len(segment.member), len(segment.named_lot)
    first = np.cumsum([0, *(len(segment.event_at) for segment in whole)])
    sheet[slot.FIRST : slot.FIRST + PARTS] = np.iinfo(np.int64).max
    sheet[slot.FIRST : slot.FIRST + len(whole)] = first[:-1]
    kinds = _more_kind(whole, places, len(ids), len(more))
    sheet[slot.BASE], sheet[slot.MORE], sheet[slot.TOUCHED] = len(ids), len(more), len(touched)
    note(slot.MORE_ID, more, np.int64)
    note(slot.MORE_KIND, kinds, np.uint8)
    note(slot.TOUCHED_ITEM, touched, np.int64)
    note(slot.TOUCHED_AT, _touched_at(places, touched), np.int32)
    begins, rows = _gathered(whole, places, touched, first)
    note(slot.TOUCHED_BEGIN, begins, np.int64)
    note(slot.TOUCHED_ROWS, rows, np.uint32)
    states = np.full(len(ids) + len(more), UNKNOWN, np.uint8)
    if as_of is None:
        states[: len(ids)] = whole[0].item_knot
    states[touched] = UNKNOWN | IS_TOUCHED
    if as_of is None:
        _unsettle(sheet, states, _odd(whole, places, touched, changed))
    return Assembled(whole, sheet, states, more, kinds, first, tuple(kept))


def _gathered(
    segments: Sequence[Segment], places: Sequence[Places], touched: Ints, first: Ints
) -> tuple[Ints, npt.NDArray[np.uint32]]:
    """Return the rows of the touched items, put together from all segments in the order of time and number; where each
    begins.
    """
    if len(touched) == 0:
        return np.zeros(1, np.int64), np.empty(0, np.uint32)
    owners, words, times, numbers = [], [], [], []
    for part, segment in enumerate(segments):
        mine = touched[touched < len(segment.item_id)] if part == 0 else places[part]
        local = mine if part == 0 else np.arange(len(mine))
        begins = segment.item_offsets[local].astype(np.int64)
        lengths = segment.item_offsets[local + 1].astype(np.int64) - begins
        at = np.repeat(begins - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        found = np.asarray(segment.item_rows)[at].astype(np.int64)
        owners.append(np.repeat(np.searchsorted(touched, mine), lengths))
        words.append(((found >> EVENT_SHIFT) + first[part]) << EVENT_SHIFT | (found & ROLE_MASK))
        times.append(np.asarray(segment.event_at)[found >> EVENT_SHIFT])
        numbers.append(np.asarray(segment.event_number)[found >> EVENT_SHIFT])
    owner, word = np.concatenate(owners), np.concatenate(words)
    order = np.lexsort((np.concatenate(numbers), np.concatenate(times), owner))
    begins = np.zeros(len(touched) + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=len(touched)), out=begins[1:])
    return begins, word[order].astype(np.uint32)


def _union(arrays: Sequence[npt.NDArray[np.integer]]) -> Ints:
    return distinct(np.concatenate([np.empty(0, np.int64), *arrays])).astype(np.int64)


def _found(numbers: Ints, wanted: Ints) -> Ints:
    if len(numbers) == 0:
        return np.full(len(wanted), -1, np.int64)
    at = np.minimum(np.searchsorted(numbers, wanted), len(numbers) - 1)
    return np.where(numbers[at] == wanted, at, -1).astype(np.int64)


def _places(segment: Segment, base: Ints, more: Ints) -> Places:
    """Return the number, over all parts, of each item of a later segment."""
    found = _found(base, segment.item_id)
    late = _found(more, segment.item_id)
    return np.where(found >= 0, found, late + len(base)).astype(np.int32)


def _touched_at(places: Sequence[Places], touched: Ints) -> Places:
    table = np.full((len(touched), PARTS - 1), -1, np.int32)
    for part, found in enumerate(places[1:]):
        table[np.searchsorted(touched, found), part] = np.arange(len(found), dtype=np.int32)
    return table


def _more_kind(segments: Sequence[Segment], places: Sequence[Places], base: int, more: int) -> Bytes:
    kinds = np.zeros(more, np.uint8)
    for segment, found in zip(segments[1:], places[1:], strict=True):
        new = found >= base
        kinds[found[new] - base] = segment.item_kind[new]
    return kinds


def _flags(
    segments: Sequence[Segment], as_of: int | None, voids: Mapping[int, int]
) -> tuple[list[Bytes], list[tuple[int, Ints]]]:
    """Return each segment's flags with what does not count hidden, and the events whose standing the segment itself
    does not tell.
    """
    numbers = np.fromiter(voids, np.int64)
    flags: list[Bytes] = []
    changed: list[tuple[int, Ints]] = []
    for part, segment in enumerate(segments):
        late = np.flatnonzero(np.isin(segment.event_number, numbers)) if len(numbers) else np.empty(0, np.int64)
        if as_of is None and len(late) == 0:
            flags.append(segment.event_flags)
            continue
        mine = np.array(segment.event_flags) & np.uint8(~HIDDEN & 0xFF)
        whens = {int(place): int(when) for place, when in segment.voided.tolist()}
        for place in late.tolist():
            when = voids[int(segment.event_number[place])]
            whens[place] = min(when, whens.get(place, when))
        gone = np.array([p for p, when in whens.items() if as_of is None or when <= as_of], np.int64)
        mine[gone] |= HIDDEN
        if as_of is not None:
            mine[segment.event_recorded > as_of] |= HIDDEN
        flags.append(mine)
        changed.append((part, late))
    return flags, changed


def _odd(
    segments: Sequence[Segment], places: Sequence[Places], touched: Ints, changed: Sequence[tuple[int, Ints]]
) -> Ints:
    """Return the items of which the first segment alone cannot tell what they are."""
    odd: list[npt.NDArray[np.integer]] = [touched]
    for part, events in changed:
        for event in events.tolist():
            named = _items_of(segments[part], event)
            odd.append(named if part == 0 else places[part][named])
    return _union(odd)


def _unsettle(sheet: Ints, states: Bytes, items: Ints) -> None:
    working = sheet.copy()
    working[slot.STATES] = states.ctypes.data
    unsettle(working.ctypes.data, items.ctypes.data, len(items))


def _items_of(segment: Segment, event: int) -> Ints:
    rows = segment.event_rows[int(segment.event_offsets[event]) : int(segment.event_offsets[event + 1])]
    low, high = np.searchsorted(segment.member[:, 0], [event, event + 1])
    lots = segment.member[low:high, 2]
    return np.concatenate([(np.asarray(rows) >> ITEM_SHIFT).astype(np.int64), np.asarray(lots, dtype=np.int64)])


@njit(cache=True)
def unsettle(c: int, items: int, count: int) -> None:
    """What these items are is to be weighed anew, and what belongs to the lots among them or was ever in them."""
    states = long(c, slot.STATES)
    for index in range(count):
        item = long(items, index)
        set_byte(states, item, byte(states, item) | UNKNOWN)
        words, begin, end = item_row(c, item)
        for at in range(begin, end):
            if word(words, at) & ROLE_MASK == PARENT:
                part, others, first, last = event_row(c, word(words, at) >> EVENT_SHIFT)
                for other in range(first, last):
                    if word(others, other) & ROLE_MASK == CHILD:
                        child = number_of(c, part, word(others, other) >> ITEM_SHIFT)
                        set_byte(states, child, byte(states, child) | UNKNOWN)
        for part in range(PARTS):
            place = place_in(c, item, part)
            if place >= 0 and long(c, slot.MEMBERS + part):
                low, high = members_between(c, part, place)
                for row in range(low, high):
                    table, order = long(c, slot.MEMBER + part), long(c, slot.MEMBER_BY_LOT + part)
                    unit = number_of(c, part, short(table, short(order, row) * 3 + 1))
                    set_byte(states, unit, byte(states, unit) | UNKNOWN)
            if long(c, slot.NAMES + part):
                low, high = names_between(c, part, identity_of(c, item))
                for row in range(low, high):
                    pairs, order = long(c, slot.NAMED + part), long(c, slot.NAMED_BY_LOT + part)
                    unit = found_id(c, long(pairs, short(order, row) * 2))
                    if unit >= 0:
                        set_byte(states, unit, byte(states, unit) | UNKNOWN)
