"""The records of the assembly lines: preparing housings, putting in parts, testing, rework, labels, boxes, pallets."""

from __future__ import annotations

import random

from suyuan.packs.electronics_demo.domain.catalogue import Product
from suyuan.packs.electronics_demo.domain.clock import iso
from suyuan.packs.electronics_demo.domain.identifiers import PLANT_PREFIX, lgtin, scan_of
from suyuan.packs.electronics_demo.domain.incoming import Lot
from suyuan.packs.electronics_demo.domain.parameters import (
    BRIGHTNESS,
    RADIO,
    RAIL,
    STANDBY,
    TEST_PARAMETERS,
    TORQUE,
    WEIGHT,
)
from suyuan.packs.electronics_demo.domain.smt_steps import Taken
from suyuan.packs.electronics_demo.domain.staff import OUTGOING, PALLETISER, UNIT_REPAIR, AssemblyLine, Station
from suyuan.packs.electronics_demo.domain.writing import Event, at, sensors


def tote_emptied(line: AssemblyLine, tote: str, moment: int) -> Event:
    """Return the unloading of a whole tote at the line: a DELETE without children takes all out."""
    return at(
        line.feed, "AggregationEvent", moment, "unpacking", "in_progress", action="DELETE", parentID=tote, childEPCs=[],
        reading={"scanner": line.feed.code, "raw": scan_of(tote)},
    )


def brought_to_line(line: AssemblyLine, lot: Lot, order: str, moment: int) -> Event:
    """Return the check that a lot may be used on this order."""
    return at(
        line.feed, "ObjectEvent", moment, "picking", "in_progress", action="OBSERVE", epcList=[],
        quantityList=[{"epcClass": lot.uri}], order=order,
        reading={"scanner": line.feed.code, "raw": scan_of(lot.uri), "match": True},
    )


def lot_opened(line: AssemblyLine, product: Product, lot_number: str, order: str, moment: int) -> Event:
    """Return the opening of a production lot: the units prepared on a line in a day belong to it."""
    return at(
        line.prepare, "ObjectEvent", moment, "creating_class_instance", "active", action="ADD", epcList=[],
        quantityList=[{"epcClass": lgtin(PLANT_PREFIX, product.reference, lot_number)}],
        ilmd={"cbvmda:lotNumber": lot_number, "suyuan:productionDate": iso(moment)[:10]}, order=order,
        reading={"device": line.prepare.code, "raw": f"LOT {lot_number} {product.key}"},
    )


def housings_prepared(
    line: AssemblyLine, units: list[str], lot_number: str, taken: Taken, *, order: str, moment: int, dice: random.Random
) -> Event:
    """Return one tray of housings glued, sealed and marked: the units get their serial numbers here."""
    torque = TORQUE.sample(dice)
    event = at(
        line.prepare, "TransformationEvent", moment, "commissioning", "active",
        inputQuantityList=[lot.amount(part) for lot, part in taken], outputEPCList=units,
        ilmd={"cbvmda:lotNumber": lot_number, "suyuan:productionDate": iso(moment)[:10]},
        sensorElementList=sensors(TORQUE.report(torque)), order=order,
        reading={
            "device": line.prepare.code, "raw": f"MARK {scan_of(units[0])}..{scan_of(units[-1])[-3:]} TQ={torque}",
        },
    )
    if line.name == "C":
        event["suyuan:bookingLag"] = "PT5M"
    return event


def parts_put_in(
    station: Station, unit: str, parts: list[str], *, order: str, moment: int, step: str = "assembling"
) -> Event:
    """Return serial parts built into a unit, as they were scanned."""
    return at(
        station, "AssociationEvent", moment, step, "in_progress", action="ADD", parentID=unit, childEPCs=parts,
        order=order, reading={"scanner": station.code, "raw": [scan_of(unit), *map(scan_of, parts)]},
    )


def parts_taken_out(unit: str, parts: list[str], order: str, moment: int) -> Event:
    """Return serial parts taken out of a unit at the repair bench."""
    return at(
        UNIT_REPAIR, "AssociationEvent", moment, "disassembling", "in_progress", action="DELETE", parentID=unit,
        childEPCs=parts, order=order,
        reading={"scanner": UNIT_REPAIR.code, "raw": [scan_of(unit), *map(scan_of, parts)]},
    )


def passed(tester: Station, unit: str, *, order: str, moment: int, dice: random.Random) -> Event:
    """Return a functional test that the unit passed."""
    return failed(tester, unit, (), order=order, moment=moment, dice=dice)


def failed(
    tester: Station, unit: str, faults: tuple[str, ...], *, order: str, moment: int, dice: random.Random
) -> Event:
    """Return a functional test with the parameters named in ``faults`` out of limits."""
    values = [row.bad(dice) if row.key in faults else row.sample(dice) for row in TEST_PARAMETERS]
    verdict = "FAIL" if faults else "PASS"
    line = ",".join([iso(moment)[:19], tester.code, scan_of(unit)[21:], *map(str, values), verdict])
    return at(
        tester, "ObjectEvent", moment, "inspecting", "non_conformant" if faults else "conformant", action="OBSERVE",
        epcList=[unit], order=order, sensorElementList=[{
            "sensorReport": [row.report(value) for row, value in zip(TEST_PARAMETERS, values, strict=True)],
        }],
        reading={"device": tester.code, "csv": line},
    )


FAULTS = ((STANDBY.key,), (RAIL.key,), (BRIGHTNESS.key,), (RADIO.key,), (STANDBY.key, RAIL.key))


def destroyed(item: str, moment: int) -> Event:
    """Return the scrapping of a part or unit at the repair bench."""
    return at(
        UNIT_REPAIR, "ObjectEvent", moment, "destroying", "destroyed", action="DELETE", epcList=[item],
        reading={"scanner": UNIT_REPAIR.code, "raw": scan_of(item)},
    )


def labels_checked(line: AssemblyLine, units: list[str], order: str, moment: int) -> Event:
    """Return the labels of one box: printed, put on and read back."""
    return at(
        line.pack, "ObjectEvent", moment, "encoding", "encoded", action="OBSERVE", epcList=units, order=order,
        reading={"scanner": line.pack.code, "raw": [scan_of(unit) for unit in units]},
    )


def boxed(line: AssemblyLine, box: str, units: list[str], *, order: str, moment: int, dice: random.Random) -> Event:
    """Return twenty units packed in a box, weighed."""
    weight = WEIGHT.sample(dice)
    return at(
        line.pack, "AggregationEvent", moment, "packing", "container_closed", action="ADD", parentID=box,
        childEPCs=units, order=order, sensorElementList=sensors(WEIGHT.report(weight)),
        reading={"scanner": line.pack.code, "raw": scan_of(box), "scale": f"ST,GS,+{weight:08.3f}kg"},
    )


def palletised(pallet: str, boxes: list[str], moment: int) -> Event:
    """Return boxes stacked on a pallet."""
    return at(
        PALLETISER, "AggregationEvent", moment, "packing", "container_closed", action="ADD", parentID=pallet,
        childEPCs=boxes, reading={"device": PALLETISER.code, "raw": scan_of(pallet), "layers": -(-len(boxes) // 8)},
    )


def relabelled(units: list[str], moment: int) -> Event:
    """Return the exchange of labels found on the wrong units, read back after the firmware's own serial numbers."""
    return at(
        OUTGOING, "ObjectEvent", moment, "encoding", "encoded", action="OBSERVE", epcList=units,
        reading={"scanner": OUTGOING.code, "raw": [scan_of(unit) for unit in units], "firmware": "match"},
    )
