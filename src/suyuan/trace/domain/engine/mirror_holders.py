"""The holders of the backward kernel: what an asked container held, and what held an ingredient."""

from __future__ import annotations

import numpy as np
from numba import njit

from suyuan.trace.domain.engine.knots import (
    CHILD,
    PACKED,
    PARENT,
    PRODUCT,
    UNIT,
    knotted,
    named_with,
    puts_in,
    stay_end,
)
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import word
from suyuan.trace.domain.engine.mirror_notes import (
    AFTER,
    BESIDE,
    BY,
    DEEPEST,
    DEPTH,
    EDGES,
    END,
    ENTERED,
    FAR,
    FOUND,
    HELD,
    HOLDER,
    HOLDINGS,
    ITEM,
    LOWER,
    NEXT,
    OPENED,
    SINCE,
    SPANS,
    STEPS,
    SURE,
    TIMED,
    UNTIL,
    USE,
    USED,
    USES,
    WHAT,
    WITHIN,
    head_of,
    note_edge,
    note_use,
    roomy,
    roomy_heads,
    set_head,
)
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.sheet import (
    HIDDEN,
    NOWHERE,
    act_of,
    event_row,
    flags_of,
    item_row,
    kind_of,
    number_of,
    time_of,
)
from suyuan.trace.domain.times import EVER, FOREVER


@njit(cache=True)
def has_parts(c: int, unit: int) -> bool:
    """Tell whether anything was ever put into a unit."""
    words, begin, end = item_row(c, unit)
    for at in range(begin, end):
        if word(words, at) & ROLE_MASK == PARENT and flags_of(c, word(words, at) >> EVENT_SHIFT) & HIDDEN == 0:
            return True
    return False


@njit(cache=True)
def _pile(stack: Ints, top: int, holder: int, since: int, until: int, steps: int) -> int:
    """Put a holder, within a time, on the pile of those to look into; return the new height."""
    row = stack[top]
    row[0], row[1], row[2], row[3] = holder, since, until, steps
    return top + 1


@njit(cache=True)
def contents(  # noqa: PLR0912 (one pass over a row)
    c: int, asked: int, found: Ints, counts: Ints, uses: Ints, heads: Ints, holdings: Ints, edges: Ints, wide: bool
) -> tuple[bool, Ints, Ints, Ints, Ints, Ints]:
    """Find what an asked container or unit held, at any depth; return whether no knot was met."""
    stack = np.empty((64, 4), np.int64)
    top = _pile(stack, 0, asked, EVER, FOREVER, 0)
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
                if knotted(c, child):
                    return False, found, uses, heads, holdings, edges  # perhaps taken out, and never put in
                if not puts_in(act_of(c, event)):
                    continue
                kind = kind_of(c, child)
                if kind == PRODUCT or steps + 1 >= DEEPEST:
                    return False, found, uses, heads, holdings, edges
                mine, first, last = item_row(c, child)
                until_out = FOREVER
                for row in range(first, last):
                    if word(mine, row) >> EVENT_SHIFT == event and word(mine, row) & ROLE_MASK == CHILD:
                        until_out = stay_end(c, mine, row, last, holder)
                start, stop = max(since, time_of(c, event)), min(until, until_out)
                if start > stop:
                    continue
                if start == stop:
                    return False, found, uses, heads, holdings, edges
                heads, edges, stack = roomy_heads(heads, counts), roomy(edges, counts[EDGES]), roomy(stack, top + 1)
                note_edge(edges, counts, child, holder, event)
                if kind == UNIT:
                    whole = has_parts(c, child)
                    if whole and head_of(heads, child) != 0:
                        return False, found, uses, heads, holdings, edges  # held twice, or in itself
                    found, uses = roomy(found, counts[FOUND]), roomy(uses, counts[USED])
                    note_use(
                        found, counts, uses, heads, child, start, stop, steps + 1, holder, event, WITHIN, wide, NOWHERE
                    )  # fmt: skip
                    top = _pile(stack, top, child, start, stop, steps + 1) if whole else top
                    continue
                if head_of(heads, child) != 0:
                    return False, found, uses, heads, holdings, edges  # held twice, or in itself
                set_head(heads, child, -1)
                holdings = roomy(holdings, counts[HOLDINGS])
                new = holdings[counts[HOLDINGS]]
                new[HOLDER], new[SINCE], new[END], new[SURE], new[STEPS] = child, start, stop, 1, steps + 1
                new[WHAT], new[ENTERED], new[OPENED], new[LOWER], new[USE] = holder, event, event, NOWHERE, NOWHERE
                new[SPANS] = 1
                counts[HOLDINGS] += 1
                if not holds_at(c, child, time_of(c, event)):
                    return False, found, uses, heads, holdings, edges
                top = _pile(stack, top, child, start, stop, steps + 1)
    return True, found, uses, heads, holdings, edges


@njit(cache=True)
def holds_at(c: int, holder: int, instant: int) -> bool:
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
def _among(node: Ints, top: int, parent: int) -> bool:
    found = False
    for below in range(top + 1):
        found = found or node[below] == parent
    return found


@njit(cache=True)
def _told_apart(
    c: int, found: Ints, heads: Ints, before: Ints, before_heads: Ints, parent: int, until: int, steps: int
) -> bool:
    """Tell whether a holder is a mere condition, or is known to have gone in itself, so late and so near that having
    held a part is no news.
    """
    if kind_of(c, parent) != UNIT:
        return True
    at, known = head_of(heads, parent) - 1, head_of(before_heads, parent) - 1
    if known >= 0 and before[known, UNTIL] >= until:
        return True
    return bool(at >= 0 and found[at, UNTIL] >= until and (known >= 0 or found[at, DEPTH] <= steps))


@njit(cache=True)
def holders(
    c: int, at: int, found: Ints, uses: Ints, heads: Ints, counts: Ints, holdings: Ints, edges: Ints, path: Ints,
    before: Ints, before_heads: Ints,
) -> tuple[bool, Ints, Ints]:  # fmt: skip
    """Find what held an item, at any height, before it was used; return whether no knot was met. A unit that held it
    and did not go in itself (nor is among what was found ``before``) is one.
    """
    item = found[at, ITEM]
    node, row, since, until, block = path[0], path[1], path[2], path[3], path[4]
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
        if word(words, here) & ROLE_MASK != CHILD or flags_of(c, event) & HIDDEN or not puts_in(act_of(c, event)):
            continue
        parent = named_with(c, event, PARENT)
        if knotted(c, parent) or top + 1 >= DEEPEST:
            return False, holdings, edges
        if _among(node, top, parent):
            continue
        low = max(since[top], time_of(c, event))
        high = min(until[top], stay_end(c, words, here, end, parent))
        if low > high:
            continue
        entered = event if top == 0 else entered
        block[top + 1] = counts[HOLDINGS]
        use = found[at, USES] - 1
        while use >= 0:
            by = uses[use, BY]
            if low <= by:
                deep = uses[use, FAR] + top + 1
                if not _told_apart(c, found, heads, before, before_heads, parent, min(high, by), deep):
                    return False, holdings, edges
                met, how = uses[use, AFTER] if uses[use, HELD] == WITHIN else EVER, uses[use, HELD]
                holdings = roomy(holdings, counts[HOLDINGS])
                new = holdings[counts[HOLDINGS]]
                new[HOLDER], new[SINCE], new[END] = parent, low, min(high, by)
                lasting = low < high or high == FOREVER
                new[SURE] = lasting and (by == FOREVER or how == BESIDE or max(low, met) < by)
                new[STEPS], new[WHAT], new[ENTERED] = deep, item, entered
                new[OPENED], new[LOWER], new[USE], new[SPANS] = event, NOWHERE, use, uses[use, TIMED]
                if top > 0:  # what is held lay in the same order below, by at least these uses
                    new[LOWER] = block[top]
                    while holdings[new[LOWER], USE] != use:
                        new[LOWER] += 1
                counts[HOLDINGS] += 1
            use = uses[use, NEXT]
        if counts[HOLDINGS] > block[top + 1]:
            edges = roomy(edges, counts[EDGES])
            note_edge(edges, counts, parent, node[top], event)
        top += 1
        node[top], row[top], since[top], until[top] = parent, item_row(c, parent)[1], low, high
    return True, holdings, edges
