"""The durable outbox on a real database."""

from __future__ import annotations

import threading
import time

import psycopg

from tests.support.database import owner_url


def _reader(tenant, heard: list[int]):
    """A subscriber to a topic that only this test's tenant uses."""
    from suyuan.chassis.registry import Subscriber

    return Subscriber(
        f"r-{tenant.code}", f"topic-{tenant.code}", lambda messages: heard.extend(message["n"] for message in messages)
    )


def _deliver_until(reader, heard: list[int], count: int) -> None:
    """Deliver until so many were heard: transactions of other test processes may hold messages back for a moment."""
    from suyuan.chassis.outbox import deliver_pending

    end = time.monotonic() + 120
    while len(heard) < count and time.monotonic() < end:
        deliver_pending([reader])


def test_messages_arrive_once_in_order_and_only_if_committed(tenant) -> None:
    from suyuan.chassis.outbox import deliver_pending, publish

    heard: list[int] = []
    reader = _reader(tenant, heard)
    with tenant.open():
        publish(f"topic-{tenant.code}", {"n": 1})
        publish(f"topic-{tenant.code}", {"n": 2})
    with tenant.open() as tx:
        publish(f"topic-{tenant.code}", {"n": 3})
        tx.abandon()
    _deliver_until(reader, heard, 2)
    assert deliver_pending([reader]) == 0
    assert heard == [1, 2]


def test_workers_at_the_same_time_deliver_each_message_once_in_order(tenant) -> None:
    """One takes what the other does not hold; deliver_all goes on while batches are full."""
    from dataclasses import replace

    from django.db import connection

    from suyuan.chassis.outbox import deliver_all, publish

    heard: list[int] = []
    reader = replace(_reader(tenant, heard), batch=2)
    sent = list(range(30))
    end = time.monotonic() + 60

    def work() -> None:
        while len(heard) < len(sent) and time.monotonic() < end:
            deliver_all([reader])
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for begin in range(0, len(sent), 10):
        with tenant.open():
            for number in sent[begin : begin + 10]:
                publish(reader.topic, {"n": number})
        if not begin:
            for worker in workers:
                worker.start()
    for worker in workers:
        worker.join()
    assert heard == sent


def test_the_worker_delivers_at_once_what_comes_after_a_pause_and_a_stream_in_rounds(tenant) -> None:
    from dataclasses import replace

    from suyuan.chassis.caller import Caller
    from suyuan.chassis.outbox import publish
    from suyuan.entry import worker

    heard: list[int] = []
    reader = replace(_reader(tenant, heard), gather=60.0)
    stop = threading.Event()
    working = threading.Thread(target=worker._deliver_until, args=(reader, stop, Caller()))
    working.start()
    try:
        time.sleep(3)  # it has looked, and found nothing
        sent = time.monotonic()
        with tenant.open():
            publish(reader.topic, {"n": 1})
        while not heard and time.monotonic() < sent + 50:
            time.sleep(0.05)
        assert heard == [1], "a pause before it is no round"
        with tenant.open():
            publish(reader.topic, {"n": 2})
        time.sleep(3)
        assert heard == [1], "what comes soon after waits for more"
    finally:
        stop.set()
        working.join(30)


def test_a_slow_writer_is_waited_for_and_never_skipped(tenant) -> None:
    from suyuan.chassis.outbox import deliver_pending, publish

    heard: list[int] = []
    reader = _reader(tenant, heard)
    begun, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        from django.db import connection

        with tenant.open():
            publish(f"topic-{tenant.code}", {"n": 1})
            begun.set()
            may_end.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    begun.wait(20)
    with tenant.open():
        publish(f"topic-{tenant.code}", {"n": 2})
    deliver_pending([reader])
    heard_early = list(heard)
    may_end.set()
    thread.join()
    assert heard_early == []
    _deliver_until(reader, heard, 2)
    assert heard == [1, 2]


def test_a_failing_reader_loses_nothing_and_leaves_nothing_half_done(tenant) -> None:
    import pytest

    from suyuan.chassis.database import tx as current
    from suyuan.chassis.outbox import publish
    from suyuan.chassis.registry import Subscriber
    from suyuan.tenancy import api as tenancy

    fails = [True]
    heard: list[int] = []

    def deliver(messages) -> None:
        tenancy.ensure_site("half", "half", "half")
        if fails:
            raise ValueError("broken reader")
        assert current().principal.tenant_id == tenant.id
        heard.extend(message["n"] for message in messages)

    reader = Subscriber(f"r-{tenant.code}", f"topic-{tenant.code}", deliver)
    with tenant.open():
        publish(f"topic-{tenant.code}", {"n": 1})
    with pytest.raises(ValueError, match="broken reader"):
        _deliver_until(reader, [], 1)
    with tenant.open():
        assert tenancy.sites() == ()
    fails.clear()
    _deliver_until(reader, heard, 1)
    with tenant.open():
        assert len(tenancy.sites()) == 1


def test_old_delivered_messages_are_forgotten_and_others_are_not(tenant) -> None:
    from suyuan.chassis.outbox import prune, publish

    heard: list[int] = []
    reader = _reader(tenant, heard)
    with tenant.open():
        publish(f"topic-{tenant.code}", {"n": 1})
        publish(f"unread-{tenant.code}", {"n": 9})
    _deliver_until(reader, heard, 1)
    with tenant.open():
        publish(f"topic-{tenant.code}", {"n": 2})
    with psycopg.connect(owner_url()) as connection:
        connection.execute(
            "UPDATE chassis_outbox SET made = made - interval '8 days' WHERE tenant_id = %s", [tenant.id]
        )
    prune()
    with tenant.open() as tx:
        left = tx.rows("SELECT (payload ->> 'n')::int FROM chassis_outbox ORDER BY 1")
    assert left == [(2,), (9,)]


def _blocks(reader) -> int:
    """Return how many blocks are looked at to find out for which tenants something waits."""
    with psycopg.connect(owner_url()) as connection:
        found = connection.execute(
            "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT chassis_outbox_tenants(%s, %s)", (reader.name, reader.topic)
        ).fetchone()
    plan = found[0][0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def test_what_was_delivered_costs_nothing_any_more(tenant) -> None:
    from suyuan.chassis.outbox import publish

    heard: list[int] = []
    reader = _reader(tenant, heard)
    with tenant.open():
        publish(reader.topic, {"n": 1})
    _deliver_until(reader, heard, 1)
    before = _blocks(reader)
    with psycopg.connect(owner_url()) as connection:
        connection.execute(
            "INSERT INTO chassis_outbox (xid, tenant_id, topic, payload)"
            " SELECT '1', %s, %s, '{\"n\": 0}' FROM generate_series(1, 60000)",
            (tenant.id, reader.topic),
        )
    # reading them would be some 1,500 blocks; the index has grown by a few, and what is new is looked at once
    assert _blocks(reader) < before + 700
