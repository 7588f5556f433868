"""What compiled code does not follow by itself: knots.

Plain are: processes of one event, things in containers that are packed and unpacked in turn, lots and what made
them, members of lots. Everything else (booking lags, tanks, parts in units, late booking, a thing in two places, lots
meant for their members) makes a knot at the events and items concerned, and there the reference implementation takes
over. So compiled code never has to guess. What an event is never changes; what an item is depends on all that
counts for the question, so :func:`judged` is asked again wherever more came on record, or less was known.
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
    SIBLINGS,
    STATES,
    act_of,
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

KNOT, RIVALS, MADE_LAST = 4, 8, 128
"""Bits of an event's flags: compiled code does not follow it; two of its inputs are of one product; what it made stands
last in its row, so that nobody need read over the inputs. (Segments written before this bit was known lack it.)
"""
PLAIN, KNOTTED, UNKNOWN = 0, 1, 2
"""What an item is. Unknown: ask :func:`judged`."""
INPUT, OUTPUT, PARENT, CHILD, SUBJECT = range(5)
UNIT, LOT, CARRIER, ASSET, PRODUCT = range(5)
TRANSFORMATION = ACTS.index((EventType.TRANSFORMATION, None))
PACKED = ACTS.index((EventType.AGGREGATION, Action.ADD))
UNPACKED = ACTS.index((EventType.AGGREGATION, Action.DELETE))
COMMISSIONED = ACTS.index((EventType.OBJECT, Action.ADD))
SEVERAL = -2
"""Not one lot, but several."""


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
        parents, children, made, last = 0, 0, 0, 0
        for at in range(begin, end):
            item, role = item_of(rows[at]), role_of(rows[at])
            made += role == OUTPUT
            last = last + 1 if role == OUTPUT else 0
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
def _stands_for_units(c: int, lot: int) -> bool:
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
def judged(c: int, item: int) -> int:  # noqa: PLR0912 (one pass over the row)
    """Return whether an item is plain or knotted, by everything that counts. Where siblings are asked, what was ever in
    a container is knotted.
    """
    kind = kind_of(c, item)
    words, begin, end = item_row(c, item)
    makings, commissionings, made, given, used = 0, 0, 0, 0, False
    inside, since, left, left_at, first_use = NOWHERE, 0, NOWHERE, 0, 0
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        flags = flags_of(c, event)
        if flags & HIDDEN:
            continue
        if (flags & KNOT and role != INPUT) or (role == CHILD and long(c, SIBLINGS)):
            return KNOTTED
        when = time_of(c, event)
        if role == OUTPUT:
            made = when if makings == 0 else made
            makings += 1
            continue
        if role == SUBJECT and act_of(c, event) == COMMISSIONED:
            given = when
            commissionings += 1
            continue
        if not used:
            used, first_use = True, when
        if role == CHILD:
            parent = named_with(c, event, PARENT)
            if act_of(c, event) == PACKED:
                if inside != NOWHERE or (left == parent and left_at == when):
                    return KNOTTED
                inside, since = parent, when
            else:
                if inside != parent or since >= when:
                    return KNOTTED
                inside, left, left_at = NOWHERE, parent, when
    if kind == UNIT:
        if makings > 1 or commissionings > 1 or (makings and commissionings and made != given):
            return KNOTTED
        if used and makings + commissionings > 0 and first_use < (made if makings else given):
            return KNOTTED
        lot = given_lot(c, item, words, begin, end)
        if lot == SEVERAL or (lot != NOWHERE and _stands_for_units(c, lot)):
            return KNOTTED
    late = kind == LOT and makings and (commissionings or (used and first_use <= made))
    return KNOTTED if late or (kind == LOT and makings and _given_before(c, item, made)) else PLAIN


@njit(cache=True)
def knotted(c: int, item: int) -> bool:
    """Tell whether an item is knotted, judging it where that is not yet known."""
    states = long(c, STATES)
    state = byte(states, item)
    if state & UNKNOWN:
        found = judged(c, item)
        set_byte(states, item, found | (state & IS_TOUCHED))
        return found == KNOTTED
    return state & KNOTTED != 0


@njit(cache=True, nogil=True)
def judge_all(c: int, items: int) -> None:
    """Judge every item."""
    for item in range(items):
        knotted(c, item)
