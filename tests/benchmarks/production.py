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
from random import Random
from typing import TYPE_CHECKING

from tests.benchmarks.filling import agrees, fill
from tests.benchmarks.scanning import http_part
from tests.support import database
from tests.support.processor import spent

if TYPE_CHECKING:
    from tests.support.tenants import TestTenant

SIZES = {"20K": 20_000, "100K": 100_000, "1M": 1_000_000}
OPEN, ROUNDS = 50_000, 15


def _median(tenant: TestTenant, what: Callable[[int], object]) -> tuple[float, float]:
    """Return the medians of the milliseconds, and of those of processor time, here and in the database."""
    from suyuan.chassis.database import tx

    took, used = [], []
    for turn in range(ROUNDS):
        with tenant.open():
            backend = tx().value("SELECT pg_backend_pid()")
            began, before = time.perf_counter(), spent(backend)
            what(turn)
            took.append((time.perf_counter() - began) * 1000)
            used.append((spent(backend) - before) * 1000)
    return statistics.median(took), statistics.median(used)


def read_part(units: int) -> tuple[float, float]:
    """Return the milliseconds of one unit's history and of the board."""
    database.start_server()
    database.use_database()
    from suyuan.entry.boot import boot

    boot()
    from suyuan.production.api import wip
    from suyuan.production.api.history import history
    from tests.support.tenants import fresh_tenant

    small = fresh_tenant()
    fill(small.id, 1000, 300)
    agrees(small)
    tenant = fresh_tenant()
    fill(tenant.id, units, min(OPEN, units))
    dice = Random(7)
    codes = [f"urn:suyuan:bench:unit:U{dice.randrange(1, units)}" for _ in range(ROUNDS)]

    def read(turn: int) -> None:
        told = history(codes[turn])
        assert told.steps
        assert told.materials

    def refresh(_: int) -> None:
        assert wip.board().count == min(OPEN, units)

    figures = _median(tenant, read), _median(tenant, refresh)
    for name, (took, used) in zip(("history of one unit", "board"), figures, strict=True):
        print(f"{name}: {took:.1f} ms, {used:.1f} ms of processor time")
    return figures[0][0], figures[1][0]


def main() -> None:
    """Measure and print."""
    size = os.environ.get("SIZE") or "1M"
    history_ms, wip_ms = read_part(SIZES[size])
    p99 = http_part()[0] if os.environ.get("SCANS") != "0" else 0.0
    figures = {"history_ms": round(history_ms, 1), "wip_ms": round(wip_ms, 1), "scan_p99_ms": round(p99, 1)}
    print("BENCH " + json.dumps(figures))


if __name__ == "__main__":
    main()
