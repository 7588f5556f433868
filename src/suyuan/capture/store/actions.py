"""Actions of trace nodes: what is to be done, what was done, and messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from suyuan.capture.contracts.actions import Notice, RunState
from suyuan.chassis.database import named_sql, tx

_JSON: Final = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class NewRun:
    """An action that is to be done."""

    id: UUID
    reading: UUID
    site: int | None
    node: str
    version: int
    action: str
    kind: str
    settings: Mapping[str, Any]
    payload: Mapping[str, Any]
    events: tuple[str, ...]
    done: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """An action as it is on record."""

    id: UUID
    created: datetime
    reading: UUID
    sent_by: str
    node: str
    version: int
    action: str
    kind: str
    settings: dict[str, Any]
    payload: dict[str, Any]
    event_ids: list[str]
    state: RunState
    attempts: int
    due: datetime
    finished: datetime | None
    said: str
    fault: dict[str, str] | None
    events: list[int]


def _text(value: object) -> str:
    return _JSON.encode(value).decode().replace("\\u0000", "\\ufffd")


def insert(runs: Sequence[NewRun]) -> None:
    """Keep what is to be done; what is on record already stays."""
    for run in runs:
        values = {
            "id": run.id, "tenant": tx().principal.tenant_id, "reading": run.reading, "by": tx().principal.name,
            "site": run.site, "node": run.node, "version": run.version, "action": run.action, "kind": run.kind,
            "settings": _text(run.settings), "payload": _text(run.payload), "events": list(run.events),
            "state": "done" if run.done else "waiting",
        }  # fmt: skip
        tx().execute(named_sql(__package__, "insert_action.sql"), values)


def runs(
    limit: int, *, run: UUID | None = None, state: str | None = None, sites: Sequence[int] | None = None,
    after: tuple[datetime, UUID] | None = None,
) -> list[Run]:  # fmt: skip
    """Return actions, newest first."""
    values = {
        "tenant": tx().principal.tenant_id, "id": run, "state": state, "limit": limit,
        "sites": None if sites is None else list(sites), "time": after[0] if after else None,
        "last": after[1] if after else None,
    }  # fmt: skip
    return [_run(row) for row in tx().rows(named_sql(__package__, "list_actions.sql"), values)]


def _run(row: tuple[Any, ...]) -> Run:
    decoded = [msgspec.json.decode(row[8]), msgspec.json.decode(row[9])]
    fault = None if row[16] is None else msgspec.json.decode(row[16], type=dict[str, str])
    return Run(*(*row[:8], *decoded, list(row[10]), *row[11:16], fault, list(row[17] or ())))


def claim(lease_seconds: int) -> UUID | None:
    """Take the oldest action that is due; nobody else takes it for so long. None where none is."""
    found: UUID | None = tx().value(
        "UPDATE capture_action SET attempts = attempts + 1, due = clock_timestamp() + %s * interval '1 second'"
        " WHERE id = (SELECT id FROM capture_action WHERE tenant_id = %s AND state = 'waiting'"
        " AND due <= clock_timestamp() ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id",
        (lease_seconds, tx().principal.tenant_id),
    )
    return found


def end(run: UUID, state: RunState, said: str, fault: Mapping[str, str] | None = None) -> None:
    """Note what became of an action."""
    tx().execute(
        "UPDATE capture_action SET state = %s, said = %s, fault = %s::jsonb, finished = clock_timestamp()"
        " WHERE tenant_id = %s AND id = %s",
        (state, said[:500], None if fault is None else _text(fault), tx().principal.tenant_id, run),
    )


def wait(run: UUID, seconds: int, fault: Mapping[str, str]) -> None:
    """Have an action tried again later."""
    tx().execute(
        "UPDATE capture_action SET due = clock_timestamp() + %s * interval '1 second', fault = %s::jsonb"
        " WHERE tenant_id = %s AND id = %s",
        (seconds, _text(fault), tx().principal.tenant_id, run),
    )


def again(run: UUID) -> bool:
    """Have an action that failed, or waits for its next try, tried at once; False where it is done."""
    done = tx().execute(
        "UPDATE capture_action SET state = 'waiting', due = clock_timestamp(), attempts = 0, finished = NULL"
        " WHERE tenant_id = %s AND id = %s AND (state = 'failed' OR (state = 'waiting' AND fault IS NOT NULL))",
        (tx().principal.tenant_id, run),
    )
    return done.rowcount > 0


def add_notice(run: Run, text: str, role: int | None, user: int | None) -> int:
    """Keep a message; return its number."""
    event = run.event_ids[0] if run.event_ids else None
    return int(
        tx().value(
            "INSERT INTO capture_notice (tenant_id, action_id, node, text, role_id, user_id, event_id)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id",
            (tx().principal.tenant_id, run.id, run.node, text, role, user, event),
        )
    )


def tell(text: str, text_en: str, link: str, role: int | None, user: int | None) -> int:
    """Keep a message of another module; return its number."""
    return int(
        tx().value(
            "INSERT INTO capture_notice (tenant_id, text, text_en, link, role_id, user_id)"
            " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
            (tx().principal.tenant_id, text, text_en, link, role, user),
        )
    )


def notices(user: int, roles: Sequence[int], limit: int, language: str) -> tuple[list[Notice], int]:
    """Return a person's newest messages, and how many they have not read."""
    values = {
        "tenant": tx().principal.tenant_id, "user": user, "roles": list(roles), "limit": limit, "language": language,
    }  # fmt: skip
    rows = tx().rows(named_sql(__package__, "list_notices.sql"), values)
    return [Notice(*row[:7]) for row in rows], int(rows[0][7]) if rows else 0


def note_read(user: int, until: int) -> None:
    """Note that a person has read messages up to this one."""
    tx().execute(
        "INSERT INTO capture_notice_read AS r (tenant_id, user_id, until) VALUES (%s, %s, %s)"
        " ON CONFLICT (tenant_id, user_id) DO UPDATE SET until = greatest(r.until, excluded.until)",
        (tx().principal.tenant_id, user, until),
    )
