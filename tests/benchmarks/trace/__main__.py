"""Benchmark of the trace index: ``make bench-trace SIZE=1M``. The last line is machine-readable.

The plant is generated straight into the segment builder and, for the recursive query beside it, into PostgreSQL.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine.record import Ints
from tests.benchmarks.trace.physical import physical
from tests.benchmarks.trace.resident import growth
from tests.benchmarks.trace.synthetic import Plant, plant

SIZES = {"8K": 8_000, "100K": 104_000, "1M": 1_000_000, "10M": 10_000_000}
ROUNDS = 5
PLANTS, SUSPECTS = 2_000, 2
"""Plants that the physical simulator lives, and suspects asked of each."""
SERVED = ("unit_back_http_ms", "random_unit_back_http_ms", "refresh_lag_ms", "first_query_http_ms")
"""Told as null where ``SERVE=0`` leaves the server out."""


def timed(what: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median time of ``what`` in milliseconds."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        what()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def forget_pages(folder: Path) -> None:
    """Drop the folder's files from the page cache."""
    for path in folder.rglob("*.npy"):
        handle = os.open(path, os.O_RDONLY)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)


def index_of(made: Plant, folder: Path) -> dict[str, float]:
    """Build and write the index; return how fast and how large."""
    from suyuan.trace.domain.engine.segment import build
    from suyuan.trace.store.index.files import FORMAT, Manifest, write_manifest, write_segment

    build(plant(8_000).record)  # compiled, or read from the compiler's cache
    begun = time.perf_counter()
    segment = build(made.record)
    built = time.perf_counter()
    entry = write_segment(folder, segment)
    written = time.perf_counter()
    write_manifest(folder, Manifest(FORMAT, "1:1:", time.time(), [entry], None))
    say(f"participations {entry.participations:,}, events {entry.events:,}; built in {built - begun:.1f} s,"
        f" written and checked in {written - built:.1f} s")  # fmt: skip
    return {
        "build_per_s": round(entry.participations / (written - begun)),
        "bytes_per_participation": round(entry.size / entry.participations, 2),
    }


def first_query(folder: Path, start: int) -> float:
    """Return how long the first forward scope of a fresh process takes, from mapping the index to the labels told."""
    code = (
        "import sys, time; from pathlib import Path\n"
        "from tests.benchmarks.trace.asking import Asking\n"
        "begun = time.perf_counter()\n"
        "assert len(Asking(Path(sys.argv[1])).forward(int(sys.argv[2])).labels)\n"
        "print((time.perf_counter() - begun) * 1000)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(start)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def ask(made: Plant, folder: Path) -> tuple[dict[str, float | None], Ints]:
    """Ask the index; return the figures, and the items that the big lot leads to."""
    from tests.benchmarks.trace.asking import Asking

    asking = Asking(folder)
    found = asking.forward(made.big_lot).labels
    say(f"forward from the big lot: {len(distinct(found.item)):,} items, all certain: {bool(found.certain.all())}")
    forward = timed(lambda: asking.kernel(made.big_lot), 21)
    told = timed(lambda: asking.forward(made.big_lot))
    forget_pages(folder)
    cold = timed(lambda: asking.kernel(made.big_lot), 1)
    unit, shipment = asking.back(made.unit).labels, asking.back(made.shipment).labels
    beside = asking.back(made.unit, siblings=True).labels
    say(f"one unit back: {len(unit)} labels, with cross-contact {len(beside):,}; a shipment: {len(shipment):,}")
    listed = distinct(found.item)
    figures: dict[str, float | None] = {
        "forward_items": len(listed),
        "forward_ms": round(forward, 2),
        "forward_told_ms": round(told, 2),
        "forward_cold_ms": round(cold, 2),
        "summary_ms": round(timed(lambda: asking.summary(made.big_lot)), 1),
        "compared_ms": round(timed(lambda: asking.compared(made.big_lot), 3), 1),
        "unit_back_ms": round(timed(lambda: asking.desk(made.unit), 50), 3),
        "siblings_back_ms": round(timed(lambda: asking.back(made.unit, siblings=True)), 2),
        "siblings_desk_ms": round(timed(lambda: asking.desk(made.unit, siblings=True)), 1),
        "shipment_siblings_ms": round(timed(lambda: asking.back(made.shipment, siblings=True)), 2),
        "shipment_back_ms": round(timed(lambda: asking.back(made.shipment)), 2),
        "hundred_units_back_ms": round(timed(lambda: [asking.desk(int(unit)) for unit in made.units], 3), 1),
        "catch_up_ms": round(timed(lambda: asking.catch_up(made.big_lot, 1 << 40)), 1),
        "closure_ms": round(timed(lambda: asking.closure(made.big_lot), 3), 2),
        "first_query_ms": round(first_query(folder, made.big_lot), 1),
    }
    grown = growth(folder, made.big_lot, made.unit)
    figures["forward_memory_per_item"] = None if grown is None else round(grown[0] / len(listed))
    figures["unit_back_memory_kib"] = None if grown is None else round(grown[1] / 1024)
    return figures, listed


def say(text: str) -> None:
    """Tell how it goes."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(size: str) -> None:
    """Run the benchmark for one size."""
    units = SIZES[size] // 8_000 * 8_000
    load = os.getloadavg()[0]
    say(f"{units:,} units; load of the machine {load:.1f}")
    made = plant(units)
    with tempfile.TemporaryDirectory(prefix="bench-trace-") as name:
        figures: dict[str, object] = dict(index_of(made, Path(name)))
        told, listed = ask(made, Path(name))
        figures.update(told)
    if os.environ.get("BASELINE", "1") == "1":
        from tests.benchmarks.trace.database import baseline

        query, counting = baseline(made, listed)
        figures["sql_forward_ms"] = round(query, 1)
        figures["forward_ratio"] = round(query / float(str(figures["forward_ms"])), 1)
        figures["sql_summary_ms"] = round(query + counting, 1)
        figures["summary_ratio"] = round((query + counting) / float(str(figures["summary_ms"])), 1)
    figures.update(physical(int(os.environ.get("PLANTS", PLANTS)), SUSPECTS))
    figures.update(dict.fromkeys(SERVED))
    if os.environ.get("SERVE", "1") == "1":
        from tests.benchmarks.trace.serving import served

        figures.update(served(made))
    figures["units"], figures["load"] = units, round(load, 1)
    say("BENCH " + json.dumps(figures))


if __name__ == "__main__":
    main(os.environ.get("SIZE", "1M"))
