"""The backward kernel: what went into asked items, over the plain part of the ledger.

Where no input has a rival, and no lot was filled twice, everything that went in went in for sure, so the verdicts need
no forward run: forward from each of what is found would give just that. What held any of it is a condition: certain
if it held it for a while before it was used. Anything else is left to the reference as a whole: the answer is None.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.engine.knots import (
    CHILD,
    COMMISSIONED,
    INPUT,
    KNOT,
    LOT,
    OUTPUT,
    PACKED,
    PARENT,
    PRODUCT,
    RIVALS,
    SEVERAL,
    SUBJECT,
    UNIT,
    given_lot,
    knotted,
    named_with,
)
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import word
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.sheet import (
    HIDDEN,
    NOWHERE,
    act_of,
    event_row,
    flags_of,
    item_row,
    kind_at,
    kind_of,
    number_of,
    time_of,
)
from suyuan.trace.domain.engine.spread import birth
from suyuan.trace.domain.times import EVER, FOREVER

Heads = npt.NDArray[np.int32]
ITEM, DEPTH, UNTIL, VIA, EVENT, USES, EXPANDED = range(7)
"""Columns of what is found: the item, its depth, until when it matters, the next hop towards the asked item (item and
event), its newest use plus one, whether it has been followed.
"""
OF, AFTER, BY, FAR, TARGET, THROUGH, HELD, NEXT = range(8)
"""Columns of uses: what is used, from when to when, the depth that way, the next hop, whether it was held (not made
into something), the next use of the same.
"""
HOLDER, SINCE, END, SURE, STEPS, WHAT, ENTERED = range(7)
"""Columns of holdings: holder, from when until when, whether that is certain, the depth, the next hop."""
DEEPEST = 16


@njit(cache=True)
def _roomy(table: Ints, used: int) -> Ints:
    if used + 1 < len(table):
        return table
    longer = np.empty((2 * len(table), table.shape[1]), np.int64)
    longer[:used] = table[:used]
    return longer


@njit(cache=True)
def _stay_end(words: int, at: int, end: int, c: int) -> int:
    """Return when the stay that began at a word of a child's row ended."""
    for later in range(at + 1, end):
        event = word(words, later) >> EVENT_SHIFT
        if word(words, later) & ROLE_MASK == CHILD and flags_of(c, event) & HIDDEN == 0:
            return time_of(c, event)
    return FOREVER


@njit(cache=True)
def _filled_once(c: int, lot: int) -> bool:
    """Tell whether a plain lot was made by one event at the most; of one that was made, the making comes first."""
    words, begin, end = item_row(c, lot)
    made = 0
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        if flags_of(c, event) & HIDDEN:
            continue
        if role == OUTPUT:
            made += 1
        elif made == 0 and (role != SUBJECT or act_of(c, event) != COMMISSIONED):
            return True
        if made > 1:
            return False
    return True


@njit(cache=True)
def _use(
    found: Ints, counts: Ints, uses: Ints, heads: Heads, item: int, after: int, by: int, depth: int, via: int,
    event: int, held: int
) -> bool:  # fmt: skip
    """Note a use of an item, unless one is known that says as much; return whether what is known is as near. There is
    room.
    """
    at = heads[item] - 1
    if at < 0:
        at = counts[0]
        row = found[at]
        row[ITEM], row[DEPTH], row[UNTIL], row[VIA], row[EVENT] = item, depth, by, via, event
        row[USES], row[EXPANDED] = 0, 0
        heads[item] = at + 1
        counts[0] += 1
    row = found[at]
    known = row[USES] - 1
    while known >= 0:
        if uses[known, AFTER] <= after and uses[known, BY] >= by:
            return bool(uses[known, FAR] <= depth)
        known = uses[known, NEXT]
    if depth < row[DEPTH]:
        row[DEPTH], row[VIA], row[EVENT] = depth, via, event
    row[UNTIL] = max(row[UNTIL], by)
    new = uses[counts[1]]
    new[OF], new[AFTER], new[BY], new[FAR], new[TARGET], new[THROUGH] = at, after, by, depth, via, event
    new[HELD], new[NEXT] = held, row[USES] - 1
    row[USES] = counts[1] + 1
    counts[1] += 1
    return True


@njit(cache=True)
def _ingredients(  # noqa: PLR0912 (one pass over a row)
    c: int, at: int, found: Ints, counts: Ints, uses: Ints, heads: Heads
) -> tuple[bool, Ints, Ints]:
    """Follow one item back to what it was made of; return whether no knot was met."""
    item, depth = found[at, ITEM], found[at, DEPTH] + 1
    words, begin, end = item_row(c, item)
    kind = kind_of(c, item)
    if kind == UNIT:
        lot = given_lot(c, item, words, begin, end)
        if lot == SEVERAL:
            return False, found, uses
        if lot != NOWHERE:
            event = birth(c, item)
            if event < 0 or knotted(c, lot) or not _filled_once(c, lot):
                return False, found, uses
            found, uses = _roomy(found, counts[0]), _roomy(uses, counts[1])
            if not _use(found, counts, uses, heads, lot, EVER, time_of(c, event), depth, item, event, 0):
                return False, found, uses
    for row in range(begin, end):
        event, role = word(words, row) >> EVENT_SHIFT, word(words, row) & ROLE_MASK
        flags = flags_of(c, event)
        if flags & HIDDEN:
            continue
        if role != OUTPUT:
            if role == INPUT and kind == LOT:
                break  # a plain lot was made before it was used
            continue
        if flags & (KNOT | RIVALS):
            return False, found, uses
        part, others, low, high = event_row(c, event)
        instant = time_of(c, event)
        for other in range(low, high):
            place = word(others, other) >> ITEM_SHIFT
            if word(others, other) & ROLE_MASK != INPUT or kind_at(c, part, place) == PRODUCT:
                continue
            source = number_of(c, part, place)
            if knotted(c, source) or (kind_at(c, part, place) == LOT and not _filled_once(c, source)):
                return False, found, uses
            found, uses = _roomy(found, counts[0]), _roomy(uses, counts[1])
            if not _use(found, counts, uses, heads, source, instant, instant, depth, item, event, 0):
                return False, found, uses
    return True, found, uses


@njit(cache=True)
def _contents(  # noqa: PLR0912 (one pass over a row)
    c: int, asked: int, found: Ints, counts: Ints, uses: Ints, heads: Heads, holdings: Ints
) -> tuple[bool, Ints, Ints, Ints]:
    """Find what an asked container held, at any depth; return whether no knot was met."""
    stack = np.empty((64, 4), np.int64)
    stack[0, 0], stack[0, 1], stack[0, 2], stack[0, 3] = asked, EVER, FOREVER, 0
    top = 1
    while top:
        top -= 1
        holder, since, until, steps = stack[top, 0], stack[top, 1], stack[top, 2], stack[top, 3]
        words, begin, end = item_row(c, holder)
        for at in range(begin, end):
            event = word(words, at) >> EVENT_SHIFT
            if word(words, at) & ROLE_MASK != PARENT or flags_of(c, event) & HIDDEN:
                continue
            part, others, low, high = event_row(c, event)
            for other in range(low, high):
                if word(others, other) & ROLE_MASK != CHILD:
                    continue
                child = number_of(c, part, word(others, other) >> ITEM_SHIFT)
                if act_of(c, event) != PACKED:
                    if knotted(c, child):
                        return False, found, uses, holdings  # perhaps taken out without ever having been put in
                    continue
                kind = kind_of(c, child)
                if knotted(c, child) or kind == PRODUCT or steps + 1 >= DEEPEST or top + 1 >= len(stack):
                    return False, found, uses, holdings
                mine, first, last = item_row(c, child)
                stay_end = FOREVER
                for row in range(first, last):
                    if word(mine, row) >> EVENT_SHIFT == event and word(mine, row) & ROLE_MASK == CHILD:
                        stay_end = _stay_end(mine, row, last, c)
                start, stop = max(since, time_of(c, event)), min(until, stay_end)
                if start > stop:
                    continue
                if start == stop:
                    return False, found, uses, holdings
                if kind == UNIT:
                    found, uses = _roomy(found, counts[0]), _roomy(uses, counts[1])
                    if not _use(found, counts, uses, heads, child, start, stop, steps + 1, holder, event, 1):
                        return False, found, uses, holdings
                    continue
                if heads[child] != 0:
                    return False, found, uses, holdings  # held twice, or in itself
                heads[child] = -1
                holdings = _roomy(holdings, counts[2])
                new = holdings[counts[2]]
                new[HOLDER], new[SINCE], new[END], new[SURE], new[STEPS] = child, start, stop, 1, steps + 1
                new[WHAT], new[ENTERED] = holder, event
                counts[2] += 1
                if not _holds_at(c, child, time_of(c, event)):
                    return False, found, uses, holdings
                row_of_stack = stack[top]
                row_of_stack[0], row_of_stack[1], row_of_stack[2], row_of_stack[3] = child, start, stop, steps + 1
                top += 1
    return True, found, uses, holdings


@njit(cache=True)
def _holds_at(c: int, holder: int, instant: int) -> bool:
    """Tell whether a container surely held something on record at an instant: packed by then, and never unpacked."""
    words, begin, end = item_row(c, holder)
    first = FOREVER
    for at in range(begin, end):
        event = word(words, at) >> EVENT_SHIFT
        if word(words, at) & ROLE_MASK == PARENT and flags_of(c, event) & HIDDEN == 0:
            if act_of(c, event) != PACKED:
                return False
            first = min(first, time_of(c, event))
    return first <= instant


@njit(cache=True)
def _holders(
    c: int, at: int, found: Ints, uses: Ints, counts: Ints, holdings: Ints, path: Ints
) -> tuple[bool, Ints]:  # fmt: skip
    """Find what held an item, at any height, before it was used; return whether no knot was met."""
    item = found[at, ITEM]
    node, row, since, until = path[0], path[1], path[2], path[3]
    words, begin, end = item_row(c, item)
    node[0], row[0], since[0], until[0], top, entered = item, begin, EVER, FOREVER, 0, NOWHERE
    while top >= 0:
        words, begin, end = item_row(c, node[top])
        if row[top] >= end:
            top -= 1
            continue
        here = row[top]
        row[top] += 1
        event = word(words, here) >> EVENT_SHIFT
        if word(words, here) & ROLE_MASK != CHILD or flags_of(c, event) & HIDDEN or act_of(c, event) != PACKED:
            continue
        parent = named_with(c, event, PARENT)
        if knotted(c, parent) or top + 1 >= DEEPEST:
            return False, holdings
        around = False
        for below in range(top + 1):
            around = around or node[below] == parent
        if around:
            continue
        low = max(since[top], time_of(c, event))
        high = min(until[top], _stay_end(words, here, end, c))
        if low > high:
            continue
        entered = event if top == 0 else entered
        use = found[at, USES] - 1
        while use >= 0:
            by = uses[use, BY]
            if low <= by:
                met = uses[use, AFTER] if uses[use, HELD] else EVER
                holdings = _roomy(holdings, counts[2])
                new = holdings[counts[2]]
                new[HOLDER], new[SINCE], new[END] = parent, low, min(high, by)
                lasting = low < high or high == FOREVER
                new[SURE] = lasting and (by == FOREVER or max(low, met) < by)
                new[STEPS], new[WHAT], new[ENTERED] = uses[use, FAR] + top + 1, item, entered
                counts[2] += 1
            use = uses[use, NEXT]
        top += 1
        node[top], since[top], until[top] = parent, low, high
        _, row[top], _ = item_row(c, parent)
    return True, holdings


@njit(cache=True, nogil=True)
def back(  # noqa: PLR0912 (three stages, each with its way out)
    c: int, asked: Ints, heads: Heads
) -> tuple[bool, Ints, Ints]:
    """Return whether no knot was met, what went into the asked items (themselves first), and what held any of it.

    ``heads`` is all zero, one for each item.
    """
    found, uses, holdings = np.empty((64, 7), np.int64), np.empty((64, 8), np.int64), np.empty((64, 7), np.int64)
    counts = np.zeros(3, np.int64)
    for item in asked:
        if knotted(c, item) or (kind_of(c, item) == LOT and not _filled_once(c, item)):
            return False, found[:0], holdings[:0]
        found, uses = _roomy(found, counts[0]), _roomy(uses, counts[1])
        _use(found, counts, uses, heads, item, EVER, FOREVER, 0, -1, -1, 0)
    for item in asked:
        kind = kind_of(c, item)
        if kind not in (UNIT, LOT):
            plain, found, uses, holdings = _contents(c, item, found, counts, uses, heads, holdings)
            words, begin, end = item_row(c, item)
            for at in range(begin, end):
                event = word(words, at) >> EVENT_SHIFT
                if word(words, at) & ROLE_MASK == CHILD and flags_of(c, event) & HIDDEN == 0:
                    plain = plain and (act_of(c, event) != PACKED or _holds_at(c, item, time_of(c, event)))
            if not plain:
                return False, found[:0], holdings[:0]
    level, left = 0, True
    while left:
        left = False
        at = 0
        while at < counts[0]:
            if found[at, EXPANDED] == 0:
                left = True
                if found[at, DEPTH] <= level:
                    found[at, EXPANDED] = 1
                    plain, found, uses = _ingredients(c, at, found, counts, uses, heads)
                    if not plain:
                        return False, found[:0], holdings[:0]
            at += 1
        level += 1
    path = np.empty((4, DEEPEST + 1), np.int64)
    for at in range(counts[0]):
        kind = kind_of(c, found[at, ITEM])
        if kind == UNIT:
            plain, holdings = _holders(c, at, found, uses, counts, holdings, path)
            if not plain:
                return False, found[:0], holdings[:0]
    return True, found[: counts[0]], holdings[: counts[2]]
