"""Carriage: what holds an item, and what an item holds, at any depth and with the time for which it is so.

``up`` and ``down`` list the same relation from its two ends: up(x) names (x, n) exactly when down(n) does. A unit may
also be meant where its lot is named without serials; that step is part of the relation (F4), marked ``lot_level``.
"""

from __future__ import annotations

from dataclasses import dataclass

from suyuan.trace.contracts import ItemKind, Role
from suyuan.trace.domain.facts import HOLDERS, Facts
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.stays import Stay
from suyuan.trace.domain.times import ALWAYS, FOREVER, NEVER, Span


@dataclass(frozen=True, slots=True)
class Carriage:
    """``nodes[0]`` is where ``nodes[-1]`` is: possibly during ``hull``, surely during ``core``.

    ``steps[i]`` leads from ``nodes[i]`` to ``nodes[i + 1]``: a stay, or None where a unit stands behind its lot.
    """

    nodes: tuple[int, ...]
    steps: tuple[Stay | None, ...]
    hull: Span
    core: Span

    @property
    def source(self) -> int:
        """The item carried."""
        return self.nodes[0]

    @property
    def named(self) -> int:
        """The item that an event names."""
        return self.nodes[-1]

    @property
    def events(self) -> tuple[int | None, ...]:
        """The events that opened the stays, step by step (None: a lot that stands for a unit)."""
        return tuple(stay.opened_by.number if stay is not None else None for stay in self.steps)

    @property
    def lot_level(self) -> bool:
        """Whether the source is only meant through its lot."""
        return None in self.steps

    @property
    def behind_lot(self) -> bool:
        """Whether the named item is a lot that stands for a unit."""
        return bool(self.steps) and self.steps[-1] is None

    def granule(self, facts: Facts) -> int | None:
        """Return the outermost thing that is not a mere holder: it goes into a process as one piece (None: none)."""
        return next((node for node in reversed(self.nodes) if facts.kind(node) not in HOLDERS), None)


def serials_cover(facts: Facts, event: TraceEvent, lot: int, role: Role) -> bool:
    """Tell whether the event that names ``lot`` also names, as serials, as many of its units as the lot's quantity
    says.
    """
    quantities = [part.quantity for part in event.having(role) if part.item == lot]
    if not quantities or any(quantity is None for quantity in quantities):
        return False
    units = [
        part.item for part in event.having(role)
        if facts.kind(part.item) is ItemKind.UNIT and (part.lot == lot or lot in facts.lots_of(part.item))
    ]  # fmt: skip
    return bool(units) and len(units) == sum(quantity for quantity in quantities if quantity is not None)


class Carriages:
    """The relation over :class:`Facts`, kept once found."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._up: dict[int, tuple[Carriage, ...]] = {}
        self._down: dict[int, tuple[Carriage, ...]] = {}

    def up(self, item: int) -> tuple[Carriage, ...]:
        """Return everything through which ``item`` can be named, itself first."""
        if item not in self._up:
            found: list[Carriage] = []
            self._rise(Carriage((item,), (), ALWAYS, ALWAYS), found)
            self._up[item] = tuple(found)
        return self._up[item]

    def down(self, item: int) -> tuple[Carriage, ...]:
        """Return everything that can be meant where ``item`` is named, itself first."""
        if item not in self._down:
            found: list[Carriage] = []
            self._sink(Carriage((item,), (), ALWAYS, ALWAYS), found)
            self._down[item] = tuple(found)
        return self._down[item]

    def _rise(self, at: Carriage, found: list[Carriage]) -> None:
        facts, top = self._facts, at.named
        found.append(at)
        for stay in facts.stays_of(top):
            if at.behind_lot and serials_cover(facts, stay.opened_by, top, Role.CHILD):
                continue
            self._extend(at, stay, stay.parent, found, upward=True)
        if facts.kind(top) is ItemKind.UNIT:
            for lot in facts.lots_of(top):
                self._stand_in(at, lot, top, found, upward=True)

    def _sink(self, at: Carriage, found: list[Carriage]) -> None:
        facts, bottom = self._facts, at.source
        found.append(at)
        for child, stays in facts.stays_in(bottom).items():
            for stay in stays:
                self._extend(at, stay, child, found, upward=False)
        if facts.kind(bottom) is ItemKind.LOT:
            entry = at.steps[0] if at.steps else None
            if entry is None or not serials_cover(facts, entry.opened_by, bottom, Role.CHILD):
                for unit in facts.members_of(bottom):
                    self._stand_in(at, unit, unit, found, upward=False)

    def _extend(self, at: Carriage, stay: Stay, node: int, found: list[Carriage], *, upward: bool) -> None:
        hull = at.hull.meet(stay.hull)
        if node in at.nodes or not self._facts.clock.may(hull.since, hull.until):
            return
        core = at.core.meet(stay.core)
        if upward:
            self._rise(Carriage((*at.nodes, node), (*at.steps, stay), hull, core), found)
        else:
            self._sink(Carriage((node, *at.nodes), (stay, *at.steps), hull, core), found)

    def _stand_in(self, at: Carriage, node: int, unit: int, found: list[Carriage], *, upward: bool) -> None:
        hull = at.hull.meet(Span(self._facts.commissioned(unit)[0].since, FOREVER))
        if node in at.nodes or not self._facts.clock.may(hull.since, hull.until):
            return
        if upward:
            self._rise(Carriage((*at.nodes, node), (*at.steps, None), hull, NEVER), found)
        else:
            self._sink(Carriage((node, *at.nodes), (None, *at.steps), hull, NEVER), found)
