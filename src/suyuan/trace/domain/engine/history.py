"""Histories from the index: what the backward kernel finds, told in columns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from suyuan.trace.domain.answer import Doubt, Hop
from suyuan.trace.domain.engine import sheet as slot
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.mirror import (
    DEPTH,
    END,
    ENTERED,
    EVENT,
    HOLDER,
    ITEM,
    SINCE,
    STEPS,
    SURE,
    UNTIL,
    VIA,
    WHAT,
    back,
)
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.scoping import Scoped, ScopeLabels, ScopeQuestion
from suyuan.trace.domain.times import EVER, FOREVER

_CONTACT = 1 << tuple(Doubt).index(Doubt.CONTACT)


def history(assembled: Assembled, question: ScopeQuestion) -> Scoped | None:
    """Return what went into the asked items; None where the reference is to be asked."""
    asked = assembled.items(question.starts)
    if len(asked) == 0 or asked.min() < 0 or (question.times != FOREVER).any():
        return None
    sheet = assembled.sheet.copy()
    sheet[slot.STATES] = assembled.states.ctypes.data  # what is judged once stays so: the judgements are shared
    plain, found, holdings = back(int(sheet.ctypes.data), np.unique(asked), np.zeros(len(assembled.states), np.int32))
    return _told(assembled, question.starts, found, holdings) if plain else None


def _told(assembled: Assembled, starts: Ints, found: Ints, holdings: Ints) -> Scoped:
    ids = assembled.ids(found[:, ITEM])
    first = np.isin(ids, starts)
    via, event = np.zeros(len(ids), np.int64), assembled.numbers(found[:, EVENT])
    came = found[:, VIA] >= 0
    via[came] = assembled.ids(found[came, VIA])
    holders = assembled.ids(holdings[:, HOLDER])
    best = _best(holders, holdings)
    kept = np.flatnonzero(~np.isin(holders, starts))
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
        until[order], depth[order], via[order], event[order],
        np.where(certain[order] == 1, 0, _CONTACT).astype(np.uint16),
    )  # fmt: skip
    onward = {int(i): (int(v), int(e)) for i, v, e in zip(item, via, event, strict=True) if v}
    return Scoped(labels, lambda asked: _path(onward, asked))


def _best(holders: Ints, holdings: Ints) -> Ints:
    """Return, for each holding, the one of the same holder that shows it best: certain first, then nearest."""
    order = np.lexsort((holdings[:, SINCE], holdings[:, STEPS], 1 - holdings[:, SURE], holders))
    new = np.ones(len(order), np.bool_)
    new[1:] = holders[order][1:] != holders[order][:-1]
    best = np.empty(len(order), np.int64)
    best[order] = order[np.flatnonzero(new)][np.cumsum(new) - 1] if len(order) else order
    return best


def _path(onward: Mapping[int, tuple[int, int]], item: int) -> tuple[Hop, ...]:
    hops: list[Hop] = []
    while item in onward and len(hops) <= len(onward):
        item, event = onward[item]
        hops.append(Hop(item, event or None))
    return tuple(hops)
