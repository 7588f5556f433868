"""Whatever the network does, the ledger is the same: nothing acknowledged is lost, nothing is there twice.

Devices send their queues in order, in messages of any size. A message may be lost on the way there (nothing happens),
its answer on the way back (the device sends it again), or the server may end before it commits (nothing is kept).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from suyuan.capture.tests.stations import Station, now

_runs = count(1)
FATES = some.sampled_from(["answered", "answered", "never sent", "answer lost", "server ended"])
STEPS = some.lists(some.tuples(some.integers(0, 2), some.integers(1, 4), FATES), max_size=14)


class _ServerEndedError(Exception):
    """The process is gone before it commits."""


class Device:
    """A queue that forgets an entry only once its outcome has come."""

    def __init__(self, station: Station, readings: list[dict[str, Any]]) -> None:
        self.station, self.queue = station, readings
        self.acknowledged: dict[str, str] = {}

    def send(self, size: int, fate: str) -> None:
        """Send the first ``size`` entries, and let happen what is to happen."""
        if not self.queue or fate == "never sent":
            return
        part = self.queue[:size]
        outcomes = self._submit(part, ends=fate == "server ended")
        if fate != "answered":
            return
        for outcome in outcomes:
            self.acknowledged[outcome["id"]] = outcome.get("first") or outcome["outcome"]
        del self.queue[: len(part)]

    def _submit(self, part: list[dict[str, Any]], *, ends: bool) -> list[dict[str, Any]]:
        from suyuan.capture import api as capture
        from suyuan.capture.contracts.readings import ReadingBatch

        batch = msgspec.convert({"device": self.station.device, "sent": now(), "readings": part}, ReadingBatch)
        try:
            with self.station.tenant.open():
                done = msgspec.to_builtins(capture.submit(batch, "en"))["outcomes"]
                if ends:
                    raise _ServerEndedError
                return list(done)
        except _ServerEndedError:
            return []


def _entries(station: Station, run: int, number: int) -> Iterator[dict[str, Any]]:
    """Yield a device's day: two units made and inspected, one shipped twice (refused), one never made (refused)."""
    for unit in range(2):
        item = station.unit(run * 1000 + number * 10 + unit)
        yield station.reading("operation-start", item=item)
        yield station.reading("inspect", item=item, result="pass")
    yield station.reading("ship", item=[station.unit(run * 1000 + number * 10)])
    yield station.reading("ship", item=[station.unit(run * 1000 + number * 10)])
    yield station.reading("pick", item=station.unit(run * 1000 + number * 10 + 9))


@settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_any_way_of_syncing_gives_the_same_ledger(plant, steps) -> None:
    run = next(_runs)
    stations = [Station.__new__(Station) for _ in range(3)]
    for number, station in enumerate(stations):
        station.tenant, station.place, station.device = plant, None, str(uuid4())
        station.mark, station._sequence = 500 + number, count(1)
    sent = [list(_entries(station, run, number)) for number, station in enumerate(stations)]
    devices = [Device(station, list(readings)) for station, readings in zip(stations, sent, strict=True)]
    for who, size, fate in steps:
        devices[who].send(size, fate)
    for device in devices:
        while device.queue:
            device.send(3, "answered")
    from suyuan.chassis.database import tx

    for device, readings in zip(devices, sent, strict=True):
        wanted = ["recorded"] * 5 + ["refused"] * 2
        assert [device.acknowledged[reading["id"]] for reading in readings] == wanted
        with plant.open():
            rows = tx().rows(
                "SELECT id::text, outcome, event_ids FROM capture_reading WHERE device = %s ORDER BY sequence",
                (device.station.device,),
            )
            assert [(row[0], row[1]) for row in rows] == list(device.acknowledged.items())
            events = [event for row in rows for event in row[2]]
            kept = tx().rows(
                "SELECT event_id FROM trace_event WHERE event_id = ANY (%s) ORDER BY event_time", (events,)
            )
            assert [row[0] for row in kept] == events
