"""Exports of the whole tenant over HTTP."""

from __future__ import annotations

from typing import Annotated

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Field, Path, Router, Schema

from suyuan.chassis.http import guarded, reply
from suyuan.compliance.api import exports as api
from suyuan.compliance.contracts.transfers import EXPORT_TENANT, Transfer
from suyuan.kernel.disclosure import ALL_FIELDS

router = Router(tags=["tenant"])
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


class TransferPage(Schema):
    """The last exports, newest first."""

    rows: list[Transfer]
    next: str | None = None
    total: int | None = None


class NewExport(Schema):
    """What the export is for; it stays on record."""

    reason: str = Field(min_length=1, max_length=500)


@router.get("/tenant/exports", response=TransferPage, summary="Exports of the whole tenant, newest first")
@guarded(EXPORT_TENANT, *ALL_FIELDS)
def exports(request: HttpRequest) -> HttpResponse:
    return reply({"rows": api.list_exports(), "next": None, "total": None})


@router.post("/tenant/exports", response={202: Transfer}, summary="Have everything of the tenant written to one file")
@guarded(EXPORT_TENANT, *ALL_FIELDS)
def ask(request: HttpRequest, wanted: NewExport) -> HttpResponse:
    return reply(api.ask_export(wanted.reason), 202)


@router.post("/tenant/exports/{export_id}/cancel", response=Transfer, summary="Stop an export")
@guarded(EXPORT_TENANT, *ALL_FIELDS)
def cancel(request: HttpRequest, export_id: Number) -> HttpResponse:
    return reply(api.cancel_export(export_id))


@router.get("/tenant/exports/{export_id}/file", summary="Fetch the file of an export; who does is on record")
@guarded(EXPORT_TENANT, *ALL_FIELDS)
def fetch(request: HttpRequest, export_id: Number) -> FileResponse:
    path, name = api.fetch_export(export_id)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
