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
    quantity: str
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
    faults: tuple[FloorFault, ...]


class FloorFault(msgspec.Struct, frozen=True, kw_only=True):
    """What an execution check says where something is wrong: texts with the names of their values in braces."""

    code: str
    text_zh: str
    text_en: str
    remedy_zh: str
    remedy_en: str


class FloorDone(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to an item on an order. ``role``: ``i o p c s`` as the ledger has them; ``quantity`` of a lot."""

    item: str
    order: str
    step: str | None
    node: str | None
    place: str | None
    disposition: str | None
    role: str
    time: str
    quantity: str | None = None
    unit: str | None = None


class FloorLot(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a lot was made before it came to its order, where anybody says.

    ``cut``: more was done to it than is told.
    """

    item: str
    quantity: str | None
    unit: str
    cut: bool


class FloorUse(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a material went into an order."""

    order: str
    material: str
    quantity: str


class FloorMachine(msgspec.Struct, frozen=True, kw_only=True):
    """A machine or tool: its class, all that it stands in, the last day of its calibration."""

    uri: str
    class_name: str
    above: tuple[str, ...]
    tool: bool
    due: date | None


class FloorWork(msgspec.Struct, frozen=True, kw_only=True):
    """How the work stands, for checks without the network: what was done to items in work and went into orders.

    ``items``: those in work on open orders, the newest ones; of others the device knows nothing.
    """

    etag: str
    items: tuple[str, ...]
    done: tuple[FloorDone, ...]
    used: tuple[FloorUse, ...]
    lots: tuple[FloorLot, ...]
    machines: tuple[FloorMachine, ...]
