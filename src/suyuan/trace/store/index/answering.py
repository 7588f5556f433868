"""Answering from the index, with what has been recorded since it was built read from the database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from suyuan.chassis.database import tx
from suyuan.trace.contracts import Direction
from suyuan.trace.domain.answer import Answer, Question
from suyuan.trace.domain.engine.assembly import Assembled, assemble
from suyuan.trace.domain.engine.desk import answer_back
from suyuan.trace.domain.engine.desk_forward import answer_forward
from suyuan.trace.domain.engine.ledger import IndexLedger, Reader
from suyuan.trace.domain.engine.scope import IndexScopes
from suyuan.trace.domain.engine.segment import build
from suyuan.trace.domain.engine.sheet import PARTS
from suyuan.trace.domain.ledger import TraceItem
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.tracing import trace
from suyuan.trace.store.index.building import waiting_for
from suyuan.trace.store.index.files import MANIFEST, Damaged, Manifest, folder_of, folders, open_index
from suyuan.trace.store.index.reading import read_record, voids_by
from suyuan.trace.store.tracing import SqlLedger

log = structlog.get_logger(__name__)
LONGEST_TAIL = 20_000
"""With more events than this not yet indexed, reading the tail would cost more than it saves."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Tail:
    """What no segment holds yet: as a segment in memory (none where there is nothing), the lots of units that came with
    it, and when its declarations of error were first made, by the events that they void.
    """

    readers: tuple[Reader, ...] = ()
    named_lots: Mapping[int, int] = field(default_factory=dict)
    voids: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a process keeps of an index between questions: what it has put together for the last tail, and for the last
    day asked about.
    """

    stamp: tuple[int, int]
    manifest: Manifest
    readers: tuple[Reader, ...]
    put_together: dict[bool, tuple[tuple[object, ...], Assembled]]
    tails: dict[tuple[int, ...], _Tail]


_mapped: dict[Path, _Known] = {}


def trace_with_index(question: Question) -> Answer | None:
    """Answer ``question`` in the open transaction; None where the index is missing, damaged or far behind: then ask the
    database alone.
    """
    beheld = _beheld()
    if beheld is None:
        return None
    told = None
    if beheld.is_compilable:
        answer = answer_back if question.direction is Direction.BACK else answer_forward
        told = answer(beheld.ledger, beheld.assembled, question)
    return told or trace(beheld.ledger, question)


def index_ledger() -> IndexLedger | None:
    """Return the whole ledger as this transaction sees it: the index and what came after it."""
    beheld = _beheld()
    return None if beheld is None else beheld.ledger


def index_scopes(answering: Callable[[Question], Answer]) -> IndexScopes | None:
    """Return what answers scope questions from the index; None as for :func:`trace_with_index`. ``answering`` is asked
    what the index leaves to the reference.
    """
    beheld = _beheld()
    if beheld is None or not beheld.is_compilable:
        return None
    return IndexScopes(beheld.ledger, beheld.assembled, answering)


@dataclass(frozen=True, slots=True)
class _Beheld:
    """An index with the tail that this transaction sees, as a ledger and for compiled code."""

    known: _Known
    ledger: IndexLedger
    tail: tuple[int, ...]
    voids: Mapping[int, int]

    @property
    def is_compilable(self) -> bool:
        """Whether compiled code can work on so many segments."""
        return 0 < len(self.ledger.readers) <= PARTS

    def assembled(self, as_of: int | None) -> Assembled:
        """Return the segments put together, the last time's if nothing has changed."""
        key = (self.tail, as_of)
        with _lock:
            kept = self.known.put_together.get(as_of is None)
        if kept is None or kept[0] != key:
            segments = [reader.segment for reader in self.ledger.readers]
            kept = (key, assemble(segments, as_of=as_of, voids=self.voids))
            with _lock:
                self.known.put_together[as_of is None] = kept
        return kept[1]


def _beheld() -> _Beheld | None:
    known = _known(folder_of(tx().principal.tenant_id))
    if known is None:
        return None
    waiting = waiting_for(known.manifest)
    if waiting is None:
        log.warning("trace index is of another database")
        return None
    numbers = tuple(waiting)
    if len(numbers) > LONGEST_TAIL:
        return None
    database = SqlLedger()
    tail = _tail(numbers, known)
    voids = {number: when for reader in known.readers for number, when in reader.segment.voids.tolist()}
    voided = {number: _EPOCH + timedelta(microseconds=when) for number, when in {**voids, **tail.voids}.items()}
    ledger = IndexLedger([*known.readers, *tail.readers], _Others(database), voided, tail.named_lots)
    return _Beheld(known, ledger, numbers, tail.voids)


def _known(folder: Path) -> _Known | None:
    """Return the mapped index, mapped anew where the manifest has been swapped; None where there is none or it is
    damaged.
    """
    for _ in range(2):  # a swap between reading the manifest and mapping the files looks like damage, once
        try:
            written = (folder / MANIFEST).stat()
            stamp = written.st_mtime_ns, written.st_ino
            with _lock:
                known = _mapped.get(folder)
                if known is None or known.stamp != stamp:
                    opened = open_index(folder)
                    if opened is None:
                        return None
                    readers = tuple(map(Reader, opened.segments))
                    known = _mapped[folder] = _Known(stamp, opened.manifest, readers, {}, {})
            return known
        except FileNotFoundError:
            return None
        except Damaged as damage:
            fault = str(damage)
    log.warning("trace index damaged; questions go to the database", fault=fault)
    return None


def map_all() -> None:
    """Map every index that is on disk, its sums checked, so that no question waits for that."""
    for folder in folders():
        known = _known(folder)
        for reader in known.readers if known is not None else ():
            reader.read_ahead()


class _Others(MemoryLedger):
    """What no segment names, asked of the database."""

    def __init__(self, database: SqlLedger) -> None:
        super().__init__([], [])
        self._database = database

    def items(self, ids: Collection[int]) -> Mapping[int, TraceItem]:
        """Return the items of these numbers."""
        return self._database.items(ids)


def _tail(numbers: tuple[int, ...], known: _Known) -> _Tail:
    """Return what these events tell."""
    if not numbers:
        return _Tail()
    with _lock:
        kept = known.tails.get(numbers)
    if kept is None:
        readers = _read_tail(numbers, known)
        named = {int(unit): int(lot) for reader in readers for unit, lot in reader.segment.named_lot.tolist()}
        kept = _Tail(readers, named, dict(voids_by(numbers)))
        with _lock:
            known.tails.clear()
            known.tails[numbers] = kept
    return kept


def _read_tail(numbers: tuple[int, ...], known: _Known) -> tuple[Reader, ...]:
    record = read_record(list(numbers), lambda lot: any(reader.place(lot) is not None for reader in known.readers))
    return (Reader(build(record)),) if len(record.events.number) else ()
