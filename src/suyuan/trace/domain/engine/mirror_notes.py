"""What the backward kernel notes on its way: what it found, the uses of each, what held it, and the hops."""

from __future__ import annotations

import numpy as np
from numba import njit

from suyuan.trace.domain.engine.record import Ints

ITEM, DEPTH, UNTIL, VIA, EVENT, USES, EXPANDED = range(7)
"""Columns of what is found: the item, its depth, until when it matters, the next hop towards the asked item (item and
event), its newest use plus one, whether it has been followed.
"""
OF, AFTER, BY, FAR, TARGET, THROUGH, HELD, NEXT = range(8)
"""Columns of uses: what is used, from when to when, the depth that way, the next hop, whether it was held (not made
into something), the next use of the same.
"""
HOLDER, SINCE, END, SURE, STEPS, WHAT, ENTERED, OPENED, LOWER, USE = range(10)
"""Columns of holdings: holder, from when until when, whether that is certain, the depth, the next hop; by which event
what it held directly came into it; the holding of that, where it was itself a holder (else -1); the use concerned.
"""
SOURCE, INTO, BY_EVENT = range(3)
"""Columns of edges, in causal direction."""
FOUND, USED, HOLDINGS, EDGES = range(4)
"""Which count is of what."""
DEEPEST = 16
KEY, PLACE = range(2)
"""Columns of heads, which tell where an item stands among what is found: the item plus one (0: free), and the row plus
one. A table of hashes, so that a question takes memory by its answer; one number for each item of the history would be
a page of memory for each item met.
"""
_SPREAD = 0x4F1BBCDCBFA53E0B
"""An odd number near 2^63 / golden ratio: multiplied by it, numbers that follow each other fall far apart."""


@njit(cache=True)
def roomy(table: Ints, used: int) -> Ints:
    if used + 1 < len(table):
        return table
    longer = np.empty((2 * len(table), table.shape[1]), np.int64)
    longer[:used] = table[:used]
    return longer


@njit(cache=True)
def _slot(heads: Ints, item: int) -> int:
    """Return where an item stands in the table, or where it would."""
    last = len(heads) - 1
    at = ((item + 1) * _SPREAD >> 20) & last
    while heads[at, KEY] not in (0, item + 1):
        at = (at + 1) & last
    return at


@njit(cache=True)
def head_of(heads: Ints, item: int) -> int:
    """Return an item's row plus one; 0 where it has none, -1 for a container that is held."""
    return int(heads[_slot(heads, item), PLACE])


@njit(cache=True)
def set_head(heads: Ints, item: int, place: int) -> None:
    """Write an item's row plus one. There is room."""
    row = heads[_slot(heads, item)]
    row[KEY], row[PLACE] = item + 1, place


@njit(cache=True)
def roomy_heads(heads: Ints, counts: Ints) -> Ints:
    """Return the table with room for one more item."""
    if 2 * (counts[FOUND] + counts[HOLDINGS] + 1) < len(heads):
        return heads
    longer = np.zeros((2 * len(heads), 2), np.int64)
    for row in heads:
        if row[KEY]:
            set_head(longer, row[KEY] - 1, row[PLACE])
    return longer


@njit(cache=True)
def note_use(
    found: Ints, counts: Ints, uses: Ints, heads: Ints, item: int, after: int, by: int, depth: int, via: int,
    event: int, held: int
) -> bool:  # fmt: skip
    """Note a use of an item, unless one is known that says as much; return whether what is known is as near. There is
    room.
    """
    at = head_of(heads, item) - 1
    if at < 0:
        at = counts[FOUND]
        row = found[at]
        row[ITEM], row[DEPTH], row[UNTIL], row[VIA], row[EVENT] = item, depth, by, via, event
        row[USES], row[EXPANDED] = 0, 0
        set_head(heads, item, at + 1)
        counts[FOUND] += 1
    row = found[at]
    known = row[USES] - 1
    while known >= 0:
        if uses[known, AFTER] <= after and uses[known, BY] >= by:
            return bool(uses[known, FAR] <= depth)
        known = uses[known, NEXT]
    if depth < row[DEPTH]:
        row[DEPTH], row[VIA], row[EVENT] = depth, via, event
    row[UNTIL] = max(row[UNTIL], by)
    new = uses[counts[USED]]
    new[OF], new[AFTER], new[BY], new[FAR], new[TARGET], new[THROUGH] = at, after, by, depth, via, event
    new[HELD], new[NEXT] = held, row[USES] - 1
    row[USES] = counts[USED] + 1
    counts[USED] += 1
    return True


@njit(cache=True)
def note_edge(edges: Ints, counts: Ints, source: int, into: int, event: int) -> None:
    """Note a hop. There is room."""
    row = edges[counts[EDGES]]
    row[SOURCE], row[INTO], row[BY_EVENT] = source, into, event
    counts[EDGES] += 1
