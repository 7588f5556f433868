"""Bills of materials: what is wrong with one, and what an order needs by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from suyuan.kernel.faults import Fault
from suyuan.production.contracts import route_faults as faults
from suyuan.production.contracts.products import BillOfMaterial, Line

_DEEPEST: Final = 10
"""Phantoms inside phantoms; deeper is taken for a circle."""


@dataclass(frozen=True, slots=True)
class Need:
    """What an order needs of one material, scrap included, with what may stand in for it."""

    line: Line
    quantity: Decimal

    @property
    def materials(self) -> tuple[str, ...]:
        """The material and its alternatives."""
        return (self.line.material, *(each.material for each in self.line.alternatives))


def bill_faults(bill: BillOfMaterial) -> list[Fault]:
    """Return what is wrong with a bill; each fault points at a line."""
    if not bill.lines:
        return [faults.BOM_EMPTY(at="/lines")]
    return [*_faults(bill), *_size_faults(bill)]


def _faults(bill: BillOfMaterial) -> Iterator[Fault]:
    ids: set[str] = set()
    for number, line in enumerate(bill.lines):
        at = f"/lines/{number}"
        if line.id in ids:
            yield faults.ID_TWICE(at=at, id=line.id)
        ids.add(line.id)
        if line.material == bill.product:
            yield faults.OF_ITSELF(at=at, material=line.material)
        if line.quantity <= 0:
            yield faults.QUANTITY_WRONG(at=at, material=line.material, given=line.quantity)
        if not 0 <= line.scrap_percent < 100:
            yield faults.SCRAP_WRONG(at=at, given=line.scrap_percent)
        if line.valid_from and line.valid_to and line.valid_to < line.valid_from:
            yield faults.DATES_TURNED(at=at, first=line.valid_from, last=line.valid_to)
        for place, other in enumerate(line.alternatives):
            if other.quantity <= 0:
                yield faults.QUANTITY_WRONG(
                    at=f"{at}/alternatives/{place}", material=other.material, given=other.quantity
                )
        for earlier in bill.lines[:number]:
            if earlier.material == line.material and earlier.operation == line.operation and _meet(earlier, line):
                yield faults.MATERIAL_TWICE(at=at, material=line.material)
    for number, extra in enumerate(bill.by_products):
        if extra.quantity <= 0:
            yield faults.QUANTITY_WRONG(at=f"/by_products/{number}", material=extra.material, given=extra.quantity)


def _size_faults(bill: BillOfMaterial) -> Iterator[Fault]:
    for name, size in (("lot_minimum", bill.lot_minimum), ("lot_multiple", bill.lot_multiple)):
        if size is not None and size <= 0:
            yield faults.LOT_SIZE_WRONG(at=f"/{name}", given=size)


def _meet(one: Line, other: Line) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def effective(bill: BillOfMaterial, day: date) -> tuple[Line, ...]:
    """Return the lines in effect on a day."""
    return tuple(
        line
        for line in bill.lines
        if (line.valid_from is None or line.valid_from <= day) and (line.valid_to is None or day <= line.valid_to)
    )


def needs(
    bill: BillOfMaterial, quantity: Decimal, day: date, bill_of: Callable[[str], BillOfMaterial | None], depth: int = 0
) -> list[Need]:
    """Return what ``quantity`` of the bill's product needs: phantoms by their own bills, scrap on top.

    Gross requirement of a line: quantity × usage ÷ (1 − scrap), so that after the expected scrap enough is left.

    :param bill_of: the bill in force of a product, None where it has none.
    """
    found: list[Need] = []
    for line in effective(bill, day):
        gross = quantity * line.quantity / (1 - line.scrap_percent / 100)
        inner = bill_of(line.material) if line.phantom and depth < _DEEPEST else None
        if inner is None:
            found.append(Need(line, gross))
        else:
            found.extend(needs(inner, gross, day, bill_of, depth + 1))
    return found
