"""Rows of sales demand and of what covers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any, Final

from psycopg import sql

from suyuan.chassis.database import named_sql, tx
from suyuan.kernel.disclosure import PARTIES, sees
from suyuan.production.contracts.demand import DemandCover, DemandGoods, DemandLine, DemandState
from suyuan.production.domain.finished import SOLD
from suyuan.trace.contracts.facts import HELD_DISPOSITIONS

COLUMNS: Final = tuple(each.name for each in fields(DemandLine))
_COLUMNS: Final = sql.SQL(", ").join(sql.Identifier("d", name) for name in COLUMNS)
ORDERS: Final[Mapping[str, sql.Composable]] = {
    "due": sql.SQL("due, customer_order, line, id"), "-due": sql.SQL("due DESC, customer_order, line, id"),
    "order": sql.SQL("customer_order, line, id"), "-order": sql.SQL("customer_order DESC, line DESC, id"),
    "customer": sql.SQL("customer, due, id"), "-customer": sql.SQL("customer DESC, due, id"),
}  # fmt: skip
"""Ways in which a list can be sorted."""
Told = tuple[DemandLine, Decimal, DemandState]
"""A line, what covers it, its state."""


def listed(
    *, ids: Sequence[int] | None = None, states: Sequence[str] | None = None, search: str | None = None,
    product: str | None = None, sites: Sequence[int] | None = None, sort: str = "due", limit: int, offset: int = 0,
) -> tuple[list[Told], int]:  # fmt: skip
    """Return a page of lines with what covers them, and how many there are."""
    text = sql.SQL(named_sql(__package__, "list_demand.sql")).format(columns=_COLUMNS, order=ORDERS[sort])
    keys = {
        **_lost(), "tenant": tx().principal.tenant_id, "ids": _list(ids), "states": _list(states),
        "search": f"%{search}%" if search else None, "customers": sees(tx().principal, PARTIES),
        "product": product, "sites": _list(sites), "limit": limit,
        "offset": offset,
    }  # fmt: skip
    rows = tx().rows(text.as_string(tx().connection), keys)
    return [(DemandLine(*row[:-3]), row[-3], row[-2]) for row in rows], rows[0][-1] if rows else 0


def _lost() -> dict[str, list[str]]:
    """Return the dispositions of goods that are worth nothing to a line, and of those that reached somebody."""
    return {"lost": sorted(HELD_DISPOSITIONS), "sold": sorted(SOLD)}


def _list(given: Sequence[Any] | None) -> list[Any] | None:
    return None if given is None else list(given)


def covers(demands: Sequence[int] = (), orders: Sequence[int] = ()) -> list[tuple[int, int | None, DemandCover]]:
    """Return (line, the order's site, what covers it) of these lines and orders, lines that are due first first."""
    keys = {"tenant": tx().principal.tenant_id, "demands": list(demands), "orders": list(orders)}
    rows = tx().rows(named_sql(__package__, "demand_covers.sql"), keys)
    return [(row[0], row[10], DemandCover(*row[1:5], *row[6:9])) for row in rows]


def goods(demands: Sequence[int]) -> list[tuple[int, DemandGoods]]:
    """Return (line, finished goods that are promised to it)."""
    keys = {**_lost(), "tenant": tx().principal.tenant_id, "demands": list(demands)}
    rows = tx().rows(named_sql(__package__, "demand_stock_covers.sql"), keys)
    return [(row[0], DemandGoods(*row[1:])) for row in rows]


def lock(ids: Iterable[int]) -> list[int]:
    """Keep others from changing these lines until the transaction ends; return those that there are."""
    rows = tx().rows(
        "SELECT id FROM production_demand WHERE tenant_id = %s AND id = ANY (%s) ORDER BY id FOR UPDATE",
        (tx().principal.tenant_id, sorted(set(ids))),
    )
    return [row[0] for row in rows]


def numbered(customer_order: str, line: str) -> int | None:
    """Return the line of a customer's order."""
    found: int | None = tx().value(
        "SELECT id FROM production_demand WHERE tenant_id = %s AND customer_order = %s AND line = %s",
        (tx().principal.tenant_id, customer_order, line),
    )
    return found


def insert(values: Mapping[str, Any]) -> int | None:
    """Add a line and return its id; None where its number is taken."""
    names = [name for name in COLUMNS if name in values]
    text = sql.SQL(
        "INSERT INTO production_demand (tenant_id, {}) VALUES ({}) ON CONFLICT DO NOTHING RETURNING id"
    ).format(sql.SQL(", ").join(map(sql.Identifier, names)), sql.SQL(", ").join(sql.Placeholder() * (len(names) + 1)))
    made: int | None = tx().value(
        text.as_string(tx().connection), (tx().principal.tenant_id, *(values[name] for name in names))
    )
    return made


def update(demand_id: int, values: Mapping[str, Any]) -> None:
    """Change what is named of a line."""
    names = [name for name in COLUMNS if name in values]
    if not names:
        return
    text = sql.SQL("UPDATE production_demand SET {} WHERE tenant_id = %s AND id = %s").format(
        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in names)
    )
    given = (*(values[name] for name in names), tx().principal.tenant_id, demand_id)
    tx().execute(text.as_string(tx().connection), given)


def bind(demand_id: int, order_id: int, quantity: Decimal) -> None:
    """Bind something more of an order to a line."""
    tx().execute(
        "INSERT INTO production_demand_cover (tenant_id, demand_id, order_id, quantity) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (demand_id, order_id, tenant_id)"
        " DO UPDATE SET quantity = production_demand_cover.quantity + excluded.quantity",
        (tx().principal.tenant_id, demand_id, order_id, quantity),
    )


def keep(demand_id: int, order_id: int, quantity: Decimal) -> None:
    """Leave ``quantity`` of an order bound to a line; nothing: they are no longer bound."""
    key = (tx().principal.tenant_id, demand_id, order_id)
    if quantity > 0:
        tx().execute(
            "UPDATE production_demand_cover SET quantity = %s WHERE tenant_id = %s AND demand_id = %s"
            " AND order_id = %s",
            (quantity, *key),
        )
    else:
        tx().execute(
            "DELETE FROM production_demand_cover WHERE tenant_id = %s AND demand_id = %s AND order_id = %s", key
        )


def free_orders(products: Sequence[str], sites: Sequence[int] | None) -> dict[int, Decimal]:
    """Return what is bound of each open order of these products that makes more than that, due ones first."""
    keys = {"tenant": tx().principal.tenant_id, "products": list(products), "sites": _list(sites)}
    return dict(tx().rows(named_sql(__package__, "free_orders.sql"), keys))
