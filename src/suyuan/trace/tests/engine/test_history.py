"""Backward scopes of the index are the oracle's, and the kernel does not leave plain plants to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Direction
from suyuan.trace.domain.answer import Question, Start
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.scoping import ScopeQuestion, nobody_minds
from suyuan.trace.domain.times import FOREVER
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.plant import DAY
from suyuan.trace.tests.domain.random_plants import ITEMS, TICK, Draft, histories, ledger_of
from suyuan.trace.tests.engine.compared import MANY, Asked, Cut, shown, told_by, told_in
from suyuan.trace.tests.engine.test_forward_kernel import IDS, TIDY_ITEMS, cuts, moments, tidy_plants


def back(cut: Cut, oracle: MemoryLedger, items: Sequence[int], as_of: datetime | None = None) -> bool:
    """Demand that the kernel says what the oracle says, or nothing; return whether it said anything."""
    question = ScopeQuestion(Direction.BACK, np.array(items), np.full(len(items), FOREVER), as_of=as_of)
    try:
        scoped = cut.scopes().scope(question, nobody_minds)
    except Asked:
        return False
    starts = tuple(map(Start, items))
    answer = trace(oracle, Question(Direction.BACK, starts, as_of=as_of, closure=False))
    told, expected = told_by(scoped.labels), told_in(answer)
    differing = {item: (told.get(item), expected.get(item)) for item in told.keys() | expected.keys()
                 if told.get(item) != expected.get(item)}  # fmt: skip
    assert not differing, "\n".join(["told, expected:", *map(str, differing.items()), *shown(oracle.history)])
    missed = set(answer.gaps) - set(scoped.gaps)
    assert not missed, "\n".join(["gaps missed:", *map(str, missed), *shown(oracle.history)])
    return True


@settings(max_examples=100 * MANY, deadline=None)
@given(histories, cuts, st.sampled_from(IDS), moments)
def test_wild_plants(history: list[Draft], cuts: list[int], item: int, as_of: datetime | None) -> None:
    events = ledger_of(history).history
    cut = Cut(ITEMS, events, [min(place, len(events)) for place in cuts])
    back(cut, MemoryLedger(ITEMS, events), [item], as_of)


@settings(max_examples=30 * MANY, deadline=None)
@given(tidy_plants(), cuts, st.lists(st.sampled_from([item.id for item in TIDY_ITEMS]), min_size=1, max_size=2))
def test_tidy_plants(events: list[TraceEvent], cuts: list[int], pair: list[int]) -> None:
    cut, oracle = Cut(TIDY_ITEMS, events, [min(place, len(events)) for place in cuts]), MemoryLedger(TIDY_ITEMS, events)
    for item in TIDY_ITEMS:
        back(cut, oracle, [item.id])
    back(cut, oracle, pair)


@settings(max_examples=20, deadline=None)
@given(tidy_plants())
def test_units_and_boxes_of_tidy_plants_are_known(events: list[TraceEvent]) -> None:
    apart = [replace(event, time=DAY + index * TICK, recorded=DAY + index * TICK) for index, event in enumerate(events)]
    raw = [replace(item, product=f"raw {item.id}") if item.product in ("raw0", "raw1", "raw2") else item
           for item in TIDY_ITEMS]  # fmt: skip
    cut, oracle = Cut(raw, apart, []), MemoryLedger(raw, apart)
    assert all(back(cut, oracle, [item.id]) for item in raw if 31 <= item.id < 37)
