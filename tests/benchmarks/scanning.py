"""Single scans over HTTP by the clock, and what each costs every process that works for it.

The client writes requests to open connections itself: a library's pool costs more than a scan, and on a machine of two
cores the client takes from the server what it uses. A connection that breaks fails the measurement.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil

from tests.support.processor import used_by
from tests.support.servers import Installation

RATE, SECONDS, DEVICES = 300, 10, 40
WARMING = 12
"""Seconds; as long as a new installation takes to count its tables' rows for the first time."""


def reading(node: str, number: int, sequence: int, mark: str) -> dict[str, Any]:
    """Return an entry of a unit that no other has."""
    code = f"(01)09521234543213(21){mark}{number}"
    return {
        "id": str(uuid4()), "sequence": sequence, "node": node, "taken": datetime.now(UTC).isoformat(),
        "values": {"item": {"raw": code}}, "how": {"item": "scan"},
    }  # fmt: skip


def message(device: str, readings: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a device sends."""
    return {"device": device, "sent": datetime.now(UTC).isoformat(), "readings": readings}


class Connection:
    """One kept-open connection of HTTP/1.1, with one request at a time."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._head = (
            "POST /api/v1/capture/readings HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
            f"authorization: Bearer {token}\r\ncontent-length: "
        )
        self._lock = asyncio.Lock()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, body: bytes) -> dict[str, Any]:
        """Send a message; return the answer."""
        async with self._lock:
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
            source, sink = self._streams
            sink.write(f"{self._head}{len(body)}\r\n\r\n".encode() + body)
            head = (await source.readuntil(b"\r\n\r\n")).lower()
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            answer = await source.readexactly(length)
            assert head.startswith(b"http/1.1 200"), answer[:500]
            found: dict[str, Any] = json.loads(answer)
            return found


@dataclass
class Group:
    """Processes of one kind, and the processor time that they used before."""

    name: str
    find: Callable[[], list[int]]
    before: float = field(default=0.0)


def _groups(server: Installation) -> list[Group]:
    def database() -> list[int]:
        postmaster = server.postmaster()
        return [postmaster.pid, *(each.pid for each in postmaster.children())] if postmaster else []

    def part(name: str) -> Callable[[], list[int]]:
        return lambda: [each.pid for each in server.parts(name)]

    return [
        Group("client", lambda: [os.getpid()]), Group("web", part("web")), Group("database", database),
        Group("worker", part("worker")),
    ]  # fmt: skip


@contextlib.contextmanager
def each_cost(server: Installation, scans: int) -> Iterator[None]:
    """Print the processor time that each scan cost every kind of process meanwhile."""
    groups = _groups(server)
    for group in groups:
        group.before = used_by(group.find())
    yield
    parts = {group.name: (used_by(group.find()) - group.before) / scans * 1000 for group in groups}
    told = ", ".join(f"{name} {part:.2f}" for name, part in parts.items())
    load = psutil.getloadavg()[0]
    print(f"processor time a scan: {sum(parts.values()):.2f} ms ({told}); load {load:.1f}")


async def scans(connections: list[Connection], mark: str, seconds: float) -> list[float]:
    """Send scans by the clock; return how long after its due time each was answered, in milliseconds."""
    devices = [str(uuid4()) for _ in connections]
    began = time.perf_counter() + 0.2
    took: list[float] = []

    async def one(number: int) -> None:
        due = began + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        which = number % len(devices)
        entry = reading("operation-start", number, number // len(devices) + 1, mark)
        answer = await connections[which].send(json.dumps(message(devices[which], [entry])).encode())
        took.append((time.perf_counter() - due) * 1000)
        assert answer["outcomes"][0]["outcome"] == "recorded", answer

    await asyncio.gather(*(one(number) for number in range(int(RATE * seconds))))
    return took


async def _over_http(server: Installation, token: str) -> tuple[float, float]:
    connections = [Connection(server.port, token) for _ in range(DEVICES)]
    await scans(connections, "W", WARMING)
    with each_cost(server, RATE * SECONDS):
        took = sorted(await scans(connections, "S", SECONDS))
    p99 = took[int(len(took) * 0.99)]
    print(f"scans at {RATE}/s: median {took[len(took) // 2]:.1f} ms, p99 {p99:.1f} ms, worst {took[-1]:.1f} ms")
    syncs = []
    for turn in range(3):
        readings = [reading("operation-start", number, number + 1, f"B{turn}-") for number in range(1000)]
        body = json.dumps(message(str(uuid4()), readings)).encode()
        began = time.perf_counter()
        answer = await connections[0].send(body)
        syncs.append(time.perf_counter() - began)
        assert {each["outcome"] for each in answer["outcomes"]} == {"recorded"}, str(answer)[:500]
    print("1,000 entries in one message: " + ", ".join(f"{each:.2f} s" for each in syncs))
    return p99, sorted(syncs)[1]


@contextlib.contextmanager
def served(*rights: str) -> Iterator[tuple[Installation, str]]:
    """Start a server of its own; give it, and a token with these rights (none named: it may make entries)."""
    with tempfile.TemporaryDirectory(prefix="suyuan-bench-") as home:
        server = Installation(Path(home) / "data")
        made = server.command("user", "add", "bench", "--name", "Bench")
        assert made.returncode == 0, made.stderr
        asked = [word for right in rights or ("capture:reading:write",) for word in ("--permission", right)]
        token = server.command("token", "bench", *asked).stdout.split()
        server.start("serve")
        try:
            server.wait_ready()
            yield server, next(word for word in token if word.startswith("sy_"))
        finally:
            server.stop()


def http_part() -> tuple[float, float]:
    """Return the p99 of a scan in milliseconds and the seconds of a message of 1,000 entries."""
    with served() as (server, token):
        return asyncio.run(_over_http(server, token))


if __name__ == "__main__":
    http_part()
