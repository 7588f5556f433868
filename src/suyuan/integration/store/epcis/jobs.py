"""Capture jobs: rows in, rows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from suyuan.chassis.database import named_sql, tx
from suyuan.integration.contracts import CaptureBehaviour, CaptureError, CaptureJob

_ERROR_COLUMNS = ("index", "event_id", "code", "title_zh", "title_en", "remedy_zh", "remedy_en", "at", "exception",
                  "check", "node", "level")  # fmt: skip


def insert_job(job: UUID, behaviour: CaptureBehaviour, events: int, name: str | None) -> None:
    """Note that a capture has begun."""
    tx().execute(
        "INSERT INTO integration_capture_job (id, tenant_id, behaviour, events, name, user_name)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (job, tx().principal.tenant_id, behaviour.value, events, name, tx().principal.name or None),
        prepare=True,
    )


def finish_job(job: CaptureJob) -> None:
    """Note how a capture ended, with its findings in the place of those before."""
    tx().execute(
        named_sql(__package__, "finish_job.sql"),
        {
            "tenant": tx().principal.tenant_id,
            "job": job.id,
            **{
                name: getattr(job, name)
                for name in ("success", "events", "accepted", "replayed", "refused", "error_count")
            },
        },
        prepare=True,
    )
    tx().execute(
        "DELETE FROM integration_capture_error WHERE tenant_id = %s AND job_id = %s",
        (tx().principal.tenant_id, job.id), prepare=True,
    )  # fmt: skip
    _insert_errors(job.id, job.errors)


def _insert_errors(job: UUID, errors: Sequence[CaptureError]) -> None:
    if not errors:
        return
    tx().execute(
        named_sql(__package__, "insert_errors.sql"),
        {
            "tenant": tx().principal.tenant_id,
            "job": job,
            **{name: [getattr(error, name) for error in errors] for name in _ERROR_COLUMNS},
        },
    )


def jobs(limit: int, *, job: UUID | None = None, after: tuple[datetime, UUID] | None = None) -> list[CaptureJob]:
    """Return capture jobs without their findings, newest first: one, or those after a position."""
    rows = tx().rows(
        named_sql(__package__, "jobs.sql"),
        {
            "tenant": tx().principal.tenant_id,
            "job": job,
            "after": after[0] if after else None,
            "after_id": after[1] if after else None,
            "limit": limit,
        },
    )
    return [_job(row) for row in rows]


def _job(row: Sequence[Any]) -> CaptureJob:
    values = list(row)
    values[5] = CaptureBehaviour(values[5])
    return CaptureJob(*values)


def forget_jobs(before: datetime) -> int:
    """Forget jobs that ended before a time, with their findings; return how many."""
    ended = "DELETE FROM integration_capture_job WHERE tenant_id = %s AND finished < %s"
    return tx().execute(ended, (tx().principal.tenant_id, before)).rowcount


def with_errors(job: CaptureJob) -> CaptureJob:
    """Return ``job`` with its findings."""
    rows = tx().rows(
        "SELECT event_index, event_id, code, title_zh, title_en, remedy_zh, remedy_en, at, exception,"
        " check_id, node, level FROM integration_capture_error WHERE tenant_id = %s AND job_id = %s ORDER BY position",
        (tx().principal.tenant_id, job.id),
    )
    return replace(job, errors=tuple(CaptureError(*row) for row in rows))


def begin_again(job: UUID) -> bool:
    """Have an ended job wait for the worker once more; False where it is not over."""
    again = tx().execute(
        "UPDATE integration_capture_job SET finished = NULL, success = true"
        " WHERE tenant_id = %s AND id = %s AND finished IS NOT NULL",
        (tx().principal.tenant_id, job),
    )
    return again.rowcount > 0
