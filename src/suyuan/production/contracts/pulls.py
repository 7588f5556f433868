"""Stock at the line and calls for material (pull, kanban). Times are UTC, quantities exact decimals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import fault_kind

PullState = Literal["requested", "picking", "delivered", "cancelled"]
PullOrigin = Literal["hand", "scan", "minimum"]
PullStep = Literal["pick", "deliver", "cancel"]

CARD_UNKNOWN = fault_kind(
    "production.pull_card_unknown", 422,
    zh="没有看板卡“{given}”，或它已停用。", en="There is no card “{given}”, or it is out of use.",
    remedy_zh="请核对卡上的编码；看板卡在“线边要料 → 看板卡”里维护。",
    remedy_en="Check the code on the card; cards are kept under Material calls → Cards.",
)
CARD_OPEN = fault_kind(
    "production.pull_card_open", 409,
    zh="看板卡 {card} 已经在叫料（{by}）。", en="The card {card} calls for material already ({by}).",
    remedy_zh="料正在送来；还要更多就按物料另叫一次。",
    remedy_en="It is on its way; if more is needed, call for the material itself.",
)
CALL_TAKEN = fault_kind(
    "production.pull_taken", 409,
    zh="编号 {id} 的要料已存在，内容不同。", en="There is a call {id} already, with other content.",
    remedy_zh="请用新的编号再叫料。", remedy_en="Call again under a new id.",
)
CALL_WRONG = fault_kind(
    "production.pull_wrong", 422,
    zh="要料不完整：{why}。", en="The call is not complete: {why}.",
    remedy_zh="请写明物料、送到哪里和数量，或扫看板卡。",
    remedy_en="Say which material, where to and how much, or scan a card.",
)
STATE_WRONG = fault_kind(
    "production.pull_state_wrong", 409,
    zh="这张要料已经{state}（{by}）。", en="The call is {state} already ({by}).",
    remedy_zh="请刷新看板。", remedy_en="Refresh the board.",
)
WRONG_LOT = fault_kind(
    "production.pull_wrong_lot", 409,
    zh="{item} 不是要的料：它是 {given}，要的是 {wanted}。",
    en="{item} is not what was called for: it is {given}, wanted is {wanted}.",
    remedy_zh="请放回，取：{fetch}。", remedy_en="Put it back and fetch: {fetch}.",
)
HELD_LOT = fault_kind(
    "production.pull_held_lot", 409,
    zh="{item} 已被冻结（{disposition}），不能送上线。",
    en="{item} is on hold ({disposition}): it does not go to the line.",
    remedy_zh="请隔离，取：{fetch}。", remedy_en="Set it apart and fetch: {fetch}.",
)
EXPIRED_LOT = fault_kind(
    "production.pull_expired_lot", 409,
    zh="{item} 的有效期到 {expiry}，不能送上线。", en="{item} expired on {expiry}: it does not go to the line.",
    remedy_zh="请放回，取：{fetch}。", remedy_en="Put it back and fetch: {fetch}.",
)
TOO_MUCH = fault_kind(
    "production.pull_too_much", 409,
    zh="{item} 只剩 {left}，不能送 {given}。", en="Of {item} only {left} is left: {given} cannot be brought.",
    remedy_zh="请核对数量；还差的另取一批。", remedy_en="Check the quantity; bring the rest from another lot.",
)
GONE = fault_kind(
    "production.pull_gone", 409,
    zh="{item} 已用掉、发出或已在产线：{state}。", en="{item} was used, sent away, or is at the line: {state}.",
    remedy_zh="请换一件，并查它的去向。", remedy_en="Bring another one, and look up where this one went.",
)
SOONER_FIRST = fault_kind(
    "production.pull_sooner_first", 409,
    zh="{item} 之前应先送 {sooner}。", en="{sooner} is to be brought before {item}.",
    remedy_zh="请取：{fetch}；确需先用这一批的，请有“放行”权限的人写明原因。",
    remedy_en="Fetch: {fetch}; if this one has to go first, somebody with the right to let it pass says why.",
)
SPOT_TAKEN = fault_kind(
    "production.pull_spot_taken", 409,
    zh="这个地点已有这种物料的看板卡。", en="There is a card for this material at this place already.",
    remedy_zh="请修改原有的卡，或先停用它。", remedy_en="Change that one, or take it out of use first.",
)


@dataclass(frozen=True, slots=True)
class PullRule:
    """What is to be at hand at a place, and its card. ``stock`` is there now; ``called``: on open calls.

    ``card_quantity`` None: up to the maximum. ``automatic``: a card is made when the stock falls below the minimum.
    """

    id: int
    card: str
    material: str
    material_zh: str | None
    material_en: str | None
    place: str
    place_zh: str | None
    place_en: str | None
    source: str | None
    source_zh: str | None
    source_en: str | None
    unit: str
    minimum: Decimal
    maximum: Decimal
    card_quantity: Decimal | None
    lead_minutes: int
    automatic: bool
    retired: bool
    stock: Decimal
    called: Decimal


@dataclass(frozen=True, slots=True)
class NewPull:
    """A call: by card, or for a material at a place. ``id`` is the caller's: sent again, it is one call."""

    id: UUID
    card: str | None = None
    material: str | None = None
    place: str | None = None
    quantity: Decimal | None = None
    work_order: str | None = None
    note: str = ""
    requested: datetime | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought: the item, how much of it, and the event that says so."""

    uri: str
    code: str
    quantity: Decimal
    event: str


@dataclass(frozen=True, slots=True)
class FetchFrom:
    """A usable lot to fetch, the first to be taken first: expiring first, then come first."""

    uri: str
    code: str
    quantity: Decimal
    expiry: str | None
    place: str | None
    place_zh: str | None
    place_en: str | None


@dataclass(frozen=True, slots=True)
class PullCall:
    """A call for material and what became of it."""

    id: UUID
    card: str | None
    site_id: int | None
    material: str
    material_zh: str | None
    material_en: str | None
    place: str
    place_zh: str | None
    place_en: str | None
    source: str | None
    source_zh: str | None
    source_en: str | None
    quantity: Decimal
    unit: str
    work_order: str | None
    origin: PullOrigin
    note: str
    state: PullState
    due: datetime
    requested: datetime
    requested_by: Annotated[str, PEOPLE]
    picking: datetime | None
    picking_by: Annotated[str | None, PEOPLE]
    ended: datetime | None
    ended_by: Annotated[str | None, PEOPLE]
    reason: str
    brought: tuple[Brought, ...]


@dataclass(frozen=True, slots=True)
class OpenPull:
    """A call that is open, with the lots to fetch for it. ``at_hand``: usable in all, elsewhere than at the place."""

    call: PullCall
    fetch: Sequence[FetchFrom]
    at_hand: Decimal


@dataclass(frozen=True, slots=True)
class PullBoard:
    """Open calls, the most urgent first, and how the last ``hours`` went. Seconds; None: nothing to say.

    ``late`` of the delivered came after they were due; ``low``: cards whose stock is below the minimum now.
    """

    at: datetime
    hours: int
    open: Sequence[OpenPull]
    delivered: int
    late: int
    lead_median: int | None
    low: int


@dataclass(frozen=True, slots=True)
class LineLot:
    """A lot, or units of a material, at a place."""

    uri: str
    code: str
    quantity: Decimal
    unit: str | None
    since: datetime | None
    expiry: str | None
    held: bool


@dataclass(frozen=True, slots=True)
class LineStock:
    """What stands of a material at a place. ``usable``: neither held nor expired; the limits are its card's."""

    place: str
    place_zh: str | None
    place_en: str | None
    material: str
    material_zh: str | None
    material_en: str | None
    quantity: Decimal
    usable: Decimal
    unit: str
    minimum: Decimal | None
    maximum: Decimal | None
    called: Decimal
    lots: Sequence[LineLot]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that is brought: a code, how much of a lot, and (``reason``) why not the one to be used first."""

    code: str
    quantity: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The call as it ended, and advice that was not followed (already in the asker's language)."""

    call: PullCall
    advice: Sequence[str]
