"""Where a run finds its hops: forward straight from the facts, backward from what the mirrored search has collected."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from suyuan.trace.contracts import ItemKind, Role
from suyuan.trace.domain.batches import read_downward, read_makings, read_processes, read_upward
from suyuan.trace.domain.carriage import Carriage, Carriages
from suyuan.trace.domain.facts import HOLDERS, Facts, Process
from suyuan.trace.domain.processes import Feed, feeds_of


class Links(Protocol):
    """The hops open to a run."""

    def prepare(self, items: Collection[int], holders: Collection[int]) -> None:
        """Read, in batches, what the hops from these items need, and what ``holders`` held."""
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

    def targets(self, processes: Collection[Process]) -> None:
        """Read, in batches, what labels on the outputs of ``processes`` need."""
        ...


class ForwardLinks:
    """The hops as the facts give them."""

    def __init__(self, facts: Facts, carriages: Carriages) -> None:
        self._facts = facts
        self._carriages = carriages

    def prepare(self, items: Collection[int], holders: Collection[int]) -> None:
        """Read what holds these items and means them, the processes that all this feeds, and what ``holders`` held."""
        facts, view = self._facts, self._facts.view
        named = read_upward(facts, items)
        view.fetch(named, (Role.INPUT,))
        view.fetch(items, tuple(Role))
        view.fetch_first_uses(items)
        processes = read_processes(facts, (event for item in named for event in view.events(item, Role.INPUT)))
        pieces = {part.item for process in processes for _, part in process.feeds}
        view.fetch_alternatives(view.item(piece).product for piece in pieces)
        read_downward(facts, {piece for piece in pieces if facts.kind(piece) in HOLDERS})
        read_downward(facts, holders)
        lots = [item for item in items if facts.kind(item) is ItemKind.LOT]
        view.fetch_members(lots)
        read_makings(facts, (unit for lot in lots for unit in view.units_of(lot)))

    def targets(self, processes: Collection[Process]) -> None:
        """Read what tells when and how often the outputs were made, and the rivals of the inputs."""
        read_makings(self._facts, {item for process in processes for item in process.made})

    def feeds(self, item: int) -> Iterable[tuple[Process, Feed]]:
        return feeds_of(self._facts, self._carriages, item)

    def members(self, lot: int) -> Iterable[int]:
        return self._facts.members_of(lot)

    def held(self, holder: int) -> Iterable[Carriage]:
        return self._carriages.down(holder)
