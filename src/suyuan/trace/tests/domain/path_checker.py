"""An independent check of explaining paths: every hop is on record and takes place in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from suyuan.trace.contracts import Action, EventType, ItemKind, Role
from suyuan.trace.domain.answer import Hop
from suyuan.trace.domain.ledger import TraceEvent, TraceItem

EVER = datetime(1, 1, 2, tzinfo=UTC)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
LATEST_BOOKING = timedelta(days=1)
"""A question's default: a use of anything that a process made shows that it was booked late, by so much at most."""
Step = tuple[int, int, int | None]
"""From an item to the next, by an event (None: a unit and its lot)."""


def causal_steps(item: int, hops: Sequence[Hop], *, forward: bool) -> list[Step]:
    """Return an item's path as single steps in causal direction."""
    steps: list[Step] = []
    if forward:
        targets = [item, *(hop.item for hop in hops[:-1])]
        for target, hop in reversed(list(zip(targets, hops, strict=True))):
            steps += _steps(hop.item, target, hop)
    else:
        sources = [item, *(hop.item for hop in hops[:-1])]
        for source, hop in zip(sources, hops, strict=True):
            steps += _steps(source, hop.item, hop)
    return steps


def _steps(source: int, target: int, hop: Hop) -> Iterator[Step]:
    at = source
    for node, event in zip(hop.through, hop.through_events, strict=True):
        yield at, node, event
        at = node
    yield at, target, hop.event


class PathChecker:
    """Checks steps against the events that count."""

    def __init__(self, items: Sequence[TraceItem], events: Sequence[TraceEvent], tolerance: timedelta) -> None:
        self._items = {item.id: item for item in items}
        self._events = {event.number: event for event in events}
        self._tolerance = tolerance

    def check(self, steps: Sequence[Step]) -> None:
        """Raise AssertionError where a step is not on record or the steps cannot follow each other in time.

        What went into a process had been made before that, even where the making was booked later: then the process's
        own earliest time counts in place of the making's.
        """
        since = floor = EVER
        was_making = False
        for source, target, number in steps:
            start, end = self._when(source, target, number)
            assert since <= (end or FOREVER) + self._tolerance, (steps, source, target, number)
            is_making = self._is_making(number)
            floor = floor if is_making and was_making else since
            since = max(floor if is_making and was_making else since, start or EVER)
            assert since <= (end or FOREVER) + self._tolerance, (steps, source, target, number)
            was_making = is_making

    def _is_making(self, number: int | None) -> bool:
        event = self._events[number] if number is not None else None
        return event is not None and bool(event.having(Role.OUTPUT))

    def _when(self, source: int, target: int, number: int | None) -> tuple[datetime | None, datetime | None]:
        """Return from when until when the step can be taken."""
        if number is None:
            return self._membership(source, target)
        event = self._events[number]
        parents = {part.item for part in event.having(Role.PARENT)}
        children = {part.item for part in event.having(Role.CHILD)}
        if source in children and target in parents:
            return self._stay(event, source, target)
        if source in parents and target in children:
            return self._stay(event, target, source)
        if event.having(Role.INPUT) or event.having(Role.OUTPUT):
            made = {part.item for part in event.having(Role.OUTPUT)}
            if target in made or self._lots(target) & made:
                found = self._making(source, target, event)
                if found is not None:
                    return found
        return self._membership(source, target)

    def _making(self, source: int, target: int, event: TraceEvent) -> tuple[datetime | None, datetime] | None:
        process = [
            other for other in self._events.values()
            if other is event or (event.transformation_id and other.transformation_id == event.transformation_id)
        ]  # fmt: skip
        feeds = [other for other in process if any(part.item == source for part in other.having(Role.INPUT))]
        usable = [feed for feed in feeds if feed.time - feed.booking_lag <= event.time + self._tolerance]
        if not usable:
            return None
        made = {target, *(part.item for part in event.having(Role.OUTPUT))}
        used = [
            other.time for other in self._events.values()
            if any((part.item in made and part.role is not Role.OUTPUT) or part.lot in made
                   for part in other.participations)
        ]  # fmt: skip
        late = [event.time - LATEST_BOOKING] if any(use < event.time for use in used) else []
        return min([event.time - event.booking_lag, *used, *late]), event.time

    def _stay(self, event: TraceEvent, child: int, parent: int) -> tuple[datetime | None, datetime | None]:
        assert event.type in (EventType.AGGREGATION, EventType.ASSOCIATION)
        ends = [
            other.time for other in self._events.values()
            if other.time > event.time + self._tolerance and self._ends(other, child, parent)
        ]  # fmt: skip
        start = event.time - event.booking_lag if event.action is Action.ADD else None
        return start, min(ends, default=None)

    def _ends(self, event: TraceEvent, child: int, parent: int) -> bool:
        roles = {part.role for part in event.participations if part.item == parent}
        children = event.having(Role.CHILD)
        named = [part for part in children if part.item == child]
        if event.cleans and roles & {Role.PARENT, Role.SUBJECT}:
            return True
        if Role.PARENT in roles and event.action is Action.DELETE:
            partial = any(part.quantity is not None for part in named) and self._items[child].kind is ItemKind.LOT
            return not children or (bool(named) and not partial)
        return False

    def _lots(self, unit: int) -> set[int]:
        given = {
            part.lot for event in self._events.values() for part in event.participations
            if part.item == unit and part.lot is not None
        }  # fmt: skip
        own = self._items[unit].lot
        return given or ({own} if own is not None else set())

    def _membership(self, source: int, target: int) -> tuple[None, None]:
        assert target in self._lots(source) or source in self._lots(target), (source, target)
        return None, None
