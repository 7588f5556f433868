"""Event lists as files over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of
from suyuan.chassis.limits import costly
from suyuan.kernel.disclosure import PEOPLE
from suyuan.portal import api
from suyuan.trace.contracts import EventFilter

router = Router(tags=["events"])
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@router.get("/events/export", summary="The events that fit, as Excel or CSV")
@guarded("trace:answer:export", "trace:event:read")
@costly
def export_events(
    request: HttpRequest,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 (the parameter's name in the contract)
    since: Annotated[datetime | None, Query(alias="from")] = None,
    until: Annotated[datetime | None, Query(alias="to")] = None,
    type: str | None = None,  # noqa: A002 (the parameter's name in the contract)
    action: str | None = None,
    step: str | None = None,
    place: str | None = None,
    item: str | None = None,
    person: Annotated[str | None, PEOPLE] = None,
    equipment: str | None = None,
    disposition: str | None = None,
    order: str | None = None,
    sort: Literal["-time", "time", "-recorded", "recorded"] = "-time",
) -> HttpResponse:
    item_id = api.item_of(item) if item is not None else None
    narrowed = EventFilter(since, until, type, action, step, place, item_id, person, equipment, disposition, order)
    accepted = request.headers.get("Accept-Language", "")
    language = language_of(accepted) if accepted not in ("", "*") else tx().principal.language
    make = api.events_workbook if format == "xlsx" else api.events_csv
    response = HttpResponse(make(narrowed, sort, language), content_type=_TYPES[format])
    response["Content-Disposition"] = f"attachment; filename=events.{format}"
    return response
