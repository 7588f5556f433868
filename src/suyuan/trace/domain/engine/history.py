"""Histories from the index: what the backward kernel finds, told in columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suyuan.trace.domain.answer import Doubt, Hop
from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine import sheet as slot
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.mirror import back
from suyuan.trace.domain.engine.mirror_notes import (
    DEPTH,
    END,
    ENTERED,
    EVENT,
    HOLDER,
    ITEM,
    LOWER,
    OPENED,
    SINCE,
    STEPS,
    SURE,
    UNTIL,
    USE,
    VIA,
    WHAT,
)
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.scoping import Scoped, ScopeLabels, ScopeQuestion
from suyuan.trace.domain.times import EVER, FOREVER

_CONTACT = 1 << tuple(Doubt).index(Doubt.CONTACT)


@dataclass(frozen=True, slots=True)
class Lineage:
    """What the backward kernel found (see mirror_notes), over these segments."""

    assembled: Assembled
    address: int
    sheet: Ints
    found: Ints
    holdings: Ints
    edges: Ints


def lineage(assembled: Assembled, starts: Ints, times: Ints) -> Lineage | None:
    """Return what went into the asked items; None where the reference is to be asked."""
    asked = assembled.items(starts)
    if len(asked) == 0 or asked.min() < 0 or (times != FOREVER).any():
        return None
    sheet = assembled.sheet.copy()
    sheet[slot.STATES] = assembled.states.ctypes.data  # what is judged once stays so: the judgements are shared
    address = int(sheet.ctypes.data)
    plain, found, holdings, edges = back(address, distinct(asked))
    return Lineage(assembled, address, sheet, found, holdings, edges) if plain else None


def history(assembled: Assembled, question: ScopeQuestion) -> Scoped | None:
    """Return what went into the asked items; None where the reference is to be asked."""
    traced = lineage(assembled, question.starts, question.times)
    return None if traced is None else _told(traced, question.starts)


def _told(traced: Lineage, starts: Ints) -> Scoped:
    assembled, found, holdings = traced.assembled, traced.found, traced.holdings
    ids = assembled.ids(found[:, ITEM])
    first = np.isin(ids, starts)
    via, event = np.zeros(len(ids), np.int64), assembled.numbers(found[:, EVENT])
    came = found[:, VIA] >= 0
    via[came] = assembled.ids(found[came, VIA])
    holders = assembled.ids(holdings[:, HOLDER])
    best = best_of(holders, holdings)
    kept = np.flatnonzero(~np.isin(holders, ids))  # a unit that went in may have held its parts
    _, single = np.unique(np.stack([holders, holdings[:, SINCE], holdings[:, END]], 1)[kept], axis=0, return_index=True)
    kept = kept[np.sort(single)]
    chosen = best[kept]
    item = np.concatenate([ids, holders[kept]])
    depth = np.concatenate([found[:, DEPTH], holdings[chosen, STEPS]])
    certain = np.concatenate([np.ones(len(ids), np.int64), holdings[chosen, SURE]])
    since = np.concatenate([np.full(len(ids), EVER), holdings[kept, SINCE]])
    until = np.concatenate([np.where(first, FOREVER, found[:, UNTIL]), holdings[kept, END]])
    via = np.concatenate([via, assembled.ids(holdings[chosen, WHAT])])
    event = np.concatenate([event, assembled.numbers(holdings[chosen, ENTERED])])
    kind = np.concatenate([assembled.kinds(found[:, ITEM]), assembled.kinds(holdings[kept, HOLDER])])
    holder = np.concatenate([np.zeros(len(ids), np.uint8), np.ones(len(kept), np.uint8)])
    via[: len(ids)][first], event[: len(ids)][first] = 0, 0
    order = np.lexsort((since, item, depth, ~np.isin(item, starts)))
    labels = ScopeLabels(
        item[order], kind[order].astype(np.uint8), certain[order].astype(np.uint8), holder[order], since[order],
        until[order], depth[order].astype(np.int32), np.where(certain[order] == 1, 0, _CONTACT).astype(np.uint16),
        lambda rows: (via[order[rows]], event[order[rows]]),
    )  # fmt: skip
    ways = Ways(traced)
    return Scoped(labels, ways.explain)


def best_of(holders: Ints, holdings: Ints) -> Ints:
    """Return, for each holding, the one of the same holder that shows it best: certain first, then nearest."""
    order = np.lexsort((holdings[:, SINCE], holdings[:, STEPS], 1 - holdings[:, SURE], holders))
    new = np.ones(len(order), np.bool_)
    new[1:] = holders[order][1:] != holders[order][:-1]
    best = np.empty(len(order), np.int64)
    best[order] = order[np.flatnonzero(new)][np.cumsum(new) - 1] if len(order) else order
    return best


class Ways:
    """The explaining paths of a history. Items go by their numbers over all segments."""

    def __init__(self, traced: Lineage) -> None:
        self._assembled, holdings = traced.assembled, traced.holdings
        numbers = np.concatenate([traced.found[:, ITEM], holdings[:, HOLDER]])
        self.ids: dict[int, int] = dict(zip(numbers.tolist(), self._assembled.ids(numbers).tolist(), strict=True))
        events = np.concatenate([traced.found[:, EVENT], holdings[:, ENTERED], holdings[:, OPENED]])
        self._numbers: dict[int, int] = dict(
            zip(events.tolist(), self._assembled.numbers(events).tolist(), strict=True)
        )
        self._rows: list[list[int]] = holdings.tolist()
        self._best = dict(
            zip(holdings[:, HOLDER].tolist(), best_of(holdings[:, HOLDER], holdings).tolist(), strict=True)
        )
        self._hops: dict[int, Hop | None] = {}
        self._steps: dict[int, tuple[int, int]] = {}
        for row in traced.found.tolist():
            if row[VIA] < 0:
                self._hops[row[ITEM]] = None
            else:
                self._steps[row[ITEM]] = row[VIA], row[EVENT]
        for row in self._rows:
            if row[USE] < 0:
                self._steps[row[HOLDER]] = row[WHAT], row[ENTERED]

    def of_thing(self, item: int) -> Hop | None:
        """Return the path of something that went in, or of a container within the asked one."""
        way: list[int] = []
        at = item
        while at not in self._hops:
            way.append(at)
            at = self._steps[at][0]
        for below in reversed(way):
            via, event = self._steps[below]
            self._hops[below] = Hop(self.ids[via], self._number(event), onward=self._hops[via])
        return self._hops[item]

    def of_holder(self, holder: int) -> Hop | None:
        """Return the path of what held an ingredient: down through what was in it, then on with the ingredient."""
        row = self._rows[self._best[holder]]
        if row[USE] < 0:
            return self.of_thing(holder)
        through, events, lower, what = [], [], row, row[WHAT]
        while lower[LOWER] >= 0:
            events.append(self._number(lower[OPENED]))
            lower = self._rows[lower[LOWER]]
            through.append(self.ids[lower[HOLDER]])
        entered = self._number(row[ENTERED])
        return Hop(self.ids[what], entered, tuple(through), tuple(events), self.of_thing(what))

    def explain(self, item: int) -> tuple[Hop, ...]:
        """Return the path of an item by its number in the ledger, hop by hop."""
        number = int(self._assembled.items(np.array([item], np.int64))[0])
        known = number in self._hops or number in self._steps
        hop = self.of_thing(number) if known else self.of_holder(number) if number in self._best else None
        hops: list[Hop] = []
        while hop is not None:
            hops.append(hop)
            hop = hop.onward
        return tuple(hops)

    def _number(self, event: int) -> int | None:
        return None if event < 0 else self._numbers[event]
