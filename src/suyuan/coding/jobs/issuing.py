"""Making the codes of large batches, step by step, each in its own transaction; a killed worker's batch goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from suyuan.chassis.database import transaction
from suyuan.chassis.jobs import Job, worker_principal
from suyuan.coding.api import issuing
from suyuan.coding.api.issuing import ISSUE_JOB
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal


def make_batch(who: Principal, batch: int, told: Callable[[int], None] | None = None) -> None:
    """Make all codes of a batch; ``told(done)`` is called after each step. Two at once share the steps.

    :raises Fault: ``chassis.not_found``.
    """
    more = True
    while more:
        with transaction(who, reason="codes issued"):
            more = issuing.make_step(batch)
            done = issuing.batch_row(batch).done if told is not None else 0
        if told is not None:
            told(done)


def _run(given: Mapping[str, Any]) -> None:
    """Make the batch ``batch``, or, by the clock, every one that was left behind."""
    who = worker_principal(given["tenant"], ISSUE_JOB)
    if "batch" in given:
        waiting = [int(given["batch"])]
    else:
        with transaction(who):
            waiting = issuing.left_behind()
    for batch in waiting:
        try:
            make_batch(who, batch)
        except Fault as fault:
            with transaction(who):
                issuing.fail(batch, str(fault))


ISSUING = Job(ISSUE_JOB, _run, cron="* * * * *", own_transactions=True)
