"""What it means that a lot is held, expired or late: orders, calls, shipments and customers, in one answer."""

from __future__ import annotations

import time
from datetime import datetime
from decimal import Decimal
from typing import Final

from suyuan.chassis.database import tx
from suyuan.coding import api as coding
from suyuan.production.api import shortages as door
from suyuan.production.contracts.shortages import LotShortage, LotTrouble, ShippedWith
from suyuan.production.domain.shortages import shortages
from suyuan.production.store import board as names
from suyuan.production.store import pulls, stock
from suyuan.trace.api import scoping, starting
from suyuan.trace.contracts import Direction
from suyuan.trace.contracts.scopes import ScopePage, ScopeSpec

_TRACE: Final = "trace:item:read"
_NOTHING: Final = Decimal(0)
_LEFT: Final = ("shipped", "sold")


def of_lot(code: str, until: datetime | None) -> LotShortage:
    """Return who goes short without a lot, and what already left with it.

    :param until: when it will be there after all: orders due then or later can still have it. None: it does not come.
    :raises Fault: ``coding.…`` where the code says nothing, or nothing is on record.
    """
    began = time.perf_counter()
    item, uri = coding.find_item(code)
    lot = door.trouble_of(item, uri)
    seen = door.picture(only=lot.material)
    amount = lot.left or _NOTHING
    without, with_it = dict(seen.supply), dict(seen.supply)
    if lot.state == "usable":
        without[lot.material] = max(_NOTHING, without.get(lot.material, _NOTHING) - amount)
    else:
        with_it[lot.material] = with_it.get(lot.material, _NOTHING) + amount
    demands = [each.demand for each in seen.wanted]
    short = shortages(demands, without, None if until is None else (lot.material, amount, until))
    touched = [each for each in seen.wanted if lot.material in each.demand.materials]
    lacking = [each for each in touched if (each.order.id, each.need.line.id) in short]
    before = shortages(demands, with_it) if amount else short
    at_line: dict[str, Decimal] = {}
    for line in {each.order.line for each in lacking if each.order.line}:
        below = names.places_below(line)
        at_line[line] = sum((quantity for place, quantity, _ in stock.spots_of(item) if place in below), _NOTHING)
    reached = tx().principal.sites_for(door.READ)
    calls = pulls.calls(still_open=True, materials=[lot.material], sites=None if reached is None else sorted(reached))
    return LotShortage(
        lot, until, without.get(lot.material, _NOTHING), len({each.order.id for each in touched}),
        door.rows_of(lacking, short, before, at_line), calls, _shipped(lot),
        round((time.perf_counter() - began) * 1000, 1),
    )  # fmt: skip


def _shipped(lot: LotTrouble) -> ShippedWith | None:
    if not tx().principal.may(_TRACE):
        return None
    spec = ScopeSpec(Direction.FORWARD)
    start = starting.from_items([lot.item_id], Direction.FORWARD, None)
    told = scoping.scope(spec, start, ScopePage(size=1)).summary
    gone = [each for each in told.state.groups if each.value in _LEFT]
    certain, possible = sum(each.certain for each in gone), sum(each.possible for each in gone)
    customers = [each for each in told.customer.groups if each.value is not None]
    return ShippedWith(certain + possible, certain, possible, told.certain + told.possible, customers)
