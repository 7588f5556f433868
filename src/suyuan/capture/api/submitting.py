"""Taking a device's entries: each is recorded whole or refused whole, once, however often it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from suyuan.capture.api import acting, attaching
from suyuan.capture.api.judging import Device, Judge, Judged, stops
from suyuan.capture.api.nodes import published
from suyuan.capture.api.resolving import resolver
from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.permissions import OVERRIDE
from suyuan.capture.contracts.readings import BatchOutcome, Finding, Reading, ReadingBatch, ReadingOutcome
from suyuan.capture.domain.entries import Found
from suyuan.capture.domain.wording import said
from suyuan.capture.store import readings as store
from suyuan.chassis.database import savepoint, tx
from suyuan.kernel.faults import Fault, Language
from suyuan.kernel.instants import Instant
from suyuan.trace import api as trace

_DETERMINISTIC: Final = msgspec.json.Encoder(order="deterministic")


def content_hash(reading: Reading) -> bytes:
    """Return the hash by which a replay is told from another entry under the same id."""
    return hashlib.sha256(_DETERMINISTIC.encode(reading)).digest()


def submit(batch: ReadingBatch, language: Language) -> BatchOutcome:
    """Record a device's entries in the open transaction; return one outcome for each, in order.

    Sending the same again changes nothing and gives the first outcome as ``repeated``.

    :raises Fault: ``kernel.time_…`` where the device's own time cannot be read; nothing is recorded then.
    """
    with tx().steady():
        return _submitted(batch, language)


def _submitted(batch: ReadingBatch, language: Language) -> BatchOutcome:
    sent = Instant.parse(batch.sent, at="/sent")
    received = store.begin(batch.device)
    offset_ms = _offset_ms(sent.utc, received)
    hashes = {id(reading): content_hash(reading) for reading in batch.readings}
    kept = store.kept([reading.id for reading in batch.readings])
    first: dict[UUID, Reading] = {}
    for reading in batch.readings:
        if reading.id not in kept:
            first.setdefault(reading.id, reading)
    fresh = list(first.values())
    judged = _recorded(batch.device, fresh, received, offset_ms) if fresh else {}
    store.insert(
        batch.device,
        received,
        offset_ms,
        [_to_keep(each, hashes[id(each.reading)], received) for each in judged.values()],
    )
    acting.note(judged.values())
    attaching.note(judged.values())
    outcomes = []
    for reading in batch.readings:
        if reading.id in kept:
            outcomes.append(_repeated(reading, kept[reading.id], hashes[id(reading)], language))
        elif first[reading.id] is not reading:
            again = _again(judged[reading.id], hashes[id(first[reading.id])])
            outcomes.append(_repeated(reading, again, hashes[id(reading)], language))
        else:
            outcomes.append(outcome_of(judged[reading.id], language))
    return BatchOutcome(received=received, offset_ms=offset_ms, outcomes=tuple(outcomes))


def _offset_ms(sent: datetime, received: datetime) -> int:
    most = 2**31 - 1
    return max(-most, min(most, round((sent - received).total_seconds() * 1000)))


def _recorded(device: UUID, fresh: Sequence[Reading], received: datetime, offset_ms: int) -> dict[UUID, Judged]:
    """Judge entries and record what is sound; what only the ledger refuses is judged again as refused."""
    nodes, codes = published(), resolver()
    last = Device(*store.device_state(device))
    refused: dict[UUID, Fault] = {}
    locked = False
    while True:
        judge = Judge(nodes, codes, str(device), received, timedelta(milliseconds=offset_ms), last)
        asked = judge.asks(fresh)
        if asked.uris and not locked:
            store.lock_items(asked.uris)
            locked = True
        judge.gather(asked)
        judged = {reading.id: judge.judge(reading, refused.get(reading.id)) for reading in fresh}
        events = [(each.reading.id, event) for each in judged.values() for event in each.events]
        try:
            with savepoint():
                trace.record([event for _, event in events])
        except Fault as fault:
            place = (fault.at or "").removeprefix("/")
            if not place.isdigit():
                raise
            refused[events[int(place)][0]] = Fault(fault.kind, None, fault.params)
            continue
        if judge.last.time is not None and judge.last is not last:
            store.note_device(device, judge.last.sequence, judge.last.time, offset_ms, received)
        return judged


def _to_keep(judged: Judged, hashed: bytes, received: datetime) -> store.NewReading:
    return store.NewReading(
        judged.reading.id, judged.reading.sequence, judged.reading.node, judged.version, judged.outcome,
        judged.time.utc if judged.time is not None else received, judged.late, judged.way, judged.person, judged.place,
        judged.site, judged.overridden, tuple(event.event_id for event in judged.events), hashed, judged.reading,
        [_told(found, judged) for found in judged.found],
    )  # fmt: skip


def _told(found: Found, judged: Judged) -> dict[str, Any]:
    """Return a finding as it is kept: in both languages, the check's own words first."""
    zh, en = said(found.fault, "zh"), said(found.fault, "en")
    own = found.texts
    return {
        "code": found.fault.kind.code, "level": found.level, "check": found.check, "field": found.field,
        "text_zh": own[0] or zh[0], "text_en": own[1] or own[0] or en[0],
        "remedy_zh": own[2] or zh[1], "remedy_en": own[3] or own[2] or en[1],
        "overridden": found.level == "approve" and not stops(found, judged.overridden),
    }  # fmt: skip


def shown(told: Mapping[str, Any], language: Language) -> Finding:
    """Return a kept finding in ``language``, for whoever asks."""
    open_still = told["level"] == "approve" and not told["overridden"]
    return Finding(
        code=told["code"], level=told["level"], check=told["check"], field=told["field"],
        text=told[f"text_{language}"], remedy=told[f"remedy_{language}"], overridden=told["overridden"],
        overridable=open_still and tx().principal.may(OVERRIDE),
    )  # fmt: skip


def findings_of(judged: Judged, language: Language) -> tuple[Finding, ...]:
    """Return what was found in an entry, in ``language``."""
    return tuple(shown(_told(found, judged), language) for found in judged.found)


def keep(device: UUID, judged: Judged) -> None:
    """Keep an entry that was recorded otherwise than by :func:`submit`: a correction."""
    received: datetime = store.now()
    store.insert(device, received, 0, [_to_keep(judged, content_hash(judged.reading), received)])
    acting.note([judged])
    attaching.note([judged])


def outcome_of(judged: Judged, language: Language) -> ReadingOutcome:
    """Return what became of an entry, in ``language``."""
    return ReadingOutcome(
        id=judged.reading.id, outcome=judged.outcome, late=judged.late, faults=findings_of(judged, language),
        event_ids=tuple(event.event_id for event in judged.events),
    )  # fmt: skip


def _again(judged: Judged, hashed: bytes) -> store.Kept:
    return store.Kept(
        judged.reading.id, hashed, judged.outcome, tuple(event.event_id for event in judged.events),
        [_told(found, judged) for found in judged.found], judged.late,
    )  # fmt: skip


def _repeated(reading: Reading, before: store.Kept, hashed: bytes, language: Language) -> ReadingOutcome:
    if before.content_hash != hashed:
        fault = faults.ID_TAKEN(at="/id", id=reading.id)
        text, remedy = said(fault, language)
        finding = Finding(code=fault.kind.code, level="refuse", text=text, remedy=remedy)
        return ReadingOutcome(id=reading.id, outcome="refused", faults=(finding,))
    return ReadingOutcome(
        id=reading.id, outcome="repeated", first=before.outcome, event_ids=before.event_ids, late=before.late,
        faults=tuple(shown(told, language) for told in before.findings),
    )  # fmt: skip
