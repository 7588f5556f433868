"""Production histories over HTTP: for the page, and as PDF."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.chassis.limits import costly
from suyuan.chassis.withholding import passed
from suyuan.production.api.history import history
from suyuan.production.api.history_pdf import history_pdf
from suyuan.production.api.neighbours import neighbours
from suyuan.production.contracts.history import History
from suyuan.production.contracts.neighbours import Neighbours

router = Router(tags=["production"])
Code = Annotated[str, Query(min_length=1, max_length=4000)]


@router.get("/history", response=History, summary="How a unit or lot was made: its production history")
@guarded("production:history:read", "trace:item:read")
def read(request: HttpRequest, code: Code) -> HttpResponse:
    return reply(history(code))


@router.get(
    "/history/neighbours", response=Neighbours, summary="What was measured of a unit or lot, beside its neighbours"
)
@guarded("production:history:read", "trace:item:read")
def read_neighbours(request: HttpRequest, code: Code) -> HttpResponse:
    return reply(neighbours(history(code)))


@router.get("/history/pdf", summary="The production history as PDF, to print or to hand over")
@guarded("production:history:read", "trace:item:read")
@costly
def read_pdf(request: HttpRequest, code: Code) -> HttpResponse:
    made = history(code)
    accepted = request.headers.get("Accept-Language", "")
    language = language_of(accepted) if accepted not in ("", "*") else tx().principal.language
    shown, beside = passed((made, neighbours(made)))
    response = HttpResponse(history_pdf(shown, beside, language), content_type="application/pdf")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'history-{made.item.label}.pdf', safe='')}"
    return response
