"""Importing files step by step, or whole in one transaction; a killed worker's import goes on where it was."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final
from uuid import UUID

import structlog
from django.db import connections

from suyuan.capture.api.importing import working
from suyuan.capture.api.importing.taking import IMPORT_JOB
from suyuan.capture.contracts import import_faults as faults
from suyuan.capture.store import imports as store
from suyuan.chassis.database import DATABASE_LOST, transaction
from suyuan.chassis.jobs import Job, worker_principal
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal

log = structlog.get_logger(__name__)
STALE_SECONDS: Final = 120
"""A worker that was not heard of for so long is taken for dead."""


class _StopError(Exception):
    """What was done in this transaction is taken back."""


def run_import(tenant: int, import_id: UUID) -> None:
    """Import a file that waits; whatever happens, the import ends and says so."""
    worker = worker_principal(tenant, IMPORT_JOB)
    with transaction(worker):
        if not store.take_up(import_id):
            return
        found = working.kept(import_id)
    who = working.importer(tenant, found)
    tally = working.tally_of(found)
    try:
        if found.mode == "all":
            _whole(who, worker, found, working.Tally())
        else:
            _by_steps(who, found, tally)
    except Fault as fault:
        with transaction(worker):
            working.end_failed(import_id, fault)
    except DATABASE_LOST as error:
        log.warning("import interrupted", import_id=str(import_id), error=str(error))
        connections.close_all()  # the import is found left behind, and goes on from where it was
    except Exception as error:
        log.exception("import failed", import_id=str(import_id), exc_info=error)
        with transaction(worker):
            working.end_failed(import_id, faults.STOPPED(row=tally.last, why=type(error).__name__))


def _by_steps(who: Principal, found: store.KeptImport, tally: working.Tally) -> None:
    while True:
        with transaction(who, reason=f"import {found.file_name}"):
            if not store.lock(found.id):
                return
            if not working.work_step(found, tally, settle=True):
                store.finish(found.id, "done")
                return
            store.note_rows(found.id, tally.results)
            if store.note_progress(found.id, *tally.counts()):
                store.finish(found.id, "canceled")
                return


def _whole(who: Principal, worker: Principal, found: store.KeptImport, tally: working.Tally) -> None:
    """Record every row in one transaction, or none; progress is told from beside it."""
    results: list[working.Result] = []
    canceled = False
    with ThreadPoolExecutor(1) as beside:
        try:
            with transaction(who, reason=f"import {found.file_name}"):
                if not store.lock(found.id):
                    return
                while not canceled and working.work_step(found, tally, settle=False):
                    results += tally.results
                    canceled = beside.submit(_note, worker, found.id, tally).result()
                if canceled or tally.refused:
                    raise _StopError
                for begin in range(0, len(results), 5_000):
                    store.note_rows(found.id, results[begin : begin + 5_000])
                store.finish(found.id, "done")
        except _StopError:
            _take_back(worker, found, tally, [each for each in results if each[1] == "refused"], canceled=canceled)
        finally:
            beside.submit(connections.close_all).result()


def _take_back(
    worker: Principal, found: store.KeptImport, tally: working.Tally, refused: list[working.Result], *, canceled: bool
) -> None:
    with transaction(worker):
        if canceled:
            store.note_progress(found.id, 0, 0, 0, 0)
            store.finish(found.id, "canceled")
            return
        store.note_rows(found.id, refused)
        store.note_progress(found.id, tally.done, 0, 0, tally.refused)
        working.end_failed(found.id, working.nothing_recorded(tally))


def _note(worker: Principal, import_id: UUID, tally: working.Tally) -> bool:
    with transaction(worker):
        return store.note_progress(import_id, *tally.counts())


def _run(given: Mapping[str, Any]) -> None:
    """Import ``import``, or, by the clock, every one that was left behind."""
    tenant: int = given["tenant"]
    if "import" in given:
        waiting = [UUID(given["import"])]
    else:
        with transaction(worker_principal(tenant, IMPORT_JOB)):
            waiting = store.left_behind(STALE_SECONDS)
    for import_id in waiting:
        run_import(tenant, import_id)


IMPORTING = Job(IMPORT_JOB, _run, cron="* * * * *", own_transactions=True)
