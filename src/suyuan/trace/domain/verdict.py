"""The verdict rules: what can be said for sure of an item at an instant, and what a rival input leaves in doubt."""

from __future__ import annotations

from suyuan.trace.contracts import ItemKind
from suyuan.trace.domain.carriage import Carriages
from suyuan.trace.domain.facts import HOLDERS, Facts, Process
from suyuan.trace.domain.labels import Book, Label
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.processes import Feed, Granule, granules
from suyuan.trace.domain.times import EVER

EVERYONE = -1
"""The set of all suspects: every bit set."""


class Verdicts:
    """What the labels entered so far make certain. More labels never make it less."""

    def __init__(self, facts: Facts, carriages: Carriages, book: Book) -> None:
        self._facts = facts
        self._carriages = carriages
        self._book = book
        self._fills: dict[tuple[int, int], int] = {}
        self._granules: dict[tuple[str, int, int], list[Granule]] = {}

    def fill(self, item: int, making: TraceEvent, who: int) -> bool:
        """Note that ``making`` surely brought the suspects ``who`` into ``item``; return whether that is news."""
        known = self._fills.get((item, making.number), 0)
        self._fills[item, making.number] = known | who
        return known | who != known

    def sure(self, item: int, low: int, high: int) -> int:
        """Return the suspects for which all of ``item`` surely carries a label, whichever instant of low…high is
        meant.
        """
        if self._facts.kind(item) is ItemKind.LOT:
            return self._sure_lot(item, low, high)
        who = 0
        for label in self._book.certain(item):
            if self._facts.clock.surely(high, label.until) and self._begun(label, low, high):
                who |= label.who
        return who

    def _begun(self, label: Label, low: int, high: int) -> bool:
        """Tell whether a label had begun: an item that never was without it cannot have been used before that."""
        clock = self._facts.clock
        return clock.surely(label.since, low) or (label.native and clock.may(label.since, high))

    def _sure_lot(self, lot: int, low: int, high: int) -> int:
        """A lot is certain where every filling so far brought the suspect in, and nothing was taken before (b)."""
        facts, clock = self._facts, self._facts.clock
        who = 0
        for label in self._book.certain(lot):
            if label.suspect and (
                label.since == EVER or (clock.surely(label.since, low) and not self._taken_before(lot, label.since))
            ):
                who |= label.who
        fillings = [event for event in facts.makings(lot) if clock.may(facts.earliest(event), high)]
        if fillings and not facts.stocked_before(lot) and clock.may(min(event.at for event in fillings), high):
            common = EVERYONE
            for event in fillings:
                common &= self._fills.get((lot, event.number), 0)
            who |= common
        return who

    def _taken_before(self, lot: int, since: int) -> bool:
        used = self._facts.view.first_use(lot)
        return used is not None and self._facts.clock.may(used, since)

    def _sure_whole(self, item: int, low: int, high: int) -> int:
        """Return :meth:`sure`, counting also what surely is a part of ``item``."""
        who = self.sure(item, low, high)
        if self._facts.kind(item) is ItemKind.UNIT:
            for carriage in self._carriages.down(item):
                if self._facts.clock.surely_within(low, high, carriage.core):
                    who |= self.sure(carriage.source, low, high)
        return who

    def unrivalled(self, process: Process, making: TraceEvent, low: int, feed: Feed) -> int:
        """Return the suspects for which no other input leaves it open whether ``feed`` went into what was made (a)."""
        facts = self._facts
        granule = feed.carriage.granule(facts)
        if granule is None or facts.kind(feed.carriage.source) in HOLDERS:
            return EVERYONE
        key = process.key, making.number, low
        if key not in self._granules:
            self._granules[key] = granules(facts, self._carriages, process, making, low)
        product = facts.view.item(granule).product
        direct = granule == feed.carriage.named
        counted = direct and (feed.part.quantity is not None or facts.kind(granule) is ItemKind.UNIT)
        who = EVERYONE
        for rival in self._granules[key]:
            if rival.item == granule or not facts.view.interchangeable(product, facts.view.item(rival.item).product):
                continue
            if counted and rival.direct and rival.counted and self._one_single_unit(process):
                continue
            who &= self._sure_whole(rival.item, rival.window.since, rival.window.until)
        return who

    def _one_single_unit(self, process: Process) -> bool:
        made = process.made
        return len(made) == 1 and self._facts.kind(next(iter(made))) is ItemKind.UNIT
