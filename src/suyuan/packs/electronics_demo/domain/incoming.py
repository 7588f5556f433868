"""Material lots: made by the supplier, received, inspected, held, released or sent back."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from suyuan.packs.electronics_demo.domain.catalogue import OWN, SERIAL_PARTS, SUPPLIERS, Company, Material
from suyuan.packs.electronics_demo.domain.clock import DAY, HOUR, MINUTE, at_time, day_code, iso
from suyuan.packs.electronics_demo.domain.identifiers import document, lgtin, pgln, scan_of, sgln, sgtin
from suyuan.packs.electronics_demo.domain.parameters import SIZE
from suyuan.packs.electronics_demo.domain.staff import DOCK_PDA, HOLD_DESK, IQC_BENCH, SITE
from suyuan.packs.electronics_demo.domain.trade import supplier_site
from suyuan.packs.electronics_demo.domain.writing import Event, Journal, at, outside, quantity, sensors


@dataclass(slots=True)
class Lot:
    """A material lot in the plant; ``size`` and ``left`` in the material's smallest quantity."""

    material: Material
    code: str
    size: int
    left: int
    ready: int
    """From when it may be used (inspected), in milliseconds."""
    uri: str = ""

    def __post_init__(self) -> None:
        supplier = SUPPLIERS[self.material.supplier]
        self.uri = lgtin(supplier.prefix, self.material.reference, self.code)

    @property
    def serial(self) -> bool:
        """Whether its members carry serial numbers of their own."""
        return self.material in SERIAL_PARTS

    def member(self, number: int) -> str:
        """Return the URN of a member, counted from 0."""
        supplier = SUPPLIERS[self.material.supplier]
        return sgtin(supplier.prefix, self.material.reference, f"{self.code}-{number:03d}")

    def take(self) -> str:
        """Take one serial part out of the lot, in the order of its numbers."""
        self.left -= 1
        return self.member(self.size - self.left - 1)

    def amount(self, pieces: int) -> Event:
        """Return the quantity element of ``pieces`` of this lot."""
        return quantity(self.uri, self.material.amount(pieces), self.material.uom)


def new_lot(material: Material, code: str, ready: int) -> Lot:
    """Return a fresh, full lot."""
    return Lot(material, code, material.lot_size, material.lot_size, ready)


def made_by_supplier(lot: Lot, moment: int) -> list[tuple[int, Event]]:
    """Return the supplier's own records with their moments: the lot and, for serial parts, its members.

    Both carry lot number, origin and expiry; the lot's also its certificate.
    """
    supplier = SUPPLIERS[lot.material.supplier]
    ilmd: Event = {
        "cbvmda:lotNumber": lot.code,
        "cbvmda:countryOfOrigin": supplier.country,
        "cbvmda:itemExpirationDate": iso(moment + lot.material.shelf_days * DAY)[:10],
    }
    site, by = supplier_site(supplier), {"suyuan:captureMethod": "api"}
    made = [(moment, outside(
        "ObjectEvent", moment, "creating_class_instance", "active", site, action="ADD", epcList=[],
        quantityList=[lot.amount(lot.size)], ilmd=ilmd,
        certificationInfo=f"https://certificates.example.com/{supplier.prefix}/{lot.code}", **by,
    ))]
    if lot.serial:
        marked, members = moment + 20 * MINUTE, [lot.member(number) for number in range(lot.size)]
        made.append((marked, outside(
            "ObjectEvent", marked, "commissioning", "active", site, action="ADD", epcList=members, ilmd=ilmd, **by,
        )))
    return made


def handed_over(giver: Company, giver_site: str, taker: Company, taker_site: str) -> dict[str, Any]:
    """Return sourceList and destinationList of goods that change hands."""
    return {
        "sourceList": [
            {"type": "owning_party", "source": pgln(giver.prefix)},
            {"type": "location", "source": giver_site},
        ],
        "destinationList": [
            {"type": "owning_party", "destination": pgln(taker.prefix)},
            {"type": "location", "destination": taker_site},
        ],
    }


def received(lot: Lot, moment: int) -> Event:
    """Return the receipt of the whole lot against an order and a delivery note."""
    supplier = SUPPLIERS[lot.material.supplier]
    return at(
        DOCK_PDA, "ObjectEvent", moment, "receiving", "in_progress", action="OBSERVE", epcList=[],
        quantityList=[lot.amount(lot.size)],
        bizTransactionList=[
            {"type": "po", "bizTransaction": document(OWN.prefix, "00001", f"PO{lot.code}")},
            {"type": "desadv", "bizTransaction": document(supplier.prefix, "00002", f"DN{lot.code}")},
        ],
        **handed_over(supplier, supplier_site(supplier), OWN, sgln(OWN.prefix, SITE)),
        reading={"scanner": DOCK_PDA.code, "raw": scan_of(lot.uri), "keyed": lot.material.amount(lot.size)},
    )


def inspected(lot: Lot, moment: int, dice: random.Random, good: bool = True) -> Event:
    """Return the incoming inspection: five samples measured, the worst one reported."""
    values = [SIZE.sample(dice) for _ in range(5)]
    if not good:
        values[3] = SIZE.bad(dice)
    worst, result = max(values, key=abs), "OK" if good else "NG"
    return at(
        IQC_BENCH, "ObjectEvent", moment, "inspecting", "conformant" if good else "non_conformant", action="OBSERVE",
        epcList=[], quantityList=[lot.amount(lot.size)], sensorElementList=sensors(SIZE.report(worst)),
        reading={"device": IQC_BENCH.code, "raw": ";".join(["DIM", lot.code, *map(str, values), result])},
    )


def held(lot: Lot, moment: int) -> Event:
    """Return the hold on a lot that failed inspection."""
    return at(
        HOLD_DESK, "ObjectEvent", moment, "holding", "unavailable", action="OBSERVE", epcList=[],
        quantityList=[lot.amount(lot.size)],
        reading={"form": "HOLD", "lot": lot.code, "reason": "尺寸超差 dimension out of limits"},
    )


def sent_back(lot: Lot, pieces: int, moment: int) -> Event:
    """Return the return of ``pieces`` to the supplier."""
    supplier = SUPPLIERS[lot.material.supplier]
    return at(
        HOLD_DESK, "ObjectEvent", moment, "shipping", "returned", action="OBSERVE", epcList=[],
        quantityList=[lot.amount(pieces)],
        bizTransactionList=[{"type": "rma", "bizTransaction": document(OWN.prefix, "00005", f"RMA{lot.code}")}],
        **handed_over(OWN, sgln(OWN.prefix, SITE), supplier, supplier_site(supplier)),
        reading={"form": "RETURN", "lot": lot.code, "keyed": lot.material.amount(pieces)},
    )


def released(lot: Lot, pieces: int, moment: int) -> Event:
    """Return the release of ``pieces`` after sorting."""
    return at(
        HOLD_DESK, "ObjectEvent", moment, "inspecting", "available", action="OBSERVE", epcList=[],
        quantityList=[lot.amount(pieces)],
        reading={"form": "RELEASE", "lot": lot.code, "keyed": lot.material.amount(pieces)},
    )


class Supply:
    """Brings lots in just before they are needed, and books their papers."""

    def __init__(self, journal: Journal, dice: random.Random, mark: str = "") -> None:
        self._journal = journal
        self._dice = dice
        self._mark = mark
        self._count: dict[str, int] = {}
        self.lots: list[Lot] = []

    def fetch(self, material: Material, needed: int) -> Lot:
        """Return a new lot of ``material`` that was received and inspected well before ``needed``."""
        arrival = at_time(needed - int((0.8 + 2.5 * self._dice.random()) * DAY), 8.6 + 7 * self._dice.random())
        arrival = min(arrival, needed - 8 * HOUR)
        lot = new_lot(material, self._code(material, arrival), arrival + 4 * HOUR)
        self._arrive(lot, arrival)
        self._journal.write(lot.ready - HOUR, inspected(lot, lot.ready - HOUR, self._dice))
        return lot

    def fetch_held(self, material: Material, needed: int) -> tuple[Lot, int]:
        """Return a lot that failed inspection, was held, sorted, and released in part; and the pieces sent back."""
        arrival = at_time(needed - 4 * DAY, 9.5)
        lot = new_lot(material, self._code(material, arrival), arrival + 2 * DAY + 6 * HOUR)
        bad = lot.size * 3 // 10
        self._arrive(lot, arrival)
        write = self._journal.write
        write(arrival + 2 * HOUR, inspected(lot, arrival + 2 * HOUR, self._dice, good=False))
        write(arrival + 2 * HOUR + 15 * MINUTE, held(lot, arrival + 2 * HOUR + 15 * MINUTE))
        write(arrival + 2 * DAY, sent_back(lot, bad, arrival + 2 * DAY))
        lot.left -= bad
        write(lot.ready - HOUR, released(lot, lot.left, lot.ready - HOUR))
        return lot, bad

    def _code(self, material: Material, arrival: int) -> str:
        number = self._count.get(material.key, 0) + 1
        self._count[material.key] = number
        return f"{self._mark}{day_code(arrival - 3 * DAY)}{number:04d}"

    def _arrive(self, lot: Lot, arrival: int) -> None:
        self.lots.append(lot)
        made = arrival - int((1.5 + 3 * self._dice.random()) * DAY)
        for moment, event in made_by_supplier(lot, made):
            self._journal.write(moment, event)
        self._journal.write(arrival, received(lot, arrival))


class Feed:
    """Where a material is drawn from: the lot in use, then the next; at the end of a lot, from both."""

    def __init__(self, supply: Supply, material: Material) -> None:
        self._supply = supply
        self.material = material
        self.lot: Lot | None = None
        self.waiting: list[Lot] = []
        """Lots to use before new ones are fetched."""

    def change(self, moment: int) -> Lot:
        """Take the next lot into use and return it."""
        self.lot = self.waiting.pop(0) if self.waiting else self._supply.fetch(self.material, moment)
        return self.lot

    def draw(self, pieces: int, moment: int) -> list[tuple[Lot, int]]:
        """Return what is taken from which lot, one entry or, at a change, two."""
        taken = []
        while pieces > 0:
            lot = self.lot
            if lot is None or lot.left == 0:
                lot = self.change(moment)
            part = min(pieces, lot.left)
            lot.left -= part
            pieces -= part
            taken.append((lot, part))
        return taken

    def draw_serial(self, moment: int) -> str:
        """Return the next serial part."""
        lot = self.lot
        if lot is None or lot.left == 0:
            lot = self.change(moment)
        return lot.take()
