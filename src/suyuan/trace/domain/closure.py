"""The time-blind closure: what a search that follows every event ever, without time, would list."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from suyuan.trace.contracts import Direction, ItemKind, Role
from suyuan.trace.domain.facts import Facts
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.stays import HOLDING


class HopKind(Enum):
    """What a hop of the closure follows."""

    PROCESS = auto()
    INTO = auto()
    HELD = auto()
    LOT = auto()
    MEMBER = auto()


@dataclass(frozen=True, slots=True)
class BlindHop:
    """A hop to ``target`` by ``events`` (for a process: the feed and the making; by identity alone: none)."""

    kind: HopKind
    target: int
    events: tuple[TraceEvent, ...] = ()


def fetch_level(facts: Facts, items: Collection[int]) -> None:
    """Read, in batches, what the closure's hops from these items need."""
    view = facts.view
    view.fetch(items)
    view.fetch_members(item for item in items if view.kind(item) is ItemKind.LOT)
    view.fetch_processes(
        event.transformation_id
        for item in items
        for event in view.events_ever(item, Role.INPUT, Role.OUTPUT)
        if event.transformation_id is not None
    )


def blind_hops(facts: Facts, item: int, direction: Direction) -> Iterator[BlindHop]:
    """Return the closure's hops from ``item``, each pair of target and kind once for every event that makes it."""
    view = facts.view
    forward = direction is Direction.FORWARD
    near, far = (Role.INPUT, Role.OUTPUT) if forward else (Role.OUTPUT, Role.INPUT)
    for event in view.events_ever(item, near):
        for other in _process_ever(facts, event):
            for part in other.having(far):
                pair = (event, other) if forward else (other, event)
                yield BlindHop(HopKind.PROCESS, part.item, pair)
    for event in view.events_ever(item, Role.CHILD):
        if event.type in HOLDING:
            for part in event.having(Role.PARENT):
                yield BlindHop(HopKind.INTO, part.item, (event,))
    for event in view.events_ever(item, Role.PARENT):
        if event.type in HOLDING:
            for part in event.having(Role.CHILD):
                yield BlindHop(HopKind.HELD, part.item, (event,))
    yield from _lot_hops(facts, item)


def _process_ever(facts: Facts, event: TraceEvent) -> tuple[TraceEvent, ...]:
    if event.transformation_id is None:
        return (event,)
    return facts.view.process_ever(event.transformation_id)


def _lot_hops(facts: Facts, item: int) -> Iterator[BlindHop]:
    view = facts.view
    if view.kind(item) is ItemKind.UNIT:
        own = view.item(item).lot
        if own is not None:
            yield BlindHop(HopKind.LOT, own)
        for event in view.events_ever(item, Role.SUBJECT, Role.OUTPUT):
            for part in event.participations:
                if part.item == item and part.lot is not None:
                    yield BlindHop(HopKind.LOT, part.lot, (event,))
    elif view.kind(item) is ItemKind.LOT:
        for unit in view.units_of(item):
            yield BlindHop(HopKind.MEMBER, unit)
