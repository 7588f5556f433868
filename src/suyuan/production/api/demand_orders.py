"""Work orders made of sales demand: what would cover lines, and covering them in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Final

from suyuan.chassis.database import tx
from suyuan.kernel.faults import Fault
from suyuan.production.api import demand, orders, products
from suyuan.production.api.demand_goods import Shelf, shelf
from suyuan.production.contracts import demand_faults as faults
from suyuan.production.contracts import order_faults
from suyuan.production.contracts.demand import (
    DemandBatch,
    DemandBatching,
    DemandCovered,
    DemandLinePlan,
    DemandPlan,
    DemandRow,
    DemandShare,
    DemandStock,
    DemandUse,
)
from suyuan.production.contracts.orders import OrderKind, WorkOrder
from suyuan.production.domain.demand import Batch, FreeOrder, LotSize, Need, Plan, cover, free_of
from suyuan.production.store import demand as store
from suyuan.production.store import orders as all_orders

_ZONE: Final = timezone(timedelta(hours=8))
"""Days end as those of tables of orders do."""
_BEGUN: Final = frozenset({"started", "paused"})
MOST_LINES: Final = 500


@dataclass(frozen=True, slots=True)
class Covering:
    """How lines are to be covered. ``use_stock``: finished goods that nobody was promised come first; ``use_free``:
    then what open orders make that is not bound. ``multiple``: new orders are rounded up to it, else to the lot size
    of the product's bill; ``prefix``: what the numbers of new orders begin with.
    """

    lines: Sequence[int]
    by: DemandBatching = "due"
    multiple: Decimal | None = None
    use_free: bool = True
    use_stock: bool = True
    prefix: str = "SD"
    kind: OrderKind = "serial"


@dataclass(frozen=True, slots=True)
class Planned:
    """Lines, the goods at hand, and what covers the lines."""

    rows: Sequence[DemandRow]
    shelf: Shelf
    plan: Plan
    size: Callable[[str], LotSize]

    def told(self) -> DemandPlan:
        """Return the plan as people read it."""
        return DemandPlan([*self._lines()], [*self._stock()], [*self._uses()], [*self._batches()])

    def _share(self, line: int, quantity: Decimal) -> DemandShare:
        known = next(row.demand for row in self.rows if row.demand.id == line)
        return DemandShare(line, known.customer_order, known.line, known.customer, quantity)

    def _lines(self) -> Iterator[DemandLinePlan]:
        from_stock = _summed((line, quantity) for _, line, quantity in self.plan.stocked)
        from_orders = _summed((line, quantity) for _, line, quantity in self.plan.used)
        from_new = _summed(share for batch in self.plan.batches for share in batch.shares)
        for row in self.rows:
            line = row.demand
            yield DemandLinePlan(
                line.id, line.customer_order, line.line, line.product, line.unit, line.due, row.open,
                *(parts.get(line.id, Decimal(0)) for parts in (from_stock, from_orders, from_new)),
            )  # fmt: skip

    def _stock(self) -> Iterator[DemandStock]:
        free = {each.key: each for each in self.shelf.free}
        taken: dict[int, list[DemandShare]] = {}
        for key, line, quantity in self.plan.stocked:
            taken.setdefault(key, []).append(self._share(line, quantity))
        for key, shares in taken.items():
            goods = self.shelf.goods[key]
            order = all_orders.by_uri(goods.order) if goods.order is not None else None
            yield DemandStock(
                goods.product, goods.kind, goods.code, goods.uri, order.number if order is not None else None,
                goods.place, free[key].expires, goods.here, free[key].quantity, shares,
            )  # fmt: skip

    def _uses(self) -> Iterator[DemandUse]:
        used: dict[int, list[DemandShare]] = {}
        for order_id, line, quantity in self.plan.used:
            used.setdefault(order_id, []).append(self._share(line, quantity))
        for order_id, shares in used.items():
            order = all_orders.found(order_id)
            if order is not None:
                yield DemandUse(order_id, order.number, order.product, shares)

    def _batches(self) -> Iterator[DemandBatch]:
        by_product = {row.demand.product: row for row in self.rows}
        for batch in self.plan.batches:
            row, size = by_product[batch.product], self.size(batch.product)
            spare = batch.quantity - sum((quantity for _, quantity in batch.shares), Decimal(0))
            yield DemandBatch(
                batch.product, row.product_zh, row.product_en, batch.unit, batch.due, batch.site, batch.quantity, spare,
                [self._share(line, quantity) for line, quantity in batch.shares], size.minimum, size.multiple,
            )  # fmt: skip


def _summed(parts: Iterable[tuple[int, Decimal]]) -> dict[int, Decimal]:
    total: dict[int, Decimal] = {}
    for line, quantity in parts:
        total[line] = total.get(line, Decimal(0)) + quantity
    return total


def plan(asked: Covering) -> DemandPlan:
    """Return what would cover lines; nothing is changed.

    :raises Fault: ``chassis.not_found``, ``production.demand_cancelled``, ``production.demand_covered``.
    """
    return _plan(asked).told()


def make(asked: Covering) -> DemandCovered:
    """Cover lines: promise what is in store, bind what open orders make, make drafts for the rest, all or nothing.

    :raises Fault: as :func:`plan`, and ``production.order_no_route``.
    """
    store.lock(asked.lines)
    planned = _plan(asked, lock=True)
    made = planned.plan
    by_id = {row.demand.id: row for row in planned.rows}
    told = planned.told()
    for key, line, quantity in made.stocked:
        planned.shelf.promise(key, line, quantity)
    for order_id, line, quantity in made.used:
        store.bind(line, order_id, quantity)
    done = []
    for batch in made.batches:
        order = _order(asked, batch, [by_id[line] for line, _ in batch.shares])
        for line, quantity in batch.shares:
            store.bind(line, order.id, quantity)
        done.append(order)
    return DemandCovered(told, done)


def _plan(asked: Covering, *, lock: bool = False) -> Planned:
    if asked.multiple is not None and not 0 < asked.multiple < Decimal("1e15"):
        raise faults.VALUE_WRONG(at="/multiple", field="multiple", given=asked.multiple, why="> 0")
    rows = demand.rows_of(list(dict.fromkeys(asked.lines)), demand.WRITE)
    for row in rows:
        line = row.demand
        if row.state != "open":
            kind = faults.CANCELLED if row.state == "cancelled" else faults.COVERED
            raise kind(at="/lines", order=line.customer_order, line=line.line)
    needs = [_need(row) for row in rows]
    wanted = sorted({each.product for each in needs})
    free = _free(wanted, lock=lock) if asked.use_free else []
    goods = Shelf((), ())
    if asked.use_stock:
        most = sum((each.quantity for each in needs), Decimal(0))
        goods = shelf(wanted, tx().principal.sites_for(demand.WRITE), most, lock=lock)

    def size(product: str) -> LotSize:
        known = products.lot_size(product)
        return LotSize(known.minimum, asked.multiple or known.multiple)

    return Planned(rows, goods, cover(needs, free, asked.by, cache(size), goods.free), size)


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
