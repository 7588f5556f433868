"""What the tamper-evident log costs a capture, and how fast it is verified: ``make bench-trust``.

The same documents are captured whole (read, checked, recorded, committed) by turns without the log (no record hash, no
sealing) and with it (record hash in the capture, then all leaves appended, as the worker does). A ratio counts all of
the work, the worker's too, as if it could not be done at the same time: processor time here and in the database, so
that other work on the machine does not count. The audit trail is on in both: no capture writes to an audited table.
A round of the worker costs something whatever it seals, and it seals what came since the round before
(``Subscriber.gather``): a stream is told by the events of a second, and a round is what comes in between. Streams with
few events in a round, where that share is largest, are among them. The last line is machine-readable.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.support import database
from tests.support.bakery import Bakery, document, raw
from tests.support.processor import spent

if TYPE_CHECKING:
    from suyuan.chassis.registry import Subscriber

ROUNDS = 9
STREAMS = ((1, 5), (1, 40), (20, 40), (20, 200), (100, 40), (100, 200))
"""Events in a document, and in a second."""


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


def _log() -> Subscriber:
    from suyuan.chassis.registry import registry

    return next(each for each in registry.subscribers if each.name == "trace.log")


def seal(tenant: Any) -> float:
    """Append what waits, as the worker does; return the seconds of processor time."""
    from suyuan.chassis.outbox import deliver_all

    sealing = [_log()]
    backend = _backend(tenant)
    begun = spent(backend)
    deliver_all(sealing)
    return spent(backend) - begun


def ratios(tenant: Any, size: int, count: int) -> tuple[float, float]:
    """Return capture with its share of the log, and all work, over no log, in rounds of ``count`` events.

    Of each the least of some rounds by turns: what else the machine does only ever adds, also to processor time.
    """
    plain, hashed, sealing = [], [], []
    for turn in range(ROUNDS):
        documents = {mode: list(day(f"{count}-{size}{mode}{turn}", size, count)) for mode in "ab"}
        for mode in "ab" if turn % 2 else "ba":
            if mode == "a":
                with without_hashes():
                    plain.append(capture_all(tenant, documents[mode]))
                seal(tenant)
            else:
                hashed.append(capture_all(tenant, documents[mode]))
                sealing.append(seal(tenant))
    return min(hashed) / min(plain), (min(hashed) + min(sealing)) / min(plain)


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
    for size, rate in STREAMS:
        count = max(size, round(rate * _log().gather) // size * size)
        inside, found[size, rate] = ratios(tenant, size, count)
        print(
            f"documents of {size:3} events, {rate:3} a second, {count:4} a round:"
            f" capture itself × {inside:.3f}, with the worker's sealing × {found[size, rate]:.3f}",
            flush=True,
        )
    per_second = verify(tenant)
    print(
        "BENCH "
        + json.dumps(
            {
                "overhead_ratio": round(max(found.values()), 3),
                "verify_events_per_s": round(per_second),
            }
        )
    )


if __name__ == "__main__":
    main()
