"""A tiny plant whose people do what people do; what truly happens is kept by ``simulated_matter``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from suyuan.trace.contracts import Action, EventType, ItemKind, Role
from suyuan.trace.domain.ledger import TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.tests.domain.simulated_matter import Matter, Stuff

LAG = timedelta(hours=5)
"""The booking lag that the plant declares; where it declares none, an early use gives a late booking away."""


class World(Matter):
    """The plant. Every action moves the world, then records what its people saw."""

    def receive(self) -> None:
        lot = self._item(ItemKind.LOT, self.random.choice(["milk", "soy", "salt"]))
        self._tick()
        self._record(EventType.OBJECT, Action.ADD, [self.part(lot, Role.SUBJECT)], biz_step="receiving")
        self._make(lot, ())

    def load(self) -> None:
        """Put portions, units or a holder into a holder."""
        holder = self.random.choice(list(self.holder_place))
        kind = self.random.choice([ItemKind.LOT, ItemKind.UNIT])
        chosen = self._pick(self._loose(kind), 2) if self._loose(kind) else []
        free = [h for h, place in self.holder_place.items() if place is None and holder not in self._nested(h)]
        self._tick()
        if not chosen and free:
            other = self.random.choice(free)
            self.holder_place[other] = holder
            self._record(
                EventType.AGGREGATION, Action.ADD, [self.part(holder, Role.PARENT), self.part(other, Role.CHILD)]
            )
            for inner in self._nested(other):
                self.truth[inner] |= set(self._around(holder))
            for stuff in self.inside(other):
                self._held(stuff)
            return
        parts = [self.part(holder, Role.PARENT)]
        for stuff in chosen:
            moved = stuff
            if kind is ItemKind.LOT:
                moved = Stuff(stuff.of, set(stuff.traces))
                self.stuff.append(moved)
            moved.place = holder
            self._held(moved)
            if kind is ItemKind.UNIT and self.faults.missed_scans and self.random.random() < 0.3:
                self.unseen.append(moved)
                continue
            parts.append(self._named(stuff.of, Role.CHILD, kind))
        if len(parts) > 1:
            self._record(EventType.AGGREGATION, Action.ADD, parts)

    def _nested(self, holder: int) -> set[int]:
        below = {h for h, place in self.holder_place.items() if place == holder}
        return {holder} | {deep for one in below for deep in self._nested(one)}

    def _named(self, item: int, role: Role, kind: ItemKind) -> TraceParticipation:
        """Name a thing in a record: a unit sometimes only by its lot."""
        if kind is ItemKind.UNIT and item in self.members and self.faults.lot_scans and self.random.random() < 0.4:
            return self.part(self.members[item], role)
        return self.part(item, role, 10 if kind is ItemKind.LOT else None)

    def look(self) -> None:
        """Someone scans what is in a holder, and so finds what was put in unseen."""
        found = [stuff for stuff in self.unseen if stuff.place is not None]
        if found:
            stuff = found[0]
            self.unseen.remove(stuff)
            self._tick()
            parts = [self.part(stuff.place or 0, Role.PARENT), self.part(stuff.of, Role.CHILD)]
            self._record(EventType.AGGREGATION, Action.OBSERVE, parts)

    def _known(self) -> int:
        """Return a holder of which the people know what is in it."""
        unknown = {holder for stuff in self.unseen for holder in self._around(stuff.place)}
        return self.random.choice([holder for holder in self.holder_place if holder not in unknown] or [1])

    def unload(self) -> None:
        holder = self._known()
        if any(stuff.place == holder for stuff in self.unseen):
            return
        held = [stuff for stuff in self.stuff if stuff.place == holder]
        boxes = [h for h, place in self.holder_place.items() if place == holder]
        if not held and not boxes:
            return
        self._tick()
        parts = [self.part(holder, Role.PARENT)]
        if self.random.random() < 0.5 or any(s in self.unseen or s.of in self.members for s in held):
            gone, out = held, boxes
        else:
            item = self.random.choice([stuff.of for stuff in held] or [0])
            gone, out = [stuff for stuff in held if stuff.of == item], boxes[:1]
            parts += [self.part(item, Role.CHILD)] if gone else []
            parts += [self.part(box, Role.CHILD) for box in out]
        for stuff in gone:
            stuff.place = None
        for box in out:
            self.holder_place[box] = None
        self._record(EventType.AGGREGATION, Action.DELETE, parts)

    def take_some(self) -> None:
        holder = self.random.choice(list(self.holder_place))
        held = [s for s in self.stuff if s.place == holder and self.items[s.of].kind is ItemKind.LOT]
        if held:
            self._tick()
            self.stuff.append(Stuff(held[0].of, set(held[0].traces)))
            parts = [self.part(holder, Role.PARENT), self.part(held[0].of, Role.CHILD, 3)]
            self._record(EventType.AGGREGATION, Action.DELETE, parts)

    def clean(self) -> None:
        """Clean a holder, or only empty it, which may leave a residue."""
        holder = self._known()
        if any(stuff.place == holder for stuff in self.unseen):
            return
        if any(place == holder for place in self.holder_place.values()):
            return
        cleaned = self.random.random() < 0.5
        self._tick()
        for stuff in [stuff for stuff in self.stuff if stuff.place == holder]:
            is_unit = self.items[stuff.of].kind is ItemKind.UNIT
            if cleaned or is_unit or self.random.random() < 0.5:
                self.stuff.remove(stuff)
        self._record(
            EventType.OBJECT, Action.OBSERVE, [self.part(holder, Role.SUBJECT)], cleans=cleaned, empties=not cleaned
        )

    def process(self) -> None:
        """Use things, and what a holder holds, to make a portion of a lot or some units."""
        holder = self.random.choice([self._known(), self._known(), None])
        lots = self._pick(self._loose(ItemKind.LOT), 2) if self._loose(ItemKind.LOT) else []
        units = (
            self._pick(self._loose(ItemKind.UNIT), 1)
            if self.random.random() < 0.4 and self._loose(ItemKind.UNIT)
            else []
        )
        held = self.inside(holder) if holder is not None else []
        if not lots and not units and not held:
            return
        self._tick()
        fitted = [part.of for whole in held for part in self.inside(whole.of)]
        used = [*lots, *units, *(stuff for stuff in held if stuff.of not in fitted)]
        inputs = [self._named(s.of, Role.INPUT, self.items[s.of].kind) for s in [*lots, *units]]
        inputs += [self.part(holder, Role.INPUT)] if holder is not None else []
        for unit in units:
            self.stuff.remove(unit)
        self._output(list({part.item: part for part in inputs}.values()), used, [holder] if holder else [])

    def _output(self, inputs: list[TraceParticipation], used: list[Stuff], fed: list[int]) -> None:
        products = {item.id for item in self.items.values() if item.kind is ItemKind.LOT} - {
            part.item for part in inputs
        }
        products -= {cause for stuff in used for cause in stuff.traces}
        products -= {part.item for _, parts, _ in self.booked_later for part in parts}
        made_of_units = self.random.random() < 0.5
        outputs: list[TraceParticipation] = []
        number = self.random.randint(1, 2)
        counted = {part.item for part in inputs} if made_of_units and number == 1 else set()
        for _ in range(number):
            if made_of_units:
                out = self._item(ItemKind.UNIT, self.random.choice(["part", "device"]))
            elif products and self.random.random() < 0.4:
                out = self.random.choice(sorted(products))
            else:
                out = self._item(ItemKind.LOT, self.random.choice(["milk", "paste"]))
            self._make(out, self._truly_used(used, counted), fed)
            outputs.append(self.part(out, Role.OUTPUT))
        parts = [*inputs, *dict.fromkeys(outputs)]
        if self.faults.back_flush and self.random.random() < 0.3:
            declared = LAG if self.random.random() < 0.5 else timedelta()
            self.booked_later.append((self.now + self.random.uniform(5, 40), parts, declared))
        elif self.faults.corrections and self.random.random() < 0.3:
            wrong = self._record(EventType.TRANSFORMATION, None, [*parts[:-1], parts[-1]][: max(1, len(parts) - 1)])
            self._record(EventType.TRANSFORMATION, None, parts)
            self.events[wrong.number - 1] = replace(wrong, voided_at=wrong.recorded + timedelta(minutes=1))
        else:
            self._record(EventType.TRANSFORMATION, None, parts)

    def _given_away(self, item: int) -> bool:
        """Tell whether the record shows that something was used which nothing on record had made."""
        naming = [(event, part) for event in self.events for part in event.participations if part.item == item]
        known = any(
            part.role is Role.OUTPUT or (event.action is Action.ADD and not part.lot)
            for event, part in naming
            if part.role in (Role.OUTPUT, Role.SUBJECT)
        )
        return bool(naming) and not known

    def _truly_used(self, used: list[Stuff], counted: set[int]) -> list[Stuff]:
        """Of inputs that can stand for each other some may not go in; all others do, and parts go with their wholes.

        What is ``counted`` into one single unit surely goes in.
        """
        by_product: dict[str | None, list[Stuff]] = defaultdict(list)
        for stuff in used:
            by_product[self.items[stuff.of].product].append(stuff)
        chosen = [stuff for alike in by_product.values() for stuff in self._some(alike)]
        chosen += [stuff for stuff in used if stuff.of in counted and stuff not in chosen]
        wholes = [stuff for stuff in chosen if self.items[stuff.of].kind is ItemKind.UNIT]
        return [*chosen, *(part for whole in wholes for part in self.inside(whole.of))]

    def _some(self, alike: list[Stuff]) -> list[Stuff]:
        whole = self.random.random() < 0.5 or len({stuff.of for stuff in alike}) == 1
        if whole:
            return alike
        kept = {stuff.of for stuff in self._pick(alike, len(alike))}
        return [stuff for stuff in alike if stuff.of in kept]

    def book(self, everything: bool = False) -> None:
        """Book what was made a while ago."""
        for due, parts, lag in list(self.booked_later):
            if due <= self.now or everything:
                self.booked_later.remove((due, parts, lag))
                self._tick()
                shown = any(self._given_away(part.item) for part in parts if part.role is Role.OUTPUT)
                self._record(EventType.TRANSFORMATION, None, parts, booking_lag=lag if shown else LAG)

    def assemble(self) -> None:
        """Fit a unit into another, or take one out."""
        loose = self._loose(ItemKind.UNIT)
        fitted = [s for s in self.stuff if s.place is not None and self.items[s.place].kind is ItemKind.UNIT]
        if fitted and self.random.random() < 0.4:
            part, action = self.random.choice(fitted), Action.DELETE
            whole = part.place or 0
            self._tick()
            part.place = None
        elif len(loose) > 1:
            part, into = self.random.sample(loose, 2)
            action, whole = Action.ADD, into.of
            self._tick()
            part.place = whole
            self._held(part)
        else:
            return
        self._record(EventType.ASSOCIATION, action, [self.part(whole, Role.PARENT), self.part(part.of, Role.CHILD)])

    def commission(self) -> None:
        """Take a unit from a lot."""
        loose = self._loose(ItemKind.LOT)
        if loose:
            portion = self.random.choice(loose)
            unit = self._item(ItemKind.UNIT, self.items[portion.of].product)
            self.members[unit] = portion.of
            self._tick()
            self._make(unit, [portion])
            self._record(EventType.OBJECT, Action.ADD, [self.part(unit, Role.SUBJECT, lot=portion.of)])

    def ship(self) -> None:
        holder = self.random.choice(list(self.holder_place))
        self._tick()
        event = self._record(EventType.OBJECT, Action.OBSERVE, [self.part(holder, Role.SUBJECT)], biz_step="shipping")
        for inner in self._nested(holder):
            self.shipped[inner].add(event.number)
        for stuff in self.inside(holder):
            for cause in stuff.traces | {stuff.of}:
                self.shipped[cause].add(event.number)

    def live(self, actions: int) -> MemoryLedger:
        """Run so many actions and return the ledger that its people wrote."""
        for _ in range(3):
            self.receive()
        moves = [
            self.receive, self.load, self.load, self.load, self.unload, self.unload, self.take_some, self.clean,
            self.process, self.process, self.process, self.assemble, self.commission, self.ship, self.ship, self.look,
            self.book,
        ]  # fmt: skip
        for _ in range(actions):
            self.random.choice(moves)()
        self.book(everything=True)
        while self.unseen and any(stuff.place is not None for stuff in self.unseen):
            self.look()
        return MemoryLedger(self.items.values(), self.events)
