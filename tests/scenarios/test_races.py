"""Several devices and workers at the same moment: every event once, every count right, nobody left waiting."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any

import psycopg

from tests.support.bakery import CONTEXT, Bakery, document, raw
from tests.support.database import owner_url
from tests.support.deliveries import deliver

EVENTS, CAPTURE = "/epcis/v2/events", "/epcis/v2/capture"


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment; return their results in order."""
    ready, results = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Callable[[], Any]) -> None:
        ready.wait(10)
        results[number] = work()

    threads = [threading.Thread(target=run, args=(number, work)) for number, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def _count(tenant_id: int, query: str) -> int:
    with psycopg.connect(owner_url()) as owner:
        row = owner.execute(query + " WHERE tenant_id = %s", (tenant_id,)).fetchone()
    return int(row[0] or 0) if row else 0


def test_one_event_sent_by_six_at_once_is_recorded_once(tenant, client) -> None:
    event = raw({"@context": CONTEXT} | Bakery("R").arrivals()[0])
    answers = at_once(*[lambda: client.post(EVENTS, content=event)] * 6)
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert _count(tenant.id, "SELECT count(*) FROM trace_event") == 1


def test_of_two_that_differ_under_one_id_exactly_one_stays(tenant, client) -> None:
    for round_ in range(5):
        event = {"@context": CONTEXT} | Bakery(f"R{round_}").arrivals()[0]
        bodies = [raw(event | {"disposition": each}) for each in ("active", "inactive", "in_progress")]
        answers = at_once(*[lambda body=body: client.post(EVENTS, content=body) for body in bodies])
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert _count(tenant.id, "SELECT count(*) FROM trace_event") == 5


def test_documents_that_overlap_in_any_order_are_all_taken(tenant, client) -> None:
    """Items and events in another order in each document: what would make careless writers wait for each other."""
    dice = random.Random(5)
    cakes = [Bakery(f"O{number}").arrivals()[0] for number in range(12)]
    shared = [Bakery("S").cake(number) for number in range(40)]
    for number, event in enumerate(cakes):
        event |= {"epcList": dice.sample(shared, 30), "eventID": f"https://race.example/{number}"}
    bodies = [raw(document(*dice.sample(cakes, len(cakes)))) for _ in range(6)]
    answers = at_once(*[lambda body=body: client.post(CAPTURE, content=body) for body in bodies])
    jobs = [answer.json() for answer in answers]
    assert [job["success"] for job in jobs] == [True] * 6, [job["errors"][:1] for job in jobs]
    assert sum(job["suyuan:counts"]["replayed"] for job in jobs) == 5 * 12
    assert _count(tenant.id, "SELECT count(*) FROM trace_event") == 12
    assert _count(tenant.id, "SELECT count(*) FROM trace_item") == 40 + 12


def test_two_workers_count_everything_once(tenant, client) -> None:
    first = Bakery("W").arrivals()[0]
    for batch in range(8):
        events = [first | {"eventID": f"https://race.example/w{batch}-{number}"} for number in range(40)]
        assert client.post(CAPTURE, content=raw(document(*events))).json()["success"]
    at_once(deliver, deliver, deliver)
    tenant.deliver()
    assert _count(tenant.id, "SELECT sum(events) FROM analytics_hour") == 8 * 40
    assert client.get("/api/v1/home").json()["events_total"] == 8 * 40


def test_reading_goes_on_while_a_large_document_is_written(tenant, client) -> None:
    first = Bakery("L").arrivals()[0]
    events = [first | {"eventID": f"https://race.example/l{number}"} for number in range(1000)]

    def read() -> list[int]:
        return [len(client.get("/api/v1/events?limit=500").json()["rows"]) for _ in range(15)]

    _, seen = at_once(lambda: client.post(CAPTURE, content=raw(document(*events))), read)
    assert set(seen) <= {0, 500}, "a document is seen whole or not at all"
