"""Print jobs: rows in, rows out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.coding.contracts.labels import JobFault, PrintedLabel, PrintJob
from suyuan.kernel.faults import Fault


def fault_of(fault: Fault) -> JobFault:
    """Return a fault as it is kept."""
    return JobFault(fault.kind.code, fault.title("zh"), fault.title("en"), fault.remedy("zh"), fault.remedy("en"))


def _tenant() -> int:
    return tx().principal.tenant_id


def insert(
    job: UUID, *, key: str, version: int | None, titles: tuple[str, str], document: Mapping[str, Any] | None,
    printer: int | None, rows: Sequence[tuple[str | None, Mapping[str, str]]], copies: int, reprint_of: UUID | None,
    reason: str,
) -> None:  # fmt: skip
    """Put a job into the queue with what stands on its labels."""
    tx().execute(
        named_sql(__package__, "insert_job.sql"),
        {
            "id": job, "tenant": _tenant(), "by": tx().principal.name, "user": tx().principal.user_id, "key": key,
            "version": version, "title_zh": titles[0], "title_en": titles[1],
            "document": None if document is None else msgspec.json.encode(document).decode(),
            "printer": printer, "labels": len(rows), "copies": copies, "reprint_of": reprint_of, "reason": reason,
        },
    )  # fmt: skip
    tx().execute(
        named_sql(__package__, "insert_labels.sql"),
        {
            "tenant": _tenant(), "job": job, "key": key, "positions": list(range(len(rows))),
            "codes": [code for code, _ in rows],
            "values": [msgspec.json.encode(values).decode() for _, values in rows],
        },
    )  # fmt: skip


def jobs(
    limit: int, *, job: UUID | None = None, state: str | None = None, printer: int | None = None,
    label: str | None = None, code: str | None = None, after: tuple[datetime, UUID] | None = None,
) -> list[PrintJob]:  # fmt: skip
    """Return jobs, newest first."""
    time, last = after if after is not None else (None, None)
    rows = tx().rows(
        named_sql(__package__, "list_jobs.sql"),
        {
            "tenant": _tenant(), "job": job, "state": state, "printer": printer, "label": label, "code": code,
            "time": time, "last": last, "limit": limit,
        },
    )  # fmt: skip
    return [PrintJob(*(*row[:21], _fault(row[21]), *row[22:])) for row in rows]


def _fault(text: str | None) -> JobFault | None:
    return None if text is None else msgspec.json.decode(text, type=JobFault)


def document(job: UUID) -> Mapping[str, Any] | None:
    """Return the draft that a test print was made of; None where a version says it."""
    text = tx().value("SELECT document FROM coding_print_job WHERE tenant_id = %s AND id = %s", (_tenant(), job))
    return None if text is None else msgspec.json.decode(text, type=dict[str, Any])


def labels(job: UUID, limit: int | None = None) -> list[PrintedLabel]:
    """Return what stands on a job's labels."""
    rows = tx().rows(
        'SELECT position, code, "values" FROM coding_print_label WHERE tenant_id = %s AND job_id = %s'
        " ORDER BY position LIMIT %s",
        (_tenant(), job, limit),
    )
    return [PrintedLabel(row[0], row[1], msgspec.json.decode(row[2], type=dict[str, str])) for row in rows]


def printed_before(key: str, codes: Sequence[str]) -> str | None:
    """Return one of the codes that was given to a printer on this label before, None where none was."""
    if not codes:
        return None
    given = {"tenant": _tenant(), "key": key, "codes": list(codes)}
    found: str | None = tx().value(named_sql(__package__, "printed_before.sql"), given)
    return found


def claim(printer: int) -> UUID | None:
    """Take the oldest job that is due for a printer that prints nothing; None where there is none."""
    given = {"tenant": _tenant(), "printer": printer}
    found: UUID | None = tx().value(named_sql(__package__, "claim_job.sql"), given)
    return found


def end_stale(printer: int, seconds: float, fault: Fault) -> int:
    """Fail the jobs whose sender has not been heard of for so long; return how many."""
    given = {"tenant": _tenant(), "printer": printer, "seconds": seconds, "fault": _encoded(fault)}
    return len(tx().rows(named_sql(__package__, "end_stale_jobs.sql"), given))


def _encoded(fault: Fault) -> str:
    return msgspec.json.encode(fault_of(fault)).decode()


def note_sent(job: UUID, sent: int) -> bool:
    """Note how many labels were given to the printer; return whether somebody wants the job to stop."""
    return bool(
        tx().value(
            "UPDATE coding_print_job SET sent = %s, seen = clock_timestamp() WHERE tenant_id = %s AND id = %s"
            " RETURNING cancel",
            (sent, _tenant(), job),
        )
    )


def finish(job: UUID, state: str, *, confirmed: bool = False, fault: Fault | None = None) -> None:
    """End a job."""
    tx().execute(
        "UPDATE coding_print_job SET state = %s, confirmed = %s, fault = %s::jsonb, finished = clock_timestamp()"
        " WHERE tenant_id = %s AND id = %s",
        (state, confirmed, None if fault is None else _encoded(fault), _tenant(), job),
    )


def wait(job: UUID, seconds: float, fault: Fault) -> None:
    """Put a job back into the queue for another try after a while."""
    tx().execute(
        "UPDATE coding_print_job SET state = 'queued', fault = %s::jsonb,"
        " due = clock_timestamp() + make_interval(secs => %s) WHERE tenant_id = %s AND id = %s",
        (_encoded(fault), seconds, _tenant(), job),
    )


def requeue(job: UUID) -> bool:
    """Put a job that failed or waits, and of which nothing was sent, to the front; return whether it was one."""
    return bool(
        tx().value(
            "UPDATE coding_print_job SET state = 'queued', due = clock_timestamp(), finished = NULL, attempts = 0,"
            " fault = NULL WHERE tenant_id = %s AND id = %s AND state IN ('failed', 'queued') AND sent = 0"
            " RETURNING true",
            (_tenant(), job),
        )
    )


def cancel(job: UUID) -> str | None:
    """Cancel a queued job, ask a sending one to stop; return the state it is in then, None where it had ended."""
    found: str | None = tx().value(
        "UPDATE coding_print_job SET cancel = true,"
        " finished = CASE WHEN state = 'queued' THEN clock_timestamp() END,"
        " state = CASE WHEN state = 'queued' THEN 'canceled' ELSE state END"
        " WHERE tenant_id = %s AND id = %s AND state IN ('queued', 'sending') RETURNING state",
        (_tenant(), job),
    )
    return found


def keep_printouts(job: UUID, first: int, pictures: Sequence[bytes]) -> None:
    """Keep what a virtual printer drew, from position ``first`` on."""
    tx().execute(
        "INSERT INTO coding_printout (tenant_id, job_id, position, picture)"
        " SELECT %s, %s, %s + number - 1, picture FROM unnest(%s::bytea[]) WITH ORDINALITY AS t (picture, number)"
        " ON CONFLICT DO NOTHING",
        (_tenant(), job, first, list(pictures)),
    )


def printout(job: UUID, position: int) -> bytes | None:
    """Return what a virtual printer drew, as PNG."""
    found = tx().value(
        "SELECT picture FROM coding_printout WHERE tenant_id = %s AND job_id = %s AND position = %s",
        (_tenant(), job, position),
    )
    return None if found is None else bytes(found)
