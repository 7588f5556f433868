"""Giving labels to printers. Runs in the worker, outside any request; opens its own short transactions.

A job is composed and read back whole before the first byte leaves. What fails before that byte is tried again by
itself; what fails after it never is: somebody has to look at the printer.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import structlog

from suyuan.chassis.contracts import UNEXPECTED
from suyuan.chassis.database import transaction
from suyuan.chassis.jobs import worker_principal
from suyuan.coding.api.labels.filing import mark_printed
from suyuan.coding.api.labels.gallery import label_of
from suyuan.coding.api.labels.ordering import PRINT_JOB
from suyuan.coding.api.labels.printers import printer as printer_of
from suyuan.coding.api.labels.rendering import png
from suyuan.coding.contracts import label_faults as faults
from suyuan.coding.contracts.labels import Printer, PrintJob
from suyuan.coding.domain.labels.checking import check_contents, check_readable
from suyuan.coding.domain.labels.layout import DOTS_PER_MM, lay_out
from suyuan.coding.domain.labels.tspl import to_tspl
from suyuan.coding.domain.labels.virtual_tspl import print_tspl
from suyuan.coding.domain.labels.virtual_zpl import print_zpl
from suyuan.coding.domain.labels.zpl import Feed, to_zpl
from suyuan.coding.store.labels import jobs as store
from suyuan.coding.store.labels import printers as printer_store
from suyuan.coding.store.labels.fonts import typeface
from suyuan.coding.store.labels.printer_socket import CONDITIONS, PrinterWire, WireStatus, connected
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal

log = structlog.get_logger(__name__)
RETRY_SECONDS: Final = (15, 30, 60, 120, 300, 600)
"""How long to wait before each further try; after the last the job fails."""
STALE_SECONDS: Final = 300.0
_CHUNK: Final = 10
_ALIVE_EVERY: Final = 200
_POLL_SECONDS: Final = 0.5
_SECONDS_A_LABEL: Final = 6.0
_KEPT_PRINTOUTS: Final = 200


@dataclass(frozen=True, slots=True)
class _Work:
    """A claimed job, its printer, and the bytes of each label."""

    job: PrintJob
    printer: Printer
    payload: Sequence[bytes]


def print_waiting(tenant_id: int, printer_id: int) -> int:
    """Print what waits for a printer, oldest first; return how many jobs were taken up."""
    who = worker_principal(tenant_id, PRINT_JOB)
    taken = 0
    while True:
        with transaction(who, reason="print"):
            printer_store.lock(printer_id)
            store.end_stale(printer_id, STALE_SECONDS, faults.INTERRUPTED(sent="?"))
            job_id = store.claim(printer_id)
        if job_id is None:
            return taken
        taken += 1
        _take(who, job_id, printer_id)


def _take(who: Principal, job_id: UUID, printer_id: int) -> None:
    try:
        work = _compose(who, job_id, printer_id)
        if work.printer.connection == "virtual":
            _print_virtually(who, work)
        else:
            _print(who, work)
    except Fault as fault:
        _failed(who, job_id, fault)
    except Exception as error:
        log.exception("printing failed", job=str(job_id), exc_info=error)
        _failed(who, job_id, UNEXPECTED(request_id=str(job_id)))


def _compose(who: Principal, job_id: UUID, printer_id: int) -> _Work:
    with transaction(who):
        job = store.jobs(1, job=job_id)[0]
        chosen = printer_of(printer_id)
        label = label_of(job.label_key, job.label_version, store.document(job_id))
        rows = store.labels(job_id)
    feed = Feed(job.copies, chosen.darkness, chosen.speed, chosen.pictures, label.gap)
    payload = []
    for number, row in enumerate(rows):
        sheet = lay_out(label, row.values, chosen.dpi, typeface())
        (check_contents if number else check_readable)(sheet)
        payload.append((to_zpl if chosen.language == "zpl" else to_tspl)(sheet, feed))
        if number % _ALIVE_EVERY == _ALIVE_EVERY - 1:
            with transaction(who):  # says that this process lives; nothing is sent yet
                store.note_sent(job_id, 0)
    return _Work(job, chosen, payload)


def _print_virtually(who: Principal, work: _Work) -> None:
    per_mm = DOTS_PER_MM[work.printer.dpi]
    for begin in range(0, len(work.payload), _CHUNK):
        data = b"".join(work.payload[begin : begin + _CHUNK])
        drawn = print_zpl(data, typeface()) if work.printer.language == "zpl" else print_tspl(data, per_mm)
        with transaction(who):
            if begin < _KEPT_PRINTOUTS:
                store.keep_printouts(work.job.id, begin, [png(each.dots) for each in drawn])
            stop = store.note_sent(work.job.id, begin + len(drawn))
            if stop:
                store.finish(work.job.id, "canceled")
                return
    _finish(who, work, confirmed=True)


def _print(who: Principal, work: _Work) -> None:
    chosen = work.printer
    with connected(chosen.host, chosen.port, chosen.language) as wire:
        before = _asked(wire, chosen)
        if before is not None and before.conditions:
            raise not_ready(before)
        if _send(who, work, wire):
            with transaction(who):
                store.finish(work.job.id, "canceled")
            return
        confirmed = before is not None and _await_end(who, work, wire)
    _finish(who, work, confirmed=confirmed)


def _finish(who: Principal, work: _Work, *, confirmed: bool) -> None:
    """End a printed job; codes of it that were issued here are printed now."""
    with transaction(who, reason=f"print job {work.job.id}"):
        store.finish(work.job.id, "printed", confirmed=confirmed)
        if work.job.label_version is not None:
            mark_printed(work.job.id, [row.code for row in store.labels(work.job.id)])


def _asked(wire: PrinterWire, chosen: Printer) -> WireStatus | None:
    """Return what the printer says of itself; None where it is known not to answer, or does not."""
    if not chosen.answers:
        return None
    try:
        said = wire.status()
    except OSError as error:
        raise faults.PRINTER_AWAY(host=chosen.host, port=chosen.port, why=_why(error)) from None
    if not said.answered:
        raise faults.PRINTER_AWAY(host=chosen.host, port=chosen.port, why="~HS / ESC!?")
    return said


def not_ready(said: WireStatus) -> Fault:
    """Return the fault of a printer that cannot print just now."""
    names = [CONDITIONS[name] for name in said.conditions]
    told = "、".join(each.zh for each in names) + " " + ", ".join(each.en for each in names)
    return faults.PRINTER_NOT_READY(condition=told)


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _send(who: Principal, work: _Work, wire: PrinterWire) -> bool:
    """Send every label; return whether somebody stopped it on the way."""
    for begin in range(0, len(work.payload), _CHUNK):
        part = work.payload[begin : begin + _CHUNK]
        with transaction(who):  # on record before it leaves: at most these were printed
            if store.note_sent(work.job.id, begin + len(part)):
                return True
        try:
            wire.send(b"".join(part))
        except OSError as error:
            raise faults.PRINTER_SILENT(why=_why(error)) from None
    return False


def _await_end(who: Principal, work: _Work, wire: PrinterWire) -> bool:
    """Wait until the printer says that nothing is left to print."""
    end = time.monotonic() + 10 + _SECONDS_A_LABEL * len(work.payload) * work.job.copies
    while time.monotonic() < end:
        try:
            said = wire.status()
        except OSError as error:
            raise faults.PRINTER_SILENT(why=_why(error)) from None
        if said.answered and said.conditions:
            raise faults.PRINTER_SILENT(why=str(not_ready(said).params["condition"]))
        if said.answered and not said.busy:
            return True
        with transaction(who):
            store.note_sent(work.job.id, len(work.payload))
        time.sleep(_POLL_SECONDS)
    raise faults.PRINTER_SILENT(why=f"{round(_SECONDS_A_LABEL * len(work.payload))} s")


def _failed(who: Principal, job_id: UUID, fault: Fault) -> None:
    """Put the job back for another try where nothing was sent and trying can help, else fail it."""
    with transaction(who, reason=fault.title("zh")):
        job = store.jobs(1, job=job_id)[0]
        passing = fault.kind in (faults.PRINTER_AWAY, faults.PRINTER_NOT_READY)
        if passing and job.sent == 0 and job.attempts <= len(RETRY_SECONDS):
            seconds = RETRY_SECONDS[job.attempts - 1]
            store.wait(job_id, seconds, fault)  # the clock takes it up again
        else:
            store.finish(job_id, "failed", fault=fault)
