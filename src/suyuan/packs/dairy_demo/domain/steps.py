"""What happens at the dairy, one event each: for the ten days on record and for the plant now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from suyuan.packs.dairy_demo.domain.catalogue import (
    A_CASE,
    ACID,
    BUTTER,
    BUTTERMILK,
    CASES,
    CAUSTIC,
    CLEANING,
    COLD,
    CREAM,
    CULTURE,
    FARMS,
    FILLING,
    MILK,
    PACKING,
    PROCESS,
    RAW,
    RECEPTION,
    SITE,
    STATE,
    Product,
    machine,
    person,
    tank,
)  # fmt: skip
from suyuan.packs.dairy_demo.domain.writing import Event, amount, measured, written

PER_CUP = 0.5
"""Grams of culture in a pack of yoghurt."""
_PROCESSING, _CARTONS, _CUPS, _LAB, _STORE = (person(f"M0{number}") for number in range(1, 6))


def delivered(moment: datetime, farm: str, lot: str, litres: float) -> Event:
    """Return the record of milk leaving a farm."""
    return written(
        moment, "ObjectEvent", "commissioning", disposition="active", where=FARMS[farm][0], action="ADD",
        quantityList=[amount(RAW, lot, litres)],
    )  # fmt: skip


def received(moment: datetime, lot: str, litres: float, warm: float) -> Event:
    """Return the record of a tanker's arrival with what was measured."""
    found = measured(("milk_temperature", warm, "CEL", 0, 6), ("acidity", 14.2, "P1", 12, 18))
    return written(
        moment, "ObjectEvent", "receiving", where=RECEPTION, person=_LAB, machine=machine("LAB-1"), action="OBSERVE",
        quantityList=[amount(RAW, lot, litres)], sensorElementList=found,
    )  # fmt: skip


def pumped(moment: datetime, product: Product, lot: str, litres: float, into: str, order: str | None = None) -> Event:
    """Return the record of milk pumped into a silo or tank."""
    return written(
        moment, "AggregationEvent", "storing", where=PROCESS, person=_PROCESSING, order=order, action="ADD",
        parentID=tank(into), childQuantityList=[amount(product, lot, litres)],
    )  # fmt: skip


def pasteurised(moment: datetime, silo: str, milk: Event, cream: Event, warm: float, order: str) -> Event:
    """Return the record of a run of the pasteuriser: milk, and the cream that was taken off."""
    held = measured(("pasteurisation_temperature", warm, "CEL", 72, 78), ("holding_time", 16, "SEC", 15, 30))
    return written(
        moment, "TransformationEvent", "commissioning", where=PROCESS, machine=machine("PAST-1"), person=_PROCESSING,
        order=order, inputEPCList=[tank(silo)], outputQuantityList=[milk, cream], sensorElementList=held,
    )  # fmt: skip


def filled(moment: datetime, source: str, inputs: Sequence[Event], output: Event, product: Product,
           expires: str, order: str) -> Event:  # fmt: skip
    """Return the record of packs filled from a tank; ``inputs`` name the milk too, with how much went in."""
    cups = product.key == "yoghurt"
    code = str(output["epcClass"]).rsplit("/", 1)[-1]
    return written(
        moment, "TransformationEvent", "commissioning", where=FILLING, machine=machine("FILL-2" if cups else "FILL-1"),
        person=_CUPS if cups else _CARTONS, order=order, inputEPCList=[tank(source)], inputQuantityList=list(inputs),
        outputQuantityList=[output], ilmd={"cbvmda:itemExpirationDate": expires, "cbvmda:lotNumber": code},
    )  # fmt: skip


def tested(moment: datetime, product: Product, lot: str, values: tuple[float, float], order: str) -> Event:
    """Return the laboratory's record of a filled lot; ``values``: fat and pH, good or bad by their limits."""
    cups = product.key == "yoghurt"
    fat, ph = values
    low, high = (4.2, 4.6) if cups else (6.6, 6.8)
    good = fat >= 3.1 and low <= ph <= high
    return written(
        moment, "ObjectEvent", "inspecting", disposition="conformant" if good else "non_conformant", where=FILLING,
        machine=machine("LAB-1"), person=_LAB, order=order, action="OBSERVE",
        quantityList=[{"epcClass": lot}], sensorElementList=measured(("fat", fat, "P1", 3.1, None),
                                                                     ("ph", ph, "", low, high)),
    )  # fmt: skip


def cased(moment: datetime, product: Product, code: str, packs: int, order: str) -> Event:
    """Return the record of packs put into cases, which are a lot of their own GTIN."""
    case = CASES[product.key]
    return written(
        moment, "TransformationEvent", "packing", where=PACKING, machine=machine("CASE-1"), person=_CUPS, order=order,
        inputQuantityList=[amount(product, product.lot(code), packs)],
        outputQuantityList=[amount(case, case.lot(code), packs // A_CASE)],
    )  # fmt: skip


def palletised(moment: datetime, product: Product, code: str, cases: int, onto: str, order: str) -> Event:
    """Return the record of cases stacked onto a pallet in the cold store."""
    case = CASES[product.key]
    return written(
        moment, "AggregationEvent", "packing", disposition="container_closed", where=COLD, machine=machine("PAL-1"),
        person=_STORE, order=order, action="ADD", parentID=onto,
        childQuantityList=[amount(case, case.lot(code), cases)],
    )  # fmt: skip


def churned(moment: datetime, creams: Sequence[Event], code: str, butter: int, milk: int, order: str) -> Event:
    """Return the record of butter made of cream, with its buttermilk."""
    return written(
        moment, "TransformationEvent", "commissioning", where=PROCESS, machine=machine("CHURN-1"), person=_PROCESSING,
        order=order, inputQuantityList=list(creams),
        outputQuantityList=[amount(BUTTER, BUTTER.lot(code), butter), amount(BUTTERMILK, BUTTERMILK.lot(code), milk)],
        ilmd={"cbvmda:itemExpirationDate": f"{moment + timedelta(days=BUTTER.days):%Y-%m-%d}"},
    )  # fmt: skip


def put_away(moment: datetime, things: Sequence[Event], order: str) -> Event:
    """Return the record of something that came into the cold store and is done."""
    return written(
        moment, "ObjectEvent", "storing", disposition="sellable_not_accessible", where=COLD, person=_STORE, order=order,
        action="OBSERVE", quantityList=list(things),
    )  # fmt: skip


def cleaned(
    moment: datetime, tanks: Sequence[str], order: str, minutes: float = 25
) -> Iterator[tuple[datetime, Event]]:
    """Yield caustic, acid and last rinse of a cleaning in place, which ends at ``moment`` and takes ``minutes``.

    With the last rinse the tanks are empty and clean.
    """
    things = [tank(each) for each in tanks]
    passes = ((CAUSTIC, 1.0, 78.5, 62.0), (ACID, 0.5, 66.0, 41.0), (CLEANING, 0.0, 24.0, 0.4))
    limits = {CAUSTIC: (75, 85, 50, 80), ACID: (60, 75, 30, 55), CLEANING: (10, 40, 0, 1)}
    for step, share, warm, conductivity in passes:
        cool, hot, least, most = limits[step]
        values = measured(("cip_temperature", warm, "CEL", cool, hot),
                          ("conductivity", conductivity, "H61", least, most))  # fmt: skip
        when = moment - timedelta(minutes=minutes * share)
        event = written(
            when, "ObjectEvent", step, where=PROCESS, machine=machine("CIP-1"), person=_PROCESSING, order=order,
            action="OBSERVE", epcList=things, sensorElementList=values,
        )  # fmt: skip
        yield when, event | ({"suyuan:cleans": True} if step == CLEANING else {})


def used_up(moment: datetime, lots: Sequence[str]) -> Event:
    """Return the record that nothing is left of these lots of raw milk."""
    return written(
        moment, "ObjectEvent", "decommissioning", disposition="inactive", where=PROCESS, person=_PROCESSING,
        action="DELETE", quantityList=[{"epcClass": lot} for lot in lots],
    )  # fmt: skip


def bought(moment: datetime, product: Product, lot: str, quantity: float) -> Event:
    """Return the record of packaging or culture that came in."""
    return written(
        moment, "ObjectEvent", "receiving", where=RECEPTION, person=_STORE, action="OBSERVE",
        quantityList=[amount(product, lot, quantity)],
    )  # fmt: skip


def moved(moment: datetime, step: str, pallet: str, customer: str) -> Event:
    """Return the record of a pallet shipped to a customer, or received there."""
    shipped = step == "shipping"
    return written(
        moment, "ObjectEvent", step, disposition="in_transit" if shipped else "in_progress",
        where=COLD if shipped else customer, person=_STORE if shipped else None, action="OBSERVE", epcList=[pallet],
        sourceList=[{"type": "location", "source": SITE}],
        destinationList=[{"type": "location", "destination": customer}],
    )  # fmt: skip


def state_entered(moment: datetime, code: str, state: str, reason: str | None) -> Event:
    """Return the record of a machine going into a state."""
    event = written(
        moment, "ObjectEvent", STATE, disposition="active", machine=machine(code), action="OBSERVE",
        epcList=[machine(code)], suyuan_state=state,
    )  # fmt: skip
    return event | ({"suyuan:stateReason": reason} if reason else {})


def of_milk(product: Product, milk: str, other: str, packs: int) -> list[Event]:
    """Return what goes into packs: milk (with what is left in pipes), and cartons or culture."""
    litres = round(packs * (9000 if product.key == "fresh" else 4500) / 8640, 3)
    if product.key == "yoghurt":
        return [amount(MILK, milk, litres), {"epcClass": other, "quantity": packs * PER_CUP, "uom": CULTURE.unit}]
    return [amount(MILK, milk, litres), {"epcClass": other, "quantity": packs}]


def run_off(milk: str, cream: str, litres: int) -> tuple[Event, Event]:
    """Return milk and cream of a run, so many litres of milk."""
    return amount(MILK, milk, litres), amount(CREAM, cream, round(litres * 0.069))
