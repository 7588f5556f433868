"""The access report over HTTP."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.chassis.limits import costly
from suyuan.kernel.disclosure import SEE_PEOPLE
from suyuan.tenancy.api.access_files import access_file
from suyuan.tenancy.api.access_report import access_report
from suyuan.tenancy.contracts.access import AccessQuestion, HeldRole, ReportFormat

router = Router(tags=["access"])
Number = Annotated[int | None, Query(ge=1, le=2**63 - 1)]
Days = Annotated[int | None, Query(ge=1, le=36_500)]
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


class AccessPage(Schema):
    """Who holds which role where."""

    rows: list[HeldRole]
    next: str | None = None
    total: int | None = None


@router.get("/security/access", response=AccessPage, summary="Who can do what, where, through which role, since when")
@guarded("tenancy:role:read", "tenancy:person:read", SEE_PEOPLE)
def report(
    request: HttpRequest,
    permission: str | None = None,
    person_id: Number = None,
    site_id: Number = None,
    administrative: bool = False,
    unused_days: Days = None,
) -> HttpResponse:
    rows = access_report(AccessQuestion(permission, person_id, site_id, administrative, unused_days))
    return reply({"rows": rows, "next": None, "total": len(rows)})


@router.get("/security/access/file", summary="The access report as Excel, CSV or PDF")
@guarded(
    "tenancy:role:read", "tenancy:person:read", "tenancy:token:read", SEE_PEOPLE,
    clear="people, and what they may do; nothing of parties or processes",
)  # fmt: skip
@costly
def report_file(
    request: HttpRequest,
    format: ReportFormat = "xlsx",  # noqa: A002 (the parameter's name in the contract)
    permission: str | None = None,
    person_id: Number = None,
    site_id: Number = None,
    administrative: bool = False,
    unused_days: Days = None,
) -> HttpResponse:
    accepted = request.headers.get("Accept-Language", "")
    language = language_of(accepted) if accepted not in ("", "*") else tx().principal.language
    question = AccessQuestion(permission, person_id, site_id, administrative, unused_days)
    response = HttpResponse(access_file(question, format, language), content_type=_TYPES[format])
    response["Content-Disposition"] = f"attachment; filename=access.{format}"
    return response
