"""Questions to the ledger as EPCIS asks them, and the events that answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from suyuan.trace.contracts.ledger import Action, EventType, Role


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """Events in which one of ``uris`` (canonical), or any item of one of ``products``, has one of ``roles``.

    ``classes`` True looks at lots and products only, False at single things only, None at both.
    """

    roles: frozenset[Role]
    uris: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    classes: bool | None = None


@dataclass(frozen=True, slots=True)
class PagePosition:
    """Where a page of events ended: the sort key (UTC) and number of its last event, and how many may still follow."""

    time: datetime
    number: int
    remaining: int | None = None


@dataclass(frozen=True, slots=True)
class EventQuery:
    """An EPCIS SimpleEventQuery. Empty tuples and None do not restrict; all others must hold together.

    Times are UTC; ``…_from`` is included, ``…_until`` is not.
    """

    types: tuple[EventType, ...] = ()
    time_from: datetime | None = None
    time_until: datetime | None = None
    recorded_from: datetime | None = None
    recorded_until: datetime | None = None
    actions: tuple[Action, ...] = ()
    biz_steps: tuple[str, ...] = ()
    dispositions: tuple[str, ...] = ()
    read_points: tuple[str, ...] = ()
    biz_locations: tuple[str, ...] = ()
    transformation_ids: tuple[str, ...] = ()
    event_ids: tuple[str, ...] = ()
    error_reasons: tuple[str, ...] = ()
    declares_error: bool | None = None
    items: tuple[ItemMatch, ...] = ()
    order_by: Literal["eventTime", "recordTime"] = "recordTime"
    descending: bool = False
    event_count_limit: int | None = None
    max_event_count: int | None = None
    per_page: int = 30
    after: PagePosition | None = None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as the ledger keeps it: the document, its context, and when it was recorded (UTC)."""

    number: int
    event_id: str
    document: Mapping[str, Any]
    context: Any
    recorded: datetime
    time: datetime


@dataclass(frozen=True, slots=True)
class EventPage:
    """A page of a query's result, and where the next one starts (None: this was the last)."""

    events: tuple[StoredEvent, ...]
    next: PagePosition | None = None
