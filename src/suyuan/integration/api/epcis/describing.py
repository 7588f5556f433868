"""Findings and jobs in the form that clients see."""

from __future__ import annotations

from collections.abc import Sequence

from suyuan.integration.contracts import CaptureError, CaptureJob, ContentRefused
from suyuan.integration.domain.epcis.rendering import utc_text
from suyuan.kernel.faults import Fault, Language


def error_of(fault: Fault, index: int | None = None, event_id: str | None = None) -> CaptureError:
    """Return a fault as a finding about the event number ``index``."""
    return CaptureError(
        index,
        event_id,
        fault.kind.code,
        fault.title("zh"),
        fault.title("en"),
        fault.remedy("zh"),
        fault.remedy("en"),
        fault.at,
        fault.kind.exception or "epcisException:ValidationException",
    )


def refuse(findings: Sequence[Fault]) -> ContentRefused:
    """Return one refusal with all ``findings`` (at least one)."""
    return ContentRefused(tuple(map(error_of, findings)), len(findings))


def job_document(job: CaptureJob, language: Language) -> dict[str, object]:
    """Return the standard's capture job resource, with counts of our own beside it."""
    body: dict[str, object] = {
        "captureID": str(job.id),
        "createdAt": utc_text(job.created),
        "running": job.running,
        "success": job.success,
        "captureErrorBehaviour": job.behaviour.value,
        "errors": [error.problem(language) for error in job.errors],
        "suyuan:counts": {
            "events": job.events,
            "accepted": job.accepted,
            "replayed": job.replayed,
            "refused": job.refused,
            "errors": job.error_count,
        },
    }
    if job.finished is not None:
        body["finishedAt"] = utc_text(job.finished)
    return body
