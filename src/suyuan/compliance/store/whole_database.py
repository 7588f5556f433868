"""Every row of the database, streamed to another server and read again there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from suyuan.chassis.database import named_sql
from suyuan.compliance.store.archives import STEADY
from suyuan.compliance.store.tenant_tables import TENANT, Connection, tenant_tables


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a table: what asks for them, in an order of their own, and what takes them."""

    table: str
    asking: Composed
    taking: Composed


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows went over, and their SHA-256 as they were written."""

    rows: int
    digest: bytes


@contextmanager
def steady(address: str) -> Iterator[Connection]:
    """Connect and see one state, however long it takes, written the same way on every server."""
    with psycopg.connect(address) as connection:
        connection.execute(STEADY)
        yield connection


def parts(connection: Connection) -> list[Part]:
    """Return everything that is to go over, each after what its rows point at: no tenant's first, then by tenant."""
    tables = tenant_tables(connection)
    numbers = [row[0] for row in connection.execute(f"SELECT id FROM {TENANT} ORDER BY id").fetchall()]
    everybodys = _everybodys(connection, [table.name for table in tables])
    return everybodys + [
        Part(table.name, table.query(each), table.taking(table.columns)) for table in tables for each in numbers
    ]


def _everybodys(connection: Connection, tenants: list[str]) -> list[Part]:
    found = {row[0]: row for row in connection.execute(named_sql(__package__, "all_tables.sql"), {"tenants": tenants})}
    made: list[Part] = []
    while found:
        ready = [row for row in found.values() if not set(row[3]) & found.keys()]
        for name, columns, key, _ in ready:
            listed = SQL(", ").join(map(Identifier, columns))
            order = SQL(", ").join(map(Identifier, key or columns))
            asking = SQL("SELECT {} FROM {} ORDER BY {}").format(listed, Identifier(name), order)
            made.append(Part(name, asking, SQL("COPY {} ({}) FROM STDIN").format(Identifier(name), listed)))
            del found[name]
    return made


def empty(connection: Connection, tables: list[str]) -> None:
    """Take out what migrations put in, and let nothing act on what comes: it was acted on where it comes from."""
    for name in tables:
        connection.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(name)))
    for name in reversed(tables):
        connection.execute(SQL("DELETE FROM {}").format(Identifier(name)))


def guard(connection: Connection, tables: list[str]) -> None:
    """Let what guards the tables act again."""
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in tables:
        connection.execute(SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(Identifier(name)))


def send(source: Connection, target: Connection, part: Part) -> Copied:
    """Stream a part over; return what went."""
    digest, rows = hashlib.sha256(), 0
    asked = SQL("COPY ({}) TO STDOUT").format(part.asking)
    with source.cursor().copy(asked) as out, target.cursor().copy(part.taking) as into:
        for block in out:
            piece = bytes(block)
            digest.update(piece)
            rows += piece.count(b"\n")  # line ends within values are escaped
            into.write(piece)
    return Copied(rows, digest.digest())


def read_again(connection: Connection, part: Part) -> Copied:
    """Return what a part is like where it stands."""
    digest, rows = hashlib.sha256(), 0
    with connection.cursor().copy(SQL("COPY ({}) TO STDOUT").format(part.asking)) as out:
        for block in out:
            piece = bytes(block)
            digest.update(piece)
            rows += piece.count(b"\n")
    return Copied(rows, digest.digest())


def count_on(source: Connection, target: Connection) -> None:
    """Have every sequence of the target go on where the source's stands."""
    query = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
    for name, last in source.execute(query).fetchall():
        target.execute("SELECT setval(%s::regclass, %s)", (f'public."{name}"', last))
