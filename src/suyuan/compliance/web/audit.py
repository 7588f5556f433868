"""The audit trail over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from suyuan.chassis.http import guarded, reply
from suyuan.compliance import api
from suyuan.compliance.contracts import AuditEntry, AuditQuestion

router = Router(tags=["audit"])


class AuditPage(Schema):
    """A page of the audit trail, newest first."""

    rows: list[AuditEntry]
    next: str | None
    total: int | None


@router.get("/audit", response=AuditPage, summary="Who changed what, when, and why")
@guarded("compliance:audit:read")
def list_audit(
    request: HttpRequest,
    table: str | None = None,
    record: str | None = None,
    actor: str | None = None,
    action: Literal["insert", "update", "delete"] | None = None,
    since: Annotated[datetime | None, Query(alias="from")] = None,
    until: Annotated[datetime | None, Query(alias="to")] = None,
    cursor: int | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> HttpResponse:
    question = AuditQuestion(table, record, actor, action, since, until)
    rows = api.list_audit(question, after=cursor, limit=limit + 1)
    more = len(rows) > limit
    return reply({"rows": rows[:limit], "next": str(rows[limit - 1].id) if more else None, "total": None})
