"""Histories from the index: what the backward kernel finds, told in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from suyuan.trace.domain.answer import Doubt, Hop
from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine import sheet as slot
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.mirror import DONE, THERE_IS_MORE, begin, climb, follow
from suyuan.trace.domain.engine.mirror_contact import beside, in_turn, shares_of
from suyuan.trace.domain.engine.mirror_notes import (
    BY,
    BY_EVENT,
    DEPTH,
    EDGES,
    END,
    ENTERED,
    EVENT,
    FOUND,
    HOLDER,
    HOLDINGS,
    ITEM,
    OF,
    SINCE,
    SPANS,
    STEPS,
    SURE,
    UNTIL,
    USE,
    USED,
    VIA,
    WHAT,
)
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.engine.touching import any_used_before
from suyuan.trace.domain.engine.ways import Contacts, Ways
from suyuan.trace.domain.scoping import Alive, Scoped, ScopeLabels, ScopeQuestion
from suyuan.trace.domain.times import EVER, FOREVER

_CONTACT = 1 << tuple(Doubt).index(Doubt.CONTACT)
_CERTAIN, _POSSIBLE, _NOT_LISTED = range(3)


@dataclass(frozen=True, slots=True)
class Beside:
    """What went into the things that were together with what went in (see mirror_contact)."""

    shares: Ints
    found: Ints
    uses: Ints
    holdings: Ints
    edges: Ints


@dataclass(frozen=True, slots=True)
class Lineage:
    """What the backward kernel found (see mirror_notes), over these segments. ``beside``: with cross-contact."""

    assembled: Assembled
    address: int
    sheet: Ints
    found: Ints
    uses: Ints
    holdings: Ints
    edges: Ints
    beside: Beside | None


_AT_ONCE = 20_000
"""So many things are followed between two looks at whether anybody still waits for the answer."""


def lineage(assembled: Assembled, starts: Ints, times: Ints, *, siblings: bool, alive: Alive) -> Lineage | None:
    """Return what went into the asked items; None where the reference is to be asked."""
    asked = assembled.items(starts)
    if len(asked) == 0 or asked.min() < 0 or (times != FOREVER).any():
        return None
    sheet = assembled.sheet.copy()
    sheet[slot.STATES] = assembled.states.ctypes.data  # what is judged once stays so: the judgements are shared
    address = int(sheet.ctypes.data)
    plain, *tables = begin(address, distinct(asked), siblings)
    found = _followed(address, tables, None, siblings, alive) if plain else None
    if found is None:
        return None
    near = _beside(address, found, alive) if siblings else None
    if siblings and near is None:
        return None
    return Lineage(assembled, address, sheet, found.found, found.uses, found.holdings, found.edges, near)


class _Found(NamedTuple):
    found: Ints
    uses: Ints
    heads: Ints
    holdings: Ints
    edges: Ints


def _followed(address: int, tables: Sequence[Ints], before: _Found | None, wide: bool, alive: Alive) -> _Found | None:
    """Follow what begins in these tables to its end; None at a knot. ``before``: what was found before."""
    found, counts, uses, heads, holdings, edges = tables
    known = (np.empty((0, 8), np.int64), np.zeros((2, 2), np.int64)) if before is None else (before.found, before.heads)
    how = THERE_IS_MORE
    while how == THERE_IS_MORE:
        alive()
        how, found, uses, heads, edges = follow(address, found, counts, uses, heads, edges, wide, _AT_ONCE)
    how = THERE_IS_MORE if how == DONE else how
    while how == THERE_IS_MORE:
        alive()
        how, holdings, edges = climb(address, found, counts, uses, heads, holdings, edges, *known, _AT_ONCE)
    edges = edges[: counts[EDGES]]
    if how != DONE or any_used_before(address, distinct(edges[:, BY_EVENT])):
        return None
    return _Found(found[: counts[FOUND]], uses[: counts[USED]], heads, holdings[: counts[HOLDINGS]], edges)


def _beside(address: int, own: _Found, alive: Alive) -> Beside | None:
    """Return what cross-contact adds; None where the reference is to be asked."""
    alive()
    plain, shares = shares_of(address, own.found, own.uses)
    if not plain:
        return None
    shares = in_turn(shares)
    plain, *tables = beside(address, shares)
    near = _followed(address, tables, own, True, alive) if plain else None
    return None if near is None else Beside(shares, near.found, near.uses, near.holdings, near.edges)


class Listing:
    """What a history lists. Items go by their numbers over all segments.

    ``things``: what went in, the asked ones among it, ``surely`` those of which that is certain. ``holdings``: those of
    the kernel, then those beside; ``kept``: the rows that tell when something listed held what mattered, each time
    once; ``best``: for each row the row that shows the same holder best; ``sure``: whether that is certain.
    """

    def __init__(self, traced: Lineage) -> None:
        near = traced.beside
        self._traced = traced
        found, holdings, self._own = traced.found, traced.holdings, len(traced.holdings)
        self.things, self.depth, self.until = found[:, ITEM], found[:, DEPTH], found[:, UNTIL]
        self.via, self.event = found[:, VIA], found[:, EVENT]
        self.surely: Bytes = np.ones(len(found), np.uint8)
        rank = np.where(holdings[:, SURE] == 1, _CERTAIN, _POSSIBLE)
        spans = holdings[:, SPANS] == 1
        if near is not None:
            known = _places(self.things, near.found[:, ITEM])
            more, again = np.flatnonzero(known < 0), np.flatnonzero(known >= 0)
            until = self.until.copy()
            last = np.where(known >= 0, until[known], EVER)
            until[known[again]] = np.maximum(until[known[again]], near.found[again, UNTIL])
            self.until = np.concatenate([until, near.found[more, UNTIL]])
            self.things = np.concatenate([self.things, near.found[more, ITEM]])
            self.depth = np.concatenate([self.depth, near.found[more, DEPTH]])
            self.via = np.concatenate([self.via, near.found[more, VIA]])
            self.event = np.concatenate([self.event, near.found[more, EVENT]])
            self.surely = np.concatenate([self.surely, np.zeros(len(more), np.uint8)])
            use = near.uses[near.holdings[:, USE]]
            holdings = np.concatenate([holdings, near.holdings])
            rank = np.concatenate([rank, np.where(near.holdings[:, SURE] == 1, _POSSIBLE, _NOT_LISTED)])
            spans = np.concatenate([spans, (near.holdings[:, SPANS] == 1) & (use[:, BY] > last[use[:, OF]])])
        self.holdings = holdings
        self.best = best_of(holdings, rank)
        self.sure = (rank[self.best] == _CERTAIN).astype(np.uint8)
        # a unit that went in may have held its parts
        shown = spans & (rank[self.best] < _NOT_LISTED) & (_places(self.things, holdings[:, HOLDER]) < 0)
        self.kept = np.sort(_each_once(holdings, np.flatnonzero(shown)))

    @cached_property
    def _ways(self) -> tuple[Ways, Ways | None]:
        traced, near = self._traced, self._traced.beside
        ways = Ways(traced.assembled, traced.found, traced.uses, traced.holdings)
        if near is None:
            return ways, None
        contacts = Contacts(traced.assembled, traced.address, near.shares, traced.uses, ways)
        return ways, Ways(traced.assembled, near.found, near.uses, near.holdings, contacts)

    @cached_property
    def _holders(self) -> dict[int, int]:
        return dict(zip(self.holdings[self.kept, HOLDER].tolist(), self.best[self.kept].tolist(), strict=True))

    def way(self, item: int) -> Hop | None:
        """Return the first hop of the path of something listed; None at an asked item, and of what is not listed."""
        own, near = self._ways
        if item in own:
            return own.of_thing(item)
        if near is not None and item in near:
            return near.of_thing(item)
        at = self._holders.get(item)
        if at is None:
            return None
        if at < self._own or near is None:
            return own.of_holder(at)
        return near.of_holder(at - self._own)

    def explain(self, item: int) -> tuple[Hop, ...]:
        """Return the path of a listed item by its number in the ledger, hop by hop."""
        hops: list[Hop] = []
        hop = self.way(int(self._traced.assembled.items(np.array([item], np.int64))[0]))
        while hop is not None:
            hops.append(hop)
            hop = hop.onward
        return tuple(hops)


def best_of(holdings: Ints, rank: npt.NDArray[np.integer]) -> Ints:
    """Return, for each holding, the one of the same holder that shows it best: by rank, then the nearest."""
    holders = holdings[:, HOLDER]
    order = np.lexsort((holdings[:, SINCE], holdings[:, STEPS], rank, holders))
    new = np.ones(len(order), np.bool_)
    new[1:] = holders[order][1:] != holders[order][:-1]
    best = np.empty(len(order), np.int64)
    best[order] = order[np.flatnonzero(new)][np.cumsum(new) - 1] if len(order) else order
    return best


def _each_once(holdings: Ints, rows: Ints) -> Ints:
    """Return of these rows one for each holder and time."""
    told = holdings[rows][:, [HOLDER, SINCE, END]]
    order = np.lexsort(told.T)
    new = np.ones(len(order), np.bool_)
    new[1:] = (told[order][1:] != told[order][:-1]).any(axis=1)
    return rows[order[new]]


def _places(listed: Ints, wanted: Ints) -> Ints:
    """Return the places of numbers in a list, not sorted, that has each once; -1 where one is not there."""
    order = np.argsort(listed, kind="stable")
    at = np.minimum(np.searchsorted(listed, wanted, sorter=order), len(listed) - 1)
    return np.where(listed[order[at]] == wanted, order[at], -1).astype(np.int64)


def history(assembled: Assembled, question: ScopeQuestion, alive: Alive) -> Scoped | None:
    """Return what went into the asked items; None where the reference is to be asked."""
    traced = lineage(assembled, question.starts, question.times, siblings=question.siblings, alive=alive)
    return None if traced is None else _told(assembled, Listing(traced), question.starts)


def _told(assembled: Assembled, listing: Listing, starts: Ints) -> Scoped:
    kept, chosen = listing.kept, listing.holdings[listing.best[listing.kept]]
    rows = listing.holdings[kept]
    ids, holders = assembled.ids(listing.things), assembled.ids(rows[:, HOLDER])
    first = np.isin(ids, starts)
    via, event = np.zeros(len(ids), np.int64), assembled.numbers(listing.event)
    came = listing.via >= 0
    via[came] = assembled.ids(listing.via[came])
    item = np.concatenate([ids, holders])
    depth = np.concatenate([listing.depth, chosen[:, STEPS]])
    certain = np.concatenate([listing.surely, listing.sure[kept]])
    since = np.concatenate([np.full(len(ids), EVER), rows[:, SINCE]])
    until = np.concatenate([np.where(first, FOREVER, listing.until), rows[:, END]])
    via = np.concatenate([via, assembled.ids(chosen[:, WHAT])])
    event = np.concatenate([event, assembled.numbers(chosen[:, ENTERED])])
    kind = np.concatenate([assembled.kinds(listing.things), assembled.kinds(rows[:, HOLDER])])
    holder = np.concatenate([np.zeros(len(ids), np.uint8), np.ones(len(kept), np.uint8)])
    via[: len(ids)][first], event[: len(ids)][first] = 0, 0
    order = np.lexsort((since, item, depth, ~np.isin(item, starts)))
    labels = ScopeLabels(
        item[order], kind[order].astype(np.uint8), certain[order].astype(np.uint8), holder[order], since[order],
        until[order], depth[order].astype(np.int32), np.where(certain[order] == 1, 0, _CONTACT).astype(np.uint16),
        lambda wanted: (via[order[wanted]], event[order[wanted]]),
    )  # fmt: skip
    return Scoped(labels, listing.explain)
