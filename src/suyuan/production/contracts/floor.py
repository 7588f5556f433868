"""What a station at the line knows of production without the network."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from suyuan.production.contracts.products import BillOfMaterial
from suyuan.production.contracts.routes import Route

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class FloorCall(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the station can call for."""

    code: str
    name_zh: str
    name_en: str
    reason: str


class FloorOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An open order. ``route`` and ``bill``: names among the document's, as ``key@version``."""

    uri: str
    number: str
    product: str
    state: str
    route: str | None
    bill: str | None


class FloorHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a qualification, from the first day to the last; without one, for good."""

    person: str
    code: str
    valid_from: date
    valid_to: date | None


class FloorStation(msgspec.Struct, frozen=True, kw_only=True):
    """Calls, open orders with their routes (instructions and pictures in them) and bills, and levels of checks.

    ``read``: what the asker has confirmed to have read, as ``route operation revision``.
    """

    etag: str
    calls: tuple[FloorCall, ...]
    orders: tuple[FloorOrder, ...]
    routes: dict[str, Route]
    bills: dict[str, BillOfMaterial]
    levels: dict[str, str]
    holders: tuple[FloorHolder, ...]
    read: tuple[str, ...]
