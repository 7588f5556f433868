"""What scopes read from the database: start sets by filters over events, and the facts that a scope is counted by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from suyuan.chassis.caller import caller
from suyuan.chassis.database import named_sql, tx
from suyuan.trace.contracts import Role
from suyuan.trace.contracts.scopes import EventStart
from suyuan.trace.domain.answer import Answer, Question
from suyuan.trace.domain.ledger import Ledger, TraceEvent, TraceItem
from suyuan.trace.domain.scoping import Alive, Ints, ReferenceScopes, ScopeEngine
from suyuan.trace.domain.tracing import trace
from suyuan.trace.store.index.answering import index_ledger, index_scopes
from suyuan.trace.store.recording import json_text
from suyuan.trace.store.tracing import SqlLedger

AT_ONCE = 20_000
"""Items in one statement: between two of them a reader who left is noticed."""
_LOOKED_UP = 5_000
"""With more items than this, all that were ever handed over are read, not item by item."""
Sites = frozenset[int] | None


def scope_engine() -> ScopeEngine:
    """Return what answers scope questions in the open transaction."""
    return index_scopes(_answered) or ReferenceScopes(_answered)


def _answered(question: Question) -> Answer:
    return trace(_Watched(index_ledger() or SqlLedger(), caller().here), question)


class _Watched:
    """A ledger that asks before every answer whether anybody still waits for what it is needed for."""

    def __init__(self, ledger: Ledger, alive: Alive) -> None:
        self._ledger = ledger
        self._alive = alive

    def items(self, ids: Collection[int]) -> Mapping[int, TraceItem]:
        """Return the items of these numbers."""
        self._alive()
        return self._ledger.items(ids)

    def events_of(self, items: Collection[int], roles: Collection[Role]) -> Mapping[int, Sequence[TraceEvent]]:
        """Return every event that names these items in these roles."""
        self._alive()
        return self._ledger.events_of(items, roles)

    def events_of_processes(self, transformation_ids: Collection[str]) -> Mapping[str, Sequence[TraceEvent]]:
        """Return every event of these transformation ids."""
        self._alive()
        return self._ledger.events_of_processes(transformation_ids)

    def members_of(self, lots: Collection[int]) -> Mapping[int, Collection[int]]:
        """Return the units that belong to these lots."""
        self._alive()
        return self._ledger.members_of(lots)

    def first_uses(self, items: Collection[int], as_of: datetime | None) -> Mapping[int, datetime]:
        """Return when each item was first shown to exist."""
        self._alive()
        return self._ledger.first_uses(items, as_of)

    def alternatives_of(self, products: Collection[str]) -> Mapping[str, Collection[str]]:
        """Return what may stand in for these products."""
        return self._ledger.alternatives_of(products)


Spelt = tuple[list[str] | None, list[str] | None]
"""How events spell the filter's source and destination; None does not narrow."""


def _chosen(start: EventStart, as_of: datetime | None, sites: Sites, spelt: Spelt) -> dict[str, Any]:
    values = {name: getattr(start, name) for name in EventStart.__dataclass_fields__}
    own = start.values == "outside" and start.low is None and start.high is None
    return {
        **values,
        "tenant": tx().principal.tenant_id,
        "sites": _listed(sites),
        "as_of": as_of,
        "outside": start.values == "outside",
        "own": own,
        "sources": spelt[0],
        "destinations": spelt[1],
    }


def _listed(sites: Sites) -> list[int] | None:
    return None if sites is None else sorted(sites)


def chosen_events(
    start: EventStart, as_of: datetime | None, sites: Sites, spelt: Spelt
) -> tuple[int, datetime | None, datetime | None]:
    """Return how many events fit, and the times of the first and the last."""
    chosen = named_sql(__package__, "scope_events.sql")
    query = f"SELECT count(*), min(c.event_time), max(c.event_time) FROM ({chosen}) AS c"
    row = tx().rows(query, _chosen(start, as_of, sites, spelt))[0]
    return row[0], row[1], row[2]


def first_events(start: EventStart, as_of: datetime | None, sites: Sites, spelt: Spelt, most: int) -> list[int]:
    """Return the numbers of the earliest events that fit."""
    query = f"{named_sql(__package__, 'scope_events.sql')} ORDER BY e.event_time, e.number LIMIT %(most)s"
    return [row[0] for row in tx().rows(query, {**_chosen(start, as_of, sites, spelt), "most": most})]


def start_items(
    start: EventStart, as_of: datetime | None, sites: Sites, spelt: Spelt, most: int
) -> list[tuple[int, str, datetime, datetime]]:
    """Return (item, kind, first time, last time) of at most ``most`` items that the chosen events made or touched."""
    query = named_sql(__package__, "scope_starts.sql").format(chosen=named_sql(__package__, "scope_events.sql"))
    return tx().rows(query, {**_chosen(start, as_of, sites, spelt), "most": most})


def start_choices() -> list[tuple[str, str]]:
    """Return (shift, source or destination; value as the events spell it) of what events name."""
    return tx().rows(named_sql(__package__, "scope_choices.sql"), {"tenant": tx().principal.tenant_id})


def facts_of(items: Ints, alive: Alive) -> Iterator[tuple[Any, ...]]:
    """Return (item, kind, product, lot's URI, state, disposition, place, parent or 0) of these items."""
    yield from _by_part("scope_facts.sql", items, alive)


def _by_part(statement: str, items: Ints, alive: Alive) -> Iterator[tuple[Any, ...]]:
    for begin in range(0, len(items), AT_ONCE):
        alive()
        part = items[begin : begin + AT_ONCE].tolist()
        yield from tx().rows(named_sql(__package__, statement), {"tenant": tx().principal.tenant_id, "items": part})


def customers_of(items: Ints, sites: Sites, alive: Alive) -> dict[int, str]:
    """Return the party to whom each of these items was last handed over, where there is one."""
    alive()
    asked = items.tolist() if len(items) <= _LOOKED_UP else None
    keys = {"tenant": tx().principal.tenant_id, "items": asked, "sites": _listed(sites)}
    return dict(tx().rows(named_sql(__package__, "scope_customers.sql"), keys))


def seen_items(items: Ints, sites: frozenset[int], alive: Alive) -> set[int]:
    """Return those of ``items`` that an event of one of these sites names: a reader of these sites knows of them."""
    found: set[int] = set()
    for begin in range(0, len(items), AT_ONCE):
        alive()
        keys = (items[begin : begin + AT_ONCE].tolist(), tx().principal.tenant_id, sorted(sites))
        rows = tx().rows(
            "SELECT g.id FROM unnest(%s::bigint[]) AS g (id) WHERE EXISTS (SELECT FROM trace_participation p"
            " JOIN trace_event e ON e.number = p.event_number"
            " WHERE p.tenant_id = %s AND p.item_id = g.id AND e.site_id = ANY (%s::bigint[]))",
            keys,
        )
        found.update(row[0] for row in rows)
    return found


def seen_events(numbers: Iterable[int], sites: frozenset[int]) -> set[int]:
    """Return those of ``numbers`` that are events of one of these sites."""
    rows = tx().rows(
        "SELECT number FROM trace_event WHERE tenant_id = %s AND number = ANY (%s) AND site_id = ANY (%s::bigint[])",
        (tx().principal.tenant_id, list(numbers), sorted(sites)),
    )
    return {row[0] for row in rows}


def labels_of_items(items: Sequence[int]) -> dict[int, tuple[str, str, str, str | None, str | None]]:
    """Return (label, URI, kind, lot, serial) of these items."""
    rows = tx().rows(
        "SELECT id, code, uri, kind, lot, serial FROM trace_item WHERE tenant_id = %s AND id = ANY (%s)",
        (tx().principal.tenant_id, list(items)),
    )
    return {row[0]: row[1:] for row in rows}


def steps_of_events(numbers: Sequence[int]) -> dict[int, tuple[str | None, datetime]]:
    """Return step and time of these events."""
    rows = tx().rows(
        "SELECT number, biz_step, event_time FROM trace_event WHERE tenant_id = %s AND number = ANY (%s)",
        (tx().principal.tenant_id, list(numbers)),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def names_of(uris: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """Return the names, Chinese and English, of these URIs."""
    keys = {"tenant": tx().principal.tenant_id, "uris": list(uris)}
    return {uri: (zh, en) for uri, zh, en in tx().rows(named_sql(__package__, "names.sql"), keys)}


def items_of_uris(uris: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the items with these canonical URIs."""
    rows = tx().rows(
        "SELECT uri, id FROM trace_item WHERE tenant_id = %s AND uri = ANY (%s)",
        (tx().principal.tenant_id, list(uris)),
    )
    return dict(rows)


def items_of_codes(codes: Sequence[str]) -> dict[str, int]:
    """Return the newest item of each of these readable codes."""
    rows = tx().rows(
        "SELECT code, max(id) FROM trace_item WHERE tenant_id = %s AND code = ANY (%s) GROUP BY code",
        (tx().principal.tenant_id, list(codes)),
    )
    return dict(rows)


def note_export(kind: str, items: int, question: Mapping[str, Any]) -> int:
    """Write down that a scope leaves the house, and return the record's number; the audit trail keeps who and when."""
    number: int = tx().value(
        "INSERT INTO trace_export (tenant_id, made_by, format, items, question) VALUES (%s, %s, %s, %s, %s::jsonb)"
        " RETURNING id",
        (tx().principal.tenant_id, tx().principal.name, kind, items, json_text(question)),
    )
    return number
