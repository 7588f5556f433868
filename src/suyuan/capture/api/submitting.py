"""Taking devices' entries: each is recorded whole or refused whole, once, however often it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from suyuan.capture.api import acting, attaching
from suyuan.capture.api.judging import Device, Judge, Judged, stops
from suyuan.capture.api.messages import Message, content_hash, judged_first, take_fresh, unhindered
from suyuan.capture.api.nodes import Published, ask_ahead, published
from suyuan.capture.api.resolving import Resolver, resolver
from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.permissions import OVERRIDE
from suyuan.capture.contracts.readings import BatchOutcome, Finding, Reading, ReadingBatch, ReadingOutcome
from suyuan.capture.domain.entries import Found
from suyuan.capture.domain.wording import Words, said
from suyuan.capture.store import readings as store
from suyuan.chassis.database import tx
from suyuan.kernel.faults import Fault, Language
from suyuan.trace import api as trace


def submit(batch: ReadingBatch, language: Language) -> BatchOutcome:
    """Record a device's entries in the open transaction; return one outcome for each, in order.

    Sending the same again changes nothing and gives the first outcome as ``repeated``.

    :raises Fault: ``kernel.time_…`` where the device's own time cannot be read; nothing is recorded then.
    """
    message = Message(batch, tx().principal, language)
    submit_all([message])
    if isinstance(message.answer, Fault):
        raise message.answer
    if message.answer is None:
        raise RuntimeError("a message was put aside though it was waited for")
    return message.answer


def submit_all(messages: Sequence[Message], *, patient: bool = True) -> None:
    """Record the entries of several messages of one tenant as if each came alone, one after another in this order.

    Every entry is judged by the rights of who sent it and recorded in their name; each message gets its ``answer``.
    Without ``patient``, messages whose device or items another transaction holds get none, and nothing of them is kept.
    """
    with tx().steady():
        timed = [message for message in messages if message.read_clock()]
        if timed:
            _submitted(timed, patient=patient)


def _submitted(messages: Sequence[Message], *, patient: bool) -> None:
    devices = [message.batch.device for message in messages]
    with tx().at_once():
        begun = store.begin(devices, patient=patient)
        on_record = store.known([number for each in messages for number in each.ids], devices)
        ask_ahead()
    received, held = begun()
    going = [message for message in messages if message.batch.device in held]
    if not going:
        return
    for message in going:
        message.arrive(received)
    kept, newest = on_record()
    take_fresh(going, kept)
    with tx().at_once():
        if any(message.fresh for message in going):
            going = _recorded(going, received, newest, patient=patient)
        first = judged_first(going)
        inserted = store.insert(received, [_to_keep(*each, received) for each in first.values()])
    inserted()
    attaching.note(judged for _, judged in first.values())
    for message in going:
        _note_actions(message)
        with tx().on_behalf(message.principal):
            message.answer = _answer(message, received, kept, first)


def _recorded(
    messages: list[Message], received: datetime, newest: Mapping[UUID, tuple[int, datetime]], *, patient: bool
) -> list[Message]:
    """Judge entries and record what is sound; what only the ledger refuses is judged again as refused.

    Return the messages that nothing stood in the way of.
    """
    by = published(), resolver()
    gathered = Judge(*by, "", received, messages[0].offset, Device())
    for message in messages:
        message.asked = gathered.asks(message.fresh.values())
    uris = {uri: None for message in messages if message.asked for uri in message.asked.uris}
    with tx().at_once():  # what others hold is asked for in vain, and not looked at
        locked = store.lock_items(list(uris), patient=patient) if uris else None
        gathered.gather_all(each.asked for each in messages if each.asked is not None)
    messages = unhindered(messages, locked()) if locked is not None else messages
    refused: dict[UUID, Fault] = {}
    while True:
        last = _judge_all(messages, by, received, newest, refused, gathered)
        events = [(each.reading.id, event, message.principal)
                  for message in messages for each in message.judged.values() for event in each.events]  # fmt: skip
        try:
            with tx().tentative():
                trace.record([event for _, event, _ in events], [who for _, _, who in events])
        except Fault as fault:
            place = (fault.at or "").removeprefix("/")
            if not place.isdigit():
                raise
            refused[events[int(place)][0]] = Fault(fault.kind, None, fault.params)
            gathered = Judge(*by, "", received, messages[0].offset, Device())  # by what is known without the others
            gathered.gather_all(each.asked for each in messages if each.asked is not None)
            continue
        store.note_devices(last, received)
        return messages


def _judge_all(
    messages: Sequence[Message], by: tuple[Published, Resolver], received: datetime,
    newest: Mapping[UUID, tuple[int, datetime]], refused: Mapping[UUID, Fault], gathered: Judge,
) -> dict[UUID, tuple[int, datetime, int]]:  # fmt: skip
    """Judge what is fresh, in order, by what the ledger says now; return where each device has come to."""
    devices = {device: Device(*state) for device, state in newest.items()}
    moved: dict[UUID, tuple[int, datetime, int]] = {}
    for message in messages:
        device = message.batch.device
        last = devices.get(device, Device())
        with tx().on_behalf(message.principal):
            judge = Judge(*by, str(device), received, message.offset, last, beside=gathered)
            message.judged = {
                number: judge.judge(reading, refused.get(number)) for number, reading in message.fresh.items()
            }
        devices[device] = judge.last
        if judge.last.time is not None and judge.last is not last:
            moved[device] = judge.last.sequence, judge.last.time, message.offset_ms
    return moved


def _note_actions(message: Message) -> None:
    """Note what actions of the message's entries have to do: in the name of who sent it, as these notes are audited."""
    if any(judged.actions for judged in message.judged.values()):
        with tx().in_name_of(message.principal, message.request_id or tx().request_id):
            acting.note(message.judged.values())


def _answer(
    message: Message,
    received: datetime,
    kept: Mapping[UUID, store.Kept],
    first: Mapping[UUID, tuple[Message, Judged]],
) -> BatchOutcome:
    outcomes = []
    for reading in message.batch.readings:
        if reading.id in kept:
            outcomes.append(_repeated(message, reading, kept[reading.id]))
        elif message.fresh.get(reading.id) is not reading:
            outcomes.append(_repeated(message, reading, _again(*first[reading.id])))
        else:
            outcomes.append(outcome_of(message.judged[reading.id], message.language))
    return BatchOutcome(received=received, offset_ms=message.offset_ms, outcomes=tuple(outcomes))


def _to_keep(message: Message, judged: Judged, received: datetime) -> store.NewReading:
    return store.NewReading(
        judged.reading.id, message.batch.device, message.offset_ms, message.principal.name, judged.reading.sequence,
        judged.reading.node, judged.version, judged.outcome,
        judged.time.utc if judged.time is not None else received, judged.late, judged.way, judged.person, judged.place,
        judged.site, judged.overridden, tuple(event.event_id for event in judged.events),
        message.hashes[id(judged.reading)], judged.reading, [_told(found, judged) for found in judged.found],
    )  # fmt: skip


def told_of(found: Found, overridden: Sequence[str]) -> dict[str, Any]:
    """Return a finding as it is kept: in both languages, the check's own words first."""
    zh, en = said(found.fault, "zh"), said(found.fault, "en")
    own = found.texts
    row = Words("", "") if found.row is None else Words(f"第 {found.row + 1} 行：", f"Row {found.row + 1}: ")
    return {
        "code": found.fault.kind.code, "level": found.level, "check": found.check, "field": found.field,
        "text_zh": row.zh + (own[0] or zh[0]), "text_en": row.en + (own[1] or own[0] or en[0]),
        "remedy_zh": own[2] or zh[1], "remedy_en": own[3] or own[2] or en[1],
        "overridden": found.level == "approve" and not stops(found, overridden),
    }  # fmt: skip


def _told(found: Found, judged: Judged) -> dict[str, Any]:
    return told_of(found, judged.overridden)


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
    batch = ReadingBatch(device=device, sent=received.isoformat(), readings=(judged.reading,))
    message = Message(batch, tx().principal, tx().principal.language)
    message.hashes = {id(judged.reading): content_hash(judged.reading)}
    store.insert(received, [_to_keep(message, judged, received)])()
    acting.note([judged])
    attaching.note([judged])


def outcome_of(judged: Judged, language: Language) -> ReadingOutcome:
    """Return what became of an entry, in ``language``."""
    return ReadingOutcome(
        id=judged.reading.id, outcome=judged.outcome, late=judged.late, faults=findings_of(judged, language),
        event_ids=tuple(event.event_id for event in judged.events),
    )  # fmt: skip


def _again(message: Message, judged: Judged) -> store.Kept:
    return store.Kept(
        judged.reading.id, message.hashes[id(judged.reading)], judged.outcome,
        tuple(event.event_id for event in judged.events), [_told(found, judged) for found in judged.found], judged.late,
    )  # fmt: skip


def _repeated(message: Message, reading: Reading, before: store.Kept) -> ReadingOutcome:
    if before.content_hash != message.hashes[id(reading)]:
        fault = faults.ID_TAKEN(at="/id", id=reading.id)
        text, remedy = said(fault, message.language)
        finding = Finding(code=fault.kind.code, level="refuse", text=text, remedy=remedy)
        return ReadingOutcome(id=reading.id, outcome="refused", faults=(finding,))
    return ReadingOutcome(
        id=reading.id, outcome="repeated", first=before.outcome, event_ids=before.event_ids, late=before.late,
        faults=tuple(shown(told, message.language) for told in before.findings),
    )  # fmt: skip
