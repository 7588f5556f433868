"""The audit trail's rows and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change of one row: who, when, how, before, after, why. ``position`` is its place in the log, once sealed."""

    id: int
    time: datetime
    actor_id: int | None
    actor: str
    via: str
    request_id: str
    table: str
    record: str
    action: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str | None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """Which rows of the audit trail are asked for; None leaves a field open. ``actor`` matches part of the name."""

    table: str | None = None
    record: str | None = None
    actor: str | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None
