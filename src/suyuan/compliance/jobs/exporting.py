"""Makes the exports of whole tenants that people asked for; one whose worker died is begun again by the clock."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import structlog

from suyuan.chassis.database import DATABASE_LOST, transaction
from suyuan.chassis.jobs import Job, worker_principal
from suyuan.compliance.api import exports as api
from suyuan.compliance.api.exports import EXPORT_JOB, UNDERWAY
from suyuan.compliance.jobs.transferring import export_tenant
from suyuan.compliance.store import exports as store
from suyuan.kernel.principals import Principal

log = structlog.get_logger(__name__)


class _Canceled(Exception):  # noqa: N818 (ends the work; not an error)
    """Somebody stopped the export."""


def _run(given: Mapping[str, Any]) -> None:
    who = worker_principal(int(given["tenant"]), EXPORT_JOB)
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
        if not store.change(number, *UNDERWAY, state="running"):
            return
        store.note_progress(number, 0, 0, 0)
        file = store.file_of(number)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.with_name(f"{file.name}.unfinished").unlink(missing_ok=True)

    def went_on(tables: int, of_tables: int, rows: int) -> None:
        with transaction(who):
            store.note_progress(number, tables, of_tables, rows)
            if api.export(number).state != "running":
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


EXPORTING: Final = Job(EXPORT_JOB, _run, cron="* * * * *", own_transactions=True)
