"""Ten days and a morning at the dairy: tankers, silos whose loads overlap, pasteuriser, fillers, cases, pallets.

Beside what it books, the plant keeps what it physically did: which raw milk is in which lot. The stories promise that
nothing of it is missed, and tests hold the trace to it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from suyuan.packs.dairy_demo.domain import machine_states, steps
from suyuan.packs.dairy_demo.domain.catalogue import (
    A_CASE,
    BUTTER,
    BUTTERMILK,
    CARTON,
    CASES,
    CREAM,
    CULTURE,
    CUSTOMERS,
    FRESH,
    MILK,
    RAW,
    YOGHURT,
    Product,
    order,
    pallet,
)  # fmt: skip
from suyuan.packs.dairy_demo.domain.writing import Event, Journal, amount, midnight, written

LOADS = (("F1", "SILO-1", 5, 10), ("F2", "SILO-1", 6, 20), ("F3", "SILO-2", 7, 40), ("F4", "SILO-2", 8, 50),
         ("F5", "SILO-1", 15, 10))  # fmt: skip
"""Tankers of a day: farm, silo, hour and minute."""
RUNS = (("A", "SILO-1", "TANK-1", 5, 50), ("B", "SILO-2", "TANK-2", 10, 0), ("C", "SILO-1", "TANK-3", 14, 30))
"""Runs of the pasteuriser: name, from, to, hour and minute. Run A takes what stood over night and the first tanker."""
SUSPECT_DAY, COLD_DAY, FAILED_DAY, CLEAN_EVERY = 6, 5, 3, 4
"""Days of the milk with antibiotics, the run that was too cold, the lot that failed its first test; days from one
cleaning of the silos to the next."""
LITRES = {"A": 9000, "B": 4500, "C": 9000}
PACKS = 8640
_LONGEST = timedelta(hours=3)
"""What a step begins is on record after that at the latest."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A filled lot in the cold store, to be shipped by its date."""

    product: Product
    lot: str
    expires: str
    pallets: tuple[str, ...]


@dataclass(slots=True)
class Dairy:
    """The dairy over ``days`` days before the one of ``now`` (aware), and over what of that day is past."""

    now: datetime
    days: int = 10
    seed: int = 11
    journal: Journal = field(init=False)
    inside: dict[str, set[str]] = field(default_factory=dict)
    """Which raw milk is physically in each silo and tank."""
    made_of: dict[str, set[str]] = field(default_factory=dict)
    """Which raw milk is physically in each lot and pallet."""
    store: list[Kept] = field(default_factory=list)
    shipped: list[tuple[datetime, Kept, str, str]] = field(default_factory=list)
    """When, what, pallet, to whom."""
    suspect: str = ""
    cold: str = ""
    cold_cream: str = ""
    _pallets: int = 0
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.journal = Journal(f"dairy {self.now.isoformat()} {self.days} {self.seed}")
        self._random = random.Random(self.seed)  # noqa: S311 (the demo plant needs no secrets)

    def run(self) -> Dairy:
        """Work through the days."""
        start = midnight(self.now, self.days)
        for product, quantity in ((CULTURE, 90_000), (CARTON, 400_000)):
            moment = start - timedelta(hours=9)
            self.journal.keep(moment, steps.bought(moment, product, product.lot("S1"), quantity))
        for day in range(self.days + 1):
            self._day(day, start + timedelta(days=day))
        for moment, event in machine_states.of_days(start, self.now):
            self.journal.keep(moment, event)
        return self

    def _day(self, day: int, begin: datetime) -> None:
        code = f"{begin:%y%m%d}"
        planned: list[tuple[tuple[int, int], Callable[[datetime], None]]] = [((4, 30), self._ship)]
        if day > 0:
            yesterday = f"{begin - timedelta(days=1):%y%m%d}"
            planned.append(((8, 0), partial(self._churn, yesterday, code)))
        for farm, silo, *time in LOADS:
            planned.append(((time[0], time[1]), partial(self._tanker, farm, silo, code, day)))
        for run, silo, into, *time in RUNS:
            planned.append(((time[0], time[1]), partial(self._pasteurised, run, silo, into, code, day)))
        planned += [
            ((13, 0), partial(self._filled, FRESH, "TANK-1", f"{code}A", CARTON, day)),
            ((19, 30), partial(self._filled, YOGHURT, "TANK-2", f"{code}B", CULTURE, day)),
            ((19, 40), partial(self._filled, FRESH, "TANK-3", f"{code}C", CARTON, day)),
            ((22, 0), partial(self._cleaned, ["TANK-1", "TANK-2", "TANK-3"], code)),
        ]
        if day % CLEAN_EVERY == CLEAN_EVERY - 1:
            planned.append(((22, 45), partial(self._cleaned, ["SILO-1", "SILO-2"], code)))
        for (hour, minute), step in sorted(planned, key=lambda row: row[0]):
            moment = begin + timedelta(hours=hour, minutes=minute)
            if moment + _LONGEST <= self.now:
                step(moment)

    def _keep(self, moment: datetime, event: Event) -> None:
        self.journal.keep(moment, event)

    def _tanker(self, farm: str, silo: str, code: str, day: int, moment: datetime) -> None:
        lot, litres = RAW.lot(f"{code}{farm}"), 4600 + 100 * self._random.randrange(9)
        left, came = moment - timedelta(hours=2), moment - timedelta(minutes=20)
        self._keep(left, steps.delivered(left, farm, lot, litres))
        self._keep(came, steps.received(came, lot, litres, round(3.2 + self._random.random() * 2, 1)))
        self._keep(moment, steps.pumped(moment, RAW, lot, litres, silo))
        self.inside.setdefault(silo, set()).add(lot)
        self.made_of[lot] = {lot}
        if (farm, day) == ("F2", SUSPECT_DAY):
            self.suspect = lot
            found = moment + timedelta(hours=14)
            self._keep(found, written(found, "ObjectEvent", "inspecting", disposition="non_conformant",
                                      action="OBSERVE", quantityList=[amount(RAW, lot, litres)]))  # fmt: skip

    def _pasteurised(self, run: str, silo: str, into: str, code: str, day: int, moment: datetime) -> None:
        milk, cream, number = MILK.lot(f"{code}{run}"), CREAM.lot(f"{code}{run}"), order(f"PS-{code}{run}")
        cold = (run, day) == ("B", COLD_DAY)
        if cold:
            self.cold, self.cold_cream = milk, cream
        warm = 70.6 if cold else round(73 + self._random.random() * 3, 1)
        made = steps.run_off(milk, cream, LITRES[run])
        self._keep(moment, steps.pasteurised(moment, silo, *made, warm, number))
        pumped = moment + timedelta(minutes=50)
        self._keep(pumped, steps.pumped(pumped, MILK, milk, LITRES[run], into, number))
        for lot in (milk, cream):
            self.made_of[lot] = set(self.inside.get(silo, ()))
        self.inside.setdefault(into, set()).update(self.made_of[milk])

    def _filled(self, product: Product, source: str, code: str, other: Product, day: int, moment: datetime) -> None:
        lot, number = product.lot(code), order(f"{'FM' if product is FRESH else 'YG'}-{code}")
        expires = f"{moment + timedelta(days=product.days):%Y-%m-%d}"
        inputs = steps.of_milk(product, MILK.lot(code), other.lot("S1"), PACKS)
        self._keep(moment, steps.filled(moment, source, inputs, amount(product, lot, PACKS), product, expires, number))
        tested, cased = moment + timedelta(minutes=20), moment + timedelta(minutes=50)
        fat, ph = round(3.3 + self._random.random() * 0.4, 2), 6.7 if product is FRESH else 4.4
        if day == FAILED_DAY:
            self._keep(tested, steps.tested(tested, product, lot, (2.9, ph), number))
            tested += timedelta(minutes=25)
        self._keep(tested, steps.tested(tested, product, lot, (fat, ph), number))
        self._keep(cased, steps.cased(cased, product, code, PACKS, number))
        self.made_of[lot] = self.made_of[CASES[product.key].lot(code)] = set(self.inside.get(source, ()))
        self._palletised(moment + timedelta(hours=1), product, code, expires, number)

    def _palletised(self, moment: datetime, product: Product, code: str, expires: str, number: str) -> None:
        pallets = []
        for place in range(3):
            self._pallets += 1
            made, when = pallet(self._pallets), moment + timedelta(minutes=10 * place)
            pallets.append(made)
            self.made_of[made] = self.made_of[product.lot(code)]
            self._keep(when, steps.palletised(when, product, code, PACKS // A_CASE // 3, made, number))
        self.store.append(Kept(product, product.lot(code), expires, tuple(pallets)))

    def _churn(self, yesterday: str, code: str, moment: datetime) -> None:
        number = order(f"BT-{code}")
        creams = [steps.run_off("", CREAM.lot(f"{yesterday}{run}"), LITRES[run])[1] for run in LITRES]
        self._keep(moment, steps.churned(moment, creams, code, 2700, 730, number))
        stored = moment + timedelta(minutes=95)
        butter, milk = BUTTER.lot(code), BUTTERMILK.lot(code)
        things = [amount(BUTTER, butter, 2700), amount(BUTTERMILK, milk, 730)]
        self._keep(stored, steps.put_away(stored, things, number))
        for lot in (butter, milk):
            self.made_of[lot] = set().union(*(self.made_of[str(cream["epcClass"])] for cream in creams))

    def _cleaned(self, tanks: Sequence[str], code: str, moment: datetime) -> None:
        for when, event in steps.cleaned(moment, tanks, order(f"CIP-{code}")):
            self._keep(when, event)
        gone = sorted({lot for each in tanks if each.startswith("SILO") for lot in self.inside.get(each, ())})
        left = [lot for lot in gone if lot != self.suspect]
        if left:
            self._keep(moment, steps.used_up(moment, left))
        for each in tanks:
            self.inside[each] = set()

    def _ship(self, moment: datetime) -> None:
        """Ship two lots' pallets: first expired, first out."""
        self.store.sort(key=lambda kept: (kept.expires, kept.lot))
        going, self.store = self.store[:2], self.store[2:]
        for place, kept in enumerate(going):
            for number, each in enumerate(kept.pallets):
                customer = CUSTOMERS[(place + number) % len(CUSTOMERS)][0]
                leaves = moment + timedelta(minutes=5 * number + 30 * place)
                arrives = leaves + timedelta(hours=2)
                self._keep(leaves, steps.moved(leaves, "shipping", each, customer))
                self._keep(arrives, steps.moved(arrives, "receiving", each, customer))
                self.shipped.append((leaves, kept, each, customer))
