"""The living plant's memory: what is where, what is due, as plain JSON; and the tools its actions share."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from suyuan.packs.electronics_demo.contracts import LiveJournal
from suyuan.packs.electronics_demo.domain.catalogue import MATERIALS, Material
from suyuan.packs.electronics_demo.domain.clock import DAY, SECOND
from suyuan.packs.electronics_demo.domain.incoming import Lot, inspected, made_by_supplier, new_lot, received
from suyuan.packs.electronics_demo.domain.smt_steps import Taken
from suyuan.packs.electronics_demo.domain.writing import Event

Memory = dict[str, Any]
"""JSON values only. ``ticket``: the last number given out; ``due``: [moment, order, action, arguments] rows;
``feeds``: lots in use by place and material; ``stock``: everything else, by name."""

_BY_KEY = {material.key: material for material in MATERIALS}
_EPOCH = 1_700_000_000_000


def fresh() -> Memory:
    """Return the memory of a plant that has not yet begun."""
    return {"version": 1, "ticket": 0, "order": 0, "due": [], "feeds": {}, "stock": {}, "cursor": 0}


@dataclass(slots=True)
class Turn:
    """One moment of the living plant: its memory, the dice, where events go, and the units sold before its time."""

    memory: Memory
    dice: random.Random
    journal: LiveJournal
    now: int
    shelf: list[tuple[str, str, str]]
    sold: list[str]

    def ticket(self) -> int:
        """Return a number that was never given before, even if the memory is lost: it comes from the clock.

        It counts tenths of a second since 2023-11-14 and never goes back, whatever the clock does.
        """
        self.memory["ticket"] = max(self.memory["ticket"] + 1, (self.now - _EPOCH) // 100)
        return int(self.memory["ticket"])

    def later(self, seconds: float, action: str, *arguments: Any) -> None:  # noqa: ANN401 (any JSON value may be kept)
        """Have ``action`` done ``seconds`` from now."""
        self.memory["order"] += 1
        self.memory["due"].append([self.now + int(seconds * SECOND), self.memory["order"], action, list(arguments)])

    def write(self, event: Event, moment: int | None = None) -> None:
        """Hand an event over for delivery."""
        self.journal.write(self.now if moment is None else moment, event)

    def stock(self, name: str) -> list[Any]:
        """Return the list kept under ``name``."""
        kept: list[Any] = self.memory["stock"].setdefault(name, [])
        return kept

    def draw(self, place: str, material: Material, pieces: int, changed: Callable[[Lot | None, Lot], None]) -> Taken:
        """Take ``pieces`` at ``place``; a lot that runs out is followed by one that has just come in."""
        taken: Taken = []
        while pieces > 0:
            lot = self._in_use(place, material)
            if lot is None or lot.left == 0:
                lot = self._next(place, material, lot, changed)
            part = min(pieces, lot.left)
            lot.left -= part
            pieces -= part
            self._keep(place, lot)
            taken.append((lot, part))
        return taken

    def draw_serial(self, place: str, material: Material) -> str:
        """Take one serial part at ``place``."""
        lot = self._in_use(place, material)
        if lot is None or lot.left == 0:
            lot = self._next(place, material, lot, lambda old, new: None)
        part = lot.take()
        self._keep(place, lot)
        return part

    def _in_use(self, place: str, material: Material) -> Lot | None:
        row = self.memory["feeds"].get(f"{place}:{material.key}")
        return None if row is None else Lot(_BY_KEY[row[0]], row[1], row[2], row[3], 0)

    def _keep(self, place: str, lot: Lot) -> None:
        self.memory["feeds"][f"{place}:{lot.material.key}"] = [lot.material.key, lot.code, lot.size, lot.left]

    def _next(self, place: str, material: Material, old: Lot | None, changed: Callable[[Lot | None, Lot], None]) -> Lot:
        lot = new_lot(material, f"L{self.ticket()}", self.now)
        made, arrived, checked = self.now - 2 * DAY, self.now - 90 * SECOND, self.now - 60 * SECOND
        for moment, event in made_by_supplier(lot, made):
            self.write(event, moment)
        self.write(received(lot, arrived), arrived)
        self.write(inspected(lot, checked, self.dice), checked)
        changed(old, lot)
        return lot
