"""How strictly each execution check is set."""

from __future__ import annotations

from suyuan.chassis.database import tx


def levels() -> dict[str, str]:
    """Return what was set, by check."""
    return dict(
        tx().rows('SELECT "check", level FROM production_check_level WHERE tenant_id = %s', (tx().principal.tenant_id,))
    )


def put(check: str, level: str) -> None:
    """Set a check."""
    tx().execute(
        'INSERT INTO production_check_level (tenant_id, "check", level) VALUES (%s, %s, %s)'
        ' ON CONFLICT (tenant_id, "check") DO UPDATE SET level = excluded.level',
        (tx().principal.tenant_id, check, level),
    )
