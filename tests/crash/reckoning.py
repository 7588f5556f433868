"""What must be true of the ledger after any number of crashes, looked at as the owner of the tables."""

from __future__ import annotations

import time
from collections import Counter

import psycopg

from tests.crash.writers import Tally
from tests.support.servers import bearer

HALF_WRITTEN = {
    "events without their document": "SELECT count(*) FROM trace_event e WHERE NOT EXISTS"
    " (SELECT FROM trace_document d WHERE d.tenant_id = e.tenant_id AND d.event_number = e.number)",
    "documents without their event": "SELECT count(*) FROM trace_document d WHERE NOT EXISTS"
    " (SELECT FROM trace_event e WHERE e.number = d.event_number)",
    "participations without their event": "SELECT count(*) FROM trace_participation p WHERE NOT EXISTS"
    " (SELECT FROM trace_event e WHERE e.number = p.event_number)",
    "participations without their item": "SELECT count(*) FROM trace_participation p WHERE NOT EXISTS"
    " (SELECT FROM trace_item i WHERE i.id = p.item_id)",
    "items that no event names": "SELECT count(*) FROM trace_item i WHERE NOT EXISTS"
    " (SELECT FROM trace_participation p WHERE p.item_id = i.id)"
    " AND NOT EXISTS (SELECT FROM trace_membership m WHERE m.lot_id = i.id)",
    "items that are nowhere": "SELECT count(*) FROM trace_item i WHERE NOT EXISTS"
    " (SELECT FROM trace_whereabouts w WHERE w.item_id = i.id)",
    "jobs that have not ended": "SELECT count(*) FROM integration_capture_job WHERE finished IS NULL",
    "jobs that failed": "SELECT count(*) FROM integration_capture_job WHERE NOT success",
    "documents that still wait": "SELECT count(*) FROM integration_capture_document d"
    " JOIN integration_capture_job j ON j.id = d.job_id WHERE j.finished IS NULL",
}


def wait_for_jobs(url: str, token: str, seconds: float = 120) -> None:
    """Wait until no capture job runs."""
    end = time.monotonic() + seconds
    with bearer(url, token) as client:
        while time.monotonic() < end:
            rows = client.get("/api/v1/capture/jobs", params={"limit": 500}).json()["rows"]
            if not any(row["running"] for row in rows):
                return
            time.sleep(0.5)
    raise AssertionError(f"capture jobs still run after {seconds} s")


def wait_for_counts(owner: psycopg.Connection, seconds: float = 60) -> tuple[int, int]:
    """Wait until the home page's counts have caught up; return events on record and events counted."""
    end = time.monotonic() + seconds
    while True:
        recorded, counted = (
            int((owner.execute(query).fetchone() or (0,))[0] or 0)
            for query in ("SELECT count(*) FROM trace_event", "SELECT sum(events) FROM analytics_hour")
        )
        if recorded == counted or time.monotonic() > end:
            return recorded, counted
        time.sleep(0.5)


def reckon(owner: psycopg.Connection, tally: Tally) -> dict[str, int]:
    """Compare the ledger with what was promised; return the counts, or fail with what does not agree."""
    rows = owner.execute(
        "SELECT e.event_id, e.item_count, (SELECT count(*) FROM trace_participation p"
        " WHERE p.tenant_id = e.tenant_id AND p.event_number = e.number) FROM trace_event e"
    ).fetchall()
    half = {what: (owner.execute(query).fetchone() or (0,))[0] for what, query in HALF_WRITTEN.items()}
    recorded, counted = wait_for_counts(owner)
    there = Counter(row[0] for row in rows)
    promised = tally.acknowledged | {event for ids in tally.jobs.values() for event in ids}
    wrong = {
        "acknowledged and lost": sorted(promised - there.keys()),
        "there more than once": [event for event, times in there.items() if times > 1],
        "never sent": [event for event in there if event not in tally.sent],
        "with other participations": [row for row in rows if not row[1] == row[2] == tally.sent.get(row[0])],
        "documents taken in part": [ids[:1] for ids in tally.documents if 0 < len(set(ids) & there.keys()) < len(ids)],
        "refused": tally.refusals,
        **{what: [number] for what, number in half.items() if number},
        "home page counts": [] if recorded == counted else [(recorded, counted)],
    }
    if found := {what: cases[:5] for what, cases in wrong.items() if cases}:
        raise AssertionError(found)
    return {
        "sent": len(tally.sent),
        "acknowledged": len(promised),
        "on record": len(there),
        "sent, not acknowledged, on record": len(there.keys() - promised),
        "later jobs": len(tally.jobs),
    }
