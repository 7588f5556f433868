"""Answering trace questions: the reference implementation over the ledger, its answer named, placed and counted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import msgspec

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.latency import measured
from suyuan.tenancy import api as tenancy
from suyuan.trace.api import reach
from suyuan.trace.api.narrowing import narrowed
from suyuan.trace.contracts import (
    Direction,
    ItemRow,
    TraceAnswer,
    TracedActor,
    TracedEdge,
    TracedEvent,
    TracedGap,
    TracedItem,
    TracedParameter,
    TraceQuestion,
    TraceSummary,
    Verdict,
)
from suyuan.trace.domain.answer import Answer, AnswerItem, ItemRole, Question, Start
from suyuan.trace.domain.gap_words import GAP_WORDS
from suyuan.trace.domain.parameters import parameters_of
from suyuan.trace.domain.place_words import named_place
from suyuan.trace.domain.tracing import trace
from suyuan.trace.store import reading as reading_store
from suyuan.trace.store.index import trace_with_index
from suyuan.trace.store.tracing import SqlLedger, TooManyEventsError

MOST_CLOSURE_EVENTS = 20_000
"""The reference implementation works out time-blind closures up to this many events; beyond, the answer says so."""
MOST_PARAMETERS = 2000
"""Parameters are read from this many events at the most; the answer's events tell that there are more."""


Heads = Mapping[int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Named:
    rows: Mapping[int, ItemRow]
    names: Mapping[str, tuple[str | None, str | None]]

    def label(self, item: int | None) -> str:
        row = self.rows.get(item or 0)
        return row.label if row else "?"

    def name(self, uri: str | None) -> tuple[str | None, str | None]:
        return self.names.get(uri or "", (None, None))


def answer(question: TraceQuestion) -> TraceAnswer:
    """Answer ``question`` about the item ``question.item_id`` in the open transaction.

    :raises Fault: ``chassis.not_found`` where there is no such item.
    """
    started = time.perf_counter()
    known_as_of = question.as_of or datetime.now(UTC)
    with measured("trace"):
        if not reach.may_see(question.item_id):
            raise NOT_FOUND(what=question.code)
        found = trace_with_index(_asked(question, closure=question.closure))
        if found is None:
            found = _without_index(question)
        found = _listed(found, question.limit)
        return narrowed(_worded(question, found, known_as_of, started))


def _asked(question: TraceQuestion, *, closure: bool) -> Question:
    rules = tenancy.evidence_rules()
    return Question(
        Direction(question.direction),
        (Start(question.item_id, question.since),),
        as_of=question.as_of,
        siblings=question.siblings,
        depth=question.depth,
        limit=question.limit,
        closure=closure,
        tolerance=rules.clock_tolerance,
        emptied_ends=rules.emptied_is_clean,
        latest_booking=rules.latest_booking,
    )


def _without_index(question: TraceQuestion) -> Answer:
    """Answer from the database alone. A closure may be too large for that: the scope itself is never cut for it, and
    the answer says what it leaves out.
    """
    try:
        most = MOST_CLOSURE_EVENTS if question.closure else None
        return trace(SqlLedger(most), _asked(question, closure=question.closure))
    except TooManyEventsError as much:
        scope = trace(SqlLedger(), _asked(question, closure=False))
        left_out = {**scope.truncated_counts, "closure_events_at_least": int(much.args[0])}
        return replace(scope, truncated=True, truncated_counts=left_out)


def _listed(found: Answer, limit: int | None) -> Answer:
    """Leave out excluded items and events beyond ``limit``, and say how many; the counts still hold all of them."""
    if limit is None:
        return found
    scope = [item for item in found.items if item.verdict is not Verdict.EXCLUDED]
    excluded = [item for item in found.items if item.verdict is Verdict.EXCLUDED]
    if len(excluded) <= limit:
        return found
    touched = [event for event in found.events if event.verdict is not Verdict.EXCLUDED]
    others = [event for event in found.events if event.verdict is Verdict.EXCLUDED]
    left_out = {
        **found.truncated_counts,
        "excluded": len(excluded) - limit,
        "excluded_events": max(0, len(others) - limit),
    }
    return replace(
        found,
        items=(*scope, *excluded[:limit]),
        events=(*touched, *others[:limit]),
        truncated=True,
        truncated_counts=left_out,
    )


def _worded(question: TraceQuestion, found: Answer, known_as_of: datetime, started: float) -> TraceAnswer:
    mentioned = {item.item for item in found.items} | {gap.item for gap in found.gaps if gap.item is not None}
    touched = [event.number for event in found.events if event.verdict is not Verdict.EXCLUDED]
    few = touched if len(touched) <= MOST_PARAMETERS else []
    uris = sorted({condition.uri for condition in found.conditions})
    facts = reading_store.answer_facts(sorted(mentioned), [event.number for event in found.events], uris, few)
    rows, heads = {row.id: row for row in facts.items}, facts.heads
    if question.item_id not in rows:
        raise NOT_FOUND(what=question.code)
    named = _Named(rows, {**facts.names, **_further_names(heads, uris)})
    items = [_item(item, rows[item.item]) for item in found.items if item.item in rows]
    events = _events(found, heads, named)
    by_kind: dict[str, list[TracedActor]] = {"person": [], "equipment": [], "place": []}
    for condition in found.conditions:
        zh, en = named.name(condition.uri)
        if condition.kind == "place":
            zh, en = named_place(condition.uri, zh, en)
        actor = TracedActor(condition.uri, zh, en, condition.events, condition.since, condition.until)
        by_kind.setdefault(condition.kind, []).append(actor)
    return TraceAnswer(
        question=question,
        items=items,
        edges=[TracedEdge(edge.source, edge.target, edge.event) for edge in found.edges],
        events=events,
        gaps=[_gap(gap.kind.value, gap.item, gap.event, named) for gap in found.gaps],
        summary=_summary(items, found),
        people=by_kind["person"],
        equipment=by_kind["equipment"],
        places=by_kind["place"],
        parameters=_parameters(events, facts.measured if few else None),
        truncated=found.truncated,
        truncated_counts=dict(found.truncated_counts),
        known_as_of=known_as_of,
        took_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def _further_names(heads: Heads, known: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """Return the names of the places that only excluded events name."""
    missing = {head[7] for head in heads.values() if head[7]} - set(known)
    return reading_store.names_of(sorted(missing)) if missing else {}


def _item(item: AnswerItem, row: ItemRow) -> TracedItem:
    return TracedItem(
        id=row.id,
        uri=row.uri,
        label=row.label,
        kind=row.kind,
        role=item.role.value,
        verdict=item.verdict.value,
        since=item.since,
        until=item.until,
        depth=item.depth,
        via_event=item.hop.event if item.hop else None,
        via_item=item.hop.item if item.hop else None,
        doubts=[doubt.value for doubt in item.doubts],
        reason=item.reason.value if item.reason else None,
        reason_event=item.reason_event,
        product=row.product,
        product_name_zh=row.product_name_zh,
        product_name_en=row.product_name_en,
        lot=row.lot,
        serial=row.serial,
        state=row.state,
        disposition=row.disposition,
        place=row.place,
        place_name_zh=row.place_name_zh,
        place_name_en=row.place_name_en,
    )


def _events(found: Answer, heads: Heads, named: _Named) -> list[TracedEvent]:
    rows = []
    for touched in found.events:
        if touched.number not in heads:
            continue
        event_id, kind, action, when, offset, step, disposition, place, person, equipment = heads[touched.number]
        zh, en = named_place(place, *named.name(place))
        rows.append(
            TracedEvent(
                number=touched.number,
                event_id=event_id,
                type=kind,
                action=action,
                time=when,
                offset_minutes=offset,
                biz_step=step,
                disposition=disposition,
                place=place,
                place_name_zh=zh,
                place_name_en=en,
                person=person,
                equipment=equipment,
                verdict=touched.verdict.value,
                reason=touched.reason.value if touched.reason else None,
            )
        )
    return sorted(rows, key=lambda row: (row.time, row.number))


def _gap(kind: str, item: int | None, event: int | None, named: _Named) -> TracedGap:
    words = next(text for known, text in GAP_WORDS.items() if known.value == kind)
    label = {"item": named.label(item)}
    return TracedGap(kind, item, event, words.render("zh", label), words.render("en", label))


def _summary(items: Sequence[TracedItem], found: Answer) -> TraceSummary:
    counts = found.counts
    listed = [item for item in items if item.role != ItemRole.START and item.verdict != Verdict.EXCLUDED]
    return TraceSummary(
        certain=counts[Verdict.CERTAIN],
        possible=counts[Verdict.POSSIBLE],
        excluded=counts[Verdict.EXCLUDED] + found.truncated_counts.get("excluded", 0),
        by_kind=dict(Counter(item.kind for item in listed)),
        by_product=dict(Counter(item.product for item in listed if item.product).most_common()),
        by_place=dict(Counter(item.place for item in listed if item.place).most_common()),
        by_state=dict(Counter(item.state for item in listed if item.state)),
        closure=found.closure,
    )


def _parameters(events: Sequence[TracedEvent], known: Sequence[tuple[int, str]] | None) -> list[TracedParameter]:
    """Return what was measured in the touched events; ``known`` if it has been read, else it is, for the first ones."""
    touched = {event.number: event.time for event in events if event.verdict != Verdict.EXCLUDED}
    measured = reading_store.measured_in(list(touched)[:MOST_PARAMETERS]) if known is None else known
    found: list[TracedParameter] = []
    for number, elements in measured:
        measured_here = parameters_of({"sensorElementList": msgspec.json.decode(elements)})
        found.extend(TracedParameter.of(number, touched[number], parameter) for parameter in measured_here)
    return found
