"""After the gate: trucks to dealers, boxes to stores, units to buyers, and what buyers scan."""

from __future__ import annotations

import random
from dataclasses import dataclass

from suyuan.packs.electronics_demo.domain import trade_steps as steps
from suyuan.packs.electronics_demo.domain.clock import DAY, HOUR, MINUTE, at_time, day_code, time_of_day, weekday
from suyuan.packs.electronics_demo.domain.tales import PackedBox
from suyuan.packs.electronics_demo.domain.trade import STORES, WAREHOUSES, Outlet
from suyuan.packs.electronics_demo.domain.writing import Journal

_DEPARTURES = (10.0, 15.5)
_SCANNED = 0.3
_GEO_SPREAD = 0.2


@dataclass(frozen=True, slots=True)
class Shelf:
    """A unit that can be bought in ``store`` (an SGLN and its coarse position) from ``since``."""

    unit: str
    store: str
    geo: str
    since: int


class Market:
    """Sends pallets on their way; nothing that would happen after ``now`` is booked."""

    def __init__(self, journal: Journal, dice: random.Random, now: int) -> None:
        self._journal, self._dice, self._now = journal, dice, now
        self._pallets = 0
        self._notes = 0
        self.sold: list[tuple[int, str]] = []
        self.scanned: list[tuple[int, str]] = []
        self.shelf: list[Shelf] = []
        self.dealer_of: dict[str, Outlet] = {}

    def send(self, pallet: str, boxes: list[PackedBox], ready: int) -> None:
        """Ship a pallet with the next truck after ``ready`` and follow its boxes."""
        index = self._pallets % len(WAREHOUSES)
        dealer, dice = WAREHOUSES[index], self._dice
        self._pallets += 1
        leaves = self._departure(ready + HOUR)
        number = f"DN{day_code(leaves)}{self._pallets:04d}"
        self._journal.write(leaves, steps.shipped(pallet, dealer, number, leaves))
        arrives = self._office_hours(leaves + int((12 + 24 * dice.random()) * HOUR))
        if arrives > self._now:
            return
        self._journal.write(arrives, steps.dealer_received(pallet, dealer, number, arrives))
        for box in boxes:
            self.dealer_of[box.uri] = dealer
        opened = arrives + int((1 + 2 * dice.random()) * HOUR)
        self._journal.write(opened, steps.unpacked(pallet, dealer, opened, "in_progress"))
        leaves = opened + int((2 + 20 * dice.random()) * HOUR)
        while boxes and leaves <= self._now:
            share = dice.randint(2, 4)
            some, boxes = boxes[:share], boxes[share:]
            self._to_store(some, dealer, STORES[index][dice.randrange(3)], self._office_hours(leaves))
            leaves += int((6 + 34 * dice.random()) * HOUR)

    def _departure(self, moment: int) -> int:
        """Return the next truck: twice a day, not on Sundays."""
        while True:
            for hour in _DEPARTURES:
                leaves = at_time(moment, hour)
                if leaves >= moment and weekday(moment) != 6:
                    return leaves + int(20 * MINUTE * self._dice.random())
            moment = at_time(moment + DAY, 0)

    def _office_hours(self, moment: int) -> int:
        if 9 * HOUR <= time_of_day(moment) <= 18 * HOUR:
            return moment
        later = moment if time_of_day(moment) < 9 * HOUR else moment + DAY
        return at_time(later, 9 + 1.5 * self._dice.random())

    def _to_store(self, boxes: list[PackedBox], dealer: Outlet, store: Outlet, leaves: int) -> None:
        dice, write = self._dice, self._journal.write
        self._notes += 1
        codes = [box.uri for box in boxes]
        write(leaves, steps.sent_to_store(codes, dealer, store, f"ST{day_code(leaves)}{self._notes:04d}", leaves))
        arrives = self._office_hours(leaves + int((4 + 20 * dice.random()) * HOUR))
        write(arrives, steps.store_received(codes, store, arrives))
        opened = arrives + int((0.5 + dice.random()) * HOUR)
        for box in boxes:
            if opened > self._now:
                return
            write(opened, steps.unpacked(box.uri, store, opened, "sellable_accessible"))
            self._sell(box, store, opened)
            opened += int((20 + 30 * dice.random()) * HOUR)

    def _sell(self, box: PackedBox, store: Outlet, opened: int) -> None:
        """Sell the units of a box over the following days; later buyers are beyond ``now``."""
        dice = self._dice
        for unit in box.units:
            moment = opened + int((0.3 + dice.expovariate(1 / 9)) * DAY)
            moment = at_time(moment, 10 + 11 * dice.random())
            moment = max(moment, opened + HOUR)
            if moment > self._now:
                self.shelf.append(Shelf(unit, store.uri, store.geo, opened))
                continue
            self._journal.write(moment, steps.sold(unit, store, f"R{moment // MINUTE % 10_000_000:07d}", moment))
            self.sold.append((moment, unit))
            if dice.random() < _SCANNED:
                seen = moment + int((0.1 + dice.expovariate(1 / 30)) * HOUR)
                self._journal.write(seen, steps.consumer_scanned(unit, self._near(store.geo), seen))
                self.scanned.append((seen, unit))

    def _near(self, geo: str) -> str:
        north, east = (float(part) for part in geo[4:].split(","))
        dice = self._dice
        return f"geo:{north + _GEO_SPREAD * (dice.random() - 0.5):.2f},{east + _GEO_SPREAD * (dice.random() - 0.5):.2f}"
