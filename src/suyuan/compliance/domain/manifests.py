"""Reading what an archive says of itself, as something that anybody may have written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from suyuan.compliance.contracts.transfers import (
    ARCHIVE_DAMAGED,
    ARCHIVE_FOREIGN,
    ARCHIVE_FORMAT,
    ARCHIVE_OTHER_VERSION,
    Manifest,
)

MANIFEST: Final = "manifest.json"
NOTE: Final = "manifest.note"
LARGEST_MANIFEST: Final = 4 << 20
MOST_DEFLATED: Final = 1100
"""Deflate packs no tighter than 1,032 to one; what claims to is a trap."""
_FAMILY: Final = ARCHIVE_FORMAT.rpartition("/")[0]
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")


def member_of(table: str) -> str:
    """Return the name of a table's part of the archive."""
    return f"tables/{table}.copy"


def read_manifest(content: bytes, path: str) -> Manifest:
    """Return the manifest.

    :raises Fault: ``compliance.archive_foreign``, ``_damaged``, ``_other_version``.
    """
    try:
        said = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
        kind = msgspec.json.decode(said["format"], type=str)
    except (msgspec.DecodeError, KeyError, UnicodeDecodeError) as error:
        raise ARCHIVE_FOREIGN(path=path, why=str(error)[:100]) from error
    if kind != ARCHIVE_FORMAT:
        if kind.rpartition("/")[0] == _FAMILY:
            raise ARCHIVE_OTHER_VERSION(what=kind[:60])
        raise ARCHIVE_FOREIGN(path=path, why=kind[:60])
    try:
        found = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ARCHIVE_DAMAGED(what=f"{MANIFEST}: {str(error)[:200]}") from error
    names = [table.name for table in found.tables]
    if len(set(names)) != len(names) or not all(_NAME.fullmatch(name) for name in names):
        raise ARCHIVE_DAMAGED(what=MANIFEST)
    return found


def check_members(names: Sequence[str], manifest: Manifest) -> None:
    """Refuse an archive with other parts than its manifest names: paths that lead elsewhere, parts twice or missing."""
    expected = {MANIFEST, NOTE, *(member_of(table.name) for table in manifest.tables)}
    if strange := sorted({*names} ^ expected):
        raise ARCHIVE_DAMAGED(what=strange[0][:200])
    if len(names) != len(expected):
        raise ARCHIVE_DAMAGED(what="a part is there twice")


def check_version(manifest: Manifest, migrations: Mapping[str, str], tables: Mapping[str, Sequence[str]]) -> None:
    """Refuse an archive whose tables are not made as ours are, newer or older.

    ``migrations`` and ``tables`` (with the columns of each) are ours.
    """
    for app in sorted({*migrations, *manifest.migrations}):
        if manifest.migrations.get(app) != migrations.get(app):
            raise ARCHIVE_OTHER_VERSION(what=f"{manifest.version}: {app} {manifest.migrations.get(app, '-')[:60]}")
    theirs = {table.name: sorted(table.columns) for table in manifest.tables}
    for name in sorted({*theirs, *tables}):
        if theirs.get(name) != sorted(tables.get(name, ())):
            raise ARCHIVE_OTHER_VERSION(what=f"{manifest.version}: {name}")
