"""Cross-contact in the backward kernel (F5): what went into the things that were together with something that went in.

What was certain, and was in a container together with an ingredient, made that possible; and what is only possible
tells nobody. So there is one contact on the way and never a second: the histories of what was beside an ingredient, as
the backward kernel finds them, are all that there is to add. Of the ingredients that were in one container together
the first asks for everything in it, the second for the first, and nobody else has anything to ask.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from suyuan.trace.domain.engine.knots import ASSET, CARRIER, UNIT, knotted
from suyuan.trace.domain.engine.mirror_notes import (
    AWAY,
    BEGUN,
    BESIDE,
    BY,
    EDGES,
    ENDED,
    FAR,
    FOUND,
    HOLDS,
    ITEM,
    LATEST,
    NEXT,
    OF_USE,
    PUT_IN,
    USED,
    USES,
    WHO,
    new_counts,
    note_edge,
    note_use,
    roomy,
    roomy_heads,
)
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.sheet import NOWHERE, kind_of
from suyuan.trace.domain.engine.siblings import BY as ENTRY
from suyuan.trace.domain.engine.siblings import FROM, LOWER, NODE, STEPS, TO, rise, sink
from suyuan.trace.domain.times import EVER


@njit(cache=True, nogil=True)
def shares_of(c: int, found: Ints, uses: Ints) -> tuple[bool, Ints]:
    """Return whether it is plain what held the things found, and when each was in which container while contact with
    it mattered.
    """
    shares, count, above = np.empty((64, 8), np.int64), 0, np.empty((16, 7), np.int64)
    for row in found:
        if kind_of(c, row[ITEM]) != UNIT:
            continue
        above, holders = rise(c, row[ITEM], above)
        if holders < 0:
            return False, shares[:0]
        for held in above[:holders]:
            if kind_of(c, held[NODE]) not in (CARRIER, ASSET):
                continue
            use = row[USES] - 1
            while use >= 0:
                if held[FROM] <= uses[use, BY]:
                    shares = roomy(shares, count)
                    new = shares[count]
                    new[WHO], new[HOLDS], new[BEGUN], new[ENDED] = row[ITEM], held[NODE], held[FROM], held[TO]
                    new[LATEST], new[AWAY], new[OF_USE] = uses[use, BY], uses[use, FAR] + held[STEPS], use
                    new[PUT_IN] = held[ENTRY]
                    count += 1
                use = uses[use, NEXT]
    return True, shares[:count]


def in_turn(shares: Ints) -> Ints:
    """Return the shares container by container, the nearest first, of these the latest."""
    return shares[np.lexsort((-shares[:, LATEST], shares[:, AWAY], shares[:, HOLDS]))]


@njit(cache=True)
def _asked_before(shares: Ints, asked: Ints, count: int, share: Ints) -> tuple[bool, int]:
    """Tell whether nobody in the container is left to be asked for, else who alone is (-1: all)."""
    one = NOWHERE
    for at in asked[:count]:
        old = shares[at]
        if old[BEGUN] > share[BEGUN] or old[ENDED] < share[ENDED]:
            continue
        if old[LATEST] < share[LATEST] or old[AWAY] > share[AWAY]:
            continue
        if old[WHO] == share[WHO] or (one >= 0 and one != old[WHO]):
            return True, one
        one = old[WHO]
    return False, one


@njit(cache=True)
def _own_holder(rows: Ints, at: int) -> int:
    """Return what the thing was put into itself, of which a row says what held that in the end."""
    while rows[at, LOWER] >= 0:
        at = rows[at, LOWER]
    return int(rows[at, NODE])


@njit(cache=True, nogil=True)
def beside(c: int, shares: Ints) -> tuple[bool, Ints, Ints, Ints, Ints, Ints, Ints]:
    """Return whether no knot was met, everything that was in the containers of these shares (in turn) meanwhile, with
    counts, uses, heads, holdings (none yet) and hops.
    """
    found, uses, counts = np.empty((64, 8), np.int64), np.empty((64, 10), np.int64), new_counts()
    heads, holdings, edges = np.zeros((256, 2), np.int64), np.empty((64, 11), np.int64), np.empty((64, 3), np.int64)
    there, asked, before = np.empty((64, 7), np.int64), np.empty(len(shares), np.int64), 0
    for at in range(len(shares)):
        share = shares[at]
        holder = share[HOLDS]
        if at == 0 or shares[at - 1, HOLDS] != holder:
            before = 0
        known, one = _asked_before(shares, asked, before, share)
        if known:
            continue
        asked[before] = at
        before += 1
        if one >= 0:
            there, count = rise(c, one, there)
        else:
            there, count = sink(c, holder, share[BEGUN], share[ENDED], there)
        if count < 0:
            return False, found, counts, uses, heads, holdings, edges
        for row in range(count):
            other = one if one >= 0 else there[row, NODE]
            if other == share[WHO] or kind_of(c, other) != UNIT or (one >= 0 and there[row, NODE] != holder):
                continue
            since, until = there[row, FROM], there[row, TO]
            if since > share[ENDED] or until < share[BEGUN] or since > share[LATEST]:
                continue
            if knotted(c, other):
                return False, found, counts, uses, heads, holdings, edges
            found, uses = roomy(found, counts[FOUND]), roomy(uses, counts[USED])
            heads, edges = roomy_heads(heads, counts), roomy(edges, counts[EDGES])
            inner = there[row, LOWER]
            into = _own_holder(there, row) if one >= 0 else holder if inner < 0 else there[inner, NODE]
            note_edge(edges, counts, other, into, there[row, ENTRY])
            note_use(
                found, counts, uses, heads, other, EVER, min(share[LATEST], share[ENDED], until),
                share[AWAY] + there[row, STEPS], share[WHO], share[PUT_IN], BESIDE, True, at,
            )  # fmt: skip
    return True, found, counts, uses, heads, holdings, edges
