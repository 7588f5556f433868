"""What events touched a history that the backward kernel found, and where its record is broken."""

from __future__ import annotations

import numpy as np
from numba import njit

from suyuan.trace.domain.engine.kernel import first_use
from suyuan.trace.domain.engine.knots import COMMISSIONED, INPUT, LOT, OUTPUT, PRODUCT, SUBJECT, UNIT, given_lot
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import word
from suyuan.trace.domain.engine.mirror import named_birth
from suyuan.trace.domain.engine.mirror_notes import BY_EVENT, END, HOLDER, SINCE, roomy
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.engine.sheet import (
    HIDDEN,
    NOWHERE,
    act_of,
    event_row,
    flags_of,
    identity_of,
    item_row,
    kind_at,
    kind_of,
    number_of,
    time_of,
)
from suyuan.trace.domain.times import EVER, FOREVER

NO_INPUTS, NO_OUTPUTS, CLASS_ONLY, NEVER_ARRIVED, NO_ORIGIN = range(5)
"""Gaps. The last two stand only where none of the events given with them turns out to be an arrival."""
KIND, AT, IN_EVENT, OTHER, UNLESS = range(5)
"""Columns of gaps: items by their numbers in the ledger, events by those over all segments; UNLESS: an event that may
be an arrival, -1 for none.
"""


@njit(cache=True)
def _within(c: int, item: int, since: int, until: int, sure: bool, marks: Ints, count: int) -> int:
    """Mark what happened to an item within a time; all of its uses in processes are left out. There is room."""
    words, begin, end = item_row(c, item)
    for at in range(begin, end):
        if word(words, at) & ROLE_MASK == INPUT:
            continue
        event = word(words, at) >> EVENT_SHIFT
        when = time_of(c, event)
        if when > until:
            break
        if when >= since and flags_of(c, event) & HIDDEN == 0:
            inside = (since == EVER or since < when) and (until == FOREVER or when < until)
            marks[count] = event * 2 + (sure and inside)
            count += 1
    return count


@njit(cache=True, nogil=True)
def touched_by(
    c: int, things: Ints, until: Ints, sure_things: Bytes, holdings: Ints, sure: Bytes, edges: Ints, sure_edges: Bytes
) -> Ints:
    """Return the events that touched what is listed: before it was used (``until`` then it matters), or while it held
    what matters. Each as twice its number, plus one where it surely did; as often as it was met. ``sure``: of holdings.
    """
    room = len(edges)
    for item in things:
        _, begin, end = item_row(c, item)
        room += end - begin
    for row in holdings:
        _, begin, end = item_row(c, row[HOLDER])
        room += end - begin
    marks = np.empty(room, np.int64)
    count = 0
    for at in range(len(things)):
        count = _within(c, things[at], EVER, until[at], sure_things[at] != 0, marks, count)
    for at in range(len(holdings)):
        row = holdings[at]
        count = _within(c, row[HOLDER], row[SINCE], row[END], sure[at] != 0, marks, count)
    for at in range(len(edges)):
        if edges[at, BY_EVENT] >= 0:
            marks[count] = edges[at, BY_EVENT] * 2 + (sure_edges[at] != 0)
            count += 1
    return marks[:count]


@njit(cache=True, nogil=True)
def any_used_before(c: int, events: Ints) -> bool:
    """Tell whether anything that these events made was used before: their making was booked late, and so when they took
    their inputs is not known.
    """
    for event in events:
        part, words, begin, end = event_row(c, event) if event >= 0 else (0, 0, 0, 0)
        for at in range(begin, end):
            place = word(words, at) >> ITEM_SHIFT
            if word(words, at) & ROLE_MASK != OUTPUT or kind_at(c, part, place) not in (UNIT, LOT):
                continue
            if first_use(c, number_of(c, part, place)) < time_of(c, event):
                return True
    return False


@njit(cache=True)
def _noted(gaps: Ints, count: int, kind: int, item: int, event: int, other: int, unless: int) -> int:
    row = gaps[count]
    row[KIND], row[AT], row[IN_EVENT], row[OTHER], row[UNLESS] = kind, item, event, other, unless
    return count + 1


@njit(cache=True)
def _origin(c: int, item: int, gaps: Ints, count: int) -> tuple[Ints, int]:
    """Look for where a plain thing came from: made, or received before it was used, itself or its lot."""
    kind = kind_of(c, item)
    words, begin, end = item_row(c, item)
    lot, until, what, birth = NOWHERE, FOREVER, NEVER_ARRIVED, NOWHERE
    for at in range(begin, end):
        if word(words, at) & ROLE_MASK == OUTPUT and flags_of(c, word(words, at) >> EVENT_SHIFT) & HIDDEN == 0:
            return gaps, count
    if kind == UNIT:
        lot = given_lot(c, item, words, begin, end)
    if lot != NOWHERE:
        what, birth = NO_ORIGIN, named_birth(c, item)
        words, begin, end = item_row(c, lot)
    else:
        until = first_use(c, item)
        if until == FOREVER:
            return gaps, count
    of = identity_of(c, item)
    other = identity_of(c, lot) if lot != NOWHERE else NOWHERE
    first = count
    count = _noted(gaps, count, what, of, birth, other, NOWHERE)
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        if role == INPUT or flags_of(c, event) & HIDDEN:
            continue
        if role == OUTPUT:
            return gaps, first
        if role == SUBJECT and time_of(c, event) <= until:
            if act_of(c, event) == COMMISSIONED:
                return gaps, first
            gaps = roomy(gaps, count)
            count = _noted(gaps, count, what, of, birth, other, event)
    return gaps, count


@njit(cache=True)
def _process(c: int, event: int, gaps: Ints, count: int) -> tuple[Ints, int]:
    part, words, begin, end = event_row(c, event)
    inputs, outputs = 0, 0
    for at in range(begin, end):
        role = word(words, at) & ROLE_MASK
        inputs += role == INPUT
        outputs += role == OUTPUT
        item = number_of(c, part, word(words, at) >> ITEM_SHIFT)
        if kind_of(c, item) == PRODUCT:
            gaps = roomy(gaps, count)
            count = _noted(gaps, count, CLASS_ONLY, identity_of(c, item), event, NOWHERE, NOWHERE)
    gaps = roomy(gaps, count + 1)
    if inputs == 0 and outputs > 0:
        count = _noted(gaps, count, NO_INPUTS, NOWHERE, event, NOWHERE, NOWHERE)
    if outputs == 0 and inputs > 0:
        count = _noted(gaps, count, NO_OUTPUTS, NOWHERE, event, NOWHERE, NOWHERE)
    return gaps, count


@njit(cache=True, nogil=True)
def broken_at(c: int, things: Ints, events: Ints) -> Ints:
    """Return the gaps at plain things and in plain events: nothing else can be broken there."""
    gaps, count = np.empty((64, 5), np.int64), 0
    for item in things:
        if kind_of(c, item) in (UNIT, LOT):
            gaps = roomy(gaps, count)
            gaps, count = _origin(c, item, gaps, count)
    for event in events:
        gaps, count = _process(c, event, gaps, count)
    return gaps[:count]
