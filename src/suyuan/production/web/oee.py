"""States of equipment, effectiveness and yields over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.http import guarded, reply
from suyuan.production.api import oee, states
from suyuan.production.contracts.oee import EffectivenessReport, MachineNow, StateInterval, YieldReport
from suyuan.production.web.bodies import StateBody, new_state
from suyuan.trace.contracts import NamedUri

router = Router(tags=["production"])
From = Annotated[datetime, Query(alias="from")]
To = Annotated[datetime, Query(alias="to")]
Line = Annotated[str | None, Query(max_length=500)]
Offset = Annotated[int, Query(ge=-840, le=840)]


@router.get("/oee", response=EffectivenessReport, summary="Effectiveness of equipment (ISO 22400-2) with its losses")
@guarded("production:oee:read")
def read_oee(
    request: HttpRequest,
    since: From,
    until: To,
    by: Annotated[Literal["machine", "line", "shift", "day"], Query(alias="kind")] = "machine",
    line: Line = None,
    offset: Offset = 480,
) -> HttpResponse:
    return reply(oee.report(since, until, by, offset, line))


@router.get("/yields", response=YieldReport, summary="First pass and rolled yield, scrap, rework, cycle times")
@guarded("production:oee:read")
def read_yields(request: HttpRequest, since: From, until: To, line: Line = None) -> HttpResponse:
    return reply(oee.yields(since, until, line))


@router.get("/machines", response=list[MachineNow], summary="Machines and the states they are in")
@guarded("production:oee:read")
def read_machines(request: HttpRequest) -> HttpResponse:
    return reply(states.machines_now())


@router.get("/machines/lines", response=list[NamedUri], summary="Lines that effectiveness may be narrowed to")
@guarded("production:oee:read")
def read_lines(request: HttpRequest) -> HttpResponse:
    return reply(oee.lines())


@router.get("/states", response=list[StateInterval], summary="A machine's states between two times")
@guarded("production:oee:read")
def read_states(
    request: HttpRequest, equipment: Annotated[str, Query(max_length=500)], since: From, until: To
) -> HttpResponse:
    return reply(states.states_of(equipment, since, until))


@router.post("/states", response={201: dict[str, int]}, summary="Enter the state a machine went into")
@guarded("production:state:write")
def enter_state(request: HttpRequest, body: StateBody, offset: Offset = 480) -> HttpResponse:
    return reply({"number": states.enter(new_state(body), offset).number}, 201)
