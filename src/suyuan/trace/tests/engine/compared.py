"""The index beside the oracle: one history cut into segments, one question, one kind of answer to compare."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from suyuan.trace.contracts import Direction, Reason, Verdict
from suyuan.trace.domain.answer import Answer, Question, Start
from suyuan.trace.domain.closure import HopKind
from suyuan.trace.domain.engine.assembly import assemble
from suyuan.trace.domain.engine.blind import closure
from suyuan.trace.domain.engine.ledger import IndexLedger, Reader
from suyuan.trace.domain.engine.reasons import Reasons, listed, shown_by
from suyuan.trace.domain.engine.record import record_of
from suyuan.trace.domain.engine.scope import IndexScopes
from suyuan.trace.domain.engine.segment import build
from suyuan.trace.domain.exclusion import Why
from suyuan.trace.domain.ledger import TraceEvent, TraceItem
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.scoping import (
    LATE,
    REASONS,
    Exclusions,
    ScopeLabels,
    ScopeQuestion,
    nobody_minds,
)
from suyuan.trace.domain.times import EVER, FOREVER, micros
from suyuan.trace.domain.tracing import facts_of, trace

MANY = int(os.environ.get("TRACE_PLANTS", "1"))
"""How many times as many random plants as in every run of the tests (``make proof-trace``)."""
Told = dict[int, tuple[bool, int, set[tuple[bool, int, int]]]]


def nameless(event: TraceEvent) -> TraceEvent:
    """As the store has it: no client's id, and a lot given to a unit counts for every role of it in that event."""
    lots = {part.item: part.lot for part in event.participations if part.lot is not None}
    parts = tuple(replace(part, lot=lots.get(part.item)) for part in event.participations)
    return replace(event, event_id="", participations=parts)


class Asked(Exception):  # noqa: N818 (says that the reference was asked)
    """The index left the question to the reference."""


class Cut:
    """A history as segments, cut at the given places; some voids are only known to a later stretch."""

    def __init__(self, items: Sequence[TraceItem], history: Sequence[TraceEvent], cuts: Sequence[int]) -> None:
        self.readers: list[Reader] = []
        self.voids: dict[int, int] = {}
        voided: dict[int, datetime] = {}
        events = [nameless(event) for event in history]
        for low, high in zip([0, *cuts], [*cuts, len(events)], strict=True):
            stretch = []
            for event in events[low:high]:
                if event.number % 2 and event.voided_at is not None:
                    voided[event.number], self.voids[event.number] = event.voided_at, micros(event.voided_at)
                stretch.append(replace(event, voided_at=None) if event.number in voided else event)
            named = {part.item for event in stretch for part in event.participations}
            named |= {part.lot for event in stretch for part in event.participations if part.lot is not None}
            named |= {item.lot for item in items if item.id in named and item.lot is not None}
            new = {lot for lot in named if all(reader.place(lot) is None for reader in self.readers)}
            named |= {item.id for item in items if item.lot in new}  # as the store does
            self.readers.append(Reader(build(record_of([item for item in items if item.id in named], stretch))))
        named_lots = {item.id: item.lot for item in items if item.lot is not None}
        self.ledger = IndexLedger(self.readers, MemoryLedger(items, []), voided, named_lots)

    def scopes(self) -> IndexScopes:
        """Return the scopes over it; a question left to the reference is an error."""

        def refuse(question: Question) -> Answer:
            raise Asked

        segments = [reader.segment for reader in self.readers]
        return IndexScopes(self.ledger, lambda as_of: assemble(segments, as_of=as_of, voids=self.voids), refuse)


def told_by(labels: ScopeLabels) -> Told:
    """Return, of every item: verdict, depth and labels."""
    rows: dict[int, list[tuple[bool, int, int]]] = {}
    depths: dict[int, int] = {}
    for index in range(len(labels)):
        item = int(labels.item[index])
        row = (bool(labels.certain[index]), int(labels.since[index]), int(labels.until[index]))
        rows.setdefault(item, []).append(row)
        depths.setdefault(item, int(labels.depth[index]))
    return {item: (found[0][0], depths[item], set(found)) for item, found in rows.items()}


def told_in(answer: Answer) -> Told:
    """Return the same of an answer."""
    found: Told = {}
    for row in answer.items:
        labels = {
            (
                label.verdict is Verdict.CERTAIN,
                EVER if label.since is None else micros(label.since),
                FOREVER if label.until is None else micros(label.until),
            )
            for label in row.labels
        }
        found[row.item] = (row.verdict is Verdict.CERTAIN, row.depth, labels)
    return found


def forward(cut: Cut, oracle: MemoryLedger, starts: Sequence[Start], **options: object) -> None:
    """Demand that the index and the oracle say the same of what these items lead to."""
    question = Question(Direction.FORWARD, tuple(starts), closure=False, **options)  # type: ignore[arg-type]  # whatever options both take
    asked = ScopeQuestion(
        Direction.FORWARD,
        np.array([start.item for start in starts], np.int64),
        np.array([EVER if start.time is None else micros(start.time) for start in starts], np.int64),
        **options,  # type: ignore[arg-type]  # whatever options both take
    )
    scopes = cut.scopes()
    scoped, answer = scopes.scope(asked, nobody_minds), trace(oracle, question)
    told, expected = told_by(scoped.labels), told_in(answer)
    differing = {item: (told.get(item), expected.get(item)) for item in told.keys() | expected.keys()
                 if told.get(item) != expected.get(item)}  # fmt: skip
    assert not differing, "\n".join(["told, expected:", *map(str, differing.items()), *shown(oracle.history)])
    _ordered(scoped.labels, {start.item for start in starts})
    missed = set(answer.gaps) - set(scoped.gaps)
    assert not missed, "\n".join(["gaps missed:", *map(str, missed), *shown(oracle.history)])
    whole = trace(oracle, replace(question, closure=True))
    if any(all(reader.place(start.item) is None for reader in cut.readers) for start in starts):
        return  # of what no segment names, the reference tells the closure
    blind = scopes.closure(asked, nobody_minds)
    assert set(blind.tolist()) == {row.item for row in whole.items}, "\n".join(shown(oracle.history))
    others = np.array([item for item in blind.tolist() if item not in told], np.int64)
    excluded = scopes.excluded(asked, others, nobody_minds)
    assert excluded.item.tolist() == others.tolist()
    _reasons(cut, scopes, asked, excluded)


def _ordered(labels: ScopeLabels, starts: set[int]) -> None:
    """Demand the order of a scope, and that all but start items have a first hop, from something listed."""
    items = labels.item.tolist()
    keys = [(item not in starts, depth, item) for item, depth in zip(items, labels.depth.tolist(), strict=True)]
    assert keys == sorted(keys)
    via, event = labels.hops(np.arange(len(labels)))
    for row, item in enumerate(items):
        best = row == 0 or items[row - 1] != item
        assert (int(via[row]) in items) == (best and labels.depth[row] > 0)
        assert best or not event[row]


def _reasons(cut: Cut, scopes: IndexScopes, asked: ScopeQuestion, excluded: Exclusions) -> None:
    """Demand that reasons handed down all at once are those that one item after the other gives."""
    assembled = scopes._assembled(None if asked.as_of is None else micros(asked.as_of))
    labels = scopes.scope(asked, nobody_minds).labels
    found = closure(assembled, listed(labels, assembled), asked.direction)
    facts = facts_of(cut.ledger, asked.spelled(closure=False))
    reasons = Reasons(facts, cut.ledger, assembled, found, labels, asked.direction)
    place = {int(item): at for at, item in enumerate(found.items.tolist())}
    known: dict[int, Why] = {}
    for at in range(found.seeds, len(found.items)):
        came = place[int(found.source[at])]
        hop = reasons._hop(at)
        facts.view.know(hop.events)
        unseen = [event for event in hop.events if not facts.view.sees(event)]
        if unseen:
            known[at] = min(map(reasons._unseen, unseen), key=lambda why: why.reason is Reason.VOIDED)
        elif came < found.seeds:
            known[at] = reasons._judge.hop(int(assembled.ids(found.items[came : came + 1])[0]), hop)
        elif hop.kind is HopKind.MEMBER and known[came].reason is Reason.OWN_RECORD:
            known[at] = Why(Reason.OWN_RECORD, shown_by(facts, hop.target) or None)
        else:
            known[at] = known[came]
    rows = np.flatnonzero(excluded.event == LATE)
    events = excluded.event.copy()
    if len(rows):
        assert excluded.late is not None
        events[rows] = excluded.late(rows)
    places = reasons.places(assembled.items(excluded.item)).tolist()
    for row, at in enumerate(places):
        told = (REASONS[excluded.reason[row]], int(events[row]))
        assert told == (known[at].reason, known[at].event or 0)


def shown(history: Sequence[TraceEvent]) -> list[str]:
    """Return a history for people: one line an event."""
    return [
        f"{event.number} {event.time:%H:%M} {event.type.name} {event.action} "
        + " ".join(f"{part.role.name}:{part.item}{f'/{part.lot}' if part.lot else ''}" for part in event.participations)
        + f" id={event.transformation_id} void={event.voided_at} lag={event.booking_lag} {event.cleans} {event.empties}"
        for event in history
    ]
