"""Cross-contact is told once, and says as much as if everybody told everybody."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Direction, Verdict
from suyuan.trace.domain.answer import Answer, Question, Start
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


def told(answer: Answer) -> dict[int, tuple[Verdict, int, frozenset[tuple[object, ...]]]]:
    return {
        row.item: (row.verdict, row.depth, frozenset((x.verdict, x.since, x.until) for x in row.labels))
        for row in answer.items
    }
