"""Counting lookups in one place, whichever worker answers them."""

from __future__ import annotations

import hashlib

from suyuan.chassis.database import named_sql, tx, without_tenant


def count(visitor: str, limit: int, now: float | None = None) -> bool:
    """Count one lookup of a visitor at ``now`` (seconds; None: the database's clock); False where it is one too many.

    One statement: two workers that ask at once wait for each other at the visitor's row, so no lookup is lost.
    """
    values = {"visitor": hashlib.sha256(visitor.encode()).digest(), "limit": limit, "now": now}
    with without_tenant() as connection:
        return (
            connection.execute(named_sql(__package__, "count_visit.sql"), values, prepare=True).fetchone() is not None
        )


def forget() -> int:
    """Forget, in the open transaction, the lookups that no longer count; return how many visitors."""
    return (
        tx()
        .execute("DELETE FROM portal_visit WHERE minute < floor(extract(epoch FROM clock_timestamp()) / 60) - 1")
        .rowcount
    )
