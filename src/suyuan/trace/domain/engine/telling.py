"""From the tables of the kernel and the labels of the reference to the columns of a scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from suyuan.trace.domain.distinct import without
from suyuan.trace.domain.engine.holdings import Holdings
from suyuan.trace.domain.engine.kernel import Kernel
from suyuan.trace.domain.engine.labels import (
    CERTAIN,
    CODE,
    CONTACT_HOP,
    DEAD,
    DEPTH,
    DOUBT_SHIFT,
    EVENT,
    ITEM,
    NEXT,
    SINCE,
    UNTIL,
    VIA,
    Table,
)
from suyuan.trace.domain.engine.mixed import SharedBook, code_of
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.engine.spreading import Spread
from suyuan.trace.domain.labels import Label, Via
from suyuan.trace.domain.scoping import KINDS, ScopeLabels
from suyuan.trace.domain.times import FOREVER

_HOLDERS = np.array([kind.value in ("carrier", "asset") for kind in KINDS])


def labels_of_spread(found: Spread, starts: Ints) -> ScopeLabels:
    """Return all that a forward run labelled, in the order of a scope."""
    kernel, book, holdings = found.kernel, found.book, found.holdings
    owned = [(item, label) for item in book.own for label in book.of(item)]
    owned += [(item, label) for item in holdings.holding for label in holdings.holding.of(item)]
    kinds = {item: KINDS.index(found.guest.facts.kind(item)) for item, _ in owned}
    return told([own_rows(kernel, book), held_rows(kernel, holdings), told_rows(owned, kinds)], starts)


@dataclass(slots=True)
class Rows:
    """Rows of a scope in the making. ``single``: every item stands in one row only."""

    item: Ints
    kind: Bytes
    code: Ints
    since: Ints
    until: Ints
    depth: Ints
    via: Ints
    event: Ints
    single: bool


def own_rows(kernel: Kernel, book: SharedBook) -> Rows:
    """Return the kernel's labels of what is affected."""
    table, used = kernel.own, kernel.labels
    live, single = _live(table, used)
    rows = _rows(kernel, table, live, np.full(len(live), FOREVER, np.int64), single=single)
    back = table.columns[VIA][live]
    came = np.flatnonzero(back >= 0)
    rows.via[came] = kernel.assembled.ids(table.columns[ITEM][back[came]])
    for row in np.flatnonzero(back < -1).tolist():
        if rows.code[row] & CONTACT_HOP:
            rows.via[row] = book.sharers[-2 - int(back[row])]
            continue
        via = book.origins[-2 - int(back[row])].via
        if via is not None:
            _note(rows, row, via)
    return rows


def held_rows(kernel: Kernel, holdings: Holdings) -> Rows:
    """Return the kernel's labels of what held it."""
    table, used = kernel.held, kernel.holdings
    live, single = _live(table, used)
    single = single and not kernel.own.heads[table.columns[ITEM][live]].any()  # a unit with parts may stand in both
    if holdings.taken:
        live = without(live, np.array(holdings.taken, live.dtype))
    rows = _rows(kernel, table, live, table.columns[UNTIL][live], single=single)
    back = table.columns[VIA][live]
    while (higher := np.flatnonzero(back <= -2)).size:  # it holds what holds what is affected
        back[higher] = table.columns[VIA][-2 - back[higher]]
    came = np.flatnonzero(back >= 0)
    rows.via[came] = kernel.assembled.ids(kernel.own.columns[ITEM][back[came]])
    return rows


def _live(table: Table, used: int) -> tuple[npt.NDArray[np.int64], bool]:
    code = table.columns[CODE][:used]
    live = np.flatnonzero(code & DEAD == 0)
    return live, bool(len(live) == used and (table.columns[NEXT][:used] < 0).all())


def _rows(kernel: Kernel, table: Table, live: Ints, until: Ints, *, single: bool) -> Rows:
    columns = [column[: len(column)] if len(live) == 0 else column[: live[-1] + 1] for column in table.columns]
    if len(live) and len(live) != live[-1] + 1:
        columns = [column[live] for column in columns]
    elif len(live) == 0:
        columns = [column[:0] for column in columns]
    items, assembled = columns[ITEM], kernel.assembled
    return Rows(
        assembled.ids(items), assembled.kinds(items), columns[CODE], columns[SINCE], until, columns[DEPTH],
        np.zeros(len(items), np.int64), assembled.numbers(columns[EVENT]), single,
    )  # fmt: skip


def told_rows(labels: Iterable[tuple[int, Label]], kinds: dict[int, int]) -> Rows:
    """Return labels held as objects; ``kinds`` of their items."""
    found = list(labels)
    rows = Rows(
        np.array([item for item, _ in found], np.int64), np.array([kinds[item] for item, _ in found], np.uint8),
        np.array([code_of(label) for _, label in found], np.int32),
        np.array([label.since for _, label in found], np.int64),
        np.array([label.until for _, label in found], np.int64),
        np.array([label.depth for _, label in found], np.int32),
        np.zeros(len(found), np.int64), np.zeros(len(found), np.int64), False,
    )  # fmt: skip
    for row, (_, label) in enumerate(found):
        if label.via is not None:
            _note(rows, row, label.via)
    return rows


def _note(rows: Rows, row: int, via: Via) -> None:
    rows.via[row], rows.event[row] = via.item, via.event or 0


def told(kinds_of_rows: Sequence[Rows], starts: Ints) -> ScopeLabels:
    """Return all rows in the order of a scope: start items, then by depth and number, an item's best label first."""
    some = [rows for rows in kinds_of_rows if len(rows.item)]
    item, kind, code, since, until, depth, via, event = (
        np.concatenate([getattr(rows, name) for rows in some]) if some else np.empty(0, np.int64)
        for name in ("item", "kind", "code", "since", "until", "depth", "via", "event")
    )
    depth = depth.astype(np.int64)
    apart = all(rows.single for rows in some)
    order, first = _order(item, code, since, until, depth, np.isin(item, starts), apart=apart)
    if order is not None:
        columns = (item, kind, code, since, until, depth, via, event)
        item, kind, code, since, until, depth, via, event = (column[order] for column in columns)
    if first is not None:
        depth = depth[first]
        beside = first != np.arange(len(first))
        via[beside], event[beside] = 0, 0
        code[beside] &= (1 << DOUBT_SHIFT) - 1
    return ScopeLabels(
        item, kind.astype(np.uint8), (code & CERTAIN).astype(np.uint8),
        (_HOLDERS[kind.astype(np.intp)] & ~np.isin(item, starts)).astype(np.uint8), since, until, depth, via, event,
        np.where(code & CERTAIN, 0, code >> DOUBT_SHIFT).astype(np.uint16),
    )  # fmt: skip


def _order(
    item: Ints, code: Ints, since: Ints, until: Ints, depth: Ints, start: npt.NDArray[np.bool_], *, apart: bool
) -> tuple[Ints | None, Ints | None]:
    """Return the order of rows (None: as they are) and, where items have several, the row of each one's best label."""
    if apart:
        key = (depth << 40) + item
        key[start] -= 1 << 60
        return (None if (key[1:] > key[:-1]).all() else np.argsort(key)), None
    order = np.lexsort((-until, since, depth, code & CERTAIN == 0, item))
    new = np.ones(len(order), np.bool_)
    new[1:] = item[order][1:] != item[order][:-1]
    group = np.cumsum(new) - 1
    best = depth[order][new][group]
    final = np.lexsort((group, best, ~start[order]))
    order, new = order[final], np.ones(len(order), np.bool_)
    new[1:] = item[order][1:] != item[order][:-1]
    first = np.flatnonzero(new)[np.cumsum(new) - 1]
    return order, first
