"""The made-up plant in the tables of an installation, as captures would have left it: copied in binary form, the
indexes made afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import psycopg

from suyuan.trace.domain.engine.record import ACTS, KINDS, Ints, Record

URI = "urn:suyuan:bench:"
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TAIL = b"\xff\xff"
_ROWS = 200_000
_POSTGRES_EPOCH = 946_684_800_000_000
_TABLES = ("trace_item", "trace_event", "trace_participation", "trace_whereabouts")
_ROLES = np.frombuffer(b"iopcs", np.uint8)
_TYPES = {
    "number": (">i8", "bigint"), "item_id": (">i8", "bigint"), "event_number": (">i8", "bigint"),
    "event_time": (">i8", "timestamptz"), "tenant_id": (">i8", "bigint"), "role": ("u1", '"char"'),
    "act": ("u1", '"char"'), "id": (">i8", "bigint"), "kind": (">i2", "smallint"), "product": (">i4", "integer"),
}  # fmt: skip


def load(owner: psycopg.Connection, record: Record) -> None:
    """Write the plant into the only tenant's ledger."""
    row = owner.execute("SELECT id FROM tenancy_tenant").fetchone()
    assert row is not None
    tenant = int(row[0])
    with _without_indexes(owner):
        _items(owner, tenant, record)
        at = _events(owner, tenant, record)
        parts = record.parts
        _copy(
            owner, "trace_participation",
            {
                "tenant_id": np.full(len(parts.event), tenant), "item_id": parts.item, "event_number": parts.event,
                "event_time": at[parts.event], "role": _ROLES[parts.role],
                "act": np.where(parts.role <= 1, ord("T"), np.where(parts.role == 4, ord("P"), ord("A"))),
            },
        )  # fmt: skip
    owner.execute(
        "INSERT INTO trace_whereabouts (tenant_id, item_id, state, parent_id, parent_since, event_number)"
        " SELECT c.tenant_id, c.item_id, 'active', p.item_id, c.event_time, c.event_number FROM trace_participation c"
        " JOIN trace_participation p ON p.tenant_id = c.tenant_id AND p.event_number = c.event_number AND p.role = 'p'"
        " WHERE c.role = 'c'"
    )
    for table in _TABLES:
        owner.execute(f"VACUUM ANALYZE {table}")


def _items(owner: psycopg.Connection, tenant: int, record: Record) -> None:
    items = record.items
    names = sorted({name for name in items.product if name is not None})
    places = {name: place for place, name in enumerate(names, start=1)}
    owner.execute("CREATE TEMP TABLE raw_item (id bigint, kind smallint, product integer)")
    products = np.fromiter((places.get(name, 0) for name in items.product), np.int64, len(items.id))  # type: ignore[arg-type]  # None is none of them
    _copy(owner, "raw_item", {"id": items.id, "kind": items.kind, "product": products})
    kinds, classes = list(KINDS), [f"{URI}product:{name.replace(' ', '-')}" for name in names]
    owner.execute(
        "INSERT INTO trace_item (id, tenant_id, uri, kind, product, serial, code) OVERRIDING SYSTEM VALUE"
        " SELECT id, %s, %s || (%s::text[])[kind + 1] || ':' || id, (%s::text[])[kind + 1], (%s::text[])[product],"
        " id::text, 'B-' || id FROM raw_item",
        (tenant, URI, kinds, kinds, classes),
    )
    _count_on(owner, "trace_item", "id")


def _events(owner: psycopg.Connection, tenant: int, record: Record) -> Ints:
    """Write the events; return the time of each, in PostgreSQL's microseconds, by its number."""
    events = record.events
    owner.execute("CREATE TEMP TABLE raw_event (number bigint, event_time timestamptz, kind smallint)")
    _copy(
        owner, "raw_event",
        {"number": events.number, "event_time": events.at - _POSTGRES_EPOCH, "kind": events.act},
    )  # fmt: skip
    owner.execute(
        "INSERT INTO trace_event (number, tenant_id, event_id, type, action, event_time, offset_minutes, recorded,"
        " biz_step, biz_location, capture_method, item_count, content_hash, recorded_by) OVERRIDING SYSTEM VALUE"
        " SELECT number, %s, 'urn:suyuan:bench:event:' || number, (%s::text[])[kind + 1], (%s::text[])[kind + 1],"
        " event_time, 480, event_time, 'assembling', 'urn:suyuan:bench:line', 'api', 1, int8send(number), 'benchmark'"
        " FROM raw_event",
        (tenant, [kind.value for kind, _ in ACTS], [action.value if action else None for _, action in ACTS]),
    )
    owner.execute(
        "SELECT setval(pg_get_serial_sequence('trace_event', 'number'), (SELECT max(number) FROM trace_event))"
    )
    at = np.zeros(int(events.number.max()) + 1, np.int64)
    at[events.number] = events.at - _POSTGRES_EPOCH
    return at


def _count_on(owner: psycopg.Connection, table: str, column: str) -> None:
    owner.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT max({column}) FROM {table}))")


@contextmanager
def _without_indexes(owner: psycopg.Connection) -> Iterator[None]:
    """Load first and make the indexes then; those that guard uniqueness stay."""
    found = owner.execute(
        "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE i.indrelid = ANY (%s::regclass[]) AND NOT i.indisunique",
        (list(_TABLES),),
    ).fetchall()
    for name, _ in found:
        owner.execute(f"DROP INDEX {name}")
    yield
    owner.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in found:
        owner.execute(definition)


def _copy(owner: psycopg.Connection, table: str, columns: dict[str, Ints]) -> None:
    kinds = {name: np.dtype(_TYPES[name][0]) for name in columns}
    fields = [("fields", ">i2")]
    for name, kind in kinds.items():
        fields += [(f"{name} length", ">i4"), (name, kind.str)]
    rows = len(next(iter(columns.values())))
    with owner.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(_HEAD)
        for begin in range(0, rows, _ROWS):
            some = np.empty(min(_ROWS, rows - begin), np.dtype(fields))
            some["fields"] = len(columns)
            for name, values in columns.items():
                some[f"{name} length"] = kinds[name].itemsize
                some[name] = values[begin : begin + _ROWS]
            copy.write(some.tobytes())
        copy.write(_TAIL)
