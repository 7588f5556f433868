"""The records of the surface-mount lines: feeding, printing, placing, reflow, inspection, depaneling, totes."""

from __future__ import annotations

import random
from collections import Counter

from suyuan.packs.electronics_demo.domain.catalogue import Material
from suyuan.packs.electronics_demo.domain.identifiers import plant, scan_of
from suyuan.packs.electronics_demo.domain.incoming import Lot
from suyuan.packs.electronics_demo.domain.parameters import LIQUIDUS, PASTE_VOLUME, PEAK, PICK_RATE, RAMP, SQUEEGEE
from suyuan.packs.electronics_demo.domain.staff import BOARD_REPAIR, STORE_PDA, SmtLine
from suyuan.packs.electronics_demo.domain.writing import Event, at, sensors

Taken = list[tuple[Lot, int]]


def feeder_of(line: SmtLine, material: Material) -> str:
    """Return the identifier of the feeder slot for ``material``."""
    return plant("asset", f"FEEDER-{line.number}-{material.key.upper()}")


def reel_off(line: SmtLine, lot: Lot, moment: int) -> Event:
    """Return the removal of a reel from its feeder."""
    return at(
        line.feeder, "AssociationEvent", moment, "removing", "in_progress", action="DELETE",
        parentID=feeder_of(line, lot.material), childQuantityList=[{"epcClass": lot.uri}],
        reading={"scanner": line.feeder.code, "raw": scan_of(lot.uri), "counter": lot.left},
    )


def reel_on(line: SmtLine, lot: Lot, moment: int) -> Event:
    """Return the mounting of a reel, checked against the feeder slot."""
    feeder = feeder_of(line, lot.material)
    return at(
        line.feeder, "AssociationEvent", moment, "installing", "in_progress", action="ADD",
        parentID=feeder, childQuantityList=[lot.amount(lot.left)],
        reading={"scanner": line.feeder.code, "raw": [scan_of(feeder), scan_of(lot.uri)], "match": True},
    )


def printed(line: SmtLine, panel: str, taken: Taken, *, order: str, moment: int, dice: random.Random) -> Event:
    """Return paste printing: bare panel and paste become the marked panel (first half of one process with placing)."""
    volume, force = PASTE_VOLUME.sample(dice), SQUEEGEE.sample(dice)
    code = scan_of(panel)
    return at(
        line.printer, "TransformationEvent", moment, "commissioning", "in_progress",
        inputQuantityList=[lot.amount(part) for lot, part in taken], outputEPCList=[panel],
        transformationID=process_of(panel),
        sensorElementList=sensors(PASTE_VOLUME.report(volume), SQUEEGEE.report(force)),
        order=order, reading={"device": line.printer.code, "raw": f"PRINT,{code},VOL={volume},F={force},OK"},
    )


def placed(line: SmtLine, panel: str, taken: Taken, *, order: str, moment: int, dice: random.Random) -> Event:
    """Return placement: what each feeder gave to this panel.

    At a reel change both reels are named without quantities: the feeder counts picks and sees the splice pass, but not
    from which reel a pick came, so each of the two reels only possibly gave parts.
    """
    rate = PICK_RATE.sample(dice)
    feeders = Counter[str]()
    for lot, part in taken:
        feeders[lot.material.key] += part
    spliced = [key for key, count in Counter(lot.material.key for lot, _ in taken).items() if count > 1]
    inputs = [{"epcClass": lot.uri} if lot.material.key in spliced else lot.amount(part) for lot, part in taken]
    picked = {"picks": dict(feeders), "spliced": spliced, "rate": rate}
    return at(
        line.placer, "TransformationEvent", moment, "assembling", "in_progress",
        inputQuantityList=inputs, outputEPCList=[panel],
        transformationID=process_of(panel), sensorElementList=sensors(PICK_RATE.report(rate)),
        order=order, reading={"device": line.placer.code, "panel": scan_of(panel), **picked},
    )


def process_of(panel: str) -> str:
    """Return the id that ties printing and placing of a panel into one process."""
    return plant("order", f"RUN-{scan_of(panel)}")


def reflowed(line: SmtLine, panel: str, *, order: str, moment: int, dice: random.Random, cold: bool = False) -> Event:
    """Return the oven's profile for a panel; ``cold``: below the peak temperature limit, with an alarm."""
    peak, liquidus, speed = PEAK.sample(dice), LIQUIDUS.sample(dice), RAMP.sample(dice)
    if cold:
        peak, liquidus = 231.4, 41.0
    return at(
        line.oven, "ObjectEvent", moment, "sensor_reporting", "non_conformant" if cold else "in_progress",
        action="OBSERVE", epcList=[panel],
        sensorElementList=sensors(PEAK.report(peak), LIQUIDUS.report(liquidus), RAMP.report(speed)),
        order=order,
        reading={"device": line.oven.code, "raw": f"RFO;{scan_of(panel)};PEAK={peak};TAL={liquidus};V={speed}"},
    )


def optically_inspected(line: SmtLine, panel: str, order: str, moment: int, defects: list[Event]) -> Event:
    """Return the AOI result; ``defects`` as the machine lists them."""
    return at(
        line.aoi, "ObjectEvent", moment, "inspecting", "non_conformant" if defects else "conformant", action="OBSERVE",
        epcList=[panel], order=order,
        reading={
            "device": line.aoi.code,
            "json": {"panel": scan_of(panel), "boards": 10, "result": "NG" if defects else "PASS", "defects": defects},
        },
    )


def touched_up(panel: str, order: str, moment: int) -> Event:
    """Return the manual repair of a soldering defect."""
    return at(
        BOARD_REPAIR, "ObjectEvent", moment, "repairing", "in_progress", action="OBSERVE", epcList=[panel], order=order,
        reading={"form": "REPAIR", "panel": scan_of(panel), "action": "补焊 touch-up"},
    )


def depaneled(line: SmtLine, panel: str, boards: list[str], order: str, moment: int) -> Event:
    """Return the split of a panel into its boards."""
    return at(
        line.depanel, "TransformationEvent", moment, "commissioning", "active", inputEPCList=[panel],
        outputEPCList=boards, order=order,
        reading={"device": line.depanel.code, "raw": f"CUT {scan_of(panel)} n={len(boards)}"},
    )


def board_scrapped(board: str, moment: int) -> Event:
    """Return the scrapping of a board that was marked bad."""
    return at(
        BOARD_REPAIR, "ObjectEvent", moment, "destroying", "destroyed", action="DELETE", epcList=[board],
        reading={"scanner": BOARD_REPAIR.code, "raw": scan_of(board)},
    )


def put_in_tote(line: SmtLine, tote: str, boards: list[str], moment: int) -> Event:
    """Return the loading of a tote."""
    return at(
        line.tote, "AggregationEvent", moment, "packing", "in_progress", action="ADD", parentID=tote, childEPCs=boards,
        reading={"scanner": line.tote.code, "raw": scan_of(tote), "count": len(boards)},
    )


def tote_stored(tote: str, moment: int) -> Event:
    """Return the tote's move to the board supermarket."""
    return at(
        STORE_PDA, "ObjectEvent", moment, "storing", "in_progress", action="OBSERVE", epcList=[tote],
        reading={"scanner": STORE_PDA.code, "raw": scan_of(tote)},
    )
