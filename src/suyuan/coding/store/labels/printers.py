"""Printers: rows in, rows out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from psycopg import sql

from suyuan.chassis.database import named_sql, tx
from suyuan.coding.contracts.labels import Printer

COLUMNS: Final = (
    "code", "name", "site_id", "language", "dpi", "connection", "host", "port", "width_mm", "media", "darkness",
    "speed", "pictures", "answers", "active",
)  # fmt: skip


def printers(printer_id: int | None = None) -> list[Printer]:
    """Return the printers, those in use first; or the one with a number."""
    rows = tx().rows(
        named_sql(__package__, "list_printers.sql"), {"tenant": tx().principal.tenant_id, "id": printer_id}
    )
    return [Printer(*row) for row in rows]


def insert(values: Mapping[str, Any]) -> int | None:
    """Add a printer and return its number; None where the code is taken."""
    names = [name for name in COLUMNS if name in values]
    statement = sql.SQL(
        "INSERT INTO coding_printer (tenant_id, {}) VALUES ({}) ON CONFLICT (tenant_id, code) DO NOTHING RETURNING id"
    ).format(
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(sql.Placeholder() for _ in range(len(names) + 1)),
    )
    given = (tx().principal.tenant_id, *(values[name] for name in names))
    number: int | None = tx().value(statement.as_string(tx().connection), given)
    return number


def update(printer_id: int, values: Mapping[str, Any]) -> None:
    """Change what is named of a printer."""
    names = [name for name in COLUMNS if name in values]
    if not names:
        return
    settings = sql.SQL(", ").join(sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder()) for name in names)
    statement = sql.SQL("UPDATE coding_printer SET {} WHERE tenant_id = {} AND id = {}").format(
        settings, sql.Placeholder(), sql.Placeholder()
    )
    given = (*(values[name] for name in names), tx().principal.tenant_id, printer_id)
    tx().execute(statement.as_string(tx().connection), given)


def code_taken(code: str, printer_id: int) -> bool:
    """Tell whether another printer has this code."""
    return bool(
        tx().value(
            "SELECT EXISTS (SELECT FROM coding_printer WHERE tenant_id = %s AND code = %s AND id <> %s)",
            (tx().principal.tenant_id, code, printer_id),
        )
    )


def with_work() -> list[int]:
    """Return the printers whose jobs are due, or were being sent."""
    rows = tx().rows(
        "SELECT DISTINCT printer_id FROM coding_print_job WHERE tenant_id = %s"
        " AND (state = 'sending' OR (state = 'queued' AND due <= clock_timestamp()))",
        (tx().principal.tenant_id,),
    )
    return [row[0] for row in rows]


def lock(printer_id: int) -> None:
    """Let nobody else claim jobs of this printer until the transaction ends."""
    tx().execute(
        "SELECT FROM coding_printer WHERE tenant_id = %s AND id = %s FOR UPDATE", (tx().principal.tenant_id, printer_id)
    )
