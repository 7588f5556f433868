"""What must be true after any trouble, looked at as the owner of the tables."""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.chaos.load import PRODUCT, Promises
from tests.crash.reckoning import HALF_WRITTEN, wait_for_counts

_WORK_LEFT = (
    "SELECT (SELECT count(*) FROM capture_import WHERE state IN ('waiting', 'running'))"
    " + (SELECT count(*) FROM integration_capture_job WHERE finished IS NULL)"
    " + (SELECT count(*) FROM coding_batch WHERE status IN ('waiting', 'issuing'))"
)
_UNDONE_JOBS = (
    "SELECT id, task_name, status, attempts, worker_id, scheduled_at FROM procrastinate_jobs"
    " WHERE status NOT IN ('succeeded', 'cancelled') ORDER BY id LIMIT 20"
)
_ALSO_HALF = {
    "entries without their event": "SELECT count(*) FROM capture_reading r WHERE outcome IN ('recorded', 'warned')"
    " AND (event_ids = '{}' OR NOT EXISTS (SELECT FROM trace_event e WHERE e.event_id = r.event_ids[1]))",
    "imports that failed": "SELECT count(*) FROM capture_import WHERE state = 'failed'",
    "imported rows without their entry": "SELECT count(*) FROM capture_import_row w JOIN capture_import i"
    " ON i.id = w.import_id WHERE i.state = 'done' AND w.outcome NOT IN ('recorded', 'warned', 'repeated')",
    "batches that failed": "SELECT count(*) FROM coding_batch WHERE status = 'failed' OR count <> wanted",
}


@dataclass
class Reckoning:
    """The counts. ``wrong`` names what else does not agree; it must be empty."""

    acknowledged: int
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: dict[str, Any] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether everything promised is there once, and nothing is half done."""
        return not (self.lost or self.doubled or self.wrong)


def wait_for_work(owner: psycopg.Connection[Any], seconds: float = 240) -> None:
    """Wait until the worker has done what it was given."""
    end = time.monotonic() + seconds
    while _value(owner, _WORK_LEFT):
        if time.monotonic() > end:
            jobs = owner.execute(_UNDONE_JOBS).fetchall()
            raise AssertionError(f"work is left after {seconds} s; jobs: {jobs}")
        time.sleep(0.5)


def reckon(owner: psycopg.Connection[Any], promises: Promises) -> Reckoning:
    """Compare what is there with what was promised."""
    found = Reckoning(promises.acknowledged)
    recorded, counted = wait_for_counts(owner)
    _compare(found, "event", _promised_events(promises), _column(owner, "SELECT event_id FROM trace_event"))
    items = promises.entries | {item for rows in promises.imported.values() for item in rows}
    entered = _column(
        owner,
        "SELECT i.uri FROM trace_participation p JOIN trace_item i ON i.id = p.item_id"
        f" WHERE i.uri LIKE '{PRODUCT}/21/%'",
    )
    _compare(found, "item", items, entered)
    _compare(found, "order", promises.orders, _column(owner, "SELECT number FROM production_order"))
    keys = _column(owner, "SELECT request_key FROM coding_batch WHERE request_key IS NOT NULL")
    _compare(found, "batch", promises.batches, keys)
    _compare(found, "code", (), _codes(owner))
    wrong = {what: _value(owner, query) for what, query in (HALF_WRITTEN | _ALSO_HALF).items()}
    strangers = set(_column(owner, "SELECT event_id FROM trace_event WHERE event_id LIKE '%crash.example%'"))
    wrong["never sent"] = sorted(strangers - promises.events.sent.keys())[:5]
    wrong["refused"] = (promises.refusals + promises.events.refusals)[:5]
    wrong["home page counts"] = [] if recorded == counted else [recorded, counted]
    found.wrong = {what: cases for what, cases in wrong.items() if cases}
    return found


def _promised_events(promises: Promises) -> set[str]:
    return promises.events.acknowledged | {each for ids in promises.events.jobs.values() for each in ids}


def _compare(found: Reckoning, what: str, promised: Iterable[str], there: Iterable[str]) -> None:
    counted = Counter(there)
    found.lost += [f"{what} {each}" for each in promised if each not in counted]
    found.doubled += [f"{what} {each}" for each, times in counted.items() if times > 1]


def _codes(owner: psycopg.Connection[Any]) -> Iterable[str]:
    query = "SELECT c.codes, b.width FROM coding_chunk c JOIN coding_batch b ON b.id = c.batch_id"
    for packed, width in owner.execute(query):
        block = zlib.decompress(packed)
        yield from (block[at : at + width].decode() for at in range(0, len(block), width))


def _column(owner: psycopg.Connection[Any], query: str) -> list[str]:
    return [row[0] for row in owner.execute(query)]


def _value(owner: psycopg.Connection[Any], query: str) -> int:
    return int((owner.execute(query).fetchone() or (0,))[0] or 0)
