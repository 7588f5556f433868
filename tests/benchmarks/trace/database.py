"""The recursive query beside the index: the same rows, in an embedded PostgreSQL of the same run."""

from __future__ import annotations

import os
import statistics
import time
from collections import Counter
from pathlib import Path

import psycopg

from suyuan.chassis.database import named_sql
from suyuan.trace.domain.engine.record import KINDS, Ints
from suyuan.trace.domain.scope_columns import whereabouts
from tests.benchmarks.trace.synthetic import OUTPUT, Plant

TENANT = 1
ROUNDS = 3
AT_ONCE = 20_000
ROLE_LETTERS = "iopcs"


def baseline(made: Plant, listed: Ints) -> tuple[float, float]:
    """Return the median times, in milliseconds, of the time-blind recursive query forward from the big lot, and of
    reading from the database what the ``listed`` items are counted by.
    """
    from tests.support import database

    database.start_server()
    with psycopg.connect(os.environ["SUYUAN_TEST_ADMIN"]) as admin:
        name = psycopg.conninfo.conninfo_to_dict(os.environ["SUYUAN_TEST_TEMPLATE"])["dbname"]
        address = psycopg.conninfo.make_conninfo(admin.info.dsn, dbname=name, password=admin.info.password)
    with psycopg.connect(address, autocommit=True) as owner:
        _load(owner, made)
        _load_facts(owner, made, listed)
        owner.execute("VACUUM ANALYZE trace_participation, trace_item, trace_whereabouts")
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
        counting = []
        for _ in range(ROUNDS + 1):
            begun = time.perf_counter()
            assert _counted(asking, listed) == len(listed)
            counting.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[1:]), statistics.median(counting[1:])


def _counted(asking: psycopg.Connection, listed: Ints) -> int:
    """Count the items by what the database says of them; return how many there are. To whom they were handed over is
    left out: that is a second query, and a slower one.
    """
    found: Counter[tuple[object, ...]] = Counter()
    statement = named_sql("suyuan.trace.store", "scope_facts.sql").encode()
    for begin in range(0, len(listed), AT_ONCE):
        keys = {"tenant": TENANT, "items": listed[begin : begin + AT_ONCE].tolist()}
        for row in asking.execute(statement, keys):
            found[(*row[1:4], *whereabouts(row, {}))] += 1
    return found.total()


def _load_facts(owner: psycopg.Connection, made: Plant, listed: Ints) -> None:
    items, wanted = made.record.items, set(listed.tolist())
    things = zip(items.id.tolist(), items.kind.tolist(), items.product, items.lot_uri, strict=True)
    chosen = [thing for thing in things if thing[0] in wanted]
    columns = "id, tenant_id, uri, kind, product, lot, code"
    with owner.cursor().copy(f"COPY trace_item ({columns}) FROM STDIN") as copy:
        for (
            number,
            kind,
            product,
            lot,
        ) in chosen:
            copy.write_row((number, TENANT, f"urn:bench:{number}", KINDS[kind], product, lot, str(number)))
    columns = "tenant_id, item_id, state, disposition, place, event_number"
    with owner.cursor().copy(f"COPY trace_whereabouts ({columns}) FROM STDIN") as copy:
        for number, *_ in chosen:
            copy.write_row((TENANT, number, "active", "in_progress", "line", 1))


def _load(owner: psycopg.Connection, made: Plant) -> None:
    parts, events = made.record.parts, made.record.events
    at = dict(zip(events.number.tolist(), events.at.tolist(), strict=True))
    columns = "tenant_id, item_id, event_number, event_time, role, act"
    with owner.cursor().copy(f"COPY trace_participation ({columns}) FROM STDIN") as copy:
        for event, item, role in zip(parts.event.tolist(), parts.item.tolist(), parts.role.tolist(), strict=True):
            act = "T" if role <= OUTPUT else "A"
            moment = time.strftime("%Y-%m-%d %H:%M:%S+00", time.gmtime(at[event] // 1_000_000))
            copy.write_row((TENANT, item, event, moment, ROLE_LETTERS[role], act))
