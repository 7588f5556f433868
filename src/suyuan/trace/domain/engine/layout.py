"""Compiled loops of the segment builder: places of numbers, and compressed rows in both directions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.engine.record import Ints

Words = npt.NDArray[np.uint32]

ITEM_SHIFT = 4
"""An item's place in a row of an event is stored above its role (3 bits) and whether a quantity is given (1 bit)."""
EVENT_SHIFT = 3
"""An event's place in a row of an item is stored above the item's role in it."""
ROLE_MASK = 7
AMOUNT_BIT = 8
SPARSE = 4
"""A table over a range of numbers is used where many are wanted and the range is at most so many times as long as the
list."""


@njit(cache=True)
def item_of(word: int) -> int:
    """Return the place of the item in a word of an event's row."""
    return int(np.int64(word) >> ITEM_SHIFT)


@njit(cache=True)
def event_of(word: int) -> int:
    """Return the place of the event in a word of an item's row."""
    return int(np.int64(word) >> EVENT_SHIFT)


@njit(cache=True)
def role_of(word: int) -> int:
    """Return the role in a word of either row."""
    return int(np.int64(word) & ROLE_MASK)


def places(numbers: Ints, wanted: Ints) -> Ints:
    """Return the places of ``wanted`` in the sorted list ``numbers``; -1 where it is not there."""
    if len(numbers) == 0 or len(wanted) == 0:
        return np.full(len(wanted), -1, np.int64)
    low, high = int(numbers[0]), int(numbers[-1])
    if len(wanted) > len(numbers) // 16 and high - low <= SPARSE * len(numbers) + 1024:
        table = np.full(high - low + 1, -1, np.int32)
        table[numbers - low] = np.arange(len(numbers), dtype=np.int32)
        inside = (wanted >= low) & (wanted <= high)
        if inside.all():
            return table[wanted - low].astype(np.int64)
        return np.where(inside, table[np.where(inside, wanted - low, 0)], -1).astype(np.int64)
    at = np.searchsorted(numbers, wanted)
    found = numbers[np.minimum(at, len(numbers) - 1)] == wanted
    return np.where(found, at, -1).astype(np.int64)


@njit(cache=True)
def offsets_of(owner: Ints, owners: int) -> Ints:
    """Return where each owner's row begins when rows are laid one after the other; one more than owners."""
    offsets = np.zeros(owners + 1, np.int64)
    for place in owner:
        offsets[place + 1] += 1
    for index in range(owners):
        offsets[index + 1] += offsets[index]
    return offsets


@njit(cache=True)
def rows_of_events(
    event: Ints, item: Ints, role: Ints, amount: Ints, offsets: Ints
) -> tuple[Words, Words, npt.NDArray[np.int64]]:
    """Return each event's participations in the order of the record, the amounts given in the same order, and where
    each event's amounts begin.
    """
    filled = offsets[:-1].copy()
    words = np.empty(len(event), np.uint32)
    given = np.zeros(len(event), np.uint32)
    for index in range(len(event)):
        at = filled[event[index]]
        filled[event[index]] = at + 1
        has = AMOUNT_BIT if amount[index] > 0 else 0
        words[at] = (item[index] << ITEM_SHIFT) | has | role[index]
        given[at] = amount[index]
    starts = np.zeros(len(offsets), np.int64)
    kept = 0
    for owner in range(len(offsets) - 1):
        starts[owner] = kept
        for at in range(offsets[owner], offsets[owner + 1]):
            if given[at] > 0:
                given[kept] = given[at] - 1
                kept += 1
    starts[len(offsets) - 1] = kept
    return words, given[:kept].copy(), starts


@njit(cache=True)
def rows_of_items(event_offsets: Ints, words: Words, items: int) -> tuple[Ints, Words]:
    """Return each item's participations, by event; events are in the order of time, so the rows are too."""
    offsets = np.zeros(items + 1, np.int64)
    for word in words:
        offsets[(word >> ITEM_SHIFT) + 1] += 1
    for index in range(items):
        offsets[index + 1] += offsets[index]
    filled = offsets[:-1].copy()
    rows = np.empty(len(words), np.uint32)
    for event in range(len(event_offsets) - 1):
        for at in range(event_offsets[event], event_offsets[event + 1]):
            item = words[at] >> ITEM_SHIFT
            rows[filled[item]] = (event << EVENT_SHIFT) | (words[at] & ROLE_MASK)
            filled[item] += 1
    return offsets, rows
