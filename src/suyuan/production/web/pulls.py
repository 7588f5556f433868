"""Stock at the line and calls for material over HTTP."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, BaseModel, Field

from suyuan.chassis.http import guarded, reply
from suyuan.production.api import andon, bringing, line_stock, pull_cards, pulls
from suyuan.production.contracts.pulls import (
    Delivered,
    Delivery,
    LineStock,
    NewPull,
    OpenPull,
    PullBoard,
    PullCall,
    PullRule,
)
from suyuan.production.web.plant_schemas import Number
from suyuan.trace.contracts import NamedUri

router = Router(tags=["material calls"])
CONFIGURE = pull_cards.CONFIGURE
Uri = Annotated[str, Field(max_length=500, pattern=r"^(urn:|https?://)\S+$")]
Line = Annotated[str, Field(max_length=500)]
Card = Annotated[str, Field(max_length=80)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=24, decimal_places=9)]
Minutes = Annotated[int, Field(ge=1, le=10_080)]


class NewPullCard(BaseModel, extra="forbid"):
    """What is to be at hand where. ``material``: URI or GTIN; without ``card`` it gets the next free code."""

    card: Card = ""
    material: Line
    place: Uri
    source: Uri | None = None
    unit: Annotated[str, Field(max_length=8)] = ""
    minimum: Amount
    maximum: Amount
    card_quantity: Amount | None = None
    lead_minutes: Minutes = 30
    automatic: bool = True


class PullCardChange(BaseModel, extra="forbid"):
    """What to change of a card; what is not named stays."""

    material: Line | None = None
    place: Uri | None = None
    source: Uri | None = None
    unit: Annotated[str, Field(max_length=8)] | None = None
    minimum: Amount | None = None
    maximum: Amount | None = None
    card_quantity: Amount | None = None
    lead_minutes: Minutes | None = None
    automatic: bool | None = None
    retired: bool | None = None


class PullRules(Schema):
    """Every card with the stock at its place."""

    rows: list[PullRule]


class PullMade(BaseModel, extra="forbid"):
    """A call: by ``card``, or for a material at a place. ``id`` is the caller's own: sent again, it is one call."""

    id: UUID
    card: Card | None = None
    material: Line | None = None
    place: Uri | None = None
    quantity: Amount | None = None
    work_order: Uri | None = None
    note: Line = ""
    requested: AwareDatetime | None = None


class BroughtThing(BaseModel, extra="forbid"):
    """Something that is brought: the code on its label, how much of a lot, and why not the one to be used first."""

    code: Annotated[str, Field(min_length=1, max_length=500)]
    quantity: Amount | None = None
    reason: Line = ""


class PullDelivered(BaseModel, extra="forbid"):
    """What is brought for a call."""

    brought: Annotated[list[BroughtThing], Field(max_length=100)]


class PullCancelled(BaseModel, extra="forbid"):
    """Why it is needed no more."""

    reason: Line


class PullCalls(Schema):
    """Calls, newest first. ``next``: where the rest begins."""

    rows: list[PullCall]
    next: str | None = None


class LineStocks(Schema):
    """What stands at the line, by place and material."""

    rows: list[LineStock]


@router.get("/line-stock", response=LineStocks, summary="Stock at lines and work centres, by material and lot")
@guarded(pulls.READ)
def read_line_stock(request: HttpRequest, place: Annotated[str | None, Query(max_length=500)] = None) -> HttpResponse:
    return reply({"rows": line_stock.line_stock(place)})


@router.get("/pulls/stations", response=list[NamedUri], summary="Lines and machines that material can be called to")
@guarded(pulls.CALL)
def list_pull_stations(request: HttpRequest) -> HttpResponse:
    return reply(pulls.stations())


@router.get("/pulls/cards", response=PullRules, summary="Cards: what is to be at hand where, and what is there")
@guarded(pulls.READ)
def list_cards(request: HttpRequest) -> HttpResponse:
    return reply({"rows": pull_cards.rules()})


@router.post("/pulls/cards", response={201: PullRule}, summary="Add a card")
@guarded(CONFIGURE)
def add_card(request: HttpRequest, new: NewPullCard) -> HttpResponse:
    return reply(pulls.keep_card(None, new.model_dump()), 201)


@router.patch("/pulls/cards/{row_id}", response=PullRule, summary="Change a card, or take it out of use")
@guarded(CONFIGURE)
def change_card(request: HttpRequest, row_id: Number, change: PullCardChange) -> HttpResponse:
    empties = {"source", "card_quantity"}
    named: dict[str, Any] = change.model_dump(exclude_unset=True)
    return reply(pulls.keep_card(row_id, {k: v for k, v in named.items() if v is not None or k in empties}))


@router.get("/pulls", response=PullBoard, summary="Open calls with what to fetch, the most urgent first")
@guarded(pulls.READ)
def read_pull_board(request: HttpRequest, hours: Annotated[int, Query(ge=1, le=168)] = 24) -> HttpResponse:
    return reply(pulls.board(hours))


@router.post("/pulls", response={201: PullCall}, summary="Call for material, by card or by hand")
@guarded(pulls.CALL)
def make_pull(request: HttpRequest, made: PullMade) -> HttpResponse:
    return reply(pulls.call(NewPull(**made.model_dump())), 201)


@router.get("/pulls/calls", response=PullCalls, summary="Calls for material, newest first")
@guarded(pulls.READ)
def list_pulls(
    request: HttpRequest,
    state: Literal["open", "ended"] | None = None,
    cursor: Annotated[str | None, Query(max_length=120)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:
    rows = pulls.listed(
        still_open=None if state is None else state == "open", before=andon.cursor_of(cursor), limit=limit + 1
    )
    following = f"{rows[limit - 1].requested.isoformat()}~{rows[limit - 1].id}" if len(rows) > limit else None
    return reply({"rows": rows[:limit], "next": following})


@router.get("/pulls/calls/{call_id}", response=OpenPull, summary="A call, and what there is to fetch")
@guarded(pulls.READ)
def show_pull(request: HttpRequest, call_id: UUID) -> HttpResponse:
    return reply(pulls.one(call_id))


@router.post("/pulls/calls/{call_id}/pick", response=PullCall, summary="Say that one fetches it")
@guarded(pulls.DELIVER)
def pick_pull(request: HttpRequest, call_id: UUID) -> HttpResponse:
    return reply(pulls.pick(call_id))


@router.post("/pulls/calls/{call_id}/deliver", response=Delivered, summary="Bring it: what is scanned is checked")
@guarded(pulls.DELIVER)
def deliver_pull(request: HttpRequest, call_id: UUID, delivered: PullDelivered) -> HttpResponse:
    return reply(bringing.deliver(call_id, [Delivery(**each.model_dump()) for each in delivered.brought]))


@router.post("/pulls/calls/{call_id}/cancel", response=PullCall, summary="Take a call back, with the reason")
@guarded(pulls.CALL)
def cancel_pull(request: HttpRequest, call_id: UUID, cancelled: PullCancelled) -> HttpResponse:
    return reply(pulls.cancel(call_id, cancelled.reason))
