"""What must hold in every plant, tried on random ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Direction, ItemKind, Role, Verdict
from suyuan.trace.domain.answer import Answer, ItemRole, Question, Start
from suyuan.trace.domain.ledger import TraceEvent, TraceItem
from suyuan.trace.domain.memory import MemoryLedger, visible
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.path_checker import PathChecker, causal_steps
from suyuan.trace.tests.domain.plant import DAY
from suyuan.trace.tests.domain.random_plants import (
    ALTERNATIVES,
    CARRIERS,
    ITEMS,
    THINGS,
    TICK,
    Draft,
    drafts,
    histories,
    ledger_of,
)

EVERYTHING = THINGS + CARRIERS
several = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
items = st.sampled_from(EVERYTHING)
tolerances = st.sampled_from([timedelta(), TICK])
instants = st.sampled_from([None, None, DAY + 7 * TICK])
knowledge = st.sampled_from([None, None, DAY + 10 * TICK])


def ask(ledger: MemoryLedger, direction: Direction, item: int, time: datetime | None = None, **more: Any) -> Answer:
    return trace(ledger, Question(direction, (Start(item, time),), **more))


def forward(ledger: MemoryLedger, item: int, time: datetime | None = None, **more: Any) -> Answer:
    return ask(ledger, Direction.FORWARD, item, time, **more)


def back(ledger: MemoryLedger, item: int, time: datetime | None = None, **more: Any) -> Answer:
    return ask(ledger, Direction.BACK, item, time, **more)


def scope(answer: Answer) -> dict[int, Verdict]:
    return {row.item: row.verdict for row in answer.items if row.verdict is not Verdict.EXCLUDED}


def reached_by(answer: Answer, item: int, time: datetime | None, tolerance: timedelta) -> Verdict | None:
    """Return the verdict that ``answer`` gives ``item`` at or before ``time``."""
    row = answer.item(item)
    if row is None:
        return None
    found: set[Verdict] = set()
    for label in row.labels:
        if time is None or label.since is None:
            found.add(label.verdict)
        elif label.since <= time + tolerance:
            found.add(label.verdict if label.since + tolerance < time else Verdict.POSSIBLE)
    return Verdict.CERTAIN if Verdict.CERTAIN in found else Verdict.POSSIBLE if found else None


@several
@given(histories, items, st.booleans(), tolerances, instants, knowledge)
def test_backward_is_the_exact_mirror_of_forward(
    history: list[Draft],
    asked: int,
    siblings: bool,
    tolerance: timedelta,
    time: datetime | None,
    as_of: datetime | None,
) -> None:
    ledger = ledger_of(history)
    more = {"siblings": siblings, "tolerance": tolerance, "as_of": as_of, "closure": False}
    answer = back(ledger, asked, time, **more)
    for item in EVERYTHING:
        if item != asked:
            ahead = forward(ledger, item, **more)
            assert answer.verdict_of(item) == reached_by(ahead, asked, time, tolerance), item


@several
@given(histories, items, st.sampled_from(Direction), st.booleans(), tolerances, knowledge)
def test_every_listed_item_has_a_path_that_holds(
    history: list[Draft], asked: int, direction: Direction, siblings: bool, tolerance: timedelta, as_of: datetime | None
) -> None:
    ledger = ledger_of(history)
    answer = ask(ledger, direction, asked, siblings=siblings, tolerance=tolerance, as_of=as_of, closure=False)
    known = [event for event in ledger.history if visible(event, as_of)]
    checker = PathChecker(ITEMS, known, tolerance)
    for row in answer.items:
        if row.role is ItemRole.START:
            assert not row.path
            continue
        assert row.path[-1].item == asked
        assert row.item not in [hop.item for hop in row.path], "no item is its own cause"
        steps = causal_steps(row.item, row.path, forward=direction is Direction.FORWARD)
        assert row.depth == len(steps)
        checker.check(steps)
        assert (row.verdict is Verdict.CERTAIN) == (not row.doubts), "possible has a reason, certain needs none"


def blind_closure(
    items_: tuple[TraceItem, ...], events: tuple[TraceEvent, ...], asked: int, direction: Direction
) -> set[int]:
    """The closure of TRACE semantics, word for word: every event ever, without time."""
    near, far = (Role.INPUT, Role.OUTPUT) if direction is Direction.FORWARD else (Role.OUTPUT, Role.INPUT)
    classes = {item.id for item in items_ if item.kind is ItemKind.PRODUCT}
    pairs: set[tuple[int, int]] = set()
    for event in events:
        joined = [
            e for e in events if e is event or (e.transformation_id and e.transformation_id == event.transformation_id)
        ]
        pairs |= {(a.item, b.item) for a in event.having(near) for e in joined for b in e.having(far)}
        held = {(c.item, p.item) for c in event.having(Role.CHILD) for p in event.having(Role.PARENT)}
        belonging = {(part.item, part.lot) for part in event.participations if part.lot is not None}
        pairs |= held | {(p, c) for c, p in held} | belonging | {(lot, unit) for unit, lot in belonging}
    for item in items_:
        if item.lot is not None:
            pairs |= {(item.id, item.lot), (item.lot, item.id)}
    found = {asked}
    while more := {b for a, b in pairs if a in found and b not in found and b not in classes}:
        found |= more
    return found


@several
@given(histories, items, st.sampled_from(Direction), st.booleans(), knowledge)
def test_scope_and_excluded_make_up_the_time_blind_closure(
    history: list[Draft], asked: int, direction: Direction, siblings: bool, as_of: datetime | None
) -> None:
    ledger = ledger_of(history)
    answer = ask(ledger, direction, asked, siblings=siblings, as_of=as_of)
    rows = [row.item for row in answer.items]
    assert len(rows) == len(set(rows))
    closure = blind_closure(ITEMS, tuple(ledger.history), asked, direction)
    assert set(rows) == closure
    assert answer.closure == len(closure)
    for row in answer.items:
        assert (row.verdict is Verdict.EXCLUDED) == (row.reason is not None)
    for event in answer.events:
        assert (event.verdict is Verdict.EXCLUDED) == (event.reason is not None)
    named = {e.number for e in ledger.history if any(part.item in closure for part in e.participations)}
    assert {event.number for event in answer.events} == named


@several
@given(histories, items, st.sampled_from(Direction))
def test_as_of_equals_the_trace_of_what_was_on_record_then(
    history: list[Draft], asked: int, direction: Direction
) -> None:
    then = DAY + 9 * TICK
    ledger = ledger_of(history)
    kept = MemoryLedger(ITEMS, [event for event in ledger.history if visible(event, then)], ALTERNATIVES)
    assert scope(ask(ledger, direction, asked, as_of=then)) == scope(ask(kept, direction, asked, as_of=then))


@several
@given(histories, items, st.randoms(use_true_random=False))
def test_sequence_numbers_and_sync_times_decide_nothing(history: list[Draft], asked: int, random: Any) -> None:
    shuffled = [Draft(**{**draft.__dict__, "late": random.randrange(100)}) for draft in history]
    random.shuffle(shuffled)
    for direction in Direction:
        live = ask(ledger_of(history), direction, asked)
        late = ask(ledger_of(shuffled), direction, asked)
        assert {row.item: (row.verdict, row.labels, row.depth) for row in live.items} == {
            row.item: (row.verdict, row.labels, row.depth) for row in late.items
        }


@several
@given(histories, st.lists(drafts, max_size=8), items)
def test_unrelated_events_change_nothing(history: list[Draft], strange: list[Draft], asked: int) -> None:
    ledger = ledger_of(history)
    others = [
        TraceItem(item.id + 100, item.kind, item.uri + "'", item.product, item.lot and item.lot + 100) for item in ITEMS
    ]
    elsewhere = [
        Draft(**{**draft.__dict__, "parts": tuple(_moved(part) for part in draft.parts), "process": None}).event(
            100 + index
        )
        for index, draft in enumerate(strange)
    ]
    wider = MemoryLedger([*ITEMS, *others], [*elsewhere, *ledger.history], ALTERNATIVES)
    for direction in Direction:
        assert ask(wider, direction, asked).items == ask(ledger, direction, asked).items


def _moved(part: Any) -> Any:
    return replace(part, item=part.item + 100, lot=part.lot and part.lot + 100)


@several
@given(histories, items, items, tolerances)
def test_more_suspicion_lists_no_less(history: list[Draft], one: int, other: int, tolerance: timedelta) -> None:
    ledger = ledger_of(history)
    more: dict[str, Any] = {"tolerance": tolerance, "closure": False}
    alone = scope(forward(ledger, one, **more))
    wider = [
        scope(trace(ledger, Question(Direction.FORWARD, (Start(one), Start(other)), **more))),
        scope(forward(ledger, one, siblings=True, **more)),
    ]
    for found in wider:
        assert all(found.get(item) in (verdict, Verdict.CERTAIN) for item, verdict in alone.items())
    later = scope(forward(ledger, one, DAY + 6 * TICK, **more))
    assert set(later) <= set(alone)


@several
@given(histories, items, st.sampled_from(Direction), st.integers(0, 3), st.integers(1, 4))
def test_what_is_cut_is_said(history: list[Draft], asked: int, direction: Direction, depth: int, limit: int) -> None:
    ledger = ledger_of(history)
    whole = scope(ask(ledger, direction, asked, closure=False))
    for cut in ({"depth": depth}, {"limit": limit}):
        part = ask(ledger, direction, asked, closure=False, **cut)
        assert set(scope(part)) <= set(whole)
        assert part.truncated or set(scope(part)) == set(whole)
        assert bool(part.truncated_counts) == part.truncated
