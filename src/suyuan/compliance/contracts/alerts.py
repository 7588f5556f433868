"""Security alerts: what somebody responsible should look at, and whether they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import fault_kind

ALERT_READ: Final = "compliance:alert:read"
ALERT_HANDLE: Final = "compliance:alert:handle"

AlertLevel = Literal["critical", "warning", "notice"]
AlertTopic = Literal["sign_in", "access", "integrity", "rules", "operation"]
"""What an alert is about: signing in; who may do what; tampering and clocks; rules of the house; the installation."""

ALERT_HANDLED = fault_kind(
    "compliance.alert_handled",
    409,
    zh="这条告警已由 {by} 处理。",
    en="This alert was handled by {by}.",
    remedy_zh="请刷新列表；处理意见在告警里。",
    remedy_en="Reload the list; what was found is told there.",
)


@dataclass(frozen=True, slots=True)
class SecurityAlert:
    """Something to look at. ``at``: when it happened. ``link``: path of the console's page with more about it.

    ``handled``: when somebody said that it was looked into, with ``note``; None: nobody yet.
    """

    id: int
    at: datetime
    kind: str
    level: AlertLevel
    topic: AlertTopic
    title_zh: str
    title_en: str
    text: str
    advice: str
    link: str
    handled: datetime | None
    handled_by: Annotated[str | None, PEOPLE]
    note: str | None


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Alerts, newest first. ``open``: how many of all are not handled."""

    rows: tuple[SecurityAlert, ...]
    next: str | None
    total: int | None
    open: int
