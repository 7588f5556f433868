"""Events in the tamper-evident log: appended after they are committed, and read again when it is verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from suyuan.chassis.database import tx
from suyuan.compliance import api as compliance
from suyuan.compliance.contracts import LeafKind, LogFinding, Remade, SealedSource
from suyuan.kernel.canonical_json import content_hash
from suyuan.kernel.faults import Bilingual
from suyuan.trace.contracts import EventRecord, SealedEvent
from suyuan.trace.domain import sealing
from suyuan.trace.store import sealing as store

_BATCH = 5000
_STRAY_ZH = {"participation": "参与", "document": "原始报文", "membership": "批次归属"}


def record_hashes(events: Sequence[EventRecord], recorded_by: Sequence[str]) -> list[bytes]:
    """Return the hash of what the ledger makes of each event; a context that events share is hashed once.

    ``recorded_by`` names who records each event.
    """
    contexts: dict[int, str] = {}
    hashes = []
    for event, recorder in zip(events, recorded_by, strict=True):
        context = None
        if event.context is not None:
            context = contexts.get(id(event.context))
            if context is None:
                context = contexts[id(event.context)] = content_hash(event.context).hex()
        reading = None if event.reading is None else content_hash(event.reading).hex()
        hashes.append(sealing.event_hash(event, recorder, context, reading))
    return hashes


def on_recorded(messages: Sequence[Mapping[str, Any]]) -> None:
    """Append events that the outbox says were recorded; the first time, all that were there before."""
    _append([number for message in messages for number in message["numbers"]])


def _append(numbers: Sequence[int]) -> None:
    for part in _parts(numbers):
        with tx().at_once():
            opened, leaves = compliance.open_log(LeafKind.EVENT, part), store.stored_leaves(part)
        log, joined = opened(), leaves()
        if log.size:
            _put(log, part, joined)
            continue
        for earlier in _parts(store.all_numbers()):  # among them this part
            _put(log, earlier, store.stored_leaves(earlier)())


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[begin : begin + _BATCH] for begin in range(0, len(numbers), _BATCH))


def _put(log: compliance.OpenLog, numbers: Sequence[int], joined: bytes) -> None:
    """Append these events; ``joined``: their leaves, but for those of which no hash was made at the time."""
    if len(joined) == len(numbers) * sealing.LEAF_BYTES:
        log.append(numbers, joined)
    else:
        made = _leaves(numbers)
        log.append(list(made), b"".join(made.values()))


def _leaves(numbers: Sequence[int]) -> dict[int, bytes]:
    """Return the leaves of those events that there are, in order; one without a hash of its time from all its rows."""
    found = store.read_again(numbers)
    there = ((number, found[number]) for number in numbers if number in found)
    return {
        number: _leaf(event)
        if event.record_hash is None
        else sealing.leaf(event.content_hash, event.record_hash, event.recorded)
        for number, event in there
    }


def _leaf(event: store.StoredEvent) -> bytes:
    """Return an event's leaf from its rows as they are."""
    return sealing.leaf(event.content or b"", sealing.record_hash(event.facts), event.recorded)


def remake(numbers: Sequence[int]) -> Mapping[int, Remade]:
    """Return the leaves of events made again from all their rows, with what does not fit inside an event."""
    found = store.read_again(numbers)
    return {number: _remade(found.get(number)) for number in numbers}


def _remade(event: store.StoredEvent | None) -> Remade:
    if event is None:
        return Remade(None, None)
    said = tuple(_changed(event))
    return Remade(_leaf(event), event.recorded, said)


def _changed(event: store.StoredEvent) -> Iterator[LogFinding]:
    """Yield which part of an event was changed, where its own hashes tell."""
    number = event.number
    if event.content != event.content_hash:
        what = Bilingual(f"事件 {number} 的报文", f"The document of event {number}")
        yield compliance.finding("record_changed", f"event {number}/document", what)
    if not event.whole or (event.record_hash and event.record_hash != sealing.record_hash(event.facts)):
        what = Bilingual(f"事件 {number} 的字段或参与", f"A field or participation of event {number}")
        yield compliance.finding("record_changed", f"event {number}/record", what)


def _unsealed() -> Sequence[tuple[int, datetime]]:
    numbers = store.all_numbers()
    known = compliance.sealed_subjects(LeafKind.EVENT)
    return store.recorded_times([number for number in numbers if number not in known])


def _strays() -> Sequence[LogFinding]:
    places = [(kind, number, f"{kind} of event {number}") for kind, number, _ in store.strays()]
    return [
        compliance.finding("stray", place, Bilingual(f"{_STRAY_ZH[kind]}（事件 {number}）", place))
        for kind, number, place in places
    ]


EVENT_SOURCE = SealedSource(LeafKind.EVENT, Bilingual("事件", "event"), remake, _unsealed, _strays)


def sealed_events(numbers: Iterable[int]) -> list[SealedEvent]:
    """Return events with everything their log entries are made of, in the order asked."""
    wanted = list(numbers)
    found = store.read_again(wanted, keep=True)
    return [
        SealedEvent(
            number=number,
            recorded=sealing.moment(event.recorded),
            record=sealing.record_object(event.facts),
            document=event.document,
            context=event.context,
            reading=event.reading,
        )
        for number, event in ((number, found[number]) for number in wanted if number in found)
    ]
