"""How a hop of cross-contact went: from one thing up to a container that both were in, and down to the other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from suyuan.trace.domain.engine.kernel import Kernel
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.siblings import BY, FROM, LOWER, NODE, OPENED, STEPS, TO, rise
from suyuan.trace.domain.labels import Label, Via


class Met(NamedTuple):
    """``theirs`` gave ``mine``, put in by the event ``by``, a label from ``since`` at ``depth``. Items and events go by
    their numbers over all segments.
    """

    theirs: int
    mine: int
    since: int
    depth: int
    by: int


def way_of(kernel: Kernel, met: Met, label: Label) -> Via:
    """Return the hop; ``label`` is the one that it came from, of ``theirs``."""
    assembled = kernel.assembled
    above, count = rise(kernel.address, met.mine, np.empty((16, 7), np.int64))
    others, more = rise(kernel.address, met.theirs, np.empty((16, 7), np.int64))
    for mine in above[:count]:
        for its in others[:more] if mine[BY] == met.by else ():
            begun, ended = max(its[FROM], label.since), its[TO]
            together = mine[NODE] == its[NODE] and begun <= ended and mine[FROM] <= ended and begun <= mine[TO]
            far = label.depth + mine[STEPS] + its[STEPS]
            if together and far == met.depth and max(mine[FROM], begun) == met.since:
                up, down = chain(others, its), chain(above, mine)
                nodes = [*(node for node, _ in up), *(node for node, _ in down[-2::-1])]
                events = [assembled.number(event) for _, event in (*up, *down[:0:-1])]
                through = tuple(assembled.ids(np.array(nodes, np.int64)).tolist())
                item = int(assembled.ids(np.array([met.theirs]))[0])
                return Via(item, label, assembled.number(met.by), through, tuple(events))
    raise AssertionError("cross-contact without a common container")


def chain(rows: Ints, top: Ints) -> list[tuple[int, int]]:
    """Return the containers from the nearest up to ``top``, each with the event that put in what is below it."""
    found = [(int(top[NODE]), int(top[OPENED]))]
    while (at := int(top[LOWER])) >= 0:
        top = rows[at]
        found.append((int(top[NODE]), int(top[OPENED])))
    return found[::-1]
