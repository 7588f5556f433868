"""What crosses the door about sales demand. Quantities are exact, in the line's unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from suyuan.production.contracts.orders import OrderState, WorkOrder

DemandState = Literal["open", "covered", "cancelled"]
DemandFilterState = Literal["open", "covered", "cancelled", "over"]
"""``over``: more is bound to the line than it needs."""
DemandStep = Literal["cancel", "reopen"]
DemandBatching = Literal["due", "line"]
"""One order for a product and due date, or for each line."""


@dataclass(frozen=True, slots=True)
class DemandLine:
    """A line of a customer's order. ``site_id``: where it is to be made; None: anywhere."""

    id: int
    customer_order: str
    line: str
    customer: str
    customer_uri: str | None
    product: str
    quantity: Decimal
    unit: str
    due: date
    site_id: int | None
    cancelled: bool
    reason: str
    note: str
    created: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class DemandCover:
    """A work order that makes something for a line.

    ``bound``: of it for the line; ``given``: what that comes to, as the order is now. An order that was made smaller
    gives to the lines that are due first; a cancelled one gives nothing.
    """

    order_id: int
    number: str
    state: OrderState
    quantity: Decimal
    due: datetime | None
    bound: Decimal
    given: Decimal


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A line with what covers it. ``open``: still to be covered; ``over``: bound to it beyond what it needs."""

    demand: DemandLine
    product_zh: str | None
    product_en: str | None
    state: DemandState
    covered: Decimal
    open: Decimal
    over: Decimal
    covers: Sequence[DemandCover]


@dataclass(frozen=True, slots=True)
class MadeFor:
    """A demand line that an order is made for."""

    demand: DemandLine
    bound: Decimal
    given: Decimal


@dataclass(frozen=True, slots=True)
class DemandShare:
    """How much of a demand line an order makes."""

    demand_id: int
    customer_order: str
    line: str
    customer: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class DemandUse:
    """An open order that makes more than is bound, and what of it goes to lines."""

    order_id: int
    number: str
    product: str
    shares: Sequence[DemandShare]


@dataclass(frozen=True, slots=True)
class DemandBatch:
    """An order to be made. ``spare``: what it makes beyond its shares, as it is rounded up."""

    product: str
    product_zh: str | None
    product_en: str | None
    unit: str
    due: date
    site_id: int | None
    quantity: Decimal
    spare: Decimal
    shares: Sequence[DemandShare]


@dataclass(frozen=True, slots=True)
class DemandPlan:
    """What would cover lines: first what open orders make that is not bound, then new orders."""

    used: Sequence[DemandUse]
    batches: Sequence[DemandBatch]


@dataclass(frozen=True, slots=True)
class DemandCovered:
    """What was done to cover lines. ``orders``: the new ones, drafts."""

    plan: DemandPlan
    orders: Sequence[WorkOrder]
