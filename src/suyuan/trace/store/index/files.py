"""The index's files: one folder a segment, one file an array, and a manifest that is swapped as a whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import msgspec
import numpy as np

from suyuan.chassis.settings import settings
from suyuan.trace.domain.engine.columns import Segment

FORMAT = 4
"""Raised whenever the layout changes: an index of another format is built anew."""
MANIFEST = "manifest.json"
CHECK_AT_ONCE = 256 * 1024 * 1024
"""Segments up to this size are checked byte by byte when a process opens them; larger ones by ``verify``."""


class Damaged(Exception):  # noqa: N818 (says what the index is, and is caught here)
    """A file of the index is missing or not what was written."""


class FileEntry(msgspec.Struct, frozen=True):
    """A file as it was written."""

    size: int
    digest: str


class SegmentEntry(msgspec.Struct, frozen=True):
    """A segment and its files."""

    name: str
    events: int
    participations: int
    files: dict[str, FileEntry]

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(entry.size for entry in self.files.values())


class Manifest(msgspec.Struct, frozen=True):
    """What the index consists of.

    ``upto``: the snapshot (chassis/snapshots.py) up to which events are indexed, taken at ``made`` (seconds since 1970
    by the database's clock). ``witness``: number and content hash of one indexed event, to tell databases apart.
    """

    format: int
    upto: str
    made: float
    segments: list[SegmentEntry]
    witness: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A manifest with its segments mapped into memory."""

    manifest: Manifest
    segments: tuple[Segment, ...]


def folder_of(tenant_id: int) -> Path:
    """Return where a tenant's index lies."""
    return settings().data / "index" / str(tenant_id)


def folders() -> list[Path]:
    """Return where indexes lie."""
    return sorted(path.parent for path in (settings().data / "index").glob(f"*/{MANIFEST}"))


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest; None where there is no index.

    :raises Damaged: where it cannot be read or is of another format.
    """
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise Damaged(f"{MANIFEST}: {error}") from error
    if manifest.format != FORMAT or not manifest.segments:
        raise Damaged(f"{MANIFEST}: format {manifest.format}, {FORMAT} expected")
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Swap the manifest: readers see the old or the new one, whatever happens in between; then drop what is unused."""
    _write(folder / f"{MANIFEST}.new", msgspec.json.encode(manifest))
    (folder / f"{MANIFEST}.new").replace(folder / MANIFEST)
    _sync_folder(folder)
    used = {entry.name for entry in manifest.segments}
    for old in folder.iterdir():
        if old.is_dir() and old.name not in used:
            shutil.rmtree(old, ignore_errors=True)


def write_segment(folder: Path, segment: Segment) -> SegmentEntry:
    """Write a segment's files; nobody reads them before a manifest names them."""
    name = uuid.uuid4().hex
    place = folder / name
    place.mkdir(parents=True, mode=0o700)
    files = {}
    for array, values in segment.arrays().items():
        path = place / f"{array}.npy"
        with path.open("wb") as file:
            np.save(file, values, allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
        files[array] = FileEntry(path.stat().st_size, _digest(path))
    _sync_folder(place)
    return SegmentEntry(name, len(segment.event_number), segment.participations, files)


def open_index(folder: Path) -> Opened | None:
    """Map the index into memory; None where there is none.

    :raises Damaged: where a file is missing or damaged.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        return None
    return Opened(manifest, tuple(_map(folder, entry) for entry in manifest.segments))


def _map(folder: Path, entry: SegmentEntry) -> Segment:
    faults = list(damages(folder, [entry], thorough=entry.size <= CHECK_AT_ONCE))
    if faults:
        raise Damaged("; ".join(faults))
    try:
        return Segment(**{
            # as plain arrays over the mapping: numpy's own class for it costs a microsecond at every look
            each.name: np.asarray(np.load(folder / entry.name / f"{each.name}.npy", mmap_mode="r", allow_pickle=False))
            for each in fields(Segment)
        })  # fmt: skip
    except (OSError, ValueError) as error:
        raise Damaged(f"{entry.name}: {error}") from error


def damages(folder: Path, segments: Sequence[SegmentEntry], *, thorough: bool) -> Iterator[str]:
    """Yield what is wrong with the files; ``thorough`` reads every byte."""
    for entry in segments:
        for array in fields(Segment):
            if array.name not in entry.files:
                yield f"{entry.name}/{array.name}: not in the manifest"
        for array_name, written in entry.files.items():
            path = folder / entry.name / f"{array_name}.npy"
            place = f"{entry.name}/{path.name}"
            if not path.is_file():
                yield f"{place}: missing"
            elif path.stat().st_size != written.size:
                yield f"{place}: {path.stat().st_size} bytes, {written.size} expected"
            elif thorough and _digest(path) != written.digest:
                yield f"{place}: checksum differs"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
