"""States of equipment, effectiveness and yields over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime

from suyuan.chassis.http import guarded, reply
from suyuan.production.api import oee, states
from suyuan.production.contracts.oee import EffectivenessReport, MachineNow, StateInterval, YieldReport
from suyuan.production.web.bodies import StateBody, new_state
from suyuan.trace.contracts import NamedUri

router = Router(tags=["production"])
_EARLIEST = datetime.min.replace(tzinfo=UTC)
From = Annotated[AwareDatetime | None, Query(alias="from")]
To = Annotated[AwareDatetime | None, Query(alias="to")]
Line = Annotated[str | None, Query(max_length=500)]
Offset = Annotated[int, Query(ge=-840, le=840)]


def _window(since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
    """Return the window asked for; without an end it ends now, without a beginning it is a day."""
    ends = until or datetime.now(UTC)
    if since is None:
        since = ends - timedelta(days=1) if ends > _EARLIEST + timedelta(days=1) else _EARLIEST
    return since, ends


@router.get("/oee", response=EffectivenessReport, summary="Effectiveness of equipment (ISO 22400-2) with its losses")
@guarded("production:oee:read")
def read_oee(
    request: HttpRequest,
    since: From = None,
    until: To = None,
    by: Annotated[Literal["machine", "line", "shift", "day"], Query(alias="kind")] = "machine",
    line: Line = None,
    offset: Offset = 480,
) -> HttpResponse:
    return reply(oee.report(*_window(since, until), by, offset, line))


@router.get("/yields", response=YieldReport, summary="First pass and rolled yield, scrap, rework, cycle times")
@guarded("production:oee:read")
def read_yields(request: HttpRequest, since: From = None, until: To = None, line: Line = None) -> HttpResponse:
    return reply(oee.yields(*_window(since, until), line))


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
    request: HttpRequest, equipment: Annotated[str, Query(max_length=500)], since: From = None, until: To = None
) -> HttpResponse:
    return reply(states.states_of(equipment, *_window(since, until)))


@router.post("/states", response={201: dict[str, int]}, summary="Enter the state a machine went into")
@guarded("production:state:write")
def enter_state(request: HttpRequest, body: StateBody, offset: Offset = 480) -> HttpResponse:
    return reply({"number": states.enter(new_state(body), offset).number}, 201)
