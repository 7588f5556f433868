"""What capturing costs: ``make bench-capture``. The last line is machine-readable.

A server of its own with two web workers takes single scans with checks over HTTP, 300 a second by the clock (a late
answer counts from when its scan was due), then a message of 1,000 entries. Beside it, in this process, EPCIS documents
of 500 events are captured and, by turns with that, the ledger rows that each made are written by hand with COPY, a
document a transaction on the same server, into tables of the same columns, constraints and indexes. COPY has no more
to do: its text is made before the clock runs, its items and numbers are known, nobody checks, hashes or asks.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.benchmarks.scanning import http_part
from tests.support import database
from tests.support.bakery import Bakery, document, raw
from tests.support.processor import spent

DOCUMENTS, EVENTS, WARMING = 12, 500, 2
TABLES = {
    "trace_item": "id", "trace_event": "number", "trace_document": "event_number",
    "trace_participation": "event_number", "trace_membership": "event_number", "trace_whereabouts": "item_id",
}  # fmt: skip
"""The ledger's tables, each with the number by which a document's rows follow those of the document before."""


def _events(mark: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while len(found) < EVENTS:
        found += Bakery(f"{mark}-{len(found)}").day()
    return found[:EVENTS]


def copy_part() -> tuple[float, float]:
    """Return the rate of capturing documents as a share of COPY's, and events a second."""
    database.start_server()
    database.use_database()
    from suyuan.entry.boot import boot, keep_what_is_loaded

    boot()
    keep_what_is_loaded()  # as every process does that serves
    from suyuan.integration import api as integration
    from tests.support.tenants import fresh_tenant

    tenant = fresh_tenant()
    contents = [raw(document(*_events(f"c{number}"))) for number in range(DOCUMENTS + WARMING)]
    captured: list[Cost] = []
    copied: list[Cost] = []
    with psycopg.connect(database.owner_url()) as owner:
        for table in TABLES:
            owner.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL EXCLUDING IDENTITY)")
        owner.commit()
        for content in contents:
            before = _newest(owner)
            with tenant.open() as current:
                backend = current.value("SELECT pg_backend_pid()")
            with _cost(backend) as cost, tenant.open():
                assert integration.capture(content).success
            captured.append(cost)
            copied.append(_copied(owner, before))
    took, by_copy = _total(captured), _total(copied)
    events = DOCUMENTS * EVENTS
    print(
        f"documents of {EVENTS} events: {events / took.seconds:,.0f} events/s, {took.cpu / events * 1e6:.0f} µs of"
        f" processor an event; COPY of the same rows: {events / by_copy.seconds:,.0f} events/s,"
        f" {by_copy.cpu / events * 1e6:.0f} µs; by processor time {by_copy.cpu / took.cpu:.2f} of COPY's rate"
    )
    return by_copy.seconds / took.seconds, events / took.seconds


@dataclass
class Cost:
    """What something took: seconds by the clock, and of processor time here and in its database process."""

    seconds: float = 0.0
    cpu: float = 0.0


@contextmanager
def _cost(backend: int) -> Iterator[Cost]:
    cost = Cost()
    used, began = spent(backend), time.perf_counter()
    yield cost
    cost.seconds, cost.cpu = time.perf_counter() - began, spent(backend) - used


def _total(costs: list[Cost]) -> Cost:
    timed = costs[WARMING:]
    return Cost(sum(each.seconds for each in timed), sum(each.cpu for each in timed))


def _newest(owner: psycopg.Connection[Any]) -> dict[str, int]:
    """Return the newest number in each table."""
    found = {t: owner.execute(f"SELECT coalesce(max({key}), 0) FROM {t}").fetchone() for t, key in TABLES.items()}
    owner.commit()
    return {table: row[0] if row else 0 for table, row in found.items()}


def _copied(owner: psycopg.Connection[Any], before: dict[str, int]) -> Cost:
    """Return what it takes COPY to write the rows that are newer than these numbers."""
    parts = {}
    for table, key in TABLES.items():
        newer = f"COPY (SELECT * FROM {table} WHERE {key} > {before[table]} ORDER BY {key}) TO STDOUT"
        with owner.cursor().copy(newer) as copy:
            parts[table] = b"".join(bytes(part) for part in copy)
    owner.commit()
    with _cost(owner.info.backend_pid) as cost:
        for table, text in parts.items():
            with owner.cursor().copy(f"COPY bench_{table} FROM STDIN") as copy:
                copy.write(text)
        owner.commit()
    return cost


def main() -> None:
    """Measure and print."""
    p99, sync = http_part() if "copy" not in sys.argv[1:] else (0.0, 0.0)
    ratio, rate = copy_part()
    figures = {
        "scan_p99_ms": round(p99, 1), "sync_1000_s": round(sync, 2), "copy_ratio": round(ratio, 2),
        "events_per_s": round(rate),
    }  # fmt: skip
    print("BENCH " + json.dumps(figures))


if __name__ == "__main__":
    main()
