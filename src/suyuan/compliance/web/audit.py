"""The audit trail over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.chassis.limits import costly
from suyuan.compliance import api
from suyuan.compliance.contracts import AuditEntry, AuditQuestion, AuditReview
from suyuan.kernel.disclosure import PEOPLE

router = Router(tags=["audit"])


class AuditPage(Schema):
    """A page of the audit trail, newest first."""

    rows: list[AuditEntry]
    next: str | None
    total: int | None


class ReviewPage(Schema):
    """A page of reviews, newest first."""

    rows: list[AuditReview]
    next: str | None
    total: int | None


class NewReview(Schema):
    """What was looked through, by the filters of the audit trail, and what comes of it."""

    table: str | None = None
    record: str | None = None
    actor: Annotated[str | None, PEOPLE] = None
    action: Literal["insert", "update", "delete"] | None = None
    since: datetime | None = Field(None, alias="from")
    until: datetime | None = Field(None, alias="to")
    outcome: Literal["in_order", "follow_up"]
    note: str = Field(min_length=1, max_length=4000)


_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@router.get("/audit", response=AuditPage, summary="Who changed what, when, and why")
@guarded("compliance:audit:read")
def list_audit(
    request: HttpRequest,
    table: str | None = None,
    record: str | None = None,
    actor: Annotated[str | None, PEOPLE] = None,
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


@router.get("/audit/export", summary="The audit trail as Excel or CSV")
@guarded("compliance:audit:read")
@costly
def export_audit(
    request: HttpRequest,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 (the parameter's name in the contract)
    table: str | None = None,
    record: str | None = None,
    actor: Annotated[str | None, PEOPLE] = None,
    action: Literal["insert", "update", "delete"] | None = None,
    since: Annotated[datetime | None, Query(alias="from")] = None,
    until: Annotated[datetime | None, Query(alias="to")] = None,
) -> HttpResponse:
    question = AuditQuestion(table, record, actor, action, since, until)
    accepted = request.headers.get("Accept-Language", "")
    language = language_of(accepted) if accepted not in ("", "*") else tx().principal.language
    make = api.audit_workbook if format == "xlsx" else api.audit_csv
    response = HttpResponse(make(question, language), content_type=_TYPES[format])
    response["Content-Disposition"] = f"attachment; filename=audit.{format}"
    return response


@router.get("/audit/reviews", response=ReviewPage, summary="Who reviewed the audit trail, and with what outcome")
@guarded("compliance:audit:read")
def list_reviews(
    request: HttpRequest, cursor: int | None = None, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> HttpResponse:
    rows = api.list_reviews(cursor, limit + 1)
    more = len(rows) > limit
    return reply({"rows": rows[:limit], "next": str(rows[limit - 1].id) if more else None, "total": None})


@router.post("/audit/reviews", response={201: AuditReview}, summary="Record a review of the audit trail")
@guarded("compliance:audit:read", "compliance:audit:review")
def review(request: HttpRequest, body: NewReview) -> HttpResponse:
    question = AuditQuestion(body.table, body.record, body.actor, body.action, body.since, body.until)
    return reply(api.review_audit(question, body.outcome, body.note), 201)
