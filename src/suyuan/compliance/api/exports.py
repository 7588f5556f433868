"""Exports of the whole tenant, asked for by a person and made by the worker."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import structlog

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import DATABASE_LOST, transaction, tx
from suyuan.chassis.jobs import Job, later, worker_principal
from suyuan.compliance.api.transfers import export_tenant
from suyuan.compliance.contracts.transfers import EXPORT_GONE, Transfer
from suyuan.compliance.store import exports as store
from suyuan.kernel.principals import Principal

log = structlog.get_logger(__name__)
_JOB: Final = "compliance.export_tenant"
_UNDERWAY: Final = ("waiting", "running")


class _Canceled(Exception):  # noqa: N818 (ends the work; not an error)
    """Somebody stopped the export."""


def ask_export(reason: str) -> Transfer:
    """Have the worker write everything of the tenant into a file; ``reason`` stays on record.

    :raises Fault: ``compliance.export_underway``.
    """
    number = store.make(reason)
    later(_JOB, {"export": number})
    return export(number)


def export(number: int) -> Transfer:
    """Return one export.

    :raises Fault: ``chassis.not_found``.
    """
    found = store.listed(number)
    if not found:
        raise NOT_FOUND(what=f"#{number}")
    return found[0]


def list_exports() -> Sequence[Transfer]:
    """Return the last exports, newest first."""
    return store.listed()


def cancel_export(number: int) -> Transfer:
    """Stop an export that waits or is under way; one that has ended stays as it is."""
    export(number)
    store.change(number, *_UNDERWAY, state="canceled", finished=tx().value("SELECT clock_timestamp()"))
    return export(number)


def fetch_export(number: int) -> tuple[Path, str]:
    """Return the file of an export and a name for it; who fetched it is on record.

    :raises Fault: ``chassis.not_found``, ``compliance.export_gone``.
    """
    found = export(number)
    if not found.at_hand:
        raise EXPORT_GONE()
    store.change(number, "done", fetched=tx().value("SELECT clock_timestamp()"), fetched_by=tx().principal.name)
    return store.file_of(number), f"suyuan-{found.asked:%Y%m%d-%H%M}.zip"


def _run(given: Mapping[str, Any]) -> None:
    who = worker_principal(int(given["tenant"]), _JOB)
    if "export" in given:
        numbers = [int(given["export"])]
    else:  # by the clock
        with transaction(who):
            numbers = store.abandoned()
            store.forget_old()
    for number in numbers:
        _make(number, who)


def _make(number: int, who: Principal) -> None:
    with transaction(who):
        if not store.change(number, *_UNDERWAY, state="running"):
            return
        store.note_progress(number, 0, 0, 0)
        file = store.file_of(number)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.with_name(f"{file.name}.unfinished").unlink(missing_ok=True)

    def went_on(tables: int, of_tables: int, rows: int) -> None:
        with transaction(who):
            store.note_progress(number, tables, of_tables, rows)
            if export(number).state != "running":
                raise _Canceled

    try:
        made = export_tenant(file, who, went_on)
    except _Canceled:
        return
    except DATABASE_LOST as error:  # it is found abandoned, and begun again
        log.warning("export interrupted", export=number, error=str(error))
        return
    except Exception as error:
        log.exception("export failed", export=number)
        _end(number, who, state="failed", fault=f"{type(error).__name__}: {error}"[:500])
        return
    with file.open("rb") as whole:
        digest = hashlib.file_digest(whole, "sha256").hexdigest()
    if not _end(number, who, state="done", rows=made.rows, bytes=file.stat().st_size, sha256=digest):
        file.unlink(missing_ok=True)


def _end(number: int, who: Principal, **values: Any) -> bool:  # noqa: ANN401 (values of any column)
    with transaction(who) as current:
        return store.change(number, "running", finished=current.value("SELECT clock_timestamp()"), **values)


EXPORTING: Final = Job(_JOB, _run, cron="* * * * *", own_transactions=True)
