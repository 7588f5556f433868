"""Events that are booked later than they happen, and what they may have meant without naming it.

A lagging event took place at some time within its lag: whether it touched something in what it names is no question of
one instant, so compiled code leaves it to the reference, as much as may ever be concerned.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numba import njit

from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.knots import CHILD, LOT, PARENT
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import long, short, word
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.engine.sheet import (
    MEMBER,
    MEMBER_BY_LOT,
    NAMED,
    NAMED_BY_LOT,
    NAMES,
    PARTS,
    STATES,
    event_row,
    found_id,
    identity_of,
    item_row,
    kind_of,
    members_between,
    names_between,
    number_of,
    place_in,
)


@dataclass(frozen=True, slots=True)
class Lags:
    """``lagging`` (of events): 1 where it lags. ``within`` (of items): 1 where anything that it was ever in, or belongs
    to, is named by such an event.
    """

    lagging: Bytes
    within: Bytes


_kept: WeakKeyDictionary[Assembled, Lags] = WeakKeyDictionary()


def lags_of(assembled: Assembled) -> Lags:
    """Return what lags, kept with the segments as they are put together."""
    if assembled not in _kept:
        lagging, within = np.zeros(assembled.events + 1, np.uint8), np.zeros(len(assembled.states), np.uint8)
        late = [
            np.asarray(segment.lagging)[:, 0] + assembled.first[part] for part, segment in enumerate(assembled.segments)
        ]
        events = np.concatenate([*late, np.empty(0, np.int64)]).astype(np.int64)
        lagging[events] = 1
        sheet = assembled.sheet.copy()
        sheet[STATES] = assembled.states.ctypes.data
        if len(events):
            _descend(sheet.ctypes.data, events, within)
        _kept[assembled] = Lags(lagging, within)
    return _kept[assembled]


@njit(cache=True)
def _take(item: int, within: Bytes, below: Ints, count: int) -> tuple[Ints, int]:
    if within[item]:
        return below, count
    within[item] = 1
    if count == len(below):
        below = np.concatenate((below, np.empty_like(below)))
    below[count] = item
    return below, count + 1


@njit(cache=True, nogil=True)
def _descend(c: int, events: Ints, within: Bytes) -> None:
    """Mark everything that was ever in, or belongs to, what these events name, at any depth."""
    below, count = np.empty(256, np.int64), 0
    for event in events:
        part, words, begin, end = event_row(c, event)
        for at in range(begin, end):
            below, count = _below(c, number_of(c, part, word(words, at) >> ITEM_SHIFT), within, below, count)
    done = 0
    while done < count:
        below, count = _below(c, below[done], within, below, count)
        done += 1


@njit(cache=True)
def _below(c: int, item: int, within: Bytes, below: Ints, count: int) -> tuple[Ints, int]:
    """Take up what was ever in an item, and its members."""
    words, begin, end = item_row(c, item)
    for at in range(begin, end):
        if word(words, at) & ROLE_MASK == PARENT:
            part, others, first, last = event_row(c, word(words, at) >> EVENT_SHIFT)
            for other in range(first, last):
                if word(others, other) & ROLE_MASK == CHILD:
                    child = number_of(c, part, word(others, other) >> ITEM_SHIFT)
                    below, count = _take(child, within, below, count)
    if kind_of(c, item) != LOT:
        return below, count
    identity = identity_of(c, item)
    for part in range(PARTS):
        place = place_in(c, item, part)
        low, high = members_between(c, part, place) if place >= 0 else (0, 0)
        for row in range(low, high):
            at = short(long(c, MEMBER_BY_LOT + part), row) * 3 + 1
            below, count = _take(number_of(c, part, short(long(c, MEMBER + part), at)), within, below, count)
        first, last = names_between(c, part, identity) if long(c, NAMES + part) else (0, 0)
        for row in range(first, last):
            unit = found_id(c, long(long(c, NAMED + part), short(long(c, NAMED_BY_LOT + part), row) * 2))
            if unit >= 0:
                below, count = _take(unit, within, below, count)
    return below, count
