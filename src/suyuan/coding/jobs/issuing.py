"""Making the codes of large batches, step by step, each in a transaction of its own; a killed worker's job goes on."""

from __future__ import annotations

from typing import Any

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from suyuan.chassis.database import transaction
from suyuan.coding.api import issuing
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal

_AGAIN = RetryStrategy(max_attempts=20, exponential_wait=2)


def make_batch(who: Principal, batch: int, told: Any = None) -> None:  # noqa: ANN401 (a callback or nothing)
    """Make all codes of a batch; ``told(done)`` is called after each step.

    :raises Fault: ``chassis.not_found``.
    """
    more = True
    while more:
        with transaction(who, reason="codes issued"):
            more = issuing.make_step(batch)
        if told is not None:
            with transaction(who):
                told(issuing.batch_row(batch).done)


@app.task(name="coding.issue", queue="coding", retry=_AGAIN)
def issue_batch(tenant: int, batch: int) -> None:
    """Make a batch for its tenant."""
    who = Principal(tenant, None, "worker:coding.issue", via="system")
    try:
        make_batch(who, batch)
    except Fault as fault:
        with transaction(who):
            issuing.fail(batch, str(fault))


@app.periodic(cron="* * * * *")
@app.task(name="coding.resume", queue="coding", queueing_lock="coding.resume", pass_context=True)
async def resume(context: JobContext, timestamp: int) -> None:
    """Give jobs of workers that are gone to a living one."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(task_name="coding.issue"):
        await manager.retry_job(job)
