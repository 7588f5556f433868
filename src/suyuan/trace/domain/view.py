"""What can be seen of the ledger: visible events, fetched once, in batches, and kept for one question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from suyuan.trace.contracts import ItemKind, Role
from suyuan.trace.domain.ledger import Ledger, TraceEvent, TraceItem
from suyuan.trace.domain.memory import visible
from suyuan.trace.domain.times import Clock, micros

ALL_ROLES = tuple(Role)


class View:
    """A ledger as known at ``as_of``. Ask :meth:`fetch` for a batch first; single reads then cost nothing."""

    def __init__(self, ledger: Ledger, as_of: datetime | None, clock: Clock) -> None:
        self._ledger = ledger
        self.as_of = as_of
        self.clock = clock
        self._known: dict[int, TraceItem] = {}
        self._events: dict[int, TraceEvent] = {}
        self._by_role: dict[tuple[int, Role], tuple[TraceEvent, ...]] = {}
        self._ever: dict[tuple[int, Role], tuple[TraceEvent, ...]] = {}
        self._processes: dict[str, tuple[TraceEvent, ...]] = {}
        self._members: dict[int, tuple[int, ...]] = {}
        self._first_uses: dict[int, int | None] = {}
        self._alternatives: dict[str, frozenset[str]] = {}
        self._roles: dict[int, dict[int, dict[Role, None]]] = {}
        self._merged: dict[tuple[int, tuple[Role, ...]], tuple[TraceEvent, ...]] = {}

    def sees(self, event: TraceEvent) -> bool:
        """Tell whether an event counts."""
        return visible(event, self.as_of)

    # -- batches

    def fetch_items(self, items: Iterable[int]) -> None:
        """Read these items."""
        missing = {item for item in items if item not in self._known}
        if missing:
            found = self._ledger.items(missing)
            for item in missing:
                self._known[item] = found.get(item) or TraceItem(item, ItemKind.PRODUCT)

    def fetch(self, items: Iterable[int], roles: Collection[Role] = ALL_ROLES) -> None:
        """Read the events that name these items in these roles, and the items that those events name."""
        wanted = set(items)
        lacking: dict[tuple[Role, ...], list[int]] = {}
        for item in wanted:
            absent = tuple(role for role in Role if role in roles and (item, role) not in self._by_role)
            if absent:
                lacking.setdefault(absent, []).append(item)
        for absent, group in lacking.items():
            found = self._ledger.events_of(group, absent)
            events: dict[int, TraceEvent] = {}
            for item in group:
                self._keep(item, absent, found.get(item, ()), events)
            self._fetch_named(events.values())
        self.fetch_items(wanted)

    def _fetch_named(self, events: Iterable[TraceEvent]) -> None:
        parts = [part for event in events for part in event.participations]
        self.fetch_items([*(part.item for part in parts), *(part.lot for part in parts if part.lot is not None)])

    def _keep(
        self, item: int, roles: tuple[Role, ...], found: Sequence[TraceEvent], fresh: dict[int, TraceEvent]
    ) -> None:
        mine = [self._events.setdefault(event.number, event) for event in found if not _only_voids(event)]
        fresh.update({event.number: event for event in mine})
        named: dict[Role, list[TraceEvent]] = {role: [] for role in roles}
        for event in _sorted(mine):
            for role in self._roles_in(event).get(item, ()):
                if role in named:
                    named[role].append(event)
        for role, events in named.items():
            self._ever[item, role] = tuple(events)
            self._by_role[item, role] = tuple(event for event in events if self.sees(event))

    def _roles_in(self, event: TraceEvent) -> Mapping[int, Collection[Role]]:
        """Return the roles of each item that an event names; a pallet's loading names a thousand."""
        known = self._roles.get(event.number)
        if known is None:
            known = self._roles[event.number] = {}
            for part in event.participations:
                known.setdefault(part.item, {})[part.role] = None
        return known

    def know(self, events: Iterable[TraceEvent]) -> None:
        """Take events that somebody has read already, and read the items that they name."""
        fresh = [event for event in events if event.number not in self._events]
        if fresh:
            self._events.update({event.number: event for event in fresh})
            self._fetch_named(fresh)

    def fetch_processes(self, transformation_ids: Iterable[str]) -> None:
        """Read all events of these transformation ids, and the items that they name."""
        missing = {name for name in transformation_ids if name not in self._processes}
        if missing:
            found = self._ledger.events_of_processes(missing)
            for name in missing:
                events = (self._events.setdefault(event.number, event) for event in found.get(name, ()))
                self._processes[name] = _sorted(event for event in events if not _only_voids(event))
            self._fetch_named(event for name in missing for event in self._processes[name])

    def fetch_members(self, lots: Iterable[int]) -> None:
        """Read the units that ever belonged to these lots."""
        missing = {lot for lot in lots if lot not in self._members}
        if missing:
            found = self._ledger.members_of(missing)
            for lot in missing:
                self._members[lot] = tuple(sorted(found.get(lot, ())))
            self.fetch_items(unit for lot in missing for unit in self._members[lot])

    def fetch_first_uses(self, items: Iterable[int]) -> None:
        """Read when these items were first seen to exist, other than by being made."""
        missing = {item for item in items if item not in self._first_uses}
        if missing:
            found: Mapping[int, datetime] = self._ledger.first_uses(missing, self.as_of)
            for item in missing:
                self._first_uses[item] = micros(found[item]) if item in found else None

    def fetch_alternatives(self, products: Iterable[str | None]) -> None:
        """Read which products a bill of materials allows in place of these."""
        missing = {name for name in products if name is not None and name not in self._alternatives}
        if missing:
            found = self._ledger.alternatives_of(missing)
            for name in missing:
                self._alternatives[name] = frozenset(found.get(name, ()))

    # -- single reads

    def item(self, number: int) -> TraceItem:
        """Return an item; one that the ledger does not know counts as a class of things without identity."""
        if number not in self._known:
            self.fetch_items([number])
        return self._known[number]

    def kind(self, number: int) -> ItemKind:
        """Return an item's kind."""
        return self.item(number).kind

    def event(self, number: int) -> TraceEvent:
        """Return an event that has been read before."""
        return self._events[number]

    def events(self, item: int, *roles: Role) -> tuple[TraceEvent, ...]:
        """Return the visible events that name ``item`` in any of ``roles`` (default: all), by time, then number."""
        if len(roles) == 1:
            return self._read(self._by_role, item, roles)
        merged = self._merged.get((item, roles))
        if merged is None:
            merged = self._merged[item, roles] = self._read(self._by_role, item, roles)
        return merged

    def events_ever(self, item: int, *roles: Role) -> tuple[TraceEvent, ...]:
        """Return :meth:`events` with the voided and the not yet known ones."""
        return self._read(self._ever, item, roles)

    def _read(
        self, store: Mapping[tuple[int, Role], tuple[TraceEvent, ...]], item: int, roles: tuple[Role, ...]
    ) -> tuple[TraceEvent, ...]:
        wanted = roles or ALL_ROLES
        if any((item, role) not in store for role in wanted):
            self.fetch([item], wanted)
        if len(wanted) == 1:
            return store[item, wanted[0]]
        return _sorted({event.number: event for role in wanted for event in store[item, role]}.values())

    def process_ever(self, transformation_id: str) -> tuple[TraceEvent, ...]:
        """Return every event of a transformation id, the invisible ones too."""
        self.fetch_processes([transformation_id])
        return self._processes[transformation_id]

    def units_of(self, lot: int) -> tuple[int, ...]:
        """Return the units that ever belonged to ``lot``, by any event."""
        self.fetch_members([lot])
        return self._members[lot]

    def first_use(self, item: int) -> int | None:
        """Return the instant at which something other than its making first shows that ``item`` exists."""
        self.fetch_first_uses([item])
        return self._first_uses[item]

    def interchangeable(self, one: str | None, other: str | None) -> bool:
        """Tell whether two products can stand for each other in a process."""
        if one is None or other is None:
            return False
        if one == other:
            return True
        self.fetch_alternatives([one, other])
        return other in self._alternatives[one] or one in self._alternatives[other]


def _only_voids(event: TraceEvent) -> bool:
    return not event.participations


def _sorted(events: Iterable[TraceEvent]) -> tuple[TraceEvent, ...]:
    return tuple(sorted(events, key=lambda event: (event.at, event.number)))
