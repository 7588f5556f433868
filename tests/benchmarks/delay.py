"""How long after it was captured an event can be traced, under load: ``python -m tests.benchmarks.delay [SCANS/S]``.

A server of its own takes single scans over HTTP by the clock, as in ``make bench-capture``. Meanwhile, four times a
second, one more scan of a unit that nobody knows is sent, and as soon as it is answered the unit's whole history is
asked for, again and again until the event is in it. The last line is machine-readable.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
import psutil

from tests.benchmarks import scanning
from tests.benchmarks.scanning import DEVICES, WARMING, Connection, message, reading, scans, served
from tests.support.servers import Installation

SECONDS, EVERY = 40, 0.25
RIGHTS = ("capture:reading:write", "trace:item:read", "trace:event:read")


@dataclass
class Delays:
    """Milliseconds: until a scan was answered, from there until an answer held it, both; how many answers it took."""

    captured: list[float] = field(default_factory=list)
    traced: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)


async def probe(server: Installation, token: str, until: float, delays: Delays) -> None:
    """Send a scan every quarter of a second, and ask for its unit."""
    connection, device = Connection(server.port, token), str(uuid4())
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=30) as client:
        number = 0
        while time.perf_counter() < until:
            number += 1
            sent = time.perf_counter()
            entry = reading("operation-start", number, number, "P")
            answer = await connection.send(json.dumps(message(device, [entry])).encode())
            assert answer["outcomes"][0]["outcome"] == "recorded", answer
            answered, asked = time.perf_counter(), 0
            while True:
                asked += 1
                told = await client.get("/api/v1/trace/back", params={"code": entry["values"]["item"]["raw"]})
                if told.status_code == 200 and told.json()["events"]:
                    break
                assert told.status_code in (200, 404), told.text
            found = time.perf_counter()
            delays.captured.append((answered - sent) * 1000)
            delays.traced.append((found - answered) * 1000)
            delays.whole.append((found - sent) * 1000)
            delays.asked.append(asked)
            await asyncio.sleep(max(0.0, sent + EVERY - time.perf_counter()))


async def measure(server: Installation, token: str) -> Delays:
    """Load the server, and measure meanwhile."""
    connections = [Connection(server.port, token) for _ in range(DEVICES)]
    await scans(connections, "W", WARMING)
    delays = Delays()
    load = asyncio.create_task(scans(connections, "S", SECONDS))
    await probe(server, token, time.perf_counter() + SECONDS - 1, delays)
    took = sorted(await load)
    print(f"scans meanwhile: median {took[len(took) // 2]:.1f} ms, p99 {took[int(len(took) * 0.99)]:.1f} ms")
    return delays


def main() -> None:
    """Measure and print."""
    scanning.RATE = int(sys.argv[1]) if len(sys.argv) > 1 else scanning.RATE
    with served(*RIGHTS) as (server, token):
        delays = asyncio.run(measure(server, token))
    figures: dict[str, float] = {"scans_per_s": scanning.RATE, "probes": len(delays.whole)}
    for name in ("captured", "traced", "whole"):
        told = sorted(getattr(delays, name))
        figures |= {
            f"{name}_ms": round(told[len(told) // 2], 1), f"{name}_p95_ms": round(told[int(len(told) * 0.95)], 1),
            f"{name}_worst_ms": round(told[-1], 1),
        }  # fmt: skip
    figures |= {"most_answers": max(delays.asked), "load": round(psutil.getloadavg()[0], 1)}
    print("BENCH " + json.dumps(figures))


if __name__ == "__main__":
    main()
