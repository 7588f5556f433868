"""The door of the demo plant: fill a server with a month of production, write it as files, read its stories."""

from __future__ import annotations

import importlib.resources
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from suyuan.designer import api as designer
from suyuan.designer.contracts import Pack
from suyuan.packs.electronics_demo.contracts import Filled, Plan, Pools, Post, Progress, Story
from suyuan.packs.electronics_demo.delivery import EpcisDelivery, ServerAwayError
from suyuan.packs.electronics_demo.domain import plant_model
from suyuan.packs.electronics_demo.domain.plant import Batch, Plant
from suyuan.packs.electronics_demo.live import LivePlant

__all__ = ["EpcisDelivery", "LivePlant", "Plan", "ServerAwayError", "definitions", "fill", "plant_model", "stories",
           "write"]  # fmt: skip

POOL = 600
"""How many units on the shelf, and how many sold, the living plant is told of."""
_ATTEMPTS = 6


def fill(
    post: Post,
    plan: Plan,
    *,
    progress: Progress | None = None,
    connections: int = 2,
    batch: int = 800,
    cancel: threading.Event | None = None,
) -> Filled:
    """Simulate ``plan`` and deliver it through ``post`` in documents of ``batch`` events.

    ``post`` is called from up to ``connections`` threads at a time. The first document, which carries the master data,
    goes alone before all others; corrections of other records go last. The same plan makes the same documents and
    event ids, so a fill that was broken off may be repeated and changes nothing twice. Setting ``cancel``
    stops it between documents.

    :raises Fault, ServerAwayError: whatever ``post`` raises; a server that is away is tried again for a while.
    """
    begun = time.monotonic()
    report = progress or (lambda phase, done, total: None)
    plant = Plant(plan).run(lambda units: report("simulate", units, plan.units))
    report("simulate", plan.units, plan.units)
    done = documents = 0
    for events in _delivered(post, plant.documents(batch), connections, cancel or threading.Event()):
        done += events
        documents += 1
        report("post", done, plant.events)
    return Filled(
        events=done,
        documents=documents,
        units=plan.units,
        stories=plant.stories,
        pools=_pools(plant),
        seconds=time.monotonic() - begun,
    )


def definitions() -> Pack:
    """Return the definitions that the plant works by: the rules of its codes."""
    with importlib.resources.as_file(importlib.resources.files(__package__).joinpath("definitions")) as folder:
        return designer.read_pack(folder)


def write(directory: Path, plan: Plan, *, progress: Progress | None = None, batch: int = 800) -> Filled:
    """Write the documents of ``plan`` as ``0000.jsonld``, ``0001.jsonld`` … and its stories as ``stories.json``."""
    directory.mkdir(parents=True, exist_ok=True)
    count = iter(range(1_000_000))

    def keep(body: bytes) -> None:
        (directory / f"{next(count):04d}.jsonld").write_bytes(body)

    filled = fill(keep, plan, progress=progress, connections=1, batch=batch)
    told = json.dumps([story.as_dict() for story in filled.stories], ensure_ascii=False, indent=1)
    (directory / "stories.json").write_text(told, encoding="utf-8")
    return filled


def stories(plan: Plan) -> tuple[Story, ...]:
    """Return the stories of ``plan`` (it is simulated for that: about three seconds for 20,000 units)."""
    return Plant(plan).run().stories


def _pools(plant: Plant) -> Pools:
    shelf = tuple((row.unit, row.store, row.geo) for row in plant.shelf[-POOL:])
    return Pools(shelf=shelf, sold=tuple(plant.sold[-POOL:]))


def _delivered(post: Post, batches: Iterator[Batch], connections: int, cancel: threading.Event) -> Iterator[int]:
    """Deliver ``batches``, yielding the number of events of each one that is in."""
    late: list[Batch] = []
    yield _deliver(post, next(batches), cancel)
    with ThreadPoolExecutor(max_workers=connections, thread_name_prefix="demo-fill") as pool:
        running: set[Future[int]] = set()
        try:
            for batch in batches:
                if batch.late:
                    late.append(batch)
                    continue
                running.add(pool.submit(_deliver, post, batch, cancel))
                if len(running) > connections:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            yield from (future.result() for future in running)
        except BaseException:
            cancel.set()
            raise
    for batch in late:
        yield _deliver(post, batch, cancel)


def _deliver(post: Post, batch: Batch, cancel: threading.Event) -> int:
    """Deliver one document; a server that is away is tried again with growing pauses."""
    for attempt in range(_ATTEMPTS):
        if cancel.is_set():
            raise InterruptedError("the fill was cancelled")
        try:
            post(batch.body)
        except ServerAwayError:
            if attempt == _ATTEMPTS - 1:
                raise
            cancel.wait(0.5 * 2**attempt)
        else:
            return batch.events
    raise AssertionError("the last attempt returns or raises")
