"""Reading ahead: what a whole level of items needs, in a few batches instead of one read an item."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from suyuan.trace.contracts import ItemKind, Role
from suyuan.trace.domain.facts import Facts, Process, holding_roles
from suyuan.trace.domain.ledger import TraceEvent

ORIGIN = (Role.OUTPUT, Role.SUBJECT, Role.CHILD)
"""The roles whose events tell how an item came to be, what was done with it and where it was put."""


def read_upward(facts: Facts, items: Collection[int]) -> set[int]:
    """Read the items, all that ever held them, and their lots, level by level; return all of these."""
    view = facts.view
    level, seen = set(items), set(items)
    while level:
        view.fetch(level, ORIGIN)
        _read_holdings(facts, level)
        above = {part.item for i in level for e in view.events(i, Role.CHILD) for part in e.having(Role.PARENT)}
        units = [item for item in level if view.kind(item) is ItemKind.UNIT]
        above |= {lot for unit in units for lot in facts.lots_of(unit)}
        read_makings(facts, units)
        level = above - seen
        seen |= level
    return seen


def read_downward(facts: Facts, items: Iterable[int]) -> None:
    """Read what the items ever held, at any depth, and the members of lots among it."""
    view = facts.view
    level = set(items)
    seen = set(level)
    while level:
        view.fetch_items(level)
        _read_holdings(facts, level)
        below = {child for item in level for child in facts.stays_in(item)}
        lots = [item for item in level if view.kind(item) is ItemKind.LOT]
        view.fetch_members(lots)
        units = {unit for lot in lots for unit in view.units_of(lot)}
        view.fetch(units, ORIGIN)
        read_makings(facts, units)
        level = (below | units) - seen
        seen |= level


def _read_holdings(facts: Facts, items: Collection[int]) -> None:
    for kind in ItemKind:
        facts.view.fetch([item for item in items if facts.kind(item) is kind], holding_roles(kind))


def read_makings(facts: Facts, items: Iterable[int]) -> list[TraceEvent]:
    """Read how the items were made and when they were first used; return the events that made them."""
    view = facts.view
    wanted = set(items)
    view.fetch(wanted, ORIGIN)
    makings = [event for item in wanted for event in view.events(item, Role.OUTPUT)]
    read_processes(facts, makings)
    beside = {part.item for event in makings for part in event.having(Role.OUTPUT)} - wanted
    view.fetch(beside, (Role.OUTPUT,))
    read_processes(facts, (event for item in beside for event in view.events(item, Role.OUTPUT)))
    wanted |= beside
    fed = {part.item for event in makings for _, part in facts.process_of(event).feeds}
    view.fetch([item for item in fed if view.kind(item) is ItemKind.UNIT], holding_roles(ItemKind.UNIT))
    view.fetch_first_uses(i for i in wanted if view.kind(i) is ItemKind.UNIT or view.events(i, Role.OUTPUT))
    return makings


def read_processes(facts: Facts, events: Iterable[TraceEvent]) -> list[Process]:
    """Read the processes of these events."""
    found = list(events)
    facts.view.fetch_processes(event.transformation_id for event in found if event.transformation_id is not None)
    return list({process.key: process for process in map(facts.process_of, found)}.values())


def read_feeds(facts: Facts, processes: Iterable[Process]) -> None:
    """Read what went into these processes, with all that it held and meant."""
    view = facts.view
    pieces = {part.item for process in processes for _, part in process.feeds}
    view.fetch_items(pieces)
    read_downward(facts, pieces)
    view.fetch_alternatives(view.item(piece).product for piece in pieces)
