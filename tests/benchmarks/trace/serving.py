"""The whole product beside the engine: a server process of its own over the plant, asked over HTTP on loopback."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

from tests.benchmarks.trace.loading import URI, load
from tests.benchmarks.trace.synthetic import Plant
from tests.support.servers import Installation, bearer, clean_environment, installed

ASKED, CAPTURED = 60, 15


def served(made: Plant) -> dict[str, float]:
    """Return how long a server takes over one unit's whole history, over the first question of its life, and until a
    committed event is in an answer.
    """
    with tempfile.TemporaryDirectory(prefix="bench-serve-") as name, installed(Path(name) / "data") as site:
        site.start()
        site.wait_ready(600)
        token = site.add_administrator()
        site.stop()
        with site.owner() as owner:
            load(owner, made.record)
        _rebuild(site)
        site.start()
        site.wait_ready(600)
        with bearer(site.url, token) as client:
            first = _asked(client, made.unit)[0]
            times = [_asked(client, int(unit))[0] for unit in [*made.units[:40].tolist(), *[made.unit] * ASKED]]
            return {
                "first_query_http_ms": round(first, 1),
                "unit_back_http_ms": round(statistics.median(times[-ASKED:]), 1),
                "random_unit_back_http_ms": round(statistics.median(times[:-ASKED]), 1),
                "refresh_lag_ms": round(_lag(client, made.unit), 1),
            }


def _rebuild(site: Installation) -> None:
    subprocess.run(
        [sys.executable, "-m", "suyuan.entry", "index", "rebuild", "--data", str(site.data)], env=clean_environment(),
        check=True, capture_output=True, timeout=1800,
    )  # fmt: skip


def _asked(client: httpx.Client, unit: int) -> tuple[float, set[str]]:
    """Return the milliseconds until the whole answer was there, and the events that it lists."""
    begun = time.perf_counter()
    answer = client.get("/api/v1/trace/back", params={"code": f"{URI}unit:{unit}"})
    took = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert len(told["items"]) > 16, told["items"]
    return took, {event["event_id"] for event in told["events"]}


def _lag(client: httpx.Client, unit: int) -> float:
    """Return the median time from a committed capture to the end of the next answer, which holds the event."""
    times = []
    for number in range(CAPTURED):
        event = f"urn:uuid:00000000-0000-4000-8000-{number:012d}"
        sent = client.post("/epcis/v2/events", json=_inspected(event, f"{URI}unit:{unit}"))
        assert sent.status_code in (200, 201), sent.text
        begun = time.perf_counter()
        _, events = _asked(client, unit)
        times.append((time.perf_counter() - begun) * 1000)
        assert event in events, "a committed event is in the very next answer"
    return statistics.median(times)


def _inspected(event: str, item: str) -> dict[str, object]:
    return {
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
        "type": "ObjectEvent", "action": "OBSERVE", "bizStep": "inspecting", "eventID": event, "epcList": [item],
        "eventTime": datetime.now(UTC).isoformat(timespec="milliseconds"), "eventTimeZoneOffset": "+08:00",
    }  # fmt: skip
