"""Carrying andon calls further up by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from suyuan.chassis.jobs import Job
from suyuan.production.api import andon


def _run(_: Mapping[str, Any]) -> None:
    andon.escalate()


ESCALATING: Final = Job(andon.JOB, _run, cron="* * * * *")
