"""The recursive query beside the index: the same rows, in an embedded PostgreSQL of the same run."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

import psycopg

from tests.benchmarks.trace.synthetic import OUTPUT, Plant

TENANT = 1
ROUNDS = 3
ROLE_LETTERS = "iopcs"


def baseline(made: Plant) -> float:
    """Return the median time, in milliseconds, of the time-blind recursive query forward from the big lot."""
    from tests.support import database

    database.start_server()
    with psycopg.connect(os.environ["SUYUAN_TEST_ADMIN"]) as admin:
        name = psycopg.conninfo.conninfo_to_dict(os.environ["SUYUAN_TEST_TEMPLATE"])["dbname"]
        address = psycopg.conninfo.make_conninfo(admin.info.dsn, dbname=name, password=admin.info.password)
    with psycopg.connect(address, autocommit=True) as owner:
        _load(owner, made)
        owner.execute("VACUUM ANALYZE trace_participation")
    statement = Path(__file__).with_name("baseline.sql").read_text(encoding="utf-8")
    times = []
    with psycopg.connect(os.environ["SUYUAN_TEST_TEMPLATE"]) as asking:
        asking.execute("SELECT set_config('suyuan.tenant', %s, false)", (str(TENANT),))
        for _ in range(ROUNDS + 1):
            begun = time.perf_counter()
            row = asking.execute(statement.encode(), {"tenant": TENANT, "start": made.big_lot}).fetchone()
            times.append((time.perf_counter() - begun) * 1000)
            assert row is not None
            assert row[0] > made.fed
    return statistics.median(times[1:])


def _load(owner: psycopg.Connection, made: Plant) -> None:
    parts, events = made.record.parts, made.record.events
    at = dict(zip(events.number.tolist(), events.at.tolist(), strict=True))
    columns = "tenant_id, item_id, event_number, event_time, role, act"
    with owner.cursor().copy(f"COPY trace_participation ({columns}) FROM STDIN") as copy:
        for event, item, role in zip(parts.event.tolist(), parts.item.tolist(), parts.role.tolist(), strict=True):
            act = "T" if role <= OUTPUT else "A"
            moment = time.strftime("%Y-%m-%d %H:%M:%S+00", time.gmtime(at[event] // 1_000_000))
            copy.write_row((TENANT, item, event, moment, ROLE_LETTERS[role], act))
