"""The backward kernel: what went into asked items, over the plain part of the ledger.

Where no input has a rival, and no lot was filled twice, everything that went in went in for sure, so the verdicts need
no forward run: forward from each of what is found would give just that. What held any of it is a condition: certain
if it held it for a while before it was used. Anything else is left to the reference as a whole: the answer is None.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from suyuan.trace.domain.engine.knots import (
    CHILD,
    COMMISSIONED,
    INPUT,
    KNOT,
    LOT,
    OUTPUT,
    PACKED,
    PRODUCT,
    RIVALS,
    SEVERAL,
    SUBJECT,
    UNIT,
    given_lot,
    knotted,
)
from suyuan.trace.domain.engine.layout import AMOUNT_BIT, EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import word
from suyuan.trace.domain.engine.mirror_holders import contents, has_parts, holders, holds_at
from suyuan.trace.domain.engine.mirror_notes import (
    CLIMBED,
    DEEPEST,
    DEPTH,
    EDGES,
    EXPANDED,
    FOUND,
    ITEM,
    LEFT,
    LEVEL,
    MADE,
    PLACE,
    USED,
    new_counts,
    note_edge,
    note_thing,
    note_use,
    roomy,
    roomy_heads,
)
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.sheet import (
    HIDDEN,
    NOWHERE,
    act_of,
    event_row,
    flags_of,
    item_row,
    kind_at,
    kind_of,
    number_of,
    time_of,
)
from suyuan.trace.domain.engine.spread import birth
from suyuan.trace.domain.times import EVER, FOREVER

DONE, AT_A_KNOT, THERE_IS_MORE = range(3)


@njit(cache=True)
def _filled_once(c: int, lot: int) -> bool:
    """Tell whether a plain lot was made by one event at the most; of one that was made, the making comes first."""
    words, begin, end = item_row(c, lot)
    made = 0
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        if flags_of(c, event) & HIDDEN:
            continue
        if role == OUTPUT:
            made += 1
        elif made == 0 and (role != SUBJECT or act_of(c, event) != COMMISSIONED):
            return True
        if made > 1:
            return False
    return True


@njit(cache=True)
def named_birth(c: int, unit: int) -> int:
    """Return the event that commissioned a unit, or, where none did, made it."""
    words, begin, end = item_row(c, unit)
    made = NOWHERE
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        if flags_of(c, event) & HIDDEN:
            continue
        if role == SUBJECT and act_of(c, event) == COMMISSIONED:
            return event
        if role == OUTPUT and made == NOWHERE:
            made = event
    return made


@njit(cache=True)
def _all_counted_in(c: int, event: int) -> bool:
    """Tell whether an event made one single unit, and says of all that it took in that it went into it: then inputs of
    one product leave nothing open.
    """
    part, words, begin, end = event_row(c, event)
    made, unit = 0, False
    for at in range(begin, end):
        role, kind = word(words, at) & ROLE_MASK, kind_at(c, part, word(words, at) >> ITEM_SHIFT)
        if role == OUTPUT:
            made, unit = made + 1, kind == UNIT
        elif role == INPUT and kind != UNIT and word(words, at) & AMOUNT_BIT == 0:
            return False
    return made == 1 and unit


@njit(cache=True)
def _ingredients(  # noqa: PLR0912 (one pass over a row)
    c: int, at: int, found: Ints, counts: Ints, uses: Ints, heads: Ints, edges: Ints, wide: bool
) -> tuple[bool, Ints, Ints, Ints, Ints]:
    """Follow one item back to what it was made of; return whether no knot was met."""
    item, depth = found[at, ITEM], found[at, DEPTH] + 1
    words, begin, end = item_row(c, item)
    kind = kind_of(c, item)
    if kind == UNIT:
        lot = given_lot(c, item, words, begin, end)
        if lot == SEVERAL:
            return False, found, uses, heads, edges
        if lot != NOWHERE:
            event = birth(c, item)
            if event < 0 or knotted(c, lot) or not _filled_once(c, lot):
                return False, found, uses, heads, edges
            found, heads, edges = roomy(found, counts[FOUND]), roomy_heads(heads, counts), roomy(edges, counts[EDGES])
            note_edge(edges, counts, lot, item, named_birth(c, item))
            note_thing(found, counts, heads, lot, time_of(c, event), depth, item, event, NOWHERE)
    for row in range(begin, end):
        event, role = word(words, row) >> EVENT_SHIFT, word(words, row) & ROLE_MASK
        flags = flags_of(c, event)
        if flags & HIDDEN:
            continue
        if role != OUTPUT:
            if role == INPUT and kind == LOT:
                break  # a plain lot was made before it was used
            continue
        if flags & KNOT or (flags & RIVALS and not _all_counted_in(c, event)):
            return False, found, uses, heads, edges
        part, others, low, high = event_row(c, event)
        instant = time_of(c, event)
        for other in range(low, high):
            place = word(others, other) >> ITEM_SHIFT
            if word(others, other) & ROLE_MASK != INPUT or kind_at(c, part, place) == PRODUCT:
                continue
            source = number_of(c, part, place)
            is_lot = kind_at(c, part, place) == LOT
            if knotted(c, source) or (is_lot and not _filled_once(c, source)):
                return False, found, uses, heads, edges
            found, heads, edges = roomy(found, counts[FOUND]), roomy_heads(heads, counts), roomy(edges, counts[EDGES])
            note_edge(edges, counts, source, item, event)
            if is_lot:  # nothing holds a plain lot, so when it was used first and nearest is all there is to know
                note_thing(found, counts, heads, source, instant, depth, item, event, NOWHERE)
                continue
            uses = roomy(uses, counts[USED])
            note_use(
                found, counts, uses, heads, source, instant, instant, depth, item, event, MADE, wide, NOWHERE
            )  # fmt: skip
    return True, found, uses, heads, edges


@njit(cache=True, nogil=True)
def follow(
    c: int, found: Ints, counts: Ints, uses: Ints, heads: Ints, edges: Ints, wide: bool, most: int
) -> tuple[int, Ints, Ints, Ints, Ints]:
    """Follow what was found back to what it was made of, the nearest first, and at most so many things at once; return
    how it ended (:data:`DONE`, :data:`AT_A_KNOT`, :data:`THERE_IS_MORE`).
    """
    plain, done = True, 0
    while counts[LEFT]:
        while counts[PLACE] < counts[FOUND]:
            at = counts[PLACE]
            if found[at, EXPANDED] == 0:
                counts[LEFT] = 2
                if found[at, DEPTH] <= counts[LEVEL]:
                    if done == most:
                        return THERE_IS_MORE, found, uses, heads, edges
                    found[at, EXPANDED] = 1
                    done += 1
                    plain, found, uses, heads, edges = _ingredients(c, at, found, counts, uses, heads, edges, wide)
                    if not plain:
                        return AT_A_KNOT, found, uses, heads, edges
            counts[PLACE] += 1
        counts[LEFT] -= 1
        counts[PLACE], counts[LEVEL] = 0, counts[LEVEL] + 1
    return DONE, found, uses, heads, edges


@njit(cache=True, nogil=True)
def climb(
    c: int, found: Ints, counts: Ints, uses: Ints, heads: Ints, holdings: Ints, edges: Ints, before: Ints,
    before_heads: Ints, most: int,
) -> tuple[int, Ints, Ints]:  # fmt: skip
    """Note what held anything found, while it mattered, at most for so many things at once; return how it ended, as
    above. ``before`` was found before, with its heads.
    """
    path, plain, last = np.empty((5, DEEPEST + 1), np.int64), True, min(counts[CLIMBED] + most, counts[FOUND])
    for at in range(counts[CLIMBED], last):
        if kind_of(c, found[at, ITEM]) == UNIT:
            plain, holdings, edges = holders(
                c, at, found, uses, heads, counts, holdings, edges, path, before, before_heads
            )  # fmt: skip
            if not plain:
                return AT_A_KNOT, holdings, edges
    counts[CLIMBED] = last
    return DONE if last == counts[FOUND] else THERE_IS_MORE, holdings, edges


@njit(cache=True, nogil=True)
def begin(c: int, asked: Ints, wide: bool) -> tuple[bool, Ints, Ints, Ints, Ints, Ints, Ints]:
    """Return whether no knot was met, the asked items and what the containers among them held as what was found, with
    counts, uses, heads, holdings and hops.
    """
    found, uses = np.empty((64, 8), np.int64), np.empty((64, 10), np.int64)
    holdings, edges, counts = np.empty((64, 11), np.int64), np.empty((64, 3), np.int64), new_counts()
    heads, plain = np.zeros((256, 2), np.int64), True
    for item in asked:
        if knotted(c, item) or (kind_of(c, item) == LOT and not _filled_once(c, item)):
            return False, found, counts, uses, heads, holdings, edges
        found, uses = roomy(found, counts[FOUND]), roomy(uses, counts[USED])
        heads = roomy_heads(heads, counts)
        note_use(found, counts, uses, heads, item, EVER, FOREVER, 0, NOWHERE, NOWHERE, MADE, wide, NOWHERE)
    for item in asked:
        kind = kind_of(c, item)
        if kind not in (UNIT, LOT) or (kind == UNIT and has_parts(c, item)):
            plain, found, uses, heads, holdings, edges = contents(
                c, item, found, counts, uses, heads, holdings, edges, wide
            )  # fmt: skip
            words, begins, end = item_row(c, item)
            for at in range(begins, end):
                event = word(words, at) >> EVENT_SHIFT
                if kind != UNIT and word(words, at) & ROLE_MASK == CHILD and flags_of(c, event) & HIDDEN == 0:
                    plain = plain and (act_of(c, event) != PACKED or holds_at(c, item, time_of(c, event)))
            if not plain:
                break
    return plain, found, counts, uses, heads, holdings, edges
