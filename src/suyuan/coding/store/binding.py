"""Packing specifications, and the locks that keep two scanners from packing one thing twice."""

from __future__ import annotations

from collections.abc import Iterable

from suyuan.chassis.database import tx
from suyuan.coding.contracts.binding import PackingSpec

_COLUMNS = "id, child, capacity, mixed"


def lock_items(uris: Iterable[str]) -> None:
    """Wait until no other transaction binds any of these items; held until this one ends."""
    tenant = tx().principal.tenant_id
    tx().execute(
        "SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashtextextended(uri, %s) AS key"
        " FROM unnest(%s::text[]) AS given (uri) ORDER BY key) AS keys",
        (tenant, list(uris)),
    )


def specs() -> list[PackingSpec]:
    """Return every packing specification, by what it is for."""
    rows = tx().execute(
        f"SELECT {_COLUMNS} FROM coding_pack_spec WHERE tenant_id = %s ORDER BY child", (tx().principal.tenant_id,)
    )
    return [PackingSpec(*row) for row in rows]


def add_spec(child: str, capacity: int, mixed: bool) -> PackingSpec | None:
    """Add a specification; None where there is one for ``child``."""
    row = tx().execute(
        "INSERT INTO coding_pack_spec (tenant_id, child, capacity, mixed) VALUES (%s, %s, %s, %s)"
        f" ON CONFLICT (tenant_id, child) DO NOTHING RETURNING {_COLUMNS}",
        (tx().principal.tenant_id, child, capacity, mixed),
    ).fetchone()  # fmt: skip
    return PackingSpec(*row) if row else None


def change_spec(number: int, capacity: int, mixed: bool) -> PackingSpec | None:
    """Change a specification; None where there is none of this number."""
    row = tx().execute(
        f"UPDATE coding_pack_spec SET capacity = %s, mixed = %s WHERE tenant_id = %s AND id = %s RETURNING {_COLUMNS}",
        (capacity, mixed, tx().principal.tenant_id, number),
    ).fetchone()  # fmt: skip
    return PackingSpec(*row) if row else None


def remove_spec(number: int) -> bool:
    """Remove a specification; tell whether there was one."""
    done = tx().execute(
        "DELETE FROM coding_pack_spec WHERE tenant_id = %s AND id = %s", (tx().principal.tenant_id, number)
    )
    return done.rowcount > 0
