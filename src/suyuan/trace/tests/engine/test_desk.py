"""The desk's whole answer from compiled code is the oracle's, and every path that explains is legal by the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Action, Direction, EventType, ItemKind, Role
from suyuan.trace.domain.answer import Answer, Hop, ItemRole, Question, Start
from suyuan.trace.domain.engine.assembly import assemble
from suyuan.trace.domain.engine.desk import answer_back
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger, visible
from suyuan.trace.domain.scoping import Scoped, ScopeQuestion, nobody_minds
from suyuan.trace.domain.times import EVER, FOREVER
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.path_checker import PathChecker, causal_steps
from suyuan.trace.tests.domain.plant import DAY
from suyuan.trace.tests.domain.random_plants import ITEMS, TICK, Draft, histories, ledger_of
from suyuan.trace.tests.engine.compared import Asked, Cut, shown
from suyuan.trace.tests.engine.test_forward_kernel import IDS, TIDY_ITEMS, cuts, moments, tidy_plants

STEPS = ("receiving", "picking", "inspecting", None)


def told_of(event: TraceEvent) -> TraceEvent:
    """Return the event with a place, a person, equipment, and sometimes a step by which things arrive."""
    n = event.number
    step = STEPS[n % 4] if event.having(Role.SUBJECT) else event.biz_step
    where = "dock" if n % 5 == 0 else f"line{n % 2}"
    return replace(
        event, biz_step=step, read_point=f"line{n % 2}", biz_location=where, person=f"p{n % 3}" if n % 4 else None,
        equipment="press" if n % 3 else None,
    )  # fmt: skip


def answered(cut: Cut, item: int, as_of: datetime | None, *, siblings: bool = False, **limits: int) -> Answer | None:
    segments = [reader.segment for reader in cut.readers]
    question = Question(Direction.BACK, (Start(item),), as_of=as_of, siblings=siblings, closure=False, **limits)
    return answer_back(cut.ledger, lambda known: assemble(segments, as_of=known, voids=cut.voids), question)


def whole(answer: Answer) -> dict[str, object]:
    """Return all that an answer says, save which of several equally good paths and doubts it names."""
    return {
        "items": [(r.item, r.kind, r.verdict, r.role, r.labels, r.depth, not r.doubts) for r in answer.items],
        "events": [(event.number, event.verdict) for event in answer.events],
        "edges": answer.edges, "gaps": answer.gaps, "conditions": answer.conditions,
        "cut": (answer.truncated, answer.truncated_counts),
    }  # fmt: skip


def compare(
    items: Sequence[TraceItem], events: Sequence[TraceEvent], cut: Cut, item: int, as_of: datetime | None = None, *,
    siblings: bool = False,
) -> bool:  # fmt: skip
    """Demand that compiled code says what the oracle says, or nothing; return whether it said anything."""
    answer = answered(cut, item, as_of, siblings=siblings)
    if answer is None:
        return False
    oracle = MemoryLedger(items, events)
    for limits in ({}, {"limit": 2}, {"depth": 1}):
        limited = answered(cut, item, as_of, siblings=siblings, **limits)
        assert limited is not None
        told, expected = whole(limited), whole(trace(oracle, limited.question))
        for what, said in expected.items():
            assert told[what] == said, "\n".join([what, str(told[what]), str(said), *shown(events)])
    checker = PathChecker(items, [event for event in events if visible(event, as_of)], timedelta())
    for row in answer.items:
        legal(checker, row.item, row.path, item if row.role is not ItemRole.START else None, row.depth, forward=False)
    return True


def legal(
    checker: PathChecker, item: int, path: Sequence[Hop], start: int | None, depth: int, *, forward: bool
) -> None:
    """Demand a path that leads to the start, as long as is said, every step of which is on record and in time."""
    if start is None:
        assert not path
        return
    assert path[-1].item == start
    steps = causal_steps(item, path, forward=forward)
    assert len(steps) == depth
    checker.check(steps)


@settings(max_examples=80, deadline=None)
@given(histories, cuts, st.sampled_from(IDS), moments, st.booleans())
def test_wild_plants(
    history: list[Draft], cuts: list[int], item: int, as_of: datetime | None, siblings: bool
) -> None:  # fmt: skip
    events = [told_of(event) for event in ledger_of(history).history]
    cut = Cut(ITEMS, events, [min(place, len(events)) for place in cuts])
    compare(ITEMS, events, cut, item, as_of, siblings=siblings)


@settings(max_examples=8, deadline=None)
@given(tidy_plants(), cuts, moments)
def test_tidy_plants(events: list[TraceEvent], cuts: list[int], as_of: datetime | None) -> None:
    told = [told_of(event) for event in events]
    cut = Cut(TIDY_ITEMS, told, [min(place, len(told)) for place in cuts])
    for item in TIDY_ITEMS:
        compare(TIDY_ITEMS, told, cut, item.id, as_of)
        compare(TIDY_ITEMS, told, cut, item.id, as_of, siblings=True)


@settings(max_examples=8, deadline=None)
@given(tidy_plants())
def test_units_and_boxes_of_tidy_plants_are_answered(events: list[TraceEvent]) -> None:
    apart = [told_of(replace(event, time=DAY + n * TICK, recorded=DAY + n * TICK)) for n, event in enumerate(events)]
    raw = [replace(item, product=f"raw {item.id}") if item.product in ("raw0", "raw1", "raw2") else item
           for item in TIDY_ITEMS]  # fmt: skip
    cut = Cut(raw, apart, [])
    assert all(compare(raw, apart, cut, item.id) for item in raw if 31 <= item.id < 37)


def test_a_load_of_hundreds_is_answered() -> None:
    """So many things are found that every table of the backward kernel grows several times; and more boxes than it
    first has room for.
    """
    boxes, lot, pallet = range(11, 81), 9, 10
    things = [TraceItem(number, ItemKind.CARRIER) for number in (*boxes, pallet)]
    things += [TraceItem(lot, ItemKind.LOT, "", "resin")]
    things += [TraceItem(number, ItemKind.UNIT, "", "cap") for number in range(100, 100 + 5 * len(boxes))]
    events = list[TraceEvent]()

    def record(kind: EventType, action: Action | None, *parts: tuple[Role, int]) -> None:
        number = len(events) + 1
        named = tuple(TraceParticipation(item, role) for role, item in parts)
        events.append(TraceEvent(number, "", kind, DAY + number * TICK, DAY + number * TICK, named, action))

    for box in boxes:
        caps = range(45 + 5 * box, 50 + 5 * box)
        record(EventType.TRANSFORMATION, None, (Role.INPUT, lot), *((Role.OUTPUT, cap) for cap in caps))
        record(EventType.AGGREGATION, Action.ADD, (Role.PARENT, box), *((Role.CHILD, cap) for cap in caps))
    record(EventType.AGGREGATION, Action.ADD, (Role.PARENT, pallet), *((Role.CHILD, box) for box in boxes))
    cut = Cut(things, events, [7])
    assert compare(things, events, cut, pallet)
    assert compare(things, events, cut, boxes[0], siblings=True)


def explained(cut: Cut, question: ScopeQuestion) -> Scoped | None:
    try:
        return cut.scopes().scope(question, nobody_minds)
    except Asked:
        return None


def check_paths(
    items: Sequence[TraceItem], events: Sequence[TraceEvent], cut: Cut, starts: Sequence[int], direction: Direction
) -> None:
    forward = direction is Direction.FORWARD
    times = np.full(len(starts), EVER if forward else FOREVER)
    scoped = explained(cut, ScopeQuestion(direction, np.array(starts), times))
    if scoped is None:
        return
    checker = PathChecker(items, [event for event in events if visible(event, None)], timedelta())
    labels = scoped.labels
    for item, depth in dict(zip(labels.item[::-1].tolist(), labels.depth[::-1].tolist(), strict=True)).items():
        path = scoped.explain(item)
        if item in starts:
            assert not path
            continue
        assert path[-1].item in starts, (item, path)
        legal(checker, item, path, path[-1].item, depth, forward=forward)


@settings(max_examples=60, deadline=None)
@given(histories, cuts, st.lists(st.sampled_from(IDS), min_size=1, max_size=2, unique=True), st.sampled_from(Direction))
def test_every_path_that_explains_a_scope_is_legal(
    history: list[Draft], cuts: list[int], starts: list[int], direction: Direction
) -> None:
    events = ledger_of(history).history
    cut = Cut(ITEMS, events, [min(place, len(events)) for place in cuts])
    check_paths(ITEMS, events, cut, starts, direction)


@settings(max_examples=6, deadline=None)
@given(tidy_plants(), cuts)
def test_paths_of_tidy_plants_are_legal(events: list[TraceEvent], cuts: list[int]) -> None:
    cut = Cut(TIDY_ITEMS, events, [min(place, len(events)) for place in cuts])
    for item in TIDY_ITEMS:
        for direction in Direction:
            check_paths(TIDY_ITEMS, events, cut, [item.id], direction)
