"""Jobs: work that the worker does later or by the clock, kept in the database until it is done.

procrastinate keeps and runs them; this is the only place that knows it. A job is one tenant's, acts as the system and,
unless it says otherwise, is one transaction. A failed job is tried again, later each time, and then kept as failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from suyuan.chassis.database import transaction, tx
from suyuan.kernel.principals import Principal

log = structlog.get_logger(__name__)
Run = Callable[[Mapping[str, Any]], None]
LONGEST_NAME = 39
_TRIALS, _GROWING = 5, 4
_RETRY = RetryStrategy(max_attempts=_TRIALS, exponential_wait=_GROWING)
LONGEST_WAIT = float(_GROWING**_TRIALS)
"""Seconds; a job that failed is never put off for longer."""


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of work named ``module.what``. ``run`` gets what :func:`later` was given.

    ``cron``: five fields in UTC, when it runs by the clock too, with nothing given, for every tenant. Work with
    ``own_transactions`` opens them itself (with :func:`worker_principal`): it takes long, shows progress, can be
    cancelled.
    """

    name: str
    run: Run
    cron: str | None = None
    own_transactions: bool = False

    def __post_init__(self) -> None:
        """Refuse a name that the queue's channel, of 63 bytes with its prefix, has no room for."""
        if len(self.name) > LONGEST_NAME:
            raise ValueError(f"job name {self.name} is longer than {LONGEST_NAME}")


def worker_principal(tenant_id: int, job: str) -> Principal:
    """Return who acts in a job."""
    return Principal(tenant_id=tenant_id, user_id=None, name=f"worker:{job}", via="system")


def later(job: str, given: Mapping[str, Any]) -> None:
    """Have the worker run ``job`` once this transaction has committed; if it rolls back, nothing was asked."""
    tenant = tx().principal.tenant_id
    app.configure_task(job).defer(tenant=tenant, given=dict(given))


def bind(jobs: Iterable[Job], tenants: Callable[[], Iterable[int]]) -> None:
    """Make jobs known to procrastinate, when all modules have registered. ``tenants``: whose work the clock starts."""
    for job in jobs:
        if job.name in app.tasks:
            continue
        app.task(name=job.name, queue=job.name, retry=_RETRY)(_task(job))
        if job.cron is not None:
            clock = f"{job.name}:clock"
            by_clock = app.task(name=clock, queue=job.name, queueing_lock=clock)(_clock(job, tenants))
            app.periodic(cron=job.cron, periodic_id=job.name)(by_clock)


def _task(job: Job) -> Callable[..., None]:
    def run(tenant: int, given: Mapping[str, Any]) -> None:
        _run(job, tenant, given)

    return run


def _clock(job: Job, tenants: Callable[[], Iterable[int]]) -> Callable[..., None]:
    def run(timestamp: int) -> None:
        log.debug("job by the clock", job=job.name, due=timestamp)
        for tenant in tenants():
            try:
                _run(job, tenant, {})
            except Exception:  # one tenant's trouble is not another's
                log.exception("job failed", job=job.name, tenant=tenant)

    return run


def _run(job: Job, tenant: int, given: Mapping[str, Any]) -> None:
    if job.own_transactions:
        job.run({**given, "tenant": tenant})
        return
    with transaction(worker_principal(tenant, job.name)):
        job.run(given)
