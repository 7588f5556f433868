"""Work orders over HTTP."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from suyuan.chassis.http import guarded, reply
from suyuan.chassis.limits import costly
from suyuan.chassis.withholding import passed, stand_in
from suyuan.kernel.disclosure import PARTIES
from suyuan.production.api import orders as api
from suyuan.production.api import products
from suyuan.production.contracts.orders import OrderDetail, OrderKind, OrderRow, OrderState, OrderStep, WorkOrder
from suyuan.production.web.plant_schemas import Extra, Number, Text

router = Router(tags=["work orders"])
Short = Annotated[str, Field(max_length=80)]
_COLUMNS: Final = (
    "number", "product", "kind", "quantity", "unit", "due", "priority", "line", "state", "route_key", "route_version",
    "bom_key", "bom_version", "customer", "sales_order", "released", "started", "completed", "note",
)  # fmt: skip
_MOST_EXPORTED: Final = 20_000


class OrdersPage(Schema):
    """A page of orders."""

    rows: list[OrderRow]
    next: str | None = None
    total: int | None = None


class NewOrder(Schema):
    """An order to make. ``product``: URI or GTIN."""

    number: Text
    product: Text
    quantity: Decimal
    unit: Annotated[str, Field(max_length=8)] = ""
    kind: OrderKind = "serial"
    due: datetime | None = None
    priority: Annotated[int, Field(ge=1, le=9)] = 5
    site_id: Number | None = None
    line: Text | None = None
    route_key: Short | None = None
    bom_key: Short | None = None
    customer: Annotated[Text, PARTIES] = ""
    sales_order: Text = ""
    note: Annotated[str, Field(max_length=2000)] = ""
    extra: Extra = Field(default_factory=dict)


class OrderChange(Schema):
    """What to change of an order; what is not named stays."""

    number: Text | None = None
    product: Text | None = None
    quantity: Decimal | None = None
    unit: Annotated[str, Field(max_length=8)] | None = None
    kind: OrderKind | None = None
    due: datetime | None = None
    priority: Annotated[int, Field(ge=1, le=9)] | None = None
    site_id: Number | None = None
    line: Text | None = None
    route_key: Short | None = None
    bom_key: Short | None = None
    customer: Annotated[Text | None, PARTIES] = None
    sales_order: Text | None = None
    note: Annotated[str, Field(max_length=2000)] | None = None
    extra: Extra | None = None


class OrderStepTaken(Schema):
    """A step of an order's life. ``accept_short``: release it though material is missing."""

    step: OrderStep
    reason: Annotated[str, Field(max_length=500)] = ""
    accept_short: bool = False


class OrderSplit(Schema):
    """How much to split off."""

    quantity: Decimal


class OrderMerge(Schema):
    """Orders to take into this one."""

    orders: list[Number] = Field(max_length=100)


class OrderTable(Schema):
    """A table of orders: CSV with the headings number, product, quantity and, as wanted, unit, due, priority, note…"""

    text: Annotated[str, Field(max_length=1_000_000)]


class OrdersMade(Schema):
    """The orders made of a table."""

    rows: list[WorkOrder]


class OrderFilter(Schema):
    """Which orders, in which order. ``state`` may be given several times."""

    state: list[OrderState] = Field(default_factory=list)
    search: Text = ""
    product: Text = ""
    sort: Short = "-created"
    cursor: Short | None = None


@router.get("", response=OrdersPage, summary="Work orders, a page at a time")
@guarded(api.READ)
def list_orders(request: HttpRequest, wanted: Annotated[OrderFilter, Query()]) -> HttpResponse:
    rows, following, total = _listed(wanted, api.PAGE)
    return reply({"rows": rows, "next": following, "total": total})


def _listed(wanted: OrderFilter, limit: int) -> tuple[list[OrderRow], str | None, int]:
    return api.list_orders(
        states=wanted.state or None, search=wanted.search.strip() or None, product=wanted.product or None,
        sort=wanted.sort, cursor=wanted.cursor, limit=limit,
    )  # fmt: skip


@router.get("/export", summary="Work orders as CSV")
@guarded(api.READ)
@costly
def export_orders(request: HttpRequest, wanted: Annotated[OrderFilter, Query()]) -> HttpResponse:
    rows = passed(_listed(wanted, _MOST_EXPORTED)[0])
    hidden = stand_in("en", PARTIES)  # as the headings are
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for row in rows:
        table.writerow([(name == "customer" and hidden) or _cell(getattr(row.order, name)) for name in _COLUMNS])
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="orders.csv"'
    return answer


def _cell(value: object) -> str:
    """Return a cell's text; what a spreadsheet would take for a formula stays text."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@" and text[:1] else text


@router.post("", response={201: WorkOrder}, summary="Make a work order")
@guarded(api.WRITE)
def add_order(request: HttpRequest, new: NewOrder) -> HttpResponse:
    return reply(api.add(new.dict()), 201)


@router.post("/import", response={201: OrdersMade}, summary="Make work orders of a table, all or none")
@guarded(api.WRITE)
def import_orders(request: HttpRequest, table: OrderTable) -> HttpResponse:
    return reply({"rows": api.take_table(table.text)}, 201)


@router.get("/{order_id}", response=OrderDetail, summary="A work order with its progress, as events say")
@guarded(api.READ)
def show_order(request: HttpRequest, order_id: Number) -> HttpResponse:
    return reply(products.detail(api.order(order_id)))


@router.patch("/{order_id}", response=WorkOrder, summary="Change a work order")
@guarded(api.WRITE)
def change_order(request: HttpRequest, order_id: Number, change: OrderChange) -> HttpResponse:
    named: dict[str, Any] = change.dict(exclude_unset=True)
    unsettable = {"due", "site_id", "line", "route_key", "bom_key"}
    kept = {name: value for name, value in named.items() if value is not None or name in unsettable}
    return reply(api.change(order_id, kept))


@router.post("/{order_id}/step", response=WorkOrder, summary="Release, start, pause, complete, close it…")
@guarded(api.RELEASE)
def take_step(request: HttpRequest, order_id: Number, taken: OrderStepTaken) -> HttpResponse:
    return reply(api.take_step(order_id, taken.step, reason=taken.reason, accept_short=taken.accept_short))


@router.post("/{order_id}/split", response={201: WorkOrder}, summary="Split a part of it off into an order of its own")
@guarded(api.RELEASE)
def split_order(request: HttpRequest, order_id: Number, split: OrderSplit) -> HttpResponse:
    return reply(api.split(order_id, split.quantity), 201)


@router.post("/{order_id}/merge", response=WorkOrder, summary="Take other orders into it")
@guarded(api.RELEASE)
def merge_orders(request: HttpRequest, order_id: Number, merge: OrderMerge) -> HttpResponse:
    return reply(api.merge(order_id, merge.orders))
