"""Capture jobs for the console."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.integration import api
from suyuan.integration.contracts import CaptureJobDetail, CapturePage
from suyuan.kernel.faults import Language

router = Router(tags=["capture"])


def _language(request: HttpRequest) -> Language:
    accepted = request.headers.get("Accept-Language", "")
    return language_of(accepted) if accepted and accepted != "*" else tx().principal.language


@router.get("/jobs", response=CapturePage, summary="Capture jobs, newest first")
@guarded("trace:event:write")
def list_jobs(
    request: HttpRequest, cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> HttpResponse:
    return reply(api.list_jobs(limit, cursor))


@router.get("/jobs/{job_id}", response=CaptureJobDetail, summary="One capture job with its findings")
@guarded("trace:event:write")
def job_detail(request: HttpRequest, job_id: UUID) -> HttpResponse:
    return reply(api.job_detail(str(job_id), _language(request)))
