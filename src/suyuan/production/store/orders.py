"""Rows of work orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import msgspec
from psycopg import sql
from psycopg.types.json import Jsonb

from suyuan.chassis.database import named_sql, tx
from suyuan.kernel.disclosure import PARTIES, sees
from suyuan.production.contracts.orders import WorkOrder
from suyuan.trace.contracts.facts import HELD_DISPOSITIONS

COLUMNS: Final = tuple(each.name for each in fields(WorkOrder))
_COLUMNS: Final = sql.SQL(", ").join(sql.Identifier("o", name) for name in COLUMNS)
_BY_NUMBER: Final = sql.SQL("o.number DESC")
ORDERS: Final[Mapping[str, sql.Composable]] = {
    "number": sql.SQL("o.number"), "-number": _BY_NUMBER,
    "due": sql.SQL("o.due NULLS LAST, o.priority, o.number"), "-due": sql.SQL("o.due DESC NULLS LAST, o.number"),
    "priority": sql.SQL("o.priority, o.due NULLS LAST, o.number"), "-priority": sql.SQL("o.priority DESC, o.number"),
    "created": sql.SQL("o.id"), "-created": sql.SQL("o.id DESC"),
}  # fmt: skip
"""Ways in which a list can be sorted."""


def _made(row: Sequence[Any]) -> WorkOrder:
    *values, extra = row
    decoded = msgspec.json.decode(extra) if isinstance(extra, str | bytes) else extra
    return WorkOrder(*[*values, decoded])


def listed(
    *, states: Sequence[str] | None, search: str | None, product: str | None, sites: Sequence[int] | None, sort: str,
    limit: int, offset: int,
) -> tuple[list[WorkOrder], int]:  # fmt: skip
    """Return a page of orders, and how many there are."""
    text = sql.SQL(named_sql(__package__, "list_orders.sql")).format(columns=_COLUMNS, order=ORDERS[sort])
    rows = tx().rows(
        text.as_string(tx().connection),
        {
            "tenant": tx().principal.tenant_id, "states": list(states) if states is not None else None,
            "search": f"%{search}%" if search else None, "product": product, "customers": sees(tx().principal, PARTIES),
            "sites": list(sites) if sites is not None else None, "limit": limit, "offset": offset,
        },
    )  # fmt: skip
    return [_made(row[:-1]) for row in rows], rows[0][-1] if rows else 0


def _where(condition: str, value: object, *, lock: bool = False) -> list[WorkOrder]:
    text = sql.SQL("SELECT {} FROM production_order o WHERE o.tenant_id = %s AND {} = %s ORDER BY o.id").format(
        _COLUMNS, sql.Identifier("o", condition)
    ) + sql.SQL(" FOR UPDATE" if lock else "")
    return [_made(row) for row in tx().rows(text.as_string(tx().connection), (tx().principal.tenant_id, value))]


def found(order_id: int, *, lock: bool = False) -> WorkOrder | None:
    """Return an order; with ``lock``, nobody else changes it until the transaction ends."""
    return next(iter(_where("id", order_id, lock=lock)), None)


def by_uri(uri: str) -> WorkOrder | None:
    """Return the order that a URI names."""
    return next(iter(_where("uri", uri)), None)


def by_number(number: str) -> WorkOrder | None:
    """Return the order that has a number."""
    return next(iter(_where("number", number)), None)


def children(order_id: int) -> list[WorkOrder]:
    """Return the orders split off from one."""
    return _where("parent_id", order_id)


def insert(values: Mapping[str, Any]) -> int | None:
    """Add an order and return its id; None where number or URI is taken."""
    names = [name for name in COLUMNS if name in values]
    text = sql.SQL(
        "INSERT INTO production_order (tenant_id, {}) VALUES ({}) ON CONFLICT DO NOTHING RETURNING id"
    ).format(sql.SQL(", ").join(map(sql.Identifier, names)), sql.SQL(", ").join(sql.Placeholder() * (len(names) + 1)))
    given = (tx().principal.tenant_id, *(_given(name, values[name]) for name in names))
    made: int | None = tx().value(text.as_string(tx().connection), given)
    return made


def update(order_id: int, values: Mapping[str, Any]) -> None:
    """Change what is named of an order."""
    names = [name for name in COLUMNS if name in values]
    text = sql.SQL("UPDATE production_order SET {} WHERE tenant_id = %s AND id = %s").format(
        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in names)
    )
    given = (*(_given(name, values[name]) for name in names), tx().principal.tenant_id, order_id)
    tx().execute(text.as_string(tx().connection), given)


def _given(name: str, value: object) -> object:
    return Jsonb(value) if name == "extra" else value


def now() -> datetime:
    """Return the database's time."""
    given: datetime = tx().value("SELECT clock_timestamp()")
    return given


def counts(uri: str, products: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return (step, place, node, disposition, items, last) of what was done on an order."""
    keys = {"tenant": tx().principal.tenant_id, "uri": uri, "products": list(products)}
    return tx().rows(named_sql(__package__, "order_counts.sql"), keys)


def made_amount(uri: str, product: str) -> Decimal:
    """Return how much of a product came out of an order's events, by the quantities of its lots."""
    keys = {"tenant": tx().principal.tenant_id, "uri": uri, "product": product}
    return Decimal(tx().value(named_sql(__package__, "order_made.sql"), keys) or 0)


def scrapped(uri: str, products: Sequence[str]) -> int:
    """Return how many items of an order were scrapped."""
    keys = {"tenant": tx().principal.tenant_id, "uri": uri, "products": list(products)}
    return int(tx().value(named_sql(__package__, "order_scrapped.sql"), keys) or 0)


def used(uri: str) -> dict[str, Decimal]:
    """Return what went into an order by material."""
    rows = tx().rows(
        "SELECT material, quantity FROM production_order_use WHERE tenant_id = %s AND order_uri = %s",
        (tx().principal.tenant_id, uri),
    )
    return dict(rows)


def on_hand(materials: Sequence[str]) -> dict[str, Decimal]:
    """Return what is on hand, not held, of materials."""
    keys = {"tenant": tx().principal.tenant_id, "materials": list(materials), "held": sorted(HELD_DISPOSITIONS)}
    return {row[0]: Decimal(row[1]) for row in tx().rows(named_sql(__package__, "on_hand.sql"), keys)}
