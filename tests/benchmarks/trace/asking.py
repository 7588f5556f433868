"""The index as the benchmark asks it: mapped files, the kernel alone, and whole scopes told in columns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from suyuan.trace.contracts import Direction, EventType, ItemKind, Role
from suyuan.trace.contracts.scopes import ScopePage
from suyuan.trace.domain.answer import Answer, Question, Start
from suyuan.trace.domain.distinct import without
from suyuan.trace.domain.engine.assembly import assemble
from suyuan.trace.domain.engine.desk import answer_back
from suyuan.trace.domain.engine.kernel import Kernel
from suyuan.trace.domain.engine.ledger import IndexLedger, Reader
from suyuan.trace.domain.engine.record import Ints, record_of
from suyuan.trace.domain.engine.scope import IndexScopes
from suyuan.trace.domain.engine.segment import build
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.scope_columns import (
    FACTS,
    ScopeColumns,
    columns_of,
    count_by,
    count_doubts,
    count_reasons,
    count_verdicts,
    rows_of,
    take_facts,
)
from suyuan.trace.domain.scoping import Scoped, ScopeQuestion, nobody_minds
from suyuan.trace.domain.times import EVER, FOREVER
from suyuan.trace.store.index.files import open_index


class Asking:
    """An index opened once, as a process does."""

    def __init__(self, folder: Path) -> None:
        opened = open_index(folder)
        assert opened is not None
        self._readers = readers = [Reader(segment) for segment in opened.segments]
        self._segments = [reader.segment for reader in readers]
        self.assembled = assemble(self._segments)
        self._scopes = IndexScopes(IndexLedger(readers, MemoryLedger([], [])), lambda _: self.assembled, _refused)

    def kernel(self, start: int) -> int:
        """Label everything that an item, suspect since ever, leads to; return how many labels that is."""
        kernel = Kernel(self.assembled)
        kernel.start(self.assembled.items(np.array([start])), np.array([EVER]))
        assert len(kernel.run(nobody_minds)) == 0
        return kernel.labels + kernel.holdings

    def catch_up(self, start: int, number: int, events: int = 2_000) -> int:
        """Take in a tail of events that use the item ``start``, and ask what it leads to; return how many labels.

        This is what the first question after a commit does beyond reading the tail from the database.
        """
        at = datetime(2027, 1, 1, tzinfo=UTC)
        items = [TraceItem(start, ItemKind.LOT), *(TraceItem(number + n, ItemKind.UNIT) for n in range(events))]
        tail = [
            TraceEvent(
                number + n, "", EventType.TRANSFORMATION, at + timedelta(seconds=n), at,
                (TraceParticipation(start, Role.INPUT), TraceParticipation(number + n, Role.OUTPUT)),
            )
            for n in range(events)
        ]  # fmt: skip
        self.assembled = assemble([*self._segments, build(record_of(items, tail))])
        labels = self.kernel(start)
        self.assembled = assemble(self._segments)
        return labels

    def forward(self, start: int) -> Scoped:
        """Return the whole scope."""
        return self._scopes.scope(_question(Direction.FORWARD, start, EVER), nobody_minds)

    def summary(self, start: int) -> ScopeColumns:
        """Return the whole scope counted by everything that the API counts it by, its first page picked out."""
        question = _question(Direction.FORWARD, start, EVER)
        scoped = self._scopes.scope(question, nobody_minds)
        columns = columns_of(scoped.labels, None, question.starts, back=False)
        take_facts(columns, self._scopes.facts(question, columns.item, None, nobody_minds), str, None)
        count_verdicts(columns)
        count_doubts(columns, scoped.labels)
        for name in FACTS:
            count_by(columns, name)
        rows_of(columns, ScopePage())
        return columns

    def compared(self, start: int) -> tuple[int, dict[str, int]]:
        """Return the size of the comparison with the time-blind closure, and how many items each reason excludes."""
        question = _question(Direction.FORWARD, start, EVER)
        scoped = self._scopes.scope(question, nobody_minds)
        listed = self._scopes.closure(question, nobody_minds)
        excluded = self._scopes.excluded(question, without(listed, scoped.labels.item), nobody_minds)
        return len(listed), count_reasons(columns_of(scoped.labels, excluded, question.starts, back=False))

    def back(self, item: int, *, siblings: bool = False) -> Scoped:
        """Return the whole history, with cross-contact if asked."""
        return self._scopes.scope(_question(Direction.BACK, item, FOREVER, siblings=siblings), nobody_minds)

    def desk(self, item: int, *, siblings: bool = False) -> Answer:
        """Return the whole answer of the trace desk: items, hops, events, gaps, places, people, paths."""
        ledger = IndexLedger(self._readers, MemoryLedger([], []))
        question = Question(Direction.BACK, (Start(item),), siblings=siblings, closure=False)
        answer = answer_back(ledger, lambda _: self.assembled, question)
        assert answer is not None
        return answer

    def closure(self, start: int) -> Ints:
        """Return the time-blind closure forward."""
        return self._scopes.closure(_question(Direction.FORWARD, start, EVER), nobody_minds)


def _question(direction: Direction, item: int, time: int, *, siblings: bool = False) -> ScopeQuestion:
    return ScopeQuestion(direction, np.array([item]), np.array([time]), siblings=siblings)


def _refused(question: Question) -> Answer:
    raise AssertionError(f"left to the reference: {question}")
