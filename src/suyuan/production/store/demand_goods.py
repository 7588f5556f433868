"""Finished goods: what is there of them, and what of that is promised to lines of sales demand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from suyuan.chassis.database import named_sql, tx
from suyuan.production.domain.finished import KEPT_BACK, SENT, Finished, Promised


def lock() -> None:
    """Keep others from promising goods until the transaction ends."""
    tx().execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('production finished goods', %s))", (tx().principal.tenant_id,)
    )


def finished(products: Sequence[str], most: int) -> list[tuple[Finished, Decimal]]:
    """Return the goods that are there, each with how many of its units are promised; ``most``: units named of each."""
    keys = {
        "tenant": tx().principal.tenant_id, "products": list(products), "most": most, "sent": sorted(SENT),
        "kept": sorted(KEPT_BACK),
    }  # fmt: skip
    rows = tx().rows(named_sql(__package__, "finished_stock.sql"), keys)
    return [(Finished(*row[:10], *row[11:13]), Decimal(row[10])) for row in rows]


def promised(products: Sequence[str]) -> list[Promised]:
    """Return what of goods is promised to lines."""
    keys = {"tenant": tx().principal.tenant_id, "products": list(products)}
    return [Promised(row[0], row[1], row[2], row[3], row[4]) for row in tx().rows(
        named_sql(__package__, "promised_stock.sql"), keys
    )]  # fmt: skip


def bound_orders(uris: Sequence[str]) -> list[tuple[int, str, Decimal]]:
    """Return (number, URI, what is bound to lines) of those of these orders of which anything is."""
    rows = tx().rows(
        "SELECT o.id, o.uri, sum(c.quantity) FROM production_order o JOIN production_demand_cover c"
        " ON c.tenant_id = o.tenant_id AND c.order_id = o.id WHERE o.tenant_id = %s AND o.uri = ANY (%s)"
        " GROUP BY o.id, o.uri",
        (tx().principal.tenant_id, list(uris)),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def bind(demand_id: int, items: Sequence[tuple[int, Decimal]]) -> None:
    """Promise something more of items to a line."""
    tx().execute(
        "INSERT INTO production_demand_stock (tenant_id, demand_id, item_id, quantity)"
        " SELECT %s, %s, i, q FROM unnest(%s::bigint[], %s::numeric[]) AS g (i, q)"
        " ON CONFLICT (demand_id, item_id, tenant_id)"
        " DO UPDATE SET quantity = production_demand_stock.quantity + excluded.quantity",
        (tx().principal.tenant_id, demand_id, [item for item, _ in items], [quantity for _, quantity in items]),
    )


def give_free(demand_id: int) -> bool:
    """Promise nothing in store to a line any more; return whether anything was."""
    return bool(
        tx()
        .execute(
            "DELETE FROM production_demand_stock WHERE tenant_id = %s AND demand_id = %s",
            (tx().principal.tenant_id, demand_id),
        )
        .rowcount
    )
