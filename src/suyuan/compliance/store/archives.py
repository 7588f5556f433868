"""Archives as files: rows streamed from the database into a ZIP and back, never more than a piece in memory."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from suyuan.compliance.contracts.transfers import ARCHIVE_DAMAGED, ARCHIVE_FOREIGN, ArchivedTable, Manifest
from suyuan.compliance.domain.manifests import (
    LARGEST_MANIFEST,
    MANIFEST,
    MOST_DEFLATED,
    NOTE,
    check_members,
    member_of,
    read_manifest,
)
from suyuan.compliance.store.rewriting import Rewriting, rewritten
from suyuan.compliance.store.tenant_tables import Connection, TenantTable

_PIECE: Final = 1 << 18
_LARGEST_NOTE: Final = 1 << 16
STEADY: Final = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, MDY';"
    " SET LOCAL intervalstyle = 'postgres'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;"
    " SET LOCAL statement_timeout = 0"
)


@contextmanager
def one_state(address: str, tenant: int) -> Iterator[Connection]:
    """Connect and see one state of the tenant's rows, however long it takes, written the same way every time."""
    with psycopg.connect(address) as connection:
        connection.execute(STEADY)
        connection.execute("SELECT set_config('suyuan.tenant', %s, true)", (str(tenant),))
        yield connection


def write_table(archive: zipfile.ZipFile, connection: Connection, table: TenantTable, tenant: int) -> ArchivedTable:
    """Write a table's rows; return what was written."""
    digest, rows, size = hashlib.sha256(), 0, 0
    part = zipfile.ZipInfo(member_of(table.name))
    part.compress_type = zipfile.ZIP_DEFLATED
    asked = SQL("COPY ({}) TO STDOUT").format(table.query(tenant))
    with archive.open(part, "w", force_zip64=True) as out, connection.cursor().copy(asked) as copy:
        for block in copy:
            piece = bytes(block)
            out.write(piece)
            digest.update(piece)
            rows += piece.count(b"\n")  # line ends within values are escaped
            size += len(piece)
    return ArchivedTable(table.name, table.columns, rows, size, digest.hexdigest())


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest, bytes, str]]:
    """Open an archive; give it with its manifest, the manifest's bytes and the note that signs them.

    :raises Fault: ``compliance.archive_foreign``, ``_damaged``, ``_other_version``.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise ARCHIVE_FOREIGN(path=path.name, why=str(error)[:100]) from error
    with archive:
        if MANIFEST not in archive.namelist():
            raise ARCHIVE_FOREIGN(path=path.name, why=MANIFEST)
        content = _small(archive, MANIFEST, LARGEST_MANIFEST)
        manifest = read_manifest(content, path.name)
        check_members(archive.namelist(), manifest)
        yield archive, manifest, content, _small(archive, NOTE, _LARGEST_NOTE).decode("utf-8", "replace")


def _small(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with _reading(archive, name) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ARCHIVE_DAMAGED(what=name)
    return content


@contextmanager
def _reading(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    try:
        with archive.open(name) as file:
            yield file
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ARCHIVE_DAMAGED(what=f"{name}: {str(error)[:100]}") from error


def read_table(
    archive: zipfile.ZipFile, connection: Connection, table: TenantTable, said: ArchivedTable, rewriting: Rewriting
) -> None:
    """Take a table's rows, called as they are here; refuse them where they are not those that the manifest tells of."""
    part = archive.getinfo(member_of(said.name))
    if part.file_size != said.bytes or part.file_size > max(part.compress_size, 64) * MOST_DEFLATED:
        raise ARCHIVE_DAMAGED(what=part.filename)
    digest, size, rows = hashlib.sha256(), 0, 0

    def pieces(file: IO[bytes]) -> Iterator[bytes]:
        nonlocal size, rows
        while piece := file.read(_PIECE):
            size, rows = size + len(piece), rows + piece.count(b"\n")
            if size > said.bytes:
                raise ARCHIVE_DAMAGED(what=part.filename)
            digest.update(piece)
            yield piece

    changes = rewriting.changes(table, said.columns)
    try:
        with _reading(archive, part.filename) as file, connection.cursor().copy(table.taking(said.columns)) as copy:
            for piece in rewritten(pieces(file), changes) if changes else pieces(file):
                copy.write(piece)
    except psycopg.DataError as error:
        raise ARCHIVE_DAMAGED(what=f"{part.filename}: {str(error)[:100]}") from error
    if (size, rows, digest.hexdigest()) != (said.bytes, said.rows, said.sha256):
        raise ARCHIVE_DAMAGED(what=part.filename)


def has_strangers(connection: Connection, table: TenantTable, tenant: int) -> bool:
    """Tell whether this transaction wrote rows into the table that are not the tenant's."""
    asked = SQL("SELECT EXISTS (SELECT FROM {} t WHERE t.xmin = pg_current_xact_id()::xid AND t.{} <> {})").format(
        Identifier(table.name), Identifier(table.owner_column), Literal(tenant)
    )
    row = connection.execute(asked).fetchone()
    return bool(row and row[0])


def raise_counts(connection: Connection, tables: list[TenantTable]) -> None:
    """Have the database count on behind the highest numbers that came."""
    for table in tables:
        for column in table.identities:
            name: Any = connection.execute("SELECT pg_get_serial_sequence(%s, %s)", (table.name, column)).fetchone()
            connection.execute(
                f"SELECT setval(%s, greatest((SELECT max({column}) FROM {table.name}), nextval(%s)))",
                (name[0], name[0]),
            )
