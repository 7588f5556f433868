"""A plant's years in the tables of an installation, by set-based SQL: the indexes are made when the rows are there.

The read models are filled as well, by what the product would make of these events: :func:`agrees` has the product make
them anew and compares.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from suyuan.chassis.database import named_sql
from tests.support import database

if TYPE_CHECKING:
    from tests.support.tenants import TestTenant

_LEDGER = ("trace_item", "trace_event", "trace_participation", "trace_document")
_READ_MODELS = ("production_passage", "production_wip", "production_flow")
_KEYS = (
    "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),"
    " format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))"
    " FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid = ANY (%s::regclass[])"
)
_INDEXES = (
    "SELECT format('DROP INDEX %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid) FROM pg_index i"
    " WHERE i.indrelid = ANY (%s::regclass[])"
    " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)"
)


def fill(tenant: int, units: int, in_work: int) -> None:
    """Write ``units`` units, the newest ``in_work`` of them still in work, into a tenant's ledger and read models."""
    began = time.perf_counter()
    with psycopg.connect(database.owner_url()) as owner:
        owner.execute("SET synchronous_commit = off")
        owner.execute("SET work_mem = '256MB'")
        owner.execute("SET maintenance_work_mem = '512MB'")
        with _without_indexes(owner):
            for statement in _text(owner, tenant, units, in_work).split(";\n"):
                if statement.strip():
                    owner.execute(statement.encode())
        owner.execute(named_sql("suyuan.production.store", "flow_backfill.sql").encode())
    with psycopg.connect(database.owner_url(), autocommit=True) as owner:
        owner.execute(f"VACUUM ANALYZE {', '.join((*_LEDGER, *_READ_MODELS))}")
    print(f"{units:,} units, {in_work:,} in work: filled in {time.perf_counter() - began:.0f} s")


def agrees(tenant: TestTenant) -> None:
    """Have the product make the read models anew from the ledger; fail where they were not the same before."""
    from suyuan.production.api import feeding

    filled = {name: database.contents_of(tenant.id)[name] for name in _READ_MODELS}
    with tenant.open():
        feeding.rebuild()
    made = database.contents_of(tenant.id)
    differing = [name for name in _READ_MODELS if made[name] != filled[name]]
    assert not differing, f"the benchmark fills in what the product would not: {differing}"


def _text(owner: psycopg.Connection, tenant: int, units: int, in_work: int) -> str:
    lots = max(1, units // 200)
    item = _taken(owner, "trace_item", "id", lots + units + 1)
    event = _taken(owner, "trace_event", "number", 6 * units + 7)
    named = {"tenant": tenant, "units": units, "open": in_work, "lots": lots, "lot": item, "item": item + lots - 1,
             "event": event}  # fmt: skip
    text = (Path(__file__).parent / "production.sql").read_text(encoding="utf-8")
    for name, value in sorted(named.items(), reverse=True):
        text = text.replace(f":{name}", str(value))
    return text


def _taken(owner: psycopg.Connection, table: str, column: str, many: int) -> int:
    """Take so many numbers of a table; return the first."""
    row = owner.execute(
        f"SELECT setval(sequence, nextval(sequence) + %s) - %s"
        f" FROM pg_get_serial_sequence('{table}', '{column}') AS sequence",
        (many, many),
    ).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def _without_indexes(owner: psycopg.Connection) -> Iterator[None]:
    """Load first and make the indexes then: random places in them are what filling would cost most."""
    tables = [*_LEDGER, *_READ_MODELS]
    again = []
    for found in (_KEYS, _INDEXES):
        for gone, made in owner.execute(found.encode(), (tables,)).fetchall():
            owner.execute(gone)
            again.append(made)
    yield
    for made in again:
        owner.execute(made)
