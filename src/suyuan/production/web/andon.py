"""Andon over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, BaseModel, Field

from suyuan.chassis.http import guarded, reply
from suyuan.kernel.disclosure import SEE_PEOPLE
from suyuan.production.api import andon as api
from suyuan.production.api import andon_kinds
from suyuan.production.contracts.andon import (
    LONGEST_MINUTES,
    AndonBoard,
    AndonCall,
    AndonDetail,
    AndonKind,
    AndonLevel,
    AndonMeasures,
    AndonReason,
    NewCall,
    Unless,
)
from suyuan.production.web.plant_schemas import Number
from suyuan.trace.contracts import NamedUri

router = Router(tags=["andon"])
CONFIGURE = "production:andon:configure"
Uri = Annotated[str, Field(max_length=500, pattern=r"^(urn:|https?://)\S+$")]
Name = Annotated[str, Field(max_length=80)]
Line = Annotated[str, Field(max_length=500)]


class Level(BaseModel, extra="forbid"):
    """Whom a call reaches after so many minutes, unless somebody has acknowledged or resolved it by then."""

    after_minutes: Annotated[int, Field(ge=0, le=LONGEST_MINUTES)]
    unless: Unless = "acknowledged"
    roles: Annotated[list[Number], Field(max_length=50)] = []
    people: Annotated[list[Number], Field(max_length=50)] = []


class NewKind(BaseModel, extra="forbid"):
    """Something that stations can call for."""

    code: Name
    name_zh: Name
    name_en: Name
    reason: AndonReason
    levels: Annotated[list[Level], Field(max_length=20)] = []
    position: Annotated[int, Field(ge=0, le=1000)] = 0


class KindChange(BaseModel, extra="forbid"):
    """What to change of it; what is not named stays."""

    name_zh: Name | None = None
    name_en: Name | None = None
    reason: AndonReason | None = None
    levels: Annotated[list[Level], Field(max_length=20)] | None = None
    position: Annotated[int, Field(ge=0, le=1000)] | None = None
    retired: bool | None = None


class AndonKinds(Schema):
    """Every kind of call."""

    rows: list[AndonKind]


class Addressee(Schema):
    """A role or a person."""

    id: int
    name_zh: str
    name_en: str


class Addressees(Schema):
    """Whom a level can tell."""

    roles: list[Addressee]
    people: list[Addressee]


class CallMade(BaseModel, extra="forbid"):
    """A call from a station. ``id`` is the caller's own: sent again, it is one call."""

    id: UUID
    kind: Name
    place: Uri | None = None
    equipment: Uri | None = None
    work_order: Uri | None = None
    node: Annotated[str, Field(max_length=63)] | None = None
    item: Uri | None = None
    note: Line = ""
    called: AwareDatetime | None = None


class CallClosed(BaseModel, extra="forbid"):
    """Why it was called, and what was done."""

    cause: Line
    remedy: Line = ""


class AndonCalls(Schema):
    """Calls, newest first. ``next``: where the rest begins."""

    rows: list[AndonCall]
    next: str | None = None


def _levels(given: list[Level]) -> tuple[AndonLevel, ...]:
    return tuple(AndonLevel(each.after_minutes, each.unless, tuple(each.roles), tuple(each.people)) for each in given)


@router.get("/andon/kinds", response=AndonKinds, summary="What stations can call for")
@guarded(api.CALL)
def list_kinds(request: HttpRequest) -> HttpResponse:
    return reply({"rows": andon_kinds.kinds()})


@router.get("/andon/addressees", response=Addressees, summary="Roles and people that a level can tell")
@guarded(CONFIGURE, SEE_PEOPLE)
def list_addressees(request: HttpRequest) -> HttpResponse:
    roles, people = andon_kinds.names()
    told = ([{"id": each, "name_zh": zh, "name_en": en} for each, (zh, en) in kind.items()] for kind in (roles, people))
    return reply(dict(zip(("roles", "people"), told, strict=True)))


@router.get("/andon/stations", response=list[NamedUri], summary="Machines, work centres and lines to call from")
@guarded(api.CALL)
def list_stations(request: HttpRequest) -> HttpResponse:
    return reply(andon_kinds.stations())


@router.post("/andon/kinds", response={201: AndonKind}, summary="Add a kind of call")
@guarded(CONFIGURE, SEE_PEOPLE)
def add_kind(request: HttpRequest, new: NewKind) -> HttpResponse:
    return reply(andon_kinds.add(new.model_dump() | {"levels": _levels(new.levels)}), 201)


@router.post("/andon/kinds/usual", response=AndonKinds, summary="Make the usual kinds, where there are none")
@guarded(CONFIGURE, SEE_PEOPLE)
def provide_kinds(request: HttpRequest) -> HttpResponse:
    return reply({"rows": andon_kinds.provide()})


@router.patch("/andon/kinds/{row_id}", response=AndonKind, summary="Change a kind of call, its levels, or retire it")
@guarded(CONFIGURE, SEE_PEOPLE)
def change_kind(request: HttpRequest, row_id: Number, change: KindChange) -> HttpResponse:
    given: dict[str, Any] = {name: value for name, value in change.model_dump().items() if value is not None}
    if change.levels is not None:
        given["levels"] = _levels(change.levels)
    return reply(andon_kinds.change(row_id, given))


@router.get("/andon", response=AndonBoard, summary="Open calls, the most pressing first, and how the last hours went")
@guarded(api.READ)
def read_board(request: HttpRequest, hours: Annotated[int, Query(ge=1, le=168)] = 24) -> HttpResponse:
    return reply(api.board(hours))


@router.post("/andon", response={201: AndonCall}, summary="Call for somebody")
@guarded(api.CALL)
def make_call(request: HttpRequest, made: CallMade) -> HttpResponse:
    return reply(api.call(NewCall(**made.model_dump())), 201)


@router.get("/andon/calls", response=AndonCalls, summary="Calls, newest first")
@guarded(api.READ)
def list_calls(
    request: HttpRequest,
    state: Literal["open", "ended"] | None = None,
    kind: Annotated[str | None, Query(max_length=80)] = None,
    cursor: Annotated[str | None, Query(max_length=120)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:
    rows = api.listed(
        still_open=None if state is None else state == "open", kind=kind, before=api.cursor_of(cursor), limit=limit + 1
    )
    following = f"{rows[limit - 1].called.isoformat()}~{rows[limit - 1].id}" if len(rows) > limit else None
    return reply({"rows": rows[:limit], "next": following})


@router.get("/andon/measures", response=AndonMeasures, summary="How soon calls were answered and closed, and why")
@guarded(api.READ)
def read_measures(
    request: HttpRequest,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
) -> HttpResponse:
    ends = until or datetime.now(UTC)
    begins = since or (ends - timedelta(days=7) if ends.year > 1 else ends)
    return reply(api.measures(begins, ends))


@router.get("/andon/calls/{call_id}", response=AndonDetail, summary="A call, and whom it reached")
@guarded(api.READ)
def show_call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    return reply(api.detail(call_id))


@router.post("/andon/calls/{call_id}/acknowledge", response=AndonCall, summary="Say that one comes")
@guarded(api.ANSWER)
def acknowledge(request: HttpRequest, call_id: UUID) -> HttpResponse:
    return reply(api.acknowledge(call_id))


@router.post("/andon/calls/{call_id}/resolve", response=AndonCall, summary="Close a call with its cause")
@guarded(api.ANSWER)
def resolve(request: HttpRequest, call_id: UUID, closed: CallClosed) -> HttpResponse:
    return reply(api.resolve(call_id, closed.cause, closed.remedy))


@router.post("/andon/calls/{call_id}/withdraw", response=AndonCall, summary="Take a call back")
@guarded(api.CALL)
def withdraw(request: HttpRequest, call_id: UUID) -> HttpResponse:
    return reply(api.withdraw(call_id))
