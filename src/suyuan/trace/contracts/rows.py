"""What lists and pages show: events, items, whereabouts. Times are UTC datetimes; decimals keep every digit.

A place's names are those of master data; where that has none, words for its GLN, its coordinates or the end of its URI.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from suyuan.kernel.disclosure import MEASURED, PARTIES, PEOPLE

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list. ``next`` is the cursor of the following page, None at the end; ``total`` where it is cheap."""

    rows: Sequence[T]
    next: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item in an event's row."""

    id: int
    uri: str
    label: str
    kind: str
    role: str
    quantity: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in a list; ``items`` are the first five of ``item_count``."""

    number: int
    event_id: str
    type: str
    action: str | None
    time: datetime
    offset_minutes: int
    recorded: datetime
    biz_step: str | None
    disposition: str | None
    read_point: str | None
    biz_location: str | None
    place_name_zh: str | None
    place_name_en: str | None
    person: Annotated[str | None, PEOPLE]
    person_name: Annotated[str | None, PEOPLE]
    equipment: str | None
    equipment_name: str | None
    work_order: str | None
    capture_method: str
    voided: bool
    declares_error: bool
    item_count: int
    items: Sequence[NamedItem]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A measured value in an event. ``ok`` None: no limits are given."""

    name: str
    value: Decimal | str | bool | None
    unit: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    ok: bool | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """The event at the other end of an error declaration."""

    number: int
    event_id: str
    recorded: datetime
    reason: str | None
    corrective_ids: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class EventDetail(EventRow):
    """One event, whole: as listed, as it came, what the device sent, what corrected it."""

    participations: Sequence[NamedItem]
    parameters: Annotated[Sequence[Parameter], MEASURED]
    document: Annotated[Mapping[str, Any], PEOPLE, PARTIES, MEASURED]
    context: Any
    reading: Annotated[Mapping[str, Any] | None, PEOPLE, PARTIES, MEASURED]
    content_hash: str
    recorded_by: Annotated[str, PEOPLE]
    voided_by: Correction | None = None
    voids: Correction | None = None


@dataclass(frozen=True, slots=True)
class TimelineRow(EventRow):
    """An event in one item's life: with the item's own part in it and what was measured."""

    roles: Sequence[str]
    quantity: Decimal | None
    unit: str | None
    parameters: Annotated[Sequence[Parameter], MEASURED]
    reading: Annotated[Mapping[str, Any] | None, PEOPLE, PARTIES, MEASURED]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list."""

    id: int
    uri: str
    label: str
    kind: str
    product: str | None
    product_name_zh: str | None
    product_name_en: str | None
    lot: str | None
    serial: str | None
    last_seen: datetime | None
    place: str | None
    place_name_zh: str | None
    place_name_en: str | None
    state: str | None
    disposition: str | None


@dataclass(frozen=True, slots=True)
class ItemReference:
    """Just enough of an item to name and open it."""

    id: int
    uri: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where an item is: its own place or, while it is inside something, the outermost container's."""

    place_uri: str | None
    place_name_zh: str | None
    place_name_en: str | None
    since: datetime | None
    state: str
    disposition: str | None
    inside: Sequence[ItemReference] = ()


@dataclass(frozen=True, slots=True)
class ItemDetail(ItemRow):
    """One item: what it is, where it is, how much is known of it."""

    where: Whereabouts | None
    first_seen: datetime | None
    event_count: int
    contents_count: int
    attributes: Mapping[str, Any] = field(default_factory=dict)
    lot_item: ItemReference | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A child in a container, from and (None: still) until."""

    item: ItemReference
    since: datetime
    until: datetime | None
    event_number: int


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What an event list is narrowed to; None does not narrow."""

    since: datetime | None = None
    until: datetime | None = None
    type: str | None = None
    action: str | None = None
    step: str | None = None
    place: str | None = None
    item_id: int | None = None
    person: str | None = None
    equipment: str | None = None
    disposition: str | None = None
    work_order: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A value with its names, for filters."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class NamedUri:
    """A place, machine, person or product with its names, for filters."""

    uri: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that this tenant's events use."""

    steps: Sequence[Word]
    dispositions: Sequence[Word]
    types: Sequence[Word]
    places: Sequence[NamedUri]
    equipment: Sequence[NamedUri]
    people: Annotated[Sequence[NamedUri], PEOPLE]
    products: Sequence[NamedUri]
    parties: Annotated[Sequence[NamedUri], PARTIES]
    parameters: Annotated[Sequence[NamedUri], MEASURED]
