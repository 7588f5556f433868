"""The sheet of addresses from which compiled code reads: the segments as one ledger, and where its own work lies.

Items and events have one number each over all parts. Part 0 is the largest segment; events of the others follow its
own, and items that it does not name follow its items. An item that a later part names too is *touched*: its row has
been put together from all parts, in the order of time.
"""

from __future__ import annotations

from numba import njit

from suyuan.trace.domain.engine.memory import byte, long, short, word

PARTS = 6
"""Five segments, the largest first, and what no segment holds yet."""
(
    ITEM_ID, ITEM_KIND, ITEM_PRODUCT, ITEM_OFFSETS, ITEM_ROWS, EVENT_AT, EVENT_ACT, EVENT_FLAGS, EVENT_OFFSETS,
    EVENT_ROWS, MEMBER, MEMBER_BY_LOT, MEMBERS, NAMED, NAMED_BY_LOT, NAMES, PLACES, FIRST,
) = range(0, 18 * PARTS, PARTS)  # fmt: skip
"""Slots, one for each part: addresses of a segment's arrays; MEMBERS and NAMES are lengths; PLACES leads to the numbers
of a later part's items, FIRST is the number of its first event.
"""
(
    BASE, MORE, MORE_ID, MORE_KIND, TOUCHED, TOUCHED_ITEM, TOUCHED_AT, TOUCHED_BEGIN, TOUCHED_ROWS, STATES, FILLED,
    MEMO, GIVEN, GIVEN_ROOM, GIVEN_COUNT, AGAIN, AGAIN_ROOM, AGAIN_COUNT, DONE, CLIMBED,
) = range(18 * PARTS, 18 * PARTS + 20)  # fmt: skip
"""BASE: items of part 0; MORE: items beyond. STATES, FILLED (of events), MEMO are bytes. GIVEN: handed over."""
OWN, HELD, TOLD = 18 * PARTS + 20, 18 * PARTS + 31, 18 * PARTS + 42
"""Where the slots of the tables begin (see labels): labels, holders' labels, what was told of cross-contact."""
EVENT_NUMBER = TOLD + 11
"""One slot for each part, as above."""
TOLERANCE = EVENT_NUMBER + PARTS
"""The site's ε in microseconds: a value, no address."""
SLOTS = TOLERANCE + 1
HIDDEN = 16
"""Bit of an event's flags: it does not count (voided, or not known then)."""
PLACED, HANDED = 32, 64
"""Bits of an event's flags: it names a place; it hands over what it names."""
IS_TOUCHED = 4
"""Bit of an item's state."""
NOWHERE = -1


@njit(cache=True)
def close(c: int, one: int, other: int) -> bool:
    """Tell whether two instants that differ may stand in either order for the tolerance alone: what compiled code would
    say of them holds for exact clocks only. (Of equal instants it knows that their order is open.)
    """
    tolerance = long(c, TOLERANCE)
    return tolerance != 0 and (one < other <= one + tolerance or other < one <= other + tolerance)


@njit(cache=True)
def part_of(c: int, event: int) -> int:
    """Return the part that holds an event."""
    part = 0
    while part < PARTS - 1 and event >= long(c, FIRST + part + 1):
        part += 1
    return part


@njit(cache=True)
def local(c: int, event: int, part: int) -> int:
    """Return an event's place in its part."""
    return event - long(c, FIRST + part)


@njit(cache=True)
def flags_of(c: int, event: int) -> int:
    """Return an event's flags."""
    part = part_of(c, event)
    return byte(long(c, EVENT_FLAGS + part), local(c, event, part))


@njit(cache=True)
def time_of(c: int, event: int) -> int:
    """Return an event's time."""
    part = part_of(c, event)
    return long(long(c, EVENT_AT + part), local(c, event, part))


@njit(cache=True)
def ledger_number(c: int, event: int) -> int:
    """Return an event's number in the ledger."""
    part = part_of(c, event)
    return long(long(c, EVENT_NUMBER + part), local(c, event, part))


@njit(cache=True)
def act_of(c: int, event: int) -> int:
    """Return an event's type and action."""
    part = part_of(c, event)
    return byte(long(c, EVENT_ACT + part), local(c, event, part))


@njit(cache=True)
def event_row(c: int, event: int) -> tuple[int, int, int, int]:
    """Return an event's part, the address of that part's words, and from where to where its own stand."""
    part = part_of(c, event)
    at, offsets = local(c, event, part), long(c, EVENT_OFFSETS + part)
    return part, long(c, EVENT_ROWS + part), word(offsets, at), word(offsets, at + 1)


@njit(cache=True)
def number_of(c: int, part: int, place: int) -> int:
    """Return the number, over all parts, of the item at a place of one part."""
    return place if part == 0 else short(long(c, PLACES + part), place)


@njit(cache=True)
def kind_at(c: int, part: int, place: int) -> int:
    """Return the kind of the item at a place of one part."""
    return byte(long(c, ITEM_KIND + part), place)


@njit(cache=True)
def product_at(c: int, part: int, place: int) -> int:
    """Return the product (a word of that part) of the item at a place of one part."""
    return word(long(c, ITEM_PRODUCT + part), place)


@njit(cache=True)
def kind_of(c: int, item: int) -> int:
    """Return an item's kind."""
    base = long(c, BASE)
    return byte(long(c, ITEM_KIND), item) if item < base else byte(long(c, MORE_KIND), item - base)


@njit(cache=True)
def identity_of(c: int, item: int) -> int:
    """Return an item's number in the ledger."""
    base = long(c, BASE)
    return long(long(c, ITEM_ID), item) if item < base else long(long(c, MORE_ID), item - base)


@njit(cache=True)
def lower(address: int, count: int, wanted: int) -> int:
    """Return the first place in a sorted list of 64-bit numbers whose number is not below ``wanted``."""
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        if long(address, middle) < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True)
def touched_place(c: int, item: int) -> int:
    """Return an item's place in the list of touched ones; :data:`NOWHERE` where it is none."""
    count, listed = long(c, TOUCHED), long(c, TOUCHED_ITEM)
    at = lower(listed, count, item)
    return at if at < count and long(listed, at) == item else NOWHERE


@njit(cache=True)
def place_in(c: int, item: int, part: int) -> int:
    """Return an item's place in a part; :data:`NOWHERE` where the part does not name it."""
    if part == 0:
        return item if item < long(c, BASE) else NOWHERE
    at = touched_place(c, item)
    return short(long(c, TOUCHED_AT), at * (PARTS - 1) + part - 1) if at >= 0 else NOWHERE


@njit(cache=True)
def item_row(c: int, item: int) -> tuple[int, int, int]:
    """Return the address of words that name an item, and from where to where they stand, in the order of time. Events
    in them are numbered over all parts.
    """
    if byte(long(c, STATES), item) & IS_TOUCHED:
        at, begins = touched_place(c, item), long(c, TOUCHED_BEGIN)
        return long(c, TOUCHED_ROWS), long(begins, at), long(begins, at + 1)
    offsets = long(c, ITEM_OFFSETS)
    return long(c, ITEM_ROWS), word(offsets, item), word(offsets, item + 1)


@njit(cache=True)
def found_id(c: int, identity: int) -> int:
    """Return the item of a ledger number; :data:`NOWHERE` where no part names it."""
    base, ids = long(c, BASE), long(c, ITEM_ID)
    at = lower(ids, base, identity)
    if at < base and long(ids, at) == identity:
        return at
    more, ids = long(c, MORE), long(c, MORE_ID)
    at = lower(ids, more, identity)
    return base + at if at < more and long(ids, at) == identity else NOWHERE


@njit(cache=True)
def members_between(c: int, part: int, lot: int) -> tuple[int, int]:
    """Return from where to where the members of a lot stand, in the order by lot; ``lot``: its place in the part."""
    count, order, table = long(c, MEMBERS + part), long(c, MEMBER_BY_LOT + part), long(c, MEMBER + part)
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        if short(table, short(order, middle) * 3 + 2) < lot:
            low = middle + 1
        else:
            high = middle
    end = low
    while end < count and short(table, short(order, end) * 3 + 2) == lot:
        end += 1
    return low, end


@njit(cache=True)
def names_between(c: int, part: int, identity: int) -> tuple[int, int]:
    """Return from where to where the units stand that name a lot themselves, in the order by lot."""
    count, order, table = long(c, NAMES + part), long(c, NAMED_BY_LOT + part), long(c, NAMED + part)
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        if long(table, short(order, middle) * 2 + 1) < identity:
            low = middle + 1
        else:
            high = middle
    end = low
    while end < count and long(table, short(order, end) * 2 + 1) == identity:
        end += 1
    return low, end
