"""Exports of the whole tenant: who asked, how far each is, and its file, which is kept for a day."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import psycopg

from suyuan.chassis.database import named_sql, savepoint, tx
from suyuan.chassis.settings import settings
from suyuan.compliance.contracts.transfers import EXPORT_UNDERWAY, Transfer

KEPT_SECONDS: Final = 86_400
SILENT_SECONDS: Final = 120
"""A worker that has said nothing of an export for so long is gone."""


def _tenant() -> int:
    return tx().principal.tenant_id


def file_of(number: int) -> Path:
    """Return where the file of an export is, or will be."""
    return settings().data / "run" / "tenant-exports" / str(_tenant()) / f"{number}.zip"


def make(reason: str) -> int:
    """Note that an export is wanted; return its number.

    :raises Fault: ``compliance.export_underway``.
    """
    query = "INSERT INTO compliance_export (tenant_id, asked_by, reason) VALUES (%s, %s, %s) RETURNING id"
    try:
        with savepoint():
            return int(tx().value(query, (_tenant(), tx().principal.name, reason)))
    except psycopg.errors.UniqueViolation as error:
        raise EXPORT_UNDERWAY() from error


def listed(number: int | None = None, limit: int = 50) -> Sequence[Transfer]:
    """Return exports, newest first; or the one of this number."""
    values = {"tenant": _tenant(), "number": number, "limit": limit}
    return [_transfer(row) for row in tx().rows(named_sql(__package__, "list_exports.sql"), values)]


def _transfer(row: Sequence[Any]) -> Transfer:
    number, state, *_ = row
    at_hand = state == "done" and file_of(number).is_file()
    return Transfer(*(*row, at_hand))


def change(number: int, *states: str, **values: Any) -> bool:  # noqa: ANN401 (values of any column)
    """Change an export that is in one of ``states``; tell whether it was."""
    columns = ", ".join(f"{name} = %({name})s" for name in values)
    changed = tx().execute(
        f"UPDATE compliance_export SET {columns} WHERE tenant_id = %(tenant)s AND id = %(number)s"
        " AND state = ANY (%(states)s)",
        {**values, "tenant": _tenant(), "number": number, "states": list(states)},
    )
    return changed.rowcount > 0


def note_progress(number: int, tables: int, of_tables: int, rows: int) -> None:
    """Say how far an export is."""
    tx().execute(
        "INSERT INTO compliance_export_progress (tenant_id, export_id, tables, of_tables, rows)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (tenant_id, export_id) DO UPDATE SET tables = excluded.tables,"
        " of_tables = excluded.of_tables, rows = excluded.rows, seen = clock_timestamp()",
        (_tenant(), number, tables, of_tables, rows),
    )


def abandoned() -> list[int]:
    """Return the exports that should be under way while nobody works on them."""
    query = (
        "SELECT e.id FROM compliance_export e LEFT JOIN compliance_export_progress p ON p.tenant_id = e.tenant_id"
        " AND p.export_id = e.id WHERE e.tenant_id = %s AND e.state IN ('waiting', 'running')"
        " AND coalesce(p.seen, e.asked) < clock_timestamp() - make_interval(secs => %s)"
    )
    return [row[0] for row in tx().rows(query, (_tenant(), SILENT_SECONDS))]


def forget_old() -> None:
    """Remove files that were kept for a day, and what broke off."""
    for file in file_of(0).parent.glob("*"):
        if time.time() - file.stat().st_mtime > KEPT_SECONDS:
            file.unlink(missing_ok=True)
