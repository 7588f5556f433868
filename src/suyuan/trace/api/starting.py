"""Start sets: what a filter over events means, shown before it is traced from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from suyuan.chassis.caller import caller
from suyuan.chassis.database import tx
from suyuan.kernel.faults import Fault
from suyuan.trace.api import parties, reach
from suyuan.trace.contracts.rows import NamedUri
from suyuan.trace.contracts.scopes import (
    MOST_STARTS,
    PARAMETER_INCOMPLETE,
    START_EMPTY,
    START_FOUND_NOTHING,
    START_TOO_LARGE,
    WINDOW_INVERTED,
    EventStart,
    ScopeStart,
    StartChoices,
    StartPreview,
)
from suyuan.trace.contracts.verdicts import Direction
from suyuan.trace.domain.times import EVER, FOREVER, micros
from suyuan.trace.store import reading
from suyuan.trace.store import scoping as store

READ = "trace:event:read"
_SHOWN = 8
_HOW = frozenset({"values", "low", "high"})


def check_start(start: EventStart) -> None:
    """Refuse a filter that says nothing or contradicts itself.

    :raises Fault: ``trace.start_empty``, ``trace.window_inverted``, ``trace.parameter_incomplete``.
    """
    if all(getattr(start, name) is None for name in EventStart.__dataclass_fields__.keys() - _HOW):
        raise START_EMPTY(at="/start/events")
    if start.since is not None and start.until is not None and start.since >= start.until:
        raise WINDOW_INVERTED(at="/start/events/since", since=start.since.isoformat(), until=start.until.isoformat())
    if start.low is not None and start.high is not None and start.low > start.high:
        raise WINDOW_INVERTED(at="/start/events/low", since=start.low, until=start.high)
    limits = start.low is not None or start.high is not None
    if (limits and start.parameter is None) or (start.values == "between" and not limits):
        raise PARAMETER_INCOMPLETE(at="/start/events/parameter")


def choices() -> StartChoices:
    """Return what a filter can be chosen from, beyond the vocabulary; nothing to a reader limited to some sites, whose
    choice would tell of the others' partners."""
    if tx().principal.sites_for(READ) is not None:
        return StartChoices([], [], [])
    rows = store.start_choices()
    shifts = [value for group, value in rows if group == "shift"]
    return StartChoices(shifts, _parties(rows, "source"), _parties(rows, "destination"))


def _parties(rows: Sequence[tuple[str, str]], side: str) -> list[NamedUri]:
    uris = sorted({parties.canonical(value) for group, value in rows if group == side})
    names = store.names_of(uris)
    found = [(uri, *names.get(uri, (None, None))) for uri in uris]
    named = [NamedUri(uri, zh or en or uri, en or zh or uri) for uri, zh, en in found]
    return sorted(named, key=lambda each: (each.zh == each.uri, each.zh))


def _spelt(start: EventStart) -> store.Spelt:
    if start.source is None and start.destination is None:
        return None, None
    rows = store.start_choices()
    return (
        parties.spellings(start.source, (value for group, value in rows if group == "source")),
        parties.spellings(start.destination, (value for group, value in rows if group == "destination")),
    )


def preview(start: EventStart, as_of: datetime | None = None) -> StartPreview:
    """Return how many events and items a filter means, and its first events.

    :raises Fault: as :func:`check_start`.
    """
    check_start(start)
    sites = tx().principal.sites_for(READ)
    with caller().interruptible(tx().connection):
        spelt = _spelt(start)
        events, first, last = store.chosen_events(start, as_of, sites, spelt)
        items = store.start_items(start, as_of, sites, spelt, MOST_STARTS + 1) if events else []
        numbers = store.first_events(start, as_of, sites, spelt, _SHOWN) if events else []
        rows = reading.events_by_number(numbers, sites) if numbers else []
    return StartPreview(events, len(items), dict(Counter(item[1] for item in items).most_common()), first, last, rows)


def start_of(start: EventStart, direction: Direction, as_of: datetime | None) -> ScopeStart:
    """Return the items that the filter's events made or touched: forward suspect from the first of these events on,
    backward asked at the last.

    :raises Fault: as :func:`check_start`, ``trace.start_found_nothing``, ``trace.start_too_large``.
    """
    check_start(start)
    sites = tx().principal.sites_for(READ)
    spelt = _spelt(start)
    events, _, _ = store.chosen_events(start, as_of, sites, spelt)
    items = store.start_items(start, as_of, sites, spelt, MOST_STARTS + 1) if events else []
    if not items:
        raise START_FOUND_NOTHING(at="/start/events")
    if len(items) > MOST_STARTS:
        raise too_large(f"> {MOST_STARTS}")
    forward = direction is Direction.FORWARD
    return ScopeStart(
        [item for item, *_ in items], [micros(first if forward else last) for _, _, first, last in items], events
    )


def too_large(items: int | str) -> Fault:
    """Return the refusal of a start set of so many items."""
    return START_TOO_LARGE(at="/start", items=items, limit=MOST_STARTS)


def from_items(
    items: Sequence[int], direction: Direction, since: datetime | None, unknown: Sequence[str] = ()
) -> ScopeStart:
    """Return these items as a start set: forward suspect from ``since`` (None: ever), backward asked at it."""
    otherwise = EVER if direction is Direction.FORWARD else FOREVER
    return ScopeStart(list(items), [otherwise if since is None else micros(since)] * len(items), None, list(unknown))


def items_of_uris(uris: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the items with these canonical URIs."""
    return store.items_of_uris(uris)


def items_of_codes(codes: Sequence[str]) -> dict[str, int]:
    """Return the newest item of each of these readable codes."""
    return store.items_of_codes(codes)


def visible(items: Iterable[int]) -> set[int]:
    """Return those of ``items`` that the reader may see."""
    asked = set(items)
    seen = reach.seen(asked)
    return asked if seen is None else seen
