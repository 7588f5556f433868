"""Events over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.http import guarded, reply
from suyuan.kernel.disclosure import PEOPLE
from suyuan.trace import api
from suyuan.trace.contracts import EventDetail, EventFilter, EventRow, Page, Vocabulary

router = Router(tags=["events"])
Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("/events", response=Page[EventRow], summary="List events")
@guarded("trace:event:read")
def list_events(
    request: HttpRequest,
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
    cursor: str | None = None,
    limit: Limit = 50,
) -> HttpResponse:
    item_id = None
    if item is not None:
        item_id = api.resolve_item(item)
        if item_id is None:
            return reply(Page([]))
    narrowed = EventFilter(since, until, type, action, step, place, item_id, person, equipment, disposition, order)
    return reply(api.list_events(narrowed, sort=sort, cursor=cursor, limit=limit))


@router.get("/events/{int:number}", response=EventDetail, summary="One event, whole")
@guarded("trace:event:read")
def event_detail(request: HttpRequest, number: int) -> HttpResponse:
    return reply(api.event_detail(number))


@router.get("/vocabulary", response=Vocabulary, summary="The words that events use, named in both languages")
@guarded("trace:event:read")
def vocabulary(request: HttpRequest) -> HttpResponse:
    return reply(api.vocabulary())
