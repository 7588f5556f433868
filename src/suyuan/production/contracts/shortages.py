"""Shortages: which orders, calls, shipments and customers a held, expired or late lot touches. Quantities are exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from suyuan.kernel.disclosure import PARTIES
from suyuan.production.contracts.orders import OrderState
from suyuan.production.contracts.pulls import PullCall
from suyuan.trace.contracts.scopes import ScopeGroup

LotState = Literal["usable", "held", "expired", "on_its_way", "gone"]


@dataclass(frozen=True, slots=True)
class LotSpot:
    """Where how much of a lot stands."""

    place: str | None
    place_zh: str | None
    place_en: str | None
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class LotTrouble:
    """A lot, or a single part, that may not come or may not be used. ``left``: what is left of it; None: not known."""

    item_id: int
    uri: str
    code: str
    kind: str
    state: LotState
    disposition: str | None
    expiry: str | None
    material: str
    material_zh: str | None
    material_en: str | None
    left: Decimal | None
    unit: str
    spots: Sequence[LotSpot]


@dataclass(frozen=True, slots=True)
class ShortOrder:
    """An order that goes short of a material.

    ``needed`` in all, ``used`` already, ``short`` of what there is for its turn; ``by_lot`` of that because of the lot
    that was asked for. ``at_line``: how much of that lot stands at the order's line.
    """

    order_id: int
    number: str
    product: str
    product_zh: str | None
    product_en: str | None
    state: OrderState
    due: datetime | None
    priority: int
    line: str | None
    line_zh: str | None
    line_en: str | None
    customer: Annotated[str, PARTIES]
    sales_order: str
    material: str
    material_zh: str | None
    material_en: str | None
    unit: str
    needed: Decimal
    used: Decimal
    short: Decimal
    by_lot: Decimal
    at_line: Decimal


@dataclass(frozen=True, slots=True)
class ShippedWith:
    """What contains the lot and has left, by the trace forward. None: the asker may not trace.

    ``certain`` and ``possible`` of ``items``; ``listed`` in all, shipped or not.
    """

    items: int
    certain: int
    possible: int
    listed: int
    customers: Annotated[Sequence[ScopeGroup], PARTIES]


@dataclass(frozen=True, slots=True)
class LotShortage:
    """What a lot's absence means. ``needing``: open orders that need its material at all."""

    lot: LotTrouble
    until: datetime | None
    usable: Decimal
    needing: int
    orders: Sequence[ShortOrder]
    calls: Sequence[PullCall]
    shipped: ShippedWith | None
    took_ms: float


@dataclass(frozen=True, slots=True)
class MaterialShortage:
    """A material that open orders go short of. ``first_due``: of the first that does."""

    material: str
    material_zh: str | None
    material_en: str | None
    unit: str
    orders: int
    short: Decimal
    usable: Decimal
    blocked: Decimal
    first_due: datetime | None


@dataclass(frozen=True, slots=True)
class Shortages:
    """All that goes short over the open orders, and the lots in trouble that they need."""

    orders: int
    materials: Sequence[MaterialShortage]
    lots: Sequence[LotTrouble]
    took_ms: float


@dataclass(frozen=True, slots=True)
class OrderMaterial:
    """A material of an order: ``short`` in its turn, lots in trouble, and calls that are late."""

    row: ShortOrder
    usable: Decimal
    lots: Sequence[LotTrouble]
    late: Sequence[PullCall]


@dataclass(frozen=True, slots=True)
class OrderShortages:
    """Which materials an order goes short of, or that are on hold or late."""

    materials: Sequence[OrderMaterial]
