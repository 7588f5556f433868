"""A ledger over segments and a tail says what the plain ledger says, however the history is cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Direction, Role
from suyuan.trace.domain.answer import Question, Start
from suyuan.trace.domain.engine.ledger import IndexLedger, Reader
from suyuan.trace.domain.engine.record import record_of
from suyuan.trace.domain.engine.segment import build
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.plant import DAY
from suyuan.trace.tests.domain.random_plants import ALTERNATIVES, ITEMS, TICK, Draft, histories, ledger_of

THINGS = [item.id for item in ITEMS]
cuts = st.lists(st.integers(0, 14), min_size=1, max_size=2).map(sorted)


def _nameless(event: TraceEvent) -> TraceEvent:
    """As the store has it: no client's id, and a lot given to a unit counts for every role of it in that event."""
    lots = {part.item: part.lot for part in event.participations if part.lot is not None}
    parts = tuple(replace(part, lot=lots.get(part.item)) for part in event.participations)
    return replace(event, event_id="", participations=parts)


def indexed(history: list[Draft], cuts: list[int]) -> IndexLedger:
    """Return the history as segments up to the last cut, and a tail; voids recorded after the cut are in the tail."""
    events = [_nameless(event) for event in ledger_of(history).history]
    readers, voided = [], {}
    for low, high in zip([0, *cuts], cuts, strict=False):
        stretch = []
        for event in events[low:high]:
            if event.number % 2 and event.voided_at is not None:
                voided[event.number] = event.voided_at
                stretch.append(replace(event, voided_at=None))
            else:
                stretch.append(event)
        named = {part.item for event in stretch for part in event.participations}
        named |= {part.lot for event in stretch for part in event.participations if part.lot is not None}
        items = [item for item in ITEMS if item.id in named]
        readers.append(Reader(build(record_of(items, stretch))))
    return IndexLedger(readers, MemoryLedger(ITEMS, events[cuts[-1] :], ALTERNATIVES), voided)


@settings(max_examples=60, deadline=None)
@given(histories, cuts)
def test_every_question_to_the_ledger_is_answered_alike(history: list[Draft], cuts: list[int]) -> None:
    plain, index = ledger_of(history), indexed(history, cuts)
    assert index.items(THINGS) == {n: replace(i, uri="") if index_knows(index, n) else i
                                   for n, i in plain.items(THINGS).items()}  # fmt: skip
    for role in Role:
        told, expected = index.events_of(THINGS, [role]), plain.events_of(THINGS, [role])
        for item in THINGS:
            by_number = {event.number: event for event in told[item]}
            assert by_number == {event.number: _nameless(event) for event in expected[item]}
            assert len(told[item]) == len(by_number)
    for name in ("run1", "run2", "run3"):
        told_run = index.events_of_processes([name])[name]
        assert {e.number for e in told_run} == {e.number for e in plain.events_of_processes([name])[name]}
    assert {k: set(v) for k, v in index.members_of(THINGS).items()} == {
        k: set(v) for k, v in plain.members_of(THINGS).items()
    }
    for as_of in (None, *(DAY + TICK * minutes for minutes in (4, 8, 12, 20))):
        assert index.first_uses(THINGS, as_of) == plain.first_uses(THINGS, as_of)


def index_knows(index: IndexLedger, number: int) -> bool:
    return any(reader.place(number) is not None for reader in index.readers)


@settings(max_examples=120, deadline=None)
@given(
    histories,
    cuts,
    st.sampled_from(THINGS[:-1]),
    st.sampled_from(list(Direction)),
    st.sampled_from([None, None, 5, 9, 16]),
    st.sampled_from([0, 0, 1]),
    st.booleans(),
)
def test_answers_over_segments_and_tail_are_the_oracles(
    history: list[Draft], cuts: list[int], item: int, direction: Direction, known: int | None, late: int, siblings: bool
) -> None:
    as_of = None if known is None else DAY + known * TICK
    question = Question(
        direction, (Start(item),), as_of=as_of, tolerance=timedelta(minutes=late), siblings=siblings, closure=True
    )
    oracle = trace(ledger_of(history), question)
    told = trace(indexed(history, cuts), question)
    assert told.items == oracle.items
    assert told.events == oracle.events
    assert told.edges == oracle.edges
    assert told.gaps == oracle.gaps
    assert told.conditions == oracle.conditions
    assert told.closure == oracle.closure
