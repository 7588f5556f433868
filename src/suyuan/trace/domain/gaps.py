"""Gaps: broken links in the record, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from suyuan.trace.contracts import GapKind, ItemKind, Role
from suyuan.trace.domain.answer import Gap
from suyuan.trace.domain.facts import HOLDERS, RECEIPT_STEPS, THINGS, Facts, Process
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.memory import is_commissioning
from suyuan.trace.domain.times import Span

ARRIVAL_STEPS = (*RECEIPT_STEPS, "commissioning", "creating_class_instance")
"""CBV steps that bring an item into the plant's knowledge."""


def find_gaps(facts: Facts, items: Collection[int], events: Iterable[int]) -> tuple[Gap, ...]:
    """Return the gaps at the listed items and in the touched events."""
    things = [item for item in items if facts.kind(item) in THINGS]
    facts.view.fetch(items, (Role.CHILD, Role.OUTPUT, Role.SUBJECT))
    facts.view.fetch_first_uses(things)
    found: set[Gap] = set()
    for item in things:
        found.update(_origin(facts, item))
    for item in items:
        found.update(_places(facts, item))
    processes: dict[str, Process] = {}
    for number in events:
        event = facts.view.event(number)
        found.update(_classes(facts, event))
        if event.having(Role.INPUT) or event.having(Role.OUTPUT):
            process = facts.process_of(event)
            processes[process.key] = process
    made = {item for process in processes.values() for item in process.made}
    facts.view.fetch_first_uses(made)
    for process in processes.values():
        found.update(_process(facts, process))
    return tuple(sorted(found, key=lambda gap: (gap.kind, gap.item or 0, gap.event or 0, gap.other or 0)))


def _origin(facts: Facts, item: int) -> Iterator[Gap]:
    """An item used before anything produced or received it; a unit of a lot that nobody made or received."""
    late = facts.late_booking(item)
    if late is not None:
        yield Gap(GapKind.USED_BEFORE_MADE, item, min(late.makings))
        return
    if facts.makings(item):
        return
    lots = facts.lots_of(item) if facts.kind(item) is ItemKind.UNIT else ()
    if lots:
        if not any(facts.makings(lot) or _arrivals(facts, lot) for lot in lots):
            yield Gap(GapKind.LOT_UNKNOWN, item, facts.commissioned(item)[1], lots[0])
        return
    used = facts.view.first_use(item)
    if used is None:
        return
    if not any(facts.clock.may(event.at, used) for event in _arrivals(facts, item)):
        yield Gap(GapKind.USED_BEFORE_MADE, item, None)


def _arrivals(facts: Facts, item: int) -> list[TraceEvent]:
    return [
        event for event in facts.view.events(item, Role.SUBJECT)
        if is_commissioning(event) or event.biz_step in ARRIVAL_STEPS
    ]  # fmt: skip


def _places(facts: Facts, item: int) -> Iterator[Gap]:
    stays = facts.stays_of(item)
    for stay in stays:
        if stay.seen:
            yield Gap(GapKind.SEEN_NOT_ADDED, item, stay.opened_by.number, stay.parent)
    if facts.kind(item) is ItemKind.LOT:
        return
    for index, stay in enumerate(stays):
        for other in stays[index + 1 :]:
            if other.hull.since > stay.hull.until:
                break
            if other.parent != stay.parent and facts.clock.surely_meet(stay.core, other.core):
                yield Gap(GapKind.TWO_PLACES, item, other.opened_by.number, other.parent)


def _classes(facts: Facts, event: TraceEvent) -> Iterator[Gap]:
    for part in event.participations:
        if facts.kind(part.item) is ItemKind.PRODUCT:
            yield Gap(GapKind.CLASS_WITHOUT_LOT, part.item, event.number)


def _process(facts: Facts, process: Process) -> Iterator[Gap]:
    first = process.events[0].number
    if not process.feeds:
        yield Gap(GapKind.NO_INPUTS, None, first)
    if not process.outputs:
        yield Gap(GapKind.NO_OUTPUTS, None, first)
    fed_by_carrier = False
    for event, part in process.feeds:
        if facts.kind(part.item) in HOLDERS:
            fed_by_carrier = True
            until = max([event.at, *(making.at for making, _ in process.outputs)])
            if facts.kind(part.item) is ItemKind.CARRIER and not facts.contents_known(
                part.item, Span(event.low, until)
            ):
                yield Gap(GapKind.CONTENTS_UNKNOWN, part.item, event.number)
    if fed_by_carrier:
        for making, parts in process.outputs:
            for part in parts:
                if facts.kind(part.item) in THINGS and facts.view.first_use(part.item) is None:
                    yield Gap(GapKind.OUTPUT_NOT_PLACED, part.item, making.number)
