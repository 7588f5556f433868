"""Refused entries, what was decided about them, and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from suyuan.chassis.database import named_sql, tx


def refused(
    *, reading: UUID | None = None, device: UUID | None = None, node: str | None = None, still_open: bool = False,
    sites: Sequence[int] | None = None, before: tuple[datetime, UUID] | None = None, limit: int = 50,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Return refused entries with what was decided about them, newest first."""
    values = {
        "tenant": tx().principal.tenant_id, "id": reading, "device": device, "node": node, "open": still_open,
        "sites": None if sites is None else list(sites), "limit": limit,
        "before": before[0] if before else None, "before_id": before[1] if before else None,
    }  # fmt: skip
    return tx().rows(named_sql(__package__, "list_refused.sql"), values)


def decide(reading: UUID, outcome: str, reason: str, replacement: UUID | None) -> bool:
    """Keep what was decided about a refused entry; tell whether nothing had been decided before."""
    done = tx().execute(
        "INSERT INTO capture_resolution (tenant_id, reading_id, outcome, reason, replacement, decided_by)"
        " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (tx().principal.tenant_id, reading, outcome, reason, replacement, tx().principal.name),
    )
    return done.rowcount > 0


def note_correction(event_ids: Sequence[str], reason: str, replacement: UUID | None) -> None:
    """Keep that these events were corrected."""
    tx().execute(
        "INSERT INTO capture_correction (tenant_id, event_id, reason, replacement, corrected_by)"
        " SELECT %s, id, %s, %s, %s FROM unnest(%s::text[]) AS given (id) ON CONFLICT DO NOTHING",
        (tx().principal.tenant_id, reason, replacement, tx().principal.name, list(event_ids)),
    )


def events_of_reading_with(event_id: str) -> list[str]:
    """Return the ids of all events of the entry that made this one; the event's own alone where none did."""
    rows = tx().rows(
        "SELECT r.event_ids FROM trace_document d JOIN trace_event e ON e.tenant_id = d.tenant_id"
        " AND e.number = d.event_number JOIN capture_reading r ON r.tenant_id = d.tenant_id"
        " AND r.id::text = d.reading ->> 'id' WHERE e.tenant_id = %s AND e.event_id = %s AND NOT e.declares_error",
        (tx().principal.tenant_id, event_id),
    )
    return list(rows[0][0]) if rows and event_id in rows[0][0] else [event_id]
