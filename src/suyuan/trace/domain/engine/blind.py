"""The time-blind closure, compiled: every event ever, without time; and how each item was first reached."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.contracts import Direction
from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine import sheet as slot
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.columns import Segment
from suyuan.trace.domain.engine.knots import CHILD, INPUT, KNOT, LOT, OUTPUT, PARENT, PRODUCT, SUBJECT, UNIT, own_lot
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import byte, long, set_byte, short, word
from suyuan.trace.domain.engine.record import ACTS, Bytes, Ints
from suyuan.trace.domain.engine.segment import unpacked
from suyuan.trace.domain.engine.sheet import (
    HIDDEN,
    MEMBER,
    MEMBER_BY_LOT,
    MEMBERS,
    NAMED,
    NAMED_BY_LOT,
    NAMES,
    PARTS,
    act_of,
    event_row,
    flags_of,
    found_id,
    identity_of,
    item_row,
    kind_of,
    local,
    members_between,
    names_between,
    number_of,
    part_of,
    place_in,
)
from suyuan.trace.domain.stays import HOLDING

Int32s = npt.NDArray[np.int32]
PROCESS, INTO, HELD, TO_LOT, TO_MEMBER = range(5)
"""What a hop follows, in the order of :class:`~suyuan.trace.domain.closure.HopKind`."""
_HOLDS = np.array([kind in HOLDING for kind, _ in ACTS], np.uint8)


@dataclass(frozen=True, slots=True)
class Closure:
    """What was reached, the seeds first. Of each item reached: from which, by what kind of hop, by which event (-1: by
    identity alone).
    """

    items: Int32s
    seeds: int
    source: Int32s
    kind: Bytes
    event: Int32s


def closure(assembled: Assembled, seeds: Ints, direction: Direction) -> Closure:
    """Return the closure around ``seeds`` (numbers over all segments)."""
    total = len(assembled.states)
    reached, source, event = np.empty(total, np.int32), np.empty(total, np.int32), np.empty(total, np.int32)
    kind, done = np.empty(total, np.uint8), np.zeros(2 * assembled.events + 2, np.uint8)
    sheet = assembled.sheet.copy()
    sheet[slot.STATES] = assembled.states.ctypes.data
    seen = np.zeros(total, np.uint8)
    sheet[slot.MEMO] = seen.ctypes.data
    start = distinct(seeds).astype(np.int32)
    reached[: len(start)] = start
    seen[start] = 1
    near, far = (INPUT, OUTPUT) if direction is Direction.FORWARD else (OUTPUT, INPUT)
    runs = _processes(assembled)
    count = blind(int(sheet.ctypes.data), reached, len(start), source, kind, event, done, near, far, *runs)
    return Closure(reached[:count], len(start), source, kind, event)


def _processes(assembled: Assembled) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the events that have a process id and their process; where each process begins in the list of events by
    process; and that list.
    """
    names: dict[str, int] = {}
    events, groups = [], []
    for part, segment in enumerate(assembled.segments):
        found = np.flatnonzero(segment.event_process)
        if len(found):
            codes = segment.event_process[found].astype(np.int64) - 1
            words = _words_at(segment, distinct(codes))
            translate = {code: names.setdefault(text, len(names)) for code, text in words.items()}
            groups.append(np.array([translate[code] for code in codes.tolist()], np.int64))
            events.append(found + assembled.first[part])
    if not events:
        nothing = np.empty(0, np.int64)
        return nothing, nothing, np.zeros(1, np.int64), nothing
    event, group = np.concatenate(events), np.concatenate(groups)
    begins = np.zeros(len(names) + 1, np.int64)
    np.cumsum(np.bincount(group, minlength=len(names)), out=begins[1:])
    return event, group, begins, event[np.argsort(group, kind="stable")]


def _words_at(segment: Segment, codes: Ints) -> dict[int, str]:
    words = unpacked(segment.words)
    return {int(code): words[code] for code in codes.tolist()}


@njit(cache=True)
def _reach(
    c: int, target: int, count: int, reached: Int32s, source: Int32s, kind: Bytes, event: Int32s, by: int, how: int,
    when: int
) -> int:  # fmt: skip
    seen = long(c, slot.MEMO)
    if byte(seen, target) or kind_of(c, target) == PRODUCT:
        return count
    set_byte(seen, target, 1)
    reached[count], source[count], kind[count], event[count] = target, by, how, when
    return count + 1


@njit(cache=True)
def _all_with(
    c: int, at: int, role: int, count: int, reached: Int32s, source: Int32s, kind: Bytes, event: Int32s, by: int,
    how: int, when: int
) -> int:  # fmt: skip
    part, words, begin, end = event_row(c, at)
    for index in range(begin, end):
        if word(words, index) & ROLE_MASK == role:
            target = number_of(c, part, word(words, index) >> ITEM_SHIFT)
            count = _reach(c, target, count, reached, source, kind, event, by, how, when)
    return count


@njit(cache=True)
def _hops(  # noqa: PLR0912 (one pass over a row)
    c: int, item: int, hidden: bool, count: int, reached: Int32s, source: Int32s, kind: Bytes, event: Int32s,
    done: Bytes, near: int, far: int, run_events: Ints, run_of: Ints, run_begins: Ints, runs: Ints
) -> int:  # fmt: skip
    """Follow the hops of one item by events that count, or (``hidden``) by the others."""
    words, begin, end = item_row(c, item)
    for at in range(begin, end):
        when, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        flags = flags_of(c, when)
        if (flags & HIDDEN != 0) != hidden:
            continue
        if role == near and not done[when]:
            done[when] = 1
            count = _all_with(c, when, far, count, reached, source, kind, event, item, PROCESS, when)
            if flags & KNOT and len(run_events):
                found = np.searchsorted(run_events, when)
                if found < len(run_events) and run_events[found] == when:
                    run = run_of[found]
                    for other in runs[run_begins[run] : run_begins[run + 1]]:
                        count = _all_with(c, other, far, count, reached, source, kind, event, item, PROCESS, when)
        elif role == CHILD and _HOLDS[act_of(c, when)]:
            count = _all_with(c, when, PARENT, count, reached, source, kind, event, item, INTO, when)
        elif role == PARENT and _HOLDS[act_of(c, when)]:
            count = _all_with(c, when, CHILD, count, reached, source, kind, event, item, HELD, when)
        if role in (OUTPUT, SUBJECT):
            part = part_of(c, when)
            size = long(c, MEMBERS + part)
            if size and kind_of(c, item) == UNIT:
                table, mine, place = long(c, MEMBER + part), local(c, when, part), place_in(c, item, part)
                low, high = 0, size
                while low < high:
                    middle = (low + high) >> 1
                    if short(table, middle * 3) < mine:
                        low = middle + 1
                    else:
                        high = middle
                while low < size and short(table, low * 3) == mine:
                    if short(table, low * 3 + 1) == place:
                        lot = number_of(c, part, short(table, low * 3 + 2))
                        count = _reach(c, lot, count, reached, source, kind, event, item, TO_LOT, when)
                    low += 1
    return count


@njit(cache=True)
def _identity_hops(c: int, item: int, count: int, reached: Int32s, source: Int32s, kind: Bytes, event: Int32s) -> int:
    """Follow what identities say: a unit that names its lot, a lot and all that ever belonged to it."""
    identity, sort = identity_of(c, item), kind_of(c, item)
    if sort == UNIT:
        lot = own_lot(c, item)
        return _reach(c, lot, count, reached, source, kind, event, item, TO_LOT, -1) if lot >= 0 else count
    if sort != LOT:
        return count
    for part in range(PARTS):
        names, table, place = long(c, NAMES + part), long(c, NAMED + part), place_in(c, item, part)
        if place >= 0 and long(c, MEMBERS + part):
            low, high = members_between(c, part, place)
            for row in range(low, high):
                at = short(long(c, MEMBER_BY_LOT + part), row)
                unit = number_of(c, part, short(long(c, MEMBER + part), at * 3 + 1))
                count = _reach(c, unit, count, reached, source, kind, event, item, TO_MEMBER, -1)
        if names:
            low, high = names_between(c, part, identity)
            for row in range(low, high):
                unit = found_id(c, long(table, short(long(c, NAMED_BY_LOT + part), row) * 2))
                if unit >= 0:
                    count = _reach(c, unit, count, reached, source, kind, event, item, TO_MEMBER, -1)
    return count


@njit(cache=True, nogil=True)
def blind(
    c: int, reached: Int32s, count: int, source: Int32s, kind: Bytes, event: Int32s, done: Bytes, near: int, far: int,
    run_events: Ints, run_of: Ints, run_begins: Ints, runs: Ints
) -> int:  # fmt: skip
    """Follow every hop, level by level, those on record before those that do not count; return how many are reached."""
    low = 0
    while low < count:
        high = count
        for at in range(low, high):
            count = _hops(
                c, reached[at], False, count, reached, source, kind, event, done, near, far, run_events, run_of,
                run_begins, runs,
            )  # fmt: skip
            count = _identity_hops(c, reached[at], count, reached, source, kind, event)
        for at in range(low, high):
            count = _hops(
                c, reached[at], True, count, reached, source, kind, event, done, near, far, run_events, run_of,
                run_begins, runs,
            )  # fmt: skip
        low = high
    return count
