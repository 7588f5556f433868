"""Working off the queues of printers: when somebody orders, and every minute for what waits or was left behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from suyuan.chassis.database import transaction
from suyuan.chassis.jobs import Job, worker_principal
from suyuan.coding.api.labels.ordering import PRINT_JOB
from suyuan.coding.jobs.sending import print_waiting
from suyuan.coding.store.labels import printers


def work_off(given: Mapping[str, Any]) -> None:
    """Print what waits for ``printer``, or, by the clock, for every printer of the tenant."""
    tenant: int = given["tenant"]
    chosen = [given["printer"]] if "printer" in given else _with_work(tenant)
    for printer in chosen:
        print_waiting(tenant, printer)


def _with_work(tenant: int) -> list[int]:
    with transaction(worker_principal(tenant, PRINT_JOB)):
        return printers.with_work()


PRINTING = Job(PRINT_JOB, work_off, cron="* * * * *", own_transactions=True)
