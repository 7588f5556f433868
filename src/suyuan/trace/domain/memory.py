"""A ledger held in memory: for tests, for tracing a file of events, and as the plain statement of what a store
answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from suyuan.trace.contracts import Action, EventType, Role
from suyuan.trace.domain.ledger import TraceEvent, TraceItem


def visible(event: TraceEvent, as_of: datetime | None) -> bool:
    """Tell whether ``event`` counts for someone who knows what was on record at ``as_of`` (None: now)."""
    if as_of is None:
        return event.voided_at is None
    return event.recorded <= as_of and (event.voided_at is None or event.voided_at > as_of)


def is_commissioning(event: TraceEvent) -> bool:
    """Tell whether the event only gives identities (an object event with action ADD)."""
    return event.type is EventType.OBJECT and event.action is Action.ADD


class MemoryLedger:
    """A :class:`~suyuan.trace.domain.ledger.Ledger` over lists. ``asked`` counts the calls, as a store's queries."""

    def __init__(
        self,
        items: Iterable[TraceItem],
        events: Iterable[TraceEvent],
        alternatives: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self._items = {item.id: item for item in items}
        self._events = tuple(events)
        self._alternatives = dict(alternatives or {})
        self._of: dict[tuple[int, Role], list[TraceEvent]] = defaultdict(list)
        self._processes: dict[str, list[TraceEvent]] = defaultdict(list)
        self._members: dict[int, set[int]] = defaultdict(set)
        self._giving: dict[int, list[TraceEvent]] = defaultdict(list)
        self.asked = 0
        for item in self._items.values():
            if item.lot is not None:
                self._members[item.lot].add(item.id)
        for event in self._events:
            self._index(event)

    def _index(self, event: TraceEvent) -> None:
        if event.transformation_id is not None:
            self._processes[event.transformation_id].append(event)
        for item, role in dict.fromkeys((part.item, part.role) for part in event.participations):
            self._of[item, role].append(event)
        for part in event.participations:
            if part.lot is not None:
                self._members[part.lot].add(part.item)
                self._giving[part.lot].append(event)

    @property
    def history(self) -> Sequence[TraceEvent]:
        """Every event, in the order given."""
        return self._events

    def items(self, ids: Collection[int]) -> Mapping[int, TraceItem]:
        self.asked += 1
        return {number: self._items[number] for number in ids if number in self._items}

    def events_of(self, items: Collection[int], roles: Collection[Role]) -> Mapping[int, Sequence[TraceEvent]]:
        self.asked += 1
        return {
            item: list({event.number: event for role in roles for event in self._of.get((item, role), ())}.values())
            for item in items
        }

    def events_of_processes(self, transformation_ids: Collection[str]) -> Mapping[str, Sequence[TraceEvent]]:
        self.asked += 1
        return {name: self._processes.get(name, ()) for name in transformation_ids}

    def members_of(self, lots: Collection[int]) -> Mapping[int, Collection[int]]:
        self.asked += 1
        return {lot: sorted(self._members.get(lot, ())) for lot in lots}

    def first_uses(self, items: Collection[int], as_of: datetime | None) -> Mapping[int, datetime]:
        self.asked += 1
        found: dict[int, datetime] = {}
        for item in items:
            times = [
                event.time
                for role in Role
                if role is not Role.OUTPUT
                for event in self._of.get((item, role), ())
                if visible(event, as_of) and not is_commissioning(event)
            ]
            times += [event.time for event in self._giving.get(item, ()) if visible(event, as_of)]
            if times:
                found[item] = min(times)
        return found

    def alternatives_of(self, products: Collection[str]) -> Mapping[str, Collection[str]]:
        self.asked += 1
        return {name: self._alternatives[name] for name in products if name in self._alternatives}
