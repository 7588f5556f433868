"""What crosses the door about work orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from suyuan.kernel.disclosure import PARTIES, PEOPLE

OrderState = Literal["draft", "released", "started", "paused", "completed", "closed", "cancelled"]
OrderKind = Literal["serial", "lot", "mixed"]
OrderStep = Literal["release", "start", "pause", "resume", "complete", "close", "cancel"]
OPEN_STATES: Final = ("released", "started", "paused")


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """A work order. ``uri`` names it in events; versions are pinned when it is released."""

    id: int
    number: str
    uri: str
    product: str
    kind: OrderKind
    quantity: Decimal
    unit: str
    due: datetime | None
    priority: int
    site_id: int | None
    line: str | None
    state: OrderState
    route_key: str | None
    route_version: int | None
    bom_key: str | None
    bom_version: int | None
    parent_id: int | None
    merged_into: int | None
    customer: Annotated[str, PARTIES]
    sales_order: str
    note: str
    reason: str
    created: datetime
    created_by: Annotated[str, PEOPLE]
    released: datetime | None
    started: datetime | None
    completed: datetime | None
    closed: datetime | None
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list, with the names of its product and line and what it may do next."""

    order: WorkOrder
    product_zh: str | None
    product_en: str | None
    line_zh: str | None
    line_en: str | None
    steps: Sequence[OrderStep]


@dataclass(frozen=True, slots=True)
class OperationCount:
    """How many items of an order had an operation done: distinct items, and how often it failed."""

    operation: str | None
    name_zh: str
    name_en: str
    passed: int
    failed: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class MaterialNeed:
    """What an order needs of a material, what went in, and what is on hand. ``missing``: what would not be there."""

    material: str
    name_zh: str | None
    name_en: str | None
    unit: str
    needed: Decimal
    used: Decimal
    on_hand: Decimal
    missing: Decimal
    alternatives: Sequence[str]


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """An order with its progress, as events say.

    ``made``: items that passed a last operation; of lots, how much of the product came out, in the order's unit.
    """

    row: OrderRow
    made: Decimal
    scrapped: int
    operations: Sequence[OperationCount]
    materials: Sequence[MaterialNeed]
    instructions: Sequence[Mapping[str, Any]]
    children: Sequence[WorkOrder]
