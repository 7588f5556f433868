"""What compiled code does not follow by itself: knots.

Plain are: processes of one event, things in containers and units in units that are put in and taken out in turn,
containers unloaded as a whole, lots and what made them, members of lots. Everything else (booking lags, tanks, units
taken apart by a process, late booking, a thing in two places, lots meant for their members) makes a knot at the events
and items concerned, and there the reference implementation takes over. So compiled code never has to guess. What an
event is never changes; what an item is depends on all that counts for the question, so :func:`judged` is asked again
wherever more came on record, or less was known.
"""

from __future__ import annotations

from numba import njit

from suyuan.trace.contracts import Action, EventType
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK, Words, item_of, role_of
from suyuan.trace.domain.engine.memory import byte, long, set_byte, short, word
from suyuan.trace.domain.engine.record import ACTS, CLEANS, EMPTIES, Bytes, Ints
from suyuan.trace.domain.engine.sheet import (
    FIRST,
    HIDDEN,
    IS_TOUCHED,
    MEMBER,
    MEMBER_BY_LOT,
    MEMBERS,
    NAMED,
    NAMES,
    NOWHERE,
    PARTS,
    STATES,
    TOLERANCE,
    act_of,
    close,
    event_row,
    flags_of,
    found_id,
    identity_of,
    item_row,
    kind_of,
    local,
    members_between,
    number_of,
    part_of,
    place_in,
    time_of,
)
from suyuan.trace.domain.times import EVER, FOREVER

KNOT, RIVALS, MADE_LAST = 4, 8, 128
"""Bits of an event's flags: compiled code does not follow it; two of its inputs are of one product; what it made stands
last in its row, so that nobody need read over the inputs. (Segments written before this bit was known lack it.)
"""
PLAIN, KNOTTED, UNKNOWN, TWISTED, STRAY = 0, 1, 2, 8, 16
"""What an item is, as bits. Unknown: ask :func:`judged`. Twisted: a part in a unit, a unit with parts, an association,
a container that was unloaded as a whole, what moved on without being taken out: its stays may end by events that do
not name it. Stray: a knot of which it is not plain either what it was in and what was in it.
"""
INPUT, OUTPUT, PARENT, CHILD, SUBJECT = range(5)
UNIT, LOT, CARRIER, ASSET, PRODUCT = range(5)
TRANSFORMATION = ACTS.index((EventType.TRANSFORMATION, None))
PACKED = ACTS.index((EventType.AGGREGATION, Action.ADD))
UNPACKED = ACTS.index((EventType.AGGREGATION, Action.DELETE))
ATTACHED = ACTS.index((EventType.ASSOCIATION, Action.ADD))
DETACHED = ACTS.index((EventType.ASSOCIATION, Action.DELETE))
COMMISSIONED = ACTS.index((EventType.OBJECT, Action.ADD))
SEVERAL = -2
"""Not one lot, but several."""


@njit(cache=True)
def puts_in(act: int) -> bool:
    """Tell whether events of this type and action put children into a parent."""
    return act in (PACKED, ATTACHED)


@njit(cache=True)
def takes_out(act: int) -> bool:
    """Tell whether events of this type and action take children, or without any all of them, out of a parent."""
    return act in (UNPACKED, DETACHED)


@njit(cache=True)
def event_knots(
    offsets: Words, rows: Words, acts: Bytes, flags: Bytes, odd: Ints, kinds: Bytes, products: Words
) -> None:
    """Add :data:`KNOT`, :data:`RIVALS` and :data:`MADE_LAST` to the events' flags. ``odd``: 1 where an event has a
    process id or a lag.
    """
    for event in range(len(acts)):
        begin, end = offsets[event], offsets[event + 1]
        bits = flags[event]
        knot = (bits & (CLEANS | EMPTIES)) != 0 or odd[event] != 0
        parents, children, made, last, whole, foreign = 0, 0, 0, 0, False, False
        for at in range(begin, end):
            item, role = item_of(rows[at]), role_of(rows[at])
            made += role == OUTPUT
            last = last + 1 if role == OUTPUT else 0
            holder = kinds[item] == CARRIER or kinds[item] == ASSET
            if role == PARENT:
                parents += 1
                whole = whole or kinds[item] == UNIT
                knot = knot or not (holder or kinds[item] == UNIT)
            elif role == CHILD:
                children += 1
                foreign = foreign or kinds[item] != UNIT
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
            knot = knot or parents != 1 or (whole and foreign)
            knot = knot or not (takes_out(acts[event]) or (puts_in(acts[event]) and children > 0))
        if made > 0 and made == last:
            bits |= MADE_LAST
        flags[event] = bits | KNOT if knot else bits


@njit(cache=True)
def given_lot(c: int, unit: int, words: int, begin: int, end: int) -> int:
    """Return the lot that a unit belongs to; :data:`NOWHERE` for none, :data:`SEVERAL` for more than one."""
    lot = NOWHERE
    for at in range(begin, end):
        named = word(words, at)
        role, event = named & ROLE_MASK, named >> EVENT_SHIFT
        if role not in (OUTPUT, SUBJECT):
            continue
        part = part_of(c, event)
        count = long(c, MEMBERS + part)
        if count == 0 or flags_of(c, event) & HIDDEN:
            continue
        table, mine, place = long(c, MEMBER + part), local(c, event, part), place_in(c, unit, part)
        low, high = 0, count
        while low < high:
            middle = (low + high) >> 1
            if short(table, middle * 3) < mine:
                low = middle + 1
            else:
                high = middle
        while low < count and short(table, low * 3) == mine:
            if short(table, low * 3 + 1) == place:
                found = number_of(c, part, short(table, low * 3 + 2))
                if lot >= 0 and lot != found:
                    return SEVERAL
                lot = found
            low += 1
    return lot if lot != NOWHERE else own_lot(c, unit)


@njit(cache=True)
def own_lot(c: int, unit: int) -> int:
    """Return the lot that a unit's own identifier names; as :func:`given_lot`."""
    identity = identity_of(c, unit)
    for part in range(PARTS):
        low, high, pairs = 0, long(c, NAMES + part), long(c, NAMED + part)
        count = high
        while low < high:
            middle = (low + high) >> 1
            if long(pairs, middle * 2) < identity:
                low = middle + 1
            else:
                high = middle
        if low < count and long(pairs, low * 2) == identity:
            lot = found_id(c, long(pairs, low * 2 + 1))
            return lot if lot >= 0 else SEVERAL  # there is one, but no segment knows it
    return NOWHERE


@njit(cache=True)
def stands_for_units(c: int, lot: int) -> bool:
    """Tell whether an event uses or moves a lot, and so perhaps any member of it."""
    words, begin, end = item_row(c, lot)
    for at in range(begin, end):
        role = word(words, at) & ROLE_MASK
        if role in (INPUT, CHILD) and flags_of(c, word(words, at) >> EVENT_SHIFT) & HIDDEN == 0:
            return True
    return False


@njit(cache=True)
def _given_before(c: int, lot: int, instant: int) -> bool:
    """Tell whether a lot was given members before an instant."""
    for part in range(PARTS):
        place = place_in(c, lot, part)
        if place < 0 or long(c, MEMBERS + part) == 0:
            continue
        low, high = members_between(c, part, place)
        for row in range(low, high):
            event = short(long(c, MEMBER + part), short(long(c, MEMBER_BY_LOT + part), row) * 3)
            event += long(c, FIRST + part)
            if flags_of(c, event) & HIDDEN == 0 and time_of(c, event) < instant:
                return True
    return False


@njit(cache=True)
def named_with(c: int, event: int, role: int) -> int:
    """Return the first item that an event names in a role; :data:`NOWHERE` without one."""
    part, words, begin, end = event_row(c, event)
    for at in range(begin, end):
        if word(words, at) & ROLE_MASK == role:
            return number_of(c, part, word(words, at) >> ITEM_SHIFT)
    return NOWHERE


@njit(cache=True)
def unloaded(c: int, parent: int, since: int) -> int:
    """Return when a parent was first unloaded as a whole at or after an instant; :data:`FOREVER` where never."""
    words, begin, end = item_row(c, parent)
    low, high = begin, end
    while low < high:
        middle = (low + high) >> 1
        if time_of(c, word(words, middle) >> EVENT_SHIFT) < since:
            low = middle + 1
        else:
            high = middle
    for at in range(low, end):
        event = word(words, at) >> EVENT_SHIFT
        if word(words, at) & ROLE_MASK != PARENT or not takes_out(act_of(c, event)) or flags_of(c, event) & HIDDEN:
            continue
        if named_with(c, event, CHILD) == NOWHERE:
            return time_of(c, event)
    return FOREVER


@njit(cache=True)
def stay_end(c: int, words: int, at: int, end: int, parent: int) -> int:
    """Return when what was put into a parent by the event at ``at`` of its row left it; :data:`FOREVER`: never."""
    left = FOREVER
    for later in range(at + 1, end):
        event = word(words, later) >> EVENT_SHIFT
        if word(words, later) & ROLE_MASK == CHILD and flags_of(c, event) & HIDDEN == 0:
            left = time_of(c, event)
            break
    if byte(long(c, STATES), parent) & (UNKNOWN | TWISTED) == 0:
        return left
    return min(left, unloaded(c, parent, time_of(c, word(words, at) >> EVENT_SHIFT)))


@njit(cache=True)
def _unloaded_near(c: int, parent: int, instant: int) -> bool:
    """Tell whether a parent was unloaded as a whole so near to an instant that the tolerance leaves the order open."""
    tolerance = long(c, TOLERANCE)
    if tolerance == 0:
        return False
    since = instant - tolerance
    while True:
        when = unloaded(c, parent, since)
        if when > instant + tolerance:
            return False
        if when != instant:
            return True
        since = when + 1


@njit(cache=True)
def _crowded(c: int, kind: int, words: int, begin: int, end: int) -> bool:
    """Tell whether the tolerance leaves open in which order things happened to an item: its making and anything else,
    or what it was put into and taken out of. (Of a lot, the making only.)
    """
    if long(c, TOLERANCE) == 0:
        return False
    last, before_last, born, before_born, moved, before_moved = EVER, EVER, EVER, EVER, EVER, EVER
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        if flags_of(c, event) & HIDDEN:
            continue
        when = time_of(c, event)
        births = role == OUTPUT or (kind == UNIT and role == SUBJECT and act_of(c, event) == COMMISSIONED)
        if when > last:
            before_last, last = last, when
        if kind in (UNIT, LOT) and close(c, before_last if births else born if born < when else before_born, when):
            return True
        if births and when > born:
            before_born, born = born, when
        if role == CHILD and kind != LOT:
            if close(c, moved if moved < when else before_moved, when):
                return True
            if when > moved:
                before_moved, moved = moved, when
    return False


@njit(cache=True)
def _is_fed(c: int, unit: int) -> bool:
    """Tell whether a process ever took a unit in."""
    words, begin, end = item_row(c, unit)
    fed = False
    for at in range(begin, end):
        fed = fed or word(words, at) & ROLE_MASK == INPUT
    return fed


@njit(cache=True)
def judged(c: int, item: int) -> int:  # noqa: PLR0912 (one pass over the row)
    """Return whether an item is plain, twisted or knotted, by everything that counts."""
    kind = kind_of(c, item)
    words, begin, end = item_row(c, item)
    if _crowded(c, kind, words, begin, end):
        return KNOTTED | STRAY
    makings, commissionings, made, given = 0, 0, 0, 0
    inside, since, left, left_at, first_use, out = NOWHERE, 0, NOWHERE, 0, 0, FOREVER
    twisted, whole, fed, knot, used = False, False, False, False, False
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        flags = flags_of(c, event)
        if flags & HIDDEN:
            continue
        if flags & KNOT and role != INPUT and (role != OUTPUT or kind != UNIT):
            return KNOTTED | STRAY
        knot = knot or (flags & KNOT != 0 and role != INPUT)
        when = time_of(c, event)
        if role == OUTPUT:
            made, makings = when if makings == 0 else made, makings + 1
            continue
        if role == SUBJECT and act_of(c, event) == COMMISSIONED:
            given = when
            commissionings += 1
            continue
        used, first_use = True, first_use if used else when
        if role in (PARENT, CHILD):
            twisted = twisted or act_of(c, event) in (ATTACHED, DETACHED)
        if role == PARENT:
            whole = True
            twisted = twisted or kind == UNIT or named_with(c, event, CHILD) == NOWHERE
        fed = fed or role == INPUT
        if role == CHILD:
            parent = named_with(c, event, PARENT)
            if kind_of(c, parent) == UNIT and _is_fed(c, parent):
                return KNOTTED | STRAY  # taken apart by a process, perhaps
            twisted = twisted or kind_of(c, parent) == UNIT
            if puts_in(act_of(c, event)):
                if _unloaded_near(c, parent, when):
                    return KNOTTED | STRAY
                if inside != NOWHERE and out <= when:
                    twisted, inside, left, left_at = True, NOWHERE, inside, out
                if inside != NOWHERE or (left == parent and left_at == when):
                    return KNOTTED | STRAY
                inside, since, out = parent, when, unloaded(c, parent, when)
                if out == when:
                    return KNOTTED | STRAY
            else:
                if inside != parent or since >= when or out < when or close(c, out, when):
                    return KNOTTED | STRAY
                inside, left, left_at = NOWHERE, parent, when
    if kind == UNIT:
        knot = knot or makings > 1 or commissionings > 1 or (makings > 0 and commissionings > 0 and made != given)
        knot = knot or (used and makings + commissionings > 0 and first_use < (made if makings else given))
        lot = given_lot(c, item, words, begin, end)
        if lot == SEVERAL or (lot != NOWHERE and stands_for_units(c, lot)) or (whole and fed):
            return KNOTTED | STRAY
    late = commissionings > 0 or (used and first_use <= made)
    if kind == LOT and makings > 0 and (late or _given_before(c, item, made)):
        return KNOTTED | STRAY
    return (KNOTTED if knot else PLAIN) | (TWISTED if twisted else PLAIN)


@njit(cache=True)
def standing_of(c: int, item: int) -> int:
    """Return an item's state, judging it where that is not yet known."""
    states = long(c, STATES)
    state = byte(states, item)
    if state & UNKNOWN:
        state = judged(c, item) | (state & IS_TOUCHED)
        set_byte(states, item, state)
    return state


@njit(cache=True)
def knotted(c: int, item: int) -> bool:
    """Tell whether it is for the reference to follow an item."""
    return standing_of(c, item) & KNOTTED != 0


@njit(cache=True)
def stray(c: int, item: int) -> bool:
    """Tell whether it is for the reference to say what an item was in, and what was in it."""
    return standing_of(c, item) & STRAY != 0


@njit(cache=True, nogil=True)
def judge_all(c: int, items: int) -> None:
    """Judge every item."""
    for item in range(items):
        knotted(c, item)
