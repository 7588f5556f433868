"""Where items are that no event named before: told by the events that arrive with them, without asking the ledger.

Says the same as ``store/whereabouts.sql``, which works it out for every other item from the ledger itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import msgspec

from suyuan.trace.contracts import Action, EventRecord, EventType, ItemKind, Role

Numbered = tuple[int, EventRecord]
Moment = tuple[datetime, int]
"""Time and number of an event: the order of events."""
_PACKING = (EventType.AGGREGATION, EventType.ASSOCIATION)


class Arrival(msgspec.Struct, frozen=True, gc=False):
    """The whereabouts of an item that is new to the ledger. ``parent`` is a URI; ``number`` is its newest event's."""

    uri: str
    state: str
    disposition: str | None
    place: str | None
    place_since: datetime | None
    parent: str | None
    parent_since: datetime | None
    number: int


class _Newest(msgspec.Struct):
    """The newest events of an item, each in one regard."""

    at: Moment
    event: EventRecord
    role: Role
    kind: ItemKind
    placed: tuple[Moment, str] | None = None
    held: tuple[Moment, EventRecord] | None = None
    doubtful: bool = False
    """Named twice by one event: which part counts, the ledger decides."""


def arrivals(new: Sequence[Numbered], made: Collection[str], void: Collection[str]) -> dict[str, Arrival]:
    """Return the whereabouts of those of ``made`` that the events of this batch tell for certain, by URI.

    ``made`` are items that no earlier event named, ``void`` the ids of events that are declared errors, which tell
    nothing. What lies in a container that was there before or that such an event emptied, and what one event names
    twice is not in the answer: the ledger is asked.
    """
    newest: dict[str, _Newest] = {}
    emptied: dict[str, Moment] = {}
    unsure: set[str] = set()
    for number, event in new:
        at = (event.time.utc, number)
        if event.declares_error:
            continue
        empties = len(event.participations) == 1 and _unpacks(event) and event.participations[0].role is Role.PARENT
        if event.event_id in void:
            if empties:
                unsure.add(event.participations[0].item.uri)
            continue
        _take(event, at, made, newest)
        if empties:
            uri = event.participations[0].item.uri
            emptied[uri] = max(at, emptied.get(uri, at))
    answer = {}
    for uri, found in newest.items():
        told = None if found.doubtful or uri in unsure else _arrival(uri, found, made, unsure, emptied)
        if told is not None:
            answer[uri] = told
    return answer


def _take(event: EventRecord, at: Moment, made: Collection[str], newest: dict[str, _Newest]) -> None:
    packing, place = event.type in _PACKING, event.biz_location
    for part in event.participations:
        uri = part.item.uri
        if uri not in made:
            continue
        known = newest.get(uri)
        if known is None:
            known = newest[uri] = _Newest(at, event, part.role, part.item.kind)
        elif known.at == at:
            known.doubtful = True
            continue
        elif known.at < at:
            known.at, known.event, known.role = at, event, part.role
        if place is not None and (known.placed is None or known.placed[0] < at):
            known.placed = at, place
        if packing and part.role is Role.CHILD and (known.held is None or known.held[0] < at):
            known.held = at, event


def _unpacks(event: EventRecord) -> bool:
    return event.action is Action.DELETE and event.type in _PACKING


def _arrival(
    uri: str, found: _Newest, made: Collection[str], unsure: Collection[str], emptied: Mapping[str, Moment]
) -> Arrival | None:
    parent, since = None, None
    if found.held is not None and not _unpacks(found.held[1]):
        at, event = found.held
        parents = [part.item.uri for part in event.participations if part.role is Role.PARENT]
        if any(each not in made or each in unsure for each in parents):
            return None
        parent = parents[0] if parents else None
        if parent is not None and at < emptied.get(parent, at):
            parent = None
        else:
            since = at[0]
    return Arrival(
        uri,
        _state(found),
        found.event.disposition,
        found.placed[1] if found.placed else None,
        found.placed[0][0] if found.placed else None,
        parent,
        since,
        found.at[1],
    )


def _state(found: _Newest) -> str:
    event = found.event
    if event.type is EventType.OBJECT and event.action is Action.DELETE:
        return "decommissioned"
    used = event.type is EventType.TRANSFORMATION and found.role is Role.INPUT and found.kind is ItemKind.UNIT
    return "consumed" if used else "active"
