"""What shortages are worked out from: open orders, what went into them, and all that is left of their materials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from suyuan.chassis.database import named_sql, tx
from suyuan.production.contracts.orders import OPEN_STATES, OrderState
from suyuan.trace.contracts.facts import HELD_DISPOSITIONS


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """An open order, as far as shortages go."""

    id: int
    number: str
    uri: str
    product: str
    quantity: Decimal
    state: OrderState
    due: datetime | None
    priority: int
    line: str | None
    customer: str
    sales_order: str
    bom_key: str | None
    bom_version: int | None
    site_id: int | None


def open_orders() -> list[OpenNeed]:
    """Return every order that is released and not completed, with the bill that was pinned."""
    rows = tx().rows(
        "SELECT id, number, uri, product, quantity, state, due, priority, line, customer, sales_order, bom_key,"
        " bom_version, site_id FROM production_order WHERE tenant_id = %s AND state = ANY (%s) AND bom_key IS NOT NULL",
        (tx().principal.tenant_id, list(OPEN_STATES)),
    )
    return [OpenNeed(*row) for row in rows]


def used() -> dict[tuple[str, str], Decimal]:
    """Return what went into the open orders, by order and material."""
    rows = tx().rows(
        "SELECT u.order_uri, u.material, u.quantity FROM production_order o"
        " JOIN production_order_use u ON u.tenant_id = o.tenant_id AND u.order_uri = o.uri"
        " WHERE o.tenant_id = %s AND o.state = ANY (%s) AND o.bom_key IS NOT NULL",
        (tx().principal.tenant_id, list(OPEN_STATES)),
    )
    return {(row[0], row[1]): row[2] for row in rows}


def units_of(materials: Sequence[str]) -> dict[str, Decimal]:
    """Return how many single parts of these materials are there, not held."""
    keys = {"tenant": tx().principal.tenant_id, "materials": list(materials), "held": sorted(HELD_DISPOSITIONS)}
    return {row[0]: Decimal(row[1]) for row in tx().rows(named_sql(__package__, "units_of.sql"), keys)}


def lots_left(materials: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return (material, item, URI, code, left, unit, disposition) of lots of which something is left, held or not."""
    keys = {"tenant": tx().principal.tenant_id, "materials": list(materials)}
    return tx().rows(named_sql(__package__, "lots_left.sql"), keys)
