"""Building the index: all of it, or what has been recorded since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import psycopg
import structlog

from suyuan.chassis.caller import caller
from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.snapshots import asked_between, payloads, published_between, snapshot
from suyuan.trace.contracts.index import IndexState
from suyuan.trace.domain.engine.ledger import Reader
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.segment import build
from suyuan.trace.domain.engine.sheet import PARTS
from suyuan.trace.store.index.files import (
    FORMAT,
    Damaged,
    Manifest,
    SegmentEntry,
    damages,
    folder_of,
    open_index,
    read_manifest,
    write_manifest,
    write_segment,
)
from suyuan.trace.store.index.reading import read_record
from suyuan.trace.store.recording import RECORDED_TOPIC

log = structlog.get_logger(__name__)
GROWTH = 8
"""A new segment swallows the newest ones that are at most so many times as large: few segments, little rewriting."""
MOST_SEGMENTS = PARTS - 1
"""Compiled code works on so many segments and on what no segment holds yet."""
KEPT_DAYS = 6
"""The outbox forgets messages after a week: an index that has not been brought up to date for so long is built anew."""


def rebuild() -> IndexState:
    """Build the index anew from the ledger, in the open transaction."""
    _lock()
    folder = folder_of(tx().principal.tenant_id)
    upto = snapshot()
    record = read_record(None, lambda _: False, late=lambda: numbers_between(upto))
    caller().here()
    entry = write_segment(folder, build(record))
    caller().here()
    write_manifest(folder, Manifest(FORMAT, upto, _now(), [entry], _witness(record.events.number.tolist())))
    log.info("trace index rebuilt", events=entry.events, participations=entry.participations, bytes=entry.size)
    return state()


def refresh(*, at_least: int = 1) -> IndexState:
    """Bring the index up to date where at least so many events wait; build it where it is missing or damaged."""
    if not _lock(wait=False):
        return state()  # another process is at it
    folder = folder_of(tx().principal.tenant_id)
    try:
        opened = open_index(folder)
    except Damaged as damage:
        log.warning("trace index damaged", fault=str(damage))
        return rebuild()
    if opened is None or not is_ours(opened.manifest):
        return rebuild()
    waiting = len(numbers_between(opened.manifest.upto))
    if waiting < at_least:
        return state()
    upto = snapshot()
    kept = len(opened.segments)
    sizes = [entry.events for entry in opened.manifest.segments]
    while kept > 1 and (kept >= MOST_SEGMENTS or sizes[kept - 1] <= GROWTH * waiting):
        kept -= 1
        waiting += sizes[kept]
    swallowed, readers = opened.segments[kept:], [Reader(segment) for segment in opened.segments[:kept]]
    numbers = numbers_between(opened.manifest.upto, upto)
    for segment in swallowed:
        numbers += segment.event_number.tolist()
    record = read_record(numbers, lambda lot: any(reader.place(lot) is not None for reader in readers))
    record.voids = _foreign([record.voids, *(segment.voids for segment in swallowed)], record.events.number)
    entries = opened.manifest.segments[:kept]
    entry = write_segment(folder, build(record))
    write_manifest(folder, Manifest(FORMAT, upto, _now(), [*entries, entry], opened.manifest.witness))
    return state()


def _foreign(voids: Sequence[Ints], numbers: Ints) -> Ints:
    """Return the voids of events that are not among ``numbers``."""
    found = np.concatenate(list(voids))
    return found[~np.isin(found[:, 0], numbers)]


def _now() -> float:
    return float(tx().value("SELECT extract(epoch FROM clock_timestamp())::float8"))


def state() -> IndexState:
    """Tell how the index stands, at little cost."""
    return _examined(thorough=False)


def verify() -> IndexState:
    """Read every byte of the index and tell how it stands."""
    return _examined(thorough=True)


def _examined(*, thorough: bool) -> IndexState:
    folder = folder_of(tx().principal.tenant_id)
    try:
        manifest = read_manifest(folder)
    except Damaged as damage:
        return IndexState(exists=True, sound=False, faults=(str(damage),))
    if manifest is None:
        return IndexState(exists=False, sound=False)
    faults = tuple(damages(folder, manifest.segments, thorough=thorough))
    if not is_ours(manifest):
        return IndexState(exists=True, sound=False, faults=(*faults, "too old, or of another database"))
    return IndexState(
        True, not faults, faults, len(manifest.segments), sum(_each("events", manifest.segments)),
        sum(_each("participations", manifest.segments)), sum(_each("size", manifest.segments)),
        len(numbers_between(manifest.upto)),
    )  # fmt: skip


def _each(what: str, segments: list[SegmentEntry]) -> list[int]:
    return [getattr(entry, what) for entry in segments]


def numbers_between(after: str, upto: str | None = None) -> list[int]:
    """Return the numbers of the events recorded between two snapshots, declarations of error too."""
    return [number for told in published_between(RECORDED_TOPIC, after, upto) for number in told["numbers"]]


def is_ours(manifest: Manifest) -> bool:
    """Tell whether an index is of this database, of this life of it, and not too old to be brought up to date."""
    return _stands(manifest, _asked_standing(manifest))


def waiting_for(manifest: Manifest) -> list[int] | None:
    """Return the numbers of the events that an index does not hold yet; None where the index is not ours."""
    with tx().at_once():
        standing, published = _asked_standing(manifest), asked_between(RECORDED_TOPIC, manifest.upto)
    if not _stands(manifest, standing):
        return None
    return [number for told in payloads(published) for number in told["numbers"]]


def _asked_standing(manifest: Manifest) -> psycopg.Cursor[Any]:
    number = manifest.witness[0] if manifest.witness else None
    keys = {"tenant": tx().principal.tenant_id, "upto": manifest.upto, "witness": number}
    return tx().execute(named_sql(__package__, "index_standing.sql"), keys, prepare=True)


def _stands(manifest: Manifest, asked: psycopg.Cursor[Any]) -> bool:
    past, now, content = asked.fetchall()[0]
    if not past or now - manifest.made > KEPT_DAYS * 86_400:
        return False
    return manifest.witness is None or manifest.witness[1] == content


def _witness(numbers: list[int]) -> tuple[int, str] | None:
    if not numbers:
        return None
    found = tx().value(
        "SELECT encode(content_hash, 'hex') FROM trace_event WHERE tenant_id = %s AND number = %s",
        (tx().principal.tenant_id, max(numbers)),
    )
    return None if found is None else (max(numbers), str(found))


def _lock(*, wait: bool = True) -> bool:
    """Let one process at a time write a tenant's index."""
    how = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    answer = tx().value(f"SELECT {how}(hashtextextended('trace.index', %s))", (tx().principal.tenant_id,))
    return wait or bool(answer)
