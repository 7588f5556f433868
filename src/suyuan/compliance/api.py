"""The door of ``compliance``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.compliance.contracts import AuditEntry


def list_audit(
    *,
    table: str | None = None,
    actor: str | None = None,
    action: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: int | None = None,
    limit: int = 50,
) -> Sequence[AuditEntry]:
    """Return audit entries, newest first, below the entry numbered ``after``. ``actor`` matches part of the name."""
    literal = (actor or "").replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    rows = tx().rows(
        named_sql("suyuan.compliance.store", "list_audit.sql"),
        {
            "tenant": tx().principal.tenant_id,
            "table": table,
            "actor": f"%{literal}%" if actor else None,
            "action": action,
            "since": since,
            "until": until,
            "after": after,
            "limit": limit,
        },
    )
    return [AuditEntry(*(*row[:9], _decode(row[9]), _decode(row[10]), row[11])) for row in rows]


def _decode(text: str | None) -> dict[str, object] | None:
    return None if text is None else msgspec.json.decode(text, type=dict[str, object])
