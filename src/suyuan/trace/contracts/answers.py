"""A trace question's answer as people and programs get it: named, placed, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from suyuan.kernel.disclosure import MEASURED, PEOPLE
from suyuan.trace.contracts.rows import Parameter


@dataclass(frozen=True, slots=True)
class TraceQuestion:
    """What was asked. ``since``: forward, suspect from then; backward, its history up to then."""

    direction: str
    code: str
    uri: str
    item_id: int
    as_of: datetime | None = None
    since: datetime | None = None
    depth: int | None = None
    limit: int | None = None
    siblings: bool = False
    closure: bool = False


@dataclass(frozen=True, slots=True)
class TracedItem:
    """A listed item. ``via_item`` and ``via_event`` are the next step of its shortest path towards the start.

    ``doubts`` say why it is only possible, ``reason`` why it is excluded (TRACE semantics name both).
    """

    id: int
    uri: str
    label: str
    kind: str
    role: str
    verdict: str
    since: datetime | None
    until: datetime | None
    depth: int
    via_event: int | None
    via_item: int | None
    doubts: Sequence[str]
    reason: str | None
    reason_event: int | None
    product: str | None
    product_name_zh: str | None
    product_name_en: str | None
    lot: str | None
    serial: str | None
    state: str | None
    disposition: str | None
    place: str | None
    place_name_zh: str | None
    place_name_en: str | None
    hidden: bool = False
    """Another site's: its number is of this answer alone, and nothing names it."""


@dataclass(frozen=True, slots=True)
class TracedEvent:
    """An event that touched a listed item."""

    number: int
    event_id: str
    type: str
    action: str | None
    time: datetime
    offset_minutes: int
    biz_step: str | None
    disposition: str | None
    place: str | None
    place_name_zh: str | None
    place_name_en: str | None
    person: Annotated[str | None, PEOPLE]
    equipment: str | None
    verdict: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class TracedEdge:
    """``source`` went into, or was put into, ``target``."""

    source: int
    target: int
    event: int | None


@dataclass(frozen=True, slots=True)
class TracedGap:
    """A broken link, worded."""

    kind: str
    item_id: int | None
    event: int | None
    title_zh: str
    title_en: str


@dataclass(frozen=True, slots=True)
class TracedActor:
    """A person, piece of equipment or place that the touched events name."""

    uri: str
    name_zh: str | None
    name_en: str | None
    events: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class TracedParameter:
    """A measured value in a touched event."""

    event: int
    time: datetime
    name: str
    value: Decimal | str | bool | None
    unit: str | None
    low: Decimal | None
    high: Decimal | None
    ok: bool | None

    @classmethod
    def of(cls, event: int, time: datetime, measured: Parameter) -> TracedParameter:
        """Return ``measured`` with the event it stands in."""
        return cls(
            event, time, measured.name, measured.value, measured.unit, measured.low, measured.high, measured.ok
        )


@dataclass(frozen=True, slots=True)
class TraceSummary:
    """Counts over the listed items, the start left out; ``closure`` is the size of the time-blind closure if asked.
    ``elsewhere`` items and events are of sites that the reader may not see: counted, not named.
    """

    certain: int
    possible: int
    excluded: int
    by_kind: Mapping[str, int]
    by_product: Mapping[str, int]
    by_place: Mapping[str, int]
    by_state: Mapping[str, int]
    closure: int | None
    elsewhere: int = 0
    elsewhere_events: int = 0


@dataclass(frozen=True, slots=True)
class TraceAnswer:
    """The whole answer. ``truncated``: depth or limit cut it, ``truncated_counts`` says what is known to be missing."""

    question: TraceQuestion
    items: Sequence[TracedItem]
    edges: Sequence[TracedEdge]
    events: Sequence[TracedEvent]
    gaps: Sequence[TracedGap]
    summary: TraceSummary
    people: Annotated[Sequence[TracedActor], PEOPLE]
    equipment: Sequence[TracedActor]
    places: Sequence[TracedActor]
    parameters: Annotated[Sequence[TracedParameter], MEASURED]
    truncated: bool
    truncated_counts: Mapping[str, int]
    known_as_of: datetime
    took_ms: float
