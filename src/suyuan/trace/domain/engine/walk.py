"""The loop of the forward kernel: every new label is followed, until none is left or room runs out.

The table of labels is its own queue: a row is followed once, when it is the newest of its item. What the code cannot
follow it hands over, three numbers each: the item, what is asked of the reference, and of which event or member.
"""

from __future__ import annotations

from numba import njit

from suyuan.trace.domain.engine.knots import (
    CHILD,
    INPUT,
    KNOT,
    LOT,
    OUTPUT,
    PARENT,
    RIVALS,
    UNIT,
    named_with,
    puts_in,
)
from suyuan.trace.domain.engine.labels import (
    CERTAIN,
    CODE,
    DEAD,
    ITEM,
    NATIVE,
    NEXT,
    ROOM,
    SINCE,
    SUSPECT,
    UNTAKEN,
    USED,
    get,
    head,
)
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import byte, long, set_long, short, word
from suyuan.trace.domain.engine.sheet import (
    AGAIN,
    AGAIN_COUNT,
    AGAIN_ROOM,
    CLIMBED,
    DONE,
    FILLED,
    GIVEN,
    GIVEN_COUNT,
    GIVEN_ROOM,
    HELD,
    HIDDEN,
    MEMBER,
    MEMBER_BY_LOT,
    NAMED,
    NAMED_BY_LOT,
    NAMES,
    NOWHERE,
    OWN,
    PARTS,
    act_of,
    event_row,
    flags_of,
    found_id,
    identity_of,
    item_row,
    kind_of,
    members_between,
    names_between,
    number_of,
    place_in,
    time_of,
)
from suyuan.trace.domain.engine.spread import fed, feed, hold, hold_once, sure, to_member
from suyuan.trace.domain.times import EVER, FOREVER

FEED, MEMBERSHIP, HOLDERS, ODD, OPENED, SHARED = range(6)
"""What is handed over: a feed; a member; all that may be fed with the item in it; all that holds it; all that was in
it; all that was together with it.
"""
FINISHED, OWN_FULL, HELD_FULL, GIVEN_FULL, AGAIN_FULL, PAUSED = range(6)
AT_A_TIME = 400_000
"""So many items are followed before the caller is asked whether to go on."""


@njit(cache=True)
def _hand(c: int, item: int, what: int, which: int) -> None:
    count, rows = long(c, GIVEN_COUNT), long(c, GIVEN)
    set_long(rows, count * 3, item)
    set_long(rows, count * 3 + 1, what)
    set_long(rows, count * 3 + 2, which)
    set_long(c, GIVEN_COUNT, count + 1)


@njit(cache=True)
def _standing(c: int, item: int) -> tuple[bool, int, int]:
    """Tell of an item whether it is affected since ever, since when it surely is as a lot, how many labels it has."""
    always, since, count = False, FOREVER, 0
    row = head(c, OWN, item)
    while row >= 0:
        code = get(c, OWN + CODE, row)
        if code & DEAD == 0:
            count += 1
            begun = long(long(c, OWN + SINCE), row)
            if code & CERTAIN and code & SUSPECT and begun == EVER:
                always = True
            elif code & CERTAIN and code & UNTAKEN:
                since = min(since, begun)
        row = get(c, OWN + NEXT, row)
    return always, since, count


@njit(cache=True)
def _surely(c: int, item: int, instant: int) -> bool:
    """Tell whether a unit surely carries a label at an instant."""
    row = head(c, OWN, item)
    while row >= 0:
        code, since = get(c, OWN + CODE, row), long(long(c, OWN + SINCE), row)
        if code & CERTAIN and code & DEAD == 0 and (since < instant or (code & NATIVE and since <= instant)):
            return True
        row = get(c, OWN + NEXT, row)
    return False


@njit(cache=True)
def _follow_stays(c: int, item: int, above: bool, opens: bool, children: int, parent: int, packed: int) -> int:
    """Follow an item to what held it, and what it held; return why it stopped. ``above``: something that held it may
    have been fed; ``parent`` and ``packed``: into what, and by which event, it was last put.
    """
    if long(c, GIVEN_COUNT) + 3 >= long(c, GIVEN_ROOM):
        return GIVEN_FULL
    if above:
        _hand(c, item, HOLDERS, 0)
    if opens and _suspect(c, item):
        _hand(c, item, OPENED, 0)
    if children:
        if long(c, HELD + USED) + children * _labels(c, OWN, item) >= long(c, HELD + ROOM):
            return HELD_FULL
        once = children == 1 and parent != NOWHERE
        if not (hold_once(c, item, parent, packed) if once else hold(c, item, False)):
            _hand(c, item, ODD, 0)
    return FINISHED


@njit(cache=True)
def _follow_item(c: int, item: int) -> int:  # noqa: PLR0912 (one pass over an item's row)
    """Follow all labels of an item; return why it stopped."""
    kind = kind_of(c, item)
    words, begin, end = item_row(c, item)
    always, untaken, count, feeds = False, FOREVER, 0, False
    at_filling, fillings, unfilled, children, above, opens = begin, 0, False, 0, False, False
    parent, packed = NOWHERE, NOWHERE
    for at in range(begin, end):
        role, event = word(words, at) & ROLE_MASK, word(words, at) >> EVENT_SHIFT
        if role != INPUT:
            if role == CHILD:
                children += 1
                if flags_of(c, event) & HIDDEN == 0 and puts_in(act_of(c, event)):
                    parent, packed = named_with(c, event, PARENT), event
                    above = above or fed(c, parent)
            elif role == PARENT:
                opens = kind == UNIT
            continue
        flags = flags_of(c, event)
        if flags & HIDDEN:
            continue
        if not feeds:
            feeds = True
            always, untaken, count = _standing(c, item)
        _, _, low, high = event_row(c, event)
        if long(c, GIVEN_COUNT) + high - low + 4 >= long(c, GIVEN_ROOM):
            return GIVEN_FULL
        if flags & KNOT:
            _hand(c, item, FEED, event)
            continue
        if long(c, AGAIN_COUNT) + (high - low) * (count + 1) + 1 >= long(c, AGAIN_ROOM):
            return AGAIN_FULL
        whole = always
        if not always and kind == LOT:
            instant = time_of(c, event)
            while at_filling < end and time_of(c, word(words, at_filling) >> EVENT_SHIFT) <= instant:
                filling = word(words, at_filling) >> EVENT_SHIFT
                if word(words, at_filling) & ROLE_MASK == OUTPUT and flags_of(c, filling) & HIDDEN == 0:
                    fillings += 1
                    unfilled = unfilled or byte(long(c, FILLED), filling) == 0
                at_filling += 1
            whole = untaken < instant or (fillings > 0 and not unfilled)
        elif not always:
            whole = _surely(c, item, time_of(c, event))
        rivals = flags & RIVALS and _rivals_room(c, event)
        if long(c, OWN + USED) + (high - low) * (count + rivals) >= long(c, OWN + ROOM):
            return OWN_FULL
        plain = feed(c, item, kind, whole, event, flags)
        if plain and rivals:
            plain = _feed_rivals(c, item, event, flags)
        if not plain:
            _hand(c, item, FEED, event)
    if above or opens or children:
        why = _follow_stays(c, item, above, opens, children, parent, packed)
        if why != FINISHED:
            return why
    return _follow_members(c, item, _labels(c, OWN, item)) if kind == LOT else FINISHED


@njit(cache=True)
def _suspect(c: int, item: int) -> bool:
    """Tell whether what an item holds is affected with it (F7)."""
    row = head(c, OWN, item)
    while row >= 0:
        if get(c, OWN + CODE, row) & (SUSPECT | DEAD) == SUSPECT:
            return True
        row = get(c, OWN + NEXT, row)
    return False


@njit(cache=True)
def _labels(c: int, table: int, item: int) -> int:
    count, row = 0, head(c, table, item)
    while row >= 0:
        count += 1
        row = get(c, table + NEXT, row)
    return count


@njit(cache=True)
def _rivals_room(c: int, event: int) -> int:
    """Return how many labels the inputs of an event have."""
    part, words, begin, end = event_row(c, event)
    count = 0
    for at in range(begin, end):
        if word(words, at) & ROLE_MASK == INPUT:
            count += _labels(c, OWN, number_of(c, part, word(words, at) >> ITEM_SHIFT))
    return count


@njit(cache=True)
def _feed_rivals(c: int, item: int, event: int, flags: int) -> bool:
    """Feed the other affected inputs of an event anew: this one's label may have settled what they leave open."""
    part, words, begin, end = event_row(c, event)
    plain = True
    for at in range(begin, end):
        if word(words, at) & ROLE_MASK != INPUT:
            continue
        rival = number_of(c, part, word(words, at) >> ITEM_SHIFT)
        if rival == item or head(c, OWN, rival) < 0:
            continue
        kind = kind_of(c, rival)
        if not feed(c, rival, kind, sure(c, rival, kind, time_of(c, event)), event, flags):
            plain = False
            _hand(c, rival, FEED, event)
    return plain


@njit(cache=True)
def _follow_members(c: int, lot: int, count: int) -> int:
    identity = identity_of(c, lot)
    for part in range(PARTS):
        place = place_in(c, lot, part)
        low, high = members_between(c, part, place) if place >= 0 else (0, 0)
        first, last = names_between(c, part, identity) if long(c, NAMES + part) else (0, 0)
        more = high - low + last - first
        if long(c, OWN + USED) + more * count >= long(c, OWN + ROOM):
            return OWN_FULL
        if long(c, GIVEN_COUNT) + more >= long(c, GIVEN_ROOM):
            return GIVEN_FULL
        for row in range(low, high):
            unit = number_of(c, part, short(long(c, MEMBER + part), short(long(c, MEMBER_BY_LOT + part), row) * 3 + 1))
            if not to_member(c, lot, unit):
                _hand(c, lot, MEMBERSHIP, unit)
        for row in range(first, last):
            unit = found_id(c, long(long(c, NAMED + part), short(long(c, NAMED_BY_LOT + part), row) * 2))
            if unit >= 0 and not to_member(c, lot, unit):
                _hand(c, lot, MEMBERSHIP, unit)
    return FINISHED


@njit(cache=True)
def _climb(c: int) -> int:
    """Label what held the holders, at any height; return why it stopped."""
    while long(c, CLIMBED) < long(c, HELD + USED):
        row = long(c, CLIMBED)
        item = get(c, HELD + ITEM, row)
        if head(c, HELD, item) == row:
            words, begin, end = item_row(c, item)
            stays = 0
            for at in range(begin, end):
                if word(words, at) & ROLE_MASK == CHILD:
                    stays += 1
            if stays and long(c, HELD + USED) + stays * _labels(c, HELD, item) >= long(c, HELD + ROOM):
                return HELD_FULL
            if long(c, GIVEN_COUNT) + 1 >= long(c, GIVEN_ROOM):
                return GIVEN_FULL
            if stays and not hold(c, item, True):
                _hand(c, item, ODD, 0)
        set_long(c, CLIMBED, row + 1)
    return FINISHED


@njit(cache=True, nogil=True)
def follow(c: int) -> int:
    """Follow every label not yet followed; return why it stopped. Call it again with more room, or to go on."""
    left = AT_A_TIME
    while long(c, DONE) < long(c, OWN + USED) or long(c, AGAIN_COUNT) > 0:
        if left == 0:
            return PAUSED
        left -= 1
        row = long(c, DONE)
        if row < long(c, OWN + USED):
            item = get(c, OWN + ITEM, row)
            if head(c, OWN, item) == row:
                why = _follow_item(c, item)
                if why != FINISHED:
                    return why
            set_long(c, DONE, row + 1)
        else:
            count = long(c, AGAIN_COUNT) - 1
            item = long(long(c, AGAIN), count)
            set_long(c, AGAIN_COUNT, count)
            why = _follow_item(c, item)
            if why != FINISHED:
                count = long(c, AGAIN_COUNT)
                set_long(long(c, AGAIN), count, item)
                set_long(c, AGAIN_COUNT, count + 1)
                return why
    return _climb(c)
