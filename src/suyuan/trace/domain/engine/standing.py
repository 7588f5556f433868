"""Where items stand, compiled: read off their own rows from the newest event back, for one state of knowledge.

Whereabouts in the database say the same of now; here they are worked out for the items of an answer alone, from
events that count: so an answer as of an earlier day tells what was known then, and voids and late entries need no care.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.contracts import Action
from suyuan.trace.domain.engine.knots import CHILD, INPUT, PARENT, TRANSFORMATION, UNIT, named_with
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import byte, long, short, word
from suyuan.trace.domain.engine.record import ACTS, Bytes, Ints
from suyuan.trace.domain.engine.sheet import (
    HANDED,
    HIDDEN,
    MEMBER,
    MEMBERS,
    NOWHERE,
    PARTS,
    PLACED,
    act_of,
    event_row,
    flags_of,
    item_row,
    kind_of,
    ledger_number,
    local,
    number_of,
    part_of,
    place_in,
    time_of,
)
from suyuan.trace.domain.stays import HOLDING
from suyuan.trace.domain.times import EVER

Int32s = npt.NDArray[np.int32]
UNKNOWN_STATE, CONSUMED, DECOMMISSIONED, ACTIVE = range(4)
"""What the newest event that counts left an item as; unknown: none does."""
DEEPEST = 20
"""Containers in containers are followed so far up: a circle among them, recorded by mistake, ends."""
_HOLDS = np.array([kind in HOLDING for kind, _ in ACTS], np.uint8)
_PUTS = np.array([kind in HOLDING and action is Action.ADD for kind, action in ACTS], np.uint8)
_TAKES = np.array([kind in HOLDING and action is Action.DELETE for kind, action in ACTS], np.uint8)
_RETIRES = np.array([kind.value == "ObjectEvent" and action is Action.DELETE for kind, action in ACTS], np.uint8)


@njit(cache=True)
def _later(c: int, event: int, other: int) -> bool:
    """Tell whether an event comes after another in the order of (time, number)."""
    at, then = time_of(c, event), time_of(c, other)
    return at > then or (at == then and ledger_number(c, event) > ledger_number(c, other))


@njit(cache=True)
def _empties(c: int, event: int, role: int) -> bool:
    """Tell whether an event that counts took everything out of the container that it names in this role."""
    if role != PARENT or not _TAKES[act_of(c, event)] or flags_of(c, event) & HIDDEN:
        return False
    _, _, begin, end = event_row(c, event)
    return end - begin == 1


@njit(cache=True)
def _emptied(c: int, holder: int, memo: Int32s) -> int:
    """Return the last event that emptied a container; :data:`NOWHERE` where none did."""
    if memo[holder] == 0:
        words, begin, end = item_row(c, holder)
        memo[holder] = -1
        for at in range(end - 1, begin - 1, -1):
            event = word(words, at) >> EVENT_SHIFT
            if _empties(c, event, word(words, at) & ROLE_MASK):
                memo[holder] = event + 1
                break
    return memo[holder] - 1 if memo[holder] > 0 else NOWHERE


@njit(cache=True)
def _still_in(c: int, event: int, emptied: Int32s) -> int:
    """Return what an event put things into, unless it was emptied since; :data:`NOWHERE` then, or without one."""
    holder = named_with(c, event, PARENT)
    last = _emptied(c, holder, emptied) if holder >= 0 else NOWHERE
    return NOWHERE if last >= 0 and _later(c, last, event) else holder


@njit(cache=True)
def _state(c: int, item: int, event: int, role: int) -> int:
    act = act_of(c, event)
    if _RETIRES[act]:
        return DECOMMISSIONED
    return CONSUMED if act == TRANSFORMATION and role == INPUT and kind_of(c, item) == UNIT else ACTIVE


@njit(cache=True)
def _lot_given(c: int, unit: int, event: int) -> int:
    """Return the lot that an event put a unit into; :data:`NOWHERE` where it did not."""
    part = part_of(c, event)
    size, table = long(c, MEMBERS + part), long(c, MEMBER + part)
    mine, place = local(c, event, part), place_in(c, unit, part)
    low, high = 0, size
    while low < high:
        middle = (low + high) >> 1
        if short(table, middle * 3) < mine:
            low = middle + 1
        else:
            high = middle
    while low < size and short(table, low * 3) == mine:
        if short(table, low * 3 + 1) == place:
            return number_of(c, part, short(table, low * 3 + 2))
        low += 1
    return NOWHERE


@njit(cache=True, nogil=True)
def stand(
    c: int, items: Ints, state: Bytes, latest: Int32s, placed: Int32s, held: Int32s, lot: Int32s, emptied: Int32s
) -> None:
    """Write of each item its state, its newest event, the newest that names a place, what holds it now, and the lot
    into which it was last put (:data:`NOWHERE`: none). ``emptied`` is scratch: 0 for every item at first.

    What one event put somewhere together often stands together in ``items`` too: what holds it is then looked up once.
    """
    members, put, put_into = False, NOWHERE, NOWHERE
    for part in range(PARTS):
        members = members or long(c, MEMBERS + part) > 0
    for index in range(len(items)):
        item = items[index]
        words, begin, end = item_row(c, item)
        newest, place, holder, given, in_holder = NOWHERE, NOWHERE, NOWHERE, NOWHERE, False
        unsettled = members and kind_of(c, item) == UNIT
        at = end - 1
        while at >= begin and (newest < 0 or place < 0 or not in_holder or unsettled):
            event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
            at -= 1
            flags = flags_of(c, event)
            if flags & HIDDEN:
                continue
            if newest < 0:
                newest = event
                state[index] = _state(c, item, event, role)
            if place < 0 and flags & PLACED:
                place = event
            if not in_holder and role == CHILD and _HOLDS[act_of(c, event)]:
                in_holder = True
                if not _TAKES[act_of(c, event)]:
                    if event != put:
                        put, put_into = event, _still_in(c, event, emptied)
                    holder = put_into
            if unsettled:
                given = _lot_given(c, item, event)
                unsettled = given < 0
        latest[index], placed[index], held[index], lot[index] = newest, place, holder, given


@njit(cache=True)
def _taken_out_at(c: int, words: int, begin: int, at: int, when: int) -> bool:
    """Tell whether an item was taken out of something at the instant of its row ``at``, by an earlier row."""
    for before in range(at - 1, begin - 1, -1):
        event = word(words, before) >> EVENT_SHIFT
        if time_of(c, event) != when:
            return False
        role = word(words, before) & ROLE_MASK
        if role == CHILD and _TAKES[act_of(c, event)] and flags_of(c, event) & HIDDEN == 0:
            return True
    return False


@njit(cache=True)
def _rank(events: Ints, ranks: Ints, allowed: int, event: int) -> int:
    """Return the rank of the party to whom an event hands over, -1 where the reader may not know of it."""
    if allowed and byte(allowed, event) == 0:
        return -1
    at = np.searchsorted(events, event)
    return ranks[at] if at < len(events) and events[at] == event else -1


@njit(cache=True, nogil=True)
def hand_over(  # noqa: PLR0912 (one pass over the items' rows)
    c: int, begin: int, items: Ints, since: Ints, low: Ints, high: Ints, events: Ints, ranks: Ints, allowed: int,
    at: Ints, party: Int32s, above: Ints, asks: Int32s,
) -> tuple[int, int, int]:  # fmt: skip
    """Write of each item, from row ``begin`` on, when it was last handed over by an event naming it, from ``low`` to
    ``high``, both included, and the rank of the party (-1: never); ``since`` says when what is asked about was put into
    it. Write into ``above`` what held it, to be asked in turn (holder, since, low, high), what follows upon the same
    question once, and into ``asks`` of which item each question is: its row and the row of ``above``.

    ``events``: those that hand over, sorted, each with its rank in ``ranks``; at equal times the smallest counts.
    ``allowed``: address of a byte an event, 0 where all count. Return the first row for which there was no room left in
    ``asks`` (as long as ``above``), and how many rows of ``above`` and of ``asks`` are used.
    """
    count, asked, put, put_into = 0, 0, NOWHERE, NOWHERE
    for index in range(begin, len(items)):
        item = items[index]
        words, first, end = item_row(c, item)
        if asked + end - first > len(asks):
            return index, count, asked
        best, rank_of_best, mine, mine_asked = EVER, -1, count, asked
        latest, until = high[index], high[index]
        for row in range(end - 1, first - 1, -1):
            event, role = word(words, row) >> EVENT_SHIFT, word(words, row) & ROLE_MASK
            flags = flags_of(c, event)
            if flags & HIDDEN or (flags & HANDED == 0 and role not in (CHILD, PARENT)):
                continue
            when = time_of(c, event)
            if when < since[index] and until < low[index]:
                break
            if flags & HANDED and low[index] <= when <= latest:
                rank = _rank(events, ranks, allowed, event)
                if rank >= 0 and (rank_of_best < 0 or when > best or (when == best and rank < rank_of_best)):
                    best, rank_of_best = when, rank
            if when >= since[index] and _empties(c, event, role):
                # what was inside is out from here on: nothing later concerns it
                best, rank_of_best, count, asked = EVER, -1, mine, mine_asked
                latest = min(latest, when - 1)
                until = min(until, latest)
            if role != CHILD:
                continue
            act, lowest = act_of(c, event), max(when, low[index])
            if _TAKES[act]:
                until = min(until, when - 1)
            elif _PUTS[act] and lowest <= until and (rank_of_best < 0 or until >= best):
                if event != put:
                    put, put_into = event, named_with(c, event, PARENT)
                if put_into >= 0 and not _taken_out_at(c, words, first, row, when):
                    count = _question(above, count, put_into, when, lowest, until)
                    asks[asked, 0], asks[asked, 1] = index, count - 1
                    asked += 1
        at[index], party[index] = best, rank_of_best
    return len(items), count, asked


@njit(cache=True)
def _question(above: Ints, count: int, holder: int, since: int, low: int, high: int) -> int:
    """Note a question about a holder, unless the last one is the same; return how many there are."""
    if count > 0:
        last = above[count - 1]
        if last[0] == holder and last[1] == since and last[2] == low and last[3] == high:
            return count
    above[count, 0], above[count, 1], above[count, 2], above[count, 3] = holder, since, low, high
    return count + 1


@njit(cache=True, nogil=True)
def take_over(asks: Int32s, found_at: Ints, found: Int32s, at: Ints, party: Int32s) -> None:
    """Take over, for each item that asked, what its holders say where that is later."""
    for row in range(len(asks)):
        mine, which = asks[row, 0], asks[row, 1]
        when, rank = found_at[which], found[which]
        if rank >= 0 and (party[mine] < 0 or when > at[mine] or (when == at[mine] and rank < party[mine])):
            at[mine], party[mine] = when, rank


@njit(cache=True, nogil=True)
def seen_among(c: int, items: Ints, allowed: Bytes, seen: npt.NDArray[np.bool_]) -> None:
    """Write of each item whether an allowed event names it, voided ones too."""
    for index in range(len(items)):
        words, begin, end = item_row(c, items[index])
        for at in range(begin, end):
            if allowed[word(words, at) >> EVENT_SHIFT]:
                seen[index] = True
                break


@njit(cache=True, nogil=True)
def holders_among(held: Int32s) -> Ints:
    """Return what holds items, what follows upon the same once; in no order, perhaps more than once."""
    found, count, last = np.empty(1024, np.int64), 0, NOWHERE
    for holder in held:
        if holder != last and holder >= 0:
            if count == len(found):
                found = np.concatenate((found, np.empty_like(found)))
            found[count] = holder
            count += 1
        last = holder
    return found[:count]


@njit(cache=True, nogil=True)
def lift(
    held: Int32s, holders: Ints, place: Int32s, newest: Int32s, placed: Int32s, latest: Int32s, above: Int32s
) -> None:
    """Write over ``placed``, and into ``above``, the events that tell where items are and with which disposition: those
    of what holds them (``place`` and ``newest``, of the sorted ``holders``) where that is anywhere, else their own.
    """
    last, at = NOWHERE, NOWHERE
    for index in range(len(held)):
        if held[index] != last:
            last = held[index]
            at = NOWHERE if last < 0 else np.searchsorted(holders, last)
        if at >= 0 and place[at] >= 0:
            placed[index], above[index] = place[at], newest[at]
        else:
            above[index] = latest[index]


@njit(cache=True, nogil=True)
def stand_as(state: Bytes, own: Int32s, above: Int32s, table: Int32s, alone: Bytes) -> None:
    """Write over ``own``, the codes of items' own dispositions, how they stand: by ``table`` (state, disposition), for
    their own disposition where that standing is ``alone`` one's own, else for that in ``above``.
    """
    for index in range(len(state)):
        mine = table[state[index], own[index]]
        own[index] = mine if alone[mine] else table[state[index], above[index]]


@njit(cache=True, nogil=True)
def places_of(c: int, items: Ints, part_at: Bytes, place_at: Int32s) -> None:
    """Write of each item the first part that names it, and its place there."""
    for index in range(len(items)):
        for part in range(PARTS):
            place = place_in(c, items[index], part)
            if place >= 0:
                part_at[index], place_at[index] = part, place
                break
