"""The living assembly lines: trays of five, tests, rework, boxes, pallets."""

from __future__ import annotations

from suyuan.packs.electronics_demo.domain import assembly_steps as steps
from suyuan.packs.electronics_demo.domain.assembly_floor import product_on
from suyuan.packs.electronics_demo.domain.catalogue import (
    BATTERY,
    BOXES_PER_PALLET,
    DISPLAY,
    DISPLAY_PRO,
    KIT,
    TERMINAL_PRO,
    UNITS_PER_BOX,
)
from suyuan.packs.electronics_demo.domain.clock import SECOND, day_code
from suyuan.packs.electronics_demo.domain.identifiers import PLANT_PREFIX, plant, sgtin, sscc
from suyuan.packs.electronics_demo.domain.incoming import Lot
from suyuan.packs.electronics_demo.domain.live_state import Turn
from suyuan.packs.electronics_demo.domain.smt_steps import Taken
from suyuan.packs.electronics_demo.domain.staff import ASSEMBLY_LINES, UNIT_REPAIR

TRAY = 5
EVERY = 290.0
"""Seconds from tray to tray of a line."""
_FAILS = 0.04


def tray_begun(turn: Turn, line: str) -> None:
    """Prepare a tray of housings when there are boards for it."""
    turn.later(EVERY * (0.85 + 0.3 * turn.dice.random()), "tray", line)
    rack, totes = turn.stock(f"rack-{line}"), turn.stock("totes")
    stations = ASSEMBLY_LINES[line]
    if len(rack) < TRAY:
        if not totes or totes[0][2] > turn.now:
            return
        tote, boards, _ = totes.pop(0)
        turn.write(steps.tote_emptied(stations, tote, turn.now - 8 * SECOND), turn.now - 8 * SECOND)
        turn.stock("empty-totes").append(tote)
        rack += boards
    product, day = product_on(line, turn.now), day_code(turn.now)
    order = plant("order", f"ASM-{day}-{line}")
    units = [sgtin(PLANT_PREFIX, product.reference, f"L{line}{turn.ticket()}") for _ in range(TRAY)]
    taken: Taken = []

    def brought(old: Lot | None, new: Lot) -> None:
        turn.write(steps.brought_to_line(stations, new, order, turn.now - 20 * SECOND), turn.now - 20 * SECOND)

    for material in KIT:
        taken += turn.draw(f"line{line}", material, material.use * TRAY, brought)
    number = f"{day}{line}{product.key[2:]}"
    opened = turn.stock(f"lot-{line}")
    if opened != [number]:
        opened[:] = [number]
        moment = turn.now - 15 * SECOND
        turn.write(steps.lot_opened(stations, product, number, order, moment), moment)
    turn.write(steps.housings_prepared(
        stations, units, number, taken, order=order, moment=turn.now, dice=turn.dice))
    for place, unit in enumerate(units):
        turn.later(15 + 30 * place, "install", line, unit, rack.pop(0), order)


def unit_assembled(turn: Turn, line: str, unit: str, board: str, order: str) -> None:
    """Put board, battery and display in."""
    display = DISPLAY_PRO if f".{TERMINAL_PRO.reference}." in unit else DISPLAY
    parts = [board, turn.draw_serial(f"line{line}", BATTERY), turn.draw_serial(f"line{line}", display)]
    station = ASSEMBLY_LINES[line].install
    turn.write(steps.parts_put_in(station, unit, parts, order=order, moment=turn.now))
    turn.later(12 + 6 * turn.dice.random(), "test", line, unit, board, order)


def unit_tested(turn: Turn, line: str, unit: str, board: str, order: str) -> None:
    """Test a unit; one in twenty-five fails and goes to repair."""
    tester = ASSEMBLY_LINES[line].testers[turn.dice.randrange(2)]
    if turn.dice.random() < _FAILS:
        faults = turn.dice.choice(steps.FAULTS)
        turn.write(steps.failed(tester, unit, faults, order=order, moment=turn.now, dice=turn.dice))
        turn.later(60, "take-apart", line, unit, board, order)
        return
    turn.write(steps.passed(tester, unit, order=order, moment=turn.now, dice=turn.dice))
    product = unit.split(".")[1]
    passed = turn.stock(f"passed-{line}-{product}")
    passed.append(unit)
    if len(passed) >= UNITS_PER_BOX:
        units = passed[:UNITS_PER_BOX]
        del passed[:UNITS_PER_BOX]
        turn.later(8, "label", line, product, units, order)


def unit_taken_apart(turn: Turn, line: str, unit: str, board: str, order: str) -> None:
    """Take the board out when there is another one; else try again later."""
    rack = turn.stock(f"rack-{line}")
    if not rack:
        turn.later(60, "take-apart", line, unit, board, order)
        return
    turn.write(steps.parts_taken_out(unit, [board], order, turn.now))
    turn.later(12, "scrap", board)
    turn.later(20, "replace", line, unit, rack.pop(0), order)


def unit_repaired(turn: Turn, line: str, unit: str, board: str, order: str) -> None:
    """Put another board in."""
    turn.write(steps.parts_put_in(UNIT_REPAIR, unit, [board], order=order, moment=turn.now, step="replacing"))
    turn.later(15, "test", line, unit, board, order)


def part_scrapped(turn: Turn, part: str) -> None:
    """Scrap a part."""
    turn.write(steps.destroyed(part, turn.now))


def labels_checked(turn: Turn, line: str, product: str, units: list[str], order: str) -> None:
    """Put labels on the units of a box."""
    turn.write(steps.labels_checked(ASSEMBLY_LINES[line], units, order, turn.now))
    turn.later(12, "box", line, product, units, order)


def units_boxed(turn: Turn, line: str, product: str, units: list[str], order: str) -> None:
    """Pack a box; forty of them make a pallet."""
    box = sscc(f"5{turn.ticket() % 1_000_000_000:09d}")
    turn.write(steps.boxed(ASSEMBLY_LINES[line], box, units, order=order, moment=turn.now, dice=turn.dice))
    boxes = turn.stock(f"boxes-{line}-{product}")
    boxes.append([box, units])
    if len(boxes) >= BOXES_PER_PALLET:
        turn.later(30, "pallet", boxes[:BOXES_PER_PALLET])
        del boxes[:BOXES_PER_PALLET]
