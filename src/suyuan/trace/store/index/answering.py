"""Answering from the index, with what has been recorded since it was built read from the database."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from suyuan.chassis.database import tx
from suyuan.trace.contracts import ItemKind
from suyuan.trace.domain.answer import Answer, Question
from suyuan.trace.domain.engine.ledger import IndexLedger, Reader
from suyuan.trace.domain.ledger import TraceItem
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.tracing import trace
from suyuan.trace.store.index.building import is_ours, numbers_between
from suyuan.trace.store.index.files import MANIFEST, Damaged, Manifest, folder_of, open_index
from suyuan.trace.store.index.reading import units_of, voids_by
from suyuan.trace.store.tracing import SqlLedger

log = structlog.get_logger(__name__)
LONGEST_TAIL = 20_000
"""With more events than this not yet indexed, reading the tail would cost more than it saves."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_lock = threading.Lock()
_mapped: dict[Path, tuple[tuple[int, int], Manifest, tuple[Reader, ...]]] = {}


def trace_with_index(question: Question) -> Answer | None:
    """Answer ``question`` in the open transaction; None where the index is missing, damaged or far behind: then ask the
    database alone.
    """
    ledger = index_ledger()
    return None if ledger is None else trace(ledger, question)


def index_ledger() -> IndexLedger | None:
    """Return the whole ledger as this transaction sees it: the index and what came after it."""
    found = _readers(folder_of(tx().principal.tenant_id))
    if found is None:
        return None
    manifest, readers = found
    if not is_ours(manifest):
        log.warning("trace index is of another database")
        return None
    numbers = numbers_between(manifest.upto)
    if len(numbers) > LONGEST_TAIL:
        return None
    tail, named_lots = _tail(numbers, readers)
    voids = {number: when for reader in readers for number, when in reader.segment.voids.tolist()}
    if numbers:
        voids.update(voids_by(numbers))
    voided = {number: _EPOCH + timedelta(microseconds=when) for number, when in voids.items()}
    return IndexLedger(readers, tail, voided, named_lots)


def _readers(folder: Path) -> tuple[Manifest, tuple[Reader, ...]] | None:
    """Return the mapped index, mapped anew where the manifest has been swapped; None where there is none or it is
    damaged.
    """
    for _ in range(2):  # a swap between reading the manifest and mapping the files looks like damage, once
        try:
            written = (folder / MANIFEST).stat()
            stamp = written.st_mtime_ns, written.st_ino
            with _lock:
                known = _mapped.get(folder)
                if known is None or known[0] != stamp:
                    opened = open_index(folder)
                    if opened is None:
                        return None
                    known = _mapped[folder] = (stamp, opened.manifest, tuple(map(Reader, opened.segments)))
            return known[1], known[2]
        except FileNotFoundError:
            return None
        except Damaged as damage:
            fault = str(damage)
    log.warning("trace index damaged; questions go to the database", fault=fault)
    return None


class _Tail(MemoryLedger):
    """The events beyond the index; items that those do not name are asked of the database."""

    def __init__(self, items: Mapping[int, TraceItem], numbers: Collection[int], database: SqlLedger) -> None:
        super().__init__(items.values(), database.load(numbers))
        self._database = database

    def items(self, ids: Collection[int]) -> Mapping[int, TraceItem]:
        """Return the items of these numbers."""
        return self._database.items(ids)


def _tail(numbers: list[int], readers: tuple[Reader, ...]) -> tuple[_Tail, dict[int, int]]:
    database = SqlLedger()
    if not numbers:
        return _Tail({}, [], database), {}
    named = {part.item for event in database.load(numbers) for part in event.participations}
    named |= {p.lot for event in database.load(numbers) for p in event.participations if p.lot is not None}
    items = dict(database.items(named))
    new_lots = [
        item.id for item in items.values()
        if item.kind is ItemKind.LOT and not any(reader.place(item.id) is not None for reader in readers)
    ]  # fmt: skip
    named_lots = dict(units_of(new_lots))
    items.update(database.items([unit for unit in named_lots if unit not in items]))
    return _Tail(items, numbers, database), named_lots
