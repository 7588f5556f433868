"""Capture jobs, as the standard's resource and as the console's list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from suyuan.chassis.settings import settings
from suyuan.integration.contracts import (
    NO_SUCH_CAPTURE,
    QUERY_VALUE_WRONG,
    CaptureJob,
    CaptureJobDetail,
    CaptureJobRow,
    CapturePage,
    CaptureRefusal,
)
from suyuan.integration.domain.epcis.querying import read_token, write_token
from suyuan.integration.store.epcis import documents
from suyuan.integration.store.epcis import jobs as store
from suyuan.kernel.faults import Language
from suyuan.trace.contracts import PagePosition


def capture_job(job_id: str) -> CaptureJob:
    """Return a capture job with its first findings.

    :raises Fault: ``integration.no_such_capture``.
    """
    try:
        found = store.jobs(1, job=UUID(job_id))
    except ValueError:
        found = []
    if not found:
        raise NO_SUCH_CAPTURE(id=job_id[:80])
    return store.with_errors(found[0])


def recent_jobs(limit: int, cursor: str | None) -> tuple[list[CaptureJob], str | None]:
    """Return a page of capture jobs, newest first, without findings, and the next page's cursor."""
    after: tuple[datetime, UUID] | None = None
    if cursor is not None:
        time, _, job = cursor.partition(".")
        try:
            after = (read_token(time).time, UUID(job))
        except ValueError:
            raise QUERY_VALUE_WRONG(
                at="cursor", name="cursor", given=cursor[:80], allowed='Link: <…>; rel="next"'
            ) from None
    found = store.jobs(limit + 1, after=after)
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], f"{write_token(PagePosition(last.created, 0))}.{last.id.hex}"


def forget_captures() -> int:
    """Forget jobs that ended longer ago than ``capture_log_days``; what they recorded stays. Return how many."""
    return store.forget_jobs(datetime.now(UTC) - timedelta(days=settings().capture_log_days))


def _row(job: CaptureJob) -> CaptureJobRow:
    return CaptureJobRow(
        job.id, job.created, job.finished, job.success, job.running, job.behaviour, job.error_count, job.events,
        job.accepted, job.replayed, job.refused, job.name, job.user,
    )  # fmt: skip


def list_jobs(limit: int, cursor: str | None) -> CapturePage:
    """Return the console's page of capture jobs."""
    jobs, following = recent_jobs(limit, cursor)
    return CapturePage([_row(job) for job in jobs], following)


def job_detail(job_id: str, language: Language) -> CaptureJobDetail:
    """Return the console's view of one capture job, findings in ``language``."""
    job = capture_job(job_id)
    errors = [
        CaptureRefusal(
            error.index, error.event_id, error.code, error.title(language), error.remedy(language), error.at,
            error.check, error.node, error.level == "approve" and error.check is not None,
        )
        for error in job.errors
    ]  # fmt: skip
    return CaptureJobDetail(
        job.id, job.created, job.finished, job.success, job.running, job.behaviour, errors, job.error_count, job.events,
        job.accepted, job.replayed, job.refused, job.name, job.user,
        not job.running and documents.has_document(job.id), documents.shown_passes(job.id),
    )  # fmt: skip
