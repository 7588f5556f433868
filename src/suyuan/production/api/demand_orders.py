"""Work orders made of sales demand: what would cover lines, and covering them in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from decimal import Decimal
from typing import Final

from suyuan.chassis.database import tx
from suyuan.kernel.faults import Fault
from suyuan.production.api import demand, orders, products
from suyuan.production.contracts import demand_faults as faults
from suyuan.production.contracts import order_faults
from suyuan.production.contracts.demand import (
    DemandBatch,
    DemandBatching,
    DemandCovered,
    DemandPlan,
    DemandRow,
    DemandShare,
    DemandUse,
)
from suyuan.production.contracts.orders import OrderKind, WorkOrder
from suyuan.production.domain.demand import Batch, FreeOrder, Need, Plan, cover, free_of
from suyuan.production.store import demand as store
from suyuan.production.store import orders as all_orders

_ZONE: Final = timezone(timedelta(hours=8))
"""Days end as those of tables of orders do."""
_BEGUN: Final = frozenset({"started", "paused"})
MOST_LINES: Final = 500


@dataclass(frozen=True, slots=True)
class Covering:
    """How lines are to be covered. ``multiple``: new orders are rounded up to it; ``use_free``: what open orders make
    that is not bound comes first; ``prefix``: what the numbers of new orders begin with.
    """

    lines: Sequence[int]
    by: DemandBatching = "due"
    multiple: Decimal | None = None
    use_free: bool = True
    prefix: str = "SD"
    kind: OrderKind = "serial"


def plan(asked: Covering) -> DemandPlan:
    """Return what would cover lines; nothing is changed.

    :raises Fault: ``chassis.not_found``, ``production.demand_cancelled``, ``production.demand_covered``.
    """
    rows, made = _plan(asked)
    return _told(rows, made)


def make(asked: Covering) -> DemandCovered:
    """Cover lines: bind what open orders make, and make drafts for the rest, all or nothing.

    :raises Fault: as :func:`plan`, and ``production.order_no_route``.
    """
    store.lock(asked.lines)
    rows, made = _plan(asked, lock=True)
    by_id = {row.demand.id: row for row in rows}
    for order_id, line, quantity in made.used:
        store.bind(line, order_id, quantity)
    done = []
    for batch in made.batches:
        order = _order(asked, batch, [by_id[line] for line, _ in batch.shares])
        for line, quantity in batch.shares:
            store.bind(line, order.id, quantity)
        done.append(order)
    return DemandCovered(_told(rows, made), done)


def _plan(asked: Covering, *, lock: bool = False) -> tuple[list[DemandRow], Plan]:
    if asked.multiple is not None and not 0 < asked.multiple < Decimal("1e15"):
        raise faults.VALUE_WRONG(at="/multiple", field="multiple", given=asked.multiple, why="> 0")
    rows = demand.rows_of(list(dict.fromkeys(asked.lines)), demand.WRITE)
    for row in rows:
        line = row.demand
        if row.state != "open":
            kind = faults.CANCELLED if row.state == "cancelled" else faults.COVERED
            raise kind(at="/lines", order=line.customer_order, line=line.line)
    needs = [_need(row) for row in rows]
    free = _free(sorted({each.product for each in needs}), lock=lock) if asked.use_free else []
    return rows, cover(needs, free, asked.by, asked.multiple)


def _need(row: DemandRow) -> Need:
    line = row.demand
    return Need(line.id, line.product, line.unit, line.site_id, line.due, row.open)


def _free(wanted: Sequence[str], *, lock: bool) -> list[FreeOrder]:
    reached = tx().principal.sites_for(demand.WRITE)
    found = []
    sites = None if reached is None else sorted(reached)
    if lock:
        for order_id in sorted(store.free_orders(wanted, sites)):
            all_orders.found(order_id, lock=True)
    for order_id, bound in store.free_orders(wanted, sites).items():
        order = all_orders.found(order_id)
        if order is None or order.due is None:
            continue
        made = products.made_of(order) if order.state in _BEGUN else Decimal(0)
        left = free_of(order.quantity, bound, made)
        if left > 0:
            due = order.due.astimezone(_ZONE).date()
            found.append(FreeOrder(order.id, order.product, order.unit, order.site_id, due, left))
    return found


def _order(asked: Covering, batch: Batch, rows: Sequence[DemandRow]) -> WorkOrder:
    customers = dict.fromkeys(row.demand.customer for row in rows)
    sold = ", ".join(dict.fromkeys(row.demand.customer_order for row in rows))
    made = orders.add({
        "number": _number(asked.prefix, batch.due), "product": batch.product, "quantity": batch.quantity,
        "unit": batch.unit, "kind": asked.kind, "due": batch.due.isoformat(), "site_id": batch.site,
        "customer": ", ".join(customers)[:200], "sales_order": sold[:200],
    })  # fmt: skip
    try:
        products.pin(made)
    except Fault as fault:  # of several routes the planner chooses one on the order
        if fault.kind is not order_faults.ROUTE_CHOICE:
            raise Fault(fault.kind, "/lines", fault.params) from None
    return made


def _number(prefix: str, due: date) -> str:
    """Return the first number of that day that is not taken."""
    stem = f"{prefix.strip()}-{due:%y%m%d}"
    count = 1
    while all_orders.by_number(f"{stem}-{count:02}") is not None:
        count += 1
    return f"{stem}-{count:02}"


def _told(rows: Sequence[DemandRow], made: Plan) -> DemandPlan:
    by_id = {row.demand.id: row for row in rows}
    by_product = {row.demand.product: row for row in rows}

    def share(line: int, quantity: Decimal) -> DemandShare:
        known = by_id[line].demand
        return DemandShare(line, known.customer_order, known.line, known.customer, quantity)

    used: dict[int, list[DemandShare]] = {}
    for order_id, line, quantity in made.used:
        used.setdefault(order_id, []).append(share(line, quantity))
    uses = []
    for order_id, shares in used.items():
        order = all_orders.found(order_id)
        if order is not None:
            uses.append(DemandUse(order_id, order.number, order.product, shares))
    batches = []
    for batch in made.batches:
        row = by_product[batch.product]
        spare = batch.quantity - sum((quantity for _, quantity in batch.shares), Decimal(0))
        batches.append(DemandBatch(
            batch.product, row.product_zh, row.product_en, batch.unit, batch.due, batch.site, batch.quantity, spare,
            [share(line, quantity) for line, quantity in batch.shares],
        ))  # fmt: skip
    return DemandPlan(uses, batches)
