"""Backward tracing, as the exact mirror: x belongs to y's history with the verdict that forward from x gives y.

Done in two steps. The mirrored search (``needs``) finds what can have reached y. Then one run follows all of it at
once, one suspect each, over the hops that the search met; the suspects that arrive at y, and how, are the answer by
definition.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from suyuan.trace.contracts import ItemKind, Role, Verdict
from suyuan.trace.domain.answer import Answer, AnswerItem, AnswerLabel, Doubt, Hop, ItemRole, Question
from suyuan.trace.domain.carriage import Carriage, Carriages
from suyuan.trace.domain.conditions import conditions_of, listed_events
from suyuan.trace.domain.exclusion import Exclusions
from suyuan.trace.domain.exclusion_back import BackwardJudge
from suyuan.trace.domain.facts import HOLDERS, Facts
from suyuan.trace.domain.forward import Limits, Run
from suyuan.trace.domain.gaps import find_gaps
from suyuan.trace.domain.labels import Label, Via
from suyuan.trace.domain.needs import Need, Search
from suyuan.trace.domain.scope import Touch, answer_edges, holding_doubts
from suyuan.trace.domain.times import EVER, FOREVER, Span, micros, moment


@dataclass(frozen=True, slots=True)
class Arrival:
    """A label with which suspects reach an asked item, itself or (``via``) as something that it held."""

    item: int
    label: Label
    certain: bool
    who: int
    depth: int
    via: Via | None
    doubts: frozenset[Doubt]

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Sort key: the surest first, then the shortest path, then the earliest."""
        return (not self.certain, self.depth, self.label.since)


class History:
    """The history of the asked items: which suspects reach them, by which needs."""

    def __init__(self, facts: Facts, question: Question) -> None:
        self.facts = facts
        self.carriages = Carriages(facts)
        self.asked: dict[int, int] = {}
        for start in question.starts:
            by = FOREVER if start.time is None else micros(start.time)
            self.asked[start.item] = max(by, self.asked.get(start.item, EVER))
        self.search = Search(facts, self.carriages, siblings=question.siblings)
        self.search.run(self.asked)
        context = self.search
        slack = 3 * facts.clock.tolerance
        if slack:
            context = Search(facts, self.carriages, siblings=question.siblings, slack=slack)
            context.run(self.asked)
        self.bits = {item: index for index, item in enumerate(sorted(context.needs))}
        limits = Limits(within=self.bits, hearing=self._hearing(context) if question.siblings else None)
        self.run = Run(facts, self.carriages, context.links, siblings=question.siblings, limits=limits)
        self.run.spread({item: Label(True, EVER, who=1 << index, suspect=True) for item, index in self.bits.items()})
        arrivals = [arrival for item, by in self.asked.items() for arrival in self._arrivals(item, by)]
        self._found = sorted(arrivals, key=lambda arrival: arrival.rank)
        self._best: dict[int, Arrival | None] = {}

    @staticmethod
    def _hearing(context: Search) -> Collection[int]:
        """Return the items from which something reaches the asked ones without cross-contact. Whatever else hears of a
        contact by that becomes possible, and has nothing to say to anybody.
        """
        return context.without_contact

    def _arrivals(self, item: int, by: int) -> Iterator[Arrival]:
        """Return the labels that reach ``item`` at or before ``by``, its own and those of what it held (F2)."""
        clock, run = self.facts.clock, self.run
        for label in run.book.of(item):
            if clock.may(label.since, by):
                certain = label.certain and clock.surely(label.since, by)
                yield Arrival(item, label, certain, label.who, label.depth, label.via, label.doubts)
        for carriage in self.carriages.down(item):
            if carriage.steps and not carriage.behind_lot:
                for label in run.book.of(carriage.source):
                    yield from self._held(carriage, label, by)

    def _held(self, carriage: Carriage, label: Label, by: int) -> Iterator[Arrival]:
        clock = self.facts.clock
        span, core = carriage.hull.meet(label.span), carriage.core.meet(label.span)
        if not clock.may(span.since, span.until) or not clock.may(span.since, by):
            return
        events = carriage.events
        via = Via(carriage.source, label, events[-1], carriage.nodes[1:-1], events[:-1])
        depth = label.depth + len(carriage.steps)
        who = label.who if label.certain and clock.surely_meet(carriage.core, label.span) else 0
        if who and self.facts.kind(carriage.source) is ItemKind.LOT:
            who &= self.run.verdicts.sure(carriage.source, core.since, core.since)
        if who and clock.surely(core.since, by):
            yield Arrival(carriage.named, label, True, who, depth, via, frozenset())
        doubts = label.doubts | holding_doubts(self.facts, carriage)
        yield Arrival(carriage.named, label, False, label.who, depth, via, doubts)

    def best(self, item: int) -> Arrival | None:
        """Return how ``item`` reached an asked item; None if it did not."""
        if item not in self._best:
            bit = 1 << self.bits[item] if item in self.search.needs else 0
            self._best[item] = next((arrival for arrival in self._found if arrival.who & bit), None)
        return self._best[item]

    def in_scope(self, item: int) -> bool:
        """Tell whether ``item`` is listed."""
        return item in self.asked or self.best(item) is not None

    # -- rows

    def rows(self) -> list[AnswerItem]:
        """Return the start items, the ingredients and the conditions, by depth."""
        rows = [
            AnswerItem(item, self.facts.kind(item), Verdict.CERTAIN, ItemRole.START,
                       (AnswerLabel(Verdict.CERTAIN, None, moment(by)),))
            for item, by in self.asked.items()
        ]  # fmt: skip
        for item in self.search.needs:
            arrival = self.best(item)
            if item not in self.asked and arrival is not None:
                rows.append(self._row(item, arrival))
        return sorted(rows, key=lambda row: (row.depth, row.item))

    def _row(self, item: int, arrival: Arrival) -> AnswerItem:
        needs = self.search.needs[item]
        verdict = Verdict.CERTAIN if arrival.certain else Verdict.POSSIBLE
        condition = self.facts.kind(item) in HOLDERS or all(need.suspect for need in needs)
        spans = sorted(self.search.spans.get(item, ())) if condition else [Span(EVER, max(need.by for need in needs))]
        labels = tuple(AnswerLabel(verdict, moment(span.since), moment(span.until)) for span in spans)
        role = ItemRole.CONDITION if condition else ItemRole.PRODUCT
        doubts = () if arrival.certain else tuple(sorted(arrival.doubts))
        return AnswerItem(
            item, self.facts.kind(item), verdict, role, labels, arrival.depth, _path_to(arrival), doubts
        )  # fmt: skip

    # -- events

    def events(self) -> dict[int, Touch]:
        """Return the events that happened to what went in, before it went in, and those by which it went in."""
        touched: dict[int, Touch] = {}
        for item, needs in self.search.needs.items():
            if self.in_scope(item):
                for need in needs:
                    self._touch(touched, item, need, sure=self._sure(item))
        for source, target, event in self.search.edges:
            if event is not None and self.in_scope(source) and self.in_scope(target):
                _note(touched, event, certain=self._sure(source))
        return touched

    def _sure(self, item: int) -> bool:
        best = self.best(item)
        return item in self.asked or (best is not None and best.certain)

    def edges(self) -> list[tuple[int, int, int | None]]:
        """Return the hops between listed items."""
        return [edge for edge in self.search.edges if self.in_scope(edge[0]) and self.in_scope(edge[1])]

    def _touch(self, touched: dict[int, Touch], item: int, need: Need, *, sure: bool) -> None:
        clock = self.facts.clock
        holder = self.facts.kind(item) in HOLDERS
        roles = [Role.CHILD, Role.SUBJECT, Role.OUTPUT, *([Role.PARENT] if self._holds(item) else [])]
        span = Span(need.after if holder or need.suspect else EVER, need.by)
        for event in self.facts.view.events(item, *roles):
            if clock.may_meet(span, Span(event.low, event.at)):
                _note(touched, event.number, certain=sure and clock.surely_within(event.low, event.at, span))

    def _holds(self, item: int) -> bool:
        return self.facts.kind(item) is not ItemKind.LOT


def _note(touched: dict[int, Touch], number: int, *, certain: bool) -> None:
    known = touched.get(number)
    if known is None or (certain and not known.certain):
        touched[number] = Touch(certain, frozenset())


def _path_to(arrival: Arrival) -> Hop | None:
    """Return the path from a suspect to the asked item that it reached by ``arrival``."""
    target, via, hop = arrival.item, arrival.via, None
    while via is not None:
        hop = Hop(target, via.event, via.through, via.through_events, hop)
        target, via = via.item, via.label.via
    return hop


def trace_back(facts: Facts, question: Question) -> Answer:
    """Answer a backward question."""
    history = History(facts, question)
    rows = history.rows()
    kept, cut = cut_to(rows, question)
    touched = history.events()
    events = listed_events(touched)
    listed = {row.item for row in kept}
    closure = None
    gaps = find_gaps(facts, listed, touched)
    if question.closure:
        scope = {row.item for row in rows}
        by = {item: max(need.by for need in history.search.needs[item]) for item in scope}
        judge = BackwardJudge(facts, by, history.search.spans)
        out = Exclusions(facts, question.direction, judge, scope, touched)
        closure = out.closure_size
        kept += out.item_rows()
        events += out.event_rows()
    return Answer(
        question, tuple(kept), events,
        answer_edges(edge for edge in history.edges() if edge[0] in listed and edge[1] in listed),
        gaps, conditions_of(facts, touched), closure, bool(cut), {"items": cut} if cut else {},
    )  # fmt: skip


def cut_to(rows: list[AnswerItem], question: Question) -> tuple[list[AnswerItem], int]:
    """Return the rows within the caller's depth and limit, and how many are beyond."""
    kept = [row for row in rows if question.depth is None or row.depth <= question.depth]
    kept = kept if question.limit is None else kept[: question.limit]
    return kept, len(rows) - len(kept)
