"""Capturing documents and events, inside the transaction that the edge has opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError

from suyuan.capture.api import letting_pass
from suyuan.chassis.contracts import UNEXPECTED
from suyuan.chassis.database import savepoint, tx
from suyuan.chassis.outbox import publish
from suyuan.integration.api.epcis import jobs, limits
from suyuan.integration.api.epcis.checking import Checking
from suyuan.integration.api.epcis.describing import error_of, refuse
from suyuan.integration.api.epcis.recording import Outcome, check_alone, record_all, record_sound
from suyuan.integration.contracts import (
    CAPTURE_RUNNING,
    NOTHING_TO_PASS,
    CaptureBehaviour,
    CaptureError,
    CaptureJob,
    ContentRefused,
    PassOrder,
)
from suyuan.integration.domain.epcis import faults
from suyuan.integration.domain.epcis.documents import ReadDocument, take_apart
from suyuan.integration.domain.epcis.reading import read_json
from suyuan.integration.store.epcis import documents
from suyuan.integration.store.epcis import jobs as store
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Grant, Principal
from suyuan.trace import api as trace
from suyuan.trace.contracts import EventQuery, Recorded, StoredEvent

log = structlog.get_logger(__name__)
CAPTURE_TOPIC = "integration.epcis_capture"


def capture(
    body: bytes, behaviour: CaptureBehaviour = CaptureBehaviour.ROLLBACK, *, name: str | None = None
) -> CaptureJob:
    """Capture an EPCISDocument or EPCISQueryDocument and return its job.

    Small documents are captured before this returns. Large ones (``limits.INLINE_…``) wait for the worker: their job
    is running, and whatever is wrong with them is found in the job. Refused events never raise; they are in the job.

    :raises Fault: what is wrong with a small document as a whole, or any that is too large; nothing is kept then.
    """
    if len(body) > limits.size_limit():
        raise faults.DOCUMENT_TOO_LARGE(limit=limits.size_limit())
    job = uuid4()
    # the worker may record for every site: what a writer limited to some sends is checked, and captured, here
    limited = tx().principal.sites_for("trace:event:write") is not None
    if len(body) > limits.INLINE_BYTES and not limited:
        return _leave_to_worker(job, body, behaviour, 0, name)
    document = _read(body)
    if document.findings:
        raise refuse(document.findings)
    if len(document.events) > limits.INLINE_EVENTS and not limited:
        return _leave_to_worker(job, body, behaviour, len(document.events), name)
    store.insert_job(job, behaviour, len(document.events), name)
    done, passable = _finish(job, document, behaviour)
    if passable:
        documents.keep_document(job, body)
    return done


def _read(body: bytes) -> ReadDocument:
    allowed = limits.reading_limits()
    document = take_apart(read_json(body, allowed), allowed)
    if document.kind == "event":
        kind = document.events[0].get("type")
        raise faults.DOCUMENT_TYPE_UNKNOWN(at="/type", given=str(kind)[:120])
    return document


def _leave_to_worker(job: UUID, body: bytes, behaviour: CaptureBehaviour, events: int, name: str | None) -> CaptureJob:
    store.insert_job(job, behaviour, events, name)
    documents.keep_document(job, body)
    publish(CAPTURE_TOPIC, {"job": str(job)})
    return store.jobs(1, job=job)[0]


def capture_waiting(job: UUID) -> None:
    """Capture the document that waits under ``job``, by its sender's rights; in any case the job ends and says so.

    Only a database that went away raises, so that the worker tries again.
    """
    found = store.jobs(1, job=job)
    kept = documents.kept_document(job) if found and found[0].running else None
    if kept is None:
        return
    body, grants = kept
    del kept
    behaviour = found[0].behaviour
    if found[0].user:  # ledger and audit name who sent the document, not the worker that got round to it
        tx().act_for(found[0].user)
    try:
        with savepoint(), tx().on_behalf(_sender(tx().principal, grants)):
            document = _read(body)
            del body
            if document.findings:
                raise refuse(document.findings)
            _, passable = _finish(job, document, behaviour)
            if not passable:
                documents.forget_document(job)
    except (OperationalError, InterfaceError):
        raise
    except Fault as fault:
        _fail(found[0], fault)
    except (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError, RuntimeError) as error:
        log.exception("capture failed", job=str(job), exc_info=error)
        _fail(found[0], UNEXPECTED(request_id=str(job)))


def _sender(worker: Principal, grants: Sequence[Grant] | None) -> Principal:
    """Return who sent a document, with the rights that they had then; of older documents these are not on record."""
    return worker if grants is None else replace(worker, grants=tuple(grants), via="token")


def _fail(job: CaptureJob, fault: Fault) -> None:
    documents.forget_document(job.id)
    errors: tuple[CaptureError, ...] = getattr(fault, "errors", None) or (error_of(fault),)
    store.finish_job(replace(job, success=False, refused=job.events, error_count=len(errors), errors=errors))


def _finish(job: UUID, document: ReadDocument, behaviour: CaptureBehaviour) -> tuple[CaptureJob, bool]:
    """Record a document and end its job; tell, too, whether letting checks pass could have more of it recorded."""
    passes = documents.passes(job)
    allowed = limits.reading_limits()
    outcome = Outcome(limit=allowed.findings)
    if behaviour is CaptureBehaviour.PROCEED:
        record_sound(document, allowed, outcome, passes)
    else:
        record_all(document, allowed, outcome, passes)
    started = store.jobs(1, job=job)[0]
    ended = replace(
        started,
        events=len(document.events),
        success=not outcome.error_count,
        accepted=outcome.accepted,
        replayed=max(0, outcome.replayed - started.accepted + started.replayed),  # what this job recorded is no replay
        refused=len(document.events) - outcome.accepted,
        error_count=outcome.error_count,
        errors=tuple(outcome.errors),
    )
    store.finish_job(ended)
    passable = outcome.may_pass > 0 and (
        behaviour is CaptureBehaviour.PROCEED or outcome.may_pass == outcome.error_count
    )
    return store.with_errors(store.jobs(1, job=job)[0]), passable


def let_pass(job_id: str, order: PassOrder) -> None:
    """Let checks pass in a document that was refused, in part or whole, and have the worker record it again.

    What is on record stays as it is: every event keeps its id. What still is refused stays to be decided about.

    :raises Fault: ``integration.no_such_capture``, ``capture_running``, ``nothing_to_pass``,
        ``capture.reason_missing``, ``kernel.not_allowed``; nothing is changed then.
    """
    job = jobs.capture_job(job_id)
    if job.running:
        raise CAPTURE_RUNNING()
    open_still = {(error.node, error.check, event) for error in job.errors if error.level == "approve"
                  for event in (error.event_id, None) if error.check is not None}  # fmt: skip
    passes = []
    for choice in order.choices:
        if (choice.node, choice.check, choice.event_id) not in open_still:
            raise NOTHING_TO_PASS(check=choice.check)
        passes.append(letting_pass(choice.node, choice.check, choice.event_id, order.reason))
    if not documents.has_document(job.id):
        raise NOTHING_TO_PASS(check=order.choices[0].check)
    if not store.begin_again(job.id):
        raise CAPTURE_RUNNING()
    tx().explain(order.reason)
    documents.insert_passes(job.id, passes)
    publish(CAPTURE_TOPIC, {"job": str(job.id)})


def capture_event(body: bytes) -> tuple[Recorded, StoredEvent]:
    """Record the single event in ``body`` (``POST /events``) and return what became of it, and the event as kept.

    :raises Fault: what is wrong with it, or ``trace.event_id_taken``.
    """
    allowed = limits.reading_limits()
    document = take_apart(read_json(body, allowed), allowed)
    if document.kind != "event":
        raise faults.EVENT_TYPE_UNKNOWN(at="/type", given=document.kind)
    outcome = Outcome(limit=allowed.findings)
    checking = Checking()
    record = check_alone(document, allowed, outcome, checking)
    if record is None or document.findings:
        raise _event_refusal(document, outcome)
    recorded = trace.record([record])[0]
    checking.keep()
    page = trace.find_events(EventQuery(event_ids=(record.event_id,), declares_error=record.declares_error))
    if page.events:
        return recorded, page.events[0]
    # the writer may not read events of this site: show what was sent
    now = tx().value("SELECT clock_timestamp()")
    return recorded, StoredEvent(
        recorded.number, record.event_id, record.document, record.context, now, record.time.utc
    )


def _event_refusal(document: ReadDocument, outcome: Outcome) -> ContentRefused:
    errors = (*map(error_of, document.findings), *(replace(error, index=None) for error in outcome.errors))
    return ContentRefused(errors, len(errors))
