"""What verifications found, kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.compliance.contracts import LogFinding, LogVerification

_KEPT = 500
_COLUMNS = "number, started, finished, by_whom, leaves, records, checkpoints, sound, findings, finding_count"


def insert(
    started: datetime, leaves: int, records: int, checkpoints: int, findings: Sequence[LogFinding]
) -> LogVerification:
    """Keep the outcome of a verification; of very many findings, the first 500."""
    text = msgspec.json.encode(list(findings[:_KEPT])).decode()
    row = tx().rows(
        "INSERT INTO compliance_verification (tenant_id, started, by_whom, leaves, records, checkpoints, sound,"
        f" findings, finding_count) VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s) RETURNING {_COLUMNS}",
        (
            tx().principal.tenant_id,
            started,
            tx().principal.name,
            leaves,
            records,
            checkpoints,
            not findings,
            text,
            len(findings),
        ),
    )[0]
    return _verification(row)


def guards_off() -> list[str]:
    """Return what should keep the tables honest and is switched off or gone."""
    return [row[0] for row in tx().rows(named_sql(__package__, "guards_off.sql"))]


def newest(limit: int) -> list[LogVerification]:
    """Return the last verifications, newest first."""
    query = f"SELECT {_COLUMNS} FROM compliance_verification WHERE tenant_id = %s ORDER BY number DESC LIMIT %s"
    return [_verification(row) for row in tx().rows(query, (tx().principal.tenant_id, limit))]


def _verification(row: Sequence[Any]) -> LogVerification:
    findings = tuple(msgspec.json.decode(str(row[8]), type=list[LogFinding]))
    head: tuple[Any, ...] = tuple(row[:8])
    number, started, finished, by, leaves, records, checkpoints, sound = head
    return LogVerification(number, started, finished, by, leaves, records, checkpoints, sound, findings, row[9])
