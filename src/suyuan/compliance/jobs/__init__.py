"""What the worker does by the clock: checkpoints every minute, sendings when due, a whole verification every night."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from suyuan.chassis.database import transaction, without_tenant
from suyuan.compliance import api
from suyuan.compliance.api import watching
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal

log = structlog.get_logger(__name__)


def _tenants() -> list[int]:
    with without_tenant() as connection:
        return [row[0] for row in connection.execute("SELECT compliance_tenants()").fetchall()]


def _worker(tenant_id: int) -> Principal:
    return Principal(tenant_id, None, "worker:log", via="system")


def checkpoint_tenant(tenant_id: int) -> None:
    """Seal the audit trail, sign a checkpoint where there is something new, and send it where it is due."""
    who = _worker(tenant_id)
    with transaction(who):
        watching.note_clock()  # before this minute is sealed
    try:
        with transaction(who):
            made = api.make_checkpoint()
        if made is not None:
            with transaction(who):
                api.remember(made)
    except Fault as fault:
        log.error("no checkpoint", tenant=tenant_id, fault=str(fault))
        with transaction(who):
            watching.tell_refusal(str(fault))
        return
    with transaction(who):
        errands = api.errands()
    for errand in errands:
        outcome = api.run_errand(errand)
        with transaction(who):
            api.note_outcome(outcome)


@app.task(name=api.VERIFY_TASK)
def verify_tenant(tenant_id: int) -> None:
    """Verify everything that is sealed."""
    with transaction(_worker(tenant_id)):
        done = api.verify_log(api.copies_outside())
    with transaction(_worker(tenant_id)):
        watching.tell_verification(done)
        watching.look_at_signatures()
    if not done.sound:
        log.error("the log is not sound", tenant=tenant_id, findings=done.finding_count)


@app.periodic(cron="* * * * *")
@app.task(name="compliance.checkpoints", queueing_lock="compliance.checkpoints")
def make_checkpoints(timestamp: int) -> None:
    """Look after the log of every tenant, every minute."""
    for tenant_id in _tenants():
        checkpoint_tenant(tenant_id)


def watch_tenant(tenant_id: int) -> int:
    """Raise alerts for what has come up; return how many."""
    with transaction(_worker(tenant_id)):
        return watching.look_for_alerts()


@app.periodic(cron="* * * * *")
@app.task(name="compliance.watch", queueing_lock="compliance.watch")
def watch_all(timestamp: int) -> None:
    """Look for what calls for an alert, with every tenant, every minute."""
    for tenant_id in _tenants():
        try:
            watch_tenant(tenant_id)
        except Exception:  # one tenant's trouble is not another's
            log.exception("no look for alerts", tenant=tenant_id)


@app.periodic(cron="17 2 * * *")
@app.task(name="compliance.verify", queueing_lock="compliance.verify")
def verify_all(timestamp: int) -> None:
    """Verify the log of every tenant, every night (UTC)."""
    for tenant_id in _tenants():
        verify_tenant(tenant_id)
