"""Items over HTTP."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.http import guarded, reply
from suyuan.trace import api
from suyuan.trace.contracts import ItemDetail, ItemRow, Page, Stay, TimelineRow

router = Router(tags=["items"])
Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("", response=Page[ItemRow], summary="Find items by the start or end of their code")
@guarded("trace:item:read")
def list_items(
    request: HttpRequest,
    search: Annotated[str | None, Query(max_length=400)] = None,
    kind: str | None = None,
    product: str | None = None,
    cursor: int | None = None,
    limit: Limit = 50,
) -> HttpResponse:
    return reply(api.list_items(search, kind=kind, product=product, cursor=cursor, limit=limit))


@router.get("/{item_id}", response=ItemDetail, summary="What an item is and where it is")
@guarded("trace:item:read")
def item_detail(request: HttpRequest, item_id: int) -> HttpResponse:
    return reply(api.item_detail(item_id))


@router.get("/{item_id}/timeline", response=Page[TimelineRow], summary="An item's life, newest first")
@guarded("trace:item:read")
def timeline(request: HttpRequest, item_id: int, cursor: str | None = None, limit: Limit = 50) -> HttpResponse:
    return reply(api.timeline(item_id, cursor=cursor, limit=limit))


@router.get("/{item_id}/contents", response=Page[Stay], summary="What is inside an item now")
@guarded("trace:item:read")
def contents(request: HttpRequest, item_id: int, cursor: int = 0, limit: Limit = 100) -> HttpResponse:
    return reply(api.contents(item_id, cursor=cursor, limit=limit))


@router.get("/{item_id}/containers", response=Page[Stay], summary="Every container an item was ever in")
@guarded("trace:item:read")
def containers(request: HttpRequest, item_id: int) -> HttpResponse:
    return reply(api.containers(item_id))
