"""Alerts, how far they were looked for, and jumps of the clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.compliance.domain.watching import Change, Entry

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as it is kept."""

    id: int
    at: datetime
    kind: str
    params: dict[str, Any]
    handled: datetime | None
    handled_by: str | None
    note: str | None


def _of(**values: Any) -> dict[str, Any]:  # noqa: ANN401 (values of any column)
    return {"tenant": tx().principal.tenant_id, **values}


def put(kind: str, source: str, params: Params, person: int | None, at: datetime | None) -> int | None:
    """Keep an alert; return its number, or None where the same was kept before."""
    number: int | None = tx().value(
        "INSERT INTO compliance_alert (tenant_id, at, kind, source, params, person_id) VALUES (%(tenant)s,"
        " coalesce(%(at)s::timestamptz, clock_timestamp()), %(kind)s, %(source)s, %(params)s::jsonb, %(person)s)"
        " ON CONFLICT DO NOTHING RETURNING id",
        _of(kind=kind, source=source, params=msgspec.json.encode(params).decode(), person=person, at=at),
    )
    return number


def listed(
    limit: int, *, alert: int | None = None, handled: bool | None = None, kinds: Collection[str] | None = None,
    before: int | None = None,
) -> list[AlertRow]:  # fmt: skip
    """Return alerts, newest first; or the one of this number."""
    wanted = None if kinds is None else list(kinds)
    values = _of(limit=limit, alert=alert, handled=handled, kinds=wanted, before=before)
    rows = tx().rows(named_sql(__package__, "list_alerts.sql"), values)
    return [AlertRow(*(*row[:3], msgspec.json.decode(row[3]), *row[4:])) for row in rows]


def open_count() -> int:
    """Return how many alerts nobody has handled."""
    query = "SELECT count(*) FROM compliance_alert WHERE tenant_id = %(tenant)s AND handled IS NULL"
    return int(tx().value(query, _of()))


def handle(alert: int, note: str) -> bool:
    """Note that an alert was looked into; False where it was before."""
    done = tx().execute(
        "UPDATE compliance_alert SET handled = clock_timestamp(), handled_by = %(by)s, note = %(note)s"
        " WHERE tenant_id = %(tenant)s AND id = %(alert)s AND handled IS NULL",
        _of(alert=alert, note=note, by=tx().principal.name),
    )
    return done.rowcount > 0


def begin_look() -> tuple[str, datetime | None, datetime]:
    """Lock the look for alerts; return up to which transaction it may go, when the last one was, and the time.

    A first look sees nothing of the past: who installs or upgrades is not told of what was always so.
    """
    frontier, now = tx().rows("SELECT pg_snapshot_xmin(pg_current_snapshot())::text, clock_timestamp()")[0]
    query = "SELECT looked FROM compliance_watch WHERE tenant_id = %(tenant)s FOR UPDATE"
    looked: datetime | None = tx().value(query, _of())
    if looked is None:
        tx().execute(
            "INSERT INTO compliance_watch (tenant_id, xid, audit_id, looked)"
            " VALUES (%(tenant)s, %(frontier)s::text::xid8, -1, %(now)s) ON CONFLICT DO NOTHING",
            _of(frontier=frontier, now=now),
        )
    return frontier, looked, now


def watched(frontier: str, tables: Collection[str], limit: int) -> list[Entry]:
    """Return audit rows that may call for an alert, oldest first."""
    values = _of(frontier=frontier, tables=list(tables), limit=limit)
    rows = tx().rows(named_sql(__package__, "watched_audit.sql"), values)
    return [Entry(*(*row[:9], _decode(row[9]), _decode(row[10]))) for row in rows]


def _decode(text: str | None) -> Change:
    return {} if text is None else msgspec.json.decode(text, type=dict[str, Any])


def end_look(xid: str, audit_id: int, now: datetime) -> None:
    """Note how far was looked."""
    tx().execute(
        "UPDATE compliance_watch SET xid = %(xid)s::text::xid8, audit_id = %(audit)s, looked = %(now)s"
        " WHERE tenant_id = %(tenant)s",
        _of(xid=xid, audit=audit_id, now=now),
    )


def sign_ins(since: datetime) -> list[tuple[int, datetime, int, str, str, str, str]]:
    """Return lock-outs and first sign-ins from a place or device: id, time, person, name, address, agent, outcome."""
    rows = tx().rows(named_sql(__package__, "watched_sign_ins.sql"), _of(since=since))
    return [(row[0], row[1], row[2], row[3], row[4], row[5], row[6]) for row in rows]


def note_jump(expected: datetime, found: datetime) -> None:
    """Keep a jump of the clock."""
    query = (
        "INSERT INTO compliance_clock_jump (tenant_id, expected, found) VALUES (%(tenant)s, %(expected)s, %(found)s)"
    )
    tx().execute(query, _of(expected=expected, found=found))
