"""The record of exports."""

from __future__ import annotations

from suyuan.chassis.database import tx


def note_export(batch: int, first: int, last: int, kind: str) -> None:
    """Record that codes left the system."""
    current = tx()
    values = {
        "tenant": current.principal.tenant_id, "batch": batch, "first": first, "last": last, "format": kind,
        "by": current.principal.name, "via": current.principal.via, "request": current.request_id,
    }  # fmt: skip
    current.execute(
        "INSERT INTO coding_export (tenant_id, batch_id, first, last, format, by_name, via, request_id) VALUES"
        " (%(tenant)s, %(batch)s, %(first)s, %(last)s, %(format)s, %(by)s, %(via)s, %(request)s)",
        values,
    )
