"""A few words in which a plant's day can be written down as the worked examples tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from suyuan.trace.contracts import Action, Direction, EventType, GapKind, ItemKind, Reason, Role, Verdict
from suyuan.trace.domain.answer import Answer, Question, Start
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.tracing import trace

DAY = datetime(2026, 3, 2, tzinfo=UTC)
_TIME = re.compile(r"(?:day (?P<day>\d+) )?(?P<hour>\d+):(?P<minute>\d\d)(?::(?P<second>\d\d))?")
_AMOUNT = re.compile(r"(?P<quantity>[\d.]+) (?P<unit>kg|pcs) (?P<name>.+)")

CERTAIN, POSSIBLE, EXCLUDED = Verdict.CERTAIN, Verdict.POSSIBLE, Verdict.EXCLUDED


def at(text: str) -> datetime:
    """Read ``8:30``, ``8:30:05`` or ``day 2 8:30`` (day 1 is the first)."""
    match = _TIME.fullmatch(text)
    assert match is not None, text
    hours, minutes = int(match["hour"]), int(match["minute"])
    return DAY + timedelta(
        days=int(match["day"] or 1) - 1, hours=hours, minutes=minutes, seconds=int(match["second"] or 0)
    )


class Plant:
    """Items and events by name. Every verb takes the event time first; ``recorded`` defaults to it."""

    def __init__(self) -> None:
        self.items: dict[str, TraceItem] = {}
        self.events: list[TraceEvent] = []
        self.alternatives: dict[str, Sequence[str]] = {}

    # -- items

    def lots(self, *names: str, product: str | None = None) -> None:
        self._items(names, ItemKind.LOT, product)

    def units(self, *names: str, product: str | None = None, lot: str | None = None) -> None:
        self._items(names, ItemKind.UNIT, product, self.id(lot) if lot else None)

    def carriers(self, *names: str) -> None:
        self._items(names, ItemKind.CARRIER, None)

    def classes(self, *names: str) -> None:
        for name in names:
            self._items([name], ItemKind.PRODUCT, name)

    def _items(self, names: Iterable[str], kind: ItemKind, product: str | None, lot: int | None = None) -> None:
        for name in names:
            number = self.items[name].id if name in self.items else len(self.items) + 1
            self.items[name] = TraceItem(number, kind, name, product or f"product of {name}", lot)

    def id(self, name: str) -> int:
        if name not in self.items:
            self.lots(name)
        return self.items[name].id

    def name(self, number: int) -> str:
        return next(name for name, item in self.items.items() if item.id == number)

    def parts(self, role: Role, named: Iterable[str], lot: str | None = None) -> list[TraceParticipation]:
        parts = []
        for text in named:
            amount = _AMOUNT.fullmatch(text)
            name = amount["name"] if amount else text
            quantity, unit = (Decimal(amount["quantity"]), amount["unit"]) if amount else (None, None)
            parts.append(TraceParticipation(self.id(name), role, quantity, unit, self.id(lot) if lot else None))
        return parts

    # -- events

    def record(
        self, time: str, type_: EventType, action: Action | None, parts: Sequence[TraceParticipation], **more: Any
    ) -> TraceEvent:
        number = len(self.events) + 1
        moment = at(time)
        recorded = more.pop("recorded", None)
        event = TraceEvent(
            number, f"urn:event:{number}", type_, moment, at(recorded) if isinstance(recorded, str) else moment,
            tuple(parts), action, **more,
        )  # fmt: skip
        self.events.append(event)
        return event

    def make(
        self, time: str, inputs: Iterable[str], outputs: Iterable[str], *, lot: str | None = None, **more: Any
    ) -> TraceEvent:
        parts = [*self.parts(Role.INPUT, inputs), *self.parts(Role.OUTPUT, outputs, lot)]
        lag = more.pop("lag", None)
        if lag is not None:
            more["booking_lag"] = timedelta(minutes=float(str(lag)))
        return self.record(time, EventType.TRANSFORMATION, None, parts, **more)

    def _holding(
        self, time: str, action: Action, parent: str, children: Iterable[str], more: dict[str, Any]
    ) -> TraceEvent:
        parts = [*self.parts(Role.PARENT, [parent]), *self.parts(Role.CHILD, children)]
        return self.record(time, EventType.AGGREGATION, action, parts, **more)

    def put(self, time: str, *children: str, into: str, **more: Any) -> TraceEvent:
        return self._holding(time, Action.ADD, into, children, more)

    def take(self, time: str, *children: str, out_of: str, **more: Any) -> TraceEvent:
        return self._holding(time, Action.DELETE, out_of, children, more)

    def see(self, time: str, *children: str, inside: str, **more: Any) -> TraceEvent:
        return self._holding(time, Action.OBSERVE, inside, children, more)

    def about(self, time: str, *subjects: str, **more: Any) -> TraceEvent:
        return self.record(time, EventType.OBJECT, Action.OBSERVE, self.parts(Role.SUBJECT, subjects), **more)

    def ship(self, time: str, *subjects: str, to: str = "D", **more: Any) -> TraceEvent:
        return self.about(time, *subjects, biz_step="shipping", biz_location=to, **more)

    def clean(self, time: str, carrier: str, **more: Any) -> TraceEvent:
        return self.about(time, carrier, cleans=True, **more)

    def empty(self, time: str, carrier: str, **more: Any) -> TraceEvent:
        return self.about(time, carrier, empties=True, **more)

    def commission(self, time: str, *units: str, lot: str | None = None, **more: Any) -> TraceEvent:
        for unit in units:
            if unit not in self.items:
                self.units(unit)
        return self.record(time, EventType.OBJECT, Action.ADD, self.parts(Role.SUBJECT, units, lot), **more)

    def void(self, event: TraceEvent, when: str) -> None:
        """Void ``event``, on record from ``when``."""
        known = event.voided_at
        moment = at(when) if known is None else min(known, at(when))
        self.events[event.number - 1] = replace(event, voided_at=moment)

    # -- questions

    @property
    def ledger(self) -> MemoryLedger:
        return MemoryLedger(self.items.values(), self.events, self.alternatives)

    def _ask(self, direction: Direction, named: Sequence[str], since: str | None, options: dict[str, Any]) -> Told:
        for key in ("as_of",):
            if isinstance(options.get(key), str):
                options[key] = at(str(options[key]))
        if "tolerance" in options:
            options["tolerance"] = timedelta(minutes=float(str(options["tolerance"])))
        starts = tuple(Start(self.id(name), at(since) if since else None) for name in named)
        return Told(self, trace(self.ledger, Question(direction, starts, **options)))

    def forward(self, *named: str, since: str | None = None, **options: Any) -> Told:
        return self._ask(Direction.FORWARD, named, since, options)

    def back(self, *named: str, at_time: str | None = None, **options: Any) -> Told:
        return self._ask(Direction.BACK, named, at_time, options)


class Told:
    """An answer, read by name."""

    def __init__(self, plant: Plant, answer: Answer) -> None:
        self.plant = plant
        self.answer = answer

    def __getitem__(self, name: str) -> Verdict | None:
        return self.answer.verdict_of(self.plant.id(name))

    def of(self, *names: str) -> list[Verdict | None]:
        return [self[name] for name in names]

    def reason(self, name: str) -> Reason | None:
        found = self.answer.item(self.plant.id(name))
        return found.reason if found else None

    def event(self, event: TraceEvent) -> tuple[Verdict, Reason | None] | None:
        found = self.answer.event(event.number)
        return (found.verdict, found.reason) if found else None

    def labels(self, name: str) -> list[tuple[Verdict, datetime | None, datetime | None]]:
        found = self.answer.item(self.plant.id(name))
        return [(label.verdict, label.since, label.until) for label in found.labels] if found else []

    def gaps(self, kind: GapKind) -> set[str]:
        return {self.plant.name(gap.item) for gap in self.answer.gaps if gap.kind is kind and gap.item is not None}

    @property
    def listed(self) -> dict[str, Verdict]:
        """Every item in scope, by name."""
        return {self.plant.name(item.item): item.verdict for item in self.answer.items if item.verdict is not EXCLUDED}
