"""Who has read which work instructions."""

from __future__ import annotations

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


def confirm(person: str, route: str, operation: str, revision: str) -> None:
    """Keep a confirmation; the first one stays."""
    tx().execute(
        "INSERT INTO production_instruction_read (tenant_id, person, route_key, operation, revision)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (tx().principal.tenant_id, person, route, operation, revision),
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


def readers(route: str, limit: int) -> list[tuple[str, str, str, datetime]]:
    """Return (person, operation, revision, time) of a route's confirmations, newest first."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in tx().rows(
            "SELECT person, operation, revision, time FROM production_instruction_read"
            " WHERE tenant_id = %s AND route_key = %s ORDER BY time DESC LIMIT %s",
            (tx().principal.tenant_id, route, limit),
        )
    ]
