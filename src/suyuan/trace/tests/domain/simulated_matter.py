"""The matter of a tiny plant: where every gram and every part truly is, and the record that people make of it.

The world moves in strictly ordered minutes. What is recorded has the faults of real life: clocks that are off, stamps
cut to the minute, entries that sync late, bookings after the fact, missed scans, lots scanned instead of units,
corrections. The truth is kept apart: ``truth[x]`` holds every item that x truly went into or that truly held it,
``shipped[x]`` every shipment that truly carried it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from suyuan.trace.contracts import Action, EventType, ItemKind, Role
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.tests.domain.plant import DAY


@dataclass(eq=False)
class Stuff:
    """A portion of a lot, or a unit: ``of`` is its item, ``traces`` every item that went into it or held it."""

    of: int
    traces: set[int]
    place: int | None = None
    made: bool = True


@dataclass(frozen=True)
class Faults:
    """What goes wrong in the record. ``skew`` and ``coarse`` are in minutes."""

    skew: float = 0
    coarse: float = 0
    late_sync: bool = False
    back_flush: bool = False
    missed_scans: bool = False
    lot_scans: bool = False
    corrections: bool = False

    @property
    def tolerance(self) -> timedelta:
        """The ε that such clocks call for."""
        return timedelta(minutes=2 * self.skew + self.coarse)


@dataclass
class Matter:
    """What truly is where, and the means to record what people see of it."""

    random: Random
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        self.now = 0.0
        self.items: dict[int, TraceItem] = {}
        self.events: list[TraceEvent] = []
        self.truth: dict[int, set[int]] = defaultdict(set)
        self.shipped: dict[int, set[int]] = defaultdict(set)
        self.stuff: list[Stuff] = []
        self.holder_place: dict[int, int | None] = {}
        self.members: dict[int, int] = {}
        self.unseen: list[Stuff] = []
        self.booked_later: list[tuple[float, list[TraceParticipation], timedelta]] = []
        for _ in range(4):
            self.holder_place[self._item(ItemKind.CARRIER)] = None

    # -- record

    def _item(self, kind: ItemKind, product: str | None = None) -> int:
        number = len(self.items) + 1
        self.items[number] = TraceItem(number, kind, f"{kind}{number}", product)
        return number

    def _tick(self) -> None:
        self.now += self.random.choice([0.2, 1, 1, 3, 7])

    def _record(
        self, kind: EventType, action: Action | None, parts: Iterable[TraceParticipation], **more: Any
    ) -> TraceEvent:
        faults, number = self.faults, len(self.events) + 1
        shown = self.now + self.random.uniform(-faults.skew, faults.skew)
        if faults.coarse:
            shown = shown // faults.coarse * faults.coarse
        time = DAY + timedelta(minutes=shown)
        delay = timedelta(minutes=self.random.choice([0, 200]) if faults.late_sync else 0)
        event = TraceEvent(
            number, f"urn:event:{number}", kind, time, time + delay, tuple(parts), action, **more
        )  # fmt: skip
        self.events.append(event)
        return event

    def part(self, item: int, role: Role, quantity: int | None = None, lot: int | None = None) -> TraceParticipation:
        return TraceParticipation(item, role, Decimal(quantity) if quantity else None, "kg" if quantity else None, lot)

    # -- truth

    def inside(self, holder: int) -> list[Stuff]:
        """Return everything truly inside a holder, at any depth."""
        found = [stuff for stuff in self.stuff if stuff.place == holder]
        for stuff in list(found):
            found += self.inside(stuff.of) if self.items[stuff.of].kind is ItemKind.UNIT else []
        for other, place in self.holder_place.items():
            if place == holder:
                found += self.inside(other)
        return found

    def _around(self, place: int | None) -> list[int]:
        found: list[int] = []
        while place is not None:
            found.append(place)
            whole = next((s for s in self.stuff if s.of == place and self.items[place].kind is ItemKind.UNIT), None)
            place = whole.place if whole else self.holder_place.get(place)
        return found

    def _held(self, stuff: Stuff) -> None:
        """Note that ``stuff``, and all that is in it, is now in whatever is around it."""
        for each in [stuff, *(self.inside(stuff.of) if self.items[stuff.of].kind is ItemKind.UNIT else [])]:
            around = self._around(each.place)
            suspects = {*around, *(self.members[whole] for whole in around if whole in self.members)}
            each.traces |= suspects - {each.of}
            for holder in suspects:
                self.truth[holder].add(each.of)
            for cause in each.traces | {each.of}:
                self.truth[cause] |= set(around)

    def _make(self, product: int, used: Iterable[Stuff], fed: Iterable[int] = ()) -> Stuff:
        traces = {cause for stuff in used for cause in stuff.traces | {stuff.of}} | set(fed)
        traces.discard(product)
        for cause in traces:
            self.truth[cause].add(product)
        made = Stuff(product, traces)
        self.stuff.append(made)
        return made

    # -- choices

    def _loose(self, kind: ItemKind) -> list[Stuff]:
        return [stuff for stuff in self.stuff if stuff.place is None and self.items[stuff.of].kind is kind]

    def _pick(self, choices: list[Stuff], most: int) -> list[Stuff]:
        return self.random.sample(choices, min(len(choices), self.random.randint(1, most)))
