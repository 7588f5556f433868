"""Scopes from the index: the kernel and its guest, told in columns."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from suyuan.trace.contracts import Direction
from suyuan.trace.domain.answer import Answer, Question
from suyuan.trace.domain.batches import read_upward
from suyuan.trace.domain.carriage import Carriages
from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.blind import closure
from suyuan.trace.domain.engine.gapless import doubtful, doubtful_under
from suyuan.trace.domain.engine.history import history
from suyuan.trace.domain.engine.item_facts import FactsReader
from suyuan.trace.domain.engine.ledger import IndexLedger
from suyuan.trace.domain.engine.paths import Paths
from suyuan.trace.domain.engine.reasons import Reasons, listed, shown_by
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.spreading import spread
from suyuan.trace.domain.engine.telling import labels_of_spread
from suyuan.trace.domain.facts import Facts
from suyuan.trace.domain.gaps import find_gaps
from suyuan.trace.domain.scope_facts import ItemFacts
from suyuan.trace.domain.scoping import (
    Alive,
    Exclusions,
    Int32s,
    ReferenceScopes,
    Scoped,
    ScopeLabels,
    ScopeQuestion,
)
from suyuan.trace.domain.times import micros
from suyuan.trace.domain.tracing import facts_of

_ROW_BYTES = 48
"""A row of the kernel's tables."""


@dataclass(frozen=True, slots=True)
class _Last:
    """The last question and its labels; ``numbers``: the item of each by its number over all segments, where known."""

    question: ScopeQuestion
    labels: ScopeLabels
    numbers: Int32s | None


class IndexScopes:
    """Answers scope questions over segments (:class:`~suyuan.trace.domain.scoping.ScopeEngine`).

    What the kernel and its guest do not do (histories with knots; a tolerance backward or with cross-contact; limits;
    alternatives of a bill of materials) the reference does, over the same segments.
    """

    def __init__(
        self, ledger: IndexLedger, assembled: Callable[[int | None], Assembled], answering: Callable[[Question], Answer]
    ) -> None:
        self._ledger = ledger
        self._assembled = assembled
        self._reference = ReferenceScopes(answering)
        self._last: _Last | None = None

    def scope(self, question: ScopeQuestion, alive: Alive) -> Scoped:
        """Return everything that is certain or possible."""
        told, numbers = self._told(question, alive)
        self._last = _Last(question, told.labels, numbers)
        return told

    def _told(self, question: ScopeQuestion, alive: Alive) -> tuple[Scoped, Int32s | None]:
        """Return the scope, and the items of its labels by their numbers over all segments where those are known."""
        if self._is_ours(question):
            facts = facts_of(self._ledger, _spelled(question))
            if question.direction is Direction.FORWARD:
                return self._forward(question, facts, alive)
            assembled = self._assembled(_known(question))
            told = history(assembled, question, alive)
            if told is not None:
                items = distinct(told.labels.item)
                doubted = doubtful(assembled, self._ledger.readers, items, assembled.items(items))
                return self._with_gaps(told, doubted, Carriages(facts), facts), None
        return self._reference.scope(question, alive), None

    def _with_gaps(self, told: Scoped, doubted: tuple[Ints, Ints], carriages: Carriages, facts: Facts) -> Scoped:
        """Look for gaps at the listed items and at the events that name them while they are labelled. Compiled code
        sorts out what surely has none; the rest is looked at one by one.
        """
        labels, clock = told.labels, facts.clock
        own, met = doubted
        items = distinct(np.concatenate([own, met])).tolist()
        read_upward(facts, items)
        facts.view.fetch(read_upward(facts, met.tolist()))
        touched = set[int]()
        rows = np.isin(labels.item, met) if len(met) else np.empty(0, np.int64)
        spans = zip(labels.item[rows].tolist(), labels.since[rows].tolist(), labels.until[rows].tolist(), strict=True)
        for item, since, until in spans:
            for carriage in carriages.up(item):
                low, high = max(since, carriage.hull.since), min(until, carriage.hull.until)
                events = facts.view.events(carriage.named)
                touched.update(e.number for e in events if clock.may(low, e.at) and clock.may(e.low, high))
        return replace(told, gaps=find_gaps(facts, items, sorted(touched)))

    def closure(self, question: ScopeQuestion, alive: Alive) -> Ints:
        """Return the time-blind closure."""
        if self._is_beyond(question):
            return self._reference.closure(question, alive)
        alive()
        assembled = self._assembled(_known(question))
        labels = self._listed(question, alive)
        found = closure(assembled, listed(labels, assembled), question.direction)
        alive()
        told = distinct(np.concatenate([assembled.ids(found.items), labels.item]))
        return told.astype(np.int64)

    def excluded(self, question: ScopeQuestion, items: Ints, alive: Alive) -> Exclusions:
        """Return why these items are excluded."""
        if self._is_beyond(question):
            return self._reference.excluded(question, items, alive)
        assembled, labels = self._assembled(_known(question)), self._listed(question, alive)
        found = closure(assembled, listed(labels, assembled), question.direction)
        facts = facts_of(self._ledger, _spelled(question))
        reasons = Reasons(facts, self._ledger, assembled, found, labels, question.direction)
        places = reasons.places(assembled.items(items))
        kept = places >= found.seeds
        why, event = reasons.tell(alive)
        where = places[kept]
        owner, ledger = reasons.told_by(where), self._ledger.fresh()  # kept with the answer, so nothing else is

        def late(rows: Ints) -> Ints:
            anew = facts_of(ledger.fresh(), _spelled(question))
            anew.view.fetch(owner[rows].tolist())
            return np.array([shown_by(anew, item) for item in owner[rows].tolist()], np.int64)

        return Exclusions(items[kept], why[where], event[where], late)

    def facts(self, question: ScopeQuestion, items: Ints, sites: Collection[int] | None, alive: Alive) -> ItemFacts:
        """Return what these items are and where they stand."""
        assembled = self._assembled(_known(question))
        numbers = self._numbers(assembled, question, items)
        return FactsReader(assembled, self._ledger.readers, alive).facts(numbers, sites)

    def _numbers(self, assembled: Assembled, question: ScopeQuestion, items: Ints) -> npt.NDArray[np.integer]:
        """Return the items of these ledger numbers. To find two million of them takes longer than to count them: those
        that the last scope lists, in its order, are known from there.
        """
        last = self._last
        if last is None or last.question is not question or last.numbers is None:
            return assembled.items(items)
        if items is last.labels.item:
            return last.numbers
        first = np.ones(len(last.labels), np.bool_)
        np.not_equal(last.labels.item[1:], last.labels.item[:-1], out=first[1:])
        listed = last.labels.item[first]
        if not np.array_equal(items[: len(listed)], listed):
            return assembled.items(items)
        return np.concatenate([last.numbers[first], assembled.items(items[len(listed) :])])

    def _is_beyond(self, question: ScopeQuestion) -> bool:
        """Tell whether the closure is left to the reference: where limits cut, or a start item has no events."""
        limited = question.depth is not None or question.limit is not None
        return limited or bool((self._assembled(_known(question)).items(question.starts) < 0).any())

    def _listed(self, question: ScopeQuestion, alive: Alive) -> ScopeLabels:
        """Return the labels of the scope, the last one's if it is the same question."""
        last = self._last
        return last.labels if last is not None and last.question is question else self.scope(question, alive).labels

    def _is_ours(self, question: ScopeQuestion) -> bool:
        unlimited = question.depth is None and question.limit is None
        exact = not question.tolerance or (question.direction is Direction.FORWARD and not question.siblings)
        return unlimited and exact and not self._ledger.has_alternatives

    def _forward(self, question: ScopeQuestion, facts: Facts, alive: Alive) -> tuple[Scoped, Int32s]:
        found = spread(
            self._ledger, self._assembled(_known(question)), facts, question.starts, question.times,
            siblings=question.siblings, alive=alive,
        )  # fmt: skip
        assert found is not None  # noqa: S101 (there was no limit)
        listing = labels_of_spread(found, question.starts)
        explain = Paths(found.kernel, found.book, found.holdings).explain
        scoped = Scoped(listing.labels, explain, path_bytes=_ROW_BYTES)
        doubted = doubtful_under(found.kernel, self._ledger.readers, listing.labels.item, listing.numbers)
        return self._with_gaps(scoped, doubted, found.guest.carriages, facts), listing.numbers


def _spelled(question: ScopeQuestion) -> Question:
    """Return the question's options in the reference's words; its start items, which may be a million, are left out."""
    return replace(question, starts=question.starts[:0], times=question.times[:0]).spelled(closure=False)


def _known(question: ScopeQuestion) -> int | None:
    return None if question.as_of is None else micros(question.as_of)
