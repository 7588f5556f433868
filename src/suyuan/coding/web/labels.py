"""Labels over HTTP: gallery, previews, PDF."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.chassis.limits import costly
from suyuan.coding.api import labels as api
from suyuan.coding.contracts.labels import CodeValues, LabelField, LabelRow, Preview, ReadyLabelRow
from suyuan.kernel.faults import Language

router = Router(tags=["labels"])
Key = Annotated[str, Field(max_length=80)]
Dpi = Literal[203, 300, 600]
Values = dict[str, Annotated[str, Field(max_length=500)]]


class LabelsPage(Schema):
    """Every label."""

    rows: list[LabelRow]
    next: str | None = None
    total: int | None = None


class ReadyPage(Schema):
    """The labels to start from."""

    rows: list[ReadyLabelRow]


class FieldsPage(Schema):
    """The values that a label asks for."""

    rows: list[LabelField]


class ToPreview(Schema):
    """A document to draw. ``values`` in the place of the fields' samples."""

    body: dict[str, Any]
    values: Values | None = None
    dpi: Dpi = 203


class PaperSize(Schema):
    """A sheet of labels, in millimetres; ``first`` places at its beginning are used already."""

    width: float = Field(210, ge=20, le=1200)
    height: float = Field(297, ge=20, le=1200)
    columns: int = Field(3, ge=1, le=50)
    rows: int = Field(8, ge=1, le=100)
    left: float = Field(7, ge=0, le=500)
    top: float = Field(15, ge=0, le=500)
    across: float = Field(2, ge=0, le=100)
    down: float = Field(0, ge=0, le=100)
    first: int = Field(0, ge=0, le=4999)


class ToPdf(Schema):
    """Labels for a PDF. Each row gives ``code`` and/or field values; without ``paper``, one label a page."""

    rows: list[Values]
    paper: PaperSize | None = None
    reason: Annotated[str, Field(max_length=500)] = ""


def _language(request: HttpRequest) -> Language:
    accepted = request.headers.get("Accept-Language", "")
    return language_of(accepted) if accepted and accepted != "*" else tx().principal.language


@router.get("", response=LabelsPage, summary="Every label")
@guarded("coding:label:read")
def list_labels(request: HttpRequest) -> HttpResponse:
    rows = api.list_labels()
    return reply({"rows": rows, "next": None, "total": len(rows)})


@router.get("/ready", response=ReadyPage, summary="Labels to start from")
@guarded("coding:label:read")
def ready_labels(request: HttpRequest) -> HttpResponse:
    return reply({"rows": api.ready_label_rows()})


@router.get("/values", response=CodeValues, summary="What a code fills into a label's fields")
@guarded("coding:label:read")
def values_of(request: HttpRequest, code: Annotated[str, Query(max_length=4000)]) -> HttpResponse:
    return reply(api.values_of(code))


@router.post("/preview", response=Preview, summary="The true print image of a document, and what is wrong with it")
@guarded("coding:label:read")
def preview(request: HttpRequest, wanted: ToPreview) -> HttpResponse:
    return reply(api.preview(wanted.body, wanted.values, wanted.dpi, _language(request)))


@router.get("/{key}/picture", summary="A label's print image with its samples, as PNG")
@guarded("coding:label:read", clear="what is printed on goods is there for everybody to read")
def picture(request: HttpRequest, key: Key, dpi: Dpi = 203) -> HttpResponse:
    answer = HttpResponse(api.picture_of(key, dpi), content_type="image/png")
    answer["Cache-Control"] = "private, max-age=60"
    return answer


@router.get("/{key}/fields", response=FieldsPage, summary="The values that a published label asks for")
@guarded("coding:label:read")
def label_fields(request: HttpRequest, key: Key) -> HttpResponse:
    return reply({"rows": api.label_fields(key)})


@router.post("/{key}/pdf", summary="Labels as PDF, on sheets or for a roll; on record like a print")
@guarded("coding:label:print", clear="what is printed on goods is there for everybody to read")
@costly
def pdf(request: HttpRequest, key: Key, wanted: ToPdf) -> HttpResponse:
    made = api.pdf_of(key, wanted.rows, wanted.paper.dict() if wanted.paper else None, wanted.reason)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="labels.pdf"'
    return answer
