"""The home page over HTTP."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.analytics import api
from suyuan.analytics.contracts import Alarm, Home
from suyuan.chassis.http import guarded, reply

router = Router(tags=["home"])


@router.get("/home", response=Home, summary="Today at a glance")
@guarded("analytics:home:read")
def home(request: HttpRequest, offset: Annotated[int, Query(ge=-840, le=840)] = 480) -> HttpResponse:
    return reply(api.home(offset))


@router.get("/alarms", response=list[Alarm], summary="The newest alarms")
@guarded("analytics:home:read")
def alarms(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> HttpResponse:
    return reply(api.newest_alarms(limit))
