"""Whole forward answers from the index: what the trace desk shows of everything that an item leads to.

The kernel and its guest find what is affected since when (see spreading); from these labels follow the hops, and the
events that touched what is listed: of plain items by compiled code (see trail), of the others by the reference's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np

from suyuan.trace.contracts import Direction, ItemKind, Role, Verdict
from suyuan.trace.domain.answer import (
    Answer,
    AnswerEdge,
    AnswerEvent,
    AnswerItem,
    AnswerLabel,
    Doubt,
    Gap,
    ItemRole,
    Question,
)
from suyuan.trace.domain.batches import read_downward, read_upward
from suyuan.trace.domain.carriage import serials_cover
from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.gapless import doubtful_under, odd_events
from suyuan.trace.domain.engine.labels import CERTAIN, CODE, DEAD, EVENT, ITEM, VIA
from suyuan.trace.domain.engine.lags import lags_of
from suyuan.trace.domain.engine.ledger import IndexLedger
from suyuan.trace.domain.engine.mirror_notes import BY_EVENT, INTO, SOURCE
from suyuan.trace.domain.engine.named import named_by
from suyuan.trace.domain.engine.paths import Paths
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.spreading import Spread, spread
from suyuan.trace.domain.engine.telling import Listing, labels_of_spread
from suyuan.trace.domain.engine.together import met_hops
from suyuan.trace.domain.engine.trail import SURELY, Trail, trail
from suyuan.trace.domain.facts import HOLDERS, Facts
from suyuan.trace.domain.gaps import find_gaps
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.scope import answer_edges
from suyuan.trace.domain.scoping import KINDS, nobody_minds
from suyuan.trace.domain.times import EVER, micros, moment
from suyuan.trace.domain.tracing import facts_of

_DOUBTS = tuple(Doubt)
_HOLDER_CODES = [KINDS.index(kind) for kind in HOLDERS]


def answer_forward(
    ledger: IndexLedger, assembled: Callable[[int | None], Assembled], question: Question
) -> Answer | None:  # fmt: skip
    """Answer a forward question from compiled code; None where the reference is to be asked: the time-blind closure,
    siblings with a tolerance, a limit of depth, alternatives of a bill of materials, or more items than the limit.
    """
    together = question.siblings and question.tolerance
    plain = not (question.closure or together or question.depth is not None)
    if question.direction is not Direction.FORWARD or not plain or ledger.has_alternatives:
        return None
    known = assembled(None if question.as_of is None else micros(question.as_of))
    facts = facts_of(ledger, question)
    starts = np.array([start.item for start in question.starts], np.int64)
    times = np.array([EVER if start.time is None else micros(start.time) for start in question.starts], np.int64)
    most = question.limit
    found = spread(ledger, known, facts, starts, times, siblings=question.siblings, alive=nobody_minds, most=most)
    telling = None if found is None else _Telling(ledger, found)
    if telling is None or (most is not None and telling.affected > most):
        return None
    return telling.answer(question, starts)


class _Telling:
    """What a run labelled, on its way into an answer."""

    def __init__(self, ledger: IndexLedger, found: Spread) -> None:
        self._ledger = ledger
        self._found = found
        self._assembled = found.kernel.assembled
        self._facts: Facts = found.guest.facts
        self._live = found.kernel.live
        self._things = found.kernel.affected
        self._lags = lags_of(self._assembled)

    @property
    def affected(self) -> int:
        """How many items carry labels of their own: what a limit counts."""
        return len(self._things) + len(list(self._found.book.own))

    def answer(self, question: Question, starts: Ints) -> Answer:
        """Return the answer."""
        kernel = self._found.kernel
        held = np.flatnonzero(kernel.held.columns[CODE][: kernel.holdings] & DEAD == 0)
        holders = distinct(kernel.held.columns[ITEM][held]).astype(np.int64)
        standing = np.zeros(self._assembled.events + 1, np.uint8)
        told, counted = trail(kernel.address, self._things, holders, self._lags.lagging, standing)
        by_reference = self._by_reference(told, counted)
        events, sure = self._touched(told, standing, by_reference)
        numbers = self._assembled.numbers(events)
        order = np.argsort(numbers)
        rows = zip(numbers[order].tolist(), sure[order].tolist(), strict=True)
        listing = labels_of_spread(self._found, starts)
        return Answer(
            question, tuple(self._items(listing, starts)),
            tuple(AnswerEvent(number, Verdict.CERTAIN if surely else Verdict.POSSIBLE) for number, surely in rows),
            self._edges(told),
            self._gaps(listing, events),
            named_by(self._assembled, self._ledger.readers, events),
        )  # fmt: skip

    # -- items

    def _items(self, listing: Listing, starts: Ints) -> Iterator[AnswerItem]:
        labels = listing.labels
        paths = Paths(self._found.kernel, self._found.book, self._found.holdings)
        begins = np.flatnonzero(np.diff(labels.item, prepend=-1)).tolist()
        asked = set(starts.tolist())
        self._found.book.learn(labels.item[begins], listing.numbers[begins])
        items, kinds, certain = labels.item.tolist(), labels.kind.tolist(), labels.certain.tolist()
        since, until, depth = labels.since.tolist(), labels.until.tolist(), labels.depth.tolist()
        doubts = labels.doubts.tolist()
        for begin, end in zip(begins, [*begins[1:], len(items)], strict=True):
            item, kind = items[begin], kinds[begin]
            role = ItemRole.START if item in asked else ItemRole.CARRIER if kind in _HOLDER_CODES else ItemRole.PRODUCT
            rows = tuple(
                AnswerLabel(_verdict(certain[at]), moment(since[at]), moment(until[at])) for at in range(begin, end)
            )
            yield AnswerItem(
                item, KINDS[kind], rows[0].verdict, role, rows, depth[begin], paths.first_hop(item),
                _doubts(doubts[begin]),
            )  # fmt: skip

    # -- events

    def _touched(self, told: Trail, standing: np.ndarray, by_reference: dict[int, bool]) -> tuple[Ints, Ints]:
        """Return the touched events by their numbers over all segments, and whether each surely was."""
        columns = self._found.kernel.own.columns
        came = self._live[columns[EVENT][self._live] >= 0]
        sure = (columns[CODE][came] & CERTAIN).astype(np.bool_)
        by = columns[EVENT][came].astype(np.int64)
        located = self._ledger.located
        more = np.array([located[number] for number in by_reference], np.int64)
        surely = np.array(list(by_reference.values()), np.bool_)
        standing[by[sure]] = SURELY
        standing[more[surely]] = SURELY
        events = distinct(np.concatenate([told.events, by, more]))
        return events, (standing[events] == SURELY).astype(np.int64)

    def _by_reference(self, told: Trail, counted: Ints) -> dict[int, bool]:
        """Return what the reference tells of touched events: of knotted items, of what was in odd containers or meant
        by lagging events, of lagging uses, and of counted lots.
        """
        book, holdings, facts = self._found.book, self._found.holdings, self._facts
        asked = {*book.own, *self._others(told)}
        facts.view.fetch(read_upward(facts, asked), tuple(Role))
        for item in asked:
            for carriage in self._found.guest.carriages.up(item):
                holdings.touch(carriage)
        touched = {number: touch.certain for number, touch in holdings.events.items()}
        for item in book.own:
            for label in book.of(item):
                if label.via is not None and label.via.event is not None:
                    touched[label.via.event] = touched.get(label.via.event, False) or label.certain
        for event, item in self._pairs(told.late):
            sure = bool(self._found.guest.verdicts.sure(item, event.low, event.at))
            touched[event.number] = touched.get(event.number, False) or sure
        for event, lot in self._pairs(counted):
            roles = {part.role for part in event.participations if part.item == lot}
            if any(not serials_cover(facts, event, lot, role) for role in roles):
                touched.setdefault(event.number, False)
        self._by_origins(touched)
        return touched

    def _others(self, told: Trail) -> set[int]:
        """Return the plain items of whose containers the reference is to tell what they touched."""
        guest, facts, known = self._found.guest, self._facts, self._assembled
        plain = set(known.ids(self._things).tolist())
        near = set(known.ids(told.near).tolist()) | guest.odd
        asked = near & plain
        asked.update(known.ids(self._things[self._lags.within[self._things] != 0]).tolist())
        holding = [item for item in near if facts.kind(item) is not ItemKind.LOT]
        read_downward(facts, holding)
        for holder in holding:
            asked.update(carriage.source for carriage in guest.carriages.down(holder) if carriage.source in plain)
        return asked

    def _pairs(self, pairs: Ints) -> Iterator[tuple[TraceEvent, int]]:
        """Yield events, read, with the ledger numbers of items."""
        items = self._assembled.ids(pairs[:, 1]).tolist()
        for at, item in zip(pairs[:, 0].tolist(), items, strict=True):
            yield self._known(at), item

    def _known(self, at: int) -> TraceEvent:
        event = self._ledger.event_at(at)
        self._facts.view.know([event])
        return event

    def _by_origins(self, touched: dict[int, bool]) -> None:
        """Note the events by which the reference labelled plain items."""
        columns, book = self._found.kernel.own.columns, self._found.book
        for row in self._live[columns[VIA][self._live] < -1].tolist():
            via = book.origins[-2 - int(columns[VIA][row])].via
            if via is not None and via.event is not None:
                touched[via.event] = touched.get(via.event, False) or bool(columns[CODE][row] & CERTAIN)

    # -- hops and gaps

    def _edges(self, told: Trail) -> tuple[AnswerEdge, ...]:
        found = {*self._found.guest.edges, *self._found.holdings.edges}
        edges = np.concatenate([told.edges, self._met()])
        sources, targets = self._assembled.ids(edges[:, SOURCE]), self._assembled.ids(edges[:, INTO])
        events = self._assembled.numbers(edges[:, BY_EVENT])
        for source, target, event in zip(sources.tolist(), targets.tolist(), events.tolist(), strict=True):
            found.add((source, target, event or None))
        return answer_edges(found)

    def _met(self) -> Ints:
        """Return the hops of cross-contact that the kernel told."""
        kernel, book = self._found.kernel, self._found.book
        if kernel.told is None:
            return np.empty((0, 3), np.int64)
        knotted = np.array([book.number(item) for item in book.own], np.int64)
        things = np.concatenate([self._things, knotted[knotted >= 0]])
        units = things[self._assembled.kinds(things) == KINDS.index(ItemKind.UNIT)]
        hops: Ints = met_hops(kernel.address, units[~kernel.strays(units)])
        return hops

    def _gaps(self, listing: Listing, events: Ints) -> tuple[Gap, ...]:
        readers = self._ledger.readers
        own = doubtful_under(self._found.kernel, readers, listing.labels.item, listing.numbers)[0]
        odd = [self._known(at).number for at in odd_events(self._assembled, readers, events).tolist()]
        return find_gaps(self._facts, own.tolist(), odd)


def _verdict(certain: int) -> Verdict:
    return Verdict.CERTAIN if certain else Verdict.POSSIBLE


@cache
def _doubts(bits: int) -> tuple[Doubt, ...]:
    return tuple(sorted(doubt for at, doubt in enumerate(_DOUBTS) if bits >> at & 1))
