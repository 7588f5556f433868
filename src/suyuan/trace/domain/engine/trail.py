"""What forward labels leave behind, told by compiled code: the hops that they went, and the events that they touched.

The kernel tells who is affected since when. From its labels alone follows which hops the reference would list, as a hop
is listed exactly where a label passes it, and how surely each event touched what is affected. What the reference itself
follows (knots, and what was in containers that a process took in) is left out here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.engine.knots import (
    CHILD,
    INPUT,
    KNOT,
    LOT,
    OUTPUT,
    PARENT,
    PRODUCT,
    UNIT,
    given_lot,
    knotted,
    named_with,
    puts_in,
    stay_end,
    stray,
)
from suyuan.trace.domain.engine.labels import CERTAIN, CODE, DEAD, NEXT, SINCE, SUSPECT, UNTAKEN, UNTIL, get, head
from suyuan.trace.domain.engine.layout import AMOUNT_BIT, EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import byte, long, short, word
from suyuan.trace.domain.engine.mirror import named_birth
from suyuan.trace.domain.engine.mirror_notes import EDGES, note_edge, roomy
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.engine.sheet import (
    FILLED,
    HELD,
    HIDDEN,
    MEMBER,
    MEMBER_BY_LOT,
    NAMED,
    NAMED_BY_LOT,
    NAMES,
    OWN,
    PARTS,
    TOLERANCE,
    act_of,
    event_row,
    flags_of,
    found_id,
    identity_of,
    item_row,
    kind_at,
    kind_of,
    members_between,
    names_between,
    number_of,
    place_in,
    time_of,
)
from suyuan.trace.domain.engine.spread import birth, sure
from suyuan.trace.domain.times import EVER, FOREVER

TOUCHED, SURELY = 1, 2
EVENTS, LATE, LOTS = range(3)
_NEAR = 4
"""Which count is of what, beside that of the hops (see mirror_notes)."""
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trail:
    """Hops (source, into, event); touched events; pairs of a lagging event and an item for which the reference is to
    tell how surely it was touched; (lot, from, until): when a lot of several things may have meant an affected one; and
    items whose stays ended so shortly before they were affected that the tolerance may bring in what happened between.
    Items and events go by their numbers over all segments.
    """

    edges: Ints
    events: Ints
    late: Ints
    lots: Ints
    near: Ints


@njit(cache=True)
def _mark(standing: Bytes, events: Ints, counts: Counts, event: int, surely: bool) -> None:
    """Note that an event touched something affected. There is room for every event."""
    if standing[event] == 0:
        events[counts[EVENTS]] = event
        counts[EVENTS] += 1
    if surely:
        standing[event] = SURELY
    elif standing[event] == 0:
        standing[event] = TOUCHED


@njit(cache=True)
def _since(c: int, item: int) -> int:
    """Return since when an item is affected at all; :data:`FOREVER` where it is not."""
    since, row = FOREVER, head(c, OWN, item)
    while row >= 0:
        if get(c, OWN + CODE, row) & DEAD == 0:
            since = min(since, long(long(c, OWN + SINCE), row))
        row = get(c, OWN + NEXT, row)
    return since


@njit(cache=True)
def _always(c: int, lot: int) -> tuple[bool, int]:
    """Tell of a lot whether it is surely affected since ever, and since when whole, nothing taken before."""
    always, since, row = False, FOREVER, head(c, OWN, lot)
    while row >= 0:
        code, begun = get(c, OWN + CODE, row), long(long(c, OWN + SINCE), row)
        if code & CERTAIN and code & SUSPECT and code & DEAD == 0:
            always = always or begun == EVER
            since = min(since, begun) if code & UNTAKEN else since
        row = get(c, OWN + NEXT, row)
    return always, since


@njit(cache=True)
def _made_of(c: int, item: int, event: int, edges: Ints, counts: Counts) -> Ints:
    """Note the hops from an item to all that an event made."""
    part, words, begin, end = event_row(c, event)
    for at in range(begin, end):
        place = word(words, at) >> ITEM_SHIFT
        if word(words, at) & ROLE_MASK == OUTPUT and kind_at(c, part, place) != PRODUCT:
            edges = roomy(edges, counts[EDGES])
            note_edge(edges, counts, item, number_of(c, part, place), event)
    return edges


@njit(cache=True)
def _stay(
    c: int, item: int, words: int, at: int, end: int, since: int, edges: Ints, near: Ints, counts: Counts
) -> tuple[Ints, Ints]:
    """Note the hop into what the event at ``at`` of an item's row put it in, if it was there while affected."""
    event, tolerance = word(words, at) >> EVENT_SHIFT, long(c, TOLERANCE)
    if puts_in(act_of(c, event)):
        parent = named_with(c, event, PARENT)
        left = stay_end(c, words, at, end, parent)
        if since <= left + tolerance and not stray(c, parent):
            edges = roomy(edges, counts[EDGES])
            note_edge(edges, counts, item, parent, event)
        elif left + tolerance < since <= left + 2 * tolerance:
            near = _noted(near, counts, item)
    return edges, near


@njit(cache=True)
def _noted(near: Ints, counts: Counts, item: int) -> Ints:
    if counts[_NEAR] == len(near):
        near = np.concatenate((near, np.empty_like(near)))
    near[counts[_NEAR]] = item
    counts[_NEAR] += 1
    return near


@njit(cache=True)
def _member(c: int, lot: int, unit: int, since: int, edges: Ints, counts: Counts) -> Ints:
    words, begin, end = item_row(c, unit)
    if given_lot(c, unit, words, begin, end) == lot and not knotted(c, unit):
        event = birth(c, unit)
        if event >= 0 and since <= time_of(c, event) + long(c, TOLERANCE):
            edges = roomy(edges, counts[EDGES])
            note_edge(edges, counts, lot, unit, named_birth(c, unit))
    return edges


@njit(cache=True)
def _members(c: int, lot: int, since: int, edges: Ints, counts: Counts) -> Ints:
    """Note the hops from a lot to its members."""
    identity = identity_of(c, lot)
    for part in range(PARTS):
        place = place_in(c, lot, part)
        low, high = members_between(c, part, place) if place >= 0 else (0, 0)
        for row in range(low, high):
            at = short(long(c, MEMBER_BY_LOT + part), row) * 3 + 1
            edges = _member(c, lot, number_of(c, part, short(long(c, MEMBER + part), at)), since, edges, counts)
        first, last = names_between(c, part, identity) if long(c, NAMES + part) else (0, 0)
        for row in range(first, last):
            unit = found_id(c, long(long(c, NAMED + part), short(long(c, NAMED_BY_LOT + part), row) * 2))
            if unit >= 0:
                edges = _member(c, lot, unit, since, edges, counts)
    return edges


@njit(cache=True)
def _behind_lot(c: int, unit: int, since: int, until: int, lots: Ints, counts: Counts) -> Ints:
    """Note that events which name the lot of a unit, from its birth on, may mean it while it is affected."""
    words, begin, end = item_row(c, unit)
    lot = given_lot(c, unit, words, begin, end)
    if lot >= 0:
        event = birth(c, unit)
        low, tolerance = max(since, time_of(c, event)) if event >= 0 else since, long(c, TOLERANCE)
        if low <= until + tolerance:
            lots = roomy(lots, counts[LOTS])
            row = lots[counts[LOTS]]
            row[0], row[1], row[2] = lot, low - tolerance, until + tolerance
            counts[LOTS] += 1
    return lots


@njit(cache=True, nogil=True)
def of_things(
    c: int, things: Ints, lagging: Bytes, standing: Bytes, events: Ints, counts: Counts
) -> tuple[Ints, Ints, Ints, Ints]:
    """Follow what plain items are in, are used for, and touch; return hops, pairs left to the reference, lots, and the
    items near to what they had left.
    """
    edges, late, lots = np.empty((256, 3), np.int64), np.empty((16, 2), np.int64), np.empty((64, 3), np.int64)
    near, tolerance = np.empty(16, np.int64), long(c, TOLERANCE)
    for item in things:
        since, kind = _since(c, item), kind_of(c, item)
        words, begin, end = item_row(c, item)
        always, untaken = _always(c, item) if kind == LOT else (False, FOREVER)
        at_filling, fillings, unfilled = begin, 0, False
        for at in range(begin, end):
            event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
            flags, when = flags_of(c, event), time_of(c, event)
            if flags & HIDDEN:
                continue
            if role == CHILD:
                edges, near = _stay(c, item, words, at, end, since, edges, near, counts)
            if when + tolerance < since:
                continue
            if role == INPUT and flags & KNOT == 0:
                edges = _made_of(c, item, event, edges, counts)
            if lagging[event]:
                late = roomy(late, counts[LATE])
                late[counts[LATE], 0], late[counts[LATE], 1] = event, item
                counts[LATE] += 1
                continue
            if kind != LOT:
                _mark(standing, events, counts, event, sure(c, item, kind, when))
                continue
            while at_filling < end and time_of(c, word(words, at_filling) >> EVENT_SHIFT) <= when:
                filling = word(words, at_filling) >> EVENT_SHIFT
                if word(words, at_filling) & ROLE_MASK == OUTPUT and flags_of(c, filling) & HIDDEN == 0:
                    fillings += 1
                    unfilled = unfilled or byte(long(c, FILLED), filling) == 0
                at_filling += 1
            whole = always or untaken + tolerance < when or (fillings > 0 and not unfilled)
            _mark(standing, events, counts, event, whole)
        if kind == LOT:
            edges = _members(c, item, since, edges, counts)
        elif kind == UNIT:
            lots = _behind_lot(c, item, since, FOREVER, lots, counts)
    return edges, late[: counts[LATE]], lots, near


@njit(cache=True)
def _reaches(c: int, holder: int, low: int, high: int, slack: int) -> bool:
    """Tell whether a holder held something affected at any time between two, give or take ``slack``."""
    row = head(c, HELD, holder)
    while row >= 0:
        begun, ended = long(long(c, HELD + SINCE), row), long(long(c, HELD + UNTIL), row)
        if get(c, HELD + CODE, row) & DEAD == 0 and max(low, begun) <= min(high, ended) + slack:
            return True
        row = get(c, HELD + NEXT, row)
    return False


@njit(cache=True)
def _from(c: int, words: int, begin: int, end: int, since: int) -> int:
    """Return the first place of a row that is not before an instant."""
    low, high = begin, end
    while low < high:
        middle = (low + high) >> 1
        if time_of(c, word(words, middle) >> EVENT_SHIFT) < since:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def of_holders(
    c: int, holders: Ints, lagging: Bytes, standing: Bytes, events: Ints, edges: Ints, lots: Ints, near: Ints,
    counts: Counts,
) -> tuple[Ints, Ints, Ints]:  # fmt: skip
    """Follow what holders of affected things are in, and touch meanwhile; return hops, lots and the items near to what
    they had left. (What was in something that a lagging event named is the reference's.)
    """
    tolerance = long(c, TOLERANCE)
    for holder in holders:
        words, begin, end = item_row(c, holder)
        row, is_unit = head(c, HELD, holder), kind_of(c, holder) == UNIT
        while row >= 0:
            code, since = get(c, HELD + CODE, row), long(long(c, HELD + SINCE), row)
            until = long(long(c, HELD + UNTIL), row)
            if code & DEAD == 0:
                for at in range(_from(c, words, begin, end, since - tolerance), end):
                    event = word(words, at) >> EVENT_SHIFT
                    when = time_of(c, event)
                    if when > until + tolerance:
                        break
                    if flags_of(c, event) & HIDDEN == 0 and lagging[event] == 0:
                        inside = (since == EVER or since + tolerance < when) and (
                            until == FOREVER or when + tolerance < until
                        )
                        _mark(standing, events, counts, event, inside and code & CERTAIN != 0)
                if is_unit:
                    lots = _behind_lot(c, holder, since, until, lots, counts)
            row = get(c, HELD + NEXT, row)
        for at in range(begin, end):
            event = word(words, at) >> EVENT_SHIFT
            if word(words, at) & ROLE_MASK != CHILD or flags_of(c, event) & HIDDEN or not puts_in(act_of(c, event)):
                continue
            parent = named_with(c, event, PARENT)
            low, high = time_of(c, event), stay_end(c, words, at, end, parent)
            if not stray(c, parent) and _reaches(c, holder, low, high, tolerance):
                edges = roomy(edges, counts[EDGES])
                note_edge(edges, counts, holder, parent, event)
            elif tolerance and _reaches(c, holder, low, high, 3 * tolerance):
                near = _noted(near, counts, holder)
    return edges, lots, near


@njit(cache=True)
def _counted(c: int, event: int, lot: int) -> bool:
    """Tell whether an event says how much of a lot it means."""
    part, words, begin, end = event_row(c, event)
    for at in range(begin, end):
        if word(words, at) & AMOUNT_BIT and number_of(c, part, word(words, at) >> ITEM_SHIFT) == lot:
            return True
    return False


@njit(cache=True, nogil=True)
def of_lots(c: int, lots: Ints, standing: Bytes, events: Ints, counts: Counts) -> Ints:
    """Mark the events that name lots of affected units; return pairs (event, lot) of those that say how much they mean:
    there the reference is to tell whether they mean just other units.
    """
    counted, count = np.empty((16, 2), np.int64), 0
    for interval in lots:
        lot, until = interval[0], interval[2]
        words, begin, end = item_row(c, lot)
        for at in range(_from(c, words, begin, end, interval[1]), end):
            event = word(words, at) >> EVENT_SHIFT
            if time_of(c, event) > until:
                break
            if flags_of(c, event) & HIDDEN or standing[event]:
                continue
            if _counted(c, event, lot):
                counted = roomy(counted, count)
                counted[count, 0], counted[count, 1] = event, lot
                count += 1
            else:
                _mark(standing, events, counts, event, False)
    return counted[:count]


def trail(c: int, things: Ints, holders: Ints, lagging: Bytes, standing: Bytes) -> tuple[Trail, Ints]:
    """Return the trail of plain things and of the holders that the kernel labelled, and pairs (event, lot) left to the
    reference. ``standing`` (all zero, one for each event) tells of each whether it surely touched what is affected.
    """
    counts, events = np.zeros(5, np.int64), np.empty(len(standing), np.int64)
    edges, late, lots, near = of_things(c, things, lagging, standing, events, counts)
    edges, lots, near = of_holders(c, holders, lagging, standing, events, edges, lots, near, counts)
    lots = _merged(lots[: counts[LOTS]])
    counted = of_lots(c, lots, standing, events, counts)
    return Trail(edges[: counts[EDGES]], events[: counts[EVENTS]], late, lots, near[: counts[_NEAR]]), counted


def _merged(lots: Ints) -> Ints:
    """Return intervals of lots, of those that end at the same time only the longest."""
    order = np.lexsort((lots[:, 1], lots[:, 2], lots[:, 0]))
    lots = lots[order]
    new = np.ones(len(lots), np.bool_)
    new[1:] = (lots[1:, 0] != lots[:-1, 0]) | (lots[1:, 2] != lots[:-1, 2])
    return lots[new]
