"""Shortages over HTTP."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime

from suyuan.chassis.http import guarded, reply
from suyuan.production.api import lot_shortage, shortages
from suyuan.production.contracts.shortages import LotShortage, OrderShortages, Shortages
from suyuan.production.web.plant_schemas import Number

router = Router(tags=["shortages"])


@router.get("/shortages", response=Shortages, summary="Materials that open orders go short of, and lots in trouble")
@guarded(shortages.READ)
def read_shortages(request: HttpRequest) -> HttpResponse:
    return reply(shortages.overview())


@router.get("/shortages/lot", response=LotShortage, summary="Who goes short without a lot, and what left with it")
@guarded(shortages.READ)
def read_lot_shortage(
    request: HttpRequest,
    code: Annotated[str, Query(min_length=1, max_length=500)],
    until: Annotated[AwareDatetime | None, Query()] = None,
) -> HttpResponse:
    return reply(lot_shortage.of_lot(code, until))


@router.get("/shortages/orders/{order_id}", response=OrderShortages, summary="What an order goes short of, and why")
@guarded(shortages.READ)
def read_order_shortages(request: HttpRequest, order_id: Number) -> HttpResponse:
    return reply(shortages.of_order(order_id))
