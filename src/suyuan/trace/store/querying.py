"""Answering EPCIS queries from the ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from suyuan.chassis.database import named_sql, tx
from suyuan.trace.contracts import EventQuery, StoredEvent
from suyuan.trace.store.recording import ROLE_CODES

_LISTS = (
    "biz_steps",
    "dispositions",
    "read_points",
    "biz_locations",
    "transformation_ids",
    "event_ids",
    "error_reasons",
)
_ORDERS = {"eventTime": "event_time", "recordTime": "recorded"}
_WHOLE = "e.number, e.event_id, d.document, c.context, e.recorded, e.event_time"


def query_events(query: EventQuery, limit: int, sites: list[int] | None) -> list[StoredEvent]:
    """Return up to ``limit`` events that fit, in the query's order, from the query's page position on."""
    text, values = _asked(query, limit, sites, _WHOLE)
    return [
        StoredEvent(number, event_id, decode_exact(document), decode_exact(context), recorded, time)
        for number, event_id, document, context, recorded, time in tx().rows(text, values)
    ]


def count_events(query: EventQuery, most: int, sites: list[int] | None) -> int:
    """Return how many events fit, counting no further than ``most``; no document is read."""
    text, values = _asked(query, most, sites, "1")
    return int(tx().value(f"SELECT count(*) FROM ({text}) AS found", values) or 0)


def _asked(query: EventQuery, limit: int, sites: list[int] | None, columns: str) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {
        "tenant": tx().principal.tenant_id,
        "sites": sites,
        "limit": limit,
        "after_time": query.after.time if query.after else None,
        "after_number": query.after.number if query.after else None,
    }
    for name in _LISTS:
        values[name] = list(getattr(query, name)) or None
    values["types"] = [kind.value for kind in query.types] or None
    values["actions"] = [action.value for action in query.actions] or None
    for name in ("time_from", "time_until", "recorded_from", "recorded_until", "declares_error"):
        values[name] = getattr(query, name)
    clauses = []
    for n, match in enumerate(query.items):
        clauses.append(named_sql(__package__, "query_match.sql").replace("{n}", str(n)))
        values |= {
            f"roles_{n}": [ROLE_CODES[role] for role in match.roles],
            f"uris_{n}": list(match.uris),
            f"products_{n}": list(match.products),
            f"classes_{n}": match.classes,
        }
    text = named_sql(__package__, "query_events.sql").format(
        columns=columns,
        matches="\n".join(clauses),
        column=_ORDERS[query.order_by],
        direction="DESC" if query.descending else "ASC",
        beyond="<" if query.descending else ">",
    )
    return text, values


def stored_events(numbers: Sequence[int]) -> list[StoredEvent]:
    """Return these events, whole as they came, by event time."""
    text = named_sql(__package__, "stored_events.sql")
    keys = {"tenant": tx().principal.tenant_id, "numbers": list(numbers)}
    return [
        StoredEvent(number, event_id, decode_exact(document), decode_exact(context), recorded, time)
        for number, event_id, document, context, recorded, time in tx().rows(text, keys)
    ]


def decode_exact(text: str | None) -> Any:  # noqa: ANN401 (any JSON value)
    """Return JSON with its fractions as decimals, so that 1.50 stays 1.50."""
    return None if text is None else json.loads(text, parse_float=Decimal)
