"""Capture jobs for the console."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.integration import api
from suyuan.integration.contracts import CaptureJobDetail, CapturePage, PassChoice, PassOrder
from suyuan.kernel.faults import Language

router = Router(tags=["capture"])


class Passed(Schema):
    """A check of a trace node to let pass; without ``event_id`` wherever it stops the document."""

    node: Annotated[str, Field(max_length=80)]
    check: Annotated[str, Field(min_length=1, max_length=80)]
    event_id: Annotated[str, Field(max_length=2048)] | None = None


class Passing(Schema):
    """What to let pass, and why."""

    choices: Annotated[list[Passed], Field(min_length=1, max_length=1000)]
    reason: Annotated[str, Field(min_length=1, max_length=500)]


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


@router.post(
    "/jobs/{job_id}/pass", response=CaptureJobDetail, summary="Let checks pass that stopped events of a document"
)
@guarded("trace:event:write", "capture:reading:override")
def let_pass(request: HttpRequest, job_id: UUID, order: Passing) -> HttpResponse:
    choices = [PassChoice(each.node, each.check, each.event_id) for each in order.choices]
    api.let_pass(str(job_id), PassOrder(choices, order.reason))
    return reply(api.job_detail(str(job_id), _language(request)))
