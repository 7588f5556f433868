"""Counting the rows of a scope, compiled: one pass over its columns each, nothing as long as they are in between."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.engine.record import Bytes, Ints

Int32s = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
_UNSEEN, _SEEN, _EITHER = 0, 1, 2
_START = 0


@njit(cache=True, nogil=True)
def tally(codes: Int32s, verdict: Bytes, role: Bytes, seen: Flags, table: Ints) -> None:
    """Count the seen rows that are no start items into a table by code and verdict; code -1 is its last row."""
    none = len(table) - 1
    for row in range(len(codes)):
        if seen[row] and role[row] != _START:
            code = codes[row]
            table[code if code >= 0 else none, verdict[row]] += 1


@njit(cache=True, nogil=True)
def tally_verdicts(verdict: Bytes, role: Bytes, seen: Flags, which: int, counts: Ints) -> None:
    """Count the rows that are no start items by verdict: those unseen (0), seen (1) or either (2)."""
    for row in range(len(verdict)):
        if role[row] != _START and (which == _EITHER or seen[row] == which):
            counts[verdict[row]] += 1


@njit(cache=True, nogil=True)
def tally_bits(
    bits: npt.NDArray[np.uint16], label: Int32s, verdict: Bytes, role: Bytes, wanted: int, counts: Ints
) -> None:
    """Count the bits of the labels of rows that have this verdict and are no start items."""
    for row in range(len(verdict)):
        if verdict[row] == wanted and role[row] != _START:
            for at in range(len(counts)):
                counts[at] += bits[label[row]] >> at & 1


@njit(cache=True, nogil=True)
def firsts(item: Ints) -> Int32s:
    """Return the first row of each run of rows of the same item."""
    rows, count = np.empty(len(item), np.int32), 0
    for row in range(len(item)):
        if row == 0 or item[row] != item[row - 1]:
            rows[count] = row
            count += 1
    return rows[:count]


@njit(cache=True, nogil=True)
def ordered(item: Ints, depth: Int32s, role: Bytes) -> int:
    """Return up to which row start items come first, and then each row has a higher depth or number."""
    for row in range(1, len(item)):
        if (role[row] == _START) != (role[row - 1] == _START):
            if role[row] == _START:
                return row
        elif depth[row] < depth[row - 1] or (depth[row] == depth[row - 1] and item[row] <= item[row - 1]):
            return row
    return len(item)
