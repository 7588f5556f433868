"""Attachments that no entry ever named go after some days: their uploads were broken off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from suyuan.capture.api import attaching
from suyuan.chassis.jobs import Job

log = structlog.get_logger(__name__)


def _remove_unused(_: Mapping[str, Any]) -> None:
    removed = attaching.remove_unused()
    if removed:
        log.info("unused attachments removed", count=removed)


UNUSED = Job("capture.unused_attachments", _remove_unused, cron="20 3 * * *")
