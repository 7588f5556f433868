"""Reviews of the audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.compliance.contracts import AuditQuestion, AuditReview
from suyuan.compliance.store.audit import conditions

_COLUMNS = "id, at, reviewer_id, reviewer, since, until, filter, entries, last_entry, outcome, note"


def counted(question: AuditQuestion) -> tuple[int, int]:
    """Return how many audit rows fit, and the number of the last of them; (0, 0) where none does."""
    row = tx().rows(named_sql(__package__, "count_audit.sql"), conditions(question))[0]
    return int(row[0]), int(row[1] or 0)


def insert(question: AuditQuestion, until: datetime, entries: int, last: int, outcome: str, note: str) -> AuditReview:
    """Keep a review of what fits ``question``."""
    plain = replace(question, since=None, until=None)
    chosen = {name: value for name, value in asdict(plain).items() if value is not None}
    row = tx().rows(
        "INSERT INTO compliance_review (tenant_id, reviewer_id, reviewer, since, until, filter, entries, last_entry,"
        f" outcome, note) VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s) RETURNING {_COLUMNS}",
        (
            tx().principal.tenant_id,
            tx().principal.user_id,
            tx().principal.name,
            question.since,
            until,
            msgspec.json.encode(chosen).decode(),
            entries,
            last,
            outcome,
            note,
        ),
    )[0]
    return _review(row)


def listed(after: int | None, limit: int) -> list[AuditReview]:
    """Return reviews, newest first, below the one numbered ``after``."""
    query = (
        f"SELECT {_COLUMNS} FROM compliance_review WHERE tenant_id = %s"
        " AND (%s::bigint IS NULL OR id < %s::bigint) ORDER BY id DESC LIMIT %s"
    )
    return [_review(row) for row in tx().rows(query, (tx().principal.tenant_id, after, after, limit))]


def numbered(number: int) -> AuditReview | None:
    """Return one review."""
    query = f"SELECT {_COLUMNS} FROM compliance_review WHERE tenant_id = %s AND id = %s"
    rows = tx().rows(query, (tx().principal.tenant_id, number))
    return _review(rows[0]) if rows else None


def _review(row: Sequence[Any]) -> AuditReview:
    chosen: Mapping[str, Any] = msgspec.json.decode(row[6])
    return AuditReview(*(*row[:6], chosen, *row[7:]))
