"""Making compiled code ready before the first question: compiled once for a machine, then read from its cache."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from suyuan.trace.contracts import Action, Direction, EventType, ItemKind, Role
from suyuan.trace.domain.answer import Answer, Question, Start
from suyuan.trace.domain.distinct import without
from suyuan.trace.domain.engine.assembly import assemble
from suyuan.trace.domain.engine.desk import answer_back
from suyuan.trace.domain.engine.desk_forward import answer_forward
from suyuan.trace.domain.engine.ledger import IndexLedger, Reader
from suyuan.trace.domain.engine.record import record_of
from suyuan.trace.domain.engine.scope import IndexScopes
from suyuan.trace.domain.engine.segment import build
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.scoping import ScopeQuestion, nobody_minds
from suyuan.trace.domain.times import EVER, FOREVER
from suyuan.trace.domain.tracing import trace

_ITEMS = (
    TraceItem(1, ItemKind.LOT, "", "a"), TraceItem(2, ItemKind.UNIT, "", "b", 4), TraceItem(3, ItemKind.CARRIER),
    TraceItem(4, ItemKind.LOT, "", "b"),
)  # fmt: skip


def warm() -> None:
    """Build a tiny index and ask it everything once."""
    made = TraceEvent(
        1, "", EventType.TRANSFORMATION, _at(1), _at(1),
        (TraceParticipation(1, Role.INPUT), TraceParticipation(2, Role.OUTPUT)),
    )  # fmt: skip
    packed = TraceEvent(
        2, "", EventType.AGGREGATION, _at(2), _at(2),
        (TraceParticipation(3, Role.PARENT), TraceParticipation(2, Role.CHILD)), Action.ADD,
    )  # fmt: skip
    later = record_of(_ITEMS[1:3], [packed])
    later.events.party = ["a customer"]
    readers = [Reader(build(record_of(_ITEMS, [made]))), Reader(build(later))]
    ledger = IndexLedger(readers, MemoryLedger(_ITEMS, []))

    def ask(question: Question) -> Answer:
        return trace(ledger, question)

    assembled = assemble([reader.segment for reader in readers])
    scopes = IndexScopes(ledger, lambda _: assembled, ask)
    for direction, item, time in ((Direction.FORWARD, 1, EVER), (Direction.BACK, 2, FOREVER)):
        question = ScopeQuestion(direction, np.array([item]), np.array([time]))
        found = scopes.scope(question, nobody_minds)
        listed = scopes.closure(question, nobody_minds)
        scopes.excluded(question, without(listed, found.labels.item), nobody_minds)
        scopes.facts(question, listed, frozenset([1]), nobody_minds)
        found.explain(2)
        scopes.scope(replace(question, siblings=True), nobody_minds)
    answer_back(ledger, lambda _: assembled, Question(Direction.BACK, (Start(2),), closure=False))
    answer_forward(ledger, lambda _: assembled, Question(Direction.FORWARD, (Start(1),), closure=False))


def _at(minute: int) -> datetime:
    return datetime(2026, 1, 1, 0, minute, tzinfo=UTC)
