"""Who has read which work instructions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from suyuan.chassis.database import tx


def has_read(person: str, route: str, operation: str, revision: str) -> bool:
    """Tell whether somebody has confirmed to have read a revision."""
    return bool(
        tx().value(
            "SELECT EXISTS (SELECT FROM production_instruction_read WHERE tenant_id = %s AND person = %s"
            " AND route_key = %s AND operation = %s AND revision = %s)",
            (tx().principal.tenant_id, person, route, operation, revision),
        )
    )


def confirm(person: str, route: str, operation: str, revision: str, place: str | None, taken: datetime | None) -> None:
    """Keep a confirmation; the first one stays."""
    tx().execute(
        "INSERT INTO production_instruction_read (tenant_id, person, route_key, operation, revision, place, taken)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (tx().principal.tenant_id, person, route, operation, revision, place, taken),
    )


def read_by(person: str) -> list[tuple[str, str, str]]:
    """Return (route, operation, revision) of all that somebody has confirmed."""
    return [
        (row[0], row[1], row[2])
        for row in tx().rows(
            "SELECT route_key, operation, revision FROM production_instruction_read"
            " WHERE tenant_id = %s AND person = %s ORDER BY time",
            (tx().principal.tenant_id, person),
        )
    ]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A confirmation. ``taken``: when, by the device; None: when it arrived (``time``)."""

    person: str
    operation: str
    revision: str
    time: datetime
    place: str | None
    taken: datetime | None


def readers(route: str, limit: int, operation: str | None = None, revision: str | None = None) -> list[Confirmed]:
    """Return confirmations of a route, of an operation or of one revision, newest first."""
    rows = tx().rows(
        "SELECT person, operation, revision, time, place, taken FROM production_instruction_read WHERE tenant_id = %s"
        " AND route_key = %s AND (%s::text IS NULL OR operation = %s) AND (%s::text IS NULL OR revision = %s)"
        " ORDER BY time DESC LIMIT %s",
        (tx().principal.tenant_id, route, operation, operation, revision, revision, limit),
    )
    return [Confirmed(*row) for row in rows]


def counts() -> dict[tuple[str, str, str], int]:
    """Return how many confirmed each revision, by (route, operation, revision)."""
    rows = tx().rows(
        "SELECT route_key, operation, revision, count(*) FROM production_instruction_read WHERE tenant_id = %s"
        " GROUP BY route_key, operation, revision",
        (tx().principal.tenant_id,),
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows}
