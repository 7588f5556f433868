"""The reference trace implementation gives the stories the answers that they promise, and finds no gap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from suyuan.coding import api as coding
from suyuan.integration.domain.epcis.documents import take_apart
from suyuan.integration.domain.epcis.mapping import Setting, map_event
from suyuan.integration.domain.epcis.reading import read_json
from suyuan.integration.domain.epcis.report import Report
from suyuan.packs.electronics_demo.tests.conftest import Run
from suyuan.packs.electronics_demo.tests.test_reading import Codes
from suyuan.trace.contracts import Direction, EventRecord, ItemKind, Participation, Reason, Verdict
from suyuan.trace.domain.answer import Question, Start
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.tracing import trace

RECORDED = datetime(2026, 11, 22, tzinfo=UTC)


class Book:
    """Numbers for items, as the ledger gives them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.items: list[TraceItem] = []

    def number(self, uri: str, kind: ItemKind, product: str | None) -> int:
        if uri not in self.numbers:
            self.numbers[uri] = len(self.numbers) + 1
            self.items.append(TraceItem(self.numbers[uri], kind, uri, product))
        return self.numbers[uri]

    def part(self, part: Participation) -> TraceParticipation:
        item = self.number(part.item.uri, part.item.kind, part.item.product)
        lot = self.number(part.lot, ItemKind.LOT, part.item.product) if part.lot else None
        return TraceParticipation(item, part.role, part.quantity, part.unit, lot)

    def event(self, number: int, record: EventRecord, voided: bool) -> TraceEvent:
        return TraceEvent(
            number,
            record.event_id,
            record.type,
            record.time.utc,
            RECORDED,
            tuple(map(self.part, record.participations)),
            record.action,
            record.transformation_id,
            RECORDED if voided else None,
            timedelta(seconds=record.booking_lag_seconds),
            biz_step=record.biz_step,
        )


@pytest.fixture(scope="module")
def ledger(run: Run) -> tuple[Book, MemoryLedger]:
    records: list[EventRecord] = []
    for batch in run.batches:
        document = take_apart(read_json(batch.body))
        setting = Setting(document.context, document.names, Codes())
        for event in document.events:
            record = map_event(event, "", setting, Report(limit=5, names=document.names))
            assert record is not None
            records.append(record)
    voided = {record.event_id for record in records if record.declares_error}
    book = Book()
    events = [
        book.event(number, record, record.event_id in voided)
        for number, record in enumerate(records, 1)
        if not record.declares_error
    ]
    return book, MemoryLedger(book.items, events)


@pytest.mark.parametrize("key", ["bad-reel", "swapped-label", "reused-tote", "held-lot", "moved-board", "sold-unit"])
def test_the_story_is_answered_as_promised(run: Run, ledger: tuple[Book, MemoryLedger], key: str) -> None:
    book, memory = ledger
    story = next(each for each in run.plant.stories if each.key == key)
    start = book.numbers[coding.canonical(story.code)]
    answer = trace(memory, Question(Direction(story.direction), (Start(start),)))
    found = {item.item: item for item in answer.items}

    def verdicts(uris: tuple[str, ...]) -> set[Verdict]:
        return {found[book.numbers[coding.canonical(uri)]].verdict for uri in uris}

    assert verdicts(story.certain) <= {Verdict.CERTAIN}
    assert verdicts(story.possible) <= {Verdict.POSSIBLE}
    assert verdicts(tuple(story.excluded)) <= {Verdict.EXCLUDED}
    for uri, reason in story.excluded.items():
        if reason:
            assert found[book.numbers[coding.canonical(uri)]].reason == Reason(reason)
    assert answer.gaps == ()
    assert not answer.truncated
