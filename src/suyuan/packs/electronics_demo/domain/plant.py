"""The whole plant over the whole period: run once, read the events in time order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from suyuan.packs.electronics_demo.contracts import Plan, Story
from suyuan.packs.electronics_demo.domain import stories
from suyuan.packs.electronics_demo.domain.assembly_floor import AssemblyFloor
from suyuan.packs.electronics_demo.domain.calendar import Calendar
from suyuan.packs.electronics_demo.domain.clock import DAY, moment_of
from suyuan.packs.electronics_demo.domain.incoming import Supply
from suyuan.packs.electronics_demo.domain.machine_states import write_states
from suyuan.packs.electronics_demo.domain.market import Market, Shelf
from suyuan.packs.electronics_demo.domain.masterdata import vocabulary
from suyuan.packs.electronics_demo.domain.packing_floor import PackingFloor
from suyuan.packs.electronics_demo.domain.smt_floor import SmtFloor
from suyuan.packs.electronics_demo.domain.tales import BadReel, HeldLot, MovedBoard, ReusedTote, SwappedLabels
from suyuan.packs.electronics_demo.domain.works import Works
from suyuan.packs.electronics_demo.domain.writing import Event, Journal, document, encode

ENOUGH = 900_000


@dataclass(frozen=True, slots=True)
class Batch:
    """One document; ``late`` ones correct records of others and go last, after all others are in."""

    body: bytes
    events: int
    late: bool = False


@dataclass(slots=True)
class _Tales:
    reel: BadReel
    tote: ReusedTote
    moved: MovedBoard
    held: HeldLot
    swap: SwappedLabels


class Plant:
    """A run of the plant by ``plan``. The same plan gives the same bytes."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.now = moment_of(plan.now)
        self._start = self.now - plan.days * DAY
        self._events: list[tuple[int, int, bytes]] = []
        self._late: list[tuple[int, bytes]] = []
        self.stories: tuple[Story, ...] = ()
        self.shelf: list[Shelf] = []
        self.sold: list[str] = []

    def run(self, tick: Callable[[int], None] | None = None) -> Plant:
        """Simulate; ``tick`` is called with the units started so far."""
        plan = self.plan
        # Repeatable, not secret: this dice only makes a demo factory.
        dice = random.Random(f"{plan.seed}:{plan.units}:{plan.days}:{self.now}")  # noqa: S311
        journal = Journal(f"electronics-demo:{plan.seed}:{plan.units}:{plan.days}:{self.now}")
        works = Works(journal, dice, Supply(journal, dice), Calendar(self._start, self.now, plan.units))
        tales = self._tales()
        market = Market(journal, dice, self.now)
        packing = PackingFloor(journal, dice, market, tales.swap)
        smt = SmtFloor(works, tales.reel, tales.tote)
        assembly = AssemblyFloor(works, smt, packing, tales.moved, tales.held)
        assembly.run(plan.units, tick)
        packing.settle(self.now)
        while smt.next_tote(until=self.now) is not None:
            pass
        write_states(journal, dice, self.now)
        self._events = sorted(row for row in journal.events if row[0] <= self.now)
        self._late = [row for row in packing.corrections if row[0] <= self.now]
        self.shelf = [row for row in market.shelf if row.since <= self.now]
        self.sold = [unit for moment, unit in sorted(market.sold) if moment <= self.now]
        self.stories = self._told(tales, market, assembly)
        return self

    def _tales(self) -> _Tales:
        span = self.now - self._start

        def after(part: float) -> int:
            return self._start + int(span * part)

        return _Tales(
            BadReel(after(0.4)), ReusedTote(after(0.55)), MovedBoard(after(0.45)), HeldLot(after(0.25)),
            SwappedLabels(after(0.35)),
        )

    def _told(self, tales: _Tales, market: Market, assembly: AssemblyFloor) -> tuple[Story, ...]:
        told = [
            stories.bad_reel(tales.reel),
            stories.swapped_labels(tales.swap), stories.reused_tote(tales.tote), stories.held_lot(tales.held),
            stories.moved_board(tales.moved),
        ]
        seen = sorted(row for row in market.scanned if row[0] <= self.now)
        if seen:
            unit = seen[len(seen) // 2][1]
            told.append(stories.sold_unit(unit, assembly.parts[unit]))
        return tuple(story for story in told if story is not None)

    @property
    def events(self) -> int:
        """How many events the documents hold."""
        return len(self._events) + len(self._late)

    def documents(self, size: int = 800) -> Iterator[Batch]:
        """Yield the documents in event-time order, master data in the first; the late one last.

        Each holds at most ``size`` events and about ``ENOUGH`` bytes, so that a server can take it while one waits.
        """
        rest: Event | None = vocabulary()
        part: list[bytes] = []
        weight, moment = len(encode(vocabulary())), self.now
        for moment, _, event in self._events:
            if part and (len(part) >= size or weight + len(event) > ENOUGH):
                yield Batch(document(part, moment, rest), len(part))
                rest, part, weight = None, [], 0
            part.append(event)
            weight += len(event) + 1
        yield Batch(document(part, moment, rest), len(part))
        if self._late:
            yield Batch(document((row[1] for row in self._late), self._late[-1][0]), len(self._late), late=True)
