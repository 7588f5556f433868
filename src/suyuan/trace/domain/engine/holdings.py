"""What holds labelled items where the reference has to tell (F2): above knotted items, and above odd containers."""

from __future__ import annotations

from suyuan.trace.domain.answer import Doubt
from suyuan.trace.domain.carriage import Carriage
from suyuan.trace.domain.engine.labels import CERTAIN, CODE, DEPTH, EVENT, ITEM, SINCE, UNTIL, VIA
from suyuan.trace.domain.engine.mixed import Guest, doubts_of
from suyuan.trace.domain.labels import Book, Label, Via
from suyuan.trace.domain.scope import Scope, holding_doubts
from suyuan.trace.domain.times import Span


class Holdings(Scope):
    """Labels that items have only as holders. ``taken``: rows of the kernel's table that have been taken in here."""

    def __init__(self, guest: Guest) -> None:
        self._run = guest
        self._facts = guest.facts
        self._book = guest.book
        self._kernel = guest.book.kernel
        self.holding = Book()
        self.edges = set()
        self.events = {}
        self.taken: list[int] = []

    def above_thing(self, item: int) -> None:
        """Label what holds an item that carries labels of its own."""
        for carriage in self._run.carriages.up(item):
            if carriage.steps and not carriage.behind_lot:
                self._hold(carriage)

    def above_holder(self, holder: int) -> None:
        """Label what holds a container that the kernel has labelled as a holder."""
        clock = self._facts.clock
        labels = [self.label(row) for row in self._kernel.rows_of(self._book.number(holder), held=True)]
        for carriage in self._run.carriages.up(holder):
            if not carriage.steps or carriage.behind_lot:
                continue
            for label in labels:
                span, core = carriage.hull.meet(label.span), carriage.core.meet(label.span)
                if not clock.may(span.since, span.until):
                    continue
                self.edges.update(zip(carriage.nodes, carriage.nodes[1:], carriage.events, strict=False))
                via, depth = _further(label, carriage.nodes, carriage.events), label.depth + len(carriage.steps)
                sure = label.certain and clock.surely_meet(carriage.core, label.span)
                if sure:
                    self.holding.add(carriage.named, Label(True, core.since, core.until, depth, via=via))
                if not sure or span != core:
                    doubts = label.doubts | holding_doubts(self._facts, carriage)
                    self.holding.add(carriage.named, Label(False, *Span(*span), depth, doubts=doubts, via=via))

    def touch(self, carriage: Carriage) -> None:
        """Note the events that touched something labelled in what holds it."""
        self._touch(carriage)

    def take_in(self) -> None:
        """Join the kernel's labels of the holders that have labels here too."""
        for holder in list(self.holding):
            number = self._book.number(holder)
            if number >= 0:
                for row in self._kernel.rows_of(number, held=True):
                    self.taken.append(row)
                    self.holding.add(holder, self.label(row))

    def label(self, row: int) -> Label:
        """Return a row of the kernel's table of holders as a label."""
        columns = self._kernel.held.columns
        code = int(columns[CODE][row])
        return Label(
            bool(code & CERTAIN), int(columns[SINCE][row]), int(columns[UNTIL][row]), int(columns[DEPTH][row]),
            doubts=doubts_of(code) if not code & CERTAIN else frozenset[Doubt](), via=self.via(row),
        )  # fmt: skip

    def via(self, row: int) -> Via:
        """Return how a holder came by the label in a row: from what, through which containers."""
        columns, assembled = self._kernel.held.columns, self._kernel.assembled
        through: list[int] = []
        events = [assembled.number(int(columns[EVENT][row]))]
        back = int(columns[VIA][row])
        while back <= -2:
            through.append(int(assembled.ids(columns[ITEM][-2 - back : -1 - back])[0]))
            events.append(assembled.number(int(columns[EVENT][-2 - back])))
            back = int(columns[VIA][-2 - back])
        item = int(assembled.ids(self._kernel.own.columns[ITEM][back : back + 1])[0])
        return Via(item, self._book.label(back), events[0], tuple(through[::-1]), tuple(events[:0:-1]))


def _further(label: Label, nodes: tuple[int, ...], events: tuple[int | None, ...]) -> Via:
    """Return the way of a holder's label further up, through that holder and what holds it."""
    via = label.via
    assert via is not None  # noqa: S101 (a holder's label always came from something)
    through = (*via.through, nodes[0], *nodes[1:-1])
    return Via(via.item, via.label, events[-1], through, (*via.through_events, via.event, *events[:-1]))
