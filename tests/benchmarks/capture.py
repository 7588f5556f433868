"""What capturing costs: ``make bench-capture``. The last line is machine-readable.

A server of its own with two web workers takes single scans with checks over HTTP, 300 a second by the clock (a late
answer counts from when its scan was due), then a message of 1,000 entries. Beside it, in this process, EPCIS documents
of 500 events are captured, and the same rows are written by hand with COPY into tables of the same shape and indexes.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg

from tests.support import database
from tests.support.bakery import Bakery, document, raw
from tests.support.servers import Installation

RATE, SECONDS, DEVICES = 300, 10, 40
DOCUMENTS, EVENTS = 12, 500
TABLES = ("trace_event", "trace_document", "trace_participation")


def _reading(node: str, number: int, sequence: int, mark: str) -> dict[str, Any]:
    code = f"(01)09521234543213(21){mark}{number}"
    return {
        "id": str(uuid4()), "sequence": sequence, "node": node, "taken": datetime.now(UTC).isoformat(),
        "values": {"item": {"raw": code}}, "how": {"item": "scan"},
    }  # fmt: skip


def _message(device: str, readings: list[dict[str, Any]]) -> dict[str, Any]:
    return {"device": device, "sent": datetime.now(UTC).isoformat(), "readings": readings}


async def _sent(client: httpx.AsyncClient, message: dict[str, Any]) -> httpx.Response:
    """Send a message as a device does: again, where the connection breaks."""
    while True:
        try:
            return await client.post("/api/v1/capture/readings", json=message)
        except httpx.TransportError:
            await asyncio.sleep(0.05)


async def _scans(client: httpx.AsyncClient, mark: str, seconds: float) -> list[float]:
    """Send scans by the clock; return how long after its due time each was answered, in milliseconds."""
    devices = [str(uuid4()) for _ in range(DEVICES)]
    began = time.perf_counter() + 0.2
    took: list[float] = []

    async def one(number: int) -> None:
        due = began + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        reading = _reading("operation-start", number, number // DEVICES + 1, mark)
        answer = await _sent(client, _message(devices[number % DEVICES], [reading]))
        took.append((time.perf_counter() - due) * 1000)
        assert answer.json()["outcomes"][0]["outcome"] in ("recorded", "repeated"), answer.text

    await asyncio.gather(*(one(number) for number in range(int(RATE * seconds))))
    return took


async def _over_http(url: str, token: str) -> tuple[float, float]:
    headers = {"Authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=DEVICES, max_keepalive_connections=DEVICES)
    async with httpx.AsyncClient(base_url=url, headers=headers, limits=limits, timeout=60) as client:
        await _scans(client, "W", 2)
        took = sorted(await _scans(client, "S", SECONDS))
        p99 = took[int(len(took) * 0.99)]
        print(f"scans at {RATE}/s: median {took[len(took) // 2]:.1f} ms, p99 {p99:.1f} ms, worst {took[-1]:.1f} ms")
        syncs = []
        for turn in range(3):
            readings = [_reading("operation-start", number, number + 1, f"B{turn}-") for number in range(1000)]
            began = time.perf_counter()
            answer = await client.post("/api/v1/capture/readings", json=_message(str(uuid4()), readings))
            syncs.append(time.perf_counter() - began)
            assert {each["outcome"] for each in answer.json()["outcomes"]} == {"recorded"}, answer.text[:500]
        print("1,000 entries in one message: " + ", ".join(f"{each:.2f} s" for each in syncs))
        return p99, sorted(syncs)[1]


def http_part() -> tuple[float, float]:
    """Return the p99 of a scan in milliseconds and the seconds of a message of 1,000 entries."""
    with tempfile.TemporaryDirectory(prefix="suyuan-bench-") as home:
        server = Installation(Path(home) / "data")
        made = server.command("user", "add", "bench", "--name", "Bench", given="a long phrase 9\na long phrase 9\n")
        assert made.returncode == 0, made.stderr
        token = server.command("token", "bench", "--permission", "capture:reading:write").stdout.split()
        secret = next(word for word in token if word.startswith("sy_"))
        server.start("serve")
        try:
            server.wait_ready()
            return asyncio.run(_over_http(server.url, secret))
        finally:
            server.stop()


def _events(mark: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while len(found) < EVENTS:
        found += Bakery(f"{mark}-{len(found)}").day()
    return found[:EVENTS]


def copy_part() -> tuple[float, float]:
    """Return the rate of capturing documents as a share of COPY's, and events a second."""
    database.start_server()
    database.use_database()
    from suyuan.entry.boot import boot

    boot()
    from suyuan.integration import api as integration
    from tests.support.tenants import fresh_tenant

    tenant = fresh_tenant()
    contents = [raw(document(*_events(f"c{number}"))) for number in range(DOCUMENTS + 1)]
    captured = 0.0
    for number, content in enumerate(contents):
        began = time.perf_counter()
        with tenant.open():
            assert integration.capture(content).success
        captured += time.perf_counter() - began if number else 0.0  # the first warms up
    copied = _copied(tenant.id)
    events = DOCUMENTS * EVENTS
    print(f"documents of {EVENTS} events: {events / captured:,.0f} events/s; COPY of the same rows: {copied:,.0f}")
    return events / captured / copied, events / captured


def _copied(tenant: int) -> float:
    """Return how many events a second COPY writes, a document a transaction, into tables of the same shape."""
    with psycopg.connect(database.owner_url()) as owner:
        rows: dict[str, list[Any]] = {}
        for table in TABLES:
            owner.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL EXCLUDING IDENTITY)")
            key = "number" if table == "trace_event" else "event_number"
            found = owner.execute(f"SELECT {key}, t::text FROM {table} t WHERE tenant_id = %s ORDER BY 1", (tenant,))
            rows[table] = found.fetchall()
        owner.commit()
        numbers = [number for number, _ in rows["trace_event"]]
        taken = 0.0
        for start in range(0, len(numbers), EVENTS):
            wanted = set(numbers[start : start + EVENTS])
            parts = {t: _as_fields(owner, t, [row for row in rows[t] if row[0] in wanted]) for t in TABLES}
            began = time.perf_counter()
            for table in TABLES:
                with owner.cursor().copy(f"COPY bench_{table} FROM STDIN") as copy:
                    copy.write(parts[table])
            owner.commit()
            taken += time.perf_counter() - began
    return len(numbers) / taken


def _as_fields(owner: psycopg.Connection[Any], table: str, rows: list[Any]) -> bytes:
    """Return rows as COPY's own text, made before the clock runs."""
    numbers = [number for number, _ in rows]
    key = "number" if table == "trace_event" else "event_number"
    low, high = min(numbers), max(numbers)
    with owner.cursor().copy(f"COPY (SELECT * FROM {table} WHERE {key} BETWEEN {low} AND {high}) TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)


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
