"""Units that passed become labelled boxes of twenty, boxes become pallets of forty, pallets wait for a truck."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from heapq import heappop, heappush

from suyuan.packs.electronics_demo.domain import assembly_steps as steps
from suyuan.packs.electronics_demo.domain.catalogue import BOXES_PER_PALLET, OWN, UNITS_PER_BOX, Product
from suyuan.packs.electronics_demo.domain.clock import DAY, HOUR, MINUTE, iso
from suyuan.packs.electronics_demo.domain.identifiers import sscc
from suyuan.packs.electronics_demo.domain.market import Market
from suyuan.packs.electronics_demo.domain.staff import AssemblyLine
from suyuan.packs.electronics_demo.domain.tales import PackedBox, SwappedLabels
from suyuan.packs.electronics_demo.domain.writing import Event, Journal, encode

PATIENCE = 4 * DAY
"""A pallet leaves after this long even when it is not full."""


@dataclass(slots=True)
class _Queue:
    """One line's stock of one product on its way into boxes and onto pallets."""

    line: AssemblyLine
    product: Product
    units: list[str] = field(default_factory=list)
    latest: int = 0
    boxes: list[PackedBox] = field(default_factory=list)


class PackingFloor:
    """Boxes and pallets in time order; ``corrections`` are records that came to be known later than they happened."""

    def __init__(self, journal: Journal, dice: random.Random, market: Market, swap: SwappedLabels) -> None:
        self._journal, self._dice, self._market, self._swap = journal, dice, market, swap
        self._waiting: list[tuple[int, int, tuple[str, str], str, str]] = []
        self._queues: dict[tuple[str, str], _Queue] = {}
        self._count = 0
        self._numbers = {"box": 0, "pallet": 0}
        self.corrections: list[tuple[int, bytes]] = []

    def passed(self, line: AssemblyLine, product: Product, unit: str, order: str, moment: int) -> None:
        """Take a unit that passed its test at ``moment``."""
        key = (line.name, product.key)
        if key not in self._queues:
            self._queues[key] = _Queue(line, product)
        self._count += 1
        heappush(self._waiting, (moment, self._count, key, unit, order))

    def settle(self, until: int) -> None:
        """Pack what has passed by ``until``."""
        while self._waiting and self._waiting[0][0] <= until:
            moment, _, key, unit, order = heappop(self._waiting)
            queue = self._queues[key]
            queue.units.append(unit)
            queue.latest = max(queue.latest, moment)
            if len(queue.units) == UNITS_PER_BOX:
                self._box(queue, order)

    def _box(self, queue: _Queue, order: str) -> None:
        units, queue.units = queue.units, []
        labelled = queue.latest + 5 * MINUTE
        self._journal.write(labelled, steps.labels_checked(queue.line, units, order, labelled))
        self._numbers["box"] += 1
        uri, moment = sscc(f"0{self._numbers['box']:09d}"), labelled + 4 * MINUTE
        event = steps.boxed(queue.line, uri, units, order=order, moment=moment, dice=self._dice)
        self._journal.write(moment, event)
        box = PackedBox(uri, units, queue.product.key, queue.line.name, moment, event)
        queue.boxes.append(box)
        other = self._swap.pair(box)
        if other is not None:
            self._swapped(other, box)
        if len(queue.boxes) >= BOXES_PER_PALLET or moment - queue.boxes[0].moment > PATIENCE:
            self._pallet(queue, moment + 4 * HOUR)

    def _pallet(self, queue: _Queue, moment: int) -> None:
        boxes, queue.boxes = queue.boxes[:BOXES_PER_PALLET], queue.boxes[BOXES_PER_PALLET:]
        self._numbers["pallet"] += 1
        uri = sscc(f"3{self._numbers['pallet']:09d}")
        self._journal.write(moment, steps.palletised(uri, [box.uri for box in boxes], moment))
        self._market.send(uri, boxes, moment)

    def _swapped(self, early: PackedBox, late: PackedBox) -> None:
        """Tell the tale of the swapped labels: what was recorded for the two boxes was wrong for one unit in each."""
        swap, known = self._swap, late.moment + 2 * HOUR
        swap.first, swap.second = early.units[6], late.units[11]
        swap.wrong_box, swap.right_box = early.uri, late.uri
        early.units = [swap.second if unit == swap.first else unit for unit in early.units]
        late.units = [swap.first if unit == swap.second else unit for unit in late.units]
        self.corrections.append((known, self._named(steps.relabelled([swap.first, swap.second], known))))
        for minutes, box in ((6, early), (9, late)):
            self._replace(box, known + minutes * MINUTE)

    def _replace(self, box: PackedBox, known: int) -> None:
        """Void a packing record by an error declaration and write the one that stands in its place."""
        right: Event = dict(box.event)
        right["childEPCs"] = box.units
        stands = self._named(right)
        wrong = dict(box.event)
        wrong["errorDeclaration"] = {
            "declarationTime": iso(known), "reason": "incorrect_data", "correctiveEventIDs": [right["eventID"]],
            "suyuan:note": f"两件产品标签互换 labels of two units were swapped ({OWN.en})",
        }
        self.corrections += [(known, encode(wrong)), (known + MINUTE, stands)]

    def _named(self, event: Event) -> bytes:
        self._journal.name(event)
        return encode(event)
