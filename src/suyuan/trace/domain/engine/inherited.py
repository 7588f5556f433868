"""Reasons of excluded items, handed down: what left the scope at one hop takes along all that came of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.engine import sheet as slot
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.blind import TO_MEMBER, Closure
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.engine.sheet import HIDDEN, flags_of

Int32s = npt.NDArray[np.int32]
HANDED_DOWN, UNSEEN, LEFT, RUN, MEMBER = range(5)
"""How an item of the closure came by its reason: from what it was reached from; by an event that does not count; where
the scope was left; by a process of several events; as a member of a lot, which may tell an event of its own."""


@dataclass(frozen=True, slots=True)
class Descent:
    """Of each place in a closure: how it came by its reason, and the place whose reason it is (its own but where it is
    handed down).
    """

    how: Bytes
    root: Int32s
    came: Int32s

    def to_tell(self) -> Ints:
        """Return the places that need a reason of their own, those first from which others inherit."""
        return np.flatnonzero(self.how != HANDED_DOWN)


def descent(assembled: Assembled, found: Closure) -> Descent:
    """Return how the reasons of a closure are handed down."""
    count = len(found.items)
    sheet = assembled.sheet.copy()
    sheet[slot.STATES] = assembled.states.ctypes.data
    place = np.empty(len(assembled.states), np.int32)
    place[found.items] = np.arange(count, dtype=np.int32)
    processes = [segment.event_process != 0 for segment in assembled.segments]
    runs = np.concatenate(processes) if processes else np.empty(0, np.bool_)
    how, root, came = np.zeros(count, np.uint8), np.arange(count, dtype=np.int32), np.zeros(count, np.int32)
    hand_down(int(sheet.ctypes.data), found.seeds, found.source, found.kind, found.event, runs, place, how, root, came)
    return Descent(how, root, came)


@njit(cache=True, nogil=True)
def hand_down(
    c: int, seeds: int, source: Int32s, kind: Bytes, event: Int32s, runs: npt.NDArray[np.bool_], place: Int32s,
    how: Bytes, root: Int32s, came: Int32s
) -> None:  # fmt: skip
    """Fill in ``how``, ``root`` and ``came`` (the place from which an item was reached)."""
    for at in range(seeds, len(how)):
        before, when = place[source[at]], event[at]
        came[at] = before
        if when >= 0 and runs[when]:
            how[at] = RUN
        elif when >= 0 and flags_of(c, when) & HIDDEN:
            how[at] = UNSEEN
        elif before < seeds:
            how[at] = LEFT
        elif kind[at] == TO_MEMBER:
            how[at] = MEMBER
        else:
            root[at] = root[before]
