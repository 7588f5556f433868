"""Ten days at the dairy: tankers, silos whose loads overlap, pasteuriser, fillers, pallets, customers.

Beside what it books, the plant keeps what it physically did: which raw milk is in which lot. The stories promise that
nothing of it is missed, and tests hold the trace to it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from suyuan.packs.dairy_demo.domain.catalogue import (
    BUTTER,
    BUTTERMILK,
    CARTON,
    CLEANING,
    CREAM,
    CULTURE,
    CUSTOMERS,
    FARMS,
    FRESH,
    MILK,
    RAW,
    SITE,
    YOGHURT,
    Product,
    machine,
    pallet,
    tank,
)
from suyuan.packs.dairy_demo.domain.writing import Journal, amount, measured, midnight

LOADS = (("F1", "SILO-1", 5, 10), ("F2", "SILO-1", 6, 20), ("F3", "SILO-2", 7, 40), ("F4", "SILO-2", 8, 50),
         ("F5", "SILO-1", 15, 10))  # fmt: skip
"""Tankers of a day: farm, silo, hour and minute."""
RUNS = (("A", "SILO-1", "TANK-1", 5, 50), ("B", "SILO-2", "TANK-2", 10, 0), ("C", "SILO-1", "TANK-3", 17, 0))
"""Runs of the pasteuriser: name, from, to, hour and minute. Run A takes what stood over night and the first tanker."""
SUSPECT_DAY, COLD_DAY, CLEAN_EVERY = 6, 5, 4
"""Day of the milk with antibiotics, day of the run that was too cold, and after how many days the silos are cleaned."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A filled lot in the cold store, to be shipped by its date."""

    product: Product
    lot: str
    expires: str
    pallets: tuple[str, ...]


@dataclass(slots=True)
class Dairy:
    """The dairy over ``days`` days that end at ``now`` (aware)."""

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
        self._bought(start)
        for day in range(self.days):
            self._day(day, start + timedelta(days=day))
        return self

    def _bought(self, start: datetime) -> None:
        for product, quantity in ((CULTURE, 5000), (CARTON, 400_000)):
            things = [amount(product, product.lot("S1"), quantity)]
            self.journal.write(
                start - timedelta(hours=9), "ObjectEvent", "receiving", action="OBSERVE", quantityList=things
            )

    def _day(self, day: int, begin: datetime) -> None:
        def at(hour: int, minute: int = 0) -> datetime:
            return begin + timedelta(hours=hour, minutes=minute)

        code = f"{begin:%y%m%d}"
        self._ship(at(4, 30))
        if day > 0:
            self._churn(at(8), f"{begin - timedelta(days=1):%y%m%d}", code)
        done = [(at(*time[-2:]), time) for time in LOADS] + [(at(*run[-2:]), run) for run in RUNS]
        for moment, what in sorted(done, key=lambda row: row[0]):
            if len(what) == 4:
                self._tanker(moment, what[0], what[1], code, day)
            else:
                self._pasteurised(moment, what[0], what[1], what[2], f"{code}{what[0]}", day)
        self._filled(at(13), FRESH, "FILL-1", "TANK-1", f"{code}A", CARTON)
        self._filled(at(19), FRESH, "FILL-1", "TANK-3", f"{code}C", CARTON)
        self._filled(at(20), YOGHURT, "FILL-2", "TANK-2", f"{code}B", CULTURE)
        self._cleaned(at(22), ["TANK-1", "TANK-2", "TANK-3"])
        if day % CLEAN_EVERY == CLEAN_EVERY - 1:
            self._cleaned(at(22, 30), ["SILO-1", "SILO-2"])

    def _tanker(self, moment: datetime, farm: str, silo: str, code: str, day: int) -> None:
        lot, quantity = RAW.lot(f"{code}{farm}"), 8000 + 100 * self._random.randrange(20)
        things = [amount(RAW, lot, quantity)]
        write = self.journal.write
        write(moment - timedelta(hours=2), "ObjectEvent", "commissioning", disposition="active", where=FARMS[farm][0],
              action="ADD", quantityList=things)  # fmt: skip
        warm = round(3.2 + self._random.random() * 2, 1)
        found = measured(("milk_temperature", warm, "CEL", 0, 6), ("acidity", 14.2, "P1", 12, 18))
        write(moment - timedelta(minutes=20), "ObjectEvent", "receiving", action="OBSERVE", quantityList=things,
              sensorElementList=found)  # fmt: skip
        write(moment, "AggregationEvent", "storing", action="ADD", parentID=tank(silo), childQuantityList=things)
        self.inside.setdefault(silo, set()).add(lot)
        self.made_of[lot] = {lot}
        if (farm, day) == ("F2", SUSPECT_DAY):
            self.suspect = lot
            write(moment + timedelta(hours=14), "ObjectEvent", "inspecting", disposition="non_conformant",
                  action="OBSERVE", quantityList=things)  # fmt: skip

    def _pasteurised(self, moment: datetime, run: str, silo: str, into: str, code: str, day: int) -> None:
        milk, cream = MILK.lot(code), CREAM.lot(code)
        cold = (run, day) == ("B", COLD_DAY)
        if cold:
            self.cold, self.cold_cream = milk, cream
        warm = 70.6 if cold else round(73 + self._random.random() * 3, 1)
        held = measured(("pasteurisation_temperature", warm, "CEL", 72, 78), ("holding_time", 16, "SEC", 15, 30))
        outputs = [amount(MILK, milk, 9000), amount(CREAM, cream, 620)]
        self.journal.write(
            moment, "TransformationEvent", "commissioning", machine=machine("PAST-1"), inputEPCList=[tank(silo)],
            outputQuantityList=outputs, sensorElementList=held,
        )  # fmt: skip
        self.journal.write(
            moment + timedelta(minutes=50), "AggregationEvent", "storing", action="ADD", parentID=tank(into),
            childQuantityList=outputs[:1],
        )  # fmt: skip
        for lot in (milk, cream):
            self.made_of[lot] = set(self.inside.get(silo, ()))
        self.inside.setdefault(into, set()).update(self.made_of[milk])

    def _filled(self, moment: datetime, product: Product, filler: str, source: str, code: str, other: Product) -> None:
        lot = product.lot(code)
        expires = f"{moment + timedelta(days=product.days):%Y-%m-%d}"
        self.journal.write(
            moment, "TransformationEvent", "commissioning", machine=machine(filler), inputEPCList=[tank(source)],
            inputQuantityList=[amount(other, other.lot("S1"), 40 if other is CULTURE else 8640)],
            outputQuantityList=[amount(product, lot, 8640)],
            ilmd={"cbvmda:itemExpirationDate": expires, "cbvmda:lotNumber": code},
        )  # fmt: skip
        self.made_of[lot] = set(self.inside.get(source, ()))
        self._palletised(moment + timedelta(hours=1), product, lot, expires)

    def _palletised(self, moment: datetime, product: Product, lot: str, expires: str) -> None:
        pallets = []
        for number in range(3):
            self._pallets += 1
            made = pallet(self._pallets)
            pallets.append(made)
            self.made_of[made] = self.made_of[lot]
            self.journal.write(
                moment + timedelta(minutes=10 * number), "AggregationEvent", "packing", action="ADD", parentID=made,
                childQuantityList=[amount(product, lot, 2880)],
            )  # fmt: skip
        self.store.append(Kept(product, lot, expires, tuple(pallets)))

    def _churn(self, moment: datetime, yesterday: str, code: str) -> None:
        creams = [CREAM.lot(f"{yesterday}{run[0]}") for run in RUNS]
        butter, buttermilk = BUTTER.lot(code), BUTTERMILK.lot(code)
        self.journal.write(
            moment, "TransformationEvent", "commissioning", machine=machine("CHURN-1"),
            inputQuantityList=[amount(CREAM, cream, 620) for cream in creams],
            outputQuantityList=[amount(BUTTER, butter, 3300), amount(BUTTERMILK, buttermilk, 900)],
            ilmd={"cbvmda:itemExpirationDate": f"{moment + timedelta(days=BUTTER.days):%Y-%m-%d}"},
        )  # fmt: skip
        for lot in (butter, buttermilk):
            self.made_of[lot] = set().union(*(self.made_of[cream] for cream in creams))

    def _cleaned(self, moment: datetime, tanks: Iterable[str]) -> None:
        named = list(tanks)
        self.journal.write(
            moment, "ObjectEvent", CLEANING, action="OBSERVE",
            epcList=[tank(each) for each in named], suyuan_cleans=True,
        )  # fmt: skip
        for each in named:
            self.inside[each] = set()

    def _ship(self, moment: datetime) -> None:
        """Ship two lots' pallets: first expired, first out."""
        self.store.sort(key=lambda kept: (kept.expires, kept.lot))
        going, self.store = self.store[:2], self.store[2:]
        for place, kept in enumerate(going):
            for number, each in enumerate(kept.pallets):
                customer = CUSTOMERS[(place + number) % len(CUSTOMERS)][0]
                leaves = moment + timedelta(minutes=5 * number + 30 * place)
                sources = [{"type": "location", "source": SITE}]
                targets = [{"type": "location", "destination": customer}]
                for when, step, state, where in (
                    (leaves, "shipping", "in_transit", SITE),
                    (leaves + timedelta(hours=2), "receiving", "in_progress", customer),
                ):
                    self.journal.write(
                        when, "ObjectEvent", step, disposition=state, where=where, action="OBSERVE", epcList=[each],
                        sourceList=sources, destinationList=targets,
                    )  # fmt: skip
                self.shipped.append((leaves, kept, each, customer))
