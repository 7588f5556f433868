"""Shortages over the open orders: worked out when asked, from bills, uses and stock."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.production.api import line_stock
from suyuan.production.api.checking import pinned_bill
from suyuan.production.contracts.shortages import (
    LotSpot,
    LotState,
    LotTrouble,
    MaterialShortage,
    OrderMaterial,
    OrderShortages,
    Shortages,
    ShortOrder,
)
from suyuan.production.domain import bills
from suyuan.production.domain.bills import Need
from suyuan.production.domain.shortages import Demand, shortages
from suyuan.production.store import board as names
from suyuan.production.store import orders as all_orders
from suyuan.production.store import pulls, stock
from suyuan.production.store import shortages as store
from suyuan.production.store.shortages import OpenNeed
from suyuan.trace import api as trace
from suyuan.trace.contracts.facts import HELD_DISPOSITIONS, ItemFacts

READ: Final = "production:order:read"
_NOTHING: Final = Decimal(0)
_ONE: Final = Decimal(1)
_ON_ITS_WAY: Final = frozenset({"in_transit", "departing"})
_NONE: Final = (None, None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an order needs of a line of its bill; ``demand``: what is still open of it."""

    order: OpenNeed
    need: Need
    needed: Decimal
    used: Decimal
    demand: Demand


@dataclass(frozen=True, slots=True)
class Picture:
    """All that shortages are worked out from. ``supply`` is what may be used; ``troubled``: lots that may not."""

    wanted: Sequence[Wanted]
    supply: Mapping[str, Decimal]
    troubled: Sequence[LotTrouble]


def picture(*, only: str | None = None) -> Picture:
    """Return the open orders' needs and what there is for them.

    :param only: a material: then only orders that need it, or compete for what may stand in for it.
    """
    wanted = _wanted()
    if only is not None:
        wanted = _competing(wanted, only)
    asked = {only} if only is not None else set()
    materials = sorted(asked.union(*{each.demand.materials for each in wanted}))
    rows = store.lots_left(materials)
    facts = trace.current_facts([row[2] for row in rows], expiry=True)
    supply = dict(store.units_of(materials))
    troubled = []
    for material, item, uri, code, left, unit, disposition in rows:
        fact = facts.get(uri) or ItemFacts(uri, item, "lot", disposition=disposition)
        state = state_of(fact)
        if state == "usable":
            supply[material] = supply.get(material, _NOTHING) + left
        else:
            troubled.append((material, item, uri, code, left, unit, fact, state))
    known = names.names_of(sorted({row[0] for row in troubled}))
    lots = [
        LotTrouble(
            item, uri, code, "lot", state, fact.disposition or fact.lot_disposition, fact.expiry, material,
            *known.get(material, _NONE), left, unit or "", (),
        )
        for material, item, uri, code, left, unit, fact, state in troubled
    ]  # fmt: skip
    return Picture(wanted, supply, lots)


def _wanted() -> list[Wanted]:
    today = datetime.now(UTC).date()
    orders = store.open_orders()
    used = store.used()
    per_unit: dict[tuple[str | None, int | None], list[tuple[Need, tuple[str, ...]]]] = {}
    found = []
    for order in orders:
        key = (order.bom_key, order.bom_version)
        if key not in per_unit:
            bill = pinned_bill(*key)
            phantom = bill is not None and any(line.phantom for line in bill.lines)
            inner = {each.product: each for each in line_stock.bills_in_force()} if phantom else {}
            needs = [] if bill is None else bills.needs(bill, _ONE, today, inner.get)
            per_unit[key] = [(each, _taken(each)) for each in needs]
        for need, materials in per_unit[key]:
            gone = sum([used[pair] for each in need.materials if (pair := (order.uri, each)) in used], _NOTHING)
            needed = need.quantity * order.quantity
            still = max(_NOTHING, needed - gone)
            demand = Demand(order.id, need.line.id, order.due, order.priority, materials, still)
            found.append(Wanted(order, need, needed, gone, demand))
    return found


def _taken(need: Need) -> tuple[str, ...]:
    """Return what a need is covered with: its material, then what may stand in for it without being asked."""
    line = need.line
    return (line.material, *(each.material for each in line.alternatives if not each.needs_approval))


def _competing(wanted: Sequence[Wanted], material: str) -> list[Wanted]:
    """Return what is linked to a material by stand-ins: only that can change who goes short of it."""
    linked, before = {material}, 0
    while len(linked) != before:
        before = len(linked)
        for each in wanted:
            if not linked.isdisjoint(each.demand.materials):
                linked.update(each.demand.materials)
    return [each for each in wanted if each.demand.materials[0] in linked]


def state_of(fact: ItemFacts) -> LotState:
    """Return how it stands with a lot or part."""
    if fact.disposition in _ON_ITS_WAY:
        return "on_its_way"
    if fact.disposition in HELD_DISPOSITIONS or fact.lot_disposition in HELD_DISPOSITIONS:
        return "held"
    if line_stock.expired(fact):
        return "expired"
    return "usable" if fact.state in ("active", None) else "gone"


def trouble_of(item: int, uri: str) -> LotTrouble:
    """Return how it stands with a lot or part, wherever it is."""
    fact = trace.current_facts([uri], expiry=True).get(uri) or ItemFacts(uri, item)
    known, left, unit = stock.left_of(item)
    amount = left if known else _ONE if fact.kind == "unit" and fact.state == "active" else None
    state = state_of(fact)
    if state == "usable" and known and not left:
        state = "gone"
    material = fact.product or uri
    spots = [(place, quantity) for place, quantity, _ in stock.spots_of(item)] or [(fact.place, amount or _NOTHING)]
    called = names.names_of([material, *(place for place, _ in spots if place)])
    return LotTrouble(
        item, uri, fact.lot or uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1], fact.kind, state,
        fact.disposition or fact.lot_disposition, fact.expiry, material, *called.get(material, _NONE), amount,
        unit or "", [LotSpot(place, *called.get(place or "", _NONE), quantity) for place, quantity in spots],
    )  # fmt: skip


def _in_reach(wanted: Iterable[Wanted]) -> list[Wanted]:
    """Return what orders of the asker's sites want."""
    reached = tx().principal.sites_for(READ)
    return [each for each in wanted if reached is None or each.order.site_id is None or each.order.site_id in reached]


def rows_of(
    wanted: Iterable[Wanted], short: Mapping[tuple[int, str], Decimal],
    before: Mapping[tuple[int, str], Decimal] | None = None, at_line: Mapping[str, Decimal] | None = None,
) -> list[ShortOrder]:  # fmt: skip
    """Return orders with what they go short of, those that are due first first; the asker's sites only."""
    chosen = sorted(_in_reach(wanted), key=lambda each: each.demand.turn)
    known = names.names_of(sorted({uri for each in chosen for uri in (
        each.order.product, each.need.line.material, each.order.line or "")}))  # fmt: skip
    told = []
    for each in chosen:
        order, key = each.order, (each.order.id, each.need.line.id)
        lacking = short.get(key, _NOTHING)
        earlier = lacking if before is None else before.get(key, _NOTHING)
        told.append(ShortOrder(
            order.id, order.number, order.product, *known.get(order.product, _NONE), order.state, order.due,
            order.priority, order.line, *known.get(order.line or "", _NONE), order.customer, order.sales_order,
            each.need.line.material, *known.get(each.need.line.material, _NONE), each.need.line.unit,
            round(each.needed, 6).normalize(), each.used, round(lacking, 6).normalize(),
            round(max(_NOTHING, lacking - earlier), 6).normalize(), (at_line or {}).get(order.line or "", _NOTHING),
        ))  # fmt: skip
    return told


def overview() -> Shortages:
    """Return every material that open orders go short of, and the lots in trouble that they need."""
    began = time.perf_counter()
    seen = picture()
    short = shortages((each.demand for each in seen.wanted), seen.supply)
    lacking = [each for each in seen.wanted if (each.order.id, each.need.line.id) in short]
    by_material: dict[str, list[Wanted]] = {}
    for each in _in_reach(lacking):
        by_material.setdefault(each.need.line.material, []).append(each)
    blocked: dict[str, Decimal] = {}
    for lot in seen.troubled:
        blocked[lot.material] = blocked.get(lot.material, _NOTHING) + (lot.left or _NOTHING)
    known = names.names_of(sorted(by_material))
    materials = [
        MaterialShortage(
            material, *known.get(material, _NONE), rows[0].need.line.unit, len(rows),
            _rounded(sum([short[row.order.id, row.need.line.id] for row in rows], _NOTHING)),
            seen.supply.get(material, _NOTHING), blocked.get(material, _NOTHING),
            min((row.order.due for row in rows if row.order.due), default=None),
        )
        for material, rows in by_material.items()
    ]  # fmt: skip
    materials.sort(key=lambda each: (each.first_due is None, each.first_due, each.material))
    lots = sorted(seen.troubled, key=lambda each: (each.material not in by_material, each.code))
    return Shortages(len({each.order.id for each in seen.wanted}), materials, lots, _since(began))


def _rounded(amount: Decimal) -> Decimal:
    whole = amount.to_integral_value()
    return whole if whole == amount else round(amount, 6).normalize()


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def of_order(order_id: int) -> OrderShortages:
    """Return which materials an order goes short of, which of their lots are in trouble, and which calls are late.

    :raises Fault: ``chassis.not_found``.
    """
    order = all_orders.found(order_id)
    reached = tx().principal.sites_for(READ)
    if order is None or (reached is not None and order.site_id is not None and order.site_id not in reached):
        raise NOT_FOUND(what=f"#{order_id}")
    seen = picture()
    own = [each for each in seen.wanted if each.order.id == order_id]
    short = shortages((each.demand for each in seen.wanted), seen.supply)
    now = datetime.now(UTC)
    late = [
        each
        for each in pulls.calls(still_open=True, materials=sorted({one.need.line.material for one in own}))
        if each.due < now and each.work_order in (None, order.uri)
    ]
    return OrderShortages([
        OrderMaterial(
            row, sum((seen.supply.get(each, _NOTHING) for each in wanted.demand.materials), _NOTHING),
            [lot for lot in seen.troubled if lot.material in wanted.need.materials],
            [call for call in late if call.material == row.material],
        )
        for wanted in own
        for row in rows_of([wanted], short)
    ])  # fmt: skip
