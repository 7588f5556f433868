"""The facts that checks ask for, many items in one statement; and the master data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from suyuan.chassis.database import Later, named_sql, tx
from suyuan.trace.contracts import MasterDatum
from suyuan.trace.contracts.facts import ItemFacts


def current_facts(uris: Iterable[str], steps: Sequence[str], *, expiry: bool) -> Later[dict[str, ItemFacts]]:
    """Ask for the facts of those of ``uris`` that any event named."""
    rows = tx().execute(
        named_sql(__package__, "current_facts.sql"),
        {"tenant": tx().principal.tenant_id, "uris": list(uris), "steps": list(steps), "expiry": expiry},
        prepare=True,
    )
    return lambda: {row[0]: replace(ItemFacts(*row[:11]), steps=_times(row[11])) for row in rows}


def _times(seen: Any) -> dict[str, datetime]:  # noqa: ANN401 (json comes back as text or taken apart)
    found = msgspec.json.decode(seen) if isinstance(seen, (str, bytes)) else seen or {}
    return {step: datetime.fromisoformat(time) for step, time in found.items()}


def master_stamp() -> Later[tuple[int, datetime | None]]:
    """Ask for what changes whenever an entry of the master data changes."""
    rows = tx().execute(
        "SELECT count(*), max(changed) FROM trace_master WHERE tenant_id = %s",
        (tx().principal.tenant_id,),
        prepare=True,
    )

    def answer() -> tuple[int, datetime | None]:
        [(count, changed)] = rows.fetchall()
        return int(count), changed

    return answer


def master_with(attribute: str, value: str) -> str | None:
    """Return the URI of the first entry of the master data that has this value of an attribute."""
    uri: str | None = tx().value(
        "SELECT uri FROM trace_master WHERE tenant_id = %s AND attributes ->> %s = %s ORDER BY id LIMIT 1",
        (tx().principal.tenant_id, attribute, value),
    )
    return uri


def newest_number() -> int | None:
    """Return the number of the newest event; None where there is none."""
    number: int | None = tx().value(
        "SELECT max(number) FROM trace_event WHERE tenant_id = %s", (tx().principal.tenant_id,)
    )
    return number


def master_data() -> list[MasterDatum]:
    """Return every entry of the master data, by type and URI."""
    rows = tx().rows(
        "SELECT type, uri, name_zh, name_en, attributes FROM trace_master WHERE tenant_id = %s ORDER BY type, uri",
        (tx().principal.tenant_id,),
    )
    return [MasterDatum(kind, uri, zh, en, _attributes(given)) for kind, uri, zh, en, given in rows]


def _attributes(given: Any) -> dict[str, Any]:  # noqa: ANN401 (jsonb comes back as text)
    found: dict[str, Any] = msgspec.json.decode(given) if isinstance(given, (str, bytes)) else given
    return found


def recent_items(most: int, sites: Sequence[int] | None) -> list[tuple[str, str]]:
    """Return URI and readable code of the items of the newest ``most`` events, at most ``most`` of them."""
    values = {"tenant": tx().principal.tenant_id, "most": most, "sites": None if sites is None else list(sites)}
    return [(uri, code) for uri, code in tx().rows(named_sql(__package__, "recent_items.sql"), values)]
