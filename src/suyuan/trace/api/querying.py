"""Answering EPCIS queries."""

from __future__ import annotations

from collections.abc import Sequence

from suyuan.chassis.database import tx
from suyuan.trace.contracts import EventPage, EventQuery, PagePosition, StoredEvent
from suyuan.trace.store import querying as store


def stored_events(numbers: Sequence[int]) -> list[StoredEvent]:
    """Return these events, whole as they came, by event time."""
    return store.stored_events(numbers)


def find_events(query: EventQuery) -> EventPage:
    """Return a page of the events that fit ``query``, whole as they came, in its order.

    ``query.event_count_limit`` caps the whole result over all pages. ``query.max_event_count`` is the caller's to check
    (:func:`count_events`).
    """
    allowed = query.after.remaining if query.after and query.after.remaining is not None else query.event_count_limit
    wanted = query.per_page if allowed is None else min(query.per_page, allowed)
    found = store.query_events(query, wanted + 1, _sites())
    events = tuple(found[:wanted])
    left = None if allowed is None else allowed - len(events)
    if len(found) <= wanted or left == 0 or not events:
        return EventPage(events)
    last = events[-1]
    key = last.time if query.order_by == "eventTime" else last.recorded
    return EventPage(events, PagePosition(key, last.number, left))


def count_events(query: EventQuery, most: int) -> int:
    """Return how many events fit ``query``, counting no further than ``most``."""
    return store.count_events(query, most, _sites())


def _sites() -> list[int] | None:
    reached = tx().principal.sites_for("trace:event:read")
    return None if reached is None else sorted(reached)
