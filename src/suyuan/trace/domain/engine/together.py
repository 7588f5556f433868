"""The hops of cross-contact that a forward run left behind: from the container that something was in next to it."""

from __future__ import annotations

import numpy as np
from numba import njit

from suyuan.trace.domain.engine.labels import ITEM, NEXT, SINCE, UNTIL, get, head
from suyuan.trace.domain.engine.memory import long
from suyuan.trace.domain.engine.mirror_notes import EDGES, note_edge, roomy
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.sheet import TOLD
from suyuan.trace.domain.engine.siblings import BY, FROM, LOWER, NODE, TO, rise


@njit(cache=True)
def _told_by_another(c: int, holder: int, item: int, since: int, until: int) -> bool:
    """Tell whether something else, certain, was in a holder at some time between two."""
    row = head(c, TOLD, holder)
    while row >= 0:
        begun, ended = long(long(c, TOLD + SINCE), row), long(long(c, TOLD + UNTIL), row)
        if get(c, TOLD + ITEM, row) != item and begun <= until and ended >= since:
            return True
        row = get(c, TOLD + NEXT, row)
    return False


@njit(cache=True, nogil=True)
def met_hops(c: int, units: Ints) -> Ints:
    """Return the hops (source, into, event) by which these units, none of them stray, came by cross-contact: a hop is
    told where the kernel told something's contact in any container that the unit was in at the time.
    """
    edges, counts, above = np.empty((64, 3), np.int64), np.zeros(EDGES + 1, np.int64), np.empty((16, 7), np.int64)
    for item in units:
        above, count = rise(c, item, above)
        for at in range(count):
            if _told_by_another(c, above[at, NODE], item, above[at, FROM], above[at, TO]):
                nearest = at
                while above[nearest, LOWER] >= 0:
                    nearest = above[nearest, LOWER]
                edges = roomy(edges, counts[EDGES])
                note_edge(edges, counts, above[nearest, NODE], item, above[at, BY])
    return edges[: counts[EDGES]]
