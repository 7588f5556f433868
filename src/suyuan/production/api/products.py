"""What an order is made by and of: route, bill of materials, material on hand; its progress, as events say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from suyuan.designer import api as designer
from suyuan.production.api.checking import name_of, pinned_bill, pinned_route
from suyuan.production.contracts import order_faults as faults
from suyuan.production.contracts.orders import MaterialNeed, OperationCount, OrderDetail, OrderRow, WorkOrder
from suyuan.production.contracts.products import BILL_OF_MATERIAL, BillOfMaterial
from suyuan.production.contracts.routes import ROUTE, Route
from suyuan.production.domain import bills
from suyuan.production.domain.demand import LotSize
from suyuan.production.domain.matching import match
from suyuan.production.domain.orders import steps_from
from suyuan.production.domain.world import result_of
from suyuan.production.store import orders as store
from suyuan.trace import api as trace


def rows_of(orders: Sequence[WorkOrder]) -> list[OrderRow]:
    """Return orders with the names of their products and lines, and what each may do next."""
    wanted = {each.product for each in orders} | {each.line for each in orders}
    names = {each.uri: (each.name_zh, each.name_en) for each in trace.master_data() if each.uri in wanted}
    none = (None, None)
    return [
        OrderRow(each, *names.get(each.product, none), *names.get(each.line or "", none), steps_from(each.state))
        for each in orders
    ]


def _in_force(kind: str) -> list[tuple[str, int, Any]]:
    return [(key, number, body) for key, number, current, body in designer.published_versions(kind) if current]


def pin(order: WorkOrder) -> dict[str, Any]:
    """Return keys and versions of route and bill that an order is to be made by.

    :raises Fault: ``production.order_no_route``, ``production.order_route_choice``.
    """
    routes = [
        (key, number)
        for key, number, body in _in_force(ROUTE)
        if (key == order.route_key if order.route_key else order.product in body.products)
    ]
    if not routes:
        raise faults.NO_ROUTE(at="/route_key", product=name_of(order.product))
    if len(routes) > 1:
        raise faults.ROUTE_CHOICE(
            at="/route_key", product=name_of(order.product), keys=", ".join(key for key, _ in routes)
        )
    of_product = [
        (key, number)
        for key, number, body in _in_force(BILL_OF_MATERIAL)
        if (key == order.bom_key if order.bom_key else body.product == order.product)
    ]
    bill = of_product[0] if of_product else (None, None)
    return dict(zip(("route_key", "route_version", "bom_key", "bom_version"), (*routes[0], *bill), strict=True))


def _bill_of(product: str) -> BillOfMaterial | None:
    found: list[BillOfMaterial] = [body for _, _, body in _in_force(BILL_OF_MATERIAL) if body.product == product]
    return found[0] if found else None


def is_made(product: str) -> bool:
    """Tell whether a published route makes a product, or a published bill says of what."""
    return _bill_of(product) is not None or any(product in body.products for _, _, body in _in_force(ROUTE))


def material_of(order: WorkOrder, bill: BillOfMaterial | None) -> list[MaterialNeed]:
    """Return what an order needs of each material, what went in already, and what is on hand."""
    if bill is None:
        return []
    phantom = any(line.phantom for line in bill.lines)
    needs = bills.needs(bill, order.quantity, store.now().date(), _bill_of if phantom else lambda _: None)
    used = store.used(order.uri)
    on_hand = store.on_hand(sorted({each for need in needs for each in need.materials}))
    names = {each.uri: each for each in trace.master_data()}
    told = []
    for need in needs:
        line = need.line
        gone = sum((used.get(each, Decimal(0)) for each in need.materials), Decimal(0))
        here = sum((on_hand.get(each, Decimal(0)) for each in need.materials), Decimal(0))
        known = names.get(line.material)
        needed = Decimal(format(round(need.quantity, 6).normalize(), "f"))
        told.append(MaterialNeed(
            line.material, known.name_zh if known else None, known.name_en if known else None, line.unit,
            needed, gone, here, max(Decimal(0), need.quantity - gone - here),
            [each.material for each in line.alternatives],
        ))  # fmt: skip
    return told


def require_material(order: WorkOrder, bom_key: str | None, bom_version: int | None) -> None:
    """Refuse to go on where material is missing.

    :raises Fault: ``production.order_material_short``.
    """
    short = [each for each in material_of(order, pinned_bill(bom_key, bom_version)) if each.missing > 0]
    if short:
        told = [f"{name_of(each.material)} {format(each.missing, 'f')} {each.unit}".strip() for each in short[:6]]
        raise faults.MATERIAL_SHORT(at="/accept_short", what="；".join(told))


def made_of(order: WorkOrder) -> Decimal:
    """Return how much of an order was made, as its events say."""
    if order.kind == "lot":
        return store.made_amount(order.uri, order.product)
    route = pinned_route(order.route_key, order.route_version)
    counted = store.counts(order.uri, sorted({order.product, *(route.products if route else ())}))
    return _made(route, _operations(route, counted))


def scrapped_of(order: WorkOrder) -> Decimal:
    """Return how many items of an order were scrapped."""
    route = pinned_route(order.route_key, order.route_version)
    return Decimal(store.scrapped(order.uri, sorted({order.product, *(route.products if route else ())})))


def lot_size(product: str) -> LotSize:
    """Return how much of a product is made at once, as its bill in force says."""
    bill = _bill_of(product)
    return LotSize(bill.lot_minimum, bill.lot_multiple) if bill is not None else LotSize()


def detail(order: WorkOrder) -> OrderDetail:
    """Return an order with its progress and instructions."""
    route = pinned_route(order.route_key, order.route_version)
    bill = pinned_bill(order.bom_key, order.bom_version) or _bill_of(order.product)
    products = sorted({order.product, *(route.products if route else ())})
    counted = store.counts(order.uri, products)
    operations = _operations(route, counted)
    return OrderDetail(
        row=rows_of([order])[0],
        made=store.made_amount(order.uri, order.product) if order.kind == "lot" else _made(route, operations),
        scrapped=store.scrapped(order.uri, products),
        operations=operations,
        materials=material_of(order, bill),
        instructions=_instructions(route),
        children=store.children(order.id),
    )


def _operations(route: Route | None, counted: Sequence[tuple[Any, ...]]) -> list[OperationCount]:
    """Return the counts by operation, in the order of the route; what belongs to none comes last, by its step."""
    of: dict[str | None, list[tuple[Any, ...]]] = {}
    for row in counted:
        found = match(route, row[0], row[2], row[1]) if route is not None else None
        of.setdefault(found or f"?{row[0]}", []).append(row)
    told = []
    known = [(each.id, each.name_zh, each.name_en) for each in route.operations] if route is not None else []
    others = [(key, key[1:], key[1:]) for key in of if key is not None and key.startswith("?")]
    for key, zh, en in (*known, *others):
        rows = of.get(key, [])
        good = sum(row[4] for row in rows if result_of(row[3]) == "passed")
        bad = sum(row[4] for row in rows if result_of(row[3]) == "failed")
        last = max((row[5] for row in rows), default=None)
        told.append(OperationCount(None if key.startswith("?") else key, zh, en, good, bad, last))
    return told


def _made(route: Route | None, operations: Sequence[OperationCount]) -> Decimal:
    """Return how many passed a last operation of the route."""
    if route is None:
        return Decimal(0)
    onward = {link.source for link in route.links if link.when != "failed"}
    ends = {each.id for each in route.operations if each.id not in onward}
    return Decimal(sum(each.passed for each in operations if each.operation in ends))


def _instructions(route: Route | None) -> list[dict[str, Any]]:
    return [
        {"operation": each.id, "name_zh": each.name_zh, "name_en": each.name_en,
         "steps": [{"text_zh": step.text_zh, "text_en": step.text_en, "picture": step.picture}
                   for step in each.instructions]}
        for each in (route.operations if route is not None else ())
        if each.instructions
    ]  # fmt: skip
