"""Packs: folders (or their ZIP) of definitions that install, upgrade and export."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from suyuan.chassis.database import savepoint
from suyuan.designer.api import definitions
from suyuan.designer.api.published import found, kind_of, typed_body, version_row
from suyuan.designer.contracts import (
    LARGEST_PACK,
    NOT_PUBLISHED,
    PACK_TOO_LARGE,
    PACK_UNREADABLE,
    DefinitionState,
    Installed,
    InstalledPack,
    Pack,
    PackedDefinition,
)
from suyuan.designer.domain import bodies
from suyuan.designer.domain.differences import differences, merged
from suyuan.designer.store import definitions as store
from suyuan.kernel.faults import Fault

_MANIFEST = "pack.json"
_MOST_FILES = 2000
_UNPACKED_TIMES = 8
"""How many times as large as the largest pack what is in one may be: beyond, it is no pack but a bomb."""
_LONGEST_NAME = 120
_MOST_CHANGES = 40
"""Differences told of one definition."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def read_pack(source: Path | bytes) -> Pack:
    """Read a pack from a folder, a ZIP file or the bytes of one.

    Nothing is ever written by the names in it. Whatever is not exactly a pack is refused.

    :raises Fault: ``designer.pack_unreadable``, ``designer.pack_too_large``.
    """
    if isinstance(source, bytes) and len(source) > LARGEST_PACK:
        raise PACK_TOO_LARGE(limit=LARGEST_PACK >> 20)
    files = _zipped(io.BytesIO(source)) if isinstance(source, bytes) else _found(source)
    if _MANIFEST not in files:
        raise PACK_UNREADABLE(at=f"/{_MANIFEST}", why=f"{_MANIFEST}?")
    manifest = _json(_MANIFEST, files.pop(_MANIFEST), PackManifest)
    for field in ("name", "version", "title_zh", "title_en"):
        if not 0 < len(getattr(manifest, field).strip()) <= _LONGEST_NAME:
            raise PACK_UNREADABLE(at=f"/{_MANIFEST}/{field}", why=f"{_MANIFEST}: {field}")
    made = []
    for name, content in sorted(files.items()):
        path = PurePosixPath(name)
        if path.suffix != ".json" or len(path.parts) != 2:
            raise PACK_UNREADABLE(at=f"/{name[:120]}", why=name[:120])
        kind, key = path.parts[0], path.stem
        packed = _json(name, content, PackFile)
        made.append(PackedDefinition(kind, key, packed.title_zh, packed.title_en, packed.body))
    if not made:
        raise PACK_UNREADABLE(at="/", why="0 × <kind>/<key>.json")
    return Pack(manifest.name, manifest.version, manifest.title_zh, manifest.title_en, tuple(made))


class PackManifest(msgspec.Struct, forbid_unknown_fields=True):
    """``pack.json``."""

    name: str
    version: str
    title_zh: str
    title_en: str


class PackFile(msgspec.Struct, forbid_unknown_fields=True):
    """``<kind>/<key>.json``."""

    title_zh: str
    title_en: str
    body: dict[str, Any]


def _json(name: str, content: bytes, model: Any) -> Any:  # noqa: ANN401 (whatever the file holds)
    try:
        return msgspec.json.decode(content, type=model)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PACK_UNREADABLE(at=f"/{name[:120]}", why=f"{name[:120]}: {str(error)[:200]}") from None


def _found(source: Path) -> dict[str, bytes]:
    if source.is_file():
        return _zipped(io.BytesIO(source.read_bytes()))
    if not source.is_dir():
        raise PACK_UNREADABLE(at="/", why=str(source))
    return {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in sorted(source.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def _zipped(file: io.BytesIO) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            names = {entry.filename for entry in entries}
            # what is declared is looked at before a byte is unpacked; reading never gives more than is declared
            if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST_PACK * _UNPACKED_TIMES:
                raise PACK_TOO_LARGE(limit=LARGEST_PACK >> 20)
            if len(names) < len(entries):
                raise PACK_UNREADABLE(at="/", why="same name twice")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise PACK_UNREADABLE(at="/", why=str(error)[:200]) from None


def installed_packs() -> list[InstalledPack]:
    """Return the packs that definitions here came from, by name."""
    return store.installed_packs()


class _OnlyAsking(Exception):  # noqa: N818 (no error: what was done to find out is taken back)
    pass


def try_pack(pack: Pack, *, publish: bool = True, theirs: Collection[tuple[str, str]] = frozenset()) -> list[Installed]:
    """Return what :func:`install_pack` would do, or raise what it would raise; nothing is kept, nobody is told."""
    done: list[Installed] = []
    try:
        with savepoint():
            done = install_pack(pack, publish=publish, theirs=theirs)
            raise _OnlyAsking
    except _OnlyAsking:
        return done


def install_pack(
    pack: Pack, *, publish: bool = True, theirs: Collection[tuple[str, str]] = frozenset()
) -> list[Installed]:
    """Install or upgrade a pack in the open transaction. What was changed here since the last time stays.

    ``theirs``: definitions, by kind and key, in which the pack's side is taken where both sides changed the same place;
    changes made here in other places stay even then, and what was in force before stays among the versions.
    With ``publish`` every definition without problems is in force at once; without, all stay drafts.

    :raises Fault: ``designer.unknown_kind``, ``body_invalid`` and others of a single file: nothing of the pack is kept.
    """
    return [
        _install(pack, packed, publish=publish, yields=(packed.kind, packed.key) in theirs)
        for packed in pack.definitions
    ]


def _install(pack: Pack, packed: PackedDefinition, *, publish: bool, yields: bool) -> Installed:
    kind, key = packed.kind, packed.key
    try:
        theirs = bodies.plain(typed_body(kind, packed.body))
        kept = store.kept(kind, key, lock=True)
        outcome = _added(packed, theirs) if kept is None else _upgraded(kept, packed, theirs, yields=yields)
        if outcome.outcome != "conflict":  # until that is settled, what came before stays the common ancestor
            store.note_pack(kind, key, pack.name, pack.version, theirs)
        if publish and outcome.outcome in {"added", "updated", "merged"}:
            row = found(kind, key).row
            definitions.publish(kind, key, revision=row.revision, note=f"{pack.name} {pack.version}")
    except Fault as fault:
        raise Fault(fault.kind, f"/{kind}/{key}.json{fault.at or ''}", fault.params) from None
    return outcome


def _added(packed: PackedDefinition, theirs: Mapping[str, Any]) -> Installed:
    definitions.save_draft(
        packed.kind, packed.key, title_zh=packed.title_zh, title_en=packed.title_en, body=theirs, revision=None
    )
    return Installed(packed.kind, packed.key, "added")


def _upgraded(kept: store.Kept, packed: PackedDefinition, theirs: Mapping[str, Any], *, yields: bool) -> Installed:
    kind, key = packed.kind, packed.key
    mine = kept.draft if kept.draft is not None else version_row(kind, key, kept.row.version or 0).body
    if mine == theirs:
        return Installed(kind, key, "same")
    conflicts: tuple[str, ...] = ("",)
    result: Any = theirs
    if kept.pack_body is not None:
        result, conflicts = merged(kept.pack_body, mine, theirs)
        if conflicts and yields:
            result, _ = merged(kept.pack_body, theirs, mine)
    if conflicts and not yields:
        return _told(kind, key, "conflict", mine, theirs, conflicts)
    if result == mine:
        return Installed(kind, key, "kept")
    store.save_draft(kept.id, packed.title_zh, packed.title_en, bodies.plain(typed_body(kind, result)))
    return _told(kind, key, "updated" if result == theirs else "merged", mine, result)


def _told(
    kind: str, key: str, outcome: str, mine: Mapping[str, Any], after: Mapping[str, Any], at: tuple[str, ...] = ()
) -> Installed:  # fmt: skip
    changes = differences(mine, after)
    return Installed(kind, key, outcome, at, changes[:_MOST_CHANGES], len(changes))


def export_pack(
    name: str,
    version: str,
    title_zh: str,
    title_en: str,
    *,
    kinds: Iterable[str] = (),
    only: Collection[tuple[str, str]] | None = None,
) -> Pack:
    """Return the definitions in force as a pack: of these kinds, or ``only`` these of them by kind and key, or all.

    :raises Fault: ``designer.unknown_kind``; ``designer.not_published`` where one of ``only`` is not in force.
    """
    wanted = [kind_of(kind).name for kind in kinds]
    rows = [row for row, _ in store.rows(state=DefinitionState.PUBLISHED.value, limit=100_000)]
    for kind, key in sorted(set(only or ()) - {(row.kind, row.key) for row in rows}):
        raise NOT_PUBLISHED(at="/definitions", key=f"{kind}/{key}"[:200])
    chosen = [
        row for row in rows if (not wanted or row.kind in wanted) and (only is None or (row.kind, row.key) in set(only))
    ]
    packed = []
    for row in chosen:
        current = version_row(row.kind, row.key, row.version or 0)
        packed.append(PackedDefinition(row.kind, row.key, current.row.title_zh, current.row.title_en, current.body))
    return Pack(name, version, title_zh, title_en, tuple(packed))


def pack_files(pack: Pack) -> dict[str, bytes]:
    """Return the files of a pack by path, so that equal packs are equal byte by byte."""
    manifest = {"name": pack.name, "version": pack.version, "title_zh": pack.title_zh, "title_en": pack.title_en}
    files = {_MANIFEST: _written(manifest)}
    for each in pack.definitions:
        content = {"title_zh": each.title_zh, "title_en": each.title_en, "body": each.body}
        files[f"{each.kind}/{each.key}.json"] = _written(content)
    return files


def pack_zip(pack: Pack) -> bytes:
    """Return a pack as a ZIP file; equal packs are equal byte by byte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in pack_files(pack).items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _written(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
