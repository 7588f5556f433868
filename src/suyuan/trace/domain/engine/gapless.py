"""Which items surely have no gap: neither in where they came from, nor in where they were, nor in what they met."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.broken_events import ARRIVES, ATTACHED, CLEARS, DETACHED, JOINED, ODD, marks_of
from suyuan.trace.domain.engine.kernel import Kernel, first_use
from suyuan.trace.domain.engine.knots import (
    CHILD,
    COMMISSIONED,
    INPUT,
    LOT,
    OUTPUT,
    PACKED,
    PARENT,
    SEVERAL,
    SUBJECT,
    UNIT,
    UNPACKED,
    given_lot,
    named_with,
)
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.ledger import Reader
from suyuan.trace.domain.engine.memory import word
from suyuan.trace.domain.engine.record import CLEANS, Bytes, Ints
from suyuan.trace.domain.engine.sheet import (
    HIDDEN,
    NOWHERE,
    STATES,
    act_of,
    event_row,
    flags_of,
    item_row,
    kind_of,
    number_of,
    time_of,
)
from suyuan.trace.domain.times import FOREVER

FINE, ITSELF, TOUCHED, ASKED, CLIMBING = 1, 2, 4, 8, 16
"""What is known of an item: :data:`ITSELF`, its own record may be broken; :data:`TOUCHED`, an event that names it, or
what it was in or belongs to, may be; :data:`ASKED`, the first was looked at; :data:`FINE`, the second is not so.
"""
UNSURE = -1
_kept: WeakKeyDictionary[Assembled, tuple[Bytes, Ints, Bytes]] = WeakKeyDictionary()


def doubtful(
    assembled: Assembled, readers: Sequence[Reader], ids: Ints, numbers: npt.NDArray[np.integer]
) -> tuple[Ints, Ints]:
    """Return those of these items (``ids``, and their ``numbers`` over all segments) whose own record may have gaps,
    and those whose events may, each once; what no segment names (-1) is among both.
    """
    working = assembled.sheet.copy()
    working[STATES] = assembled.states.ctypes.data
    marks, clearings, memo = _known(assembled, readers, working)
    wanted = np.ascontiguousarray(numbers, np.int32)
    look(working.ctypes.data, wanted, marks, clearings, memo)
    return distinct(ids[marked(wanted, memo, ITSELF)]), distinct(ids[marked(wanted, memo, TOUCHED)])


def doubtful_under(
    kernel: Kernel, readers: Sequence[Reader], ids: Ints, numbers: npt.NDArray[np.integer]
) -> tuple[Ints, Ints]:
    """As :func:`doubtful`, for the clocks of a question: where a tolerance leaves open what an item was in, both may
    have gaps.
    """
    own, met = doubtful(kernel.assembled, readers, ids, numbers)
    if not kernel.tolerance:
        return own, met
    known = numbers >= 0
    open_to_doubt = ids[known][kernel.strays(numbers[known].astype(np.int64))]
    return distinct(np.concatenate([own, open_to_doubt])), distinct(np.concatenate([met, open_to_doubt]))


def odd_events(assembled: Assembled, readers: Sequence[Reader], events: Ints) -> Ints:
    """Return those of these events (by their numbers over all segments) that may be broken."""
    marks, _, _ = _known(assembled, readers, assembled.sheet)
    odd: Ints = events[marks[events] & ODD != 0]
    return odd


def _known(assembled: Assembled, readers: Sequence[Reader], sheet: Ints) -> tuple[Bytes, Ints, Bytes]:
    if assembled not in _kept:
        marks = marks_of(assembled, readers)
        clearings = _clearings(sheet.ctypes.data, marks)
        clearings = clearings[np.lexsort((clearings[:, 2], clearings[:, 1], clearings[:, 0]))]
        _kept[assembled] = marks, clearings, np.zeros(len(assembled.states), np.uint8)
    return _kept[assembled]


@njit(cache=True, nogil=True)
def look(c: int, items: npt.NDArray[np.int32], marks: Bytes, clearings: Ints, memo: Bytes) -> None:
    """Fill in ``memo`` for these items; those below 0 are passed over."""
    climbed = np.empty(256, np.int64)
    for number in items:
        item = int(np.int64(number))
        if item < 0:
            continue
        if memo[item] & ASKED == 0:
            memo[item] |= ASKED
            if _strays(c, item, clearings) or (kind_of(c, item) in (UNIT, LOT) and not _has_origin(c, item, marks)):
                memo[item] |= ITSELF
        climbed = _meets_odd(c, item, marks, memo, climbed)


@njit(cache=True, nogil=True)
def marked(items: npt.NDArray[np.int32], memo: Bytes, bit: int) -> Ints:
    """Return the places in a list of those items of which ``memo`` has a bit, or knows nothing."""
    found, count = np.empty(64, np.int64), 0
    for at in range(len(items)):
        if items[at] < 0 or memo[items[at]] & bit:
            if count == len(found):
                found = np.concatenate((found, np.empty_like(found)))
            found[count] = at
            count += 1
    return found[:count]


@njit(cache=True)
def _meets_odd(c: int, item: int, marks: Bytes, memo: Bytes, climbed: Ints) -> Ints:
    """Note whether an event names the item, or anything that it was in or belonged to, that may be broken. ``climbed``
    is room to work in, returned as large as it became. (No recursion: numba cannot read that back from its cache.)
    """
    if memo[item] & (FINE | TOUCHED):
        return climbed
    climbed[0], count, at_work = item, 1, 0
    memo[item] |= CLIMBING
    odd = False
    while at_work < count and not odd:
        _, begin, end = item_row(c, climbed[at_work])
        while count + end - begin >= len(climbed):
            climbed = np.concatenate((climbed, np.empty_like(climbed)))
        odd, count = _above(c, climbed[at_work], marks, memo, climbed, count)
        at_work += 1
    for at in range(count):
        memo[climbed[at]] &= ~CLIMBING
        if not odd:
            memo[climbed[at]] |= FINE
    if odd:
        memo[item] |= TOUCHED
    return climbed


@njit(cache=True)
def _above(c: int, item: int, marks: Bytes, memo: Bytes, climbed: Ints, count: int) -> tuple[bool, int]:
    """Look at the events of one item, and take up what it was in or belonged to."""
    words, begin, end = item_row(c, item)
    for at in range(begin, end):
        event = word(words, at) >> EVENT_SHIFT
        if marks[event] & ODD:
            return True, count
        if word(words, at) & ROLE_MASK == CHILD:
            odd, count = _climb(named_with(c, event, PARENT), memo, climbed, count)
            if odd:
                return True, count
    if kind_of(c, item) != UNIT:
        return False, count
    lot = given_lot(c, item, words, begin, end)
    return (True, count) if lot == SEVERAL else _climb(lot, memo, climbed, count)


@njit(cache=True)
def _climb(above: int, memo: Bytes, climbed: Ints, count: int) -> tuple[bool, int]:
    """Take up something above for a look, unless it is known; tell whether it is known to be touched. There is room."""
    if above == NOWHERE or memo[above] & (FINE | CLIMBING):
        return False, count
    if memo[above] & TOUCHED:
        return True, count
    memo[above] |= CLIMBING
    climbed[count] = above
    return False, count + 1


@njit(cache=True)
def _clearings(c: int, marks: Bytes) -> Ints:
    """Return what cleared what and when: rows of (item, time, surely), in this order."""
    found, count = np.empty((64, 3), np.int64), 0
    for event in range(len(marks)):
        if marks[event] & CLEARS == 0 or flags_of(c, event) & HIDDEN:
            continue
        flags, act = flags_of(c, event), act_of(c, event)
        part, words, begin, end = event_row(c, event)
        childless = act in (UNPACKED, DETACHED) and named_with(c, event, CHILD) == NOWHERE
        for at in range(begin, end):
            role = word(words, at) & ROLE_MASK
            if role in (PARENT, SUBJECT):
                if count == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                surely = flags & CLEANS or (childless and role == PARENT)
                found[count, 0] = number_of(c, part, word(words, at) >> ITEM_SHIFT)
                found[count, 1], found[count, 2] = time_of(c, event), 1 if surely else 0
                count += 1
    return found[:count]


@njit(cache=True)
def _cleared(clearings: Ints, parent: int, since: int, until: int, surely: bool) -> bool:
    """Tell whether a parent was cleared after ``since`` and before ``until``: surely, or perhaps."""
    low, high = 0, len(clearings)
    while low < high:
        middle = (low + high) >> 1
        row = clearings[middle]
        if row[0] < parent or (row[0] == parent and row[1] <= since):
            low = middle + 1
        else:
            high = middle
    while low < len(clearings) and clearings[low, 0] == parent and clearings[low, 1] < until:
        if clearings[low, 2] or not surely:
            return True
        low += 1
    return False


@njit(cache=True)
def _strays(c: int, item: int, clearings: Ints) -> bool:
    """Tell whether an item may have been in two places, or where nothing put it."""
    words, begin, end = item_row(c, item)
    is_lot = kind_of(c, item) == LOT
    inside, since, left_at, left = NOWHERE, 0, 0, False
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        if flags_of(c, event) & HIDDEN or role not in (CHILD, OUTPUT):
            continue
        when, act = time_of(c, event), act_of(c, event)
        if role == OUTPUT:
            if inside != NOWHERE:
                return True
            continue
        parent = named_with(c, event, PARENT)
        if is_lot or parent == NOWHERE:  # of a lot there may be parts in many places
            if parent == NOWHERE or act not in (PACKED, ATTACHED):
                return True
            continue
        if act in (PACKED, ATTACHED):
            if inside != NOWHERE and not _cleared(clearings, inside, since, when, True):
                return True
            if left and left_at == when:
                return True
            inside, since = parent, when
        else:
            if inside != parent or since >= when or _cleared(clearings, inside, since, when, False):
                return True
            if act in (UNPACKED, DETACHED):
                inside, left, left_at = NOWHERE, True, when
    return False


@njit(cache=True)
def _has_origin(c: int, item: int, marks: Bytes) -> bool:
    """Tell whether something surely made or brought in an item, itself or its lot, before it was used."""
    made = _made(c, item, marks)
    if made != FOREVER:
        return made != UNSURE and first_use(c, item) >= made
    if kind_of(c, item) == UNIT:
        words, begin, end = item_row(c, item)
        lot = given_lot(c, item, words, begin, end)
        if lot == SEVERAL:
            return False
        if lot != NOWHERE:
            return _made(c, lot, marks) not in (FOREVER, UNSURE) or _arrived(c, lot, marks, FOREVER)
    used = first_use(c, item)
    return used == FOREVER or _arrived(c, item, marks, used)


@njit(cache=True)
def _arrived(c: int, item: int, marks: Bytes, until: int) -> bool:
    words, begin, end = item_row(c, item)
    for at in range(begin, end):
        event = word(words, at) >> EVENT_SHIFT
        if time_of(c, event) > until:
            break
        counts = word(words, at) & ROLE_MASK == SUBJECT and flags_of(c, event) & HIDDEN == 0
        if counts and (act_of(c, event) == COMMISSIONED or marks[event] & ARRIVES):
            return True
    return False


@njit(cache=True)
def _made(c: int, item: int, marks: Bytes) -> int:
    """Return when a process first made an item; :data:`FOREVER` where none did, :data:`UNSURE` where one may have taken
    in the item itself, or what it was a part of.
    """
    words, begin, end = item_row(c, item)
    first, joined, made_jointly, is_part = FOREVER, False, False, False
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        if flags_of(c, event) & HIDDEN:
            continue
        if role == CHILD:
            parent = named_with(c, event, PARENT)
            is_part = is_part or parent == NOWHERE or kind_of(c, parent) == UNIT
        elif role == INPUT:
            joined = joined or marks[event] & JOINED != 0
        elif role == OUTPUT:
            made_jointly = made_jointly or marks[event] & JOINED != 0
            if _takes(c, event, item, words, begin, end):
                return UNSURE
            first = min(first, time_of(c, event))
    return UNSURE if made_jointly and (joined or is_part) else first


@njit(cache=True)
def _takes(c: int, event: int, item: int, own: int, begin: int, end: int) -> bool:
    """Tell whether an event takes in an item, or anything that the item was ever put into; ``own``: the item's row."""
    part, words, first, last = event_row(c, event)
    for at in range(first, last):
        if word(words, at) & ROLE_MASK != INPUT:
            continue
        taken = number_of(c, part, word(words, at) >> ITEM_SHIFT)
        if taken == item:
            return True
        if kind_of(c, taken) != UNIT:
            continue
        for place in range(begin, end):
            if word(own, place) & ROLE_MASK == CHILD:
                parent = named_with(c, word(own, place) >> EVENT_SHIFT, PARENT)
                if parent in (taken, NOWHERE):
                    return True
    return False
