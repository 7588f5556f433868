"""What past entries tell: their quality, and entries to try a node on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from suyuan.chassis.database import named_sql, tx


def quality(by: str, since: datetime, until: datetime, sites: Sequence[int] | None) -> list[tuple[Any, ...]]:
    """Return the rows of quality.sql."""
    values = {
        "tenant": tx().principal.tenant_id, "by": by, "since": since, "until": until,
        "sites": None if sites is None else list(sites),
    }  # fmt: skip
    return tx().rows(named_sql(__package__, "quality.sql"), values)


def overridden(limit: int, sites: Sequence[int] | None) -> list[tuple[Any, ...]]:
    """Return (id, node, received, sent by, place, checks, entry) of entries that somebody let pass, newest first."""
    return tx().rows(
        "SELECT id, node, received, sent_by, place, overridden, reading::text FROM capture_reading"
        " WHERE tenant_id = %(tenant)s AND overridden <> '{}'"
        " AND (%(sites)s::bigint[] IS NULL OR site_id IS NULL OR site_id = ANY (%(sites)s))"
        " ORDER BY received DESC LIMIT %(limit)s",
        {"tenant": tx().principal.tenant_id, "sites": None if sites is None else list(sites), "limit": limit},
    )


def past_readings(node: str, days: int, sites: Sequence[int] | None, limit: int) -> list[tuple[Any, ...]]:
    """Return (entry, outcome, event ids) of a node's entries of the last days, oldest first, the newest ``limit``."""
    values = {
        "tenant": tx().principal.tenant_id, "node": node, "days": days, "limit": limit,
        "sites": None if sites is None else list(sites),
    }  # fmt: skip
    return tx().rows(named_sql(__package__, "past_readings.sql"), values)[::-1]
