"""Why items of the closure are not in the scope: worked out for those that somebody wants to see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from suyuan.trace.contracts import Direction, Reason, Role
from suyuan.trace.domain.closure import BlindHop, HopKind
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.blind import Closure
from suyuan.trace.domain.engine.ledger import IndexLedger
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.exclusion import ForwardJudge, Judge, Why
from suyuan.trace.domain.exclusion_back import BackwardJudge
from suyuan.trace.domain.facts import Facts
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.scoping import ScopeLabels
from suyuan.trace.domain.times import Span

_KINDS = tuple(HopKind)


class _Spans(Mapping[int, list[Span]]):
    """The times of the labels of items, found when asked for."""

    def __init__(self, labels: ScopeLabels, *, holder: bool) -> None:
        self._labels = labels
        rows = np.flatnonzero(labels.holder == holder)
        self._rows = rows[np.argsort(labels.item[rows], kind="stable")]
        self._items = labels.item[self._rows]

    def __getitem__(self, item: int) -> list[Span]:
        low, high = np.searchsorted(self._items, [item, item + 1])
        if low == high:
            raise KeyError(item)
        rows = self._rows[low:high]
        return [Span(int(self._labels.since[row]), int(self._labels.until[row])) for row in rows]

    def __iter__(self) -> Iterator[int]:
        return iter(np.unique(self._items).tolist())

    def __len__(self) -> int:
        return len(np.unique(self._items))


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
        self._at: dict[int, int] = {}
        self._known: dict[int, Why] = {}
        order = np.argsort(found.items, kind="stable")
        self._order, self._sorted = order, found.items[order]

    def of(self, number: int) -> Why | None:
        """Return why an item (by its number over all segments) is excluded; None where it is not in the closure."""
        way: list[int] = []
        at = self._place(number)
        if at is None or at < self._found.seeds:
            return None
        while at >= self._found.seeds and at not in self._known:
            way.append(at)
            at = self._place(int(self._found.source[at])) or 0
        for place in reversed(way):
            self._known[place] = self._why(place)
        return self._known[way[0]] if way else self._known[at]

    def _place(self, number: int) -> int | None:
        at = int(np.searchsorted(self._sorted, number))
        return int(self._order[at]) if at < len(self._sorted) and self._sorted[at] == number else None

    def _why(self, place: int) -> Why:
        source = int(self._found.source[place])
        came = self._place(source) or 0
        ids = self._assembled.ids(np.array([source, int(self._found.items[place])])).tolist()
        hop = self._hop(place, ids[1])
        self._facts.view.know(hop.events)
        unseen = [event for event in hop.events if not self._facts.view.sees(event)]
        if unseen:
            return min((self._unseen(event) for event in unseen), key=lambda why: why.reason is Reason.VOIDED)
        if came < self._found.seeds:
            return self._judge.hop(ids[0], hop)
        inherited = self._known[came]
        if hop.kind is HopKind.MEMBER and inherited.reason is Reason.OWN_RECORD:
            own = self._facts.makings(hop.target)
            return Why(Reason.OWN_RECORD, own[0].number if own else self._facts.origin(hop.target))
        return inherited

    def _unseen(self, event: TraceEvent) -> Why:
        as_of = self._facts.view.as_of
        later = as_of is not None and event.recorded > as_of
        return Why(Reason.NOT_KNOWN_THEN if later else Reason.VOIDED, event.number)

    def _hop(self, place: int, target: int) -> BlindHop:
        kind, number = _KINDS[int(self._found.kind[place])], int(self._found.event[place])
        if number < 0:
            return BlindHop(kind, target)
        event = self._ledger.event_at(number)
        if kind is not HopKind.PROCESS:
            return BlindHop(kind, target, (event,))
        far = Role.OUTPUT if self._forward else Role.INPUT
        events = [event]
        if event.transformation_id is not None:
            self._facts.view.know([event])
            events = list(self._facts.view.process_ever(event.transformation_id))
        named = [other for other in events if any(part.item == target for part in other.having(far))]
        other = next((each for each in named if self._facts.view.sees(each)), named[0])
        return BlindHop(kind, target, (event, other) if self._forward else (other, event))


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


def listed(labels: ScopeLabels, assembled: Assembled) -> Ints:
    """Return the numbers over all segments of what a scope lists."""
    numbers = assembled.items(np.unique(labels.item))
    return numbers[numbers >= 0]
