"""Rows of andon calls and their kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from suyuan.chassis.database import named_sql, tx
from suyuan.production.contracts.andon import AndonCall, AndonCause, AndonKind, AndonLevel, NewCall


def _levels(kept: Any) -> tuple[AndonLevel, ...]:  # noqa: ANN401 (jsonb, as text or decoded)
    given = msgspec.json.decode(kept) if isinstance(kept, str | bytes) else kept
    return msgspec.convert(given, tuple[AndonLevel, ...])


def _told(levels: Sequence[AndonLevel]) -> Jsonb:
    return Jsonb(msgspec.to_builtins(levels))


def kinds(kind_id: int | None = None) -> list[AndonKind]:
    """Return every kind of call, or the one with a number."""
    rows = tx().rows(
        "SELECT id, code, name_zh, name_en, reason, levels, position, retired FROM production_andon_kind"
        " WHERE tenant_id = %s AND (%s::bigint IS NULL OR id = %s) ORDER BY retired, position, id",
        (tx().principal.tenant_id, kind_id, kind_id),
    )
    return [
        AndonKind(number, code, zh, en, reason, _levels(levels), position, retired)
        for number, code, zh, en, reason, levels, position, retired in rows
    ]


def insert_kind(values: Mapping[str, Any]) -> int | None:
    """Add a kind and return its number; None where its code is taken."""
    number: int | None = tx().value(
        "INSERT INTO production_andon_kind (tenant_id, code, name_zh, name_en, reason, levels, position)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
        (tx().principal.tenant_id, values["code"], values["name_zh"], values["name_en"], values["reason"],
         _told(values["levels"]), values.get("position", 0)),
    )  # fmt: skip
    return number


def update_kind(kind: AndonKind) -> None:
    """Keep a kind as it is given."""
    tx().execute(
        "UPDATE production_andon_kind SET name_zh = %s, name_en = %s, reason = %s, levels = %s, position = %s,"
        " retired = %s WHERE tenant_id = %s AND id = %s",
        (kind.name_zh, kind.name_en, kind.reason, _told(kind.levels), kind.position, kind.retired,
         tx().principal.tenant_id, kind.id),
    )  # fmt: skip


def insert(
    call: NewCall, kind: AndonKind, site: int | None, operation: tuple[str, str, str] | None, by: str
) -> datetime | None:  # fmt: skip
    """Keep a call and return when it was made; None where its id is taken."""
    found: datetime | None = tx().value(
        "INSERT INTO production_andon (id, tenant_id, kind_id, site_id, place, equipment, work_order, operation,"
        " operation_zh, operation_en, item, note, levels, called_by, called)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, coalesce(%s, clock_timestamp()))"
        " ON CONFLICT DO NOTHING RETURNING called",
        (call.id, tx().principal.tenant_id, kind.id, site, call.place, call.equipment, call.work_order,
         *(operation or (None, None, None)), call.item, call.note, _told(kind.levels), by, call.called),
    )  # fmt: skip
    return found


def calls(
    *, call_id: UUID | None = None, still_open: bool | None = None, kind: str | None = None,
    sites: Sequence[int] | None = None, before: tuple[datetime, UUID] | None = None, limit: int = 500,
) -> list[AndonCall]:  # fmt: skip
    """Return calls, newest first."""
    keys = {
        "tenant": tx().principal.tenant_id, "id": call_id, "open": still_open, "kind": kind, "limit": limit,
        "sites": None if sites is None else list(sites), "before": before[0] if before else None,
        "last": before[1] if before else None,
    }  # fmt: skip
    return [AndonCall(*row) for row in tx().rows(named_sql(__package__, "list_andon.sql"), keys)]


def lock(call_id: UUID) -> tuple[str, tuple[AndonLevel, ...], int, datetime, str] | None:
    """Take hold of a call: its state, levels, how many are behind, when it was called, and who last moved it."""
    row = tx().execute(
        "SELECT state, levels, reached, called, coalesce(ended_by, acknowledged_by, called_by) FROM production_andon"
        " WHERE tenant_id = %s AND id = %s FOR UPDATE",
        (tx().principal.tenant_id, call_id),
    ).fetchone()  # fmt: skip
    return None if row is None else (row[0], _levels(row[1]), row[2], row[3], row[4])


def due(now: datetime, limit: int) -> list[UUID]:
    """Return open calls whose next level is due, the longest due first, and take hold of them; others' are left out."""
    rows = tx().rows(
        "SELECT id FROM production_andon WHERE tenant_id = %s AND due <= %s AND state IN ('called', 'acknowledged')"
        " ORDER BY due LIMIT %s FOR UPDATE SKIP LOCKED",
        (tx().principal.tenant_id, now, limit),
    )
    return [row[0] for row in rows]


def climbed(call_id: UUID, reached: int, due_at: datetime | None) -> None:
    """Keep how far up a call has gone."""
    tx().execute(
        "UPDATE production_andon SET reached = %s, due = %s WHERE tenant_id = %s AND id = %s",
        (reached, due_at, tx().principal.tenant_id, call_id),
    )


def told(call_id: UUID, level: int, roles: Sequence[int], people: Sequence[int]) -> bool:
    """Note that a level was told; False where it was before."""
    done = tx().execute(
        "INSERT INTO production_andon_level (tenant_id, andon_id, level, roles, people) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (tx().principal.tenant_id, call_id, level, list(roles), list(people)),
    )
    return done.rowcount > 0


def levels_told(call_id: UUID) -> list[tuple[int, datetime, list[int], list[int]]]:
    """Return which levels of a call were told, in order."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in tx().rows(
            "SELECT level, time, roles, people FROM production_andon_level WHERE tenant_id = %s AND andon_id = %s"
            " ORDER BY level",
            (tx().principal.tenant_id, call_id),
        )
    ]


def acknowledge(call_id: UUID, by: str, at: datetime | None) -> None:
    """Note that somebody comes."""
    tx().execute(
        "UPDATE production_andon SET state = 'acknowledged', acknowledged = coalesce(%s, clock_timestamp()),"
        " acknowledged_by = %s"
        " WHERE tenant_id = %s AND id = %s",
        (at, by, tx().principal.tenant_id, call_id),
    )


def end(call_id: UUID, state: str, by: str, cause: str, remedy: str, at: datetime | None) -> None:
    """Close a call."""
    tx().execute(
        "UPDATE production_andon SET state = %s, ended = coalesce(%s, clock_timestamp()), ended_by = %s, cause = %s,"
        " remedy = %s, due = NULL WHERE tenant_id = %s AND id = %s",
        (state, at, by, cause, remedy, tx().principal.tenant_id, call_id),
    )


def measures(by: str, since: datetime, until: datetime, sites: Sequence[int] | None) -> list[tuple[Any, ...]]:
    """Return how calls went, by ``kind`` or ``station``; see ``andon_measures.sql``."""
    keys = {
        "tenant": tx().principal.tenant_id, "by": by, "since": since, "until": until,
        "sites": None if sites is None else list(sites),
    }  # fmt: skip
    return tx().rows(named_sql(__package__, "andon_measures.sql"), keys)


def causes(since: datetime, until: datetime, sites: Sequence[int] | None, limit: int) -> list[AndonCause]:
    """Return the causes given, those that took longest first."""
    rows = tx().rows(
        "SELECT cause, count(*), sum(extract(epoch FROM ended - called))::bigint FROM production_andon"
        " WHERE tenant_id = %s AND state = 'resolved' AND called >= %s AND called < %s"
        " AND (%s::bigint[] IS NULL OR site_id IS NULL OR site_id = ANY (%s)) GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT %s",
        (tx().principal.tenant_id, since, until, *([None if sites is None else list(sites)] * 2), limit),
    )
    return [AndonCause(row[0], row[1], int(row[2])) for row in rows]


def summary(since: datetime, sites: Sequence[int] | None) -> tuple[int, int, int | None, int | None]:
    """Return of the calls since then: how many, how many resolved, median seconds to the response and to the end."""
    row = tx().rows(
        "SELECT count(*), count(*) FILTER (WHERE state = 'resolved'),"
        " percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM coalesce(acknowledged, ended) - called)),"
        " percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended - called))"
        " FROM production_andon WHERE tenant_id = %s AND called >= %s AND state <> 'withdrawn'"
        " AND (%s::bigint[] IS NULL OR site_id IS NULL OR site_id = ANY (%s))",
        (tx().principal.tenant_id, since, *([None if sites is None else list(sites)] * 2)),
    )[0]
    return row[0], row[1], whole(row[2]), whole(row[3])


def whole(seconds: Any) -> int | None:  # noqa: ANN401 (a number of any type)
    """Return seconds without their fraction."""
    return None if seconds is None else int(seconds)


def site_of(uris: Sequence[str]) -> int | None:
    """Return the site that a machine or place of the plant model stands in; the first of these that is known."""
    found: int | None = tx().value(
        "SELECT site_id FROM production_equipment WHERE tenant_id = %s AND uri = ANY (%s)"
        " ORDER BY array_position(%s, uri) LIMIT 1",
        (tx().principal.tenant_id, list(uris), list(uris)),
    )
    return found


def stations() -> list[tuple[str, str, str]]:
    """Return URI and names of the machines, work centres and lines in use."""
    return [
        (row[0], row[1], row[2])
        for row in tx().rows(
            "SELECT uri, name_zh, name_en FROM production_equipment WHERE tenant_id = %s AND NOT retired"
            " AND level <> 'area' ORDER BY level, code",
            (tx().principal.tenant_id,),
        )
    ]
