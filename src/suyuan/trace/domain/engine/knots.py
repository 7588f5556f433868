"""What in a segment the forward kernel does not follow by itself: knots, found once, when the segment is built.

The kernel knows the plain rules: processes of one event, things in containers that are packed and unpacked in turn,
lots made at once and used afterwards, members of lots. Everything else (voids, booking lags, tanks, parts in units,
late booking, a child in two places, lots meant for their members) makes a knot at the events and items concerned, and
a question that reaches a knot is answered by the reference implementation. So the kernel never has to guess.
"""

from __future__ import annotations

from numba import njit

from suyuan.trace.contracts import Action, EventType
from suyuan.trace.domain.engine.layout import Words, event_of, item_of, role_of
from suyuan.trace.domain.engine.record import ACTS, CLEANS, EMPTIES, Bytes, Ints

KNOT, RIVALS = 4, 8
"""Bits of an event's flags: the kernel does not follow it; two of its inputs are of one product."""
INPUT, OUTPUT, PARENT, CHILD, SUBJECT = range(5)
UNIT, LOT, CARRIER, ASSET, PRODUCT = range(5)
TRANSFORMATION = ACTS.index((EventType.TRANSFORMATION, None))
PACKED = ACTS.index((EventType.AGGREGATION, Action.ADD))
UNPACKED = ACTS.index((EventType.AGGREGATION, Action.DELETE))
COMMISSIONED = ACTS.index((EventType.OBJECT, Action.ADD))
NOWHERE = -1


@njit(cache=True)
def event_knots(
    offsets: Words, rows: Words, acts: Bytes, flags: Bytes, processes: Ints, kinds: Bytes, products: Words
) -> None:
    """Add :data:`KNOT` and :data:`RIVALS` to the events' flags. ``processes``: 1 where an event has a process id."""
    for event in range(len(acts)):
        begin, end = offsets[event], offsets[event + 1]
        bits = flags[event]
        knot = (bits & (CLEANS | EMPTIES)) != 0 or processes[event] != 0
        parents, children = 0, 0
        for at in range(begin, end):
            item, role = item_of(rows[at]), role_of(rows[at])
            holder = kinds[item] == CARRIER or kinds[item] == ASSET
            if role == PARENT:
                parents += 1
                knot = knot or not holder
            elif role == CHILD:
                children += 1
                knot = knot or kinds[item] == LOT or kinds[item] == PRODUCT
            elif role <= OUTPUT:
                knot = knot or holder or acts[event] != TRANSFORMATION
                for other in range(begin, at):
                    if item_of(rows[other]) == item:
                        knot = True
                    elif role == INPUT and role_of(rows[other]) == INPUT:
                        rival = products[item_of(rows[other])]
                        if rival != 0 and rival == products[item]:
                            bits |= RIVALS
        if parents + children > 0:
            knot = knot or parents != 1 or children == 0 or (acts[event] != PACKED and acts[event] != UNPACKED)
        flags[event] = bits | KNOT if knot else bits


@njit(cache=True)
def parent_of(event: int, offsets: Words, rows: Words) -> int:
    """Return the parent that an event names; :data:`NOWHERE` without one."""
    for at in range(offsets[event], offsets[event + 1]):
        if role_of(rows[at]) == PARENT:
            return item_of(rows[at])
    return NOWHERE


@njit(cache=True)
def used_early(made: int, kind: int, begin: int, end: int, rows: Words, times: Ints, acts: Bytes) -> bool:
    """Tell whether an item's row names it before the event that made it; a lot, also at the same instant."""
    if made < 0:
        return False
    when = times[made]
    for at in range(begin, end):
        event, role = event_of(rows[at]), role_of(rows[at])
        birth = role == OUTPUT or (role == SUBJECT and acts[event] == COMMISSIONED)
        if not birth and (times[event] < when or (kind == LOT and times[event] == when)):
            return True
    return False


@njit(cache=True)
def item_knots(
    offsets: Words, rows: Words, event_offsets: Words, event_rows: Words, times: Ints, acts: Bytes, flags: Bytes,
    kinds: Bytes, knots: Bytes, made: Ints
) -> None:  # fmt: skip
    """Mark knotted items, and note in ``made`` the event that made or commissioned each thing (-1: none)."""
    for item in range(len(kinds)):
        made[item] = -1
        makings, commissionings, knot = 0, 0, False
        inside, since = NOWHERE, 0
        left, left_at = NOWHERE, 0
        for at in range(offsets[item], offsets[item + 1]):
            event, role = event_of(rows[at]), role_of(rows[at])
            knot = knot or flags[event] & KNOT != 0
            if role == OUTPUT:
                makings += 1
                knot = knot or (made[item] >= 0 and times[made[item]] != times[event])
                made[item] = event
            elif role == SUBJECT and acts[event] == COMMISSIONED:
                commissionings += 1
                knot = knot or (made[item] >= 0 and times[made[item]] != times[event])
                if made[item] < 0:
                    made[item] = event
            elif role == CHILD:
                parent = parent_of(event, event_offsets, event_rows)
                if acts[event] == PACKED:
                    knot = knot or inside != NOWHERE or (left == parent and left_at == times[event])
                    inside, since = parent, times[event]
                else:
                    knot = knot or inside != parent or since >= times[event]
                    inside, left, left_at = NOWHERE, parent, times[event]
        if kinds[item] == UNIT or kinds[item] == LOT:
            knot = knot or makings > 1 or commissionings > 1
            knot = knot or used_early(made[item], kinds[item], offsets[item], offsets[item + 1], rows, times, acts)
        if knot:
            knots[item] = 1


@njit(cache=True)
def member_knots(
    unit_places: Ints, lot_places: Ints, events: Ints, lots: Ints, offsets: Words, rows: Words, event_offsets: Words,
    event_rows: Words, times: Ints, made: Ints, knots: Bytes
) -> None:  # fmt: skip
    """Mark units that belong to two lots, or whose lot is used or moved without serials; lots with members before they
    were made; members given by an event that did not make them. ``events``: -1 where the identifier names the lot.
    ``lots`` is a table of the lot of each unit, -1 at first.
    """
    for index in range(len(unit_places)):
        unit, lot, event = unit_places[index], lot_places[index], events[index]
        if unit < 0:
            continue
        if lot < 0 or (lots[unit] >= 0 and lots[unit] != lot):
            knots[unit] = 1
            continue
        lots[unit] = lot
        for at in range(offsets[lot], offsets[lot + 1]):
            role = role_of(rows[at])
            if role in (INPUT, CHILD):
                knots[unit] = 1
                break
        if event >= 0:
            given = False
            for at in range(event_offsets[event], event_offsets[event + 1]):
                role = role_of(event_rows[at])
                given = given or (item_of(event_rows[at]) == unit and role in (OUTPUT, SUBJECT))
            if not given:
                knots[unit] = 1
            if made[lot] >= 0 and times[event] < times[made[lot]]:
                knots[lot] = 1
