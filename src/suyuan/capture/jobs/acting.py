"""Doing what actions of trace nodes ask for: each once, with what was done or what went wrong on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
import structlog

from suyuan.capture.api.acting import ACT_JOB, addressees, mail_notice
from suyuan.capture.api.importing.entries import told
from suyuan.capture.contracts import actions as faults
from suyuan.capture.domain.actions import filled
from suyuan.capture.store import actions as store
from suyuan.capture.store.calling import call, secret_of
from suyuan.chassis.contracts import UNEXPECTED
from suyuan.chassis.database import savepoint, transaction, tx
from suyuan.chassis.jobs import Job, worker_principal
from suyuan.chassis.live import tell_changed
from suyuan.coding.api import labels
from suyuan.coding.contracts.labels import PrintOrder
from suyuan.kernel.faults import Fault, as_written
from suyuan.kernel.principals import Principal

log = structlog.get_logger(__name__)
RETRY_SECONDS: Final = (15, 60, 300, 1_800, 7_200, 18_000)
"""How long to wait before each further call of a webhook; after the last it has failed."""
_LEASE_SECONDS: Final = 60
_LONGEST_TEXT: Final = 2_000


def act_waiting(tenant: int) -> int:
    """Do what is due; return how many actions were taken up."""
    who = worker_principal(tenant, ACT_JOB)
    taken = 0
    while True:
        with transaction(who):
            run_id = store.claim(_LEASE_SECONDS)
            run = store.runs(1, run=run_id)[0] if run_id is not None else None
        if run is None:
            return taken
        taken += 1
        if run.kind == "webhook":
            _call(who, run)
        else:
            _do(who, run)


def _do(who: Principal, run: store.Run) -> None:
    """Do an action inside the database and note it, both in one transaction: it is done once or not at all."""
    with transaction(who, reason=f"{run.node} {run.action}"):
        tx().act_for(run.sent_by)
        try:
            with savepoint():
                said = _DOING[run.kind](run)
        except Fault as fault:
            store.end(run.id, "failed", "", _kept(fault))
        except Exception as error:
            log.exception("action failed", action=str(run.id), exc_info=error)
            store.end(run.id, "failed", "", _kept(UNEXPECTED(request_id=str(run.id))))
        else:
            store.end(run.id, "done", said)


def _call(who: Principal, run: store.Run) -> None:
    body = msgspec.json.encode({"type": "capture.recorded", "timestamp": run.payload["taken"], "data": run.payload})
    try:
        said = call(str(run.settings.get("url", "")), run.id, body, secret_of(who.tenant_id))
    except Fault as fault:
        with transaction(who):
            passing = fault.kind is faults.NOT_TAKEN and run.attempts <= len(RETRY_SECONDS)
            if passing:
                store.wait(run.id, RETRY_SECONDS[run.attempts - 1], _kept(fault))
            else:
                store.end(run.id, "failed", "", _kept(fault))
        return
    with transaction(who):
        store.end(run.id, "done", said)


def _print(run: store.Run) -> str:
    wanted = str(run.settings.get("printer", ""))
    printer = next((each for each in labels.list_printers() if each.active and each.code == wanted), None)
    if printer is None:
        raise faults.PRINTER_UNKNOWN(given=wanted)
    codes = [str(code) for code in run.payload["codes"]]
    if not codes:
        raise faults.NOTHING_TO_PRINT()
    copies = int(str(run.settings.get("copies") or 1))
    order = PrintOrder(
        str(run.settings.get("label", "")), printer.id, [{"code": code} for code in codes], copies,
        f"{run.node} {run.action} {run.reading}",
    )  # fmt: skip
    job = labels.order(order)
    return f"{printer.name} · {job.labels} × {job.copies}"


def _notify(run: store.Run) -> str:
    values = {**run.payload["values"], "code": run.payload["codes"], "place": run.payload["place"]}
    text = filled(str(run.settings.get("text", "")), values)[:_LONGEST_TEXT]
    named = addressees(str(run.settings.get("to", "")))
    numbers = [store.add_notice(run, text, role, person) for role, person in named]
    mail_notice(numbers[0], as_written(text), "", named)
    tell_changed("notice", "")
    return text


_DOING: Final[Mapping[str, Callable[[store.Run], str]]] = {"print_label": _print, "notify": _notify}


def _kept(fault: Fault) -> dict[str, str]:
    found = told(fault)
    return {name: str(found[name]) for name in ("code", "text_zh", "text_en", "remedy_zh", "remedy_en")}


def _run(given: Mapping[str, Any]) -> None:
    act_waiting(given["tenant"])


ACTING = Job(ACT_JOB, _run, cron="* * * * *", own_transactions=True)
