"""What crosses the door about sales demand. Quantities are exact, in the line's unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from suyuan.kernel.disclosure import PARTIES, PEOPLE
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
    customer: Annotated[str, PARTIES]
    customer_uri: Annotated[str | None, PARTIES]
    product: str
    quantity: Decimal
    unit: str
    due: date
    site_id: int | None
    cancelled: bool
    reason: str
    note: str
    created: datetime
    created_by: Annotated[str, PEOPLE]


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
class DemandGoods:
    """Finished goods that are promised to a line: a lot, or units together (``code`` and ``uri`` are the first one's).

    ``given``: what of them is still there or was sent off; what is held or scrapped gives nothing.
    """

    kind: str
    code: str
    uri: str
    count: int
    bound: Decimal
    given: Decimal
    place: str | None


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A line with what covers it. ``open``: still to be covered; ``over``: bound to it beyond what it needs.

    ``covers``: work orders; ``goods``: what was in store.
    """

    demand: DemandLine
    product_zh: str | None
    product_en: str | None
    state: DemandState
    covered: Decimal
    open: Decimal
    over: Decimal
    covers: Sequence[DemandCover]
    goods: Sequence[DemandGoods] = ()


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
    customer: Annotated[str, PARTIES]
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class DemandUse:
    """An open order that makes more than is bound, and what of it goes to lines."""

    order_id: int
    number: str
    product: str
    shares: Sequence[DemandShare]


@dataclass(frozen=True, slots=True)
class DemandStock:
    """Finished goods that are promised to nobody, and what of them goes to lines: a lot, or the units of an order.

    ``here``: what stands at the place; ``free``: what of it is neither in work, nor held, nor promised.
    """

    product: str
    kind: str
    code: str
    uri: str
    order: str | None
    place: str | None
    expires: date | None
    here: Decimal
    free: Decimal
    shares: Sequence[DemandShare]


@dataclass(frozen=True, slots=True)
class DemandLinePlan:
    """Where each chosen line comes from: finished goods, open orders, new orders. ``open``: what was to be covered."""

    demand_id: int
    customer_order: str
    line: str
    product: str
    unit: str
    due: date
    open: Decimal
    stock: Decimal
    orders: Decimal
    new: Decimal


@dataclass(frozen=True, slots=True)
class DemandBatch:
    """An order to be made. ``spare``: what it makes beyond its shares, as it is rounded up.

    ``minimum`` and ``multiple``: the lot size that it was rounded to.
    """

    product: str
    product_zh: str | None
    product_en: str | None
    unit: str
    due: date
    site_id: int | None
    quantity: Decimal
    spare: Decimal
    shares: Sequence[DemandShare]
    minimum: Decimal | None = None
    multiple: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DemandPlan:
    """What would cover lines: first finished goods, then what open orders make that is not bound, then new orders."""

    lines: Sequence[DemandLinePlan]
    stock: Sequence[DemandStock]
    used: Sequence[DemandUse]
    batches: Sequence[DemandBatch]


@dataclass(frozen=True, slots=True)
class DemandCovered:
    """What was done to cover lines. ``orders``: the new ones, drafts."""

    plan: DemandPlan
    orders: Sequence[WorkOrder]
