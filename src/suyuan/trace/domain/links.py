"""Where a run finds its hops: forward straight from the facts, backward from what the mirrored search has collected."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from suyuan.trace.contracts import ItemKind, Role
from suyuan.trace.domain.carriage import Carriage, Carriages
from suyuan.trace.domain.facts import HOLDERS, Facts, Process
from suyuan.trace.domain.processes import Feed, feeds_of

_PLACED = (Role.CHILD, Role.OUTPUT, Role.SUBJECT)


class Links(Protocol):
    """The hops open to a run."""

    def prepare(self, items: Collection[int]) -> None:
        """Read, in batches, what the hops from these items need."""
        ...

    def feeds(self, item: int) -> Iterable[tuple[Process, Feed]]:
        """Return every feed through which ``item`` is brought into a process (F1, F3, F4)."""
        ...

    def members(self, lot: int) -> Iterable[int]:
        """Return the members of ``lot`` (F4)."""
        ...

    def held(self, holder: int) -> Iterable[Carriage]:
        """Return what ``holder`` held, at any depth (F5, F7)."""
        ...

    def targets(self, process: Process) -> None:
        """Read, in batches, what labels on the outputs of ``process`` need."""
        ...


class ForwardLinks:
    """The hops as the facts give them."""

    def __init__(self, facts: Facts, carriages: Carriages) -> None:
        self._facts = facts
        self._carriages = carriages

    def prepare(self, items: Collection[int]) -> None:
        """Read the events of these items, of what holds them and of their lots, and the processes they feed."""
        facts, view = self._facts, self._facts.view
        level, seen = set(items), set(items)
        while level:
            view.fetch(level)
            above: set[int] = set()
            for item in level:
                if view.kind(item) is ItemKind.UNIT:
                    above.update(facts.lots_of(item))
                for event in view.events(item, Role.CHILD):
                    above.update(part.item for part in event.having(Role.PARENT))
            level = above - seen
            seen |= level
        events = [event for item in seen for event in view.events(item, Role.INPUT)]
        view.fetch_processes(e.transformation_id for e in events if e.transformation_id is not None)
        view.fetch_members(item for item in items if view.kind(item) is ItemKind.LOT)
        view.fetch_first_uses(items)
        pieces = {part.item for event in events for _, part in facts.process_of(event).feeds}
        view.fetch((piece for piece in pieces if view.kind(piece) is ItemKind.UNIT), (Role.PARENT, Role.SUBJECT))
        view.fetch((piece for piece in pieces if view.kind(piece) in HOLDERS), (Role.PARENT, Role.SUBJECT))
        view.fetch_alternatives(view.item(piece).product for piece in pieces)

    def targets(self, process: Process) -> None:
        """Read what tells when and how often the outputs were made."""
        made = process.made
        self._facts.view.fetch(made, _PLACED)
        self._facts.view.fetch_processes(
            event.transformation_id
            for item in made
            for event in self._facts.view.events(item, Role.OUTPUT)
            if event.transformation_id is not None
        )
        self._facts.view.fetch_first_uses(made)

    def feeds(self, item: int) -> Iterable[tuple[Process, Feed]]:
        return feeds_of(self._facts, self._carriages, item)

    def members(self, lot: int) -> Iterable[int]:
        return self._facts.members_of(lot)

    def held(self, holder: int) -> Iterable[Carriage]:
        return self._carriages.down(holder)
