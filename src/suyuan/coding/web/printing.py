"""Printers and print jobs over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from suyuan.chassis.http import guarded, reply
from suyuan.chassis.limits import costly
from suyuan.coding.api import labels as api
from suyuan.coding.contracts.labels import (
    Connection,
    JobState,
    Printer,
    PrinterLanguage,
    PrinterStatus,
    PrintJob,
    PrintJobDetail,
    PrintOrder,
)
from suyuan.coding.web.labels import PaperSize

printers_router = Router(tags=["printers"])
jobs_router = Router(tags=["print jobs"])
Number = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Text = Annotated[str, Field(max_length=500)]


class PrintersPage(Schema):
    """Every printer."""

    rows: list[Printer]
    next: str | None = None
    total: int | None = None


class NewPrinter(Schema):
    """A printer to add. A ``virtual`` one prints nothing: it keeps pictures of what it was sent."""

    code: Text
    name: Text
    language: PrinterLanguage
    dpi: Literal[203, 300, 600]
    connection: Connection = "tcp"
    host: Text = ""
    port: int = 9100
    site_id: Number | None = None
    width_mm: float = 108
    media: Text = ""
    darkness: int | None = None
    speed: int | None = None
    pictures: bool = False
    answers: bool = True


class PrinterChange(Schema):
    """What to change of a printer; what is not named stays."""

    code: Text | None = None
    name: Text | None = None
    language: PrinterLanguage | None = None
    dpi: Literal[203, 300, 600] | None = None
    connection: Connection | None = None
    host: Text | None = None
    port: int | None = None
    site_id: Number | None = None
    width_mm: float | None = None
    media: Text | None = None
    darkness: int | None = None
    speed: int | None = None
    pictures: bool | None = None
    answers: bool | None = None
    active: bool | None = None


class JobsPage(Schema):
    """A page of print jobs, newest first."""

    rows: list[PrintJob]
    next: str | None = None
    total: int | None = None


class NewJob(Schema):
    """What to print. Each row gives ``code`` and/or field values. ``body``: a draft, for a test print."""

    label_key: Text
    printer_id: Number
    rows: list[dict[str, Text]]
    copies: int = Field(1, ge=1, le=100)
    reason: Text = ""
    version: int | None = Field(None, ge=1, le=2**31 - 1)
    body: dict[str, Any] | None = None


class Again(Schema):
    """What to print again of a job: all of it, or the labels at ``positions``."""

    reason: Text
    positions: list[Annotated[int, Field(ge=0, le=100_000)]] = Field(default_factory=list)
    printer_id: Number | None = None


@printers_router.get("", response=PrintersPage, summary="Every printer")
@guarded("coding:label:read")
def list_printers(request: HttpRequest) -> HttpResponse:
    rows = api.list_printers()
    return reply({"rows": rows, "next": None, "total": len(rows)})


@printers_router.post("", response={201: Printer}, summary="Add a printer")
@guarded("coding:printer:write")
def add_printer(request: HttpRequest, new: NewPrinter) -> HttpResponse:
    return reply(api.add_printer(new.dict()), 201)


@printers_router.patch("/{printer_id}", response=Printer, summary="Change a printer, or take it out of use")
@guarded("coding:printer:write")
def change_printer(request: HttpRequest, printer_id: Number, change: PrinterChange) -> HttpResponse:
    named = change.dict(exclude_unset=True)
    unsettable = {"site_id", "darkness", "speed"}
    kept = {name: value for name, value in named.items() if value is not None or name in unsettable}
    return reply(api.change_printer(printer_id, kept))


@printers_router.post("/{printer_id}/check", response=PrinterStatus, summary="Ask a printer how it is")
@guarded("coding:label:read")
def check_printer(request: HttpRequest, printer_id: Number) -> HttpResponse:
    return reply(api.check_printer(printer_id))


class AgainAsPdf(Schema):
    """What to make a PDF of again; without ``paper``, one label a page."""

    reason: Text
    positions: list[Annotated[int, Field(ge=0, le=100_000)]] = Field(default_factory=list)
    paper: PaperSize | None = None


@jobs_router.get("", response=JobsPage, summary="Print jobs, newest first")
@guarded("coding:label:read")
def list_jobs(
    request: HttpRequest,
    state: JobState | None = None,
    printer: Number | None = None,
    label: Text | None = None,
    code: Annotated[str | None, Query(max_length=2048)] = None,
    cursor: Text | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:
    rows, following = api.list_jobs(limit, cursor, state=state, printer=printer, label=label, code=code)
    return reply({"rows": rows, "next": following, "total": None})


@jobs_router.post("", response={201: PrintJob}, summary="Print labels")
@guarded("coding:label:print")
def order(request: HttpRequest, new: NewJob) -> HttpResponse:
    return reply(api.order(PrintOrder(**new.dict())), 201)


@jobs_router.get("/{job_id}", response=PrintJobDetail, summary="One print job with its labels")
@guarded("coding:label:read")
def job_detail(request: HttpRequest, job_id: UUID) -> HttpResponse:
    return reply(api.job_detail(job_id))


@jobs_router.get("/{job_id}/labels/{position}", summary="One printed label, as PNG")
@guarded("coding:label:read", clear="what is printed on goods is there for everybody to read")
def picture_of_label(
    request: HttpRequest, job_id: UUID, position: Annotated[int, Field(ge=0, lt=2**31)]
) -> HttpResponse:
    return HttpResponse(api.picture_of_label(job_id, position), content_type="image/png")


@jobs_router.post("/{job_id}/cancel", response=PrintJob, summary="Cancel a print job")
@guarded("coding:label:print")
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    return reply(api.cancel_job(job_id))


@jobs_router.post("/{job_id}/retry", response=PrintJob, summary="Try a failed job again of which nothing was sent")
@guarded("coding:label:print")
def retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    return reply(api.retry_job(job_id))


@jobs_router.post("/{job_id}/reprint", response={201: PrintJob}, summary="Print labels of a job again, with a reason")
@guarded("coding:label:reprint")
def reprint(request: HttpRequest, job_id: UUID, again: Again) -> HttpResponse:
    made = api.reprint(job_id, reason=again.reason, positions=again.positions, printer_id=again.printer_id)
    return reply(made, 201)


@jobs_router.post("/{job_id}/pdf", summary="Labels of a job again as PDF, with a reason")
@guarded("coding:label:reprint", clear="what is printed on goods is there for everybody to read")
@costly
def pdf_again(request: HttpRequest, job_id: UUID, again: AgainAsPdf) -> HttpResponse:
    made = api.pdf_again(job_id, again.reason, again.positions, again.paper.dict() if again.paper else None)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="labels.pdf"'
    return answer
