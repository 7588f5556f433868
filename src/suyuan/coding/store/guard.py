"""The guard over counts that came back from a backup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from suyuan.chassis.database import tx

_MINE = "tenant_id = %(tenant)s"


@dataclass(frozen=True, slots=True)
class Guard:
    """The folder of marks that goes with the database, and what a count that begins now passes over."""

    folder: str
    skip: int


def _tenant() -> dict[str, Any]:
    return {"tenant": tx().principal.tenant_id}


def guard() -> Guard | None:
    """Return the tenant's guard, None where nothing was ever issued."""
    rows = tx().rows(
        f"SELECT folder, CASE WHEN skip_until > now() THEN skip ELSE 0 END FROM coding_guard WHERE {_MINE}", _tenant()
    )
    return Guard(rows[0][0], int(rows[0][1])) if rows else None


def set_guard(folder: str, skip: int, days: int) -> None:
    """Tie the database to a folder of marks; counts that begin within ``days`` pass over ``skip`` numbers."""
    values = {**_tenant(), "folder": folder, "skip": skip, "days": days}
    tx().execute(
        "INSERT INTO coding_guard AS g (tenant_id, folder, skip, skip_until)"
        " VALUES (%(tenant)s, %(folder)s, %(skip)s, now() + make_interval(days => %(days)s))"
        " ON CONFLICT (tenant_id) DO UPDATE SET folder = excluded.folder, skip = excluded.skip,"
        " skip_until = excluded.skip_until",
        values,
    )


def counters() -> list[tuple[int, str, str, int]]:
    """Return (space, fingerprint, scope, next) of every count, locked until the end of the transaction."""
    return [
        (int(row[0]), row[1], row[2], int(row[3]))
        for row in tx().rows(
            "SELECT c.space_id, s.fingerprint, c.scope, c.next FROM coding_counter c"
            " JOIN coding_space s ON s.id = c.space_id AND s.tenant_id = c.tenant_id"
            " WHERE c.tenant_id = %(tenant)s ORDER BY c.id FOR UPDATE OF c",
            _tenant(),
        )
    ]
