"""What crosses the door of ``compliance``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suyuan.kernel.faults import Bilingual
from suyuan.kernel.principals import Permission

PERMISSIONS = (Permission("compliance:audit:read", Bilingual("查看审计记录", "See the audit trail")),)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change of one row: who, when, how, before, after, why."""

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
