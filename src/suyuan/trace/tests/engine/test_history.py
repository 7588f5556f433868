"""Backward scopes of the index are the oracle's, and the kernel does not leave plain plants to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Action, Direction, EventType, ItemKind, Role
from suyuan.trace.domain.answer import Question, Start
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger, visible
from suyuan.trace.domain.scoping import Scoped, ScopeQuestion, nobody_minds
from suyuan.trace.domain.times import FOREVER
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.path_checker import PathChecker, causal_steps
from suyuan.trace.tests.domain.plant import DAY
from suyuan.trace.tests.domain.random_plants import ITEMS, TICK, Draft, histories, ledger_of
from suyuan.trace.tests.engine.compared import MANY, Asked, Cut, Told, shown, told_by, told_in
from suyuan.trace.tests.engine.test_forward_kernel import IDS, TIDY_ITEMS, cuts, moments, tidy_plants


def back(
    cut: Cut, oracle: MemoryLedger, items: Sequence[int], as_of: datetime | None = None, *, siblings: bool = False
) -> Told | None:
    """Demand that the kernel says what the oracle says, or nothing; return what it said."""
    times = np.full(len(items), FOREVER)
    question = ScopeQuestion(Direction.BACK, np.array(items), times, as_of=as_of, siblings=siblings)
    try:
        scoped = cut.scopes().scope(question, nobody_minds)
    except Asked:
        return None
    starts = tuple(map(Start, items))
    answer = trace(oracle, Question(Direction.BACK, starts, as_of=as_of, siblings=siblings, closure=False))
    told, expected = told_by(scoped.labels), told_in(answer)
    differing = {item: (told.get(item), expected.get(item)) for item in told.keys() | expected.keys()
                 if told.get(item) != expected.get(item)}  # fmt: skip
    assert not differing, "\n".join(["told, expected:", *map(str, differing.items()), *shown(oracle.history)])
    missed = set(answer.gaps) - set(scoped.gaps)
    assert not missed, "\n".join(["gaps missed:", *map(str, missed), *shown(oracle.history)])
    doubtful = {row.item for row in answer.items if row.doubts}
    assert set(scoped.labels.item[scoped.labels.doubts > 0].tolist()) == doubtful
    _explained(scoped, [event for event in oracle.history if visible(event, as_of)], oracle, set(items))
    return told


def _explained(scoped: Scoped, events: Sequence[TraceEvent], oracle: MemoryLedger, asked: set[int]) -> None:
    """Demand of everything listed a path to an asked item, as long as is said, every step on record and in time."""
    named = {number for event in events for part in event.participations for number in (part.item, part.lot or 0)}
    labels, checker = scoped.labels, PathChecker(list(oracle.items(named).values()), events, timedelta())
    for item, depth in dict(zip(labels.item[::-1].tolist(), labels.depth[::-1].tolist(), strict=True)).items():
        path = scoped.explain(item)
        if item in asked:
            assert not path
            continue
        assert path[-1].item in asked
        steps = causal_steps(item, path, forward=False)
        assert len(steps) == depth, (item, steps, depth)
        checker.check(steps)


@settings(max_examples=100 * MANY, deadline=None)
@given(histories, cuts, st.sampled_from(IDS), moments, st.booleans())
def test_wild_plants(
    history: list[Draft], cuts: list[int], item: int, as_of: datetime | None, siblings: bool
) -> None:  # fmt: skip
    events = ledger_of(history).history
    cut = Cut(ITEMS, events, [min(place, len(events)) for place in cuts])
    back(cut, MemoryLedger(ITEMS, events), [item], as_of, siblings=siblings)


@settings(max_examples=30 * MANY, deadline=None)
@given(tidy_plants(), cuts, st.lists(st.sampled_from([item.id for item in TIDY_ITEMS]), min_size=1, max_size=2))
def test_tidy_plants(events: list[TraceEvent], cuts: list[int], pair: list[int]) -> None:
    cut, oracle = Cut(TIDY_ITEMS, events, [min(place, len(events)) for place in cuts]), MemoryLedger(TIDY_ITEMS, events)
    for siblings in (False, True):
        for item in TIDY_ITEMS:
            back(cut, oracle, [item.id], siblings=siblings)
        back(cut, oracle, pair, siblings=siblings)


@settings(max_examples=20, deadline=None)
@given(tidy_plants())
def test_units_and_boxes_of_tidy_plants_are_known(events: list[TraceEvent]) -> None:
    apart = [replace(event, time=DAY + index * TICK, recorded=DAY + index * TICK) for index, event in enumerate(events)]
    raw = [replace(item, product=f"raw {item.id}") if item.product in ("raw0", "raw1", "raw2") else item
           for item in TIDY_ITEMS]  # fmt: skip
    cut, oracle = Cut(raw, apart, []), MemoryLedger(raw, apart)
    devices = [item.id for item in raw if 31 <= item.id < 37]
    assert all(back(cut, oracle, [item], siblings=siblings) for item in devices for siblings in (False, True))


def test_what_held_an_input_is_only_possible_where_the_making_was_booked_late() -> None:
    """Board 2 was moved before the event that made it with board 3 was booked: so when board 1 went in is not known."""
    units, tote = [TraceItem(number, ItemKind.UNIT, "", f"board {number}") for number in (1, 2, 3)], 4
    things = [*units, TraceItem(tote, ItemKind.CARRIER)]
    told: list[tuple[EventType, Action | None, list[tuple[Role, int]]]] = [
        (EventType.OBJECT, Action.OBSERVE, [(Role.SUBJECT, 2)]),
        (EventType.AGGREGATION, Action.ADD, [(Role.PARENT, tote), (Role.CHILD, 1)]),
        (EventType.AGGREGATION, Action.DELETE, [(Role.PARENT, tote), (Role.CHILD, 1)]),
        (EventType.TRANSFORMATION, None, [(Role.INPUT, 1), (Role.OUTPUT, 2), (Role.OUTPUT, 3)]),
    ]
    events = [
        TraceEvent(at, "", kind, DAY + at * TICK, DAY + at * TICK,
                   tuple(TraceParticipation(item, role) for role, item in parts), action)
        for at, (kind, action, parts) in enumerate(told, start=1)
    ]  # fmt: skip
    assert back(Cut(things, events, []), MemoryLedger(things, events), [3]) is None
    assert back(Cut(things, events[1:], []), MemoryLedger(things, events[1:]), [3]) is not None


def test_what_was_all_counted_into_one_unit_leaves_nothing_open() -> None:
    """Two boards of one product go into one device, each by its own serial; into two devices, either may have."""
    boards, devices = (1, 2), (11, 12)
    things = [*(TraceItem(number, ItemKind.UNIT, "", "board") for number in boards),
              *(TraceItem(number, ItemKind.UNIT, "", "device") for number in devices)]  # fmt: skip
    for made, known in ((devices[:1], True), (devices, False)):
        parts = [TraceParticipation(number, Role.INPUT) for number in boards]
        parts += [TraceParticipation(number, Role.OUTPUT) for number in made]
        events = [TraceEvent(1, "", EventType.TRANSFORMATION, DAY, DAY, tuple(parts))]
        found = back(Cut(things, events, []), MemoryLedger(things, events), [11])
        assert (found is not None) == known
