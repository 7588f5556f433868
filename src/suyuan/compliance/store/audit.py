"""The audit trail as the log and its readers read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.compliance.contracts import AuditEntry, AuditQuestion
from suyuan.compliance.domain.entries import AUDIT_FIELDS, audit_leaf

_FIELDS = "id, at, actor_id, actor, via, request_id, table_name, row_key, action, before, after, reason"


def conditions(question: AuditQuestion) -> dict[str, Any]:
    """Return the values that the statements over the audit trail bind."""
    literal = (question.actor or "").replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return {
        "tenant": tx().principal.tenant_id,
        "table": question.table,
        "record": question.record,
        "actor": f"%{literal}%" if question.actor else None,
        "action": question.action,
        "since": question.since,
        "until": question.until,
    }


def listed(question: AuditQuestion, after: int | None, limit: int) -> list[AuditEntry]:
    """Return audit rows, newest first, below the row numbered ``after``."""
    bound = {**conditions(question), "after": after, "limit": limit}
    rows = tx().rows(named_sql(__package__, "list_audit.sql"), bound)
    return [AuditEntry(*(*row[:9], _decode(row[9]), _decode(row[10]), *row[11:])) for row in rows]


def _decode(text: str | None) -> dict[str, object] | None:
    return None if text is None else msgspec.json.decode(text, type=dict[str, object])


def _leaf(row: Sequence[Any]) -> bytes:
    values = (*row[:9], _decode(row[9]), _decode(row[10]), row[11])
    return audit_leaf(dict(zip(AUDIT_FIELDS, values, strict=True)))


def unsealed(limit: int) -> list[tuple[str, int, bytes]]:
    """Return transaction, number and leaf of audit rows that are ready to be sealed, in order; the log is locked."""
    rows = tx().rows(named_sql(__package__, "unsealed_audit.sql"), {"tenant": tx().principal.tenant_id, "limit": limit})
    return [(row[0], row[1], _leaf(row[1:])) for row in rows]


def sealed_up_to(xid: str, number: int) -> None:
    """Note how far the audit trail is sealed."""
    tx().execute(
        "UPDATE compliance_log SET audit_xid = %s::text::xid8, audit_id = %s WHERE tenant_id = %s",
        (xid, number, tx().principal.tenant_id),
    )


def remade(numbers: Sequence[int]) -> dict[int, tuple[bytes, datetime]]:
    """Return leaf and time of these audit rows as they are now."""
    query = f"SELECT {_FIELDS} FROM compliance_audit WHERE tenant_id = %s AND id = ANY (%s)"
    rows = tx().rows(query, (tx().principal.tenant_id, list(numbers)))
    return {row[0]: (_leaf(row), row[1]) for row in rows}


def waiting_unsealed() -> list[tuple[int, datetime]]:
    """Return audit rows that no leaf seals, with their times, oldest first; at most 1000."""
    rows = tx().rows(
        "SELECT a.id, a.at FROM compliance_audit a WHERE a.tenant_id = %s AND NOT EXISTS (SELECT FROM"
        " compliance_log_leaf l WHERE l.tenant_id = a.tenant_id AND l.kind = 'a' AND l.subject = a.id)"
        " ORDER BY a.id LIMIT 1000",
        (tx().principal.tenant_id,),
    )
    return [(number, at) for number, at in rows]
