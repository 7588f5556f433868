"""Dossiers over HTTP: as JSON, and as PDF/A with that JSON inside."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of
from suyuan.chassis.limits import costly
from suyuan.kernel.disclosure import ALL_FIELDS
from suyuan.portal import api

router = Router(tags=["trace"])


@router.get("/dossier", summary="The dossier of an item: its trace with proofs, for a customer to verify offline")
@guarded("trace:answer:export", "trace:item:read", "trace:event:read", *ALL_FIELDS)
@costly
def dossier(
    request: HttpRequest,
    code: Annotated[str, Query(min_length=1, max_length=4000)],
    format: Literal["pdf", "json"] = "pdf",  # noqa: A002 (the parameter's name in the contract)
    earlier: Annotated[list[int] | None, Query()] = None,
) -> HttpResponse:
    made = api.dossier(code, tuple(earlier or ()))
    accepted = request.headers.get("Accept-Language", "")
    language = language_of(accepted) if accepted not in ("", "*") else tx().principal.language
    if format == "json":
        response = HttpResponse(made.json(), content_type="application/json")
    else:
        response = HttpResponse(api.dossier_pdf(made, language), content_type="application/pdf")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{made.name}.{format}', safe='')}"
    return response
