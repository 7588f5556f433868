"""The door of the reference implementation: :func:`trace`."""

from __future__ import annotations

from datetime import timedelta

from suyuan.trace.contracts import Direction
from suyuan.trace.domain.answer import Answer, Question
from suyuan.trace.domain.backward import trace_back
from suyuan.trace.domain.carriage import Carriages
from suyuan.trace.domain.conditions import conditions_of, listed_events
from suyuan.trace.domain.exclusion import Exclusions, ForwardJudge
from suyuan.trace.domain.facts import Facts
from suyuan.trace.domain.forward import Limits, Run
from suyuan.trace.domain.gaps import find_gaps
from suyuan.trace.domain.labels import Label
from suyuan.trace.domain.ledger import Ledger
from suyuan.trace.domain.links import ForwardLinks
from suyuan.trace.domain.scope import Scope, answer_edges
from suyuan.trace.domain.times import EVER, Clock, micros
from suyuan.trace.domain.view import View


def trace(ledger: Ledger, question: Question) -> Answer:
    """Answer ``question`` from ``ledger``, as TRACE semantics say (docs/reference/trace-semantics.md)."""
    facts = facts_of(ledger, question)
    if question.direction is Direction.BACK:
        return trace_back(facts, question)
    return trace_forward(facts, question)


def facts_of(ledger: Ledger, question: Question) -> Facts:
    """Return the facts that count for ``question``."""
    view = View(ledger, question.as_of, Clock(in_micros(question.tolerance)))
    return Facts(view, emptied_ends=question.emptied_ends, latest_booking=in_micros(question.latest_booking))


def in_micros(span: timedelta) -> int:
    """Return a length of time in microseconds."""
    return span // timedelta(microseconds=1)


def start_labels(facts: Facts, question: Question) -> dict[int, Label]:
    """Return the start items' labels: certain from their start time; a carrier's ends when it is next cleaned (F6)."""
    labels: dict[int, Label] = {}
    for start in question.starts:
        since = EVER if start.time is None else micros(start.time)
        label = Label(True, since, facts.suspect_until(start.item, since), suspect=True)
        if start.item not in labels or label.covers(labels[start.item]):
            labels[start.item] = label
    return labels


def trace_forward(facts: Facts, question: Question) -> Answer:
    """Answer a forward question."""
    carriages = Carriages(facts)
    limits = Limits(question.depth, question.limit)
    run = Run(facts, carriages, ForwardLinks(facts, carriages), siblings=question.siblings, limits=limits)
    starts = start_labels(facts, question)
    facts.view.fetch(starts)
    run.spread(starts)
    scope = Scope(run)
    rows = scope.rows(starts)
    listed = {row.item for row in rows}
    events = listed_events(scope.events)
    closure = None
    cut = run.cut - listed
    if question.closure:
        judge = ForwardJudge(facts, scope.spans_of_own(), scope.spans_of_holding())
        out = Exclusions(facts, question.direction, judge, listed, scope.events, cut)
        closure = out.closure_size
        rows += out.item_rows()
        events += out.event_rows()
    return Answer(
        question, tuple(rows), events, answer_edges(scope.edges),
        find_gaps(facts, listed, scope.events), conditions_of(facts, scope.events), closure,
        bool(run.cut), {"items": len(cut), "not_followed": len(run.cut)} if run.cut else {},
    )  # fmt: skip
