"""What past entries tell: their quality, and entries to try a node on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from suyuan.chassis.database import named_sql, tx


@dataclass(frozen=True, slots=True)
class Teams:
    """What teams are called: by the URIs of persons, and by the names of those who sent what names no such person."""

    persons: Mapping[str, str] = field(default_factory=dict)
    senders: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, list[str]]:
        """Return both as columns."""
        return {
            "persons": list(self.persons), "person_teams": list(self.persons.values()),
            "senders": list(self.senders), "sender_teams": list(self.senders.values()),
        }  # fmt: skip


def quality(
    by: str, since: datetime, until: datetime, sites: Sequence[int] | None, teams: Teams
) -> list[tuple[Any, ...]]:
    """Return the rows of quality.sql."""
    values = {
        "tenant": tx().principal.tenant_id, "by": by, "since": since, "until": until,
        "sites": None if sites is None else list(sites), **teams.values(),
    }  # fmt: skip
    return tx().rows(named_sql(__package__, "quality.sql"), values)


def months(since: datetime, sites: Sequence[int] | None) -> list[tuple[Any, ...]]:
    """Return (month, entries, by hand or other means, late, corrected, refused), oldest first."""
    values = {"tenant": tx().principal.tenant_id, "since": since, "sites": None if sites is None else list(sites)}
    return tx().rows(named_sql(__package__, "quality_months.sql"), values)


def entries(
    by: str, key: str | None, what: str, since: datetime, until: datetime, sites: Sequence[int] | None,
    teams: Teams, limit: int,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Return the newest entries behind a figure."""
    values = {
        "tenant": tx().principal.tenant_id, "by": by, "key": key, "what": what, "since": since, "until": until,
        "sites": None if sites is None else list(sites), "limit": limit, **teams.values(),
    }  # fmt: skip
    return tx().rows(named_sql(__package__, "quality_entries.sql"), values)


def targets() -> tuple[Any, ...] | None:
    """Return the targets that were set: automatic, late, corrected, refused, points."""
    rows = tx().rows(
        "SELECT automatic, late, corrected, refused, points FROM capture_target WHERE tenant_id = %s",
        (tx().principal.tenant_id,),
    )
    return rows[0] if rows else None


def set_targets(automatic: int, late: int, corrected: int, refused: int, points: int) -> None:
    """Keep targets."""
    tx().execute(
        "INSERT INTO capture_target (tenant_id, automatic, late, corrected, refused, points)"
        " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (tenant_id) DO UPDATE SET automatic = excluded.automatic,"
        " late = excluded.late, corrected = excluded.corrected, refused = excluded.refused, points = excluded.points",
        (tx().principal.tenant_id, automatic, late, corrected, refused, points),
    )


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
