"""What crosses the door of ``trace``: events to record, items, and the questions and answers of tracing.

All of it is frozen data. Quantities are exact decimals; times are :class:`~suyuan.kernel.instants.Instant`.
What every event of a document is made of are structures: a frozen data class takes five times as long to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from suyuan.kernel.faults import Bilingual, fault_kind
from suyuan.kernel.instants import Instant
from suyuan.kernel.principals import Permission

EVENT_ID_TAKEN = fault_kind(
    "trace.event_id_taken",
    409,
    zh="事件编号 {event_id} 已存在，且内容不同。",
    en="The event id {event_id} is on record with other content.",
    remedy_zh="事件不能改写：请用新的编号，或用差错声明（errorDeclaration）更正原事件。",
    remedy_en="An event is never rewritten: use a new id, or correct the old event by an errorDeclaration.",
    exception="epcisException:ResourceAlreadyExistsException",
)


SITE_NOT_REACHED = fault_kind(
    "trace.site_not_reached",
    403,
    zh="地点 {place} 属于另一工厂，您的采集权限到不了那里。",
    en="The place {place} belongs to another site; your right to capture does not reach it.",
    remedy_zh="请由那个工厂的人员或令牌采集；或请管理员扩大权限。",
    remedy_en="Have it captured by that site's people or token, or ask an administrator for the right.",
    exception="epcisException:SecurityException",
)
CURSOR_INVALID = fault_kind(
    "trace.cursor_invalid",
    422,
    zh="翻页标记“{given}”无效。",
    en="The page mark “{given}” is not valid.",
    remedy_zh="请从第一页重新开始。",
    remedy_en="Start from the first page again.",
)


class ItemKind(StrEnum):
    """What kind of thing an identifier names (TRACE.md, Items)."""

    UNIT = "unit"
    LOT = "lot"
    CARRIER = "carrier"
    ASSET = "asset"
    PRODUCT = "product"
    """A class of things named without a lot: nothing to trace through, but reported as a gap."""


class EventType(StrEnum):
    """The five event types of EPCIS 2.0."""

    OBJECT = "ObjectEvent"
    AGGREGATION = "AggregationEvent"
    ASSOCIATION = "AssociationEvent"
    TRANSACTION = "TransactionEvent"
    TRANSFORMATION = "TransformationEvent"


class Action(StrEnum):
    """EPCIS action; a transformation has none."""

    ADD = "ADD"
    OBSERVE = "OBSERVE"
    DELETE = "DELETE"


class Role(StrEnum):
    """An item's part in an event."""

    INPUT = "input"
    OUTPUT = "output"
    PARENT = "parent"
    CHILD = "child"
    SUBJECT = "subject"


class CaptureMethod(StrEnum):
    """How a datum came in (CAP 8)."""

    SCAN = "scan"
    DEVICE = "device"
    MANUAL = "manual"
    VOICE = "voice"
    IMPORT = "import"
    API = "api"


class ItemIdentity(msgspec.Struct, frozen=True, gc=False):
    """An item's canonical URI and what the URI itself says.

    ``product`` is the canonical URI of the class (for example ``https://id.gs1.org/01/09521234543213``);
    ``lot`` and ``serial`` are the plain values. A unit's lot membership may also come from ILMD, see
    :attr:`Participation.lot`.
    """

    uri: str
    kind: ItemKind
    product: str | None = None
    lot: str | None = None
    serial: str | None = None


class Participation(msgspec.Struct, frozen=True, gc=False):
    """An item's role in an event, with quantity and UN/ECE Rec 20 unit where the item is a lot or a class.

    ``lot`` is the canonical URI of the lot a unit was commissioned into, where the event says so (ILMD ``lotNumber``).
    """

    item: ItemIdentity
    role: Role
    quantity: Decimal | None = None
    unit: str | None = None
    lot: str | None = None


class EventRecord(msgspec.Struct, frozen=True):
    """One event to append to the ledger.

    ``event_id`` is the client's URI (the idempotency key) or, where the client gave none, made from the content.
    ``declares_error`` marks an EPCIS error declaration: it voids the event of the same ``event_id``.
    ``biz_step`` and ``disposition`` are bare CBV names (``commissioning``) or, beyond CBV, full URIs.
    ``document`` is the event as it came, complete, JSON values only, with numbers as int or Decimal;
    ``context`` the JSON-LD context it came with; ``reading`` what the device or person sent, raw.
    """

    event_id: str
    type: EventType
    time: Instant
    participations: tuple[Participation, ...]
    document: Mapping[str, Any]
    context: Any = None
    action: Action | None = None
    biz_step: str | None = None
    disposition: str | None = None
    read_point: str | None = None
    biz_location: str | None = None
    transformation_id: str | None = None
    person: str | None = None
    equipment: str | None = None
    work_order: str | None = None
    shift: str | None = None
    capture_method: CaptureMethod = CaptureMethod.API
    reading: Mapping[str, Any] | None = None
    declares_error: bool = False
    error_reason: str | None = None
    corrective_ids: tuple[str, ...] = ()
    booking_lag_seconds: int = 0
    """TRACE.md λ: outputs are possible from ``time`` minus this."""
    cleans: bool = False
    """TRACE.md F6: the step cleans the carriers it names (its parent, or its subjects that are carriers)."""
    empties: bool = False


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """The outcome for one event: its number in the ledger and whether it was new.

    ``new`` False means the same event id with the same content was there already (a replay).
    """

    event_id: str
    number: int
    new: bool


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """An event with everything its entry in the tamper-evident log is made of (docs/reference/integrity.md)."""

    number: int
    recorded: str
    record: Mapping[str, Any]
    document: Any
    context: Any
    reading: Any


@dataclass(frozen=True, slots=True)
class MasterDatum:
    """A vocabulary element (EPCIS master data): a name and attributes for a URI."""

    type: str
    uri: str
    name_zh: str | None = None
    name_en: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


PERMISSIONS = (
    Permission("trace:event:read", Bilingual("查看追溯事件", "See trace events")),
    Permission("trace:event:write", Bilingual("采集追溯事件", "Capture trace events")),
    Permission("trace:item:read", Bilingual("追溯与查看对象", "Trace and see items")),
    Permission("trace:answer:export", Bilingual("导出追溯结果", "Export trace answers")),
)
