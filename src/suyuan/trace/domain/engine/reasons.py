"""Why items of the closure are not in the scope: worked out for those that somebody wants to see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from suyuan.trace.contracts import Direction, Reason, Role
from suyuan.trace.domain.closure import BlindHop, HopKind
from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.blind import HELD, Closure
from suyuan.trace.domain.engine.inherited import LEFT, MEMBER, descent
from suyuan.trace.domain.engine.ledger import IndexLedger
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.exclusion import ForwardJudge, Judge, Why
from suyuan.trace.domain.exclusion_back import BackwardJudge
from suyuan.trace.domain.facts import Facts
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.scoping import LATE, REASONS, Alive, ScopeLabels
from suyuan.trace.domain.times import Span

_KINDS = tuple(HopKind)
_OWN_RECORD = Why(Reason.OWN_RECORD)
"""The reason of a member of a lot that its own record excludes; which event shows it is worked out late."""
_OFTEN = 64
_AT_ONCE = 2_000


class _Spans(Mapping[int, list[Span]]):
    """The times of the labels of items, found when asked for."""

    def __init__(self, labels: ScopeLabels, *, holder: bool) -> None:
        self._labels = labels
        rows = np.flatnonzero(labels.holder == holder)
        self._rows = rows[np.argsort(labels.item[rows], kind="stable")]
        self._items = labels.item[self._rows]
        self._read: dict[int, list[Span]] = {}

    def __getitem__(self, item: int) -> list[Span]:
        if item not in self._read:
            low, high = np.searchsorted(self._items, [item, item + 1])
            rows = self._rows[low:high]
            times = zip(self._labels.since[rows].tolist(), self._labels.until[rows].tolist(), strict=True)
            self._read[item] = [Span(since, until) for since, until in times]
        if not self._read[item]:
            raise KeyError(item)
        return self._read[item]

    def __iter__(self) -> Iterator[int]:
        return iter(distinct(self._items).tolist())

    def __len__(self) -> int:
        return len(distinct(self._items))


class Reasons:
    """Reasons at the first hop that fails, along the way by which the closure first came to an item."""

    def __init__(
        self, facts: Facts, ledger: IndexLedger, assembled: Assembled, found: Closure, labels: ScopeLabels,
        direction: Direction
    ) -> None:  # fmt: skip
        self._facts = facts
        self._ledger = ledger
        self._assembled = assembled
        self._found = found
        self._forward = direction is Direction.FORWARD
        self._judge: Judge
        own, holding = _Spans(labels, holder=False), _Spans(labels, holder=True)
        if self._forward:
            self._judge = ForwardJudge(facts, own, holding)
        else:
            self._judge = BackwardJudge(facts, _Latest(own, holding), _Sets(holding))
        self._descent = descent(assembled, found)
        self._known: dict[int, Why] = {}
        self._named: dict[str, dict[int, TraceEvent]] = {}
        self._ids = assembled.ids(found.items)
        order = np.argsort(found.items, kind="stable")
        self._order, self._sorted = order, found.items[order]

    def tell(self, alive: Alive) -> tuple[npt.NDArray[np.uint8], Ints]:
        """Return, place by place in the closure, the reason and the event that shows it (0: none; :data:`LATE`: ask
        :func:`shown_by`).
        """
        reason, event = np.zeros(len(self._found.items), np.uint8), np.zeros(len(self._found.items), np.int64)
        places = self._descent.to_tell()
        self._read(places, alive)
        for count, place in enumerate(places.tolist()):
            if count % _OFTEN == 0:
                alive()
            if place >= self._found.seeds:
                why = self._why(place)
                self._known[place] = why
                reason[place] = REASONS.index(why.reason)
                event[place] = LATE if self._is_late(place, why) else why.event or 0
        return reason[self._descent.root], event[self._descent.root]

    def _read(self, places: Ints, alive: Alive) -> None:
        """Read, in one go, the events of the hops that are judged, and what stood in what they leave."""
        events = distinct(self._found.event[places])
        for begin in range(0, len(events), _AT_ONCE):
            alive()
            part = events[begin : begin + _AT_ONCE]
            self._facts.view.know([self._ledger.event_at(number) for number in part[part >= 0].tolist()])
        held = places[(self._descent.how[places] == LEFT) & (self._found.kind[places] == HELD)]
        self._facts.view.fetch(distinct(self._ids[self._descent.came[held]]).tolist())

    def places(self, numbers: Ints) -> Ints:
        """Return the places in the closure of items (by their numbers over all segments); -1 where it has none."""
        if len(self._sorted) == 0:
            return np.full(len(numbers), -1, np.int64)
        at = np.minimum(np.searchsorted(self._sorted, numbers), len(self._sorted) - 1)
        return np.where(self._sorted[at] == numbers, self._order[at], -1).astype(np.int64)

    def told_by(self, places: Ints) -> Ints:
        """Return the ledger numbers of the items that tell the events behind :data:`LATE`, for :func:`shown_by`."""
        return self._ids[self._descent.root[places]]

    def _is_late(self, place: int, why: Why) -> bool:
        return why is _OWN_RECORD and self._descent.how[place] == MEMBER

    def _why(self, place: int) -> Why:
        """Return the reason at a place whose predecessors' are known."""
        how, came = int(self._descent.how[place]), int(self._descent.came[place])
        if how == MEMBER:
            inherited = self._inherited(came)
            return _OWN_RECORD if inherited.reason is Reason.OWN_RECORD else inherited
        hop = self._hop(place)
        unseen = [event for event in hop.events if not self._facts.view.sees(event)]
        if unseen:
            return min((self._unseen(event) for event in unseen), key=lambda why: why.reason is Reason.VOIDED)
        if came < self._found.seeds:
            return self._judge.hop(int(self._ids[came]), hop)
        return self._inherited(came)

    def _inherited(self, place: int) -> Why:
        return self._known[int(self._descent.root[place])]

    def _unseen(self, event: TraceEvent) -> Why:
        as_of = self._facts.view.as_of
        later = as_of is not None and event.recorded > as_of
        return Why(Reason.NOT_KNOWN_THEN if later else Reason.VOIDED, event.number)

    def _hop(self, place: int) -> BlindHop:
        target = int(self._ids[place])
        kind, number = _KINDS[int(self._found.kind[place])], int(self._found.event[place])
        if number < 0:
            return BlindHop(kind, target)
        event = self._ledger.event_at(number)
        if kind is not HopKind.PROCESS:
            return BlindHop(kind, target, (event,))
        other = event if event.transformation_id is None else self._named_by(event.transformation_id)[target]
        return BlindHop(kind, target, (event, other) if self._forward else (other, event))

    def _named_by(self, process: str) -> Mapping[int, TraceEvent]:
        """Return, for each item at the far side of a process, the first event that names it, one that counts before
        the others.
        """
        if process not in self._named:
            far = Role.OUTPUT if self._forward else Role.INPUT
            events = self._facts.view.process_ever(process)
            in_order = sorted(events, key=lambda event: not self._facts.view.sees(event))
            self._named[process] = {part.item: event for event in reversed(in_order) for part in event.having(far)}
        return self._named[process]


class _Latest(Mapping[int, int]):
    def __init__(self, own: _Spans, holding: _Spans) -> None:
        self._own, self._holding = own, holding

    def __getitem__(self, item: int) -> int:
        spans = [*self._own.get(item, ()), *self._holding.get(item, ())]
        return max(int(span.until) for span in spans)

    def __iter__(self) -> Iterator[int]:
        return iter([*self._own, *self._holding])

    def __len__(self) -> int:
        return len(self._own) + len(self._holding)


class _Sets(Mapping[int, set[Span]]):
    def __init__(self, spans: _Spans) -> None:
        self._spans = spans

    def __getitem__(self, item: int) -> set[Span]:
        return set(self._spans[item])

    def __iter__(self) -> Iterator[int]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


def shown_by(facts: Facts, item: int) -> int:
    """Return the event of a member's own record that excludes it; 0 for none."""
    own = facts.makings(item)
    return (own[0].number if own else facts.origin(item)) or 0


def listed(labels: ScopeLabels, assembled: Assembled) -> Ints:
    """Return the numbers over all segments of what a scope lists."""
    numbers = assembled.items(distinct(labels.item))
    return numbers[numbers >= 0]
