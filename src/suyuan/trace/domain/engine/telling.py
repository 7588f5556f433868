"""From the tables of the kernel and the labels of the reference to the columns of a scope."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

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
    USED,
    VIA,
    get,
    head,
)
from suyuan.trace.domain.engine.memory import long
from suyuan.trace.domain.engine.mixed import SharedBook, code_of
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.engine.sheet import HELD, OWN, identity_of, kind_of
from suyuan.trace.domain.engine.spreading import Spread
from suyuan.trace.domain.labels import Label
from suyuan.trace.domain.scoping import KINDS, Int32s, ScopeLabels
from suyuan.trace.domain.times import FOREVER

_HOLDERS = np.array([kind.value in ("carrier", "asset") for kind in KINDS], np.uint8)
_START = 1 << 60
"""Start items stand first: their keys are smaller by this."""
_DEPTH_SHIFT = 40


@dataclass(frozen=True, slots=True)
class Listing:
    """The labels of a scope; ``numbers``: the item of each row by its number over all segments (-1: in none)."""

    labels: ScopeLabels
    numbers: Int32s


@dataclass(slots=True)
class _Rows:
    """Rows of a scope in the making: first the kernel's labels of what is affected, then its labels of what held that,
    then those that the reference keeps.
    """

    number: Int32s
    item: Ints
    kind: Bytes
    code: Int32s
    since: Ints
    until: Ints
    depth: Int32s

    @classmethod
    def of(cls, count: int) -> _Rows:
        return cls(
            np.empty(count, np.int32), np.empty(count, np.int64), np.empty(count, np.uint8), np.empty(count, np.int32),
            np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int32),
        )  # fmt: skip

    def arrays(self) -> list[npt.NDArray[Any]]:
        return [getattr(self, each.name) for each in fields(self)]


def labels_of_spread(found: Spread, starts: Ints) -> Listing:
    """Return all that a forward run labelled, in the order of a scope: start items, then by depth and number, an item's
    best label first.
    """
    kernel, book, holdings = found.kernel, found.book, found.holdings
    own, held = live_rows(kernel.address, OWN), live_rows(kernel.address, HELD)
    if holdings.taken:
        held = without(held, np.array(holdings.taken, np.int32))
    kept = [(item, label) for item in book.own for label in book.of(item)]
    kept += [(item, label) for item in holdings.holding for label in holdings.holding.of(item)]
    rows = _Rows.of(len(own) + len(held) + len(kept))
    collect(kernel.address, OWN, own, 0, *rows.arrays())
    collect(kernel.address, HELD, held, len(own), *rows.arrays())
    kinds = {item: KINDS.index(found.guest.facts.kind(item)) for item, _ in kept}
    _keep(rows, len(own) + len(held), kept, kinds, book)
    order, beside = _order(rows, starts, several_of(found, rows, len(own) + len(held)))
    if order is not None:
        rows = _Rows(*(column[order] for column in rows.arrays()))
    if beside is not None:
        best = np.flatnonzero(~beside)[np.cumsum(~beside) - 1]
        rows.depth = rows.depth[best]
        rows.code[beside] &= (1 << DOUBT_SHIFT) - 1
    certain, holder, doubts = spelt(rows.code, rows.kind, np.isin(rows.item, starts))
    labels = ScopeLabels(
        rows.item, rows.kind, certain, holder, rows.since, rows.until, rows.depth, doubts,
        _Hops(kernel, book, holdings, own, held, kept, order, beside),
    )  # fmt: skip
    return Listing(labels, rows.number)


def _keep(rows: _Rows, begin: int, kept: list[tuple[int, Label]], kinds: dict[int, int], book: SharedBook) -> None:
    """Write the labels that the reference keeps."""
    for at, (item, label) in enumerate(kept, start=begin):
        rows.number[at], rows.item[at], rows.kind[at] = book.number(item), item, kinds[item]
        rows.code[at], rows.depth[at] = code_of(label), label.depth
        rows.since[at], rows.until[at] = label.since, label.until


def several_of(found: Spread, rows: _Rows, kernels: int) -> npt.NDArray[np.bool_] | None:
    """Return which rows are perhaps not the only ones of their items; None where all are. ``kernels``: how many rows
    are the kernel's.
    """
    several, any_at_all = beside_others(found.kernel.address, rows.number[:kernels], len(rows.number))
    if len(rows.number) > kernels:  # a unit with parts may stand in both
        several[:kernels] |= np.isin(rows.number[:kernels], rows.number[kernels:])
        several[kernels:] = True
        any_at_all = True
    return several if any_at_all else None


def _order(
    rows: _Rows, starts: Ints, several: npt.NDArray[np.bool_] | None
) -> tuple[Ints | None, npt.NDArray[np.bool_] | None]:
    """Return the order of rows (None: as they are) and, where items have several, which rows of the ordered ones are
    not their item's best.
    """
    start = np.isin(rows.item, starts)
    if several is None:
        if ascending(rows.item, rows.depth, start):
            return None, None
        return np.argsort(_key(rows.item, rows.depth, start)), None
    lone, many = np.flatnonzero(~several), np.flatnonzero(several)
    many = many[
        np.lexsort((-rows.until[many], rows.since[many], rows.depth[many], rows.code[many] & CERTAIN == 0,
                    rows.item[many]))
    ]  # fmt: skip
    new = np.ones(len(many), np.bool_)
    new[1:] = rows.item[many][1:] != rows.item[many][:-1]
    best = many[new][np.cumsum(new) - 1]
    key = np.concatenate(
        [_key(rows.item[lone], rows.depth[lone], start[lone]), _key(rows.item[many], rows.depth[best], start[many])]
    )
    final = np.argsort(key, kind="stable")
    key = key[final]
    beside = np.zeros(len(key), np.bool_)
    np.equal(key[1:], key[:-1], out=beside[1:])
    order: Ints = np.concatenate([lone, many])[final]
    return order, beside


def _key(item: Ints, depth: Int32s, start: npt.NDArray[np.bool_]) -> Ints:
    key: Ints = (depth.astype(np.int64) << _DEPTH_SHIFT) + item
    key[start] -= _START
    return key


class _Hops:
    """The first hops of rows, told when somebody wants to see them."""

    def __init__(
        self, kernel: Kernel, book: SharedBook, holdings: Holdings, own: Int32s, held: Int32s,
        kept: list[tuple[int, Label]], order: Ints | None, beside: npt.NDArray[np.bool_] | None,
    ) -> None:  # fmt: skip
        self._kernel, self._book, self._holdings = kernel, book, holdings
        self._own, self._held, self._kept = own, held, kept
        self._order, self._beside = order, beside

    def __call__(self, rows: npt.NDArray[np.integer]) -> tuple[Ints, Ints]:
        """Return the items and events of the first hops of these rows; 0 where there is none."""
        at = rows if self._order is None else self._order[rows]
        via, event = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
        own, held = len(self._own), len(self._own) + len(self._held)
        mine = np.flatnonzero(at < own)
        via[mine], event[mine] = self._of_own(self._own[at[mine]])
        theirs = np.flatnonzero((at >= own) & (at < held))
        via[theirs], event[theirs] = self._of_held(self._held[at[theirs] - own])
        for row in np.flatnonzero(at >= held).tolist():
            came = self._kept[int(at[row]) - held][1].via
            if came is not None:
                via[row], event[row] = came.item, came.event or 0
        if self._beside is not None:
            others = self._beside[rows]
            via[others], event[others] = 0, 0
        return via, event

    def _of_own(self, rows: Int32s) -> tuple[Ints, Ints]:
        columns, assembled = self._kernel.own.columns, self._kernel.assembled
        back, event = columns[VIA][rows], assembled.numbers(columns[EVENT][rows])
        via = np.zeros(len(rows), np.int64)
        came = np.flatnonzero(back >= 0)
        via[came] = assembled.ids(columns[ITEM][back[came]])
        for at in np.flatnonzero(back < -1).tolist():
            if columns[CODE][rows[at]] & CONTACT_HOP:
                via[at] = self._book.sharers[-2 - int(back[at])]
                continue
            label = self._book.origins[-2 - int(back[at])]
            if label.via is not None:
                via[at], event[at] = label.via.item, label.via.event or 0
        return via, event

    def _of_held(self, rows: Int32s) -> tuple[Ints, Ints]:
        columns, assembled = self._kernel.held.columns, self._kernel.assembled
        back, event = columns[VIA][rows].copy(), assembled.numbers(columns[EVENT][rows])
        while (higher := np.flatnonzero(back <= -2)).size:  # it holds what holds what is affected
            back[higher] = columns[VIA][-2 - back[higher]]
        via = np.zeros(len(rows), np.int64)
        came = np.flatnonzero(back >= 0)
        via[came] = assembled.ids(self._kernel.own.columns[ITEM][back[came]])
        return via, event


@njit(cache=True, nogil=True)
def live_rows(c: int, table: int) -> Int32s:
    """Return the rows of a table that stand."""
    used = long(c, table + USED)
    rows, count = np.empty(used, np.int32), 0
    for row in range(used):
        if get(c, table + CODE, row) & DEAD == 0:
            rows[count] = row
            count += 1
    return rows[:count]


@njit(cache=True, nogil=True)
def collect(
    c: int, table: int, rows: Int32s, begin: int, number: Int32s, item: Ints, kind: Bytes, code: Int32s, since: Ints,
    until: Ints, depth: Int32s,
) -> None:  # fmt: skip
    """Write what stands in these rows of a table of the kernel from row ``begin`` on; labels of what is affected have
    no end.
    """
    for index in range(len(rows)):
        row, at = rows[index], begin + index
        one = get(c, table + ITEM, row)
        number[at], item[at], kind[at] = one, identity_of(c, one), kind_of(c, one)
        code[at], depth[at] = get(c, table + CODE, row), get(c, table + DEPTH, row)
        since[at] = long(long(c, table + SINCE), row)
        until[at] = FOREVER if table == OWN else long(long(c, table + UNTIL), row)


@njit(cache=True)
def _standing(c: int, table: int, item: int) -> int:
    """Return how many labels an item has in a table."""
    count, row = 0, head(c, table, item)
    while row >= 0:
        count += get(c, table + CODE, row) & DEAD == 0
        row = get(c, table + NEXT, row)
    return count


@njit(cache=True, nogil=True)
def beside_others(c: int, numbers: Int32s, count: int) -> tuple[npt.NDArray[np.bool_], bool]:
    """Return, in a list of ``count``, which of these items have several labels in both tables together, and whether any
    has.
    """
    several, found = np.zeros(count, np.bool_), False
    for at in range(len(numbers)):
        if _standing(c, OWN, numbers[at]) + _standing(c, HELD, numbers[at]) > 1:
            several[at], found = True, True
    return several, found


@njit(cache=True, nogil=True)
def ascending(item: Ints, depth: Int32s, start: npt.NDArray[np.bool_]) -> bool:
    """Tell whether rows are in the order of a scope already, each of another item."""
    for at in range(1, len(item)):
        if start[at] != start[at - 1]:
            if start[at]:
                return False
        elif depth[at] < depth[at - 1] or (depth[at] == depth[at - 1] and item[at] <= item[at - 1]):
            return False
    return True


@njit(cache=True, nogil=True)
def spelt(code: Int32s, kind: Bytes, start: npt.NDArray[np.bool_]) -> tuple[Bytes, Bytes, npt.NDArray[np.uint16]]:
    """Return of each label whether it is certain, whether its item only holds, and its doubts."""
    certain, holder = np.empty(len(code), np.uint8), np.empty(len(code), np.uint8)
    doubts = np.empty(len(code), np.uint16)
    for at in range(len(code)):
        sure = code[at] & CERTAIN
        certain[at] = sure
        holder[at] = 0 if start[at] else _HOLDERS[kind[at]]
        doubts[at] = 0 if sure else code[at] >> DOUBT_SHIFT
    return certain, holder, doubts
