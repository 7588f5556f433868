"""What the backward kernel notes on its way: what it found, the uses of each, what held it, and the hops."""

from __future__ import annotations

import numpy as np
from numba import njit

from suyuan.trace.domain.engine.record import Ints

ITEM, DEPTH, UNTIL, VIA, EVENT, USES, EXPANDED, SHARE = range(8)
"""Columns of what is found: the item, its depth, until when it matters, the next hop towards the asked item (item and
event), its newest use plus one, whether it has been followed; the share by which that hop is one of cross-contact (-1:
it is none).
"""
OF, AFTER, BY, FAR, TARGET, THROUGH, HELD, NEXT, TIMED, SHARED = range(10)
"""Columns of uses: what is used, from when to when, the depth that way, the next hop, how it was used (see
:data:`MADE`), the next use of the same, whether it says until when its holders mattered (another may say more); the
share, as above.
"""
MADE, WITHIN, BESIDE = range(3)
"""How something is used: made into the next, held by what is asked about, together with it in a container."""
HOLDER, SINCE, END, SURE, STEPS, WHAT, ENTERED, OPENED, LOWER, USE, SPANS = range(11)
"""Columns of holdings: holder, from when until when, whether that is certain, the depth, the next hop; by which event
what it held directly came into it; the holding of that, where it was itself a holder (else -1); the use concerned (-1:
it is in what is asked about); whether its times are told (else those of another use say more).
"""
WHO, HOLDS, BEGUN, ENDED, LATEST, AWAY, OF_USE, PUT_IN = range(8)
"""Columns of shares: something that went in, what held it and from when until when, by when contact with it matters,
how far from the asked item the holder is that way, the use concerned, the event that put it into its own container.
"""
SOURCE, INTO, BY_EVENT = range(3)
"""Columns of edges, in causal direction."""
FOUND, USED, HOLDINGS, EDGES, LEVEL, PLACE, LEFT, CLIMBED = range(8)
"""Which count is of what; then how far the work has come: up to which depth things are followed, at which place of what
was found, whether any is left, and of how many it is known what held them.
"""
DEEPEST = 16
KEY, ROW = range(2)
"""Columns of heads, which tell where an item stands among what is found: the item plus one (0: free), and the row plus
one. A table of hashes, so that a question takes memory by its answer; one number for each item of the history would be
a page of memory for each item met.
"""
_SPREAD = 0x4F1BBCDCBFA53E0B
"""An odd number near 2^63 / golden ratio: multiplied by it, numbers that follow each other fall far apart."""


@njit(cache=True)
def new_counts() -> Ints:
    """Return the counts of empty tables."""
    counts = np.zeros(8, np.int64)
    counts[LEFT] = 1
    return counts


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
    return int(heads[_slot(heads, item), ROW])


@njit(cache=True)
def set_head(heads: Ints, item: int, place: int) -> None:
    """Write an item's row plus one. There is room."""
    row = heads[_slot(heads, item)]
    row[KEY], row[ROW] = item + 1, place


@njit(cache=True)
def roomy_heads(heads: Ints, counts: Ints) -> Ints:
    """Return the table with room for one more item."""
    if 2 * (counts[FOUND] + counts[HOLDINGS] + 1) < len(heads):
        return heads
    longer = np.zeros((2 * len(heads), 2), np.int64)
    for row in heads:
        if row[KEY]:
            set_head(longer, row[KEY] - 1, row[ROW])
    return longer


@njit(cache=True)
def note_thing(
    found: Ints, counts: Ints, heads: Ints, item: int, by: int, depth: int, via: int, event: int, share: int
) -> int:
    """Note that something went in, that way if it is the nearest; return its row. There is room."""
    at = head_of(heads, item) - 1
    if at < 0:
        at = counts[FOUND]
        row = found[at]
        row[ITEM], row[DEPTH], row[UNTIL], row[VIA], row[EVENT] = item, depth, by, via, event
        row[USES], row[EXPANDED], row[SHARE] = 0, 0, share
        set_head(heads, item, at + 1)
        counts[FOUND] += 1
        return int(at)
    row = found[at]
    if depth < row[DEPTH]:
        row[DEPTH], row[VIA], row[EVENT], row[SHARE] = depth, via, event, share
    row[UNTIL] = max(row[UNTIL], by)
    return at


@njit(cache=True)
def note_use(
    found: Ints, counts: Ints, uses: Ints, heads: Ints, item: int, after: int, by: int, depth: int, via: int,
    event: int, how: int, wide: bool, share: int
) -> None:  # fmt: skip
    """Note a use of an item, unless one is known that says as much and is as near. There is room. ``wide``: until when
    its holders mattered is asked of the latest use alone (with cross-contact), not of each that began later.
    """
    at = note_thing(found, counts, heads, item, by, depth, via, event, share)
    row, timed, known = found[at], 1, found[at, USES] - 1
    while known >= 0:
        said = uses[known]
        if said[BY] >= by and (wide or said[AFTER] <= after):
            if said[FAR] <= depth and (said[BY] > by or how != BESIDE or said[HELD] == BESIDE):
                return
            timed = 0
        elif by >= said[BY] and (wide or after <= said[AFTER]):
            said[TIMED] = 0
        known = said[NEXT]
    new = uses[counts[USED]]
    new[OF], new[AFTER], new[BY], new[FAR], new[TARGET], new[THROUGH] = at, after, by, depth, via, event
    new[HELD], new[NEXT], new[TIMED], new[SHARED] = how, row[USES] - 1, timed, share
    row[USES] = counts[USED] + 1
    counts[USED] += 1


@njit(cache=True)
def note_edge(edges: Ints, counts: Ints, source: int, into: int, event: int) -> None:
    """Note a hop. There is room."""
    row = edges[counts[EDGES]]
    row[SOURCE], row[INTO], row[BY_EVENT] = source, into, event
    counts[EDGES] += 1
