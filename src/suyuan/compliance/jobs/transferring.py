"""A tenant as one file: everything it has written out, and taken in elsewhere with nothing lost."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
import psycopg
from psycopg.types.json import Jsonb

from suyuan import __version__
from suyuan.chassis.database import transaction, tx
from suyuan.chassis.settings import settings
from suyuan.compliance.api.log import origin
from suyuan.compliance.contracts.transfers import (
    ARCHIVE_DAMAGED,
    ARCHIVE_FORMAT,
    ARCHIVE_KEY_UNKNOWN,
    TENANT_TAKEN,
    Arrival,
    Manifest,
)
from suyuan.compliance.domain import notes
from suyuan.compliance.domain.manifests import MANIFEST, NOTE, check_version
from suyuan.compliance.store import archives, checkpoints, keys
from suyuan.compliance.store.rewriting import Rewriting, rewriting_for
from suyuan.compliance.store.tenant_tables import Connection, TenantTable, migrations, tenant_tables
from suyuan.kernel.principals import Principal
from suyuan.tenancy import api as tenancy

_STATEMENT: Final = "suyuan/tenant/1"
_PACKED: Final = 4
"""How hard rows are packed: a third of the time of the usual 6, a tenth larger."""
Progress = Callable[[int, int, int], None]
"""Is told how many tables of how many are done, and how many rows; may raise to stop the work."""


def _silent(_done: int, _tables: int, _rows: int) -> None:
    return None


def export_tenant(target: Path, who: Principal, progress: Progress = _silent) -> Manifest:
    """Write everything of a tenant, as it is at this moment, into the new file ``target``; return what is in it.

    Opens transactions of its own. Private keys stay behind; secrets that are sealed with a key of this installation
    travel sealed. The file is written whole or not at all.
    """
    with transaction(who):
        info, name = tenancy.own_tenant(), origin()
        signer = keys.signing_key(info.code, name)
    with transaction(who):
        known = [notes.verifier_key(key.name, key.public) for key in keys.known_keys()]
        last_signed = checkpoints.last_signed(info.code)
    fresh = target.with_name(f"{target.name}.unfinished")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            with (
                archives.one_state(settings().database_app_url or "", who.tenant_id) as connection,
                zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_PACKED) as archive,
            ):
                tables = tenant_tables(connection)
                written = []
                for table in tables:
                    written.append(archives.write_table(archive, connection, table, who.tenant_id))
                    progress(len(written), len(tables), sum(each.rows for each in written))
                manifest = Manifest(
                    ARCHIVE_FORMAT, __version__, datetime.now(UTC), info.id, info.code, info.name,
                    migrations(connection), tuple(known), last_signed, tuple(written),
                )  # fmt: skip
                content = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
                archive.writestr(MANIFEST, content)
                archive.writestr(NOTE, notes.signed(_statement(name, content), name, signer))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


def _statement(name: str, content: bytes) -> str:
    return f"{name}\n{_STATEMENT} {hashlib.sha256(content).hexdigest()}\n"


def import_tenant(owner: str, source: Path, key: str | None = None, progress: Progress = _silent) -> Arrival:
    """Take a tenant in from an archive, whole or not at all, beside others that may have the same numbers.

    Its numbers are its own and stay, so that its log and its signatures hold (ADR-0030). Only the number of the tenant
    itself, and logins, are one for the whole installation: where they are taken, it gets others, on record.

    :param owner: how to connect as the owner of the tables; the application could not write a past.
    :param key: the public key that the archive must be signed by, as ``suyuan log keys`` prints it.
    :raises Fault: ``compliance.archive_…``, ``compliance.tenant_taken``; nothing is left behind then.
    """
    with archives.opened(source) as (archive, manifest, content, note):
        _check_note(manifest, content, note, key)
        with ExitStack() as undoing:
            with psycopg.connect(owner) as connection:
                named = _take(connection, archive, manifest, progress)
                undoing.callback(shutil.rmtree, _trust(manifest))
            undoing.pop_all()  # it is committed
    arrival = Arrival(manifest, named.here, named.renamed)
    who = Principal(arrival.tenant_id, None, "cli", via="system")
    with transaction(who, reason=f"suyuan tenant import {manifest.made:%Y-%m-%dT%H:%M:%SZ}"):
        keys.signing_key(manifest.code, origin())
        _note_arrival(arrival, hashlib.sha256(content).hexdigest())
    return arrival


def _take(connection: Connection, archive: zipfile.ZipFile, manifest: Manifest, progress: Progress) -> Rewriting:
    tables = tenant_tables(connection)
    check_version(manifest, migrations(connection), {table.name: table.columns for table in tables})
    connection.execute("SET LOCAL statement_timeout = 0; SET LOCAL suyuan.importing = 'on'")
    if connection.execute("SELECT FROM tenancy_tenant WHERE code = %s", (manifest.code,)).fetchone():
        raise TENANT_TAKEN(what=manifest.code)
    named = rewriting_for(connection, manifest)
    _read_all(archive, connection, tables, manifest, named, progress)
    archives.raise_counts(connection, tables)
    return named


def _read_all(
    archive: zipfile.ZipFile,
    connection: Connection,
    tables: list[TenantTable],
    manifest: Manifest,
    named: Rewriting,
    progress: Progress,
) -> None:
    said = {table.name: table for table in manifest.tables}
    rows = 0
    for number, table in enumerate(tables, 1):
        try:
            archives.read_table(archive, connection, table, said[table.name], named)
        except psycopg.errors.UniqueViolation as error:
            raise TENANT_TAKEN(what=error.diag.constraint_name or table.name) from error
        except psycopg.errors.IntegrityError as error:
            raise ARCHIVE_DAMAGED(what=f"{table.name}: {error.diag.constraint_name}") from error
        rows += said[table.name].rows
        progress(number, len(tables), rows)
    foreign = [table.name for table in tables if archives.has_strangers(connection, table, named.here)]
    if foreign:
        raise ARCHIVE_DAMAGED(what=foreign[0])


def _check_note(manifest: Manifest, content: bytes, note: str, key: str | None) -> None:
    """Refuse a manifest that was not signed, by the key given or else by one that it names."""
    name = f"suyuan/{manifest.code}"
    if key is not None and key.strip() not in manifest.keys:
        raise ARCHIVE_KEY_UNKNOWN(key=key.strip()[:120])
    try:
        publics = [notes.public_of(each) for each in ([key] if key is not None else manifest.keys)]
    except ValueError as error:
        raise ARCHIVE_DAMAGED(what=MANIFEST) from error
    said = _statement(name, content)
    if not any(notes.opened(note, name, public) == said for public in publics):
        raise ARCHIVE_DAMAGED(what=NOTE)


def _trust(manifest: Manifest) -> Path:
    """Keep, outside the database, the keys that signed the log so far and the last checkpoint; return where."""
    publics = [notes.public_of(each) for each in manifest.keys]
    folder = keys.trust(manifest.code, publics)
    if manifest.last_signed is not None:
        checkpoints.remember_signed(manifest.code, manifest.last_signed)
    return folder


def _note_arrival(arrival: Arrival, digest: str) -> None:
    manifest = arrival.manifest
    tx().execute(
        "INSERT INTO compliance_arrival (tenant_id, made, version, digest, rows, number_there, renamed)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (
            arrival.tenant_id, manifest.made, manifest.version, digest, manifest.rows, manifest.tenant_id,
            Jsonb(dict(arrival.renamed)),
        ),
    )  # fmt: skip
