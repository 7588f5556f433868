"""What becomes of demand when the work orders that cover it change: nothing bound is lost, nothing is bound twice."""

from __future__ import annotations

from decimal import Decimal

from suyuan.production.api import products
from suyuan.production.contracts import demand_faults as faults
from suyuan.production.contracts.orders import WorkOrder
from suyuan.production.domain.demand import allotted
from suyuan.production.store import demand as store


def require_unbound(order: WorkOrder) -> None:
    """Refuse to make something else on an order that demand waits for.

    :raises Fault: ``production.demand_order_bound``.
    """
    bound = [each for each, _, _ in store.covers(orders=[order.id])]
    if bound:
        rows, _ = store.listed(ids=bound, limit=5)
        told = ", ".join(f"{line.customer_order}/{line.line}" for line, _, _ in rows)
        raise faults.ORDER_BOUND(at="/product", number=order.number, orders=told)


def split(order_id: int, stays: Decimal, child_id: int) -> None:
    """Let what an order can no longer make follow to the order that was split off."""
    _reduce(order_id, stays, child_id)


def settle(order: WorkOrder) -> None:
    """Leave lines bound to what was made of an order that is closed; the rest of them is open again."""
    if store.covers(orders=[order.id]):
        _reduce(order.id, products.made_of(order), None)


def _reduce(order_id: int, amount: Decimal, into: int | None) -> None:
    bound = [(demand, cover.bound) for demand, _, cover in store.covers(orders=[order_id])]
    kept = allotted(amount, [quantity for _, quantity in bound])
    for (demand, quantity), left in zip(bound, kept, strict=True):
        if left == quantity:
            continue
        store.keep(demand, order_id, left)
        if into is not None:
            store.bind(demand, into, quantity - left)


def merge(target_id: int, other_id: int) -> None:
    """Let what is bound to an order follow into the one that takes it in."""
    for demand, _, cover in store.covers(orders=[other_id]):
        store.keep(demand, other_id, Decimal(0))
        store.bind(demand, target_id, cover.bound)
