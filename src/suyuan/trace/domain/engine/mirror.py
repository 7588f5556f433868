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
from suyuan.trace.domain.engine.layout import EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import word
from suyuan.trace.domain.engine.mirror_holders import contents, has_parts, holders, holds_at
from suyuan.trace.domain.engine.mirror_notes import (
    DEEPEST,
    DEPTH,
    EDGES,
    EXPANDED,
    FOUND,
    HOLDINGS,
    ITEM,
    USED,
    note_edge,
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
def _ingredients(  # noqa: PLR0912 (one pass over a row)
    c: int, at: int, found: Ints, counts: Ints, uses: Ints, heads: Ints, edges: Ints
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
            found, uses = roomy(found, counts[FOUND]), roomy(uses, counts[USED])
            heads, edges = roomy_heads(heads, counts), roomy(edges, counts[EDGES])
            note_edge(edges, counts, lot, item, named_birth(c, item))
            if not note_use(found, counts, uses, heads, lot, EVER, time_of(c, event), depth, item, event, 0):
                return False, found, uses, heads, edges
    for row in range(begin, end):
        event, role = word(words, row) >> EVENT_SHIFT, word(words, row) & ROLE_MASK
        flags = flags_of(c, event)
        if flags & HIDDEN:
            continue
        if role != OUTPUT:
            if role == INPUT and kind == LOT:
                break  # a plain lot was made before it was used
            continue
        if flags & (KNOT | RIVALS):
            return False, found, uses, heads, edges
        part, others, low, high = event_row(c, event)
        instant = time_of(c, event)
        for other in range(low, high):
            place = word(others, other) >> ITEM_SHIFT
            if word(others, other) & ROLE_MASK != INPUT or kind_at(c, part, place) == PRODUCT:
                continue
            source = number_of(c, part, place)
            if knotted(c, source) or (kind_at(c, part, place) == LOT and not _filled_once(c, source)):
                return False, found, uses, heads, edges
            found, uses = roomy(found, counts[FOUND]), roomy(uses, counts[USED])
            heads, edges = roomy_heads(heads, counts), roomy(edges, counts[EDGES])
            note_edge(edges, counts, source, item, event)
            if not note_use(found, counts, uses, heads, source, instant, instant, depth, item, event, 0):
                return False, found, uses, heads, edges
    return True, found, uses, heads, edges


@njit(cache=True, nogil=True)
def back(  # noqa: PLR0912 (three stages, each with its way out)
    c: int, asked: Ints
) -> tuple[bool, Ints, Ints, Ints]:
    """Return whether no knot was met, what went into the asked items (themselves first), what held any of it, and the
    hops.
    """
    found, uses = np.empty((64, 7), np.int64), np.empty((64, 8), np.int64)
    holdings, edges, counts = np.empty((64, 10), np.int64), np.empty((64, 3), np.int64), np.zeros(4, np.int64)
    heads = np.zeros((256, 2), np.int64)
    for item in asked:
        if knotted(c, item) or (kind_of(c, item) == LOT and not _filled_once(c, item)):
            return False, found[:0], holdings[:0], edges[:0]
        found, uses = roomy(found, counts[FOUND]), roomy(uses, counts[USED])
        heads = roomy_heads(heads, counts)
        note_use(found, counts, uses, heads, item, EVER, FOREVER, 0, -1, -1, 0)
    for item in asked:
        kind = kind_of(c, item)
        if kind not in (UNIT, LOT) or (kind == UNIT and has_parts(c, item)):
            plain, found, uses, heads, holdings, edges = contents(c, item, found, counts, uses, heads, holdings, edges)
            words, begin, end = item_row(c, item)
            for at in range(begin, end):
                event = word(words, at) >> EVENT_SHIFT
                if kind != UNIT and word(words, at) & ROLE_MASK == CHILD and flags_of(c, event) & HIDDEN == 0:
                    plain = plain and (act_of(c, event) != PACKED or holds_at(c, item, time_of(c, event)))
            if not plain:
                return False, found[:0], holdings[:0], edges[:0]
    level, left = 0, True
    while left:
        left = False
        at = 0
        while at < counts[FOUND]:
            if found[at, EXPANDED] == 0:
                left = True
                if found[at, DEPTH] <= level:
                    found[at, EXPANDED] = 1
                    plain, found, uses, heads, edges = _ingredients(c, at, found, counts, uses, heads, edges)
                    if not plain:
                        return False, found[:0], holdings[:0], edges[:0]
            at += 1
        level += 1
    path = np.empty((5, DEEPEST + 1), np.int64)
    for at in range(counts[FOUND]):
        kind = kind_of(c, found[at, ITEM])
        if kind == UNIT:
            plain, holdings, edges = holders(c, at, found, uses, heads, counts, holdings, edges, path)
            if not plain:
                return False, found[:0], holdings[:0], edges[:0]
    return True, found[: counts[FOUND]], holdings[: counts[HOLDINGS]], edges[: counts[EDGES]]
