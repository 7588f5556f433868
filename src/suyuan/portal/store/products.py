"""Keeping and finding public products."""

from __future__ import annotations

from typing import Any

import psycopg

from suyuan.chassis.database import named_sql, savepoint, tx, without_tenant


def products(product: str | None = None) -> list[tuple[Any, ...]]:
    """Return (product, published, brand zh and en, contact, origins, tenant's name) of all products, or of one."""
    values = {"tenant": tx().principal.tenant_id, "product": product}
    return tx().rows(named_sql(__package__, "products.sql"), values)


def keep(values: dict[str, Any]) -> bool:
    """Write one product's row; tell False where another tenant publishes the product."""
    try:
        with savepoint():
            tx().execute(named_sql(__package__, "upsert_product.sql"), {**values, "tenant": tx().principal.tenant_id})
    except psycopg.errors.UniqueViolation:
        return False
    return True


def publisher_of(product: str, item: str) -> int | None:
    """Return the tenant that has published the product and knows the item; asked without being any tenant."""
    with without_tenant() as connection:
        row = connection.execute("SELECT portal_publisher_of(%s, %s)", (product, item), prepare=True).fetchone()
    return row[0] if row else None
