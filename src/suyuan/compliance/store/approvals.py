"""Requests for a second person's approval, and which actions need one."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import msgspec

from suyuan.chassis.database import tx
from suyuan.compliance.contracts import Approval, ApprovalState, ToSign

_COLUMNS = (
    "id, asked, asker_id, asker, action, subject, title_zh, title_en, content, digest, note, state, decided, decider,"
    " decision_note"
)


def needed() -> frozenset[str]:
    """Return the actions that need a second person here."""
    query = "SELECT action FROM compliance_approval_rule WHERE tenant_id = %s AND needed"
    return frozenset(row[0] for row in tx().rows(query, (tx().principal.tenant_id,)))


def save_rule(action: str, is_needed: bool) -> None:
    """Keep whether an action needs a second person."""
    tx().execute(
        "INSERT INTO compliance_approval_rule (tenant_id, action, needed) VALUES (%s, %s, %s)"
        " ON CONFLICT (tenant_id, action) DO UPDATE SET needed = excluded.needed",
        (tx().principal.tenant_id, action, is_needed),
    )


def insert(asked: ToSign, note: str) -> Approval | None:
    """Keep a request; None where one for the same content waits already. ``asked.kind`` is the action."""
    rows = tx().rows(
        "INSERT INTO compliance_approval (tenant_id, asker_id, asker, action, subject, title_zh, title_en, content,"
        " digest, note) VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s)"
        f" ON CONFLICT DO NOTHING RETURNING {_COLUMNS}",
        (
            tx().principal.tenant_id, tx().principal.user_id, tx().principal.name, asked.kind, asked.subject,
            asked.title_zh, asked.title_en, msgspec.json.encode(asked.content).decode(),
            base64.b64decode(asked.digest), note,
        ),
    )  # fmt: skip
    return _approval(rows[0]) if rows else None


def locked(number: int) -> Approval | None:
    """Return one request, locked until the transaction ends."""
    query = f"SELECT {_COLUMNS} FROM compliance_approval WHERE tenant_id = %s AND id = %s FOR UPDATE"
    rows = tx().rows(query, (tx().principal.tenant_id, number))
    return _approval(rows[0]) if rows else None


def approved(action: str, subject: str, digest: bytes) -> Approval | None:
    """Return the approved request for exactly this, locked; None where there is none."""
    rows = tx().rows(
        f"SELECT {_COLUMNS} FROM compliance_approval WHERE tenant_id = %s AND action = %s AND subject = %s"
        " AND digest = %s AND state = 'approved' FOR UPDATE",
        (tx().principal.tenant_id, action, subject, digest),
    )
    return _approval(rows[0]) if rows else None


def decide(number: int, state: ApprovalState, note: str | None = None) -> None:
    """Close or use a request; with a note it is a decision of whoever is signed in."""
    who = tx().principal
    tx().execute(
        "UPDATE compliance_approval SET state = %(state)s"
        + (
            ", decided = clock_timestamp(), decider_id = %(user)s, decider = %(name)s, decision_note = %(note)s"
            if note is not None
            else ""
        )
        + " WHERE tenant_id = %(tenant)s AND id = %(id)s",
        {"state": state.value, "user": who.user_id, "name": who.name, "note": note, "tenant": who.tenant_id,
         "id": number},
    )  # fmt: skip


def listed(state: ApprovalState | None, after: int | None, limit: int) -> list[Approval]:
    """Return requests, newest first, below the one numbered ``after``."""
    query = (
        f"SELECT {_COLUMNS} FROM compliance_approval WHERE tenant_id = %s AND (%s::text IS NULL OR state = %s::text)"
        " AND (%s::bigint IS NULL OR id < %s::bigint) ORDER BY id DESC LIMIT %s"
    )
    chosen = None if state is None else state.value
    return [_approval(row) for row in tx().rows(query, (tx().principal.tenant_id, chosen, chosen, after, after, limit))]


def _approval(row: Sequence[Any]) -> Approval:
    content: dict[str, Any] = msgspec.json.decode(row[8])
    digest = base64.b64encode(bytes(row[9])).decode()
    return Approval(*(*row[:8], content, digest, row[10], ApprovalState(row[11]), *row[12:]))
