"""Correcting entries, and deciding about refused ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from suyuan.capture.api import submitting
from suyuan.capture.api.judging import Device, Judge, Judged, stops
from suyuan.capture.api.nodes import published
from suyuan.capture.api.resolving import resolver
from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.corrections import (
    Corrected,
    CorrectionOrder,
    Decided,
    Decision,
    RefusedPage,
    RefusedReading,
)
from suyuan.capture.contracts.permissions import CORRECT, WRITE
from suyuan.capture.contracts.readings import Reading, ReadingBatch
from suyuan.capture.store import corrections as store
from suyuan.capture.store import readings as readings_store
from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx, undone
from suyuan.kernel.faults import Language
from suyuan.kernel.principals import NOT_ALLOWED
from suyuan.trace import api as trace
from suyuan.trace.contracts import CURSOR_INVALID


def correct(correction: CorrectionOrder, language: Language) -> Corrected:
    """Void the events of an entry and, with a replacement, record what was so instead. Both versions stay visible.

    Checks of items' states do not stop a correction, as they would judge what was by what is; they are warnings here.

    :raises Fault: ``chassis.not_found``, ``kernel.not_allowed``, ``capture.event_void``, ``capture.reason_missing``, or
        what is wrong with the replacement; nothing is changed then.
    """
    reason = _reason(correction.reason)
    detail = trace.event_detail(correction.event)
    events = trace.voidable(store.events_of_reading_with(detail.event_id))
    if not events or all(event.void for event in events):
        raise faults.EVENT_VOID(at="/event", number=correction.event)
    for event in events:
        if not tx().principal.may(CORRECT, event.site):
            raise NOT_ALLOWED(permission=CORRECT)
    wrong = [event for event in events if not event.void]
    voided = tuple(event.record.event_id for event in wrong)
    declared = datetime.now(UTC).isoformat(timespec="milliseconds")
    tx().explain(reason)
    if correction.replacement is None:
        trace.void(wrong, reason, declared=declared)
        store.note_correction(voided, reason, None)
        return Corrected(voided=voided)
    replacement = correction.replacement
    planned: list[Judged] = []
    with undone():  # judged as if the wrong events had never been
        trace.void(wrong, reason, declared=declared)
        planned.append(_judged(replacement))
    judged = planned[0]
    if judged.outcome == "refused":
        raise next(found.fault for found in judged.found if stops(found, judged.overridden))
    trace.void(wrong, reason, corrective_ids=[event.event_id for event in judged.events], declared=declared)
    trace.record(judged.events)
    submitting.keep(_console(), judged)
    store.note_correction(voided, reason, replacement.id)
    return Corrected(voided=voided, outcome=submitting.outcome_of(judged, language))


def _judged(reading: Reading) -> Judged:
    if readings_store.kept([reading.id]):
        raise faults.ID_TAKEN(at="/replacement/id", id=reading.id)
    judge = Judge(published(), resolver(), str(_console()), datetime.now(UTC), timedelta(), Device(), correcting=True)
    judge.gather(judge.asks([reading]))
    return judge.judge(reading)


def _console() -> UUID:
    """Return the device that the console is, for whoever is signed in."""
    who = tx().principal
    return uuid5(NAMESPACE_URL, f"suyuan:console:{who.tenant_id}:{who.user_id or who.name}")


def _reason(given: str) -> str:
    reason = given.replace("\0", "").strip()
    if not reason:
        raise faults.REASON_MISSING(at="/reason")
    return reason


def list_refused(
    language: Language, *, device: UUID | None = None, node: str | None = None, still_open: bool = False,
    cursor: str | None = None, limit: int = 50,
) -> RefusedPage:  # fmt: skip
    """Return refused entries, newest first: those of the sites that the right to make entries reaches."""
    rows = store.refused(
        device=device, node=node, still_open=still_open, sites=_sites(), before=_position(cursor), limit=limit + 1
    )
    told = tuple(_told(row, language) for row in rows[:limit])
    more = f"{told[-1].received.isoformat()}|{told[-1].id}" if len(rows) > limit else None
    return RefusedPage(told, more)


def _sites() -> list[int] | None:
    reached = tx().principal.sites_for(WRITE)
    return None if reached is None else sorted(reached)


def _position(cursor: str | None) -> tuple[datetime, UUID] | None:
    if not cursor:
        return None
    time, _, reading = cursor.partition("|")
    try:
        return datetime.fromisoformat(time.replace(" ", "+")), UUID(reading)
    except ValueError:
        raise CURSOR_INVALID(at="cursor", given=cursor[:80]) from None


def _told(row: tuple[Any, ...], language: Language) -> RefusedReading:
    findings = tuple(submitting.shown(each, language) for each in msgspec.json.decode(row[12]))
    return RefusedReading(*[*row[:12], findings, msgspec.json.decode(row[13]), *row[14:]])


def decide(reading: UUID, decision: Decision, language: Language) -> Decided:
    """Settle a refused entry: discard it, or record the corrected one in its place.

    :raises Fault: ``capture.not_refused``, ``capture.reason_missing``, ``chassis.body_malformed``.
    """
    reason = _reason(decision.reason)
    found = store.refused(reading=reading, sites=_sites(), limit=1)
    if not found:
        raise NOT_FOUND(what=str(reading))
    if found[0][14] is not None:
        raise faults.NOT_REFUSED(at="/id", id=reading)
    outcome = None
    if decision.outcome == "resubmitted":
        if decision.reading is None or decision.reading.id == reading:
            raise faults.ID_TAKEN(at="/reading/id", id=reading)
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        batch = ReadingBatch(device=found[0][1], sent=now, readings=(decision.reading,))
        outcome = submitting.submit(batch, language).outcomes[0]
        if "refused" in (outcome.outcome, outcome.first):
            return Decided(settled=False, outcome=outcome)
    if not store.decide(reading, decision.outcome, reason, decision.reading.id if decision.reading else None):
        raise faults.NOT_REFUSED(at="/id", id=reading)
    return Decided(settled=True, outcome=outcome)
