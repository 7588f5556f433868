"""Carries out the rules of retention, every night."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import structlog

from suyuan.chassis.database import transaction
from suyuan.chassis.jobs import Job, worker_principal
from suyuan.chassis.registry import registry
from suyuan.compliance.api import retention as api
from suyuan.kernel.principals import Principal

log = structlog.get_logger(__name__)
KEEPING_JOB: Final = "compliance.retention"


def _run(given: Mapping[str, Any]) -> None:
    who = worker_principal(int(given["tenant"]), KEEPING_JOB)
    for kind in registry.expendables:
        total = 0
        while done := _step(kind, who):
            total += done
        if total:
            log.info("retention", kind=kind, removed=total)


def _step(kind: str, who: Principal) -> int:
    with transaction(who, reason=f"retention {kind}"):
        return api.remove_due(kind)


KEEPING: Final = Job(KEEPING_JOB, _run, cron="43 18 * * *", own_transactions=True)
