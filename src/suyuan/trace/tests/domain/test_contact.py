"""Cross-contact is told once, and says as much as if everybody told everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Direction, Verdict
from suyuan.trace.domain import backward
from suyuan.trace.domain.answer import Answer, Question, Start
from suyuan.trace.domain.carriage import Carriage
from suyuan.trace.domain.needs import Need, Search
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.random_plants import THINGS, Draft, histories, ledger_of

FAR = 10_000
"""A depth that no plant reaches: with a limit of any kind everything is told to everybody."""


@settings(max_examples=80, deadline=None)
@given(histories, st.lists(st.sampled_from(THINGS), min_size=1, max_size=3, unique=True))
def test_what_was_told_before_needs_no_telling(history: list[Draft], starts: list[int]) -> None:
    ledger = ledger_of(history)
    question = Question(Direction.FORWARD, tuple(map(Start, starts)), siblings=True, closure=False)
    once, by_all = trace(ledger, question), trace(ledger, replace(question, depth=FAR))
    assert told(once) == told(by_all)


class _EverybodyAsks(Search):
    """The mirrored search in which each thing asks for all that was with it, whoever asked before."""

    def _shared(self, down: Carriage, need: Need) -> None:
        self._asked_of.clear()
        super()._shared(down, need)


@settings(max_examples=80, deadline=None)
@given(histories, st.sampled_from(THINGS), st.sampled_from([timedelta(), timedelta(minutes=1)]))
def test_what_was_asked_before_needs_no_asking(history: list[Draft], asked: int, off: timedelta) -> None:
    ledger = ledger_of(history)
    question = Question(Direction.BACK, (Start(asked),), siblings=True, closure=False, tolerance=off)
    once = trace(ledger, question)
    with (
        patch.object(backward, "Search", _EverybodyAsks),
        patch.object(backward.History, "_hearing", return_value=None),
    ):
        by_all = trace(ledger, question)
    assert told(once) == told(by_all)
    assert (once.edges, once.events, once.gaps) == (by_all.edges, by_all.events, by_all.gaps)


def told(answer: Answer) -> dict[int, tuple[Verdict, int, frozenset[tuple[object, ...]]]]:
    return {
        row.item: (row.verdict, row.depth, frozenset((x.verdict, x.since, x.until) for x in row.labels))
        for row in answer.items
    }
