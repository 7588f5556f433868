"""What a scope is asked with, and what it answers: counted, listed in pages, every item with its path or its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from suyuan.kernel.disclosure import PARTIES
from suyuan.kernel.faults import fault_kind
from suyuan.trace.contracts.answers import TracedGap
from suyuan.trace.contracts.rows import EventRow, NamedUri

START_EMPTY = fault_kind(
    "trace.start_empty", 422,
    zh="没有起点：请给出编码，或至少一个事件条件。",
    en="There is nothing to start from: no code, and no filter over events.",
    remedy_zh="粘贴一个或多个编码，或选择工序、设备、人员、时间等至少一项。",
    remedy_en="Paste one or more codes, or choose at least one of operation, equipment, person, time and the like.",
)  # fmt: skip
START_AMBIGUOUS = fault_kind(
    "trace.start_ambiguous", 422,
    zh="编码与事件条件只能选一种作为起点。", en="Start either from codes or from events, not from both.",
    remedy_zh="请去掉其中一种，或分两次查询。", remedy_en="Leave one of them out, or ask twice.",
)  # fmt: skip
START_FOUND_NOTHING = fault_kind(
    "trace.start_found_nothing", 422,
    zh="没有事件符合这些条件。", en="No event fits this filter.",
    remedy_zh="请放宽时间或去掉一个条件；作废的事件与您看不到的工厂的事件不算。",
    remedy_en="Widen the time or drop a condition; voided events and events of sites you cannot see do not count.",
)  # fmt: skip
START_TOO_LARGE = fault_kind(
    "trace.start_too_large", 422,
    zh="起点有 {items} 个对象，超过 {limit} 个的上限。",
    en="The start set has {items} items; {limit} is the most.",
    remedy_zh="请缩小时间范围或增加条件，或从更上游的批次开始：一个批次抵得上它的全部单件。",
    remedy_en="Narrow the time or add a condition, or start further up: one lot stands for all of its units.",
)  # fmt: skip
WINDOW_INVERTED = fault_kind(
    "trace.window_inverted", 422,
    zh="起始 {since} 晚于结束 {until}。", en="The beginning, {since}, is after the end, {until}.",
    remedy_zh="请对调两个值。", remedy_en="Exchange the two.",
)  # fmt: skip
PARAMETER_INCOMPLETE = fault_kind(
    "trace.parameter_incomplete", 422,
    zh="按参数筛选时须指明参数名；“介于”须给出至少一个界限。",
    en="A filter by parameter names the parameter; “between” needs at least one limit.",
    remedy_zh="请选择参数，并填写下限或上限；“超限”不填界限时用事件自带的界限。",
    remedy_en="Choose the parameter and give a low or a high limit; “outside” without any uses the events' own limits.",
)  # fmt: skip
NO_SUCH_ANSWER = fault_kind(
    "trace.no_such_answer", 422,
    zh="答案编号“{given}”无效。", en="The answer's id “{given}” is not valid.",
    remedy_zh="请重新提问，不带 answer。", remedy_en="Ask again without it.",
)  # fmt: skip

MOST_STARTS = 1_000_000
"""Items in a start set."""
MOST_GROUPS = 200
"""Rows of one count; the answer says how many items are in the others."""
Standing = Literal[
    "in_production", "in_stock", "shipped", "sold", "consumed", "scrapped", "blocked", "returned", "retired", "unknown",
    "elsewhere",
]  # fmt: skip
STANDINGS: tuple[Standing, ...] = (
    "in_production", "in_stock", "shipped", "sold", "consumed", "scrapped", "blocked", "returned", "retired", "unknown",
    "elsewhere",
)  # fmt: skip
"""Where an item stands now: ``retired`` it was taken out of use, ``unknown`` no event tells, ``elsewhere`` it is at a
place that the reader may not see."""


@dataclass(frozen=True, slots=True)
class EventStart:
    """A filter over events; all that is given must hold. ``since`` is included, ``until`` is not.

    ``source`` and ``destination`` are parties or places of the event's source and destination lists (a receipt's
    supplier, a shipment's customer). ``parameter`` is a measured value's name: ``outside`` its limits (``low`` and
    ``high``, or the event's own where neither is given), or ``between`` them, limits included.
    """

    item_id: int | None = None
    step: str | None = None
    equipment: str | None = None
    person: str | None = None
    shift: str | None = None
    order: str | None = None
    place: str | None = None
    source: str | None = None
    destination: str | None = None
    type: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    parameter: str | None = None
    values: Literal["outside", "between"] = "outside"
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StartChoices:
    """What a start filter can be chosen from, beyond the vocabulary: parties and places are named where they can be."""

    shifts: Sequence[str]
    sources: Annotated[Sequence[NamedUri], PARTIES]
    destinations: Annotated[Sequence[NamedUri], PARTIES]


@dataclass(frozen=True, slots=True)
class StartPreview:
    """What a filter over events finds: so many events, so many items that they made or touched, the first rows."""

    events: int
    items: int
    by_kind: Mapping[str, int]
    first: datetime | None
    last: datetime | None
    rows: Sequence[EventRow]


@dataclass(frozen=True, slots=True)
class ScopeSpec:
    """How to trace from a start set. ``limit``: at most so many items are followed, None: all."""

    direction: str
    as_of: datetime | None = None
    siblings: bool = False
    closure: bool = False
    depth: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ScopePage:
    """Which rows of a scope: those that fit all that is given, in the order of ``sort`` (``-`` in front: the other way
    round), ``size`` of them after ``offset``."""

    verdict: str | None = None
    kind: str | None = None
    product: str | None = None
    lot: str | None = None
    place: str | None = None
    customer: str | None = None
    state: str | None = None
    reason: str | None = None
    sort: str = "depth"
    offset: int = 0
    size: int = 50


SORTS = ("depth", "verdict", "kind", "product", "lot", "place", "customer", "state", "since")


@dataclass(frozen=True, slots=True)
class ScopeGroup:
    """How many listed items share a value (None: they have none)."""

    value: str | None
    name_zh: str | None
    name_en: str | None
    certain: int
    possible: int
    excluded: int


@dataclass(frozen=True, slots=True)
class ScopeCount:
    """A scope counted by one thing, the largest groups first. ``others``: items in further groups."""

    groups: Sequence[ScopeGroup]
    others: int = 0


@dataclass(frozen=True, slots=True)
class ScopeSummary:
    """A scope in figures, the start items left out.

    ``closure`` is the number of items that a time-blind search would list, the start left out, and ``reasons`` how many
    of them each reason excludes (both None: not asked). ``elsewhere`` counts, by verdict, items of sites that the
    reader may not see: they are in the totals, in no other count and in no list.
    """

    starts: int
    certain: int
    possible: int
    excluded: int | None
    closure: int | None
    reasons: Mapping[str, int] | None
    doubts: Mapping[str, int]
    kind: ScopeCount
    product: ScopeCount
    lot: ScopeCount
    place: ScopeCount
    customer: Annotated[ScopeCount, PARTIES]
    state: ScopeCount
    elsewhere: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScopeHop:
    """A step of an explaining path: this item, and how it is joined to the next one towards the start. Containers and
    lots between the two are in ``through``. ``hidden``: another site's, without identity."""

    item_id: int
    label: str
    uri: str
    kind: str
    event: int | None
    biz_step: str | None
    time: datetime | None
    through: Sequence[str] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ScopeItem:
    """A listed item. ``path`` leads from it to a start item; ``doubts`` say why it is only possible, ``reason`` and
    ``reason_event`` why it is excluded."""

    id: int
    uri: str
    label: str
    kind: str
    role: str
    verdict: str
    since: datetime | None
    until: datetime | None
    depth: int
    doubts: Sequence[str]
    reason: str | None
    reason_event: int | None
    product: str | None
    product_name_zh: str | None
    product_name_en: str | None
    lot: str | None
    serial: str | None
    state: str
    place: str | None
    place_name_zh: str | None
    place_name_en: str | None
    customer: Annotated[str | None, PARTIES]
    customer_name_zh: Annotated[str | None, PARTIES]
    customer_name_en: Annotated[str | None, PARTIES]
    path: Sequence[ScopeHop] = ()


@dataclass(frozen=True, slots=True)
class ScopeStartInfo:
    """The start set as it was understood. ``unknown``: codes that were left out because nothing is on record."""

    items: int
    events: int | None
    first: datetime | None
    last: datetime | None
    unknown: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ScopeAnswer:
    """A scope: what was asked, the figures, one page of rows.

    ``id`` names the answer: sent back as ``answer``, further pages come from the very same scope. ``next`` is the
    cursor of the next page. ``truncated``: the caller's own depth or limit cut it, ``truncated_counts`` by how much.
    """

    id: str
    direction: str
    start: ScopeStartInfo
    summary: ScopeSummary
    rows: Sequence[ScopeItem]
    total: int
    next: str | None
    gaps: Sequence[TracedGap]
    gap_count: int
    truncated: bool
    truncated_counts: Mapping[str, int]
    known_as_of: datetime
    took_ms: float


@dataclass(frozen=True, slots=True)
class ScopeStart:
    """A start set in ledger numbers, ready to trace: items with the instants (microseconds) that count for each."""

    items: Sequence[int]
    times: Sequence[int]
    events: int | None = None
    unknown: Sequence[str] = field(default=())
