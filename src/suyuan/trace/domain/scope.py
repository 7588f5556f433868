"""From the labels of a forward run to the listed items, holders and events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from suyuan.trace.contracts import ItemKind, Role, Verdict
from suyuan.trace.domain.answer import AnswerEdge, AnswerItem, AnswerLabel, Doubt, Hop, ItemRole
from suyuan.trace.domain.carriage import Carriage, serials_cover
from suyuan.trace.domain.facts import HOLDERS, Facts
from suyuan.trace.domain.forward import Run
from suyuan.trace.domain.labels import Book, Label, Via
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.times import FOREVER, Span, moment

ROLES = (Role.CHILD, Role.PARENT, Role.SUBJECT, Role.INPUT, Role.OUTPUT)


@dataclass(frozen=True, slots=True)
class Touch:
    """How a listed item, or what holds it, was touched by an event."""

    certain: bool
    doubts: frozenset[Doubt]


class Scope:
    """What a forward run lists. ``holding`` keeps the labels that items have only as holders of others (F2)."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._facts = run.facts
        self.holding = Book()
        self.edges = set(run.edges)
        self.events: dict[int, Touch] = {}
        self._paths: dict[int, Hop] = {}
        for item in list(run.book):
            for carriage in run.carriages.up(item):
                if carriage.steps and not carriage.behind_lot:
                    self._hold(carriage)
                self._touch(carriage)
        for item in run.book:
            for label in run.book.of(item):
                if label.via is not None and label.via.event is not None:
                    self._note(label.via.event, Touch(label.certain, label.doubts))

    @property
    def items(self) -> set[int]:
        """Every listed item."""
        return set(self._run.book) | set(self.holding)

    def labels(self, item: int) -> list[Label]:
        """Return an item's labels, its own and those as a holder, the best first."""
        found = [*self._run.book.of(item), *self.holding.of(item)]
        return sorted(found, key=lambda label: (not label.certain, label.depth, label.since, -label.until))

    def spans_of_own(self) -> dict[int, list[Span]]:
        """Return the times for which items carry labels of their own."""
        return {item: [label.span for label in self._run.book.of(item)] for item in self._run.book}

    def spans_of_holding(self) -> dict[int, list[Span]]:
        """Return the times for which items carry labels as holders."""
        return {item: [label.span for label in self.holding.of(item)] for item in self.holding}

    # -- F2: holders

    def _hold(self, carriage: Carriage) -> None:
        facts, clock = self._facts, self._facts.clock
        events = carriage.events
        for label in self._run.book.of(carriage.source):
            span = carriage.hull.meet(label.span)
            if not clock.may(span.since, span.until):
                continue
            via = Via(carriage.source, label, events[-1], carriage.nodes[1:-1], events[:-1])
            depth = label.depth + len(carriage.steps)
            core = carriage.core.meet(label.span)
            sure = label.certain and clock.surely_meet(carriage.core, label.span)
            if sure and facts.kind(carriage.source) is ItemKind.LOT:
                core = Span(core.since, min(core.until, self._whole_until(carriage.source, core.since)))
                sure = bool(self._run.verdicts.sure(carriage.source, core.since, core.since))
            if sure:
                self.holding.add(carriage.named, Label(True, core.since, core.until, depth, via=via))
            doubts = label.doubts | holding_doubts(self._facts, carriage)
            if not sure or span != core:
                self.holding.add(carriage.named, Label(False, *span, depth, doubts=doubts, via=via))
            for below, above, event in zip(carriage.nodes, carriage.nodes[1:], events, strict=False):
                self.edges.add((below, above, event))

    def _whole_until(self, lot: int, since: int) -> int:
        """Return until when all of a lot that is certain at ``since`` stays so: until a filling without the suspect."""
        for event in self._facts.makings(lot):
            low = self._facts.earliest(event)
            if low > since and not self._run.verdicts.sure(lot, low, low + self._facts.clock.tolerance):
                return low
        return FOREVER

    # -- events

    def _touch(self, carriage: Carriage) -> None:
        facts, clock, item = self._facts, self._facts.clock, carriage.source
        labels = list(self._run.book.of(item))
        since, until = carriage.hull.since - clock.tolerance, carriage.hull.until + clock.tolerance
        for event in facts.view.events(carriage.named, *ROLES):
            if event.at < since or until < event.low or not self._means(carriage, event):
                continue
            instant = Span(event.low, event.at)
            meeting = [label for label in labels if clock.may_meet(label.span, instant)]
            if not meeting:
                continue
            within = not carriage.steps or clock.surely_within(event.low, event.at, carriage.core)
            certain = within and bool(self._run.verdicts.sure(item, event.low, event.at))
            doubts = frozenset[Doubt]() if certain else meeting[0].doubts | holding_doubts(self._facts, carriage)
            self._note(event.number, Touch(certain, doubts))

    def _means(self, carriage: Carriage, event: TraceEvent) -> bool:
        if not carriage.behind_lot:
            return True
        roles = {part.role for part in event.participations if part.item == carriage.named}
        return any(not serials_cover(self._facts, event, carriage.named, role) for role in roles)

    def _note(self, number: int, touch: Touch) -> None:
        known = self.events.get(number)
        if known is None or (touch.certain and not known.certain):
            self.events[number] = touch

    # -- the answer's rows

    def rows(self, starts: Iterable[int]) -> list[AnswerItem]:
        """Return the listed items: start items first, then by depth and number."""
        asked = set(starts)
        rows = [self._row(item, item in asked) for item in self.items]
        return sorted(rows, key=lambda row: (row.depth, row.item))

    def _row(self, item: int, start: bool) -> AnswerItem:
        labels = self.labels(item)
        best = labels[0]
        kind = self._facts.kind(item)
        role = ItemRole.START if start else ItemRole.CARRIER if kind in HOLDERS else ItemRole.PRODUCT
        return AnswerItem(
            item, kind, verdict_of(best), role, tuple(map(answer_label, labels)), best.depth,
            self._path(best), tuple(sorted(best.doubts)),
        )  # fmt: skip

    def _path(self, label: Label) -> Hop | None:
        """Return the explaining path of a label; labels share the rest of their paths."""
        via = label.via
        if via is None:
            return None
        if id(label) not in self._paths:
            self._paths[id(label)] = Hop(via.item, via.event, via.through, via.through_events, self._path(via.label))
        return self._paths[id(label)]


def holding_doubts(facts: Facts, carriage: Carriage) -> frozenset[Doubt]:
    """Say why a carriage leaves it open whether the holder held the source at a given instant."""
    if carriage.lot_level:
        return frozenset({Doubt.LOT_LEVEL})
    stays = [stay for stay in carriage.steps if stay is not None]
    if any(stay.seen for stay in stays):
        return frozenset({Doubt.PRESENCE})
    if any(stay.emptied_by for stay in stays):
        return frozenset({Doubt.RESIDUE})
    return frozenset({Doubt.PART_OF_LOT if facts.kind(carriage.source) is ItemKind.LOT else Doubt.ORDER})


def verdict_of(label: Label) -> Verdict:
    """Return a label's verdict in the answer's words."""
    return Verdict.CERTAIN if label.certain else Verdict.POSSIBLE


def answer_label(label: Label) -> AnswerLabel:
    """Return a label in the answer's words."""
    return AnswerLabel(verdict_of(label), moment(label.since), moment(label.until))


def answer_edges(edges: Iterable[tuple[int, int, int | None]]) -> tuple[AnswerEdge, ...]:
    """Return edges sorted."""
    return tuple(AnswerEdge(*edge) for edge in sorted(edges, key=lambda e: (e[0], e[1], e[2] or 0)))
