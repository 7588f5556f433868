"""Whole answers from the index: what the trace desk shows of one history, told from what compiled code found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt

from suyuan.trace.contracts import Direction, GapKind, Verdict
from suyuan.trace.domain.answer import (
    Answer,
    AnswerEvent,
    AnswerItem,
    AnswerLabel,
    Doubt,
    Gap,
    ItemRole,
    Question,
)
from suyuan.trace.domain.backward import cut_to
from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.history import Lineage, Listing, lineage
from suyuan.trace.domain.engine.ledger import IndexLedger
from suyuan.trace.domain.engine.mirror_notes import BY_EVENT, END, HOLDER, INTO, SINCE, SOURCE, STEPS
from suyuan.trace.domain.engine.named import named_by
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.touching import (
    AT,
    CLASS_ONLY,
    IN_EVENT,
    KIND,
    NEVER_ARRIVED,
    NO_INPUTS,
    NO_ORIGIN,
    NO_OUTPUTS,
    OTHER,
    UNLESS,
    broken_at,
    touched_by,
)
from suyuan.trace.domain.gaps import ARRIVAL_STEPS
from suyuan.trace.domain.scope import answer_edges
from suyuan.trace.domain.scoping import KINDS, nobody_minds
from suyuan.trace.domain.times import FOREVER, micros, moment

_GAPS = {
    NO_INPUTS: GapKind.NO_INPUTS, NO_OUTPUTS: GapKind.NO_OUTPUTS, CLASS_ONLY: GapKind.CLASS_WITHOUT_LOT,
    NEVER_ARRIVED: GapKind.USED_BEFORE_MADE, NO_ORIGIN: GapKind.LOT_UNKNOWN,
}  # fmt: skip
_VERDICTS = (Verdict.POSSIBLE, Verdict.CERTAIN)
_DOUBTS = ((Doubt.CONTACT,), ())
_UNLABELLED = (AnswerLabel(Verdict.CERTAIN, None, None),)


def answer_back(
    ledger: IndexLedger, assembled: Callable[[int | None], Assembled], question: Question
) -> Answer | None:  # fmt: skip
    """Answer a backward question from compiled code; None where the reference is to be asked: a tolerance, the
    time-blind closure, a start time, alternatives of a bill of materials, or a knot on the way.
    """
    plain = question.direction is Direction.BACK and not (question.closure or question.tolerance)
    if not plain or len(question.starts) != 1 or question.starts[0].time is not None or ledger.has_alternatives:
        return None
    known = None if question.as_of is None else micros(question.as_of)
    starts = np.array([question.starts[0].item], np.int64)
    traced = lineage(
        assembled(known), starts, np.array([FOREVER]), siblings=question.siblings, alive=nobody_minds
    )  # fmt: skip
    return None if traced is None else _Telling(ledger, traced).answer(question)


class _Telling:
    """One history on its way into an answer."""

    def __init__(self, ledger: IndexLedger, traced: Lineage) -> None:
        self._ledger = ledger
        self._assembled = traced.assembled
        self._listing = Listing(traced)
        self._traced = traced

    def answer(self, question: Question) -> Answer:
        """Return the answer."""
        rows = [*self._things(), *self._conditions()]
        rows.sort(key=lambda row: (row.depth, row.item))
        kept, cut = cut_to(rows, question)
        listed = {row.item for row in kept}
        edges = {edge for edge in self._edges if edge[0] in listed and edge[1] in listed}
        events, surely = self._events
        numbers = self._assembled.numbers(events)
        told = sorted(zip(numbers.tolist(), surely.tolist(), strict=True))
        return Answer(
            question, tuple(kept),
            tuple(AnswerEvent(number, Verdict.CERTAIN if sure else Verdict.POSSIBLE) for number, sure in told),
            answer_edges(edges), self._gaps(events, listed),
            named_by(self._assembled, self._ledger.readers, events), None,
            bool(cut), {"items": cut} if cut else {},
        )  # fmt: skip

    # -- items

    def _things(self) -> Iterator[AnswerItem]:
        told, assembled = self._listing, self._assembled
        columns = (assembled.ids(told.things), assembled.kinds(told.things), told.depth, told.until, told.surely)
        rows = zip(told.things.tolist(), *(column.tolist() for column in columns), strict=True)
        for at, (number, item, kind, depth, until, sure) in enumerate(rows):
            if at == 0:
                yield AnswerItem(item, KINDS[kind], Verdict.CERTAIN, ItemRole.START, _UNLABELLED)
                continue
            verdict, hop = _VERDICTS[sure], told.way(number)
            labels = (AnswerLabel(verdict, None, moment(until)),)
            yield AnswerItem(item, KINDS[kind], verdict, ItemRole.PRODUCT, labels, depth, hop, _DOUBTS[sure])

    def _conditions(self) -> Iterator[AnswerItem]:
        told, spans = self._listing, dict[int, list[tuple[int, int]]]()
        kept = told.holdings[told.kept]
        for holder, since, until in kept[:, [HOLDER, SINCE, END]].tolist():
            spans.setdefault(holder, []).append((since, until))
        depths = told.holdings[told.best[told.kept], STEPS]
        columns = self._assembled.ids(kept[:, HOLDER]), self._assembled.kinds(kept[:, HOLDER]), depths
        rows = zip(*(column.tolist() for column in columns), told.sure[told.kept].tolist(), strict=True)
        for holder, (item, kind, depth, sure) in dict(zip(kept[:, HOLDER].tolist(), rows, strict=True)).items():
            verdict = _VERDICTS[sure]
            labels = tuple(AnswerLabel(verdict, moment(since), moment(until)) for since, until in sorted(spans[holder]))
            yield AnswerItem(
                item, KINDS[kind], verdict, ItemRole.CONDITION, labels, depth, told.way(holder), _DOUBTS[sure]
            )

    def _number(self, event: int) -> int | None:
        return None if event < 0 else self._assembled.number(event)

    # -- hops and events

    @cached_property
    def _hops(self) -> tuple[Ints, npt.NDArray[np.uint8]]:
        """The hops between listed items, by their numbers over all segments, and which come from what is sure."""
        told, near = self._listing, self._traced.beside
        edges = self._traced.edges if near is None else np.concatenate([self._traced.edges, near.edges])
        listed = np.concatenate([told.holdings[told.kept, HOLDER], told.things])
        surely = np.concatenate([told.sure[told.kept], told.surely])
        order = np.argsort(listed, kind="stable")
        places = np.minimum(np.searchsorted(listed, edges[:, [SOURCE, INTO]], sorter=order), len(listed) - 1)
        found = listed[order[places]] == edges[:, [SOURCE, INTO]]
        both = found.all(axis=1)
        return edges[both], surely[order[places[both, 0]]]

    @cached_property
    def _edges(self) -> set[tuple[int, int, int | None]]:
        edges, _ = self._hops
        sources, targets = self._assembled.ids(edges[:, SOURCE]), self._assembled.ids(edges[:, INTO])
        events = self._assembled.numbers(edges[:, BY_EVENT])
        return {
            (source, target, event or None)
            for source, target, event in zip(sources.tolist(), targets.tolist(), events.tolist(), strict=True)
        }

    @cached_property
    def _events(self) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """The events that touched what is listed, by their numbers over all segments, and whether they surely did."""
        told, (edges, surely) = self._listing, self._hops
        marks = touched_by(
            self._traced.address, told.things, told.until, told.surely, told.holdings[told.kept], told.sure[told.kept],
            edges, surely,
        )  # fmt: skip
        marks = distinct(marks)
        last = np.append(marks[1:] >> 1 != marks[:-1] >> 1, np.True_)[: len(marks)]  # the surer one of the same event
        return marks[last] >> 1, (marks[last] & 1).astype(np.bool_)

    # -- gaps

    def _gaps(self, events: Ints, listed: set[int]) -> tuple[Gap, ...]:
        rows = broken_at(self._traced.address, self._listing.things, events).tolist()
        arrived = {(row[KIND], row[AT]) for row in rows if row[UNLESS] >= 0 and self._arrives(row[UNLESS])}
        found: set[Gap] = set()
        for row in rows:
            at_item = row[KIND] in (NEVER_ARRIVED, NO_ORIGIN)
            if at_item and ((row[KIND], row[AT]) in arrived or row[AT] not in listed):
                continue
            found.add(Gap(_GAPS[row[KIND]], _or_none(row[AT]), self._number(row[IN_EVENT]), _or_none(row[OTHER])))
        return tuple(sorted(found, key=lambda gap: (gap.kind, gap.item or 0, gap.event or 0, gap.other or 0)))

    def _arrives(self, event: int) -> bool:
        part, place = self._placed(event)
        reader = self._ledger.readers[part]
        code = int(reader.segment.event_step[place])
        return bool(code) and reader.words[code - 1] in ARRIVAL_STEPS

    def _placed(self, event: int) -> tuple[int, int]:
        part = int(np.searchsorted(self._assembled.first, event, side="right")) - 1
        return part, event - int(self._assembled.first[part])


def _or_none(number: int) -> int | None:
    return None if number < 0 else number
