"""The desk's whole forward answer from compiled code is the oracle's, hop by hop and event by event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Direction
from suyuan.trace.domain.answer import Answer, ItemRole, Question, Start
from suyuan.trace.domain.engine.assembly import assemble
from suyuan.trace.domain.engine.desk_forward import answer_forward
from suyuan.trace.domain.ledger import TraceEvent, TraceItem
from suyuan.trace.domain.memory import MemoryLedger, visible
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.path_checker import PathChecker
from suyuan.trace.tests.domain.random_plants import ITEMS, Draft, histories, ledger_of
from suyuan.trace.tests.engine.compared import MANY, Cut, shown
from suyuan.trace.tests.engine.test_desk import legal, told_of, whole
from suyuan.trace.tests.engine.test_forward_kernel import CLOCKS, IDS, TIDY_ITEMS, cuts, moments, tidy_plants
from suyuan.trace.tests.engine.test_plain_plants import BOARDS, DEVICES, LOT, PASTE, TOTES, plants
from suyuan.trace.tests.engine.test_plain_plants import ITEMS as PLAIN_ITEMS

EXACT = timedelta()


def answered(cut: Cut, question: Question) -> Answer | None:
    segments = [reader.segment for reader in cut.readers]
    return answer_forward(cut.ledger, lambda known: assemble(segments, as_of=known, voids=cut.voids), question)


def compare(
    items: Sequence[TraceItem], events: Sequence[TraceEvent], cut: Cut, start: Start, as_of: datetime | None = None,
    *, emptied: bool = False, off: timedelta = EXACT, siblings: bool = False,
) -> None:  # fmt: skip
    """Demand that compiled code says all that the oracle says. Cross-contact under a tolerance is the reference's."""
    question = Question(
        Direction.FORWARD, (start,), as_of=as_of, siblings=siblings and not off, limit=100_000, closure=False,
        emptied_ends=emptied, tolerance=off,
    )  # fmt: skip
    answer, oracle = answered(cut, question), trace(MemoryLedger(items, events), question)
    assert answer is not None
    told, expected = whole(answer), whole(oracle)
    for what, said in expected.items():
        assert told[what] == said, "\n".join([what, str(told[what]), str(said), *shown(events)])
    few = replace(question, limit=2)
    cut_short = answered(cut, few)
    assert cut_short is None or whole(cut_short) == whole(trace(MemoryLedger(items, events), few))
    checker = PathChecker(items, [event for event in events if visible(event, as_of)], off)
    for row in answer.items:
        begun = start.item if row.role is not ItemRole.START else None
        legal(checker, row.item, row.path, begun, row.depth, forward=True)


@settings(max_examples=50 * MANY, deadline=None)
@given(
    histories, cuts, st.builds(Start, st.sampled_from(IDS), moments), moments, st.booleans(), st.sampled_from(CLOCKS),
    st.booleans(),
)  # fmt: skip
def test_wild_plants(
    history: list[Draft], cuts: list[int], start: Start, as_of: datetime | None, emptied: bool, off: timedelta,
    siblings: bool,
) -> None:  # fmt: skip
    events = [told_of(event) for event in ledger_of(history).history]
    cut = Cut(ITEMS, events, [min(place, len(events)) for place in cuts])
    compare(ITEMS, events, cut, start, as_of, emptied=emptied, off=off, siblings=siblings)


@settings(max_examples=5 * MANY, deadline=None)
@given(tidy_plants(), cuts, moments, st.sampled_from(CLOCKS), st.booleans())
def test_tidy_plants(
    events: list[TraceEvent], cuts: list[int], since: datetime | None, off: timedelta, siblings: bool
) -> None:
    told = [told_of(event) for event in events]
    cut = Cut(TIDY_ITEMS, told, [min(place, len(told)) for place in cuts])
    for item in TIDY_ITEMS:
        compare(TIDY_ITEMS, told, cut, Start(item.id, since), off=off, siblings=siblings)


@settings(max_examples=15 * MANY, deadline=None)
@given(plants(), cuts, moments, moments, st.sampled_from(CLOCKS), st.booleans())
def test_plants_of_parts_and_totes(
    events: list[TraceEvent], cuts: list[int], since: datetime | None, as_of: datetime | None, off: timedelta,
    siblings: bool,
) -> None:  # fmt: skip
    told = [told_of(event) for event in events]
    cut = Cut(PLAIN_ITEMS, told, [min(place, len(told)) for place in cuts])
    for item in (PASTE, BOARDS[0], DEVICES[0], LOT, TOTES[0]):
        compare(PLAIN_ITEMS, told, cut, Start(item, since), as_of, off=off, siblings=siblings)
