"""The living surface-mount lines: a panel every few minutes, step by step."""

from __future__ import annotations

from suyuan.packs.electronics_demo.domain import smt_steps as steps
from suyuan.packs.electronics_demo.domain.catalogue import PASTE, PCB, REELS, Material
from suyuan.packs.electronics_demo.domain.clock import SECOND, day_code
from suyuan.packs.electronics_demo.domain.identifiers import plant
from suyuan.packs.electronics_demo.domain.incoming import Lot
from suyuan.packs.electronics_demo.domain.live_state import Turn
from suyuan.packs.electronics_demo.domain.smt_floor import boards_of
from suyuan.packs.electronics_demo.domain.smt_steps import Taken
from suyuan.packs.electronics_demo.domain.staff import SMT_LINES

TOTES = 12
PANELS_PER_LOAD = 2
EVERY = 400.0
"""Seconds from panel to panel of a line."""


def panel_begun(turn: Turn, line: int) -> None:
    """Print a panel, unless enough boards wait for assembly."""
    turn.later(EVERY * (0.85 + 0.3 * turn.dice.random()), "panel", line)
    if len(turn.stock("totes")) >= 8:
        return
    stations = SMT_LINES[line - 1]
    panel = plant("unit", f"PNL-L{line}{turn.ticket()}")
    order = plant("order", f"SMT-{day_code(turn.now)}-{line}")
    taken = _draw(turn, line, (PCB, PASTE))
    turn.write(steps.printed(stations, panel, taken, order=order, moment=turn.now, dice=turn.dice))
    turn.later(14, "place", line, panel, order)


def panel_placed(turn: Turn, line: int, panel: str, order: str) -> None:
    """Place the parts."""
    taken = _draw(turn, line, REELS)
    turn.write(steps.placed(SMT_LINES[line - 1], panel, taken, order=order, moment=turn.now, dice=turn.dice))
    turn.later(16, "reflow", line, panel, order)


def panel_soldered(turn: Turn, line: int, panel: str, order: str) -> None:
    """Solder; now and then the oven is too cold."""
    cold = turn.dice.random() < 0.015
    turn.write(steps.reflowed(SMT_LINES[line - 1], panel, order=order, moment=turn.now, dice=turn.dice, cold=cold))
    turn.later(12, "aoi", line, panel, order)


def panel_inspected(turn: Turn, line: int, panel: str, order: str) -> None:
    """Inspect; a defect is repaired and inspected again."""
    if turn.dice.random() < 0.06:
        board, part = turn.dice.randint(1, 10), f"C{turn.dice.randint(1, 40)}"
        defect = {"board": board, "part": part, "defect": "少锡 insufficient"}
        turn.write(steps.optically_inspected(SMT_LINES[line - 1], panel, order, turn.now, [defect]))
        turn.later(20, "touch-up", line, panel, order)
        return
    turn.write(steps.optically_inspected(SMT_LINES[line - 1], panel, order, turn.now, []))
    turn.later(14, "depanel", line, panel, order)


def panel_touched_up(turn: Turn, line: int, panel: str, order: str) -> None:
    """Repair a soldering defect."""
    turn.write(steps.touched_up(panel, order, turn.now))
    turn.later(12, "aoi", line, panel, order)


def panel_split(turn: Turn, line: int, panel: str, order: str) -> None:
    """Split a panel; two panels fill a tote."""
    boards = boards_of(panel)
    turn.write(steps.depaneled(SMT_LINES[line - 1], panel, boards, order, turn.now))
    waiting = turn.stock(f"boards-{line}")
    waiting += boards
    if len(waiting) >= PANELS_PER_LOAD * len(boards):
        turn.later(9, "tote", line)


def tote_filled(turn: Turn, line: int) -> None:
    """Put the waiting boards into an empty tote; without one they wait on."""
    boards, empty = turn.stock(f"boards-{line}"), turn.stock("empty-totes")
    if not boards:
        return
    if not empty and turn.memory["stock"].setdefault("totes-made", 0) < TOTES:
        turn.memory["stock"]["totes-made"] += 1
        empty.append(plant("carrier", f"TOTE-L{turn.ticket()}"))
    if not empty:
        turn.later(30, "tote", line)
        return
    tote = empty.pop(0)
    turn.write(steps.put_in_tote(SMT_LINES[line - 1], tote, list(boards), turn.now))
    turn.later(15, "store-tote", tote, list(boards))
    boards.clear()


def tote_stored(turn: Turn, tote: str, boards: list[str]) -> None:
    """Bring a tote to the supermarket."""
    turn.write(steps.tote_stored(tote, turn.now))
    turn.stock("totes").append([tote, boards, turn.now + 30 * SECOND])


def _draw(turn: Turn, line: int, materials: tuple[Material, ...]) -> Taken:
    stations = SMT_LINES[line - 1]

    def changed(old: Lot | None, new: Lot) -> None:
        if old is not None:
            turn.write(steps.reel_off(stations, old, turn.now - 20 * SECOND), turn.now - 20 * SECOND)
        turn.write(steps.reel_on(stations, new, turn.now - 10 * SECOND), turn.now - 10 * SECOND)

    taken: Taken = []
    for material in materials:
        pieces = material.use + (turn.dice.randint(0, material.waste) if material.waste else 0)
        taken += turn.draw(f"smt{line}", material, pieces, changed)
    return taken
