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
