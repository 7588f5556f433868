"""Work in process over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.http import guarded, reply
from suyuan.production.api import wip
from suyuan.production.contracts.wip import Board, OpenRow
from suyuan.trace.contracts import NamedUri

router = Router(tags=["production"])
Text = Annotated[str | None, Query(max_length=500)]


@router.get("/wip", response=Board, summary="Work in process by operation, with ages and the bottleneck")
@guarded("production:wip:read")
def read_board(
    request: HttpRequest,
    order: Text = None,
    line: Text = None,
    hours: Annotated[float, Query(gt=0, le=168)] = 8,
) -> HttpResponse:
    return reply(wip.board(order=order, line=line, hours=hours))


@router.get("/wip/items", response=list[OpenRow], summary="The items in work behind a figure of the board")
@guarded("production:wip:read", "trace:item:read")
def read_items(
    request: HttpRequest,
    operation: Text = None,
    state: Literal["waiting", "running", "rework", "held"] | None = None,
    order: Text = None,
    line: Text = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> HttpResponse:
    return reply(wip.open_items(operation=operation, state=state, order=order, line=line, limit=limit))


@router.get("/wip/lines", response=list[NamedUri], summary="Lines that the board may be narrowed to")
@guarded("production:wip:read")
def read_lines(request: HttpRequest) -> HttpResponse:
    return reply(wip.lines())
