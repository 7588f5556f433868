"""Backward tracing, as the exact mirror: x belongs to y's history with the verdict that forward from x gives y.

Done in two steps. The mirrored search (``needs``) finds what can have reached y. Then one run follows all of it at
once, one suspect each, over the hops that the search met; the suspects that arrive at y, and how, are the answer by
definition.
"""

from __future__ import annotations

from dataclasses import dataclass

from suyuan.trace.contracts import ItemKind, Role, Verdict
from suyuan.trace.domain.answer import Answer, AnswerItem, AnswerLabel, Doubt, ItemRole, Question
from suyuan.trace.domain.carriage import Carriages
from suyuan.trace.domain.conditions import conditions_of, listed_events
from suyuan.trace.domain.exclusion import Exclusions
from suyuan.trace.domain.exclusion_back import BackwardJudge
from suyuan.trace.domain.facts import HOLDERS, Facts
from suyuan.trace.domain.forward import Limits, Run
from suyuan.trace.domain.gaps import find_gaps
from suyuan.trace.domain.labels import Label
from suyuan.trace.domain.needs import Need, Search
from suyuan.trace.domain.scope import Touch, answer_edges
from suyuan.trace.domain.times import EVER, FOREVER, Span, micros, moment


@dataclass(slots=True)
class Arrived:
    """The suspects that reach the asked items, for sure and possibly, and why only possibly."""

    certain: int = 0
    possible: int = 0
    doubts: dict[Doubt, int] | None = None

    def take(self, label: Label, who: int, *, sure: bool, doubts: frozenset[Doubt] = frozenset()) -> None:
        """Note that ``who`` arrived by ``label``."""
        self.possible |= who
        if sure:
            self.certain |= who
        self.doubts = self.doubts if self.doubts is not None else {}
        for doubt in label.doubts | doubts:
            self.doubts[doubt] = self.doubts.get(doubt, 0) | who


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
        if facts.clock.tolerance:
            context = Search(facts, self.carriages, siblings=question.siblings, slack=3 * facts.clock.tolerance)
            context.run(self.asked)
        self.bits = {item: index for index, item in enumerate(sorted(context.needs))}
        limits = Limits(within=self.bits, paths=False)
        self.run = Run(facts, self.carriages, context.links, siblings=question.siblings, limits=limits)
        self.run.spread({item: Label(True, EVER, who=1 << index, suspect=True) for item, index in self.bits.items()})
        self.arrived = Arrived()
        for item, by in self.asked.items():
            self._arrivals(item, by)

    def _arrivals(self, item: int, by: int) -> None:
        clock, run = self.facts.clock, self.run
        for label in run.book.of(item):
            if clock.may(label.since, by):
                sure = label.certain and clock.surely(label.since, by)
                self.arrived.take(label, label.who, sure=sure)
        for carriage in self.carriages.down(item):
            if not carriage.steps or carriage.behind_lot:
                continue
            for label in run.book.of(carriage.source):
                span, core = carriage.hull.meet(label.span), carriage.core.meet(label.span)
                if not clock.may(span.since, span.until) or not clock.may(span.since, by):
                    continue
                who = label.who if label.certain and clock.surely_meet(carriage.core, label.span) else 0
                if who and self.facts.kind(carriage.source) is ItemKind.LOT:
                    who &= run.verdicts.sure(carriage.source, core.since, core.since)
                if who and clock.surely(core.since, by):
                    self.arrived.take(label, who, sure=True)
                self.arrived.take(label, label.who, sure=False, doubts=frozenset({Doubt.PRESENCE}))

    def verdict(self, item: int) -> Verdict | None:
        """Return with which verdict ``item`` reached an asked item; None if it did not."""
        if item not in self.bits or item not in self.search.needs:
            return None
        bit = 1 << self.bits[item]
        if self.arrived.certain & bit:
            return Verdict.CERTAIN
        return Verdict.POSSIBLE if self.arrived.possible & bit else None

    def doubts(self, item: int) -> tuple[Doubt, ...]:
        """Return why ``item`` is only possible."""
        bit = 1 << self.bits[item]
        return tuple(sorted(doubt for doubt, who in (self.arrived.doubts or {}).items() if who & bit))

    # -- rows

    def rows(self) -> list[AnswerItem]:
        """Return the start items, the ingredients and the conditions, by depth."""
        rows = [
            AnswerItem(item, self.facts.kind(item), Verdict.CERTAIN, ItemRole.START,
                       (AnswerLabel(Verdict.CERTAIN, None, moment(by)),))
            for item, by in self.asked.items()
        ]  # fmt: skip
        for item, needs in self.search.needs.items():
            verdict = self.verdict(item)
            if item not in self.asked and verdict is not None:
                rows.append(self._row(item, verdict, needs))
        return sorted(rows, key=lambda row: (row.depth, row.item))

    def _row(self, item: int, verdict: Verdict, needs: list[Need]) -> AnswerItem:
        best = min(needs, key=lambda need: (need.depth, need.suspect, -need.by, need.after, _onward_key(need)))
        condition = self.facts.kind(item) in HOLDERS or all(need.suspect for need in needs)
        spans = sorted(self.search.spans.get(item, ())) if condition else [_ingredient_span(need) for need in needs]
        labels = tuple(AnswerLabel(verdict, moment(span.since), moment(span.until)) for span in spans)
        onward = best.onward
        doubts = self.doubts(item) if verdict is Verdict.POSSIBLE else ()
        return AnswerItem(
            item, self.facts.kind(item), verdict, ItemRole.CONDITION if condition else ItemRole.PRODUCT,
            labels, best.depth,
            onward.event if onward else None, onward.item if onward else None,
            onward.through if onward else (), onward.through_events if onward else (), doubts,
        )  # fmt: skip

    # -- events

    def events(self) -> dict[int, Touch]:
        """Return the events that happened to what went in, before it went in, and those by which it went in."""
        touched: dict[int, Touch] = {}
        for item, needs in self.search.needs.items():
            verdict = Verdict.CERTAIN if item in self.asked else self.verdict(item)
            if verdict is None:
                continue
            sure = verdict is Verdict.CERTAIN
            for need in needs:
                self._touch(touched, item, need, sure=sure)
        for source, target, event in self.search.edges:
            if event is not None and self._in_scope(source) and self._in_scope(target):
                _note(touched, event, certain=Verdict.CERTAIN in (self.verdict(source), self.verdict(target)))
        return touched

    def _in_scope(self, item: int) -> bool:
        return item in self.asked or self.verdict(item) is not None

    def edges(self) -> list[tuple[int, int, int | None]]:
        """Return the hops between listed items."""
        return [edge for edge in self.search.edges if self._in_scope(edge[0]) and self._in_scope(edge[1])]

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


def _onward_key(need: Need) -> tuple[int, int]:
    return (need.onward.event or 0, need.onward.item) if need.onward else (0, 0)


def _ingredient_span(need: Need) -> Span:
    return Span(need.by, FOREVER) if need.by != FOREVER else Span(EVER, FOREVER)


def trace_back(facts: Facts, question: Question) -> Answer:
    """Answer a backward question."""
    history = History(facts, question)
    rows = history.rows()
    kept, cut = _cut(rows, question)
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


def _cut(rows: list[AnswerItem], question: Question) -> tuple[list[AnswerItem], int]:
    """Return the rows within the caller's depth and limit, and how many were cut."""
    kept = [row for row in rows if question.depth is None or row.depth <= question.depth]
    kept = kept if question.limit is None else kept[: question.limit]
    return kept, len(rows) - len(kept)
