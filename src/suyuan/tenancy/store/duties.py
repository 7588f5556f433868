"""Separation of duties in the database."""

from __future__ import annotations

from datetime import datetime

from suyuan.chassis.database import tx


def are_separated() -> bool:
    """Tell whether the open transaction's tenant separates duties."""
    found = tx().rows("SELECT separate_duties FROM tenancy_policy WHERE tenant_id = %s", (tx().principal.tenant_id,))
    return bool(found and found[0][0])


def pending() -> tuple[bool, int, str, datetime] | None:
    """Return what was asked in the last 24 hours: what is wanted, by whom (number, name), when."""
    rows = tx().rows(
        "SELECT p.duties_wanted, p.duties_asked_by, u.name, p.duties_asked FROM tenancy_policy p"
        " JOIN tenancy_user u ON u.id = p.duties_asked_by"
        " WHERE p.tenant_id = %s AND p.duties_asked > clock_timestamp() - interval '24 hours'",
        (tx().principal.tenant_id,),
    )
    return (rows[0][0], rows[0][1], rows[0][2], rows[0][3]) if rows else None


def keep_asked(wanted: bool, by: int) -> None:
    """Keep that somebody asks for the switch."""
    tx().execute(
        "INSERT INTO tenancy_policy (tenant_id, duties_wanted, duties_asked_by, duties_asked)"
        " VALUES (%s, %s, %s, clock_timestamp()) ON CONFLICT (tenant_id) DO UPDATE SET"
        " duties_wanted = excluded.duties_wanted, duties_asked_by = excluded.duties_asked_by,"
        " duties_asked = excluded.duties_asked",
        (tx().principal.tenant_id, wanted, by),
    )


def forget_asked() -> None:
    """Forget what was asked."""
    tx().execute(
        "UPDATE tenancy_policy SET duties_wanted = NULL, duties_asked_by = NULL, duties_asked = NULL"
        " WHERE tenant_id = %s",
        (tx().principal.tenant_id,),
    )


def switch(separated: bool) -> None:
    """Separate duties, or no longer."""
    tx().execute(
        "UPDATE tenancy_policy SET separate_duties = %s WHERE tenant_id = %s", (separated, tx().principal.tenant_id)
    )


def people_with_duties(duties: list[str]) -> list[tuple[int, str, list[str]]]:
    """Return active people who hold any of these rights, with those they hold."""
    rows = tx().rows(
        "SELECT u.id, u.name, array_agg(DISTINCT held) FROM tenancy_user u JOIN tenancy_grant g ON g.user_id = u.id"
        " JOIN tenancy_role r ON r.id = g.role_id CROSS JOIN LATERAL unnest(r.permissions) AS held"
        " WHERE u.tenant_id = %s AND u.active AND held = ANY (%s) GROUP BY u.id, u.name ORDER BY u.id",
        (tx().principal.tenant_id, duties),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def roles_with_duties() -> list[tuple[int, str, list[str]]]:
    """Return every role, with its rights."""
    rows = tx().rows(
        "SELECT id, name_zh, permissions FROM tenancy_role WHERE tenant_id = %s ORDER BY id",
        (tx().principal.tenant_id,),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def tokens_with_duties() -> list[tuple[int, str, list[str]]]:
    """Return every token that still opens something, with its rights."""
    rows = tx().rows(
        "SELECT id, name, permissions FROM tenancy_token WHERE tenant_id = %s AND revoked IS NULL"
        " AND (expires IS NULL OR expires > clock_timestamp()) ORDER BY id",
        (tx().principal.tenant_id,),
    )
    return [(row[0], row[1], row[2]) for row in rows]
