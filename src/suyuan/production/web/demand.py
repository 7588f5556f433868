"""Sales demand over HTTP."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from suyuan.chassis.http import guarded, reply
from suyuan.kernel.disclosure import PARTIES
from suyuan.production.api import demand as api
from suyuan.production.api import demand_goods, demand_orders, orders
from suyuan.production.api.demand_orders import Covering
from suyuan.production.contracts.demand import (
    DemandBatching,
    DemandCovered,
    DemandFilterState,
    DemandPlan,
    DemandRow,
    DemandStep,
    MadeFor,
)
from suyuan.production.contracts.orders import OrderKind
from suyuan.production.web.plant_schemas import Number, Text

router = Router(tags=["sales demand"])
Short = Annotated[str, Field(max_length=80)]
Unit = Annotated[str, Field(max_length=8)]
Note = Annotated[str, Field(max_length=2000)]


class DemandPage(Schema):
    """A page of demand lines."""

    rows: list[DemandRow]
    next: str | None = None
    total: int | None = None


class NewDemand(Schema):
    """A line of a customer's order. ``product``: URI or GTIN; ``customer_uri``: a GLN or another URI."""

    customer_order: Short
    line: Annotated[str, Field(max_length=20)]
    customer: Annotated[Text, PARTIES]
    customer_uri: Annotated[Text | None, PARTIES] = None
    product: Text
    quantity: Decimal
    unit: Unit = ""
    due: date
    site_id: Number | None = None
    note: Note = ""


class DemandChange(Schema):
    """What to change of a line; what is not named stays."""

    customer_order: Short | None = None
    line: Annotated[str, Field(max_length=20)] | None = None
    customer: Annotated[Text | None, PARTIES] = None
    customer_uri: Annotated[Text | None, PARTIES] = None
    product: Text | None = None
    quantity: Decimal | None = None
    unit: Unit | None = None
    due: date | None = None
    site_id: Number | None = None
    note: Note | None = None


class DemandStepTaken(Schema):
    """Cancel a line, with a reason, or open it again."""

    step: DemandStep
    reason: Annotated[str, Field(max_length=500)] = ""


class DemandCovering(Schema):
    """Which lines to cover, and how.

    ``by``: one order for a product and due date, or for each line; ``use_stock``: finished goods promised to nobody
    come first; ``use_free``: then what open orders make that is bound to no line; ``multiple``: new orders are rounded
    up to it, else to the lot size of the bill; ``prefix``: of the new orders' numbers.
    """

    lines: Annotated[list[Number], Field(min_length=1, max_length=demand_orders.MOST_LINES)]
    by: DemandBatching = "due"
    multiple: Decimal | None = None
    use_free: bool = True
    use_stock: bool = True
    prefix: Annotated[str, Field(max_length=40)] = "SD"
    kind: OrderKind = "serial"


class DemandFilter(Schema):
    """Which lines, in which order. ``state`` may be given several times."""

    state: list[DemandFilterState] = Field(default_factory=list)
    search: Text = ""
    product: Text = ""
    sort: Short = "due"
    cursor: Short | None = None


class OrderMadeFor(Schema):
    """The demand lines that an order is made for."""

    rows: list[MadeFor]


@router.get(
    "/demand", response=DemandPage, summary="Lines of customers' orders with what covers them, a page at a time"
)
@guarded(api.READ)
def list_demand(request: HttpRequest, wanted: Annotated[DemandFilter, Query()]) -> HttpResponse:
    rows, following, total = api.list_demand(
        states=wanted.state or None, search=wanted.search.strip() or None, product=wanted.product or None,
        sort=wanted.sort, cursor=wanted.cursor,
    )  # fmt: skip
    return reply({"rows": rows, "next": following, "total": total})


@router.post("/demand", response={201: DemandRow}, summary="Enter a line of a customer's order")
@guarded(api.WRITE)
def add_demand(request: HttpRequest, new: NewDemand) -> HttpResponse:
    return reply(api.add(new.dict()), 201)


@router.post("/demand/plan", response=DemandPlan, summary="What would cover lines; nothing is changed")
@guarded(api.WRITE)
def plan_demand(request: HttpRequest, asked: DemandCovering) -> HttpResponse:
    return reply(demand_orders.plan(Covering(**asked.dict())))


@router.post("/demand/orders", response={201: DemandCovered}, summary="Make work orders that cover lines, all or none")
@guarded(api.WRITE)
def cover_demand(request: HttpRequest, asked: DemandCovering) -> HttpResponse:
    return reply(demand_orders.make(Covering(**asked.dict())), 201)


@router.get("/demand/made-for/{order_id}", response=OrderMadeFor, summary="The demand lines that an order is made for")
@guarded(api.READ)
def read_made_for(request: HttpRequest, order_id: Number) -> HttpResponse:
    return reply({"rows": api.made_for(orders.order(order_id).id)})


@router.get("/demand/{demand_id}", response=DemandRow, summary="A demand line with what covers it")
@guarded(api.READ)
def show_demand(request: HttpRequest, demand_id: Number) -> HttpResponse:
    return reply(api.demand(demand_id))


@router.patch("/demand/{demand_id}", response=DemandRow, summary="Change a demand line")
@guarded(api.WRITE)
def change_demand(request: HttpRequest, demand_id: Number, change: DemandChange) -> HttpResponse:
    named: dict[str, Any] = change.dict(exclude_unset=True)
    unsettable = {"customer_uri", "site_id"}
    kept = {name: value for name, value in named.items() if value is not None or name in unsettable}
    return reply(api.change(demand_id, kept))


@router.post("/demand/{demand_id}/step", response=DemandRow, summary="Cancel a demand line, or open it again")
@guarded(api.WRITE)
def take_demand_step(request: HttpRequest, demand_id: Number, taken: DemandStepTaken) -> HttpResponse:
    return reply(api.take_step(demand_id, taken.step, taken.reason))


@router.delete("/demand/{demand_id}/covers/{order_id}", response=DemandRow, summary="Give an order free from a line")
@guarded(api.WRITE)
def give_free(request: HttpRequest, demand_id: Number, order_id: Number) -> HttpResponse:
    return reply(api.give_free(demand_id, order_id))


@router.delete(
    "/demand/{demand_id}/goods", response=DemandRow, summary="Give the finished goods free that a line was promised"
)
@guarded(api.WRITE)
def give_goods_free(request: HttpRequest, demand_id: Number) -> HttpResponse:
    return reply(demand_goods.give_free(demand_id))
