"""Cross-contact in the forward kernel (F5): what was in a container together with something certain becomes possible.

Of the things that were in one container together the first tells all others, the second tells the first, and nobody
else has anything to say: what was told is kept by container (:data:`~suyuan.trace.domain.engine.sheet.TOLD`).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from suyuan.trace.domain.answer import Doubt
from suyuan.trace.domain.engine.knots import (
    ASSET,
    CARRIER,
    CHILD,
    PARENT,
    UNIT,
    knotted,
    named_with,
    puts_in,
    stay_end,
    stray,
)
from suyuan.trace.domain.engine.labels import (
    CERTAIN,
    CODE,
    CONTACT_HOP,
    DEAD,
    DEPTH,
    DOUBT_SHIFT,
    HEADS,
    ITEM,
    NEXT,
    ROOM,
    SINCE,
    UNTIL,
    USED,
    enter,
    get,
    head,
)
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import long, set_long, set_short, word
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.sheet import (
    HIDDEN,
    OWN,
    TOLD,
    act_of,
    event_row,
    flags_of,
    item_row,
    kind_of,
    number_of,
    time_of,
)
from suyuan.trace.domain.times import EVER, FOREVER

NODE, FROM, TO, STEPS, BY, LOWER, OPENED = range(7)
"""Columns of what is above or in something: what it is, from when to when, how many steps away, the event that put in
the thing itself, the row one step nearer (-1: none), and the event by which this step came about.
"""
ROW, HOLDER, BEGUN, ENDED, FAR, WHO = range(6)
"""Columns of a share: the row of a certain label (below 0: one that the reference keeps), a container, from when to
when the item was in it, how far from the start, and the item.
"""
MET, BY_EVENT = HOLDER, ENDED
"""Columns, in place of those of a share, of a knotted thing that was met: what it is, and what put it in."""
DEEPEST = 12
"""Deeper than this, or in a circle, the reference looks."""
DONE, NO_LABELS, NOT_TOLD, ODD = range(4)
"""How telling ended: all told; the table of labels, or of what was told, is full; the reference is to tell it."""
_CONTACT = 1 << (DOUBT_SHIFT + tuple(Doubt).index(Doubt.CONTACT))


@njit(cache=True)
def _roomier(rows: Ints, count: int) -> Ints:
    return np.concatenate((rows, np.empty_like(rows))) if count >= len(rows) else rows


@njit(cache=True)
def rise(c: int, item: int, rows: Ints) -> tuple[Ints, int]:
    """Return everything that ever held an item that is not stray, at any height, and how many rows that is; -1 where
    the reference is to say.
    """
    count, at, below, low, high, steps = 0, -1, item, EVER, FOREVER, 0
    while True:
        words, begin, end = item_row(c, below)
        for place in range(begin, end):
            event = word(words, place) >> EVENT_SHIFT
            if word(words, place) & ROLE_MASK != CHILD or flags_of(c, event) & HIDDEN or not puts_in(act_of(c, event)):
                continue
            parent = named_with(c, event, PARENT)
            if stray(c, parent) or steps == DEEPEST:
                return rows, -1
            since, until = max(low, time_of(c, event)), min(high, stay_end(c, words, place, end, parent))
            if since <= until:
                rows = _roomier(rows, count)
                new = rows[count]
                new[NODE], new[FROM], new[TO], new[STEPS], new[LOWER] = parent, since, until, steps + 1, at
                new[BY], new[OPENED] = event if at < 0 else rows[at, BY], event
                count += 1
        at += 1
        if at == count:
            return rows, count
        below, low, high, steps = rows[at, NODE], rows[at, FROM], rows[at, TO], rows[at, STEPS]


@njit(cache=True)
def sink(c: int, holder: int, since: int, until: int, rows: Ints) -> tuple[Ints, int]:
    """Return everything that was in a holder (not stray) at some time in a span, at any depth, and how many rows that
    is; -1 where the reference is to say.
    """
    count, at, above, low, high, steps = 0, -1, holder, EVER, FOREVER, 0
    while True:
        words, begin, end = item_row(c, above)
        for place in range(begin, end):
            event = word(words, place) >> EVENT_SHIFT
            if word(words, place) & ROLE_MASK != PARENT or flags_of(c, event) & HIDDEN:
                continue
            when, puts = time_of(c, event), puts_in(act_of(c, event))
            if puts and (when > until or when > high):
                continue
            part, others, first, last = event_row(c, event)
            for other in range(first, last):
                if word(others, other) & ROLE_MASK != CHILD:
                    continue
                child = number_of(c, part, word(others, other) >> ITEM_SHIFT)
                if stray(c, child) or steps == DEEPEST:
                    return rows, -1  # perhaps there longer than the record says, or without having been put in
                if not puts:
                    continue
                begun, ended = max(low, when), min(high, _left(c, child, event, above))
                if begun <= ended and ended >= since:
                    rows = _roomier(rows, count)
                    new = rows[count]
                    new[NODE], new[FROM], new[TO], new[STEPS], new[BY], new[LOWER] = (
                        child, begun, ended, steps + 1, event, at,
                    )  # fmt: skip
                    count += 1
        at += 1
        if at == count:
            return rows, count
        above, low, high, steps = rows[at, NODE], rows[at, FROM], rows[at, TO], rows[at, STEPS]


@njit(cache=True)
def _left(c: int, child: int, event: int, parent: int) -> int:
    """Return when a plain child left what an event put it into."""
    words, begin, end = item_row(c, child)
    for at in range(begin, end):
        if word(words, at) >> EVENT_SHIFT == event and word(words, at) & ROLE_MASK == CHILD:
            return stay_end(c, words, at, end, parent)
    return FOREVER


@njit(cache=True, nogil=True)
def gather(c: int, first: int, last: int) -> tuple[Ints, Ints]:
    """Return what the certain labels in these rows of the table have to tell, and the items of which the reference is
    to tell it.
    """
    shares, count, odd, strange = np.empty((256, 6), np.int64), 0, np.empty(16, np.int64), 0
    above = np.empty((16, 7), np.int64)
    for row in range(first, last):
        code, item = get(c, OWN + CODE, row), get(c, OWN + ITEM, row)
        if code & CERTAIN == 0 or code & DEAD or kind_of(c, item) != UNIT:
            continue
        above, holders = rise(c, item, above)
        if holders < 0:
            if strange == len(odd):
                odd = np.concatenate((odd, np.empty_like(odd)))
            odd[strange] = item
            strange += 1
            continue
        since, depth = long(long(c, OWN + SINCE), row), get(c, OWN + DEPTH, row)
        shares, count = _noted(c, row, item, since, depth, above[:holders], shares, count)
    return shares[:count], odd[:strange]


@njit(cache=True)
def gather_one(c: int, row: int, item: int, since: int, depth: int) -> tuple[bool, Ints]:
    """Return what a certain label that the reference keeps has to tell; False where the reference is to tell it."""
    shares = np.empty((4, 6), np.int64)
    above, holders = rise(c, item, np.empty((16, 7), np.int64))
    if holders < 0:
        return False, shares[:0]
    shares, count = _noted(c, row, item, since, depth, above[:holders], shares, 0)
    return True, shares[:count]


@njit(cache=True)
def _noted(
    c: int, row: int, item: int, since: int, depth: int, above: Ints, shares: Ints, count: int
) -> tuple[Ints, int]:  # fmt: skip
    """Note what a label has to tell in each of the containers above its item."""
    for holder in above:
        begun, kind = max(holder[FROM], since), kind_of(c, holder[NODE])
        if begun > holder[TO] or kind not in (CARRIER, ASSET):
            continue
        shares = _roomier(shares, count)
        new = shares[count]
        new[ROW], new[HOLDER], new[BEGUN], new[ENDED], new[WHO] = row, holder[NODE], begun, holder[TO], item
        new[FAR] = depth + holder[STEPS]
        count += 1
    return shares, count


@njit(cache=True)
def _known_to(c: int, holder: int, item: int, since: int, until: int, depth: int) -> tuple[bool, int]:
    """Tell whether nobody has anything new to hear from a share, else who alone has (-1: all)."""
    one = -1
    row = head(c, TOLD, holder)
    while row >= 0:
        covers = long(long(c, TOLD + SINCE), row) <= since and long(long(c, TOLD + UNTIL), row) >= until
        if covers and get(c, TOLD + DEPTH, row) <= depth:
            by = get(c, TOLD + ITEM, row)
            if by == item or (one >= 0 and by != one):
                return True, one
            one = by
        row = get(c, TOLD + NEXT, row)
    return False, one


@njit(cache=True)
def _keep(c: int, holder: int, item: int, since: int, until: int, depth: int) -> None:
    used = long(c, TOLD + USED)
    set_short(long(c, TOLD + ITEM), used, item)
    set_long(long(c, TOLD + SINCE), used, since)
    set_long(long(c, TOLD + UNTIL), used, until)
    set_short(long(c, TOLD + DEPTH), used, depth)
    set_short(long(c, TOLD + NEXT), used, head(c, TOLD, holder))
    set_short(long(c, TOLD + HEADS), holder, used + 1)
    set_long(c, TOLD + USED, used + 1)


@njit(cache=True)
def _meet(c: int, share: Ints, item: int, begun: int, steps: int, by: int, met: Ints, count: int) -> tuple[Ints, int]:
    """Label a thing that something certain was together with, or note it in ``met`` for the reference to do so."""
    since, depth = max(begun, share[BEGUN]), share[FAR] + steps
    if not knotted(c, item):
        enter(c, item, _CONTACT | CONTACT_HOP, since, depth, share[ROW], by)
        return met, count
    met = _roomier(met, count)
    new = met[count]
    new[ROW], new[MET], new[BEGUN], new[BY_EVENT], new[FAR] = share[ROW], item, since, by, depth
    return met, count + 1


@njit(cache=True)
def _to_one(c: int, share: Ints, one: int, above: Ints, met: Ints, noted: int) -> tuple[int, Ints, Ints, int]:
    """Tell a share to one thing that was in the container too."""
    above, holders = rise(c, one, above)
    if holders < 0:
        return ODD, above, met, noted
    if long(c, OWN + USED) + holders >= long(c, OWN + ROOM):
        return NO_LABELS, above, met, noted
    for at in range(holders):
        there = above[at]
        if there[NODE] == share[HOLDER] and there[FROM] <= share[ENDED] and there[TO] >= share[BEGUN]:
            met, noted = _meet(c, share, one, there[FROM], there[STEPS], there[BY], met, noted)
    return DONE, above, met, noted


@njit(cache=True)
def _to_all(c: int, share: Ints, item: int, below: Ints, met: Ints, noted: int) -> tuple[int, Ints, Ints, int]:
    """Tell a share to everything that was in the container too."""
    below, count = sink(c, share[HOLDER], share[BEGUN], share[ENDED], below)
    if count < 0:
        return ODD, below, met, noted
    if long(c, OWN + USED) + count >= long(c, OWN + ROOM):
        return NO_LABELS, below, met, noted
    for at in range(count):
        if below[at, NODE] == item or kind_of(c, below[at, NODE]) != UNIT or below[at, FROM] > share[ENDED]:
            continue
        there = below[at]
        met, noted = _meet(c, share, there[NODE], there[FROM], there[STEPS], there[BY], met, noted)
    return DONE, below, met, noted


@njit(cache=True, nogil=True)
def tell(c: int, shares: Ints, first: int, last: int) -> tuple[int, int, Ints]:
    """Tell these shares; return how it ended, at which share, and which knotted things are to be told of it."""
    met, noted = np.empty((16, 5), np.int64), 0
    above, below = np.empty((16, 7), np.int64), np.empty((64, 7), np.int64)
    for at in range(first, last):
        share = shares[at]
        if share[ROW] >= 0 and get(c, OWN + CODE, share[ROW]) & DEAD:
            continue  # a better label has come; it is told with the next
        item = share[WHO]
        known, one = _known_to(c, share[HOLDER], item, share[BEGUN], share[ENDED], share[FAR])
        if known:
            continue
        if long(c, TOLD + USED) + 1 >= long(c, TOLD + ROOM):
            return NOT_TOLD, at, met[:noted]
        if one >= 0:
            how, above, met, noted = _to_one(c, share, one, above, met, noted)
        else:
            how, below, met, noted = _to_all(c, share, item, below, met, noted)
        if how != DONE:
            return how, at, met[:noted]
        _keep(c, share[HOLDER], item, share[BEGUN], share[ENDED], share[FAR])
    return DONE, last, met[:noted]
