"""What the tamper-evident log costs a capture, and how fast it is verified: ``make bench-trust``.

The same documents are captured whole (read, checked, recorded, committed) by turns without the log (no record hash, no
sealing) and with it (record hash in the capture, then all leaves appended, as the worker does). A ratio counts all of
the work, the worker's too, as if it could not be done at the same time: processor time here and in the database, so
that other work on the machine does not count. The audit trail is on in both: no capture writes to an audited table.
A round of the worker costs something whatever it seals, so that events in a round are told: what comes in the five
seconds between two rounds of a stream of 200 events, or of 40 scans, a second. Of slower streams a round costs more
than the tenth, though little of the machine; one such is printed, too. The last line is machine-readable.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.support import database
from tests.support.bakery import Bakery, document, raw
from tests.support.processor import spent

ROUNDS = 9
STREAMS = ((1, 200), (20, 1000), (100, 1000))
"""Events in a document, and in a round of the worker."""
SLOWER = (100, 200)


def day(mark: str, size: int, count: int) -> Iterator[bytes]:
    """Yield documents of ``size`` typical events, ``count`` in all, that no other round has."""
    events: list[dict[str, Any]] = []
    number = 0
    while len(events) < count:
        events += Bakery(f"{mark}-{number}").day()
        number += 1
    for begin in range(0, count, size):
        yield raw(document(*events[begin : begin + size]))


@contextmanager
def without_hashes() -> Iterator[None]:
    """Have captures make no record hash."""
    from suyuan.trace.api import recording

    kept = recording.record_hashes
    recording.record_hashes = lambda events, _: [None] * len(events)  # type: ignore[assignment,return-value]  # measured without
    try:
        yield
    finally:
        recording.record_hashes = kept


def capture_all(tenant: Any, documents: list[bytes]) -> float:
    """Capture documents one after another, each in its transaction; return the seconds of processor time."""
    from suyuan.integration import api as integration
    from suyuan.integration.contracts import CaptureBehaviour

    backend = _backend(tenant)
    begun = spent(backend)
    for content in documents:
        with tenant.open():
            job = integration.capture(content, CaptureBehaviour.ROLLBACK)
            assert job.success, job
    return spent(backend) - begun


def _backend(tenant: Any) -> int:
    with tenant.open() as current:
        return int(current.value("SELECT pg_backend_pid()"))


def seal(tenant: Any) -> float:
    """Append what waits, as the worker does; return the seconds of processor time."""
    from suyuan.chassis.outbox import deliver_all
    from suyuan.chassis.registry import registry

    sealing = [each for each in registry.subscribers if each.name == "trace.log"]
    backend = _backend(tenant)
    begun = spent(backend)
    deliver_all(sealing)
    return spent(backend) - begun


def ratios(tenant: Any, size: int, count: int) -> tuple[list[float], list[float]]:
    """Return, round by round of ``count`` events, capture with its share of the log, and all work, over no log."""
    inside, whole = [], []
    for turn in range(ROUNDS):
        documents = {mode: list(day(f"{count}-{size}{mode}{turn}", size, count)) for mode in "ab"}

        def plain() -> float:
            with without_hashes():
                return capture_all(tenant, documents["a"])  # noqa: B023 (called in this turn)

        def hashed() -> float:
            return capture_all(tenant, documents["b"])  # noqa: B023 (called in this turn)

        times, sealing = {}, 0.0
        runs: list[tuple[str, Callable[[], float]]] = [("plain", plain), ("hashed", hashed)]
        for name, run in runs if turn % 2 else runs[::-1]:
            times[name] = run()
            took = seal(tenant)
            sealing = took if name == "hashed" else sealing
        inside.append(times["hashed"] / times["plain"])
        whole.append((times["hashed"] + sealing) / times["plain"])
    return inside, whole


def verify(tenant: Any) -> float:
    """Return how many events a second are verified."""
    from suyuan.compliance import api as compliance

    with tenant.open():
        begun = time.perf_counter()
        done = compliance.verify_log()
        taken = time.perf_counter() - begun
    assert done.sound, done.findings
    return done.records / taken


def main() -> None:
    """Measure and print."""
    database.start_server()
    database.use_database()
    from suyuan.entry.boot import boot, keep_what_is_loaded

    boot()
    keep_what_is_loaded()  # as every process does that serves
    from tests.support.tenants import fresh_tenant

    tenant = fresh_tenant()
    for turn in range(6):  # until the statements of the worker, too, have their plans
        capture_all(tenant, list(day(f"warm{turn}", 20, 100)))
        seal(tenant)
    found = {}
    for size, count in (*STREAMS, SLOWER):
        inside, whole = ratios(tenant, size, count)
        found[size, count] = statistics.median(whole)
        print(
            f"documents of {size:3} events, {count:4} a round: capture itself × {statistics.median(inside):.3f},"
            f" with the worker's sealing × {found[size, count]:.3f}"
        )
    per_second = verify(tenant)
    print(
        "BENCH "
        + json.dumps(
            {
                "overhead_ratio": round(max(found[stream] for stream in STREAMS), 3),
                "verify_events_per_s": round(per_second),
            }
        )
    )


if __name__ == "__main__":
    main()
