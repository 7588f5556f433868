"""What the plant's own story costs: ``make bench-production [SIZE=1M]``. The last line is machine-readable.

The history of one unit among SIZE units, the board with 50,000 of them in work, on the server without HTTP; then 300
scans a second by the clock on a server of its own with two web workers, as ``make bench-capture`` sends them, with all
checks that modules register.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import psycopg

from tests.benchmarks.scanning import http_part
from tests.support import database

SIZES = {"20K": 20_000, "100K": 100_000, "1M": 1_000_000}
OPEN, ROUNDS = 50_000, 15


def _median(what: Callable[[int], object]) -> float:
    took = []
    for turn in range(ROUNDS):
        began = time.perf_counter()
        what(turn)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def _fill(tenant: int, units: int, in_work: int) -> None:
    text = (Path(__file__).parent / "production.sql").read_text(encoding="utf-8")
    for name, value in (("tenant", tenant), ("units", units), ("open", in_work)):
        text = text.replace(f":{name}", str(value))
    began = time.perf_counter()
    with psycopg.connect(database.owner_url()) as owner:
        owner.execute("SET synchronous_commit = off")
        for statement in text.split(";\n"):
            if statement.strip():
                owner.execute(statement.encode())
    print(f"{units:,} units, {in_work:,} in work: filled in {time.perf_counter() - began:.0f} s")


def read_part(units: int) -> tuple[float, float]:
    """Return the milliseconds of one unit's history and of the board."""
    database.start_server()
    database.use_database()
    from suyuan.entry.boot import boot

    boot()
    from suyuan.production.api import wip
    from suyuan.production.api.history import history
    from tests.support.tenants import fresh_tenant

    tenant = fresh_tenant()
    _fill(tenant.id, units, min(OPEN, units))
    dice = Random(7)
    codes = [f"urn:suyuan:bench:unit:U{dice.randrange(1, units)}" for _ in range(ROUNDS)]

    def read(turn: int) -> None:
        with tenant.open():
            told = history(codes[turn])
            assert len(told.steps) >= 5
            assert told.materials

    def refresh(_: int) -> None:
        with tenant.open():
            assert wip.board(hours=2).count == min(OPEN, units)

    return _median(read), _median(refresh)


def main() -> None:
    """Measure and print."""
    size = os.environ.get("SIZE") or "1M"
    history_ms, wip_ms = read_part(SIZES[size])
    print(f"history of one unit: {history_ms:.1f} ms; board: {wip_ms:.1f} ms")
    p99 = http_part()[0] if os.environ.get("SCANS") != "0" else 0.0
    figures = {"history_ms": round(history_ms, 1), "wip_ms": round(wip_ms, 1), "scan_p99_ms": round(p99, 1)}
    print("BENCH " + json.dumps(figures))


if __name__ == "__main__":
    main()
