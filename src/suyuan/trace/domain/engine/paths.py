"""Explaining paths, put together when somebody wants to see one."""

from __future__ import annotations

from collections.abc import Iterator

from suyuan.trace.domain.answer import Hop
from suyuan.trace.domain.engine.holdings import Holdings
from suyuan.trace.domain.engine.kernel import Kernel
from suyuan.trace.domain.engine.labels import CODE, CONTACT_HOP, DEPTH, EVENT, ITEM, SINCE, VIA
from suyuan.trace.domain.engine.meeting import Met, way_of
from suyuan.trace.domain.engine.mixed import SharedBook
from suyuan.trace.domain.labels import Label, Via


class Paths:
    """The paths of one scope. Keeps the labels, nothing of the transaction."""

    def __init__(self, kernel: Kernel, book: SharedBook, holdings: Holdings) -> None:
        self._kernel = kernel
        self._book = book
        self._holdings = holdings
        self._ways: dict[int, tuple[Label, Hop | None]] = {}
        """By the labels' identities: the labels are kept, so that those stay theirs."""

    def explain(self, item: int) -> tuple[Hop, ...]:
        """Return the shortest path of a listed item, hop by hop to a start item."""
        hops, hop = list[Hop](), self.first_hop(item)
        while hop is not None:
            hops.append(hop)
            hop = hop.onward
        return tuple(hops)

    def first_hop(self, item: int) -> Hop | None:
        """Return the first hop of the shortest path of a listed item; items share the rest of their paths."""
        labels = sorted(self._labels(item), key=lambda label: (not label.certain, label.depth, label.since))
        return self._way(labels[0]) if labels else None

    def _labels(self, item: int) -> Iterator[Label]:
        yield from self._book.of(item)
        held = list(self._holdings.holding.of(item))
        yield from held
        number = self._book.number(item)
        if number >= 0 and not held:
            yield from (self._holdings.label(row) for row in self._kernel.rows_of(number, held=True))

    def _way(self, label: Label) -> Hop | None:
        """Return the way of a label to a start item; None at one."""
        untold: list[tuple[Label, Via]] = []
        current: Label | None = label
        while current is not None and id(current) not in self._ways:
            via = current.via if current.via is not None else self._came_by(current)
            if via is None:
                self._ways[id(current)] = current, None
            else:
                untold.append((current, via))
                current = via.label
        for told, via in reversed(untold):
            onward = self._ways[id(via.label)][1]
            self._ways[id(told)] = told, Hop(via.item, via.event, via.through, via.through_events, onward)
        return self._ways[id(label)][1]

    def _came_by(self, label: Label) -> Via | None:
        """Return the hop that gave the kernel a label; None at a start item."""
        row = self._book.rows.get(id(label))
        if row is None:
            return None
        columns, assembled = self._kernel.own.columns, self._kernel.assembled
        back = int(columns[VIA][row])
        if columns[CODE][row] & CONTACT_HOP:
            theirs, came = self._book.sharer(back)
            met = Met(
                theirs, int(columns[ITEM][row]), int(columns[SINCE][row]), int(columns[DEPTH][row]),
                int(columns[EVENT][row]),
            )  # fmt: skip
            return way_of(self._kernel, met, came)
        if back <= -2:
            return self._book.origins[-2 - back].via
        if back < 0:
            return None
        item = int(assembled.ids(columns[ITEM][back : back + 1])[0])
        return Via(item, self._book.label(back), assembled.number(int(columns[EVENT][row])))
