"""Orders to print: what is on record before any printer hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.chassis.jobs import later
from suyuan.coding.api.labels.gallery import label_in_force, label_of
from suyuan.coding.api.labels.printers import printer
from suyuan.coding.api.labels.rendering import code_on, filled_rows, picture
from suyuan.coding.contracts import label_faults as faults
from suyuan.coding.contracts.labels import (
    LABEL_KIND,
    MOST_COPIES,
    PrintedLabel,
    PrintJob,
    PrintJobDetail,
    PrintOrder,
)
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.checking import check_contents, check_readable
from suyuan.coding.domain.labels.layout import lay_out
from suyuan.coding.store.labels import jobs as store
from suyuan.coding.store.labels.fonts import typeface
from suyuan.designer import api as designer
from suyuan.kernel.faults import Fault

PRINT_JOB: Final = "coding.print"
"""Name of the job that works a printer's queue off."""
_SHOWN_ROWS: Final = 200
LONGEST_REASON: Final = 500


def order(wanted: PrintOrder) -> PrintJob:
    """Put a print job into the queue; everything that can be wrong with its labels is refused here.

    A label whose code was printed on the same label before is a reprint: it needs ``coding:label:reprint`` and a
    reason.

    :raises Fault: what is wrong with a label (``at`` its row), ``coding.label_reprint_reason``, and others.
    """
    chosen = printer(wanted.printer_id)
    if not chosen.active:
        raise faults.PRINTER_INACTIVE(printer=chosen.name)
    version, label, titles = _label(wanted)
    if label.width > chosen.width_mm:
        raise faults.WIDER_THAN_PRINTER(width=f"{label.width:g}", printer=chosen.name, limit=f"{chosen.width_mm:g}")
    copies = min(max(1, wanted.copies), MOST_COPIES)
    rows = _sound(label, filled_rows(label, wanted.rows), chosen.dpi)
    reason = wanted.reason.strip()[:LONGEST_REASON]
    test = wanted.body is not None
    if not test:
        allow_reprint(wanted.label_key, [code for code, _ in rows if code], reason)
    job = uuid4()
    store.insert(
        job, key=wanted.label_key, version=version, titles=titles, document=doc.written(label) if test else None,
        printer=chosen.id, rows=rows, copies=copies, reprint_of=None, reason=reason,
    )  # fmt: skip
    wake(chosen.id)
    return _job(job)


def _label(wanted: PrintOrder) -> tuple[int | None, doc.Label, tuple[str, str]]:
    """Return version, document and titles of what is to be printed."""
    if wanted.body is not None:
        label = doc.read_label(wanted.body)
        return None, label, (f"{wanted.label_key} 试打", f"{wanted.label_key} test print")
    version = wanted.version
    if version is None:
        version, label = label_in_force(wanted.label_key)
    else:
        label = label_of(wanted.label_key, version, None)
    row = designer.version_row(LABEL_KIND, wanted.label_key, version).row
    return version, label, (row.title_zh, row.title_en)


def _sound(
    label: doc.Label, rows: Sequence[tuple[str | None, Mapping[str, str]]], dpi: int
) -> list[tuple[str | None, Mapping[str, str]]]:
    """Lay every label out once and read its symbols; return the rows, with the code that the label itself says."""
    found = []
    for number, (code, values) in enumerate(rows):
        try:
            sheet = lay_out(label, values, dpi, typeface())
            (check_contents if number else check_readable)(sheet)
        except Fault as fault:
            raise Fault(fault.kind, f"/rows/{number}{fault.at or ''}", fault.params) from None
        found.append((code or code_on(sheet), values))
    return found


def allow_reprint(key: str, codes: Sequence[str], reason: str) -> None:
    """Raise where one of the codes was printed on the label before, and there is no reason or no right to do it again.

    :raises Fault: ``coding.label_reprint_reason``, ``tenancy.permission_missing``.
    """
    again = store.printed_before(key, codes)
    if again is None:
        return
    if not reason:
        raise faults.REPRINT_REASON(at="/reason", code=again)
    tx().principal.require("coding:label:reprint")


def wake(printer_id: int) -> None:
    """Have a worker look after a printer's queue; it hears of it when this commits."""
    later(PRINT_JOB, {"printer": printer_id})


def reprint(job_id: UUID, *, reason: str, positions: Sequence[int] = (), printer_id: int | None = None) -> PrintJob:
    """Print labels of a job again: the same version, the same values. All of them, or those at ``positions``.

    :raises Fault: ``coding.label_reprint_reason`` without a reason, ``chassis.not_found``.
    """
    before, chosen, text = again(job_id, reason, positions)
    number = printer_id or before.printer_id
    if number is None:
        raise faults.NO_PRINTER(at="/printer_id")
    to = printer(number)
    if not to.active:
        raise faults.PRINTER_INACTIVE(printer=to.name)
    document = store.document(job_id)
    label = label_of(before.label_key, before.label_version, document)
    sound = _sound(label, [(row.code, row.values) for row in chosen], to.dpi)
    job = uuid4()
    store.insert(
        job, key=before.label_key, version=before.label_version, titles=(before.title_zh, before.title_en),
        document=document, printer=to.id, rows=sound, copies=1, reprint_of=job_id, reason=text,
    )  # fmt: skip
    wake(to.id)
    return _job(job)


def again(job_id: UUID, reason: str, positions: Sequence[int]) -> tuple[PrintJob, list[PrintedLabel], str]:
    """Return a job, those of its labels that are wanted again (all, without ``positions``), and the tidied reason.

    :raises Fault: ``coding.label_reprint_reason`` without a reason, ``coding.label_nothing_to_print``,
        ``chassis.not_found``.
    """
    before = _job(job_id)
    chosen = [row for row in store.labels(job_id) if not positions or row.position in set(positions)]
    if not chosen:
        raise faults.NO_LABELS(at="/positions")
    text = reason.strip()[:LONGEST_REASON]
    if not text:
        raise faults.REPRINT_REASON(at="/reason", code=chosen[0].code or before.title_zh)
    return before, chosen, text


def cancel_job(job_id: UUID) -> PrintJob:
    """Cancel a job that waits, or ask one that is being sent to stop after the labels on their way.

    :raises Fault: ``coding.label_job_state``, ``chassis.not_found``.
    """
    before = _job(job_id)
    if store.cancel(job_id) is None:
        raise faults.JOB_STATE(state=before.state)
    return _job(job_id)


def retry_job(job_id: UUID) -> PrintJob:
    """Try a job again, at once, of which no label was sent: one that failed or that waits for its next try.

    Others need a reprint, as nobody knows what came out.

    :raises Fault: ``coding.label_job_state``, ``chassis.not_found``.
    """
    before = _job(job_id)
    if not store.requeue(job_id):
        raise faults.JOB_STATE(state=before.state)
    if before.printer_id is not None:
        wake(before.printer_id)
    return _job(job_id)


def list_jobs(limit: int, cursor: str | None = None, **filters: Any) -> tuple[list[PrintJob], str | None]:  # noqa: ANN401 (the store's filters)
    """Return a page of print jobs, newest first, and the cursor of the next."""
    after = None
    if cursor:
        time, _, last = cursor.partition("~")
        try:
            after = datetime.fromisoformat(time), UUID(last)
        except ValueError:
            raise NOT_FOUND(at="cursor", what=cursor[:60]) from None
    found = store.jobs(limit + 1, after=after, **filters)
    if len(found) <= limit:
        return found, None
    last_one = found[limit - 1]
    return found[:limit], f"{last_one.created.isoformat()}~{last_one.id.hex}"


def _job(job_id: UUID) -> PrintJob:
    found = store.jobs(1, job=job_id)
    if not found:
        raise NOT_FOUND(what=str(job_id))
    return found[0]


def job_detail(job_id: UUID) -> PrintJobDetail:
    """Return a job with the first of its labels.

    :raises Fault: ``chassis.not_found``.
    """
    return PrintJobDetail(_job(job_id), store.labels(job_id, _SHOWN_ROWS))


def picture_of_label(job_id: UUID, position: int) -> bytes:
    """Return one label of a job as PNG: what a virtual printer drew, else the print image that was sent.

    :raises Fault: ``chassis.not_found``.
    """
    job = _job(job_id)
    drawn = store.printout(job_id, position)
    if drawn is not None:
        return drawn
    row: PrintedLabel | None = next((each for each in store.labels(job_id) if each.position == position), None)
    if row is None:
        raise NOT_FOUND(what=f"{job_id} {position}")
    return picture(label_of(job.label_key, job.label_version, store.document(job_id)), row.values, job.dpi)
