"""What stations are told of open orders and of who may do what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from suyuan.chassis.database import named_sql, tx


def open_orders(sites: Sequence[int] | None, limit: int) -> list[tuple[Any, ...]]:
    """Return the orders that can be worked on, the most urgent first (columns: floor_orders.sql)."""
    keys = {
        "tenant": tx().principal.tenant_id, "limit": limit, "sites": None if sites is None else list(sites),
    }  # fmt: skip
    return tx().execute(named_sql(__package__, "floor_orders.sql"), keys, prepare=True).fetchall()


def holders(codes: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return (person, code, first day, last day) of these qualifications, those that ended left out."""
    return tx().rows(
        "SELECT h.person, q.code, h.valid_from, h.valid_to FROM production_qualified h"
        " JOIN production_qualification q ON q.id = h.qualification_id WHERE h.tenant_id = %s AND q.code = ANY (%s)"
        " AND coalesce(h.valid_to, 'infinity') >= current_date - 1 ORDER BY 1, 2",
        (tx().principal.tenant_id, list(codes)),
    )


def in_work(orders: Sequence[str], limit: int) -> list[str]:
    """Return the URIs of items in work on these orders, those that moved last first."""
    rows = tx().rows(
        "SELECT i.uri FROM production_wip w JOIN trace_item i ON i.id = w.item_id"
        " WHERE w.tenant_id = %s AND w.work_order = ANY (%s) ORDER BY w.since DESC LIMIT %s",
        (tx().principal.tenant_id, list(orders), limit),
    )
    return [row[0] for row in rows]


def machines() -> list[tuple[Any, ...]]:
    """Return (URI, class, all it stands in, whether a tool, last day of calibration) of machines and tools in use."""
    return tx().rows(named_sql(__package__, "floor_machines.sql"), {"tenant": tx().principal.tenant_id})
