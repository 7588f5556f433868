"""What crosses the door of ``analytics``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from suyuan.kernel.faults import Bilingual
from suyuan.kernel.principals import Permission
from suyuan.trace.contracts import EventRow

PERMISSIONS = (Permission("analytics:home:read", Bilingual("查看首页看板", "See the home page")),)


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour's events and finished output (units packed)."""

    hour: datetime
    events: int
    output: int


@dataclass(frozen=True, slots=True)
class StepCount:
    """Events at one business step."""

    step: str
    events: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that somebody should look at."""

    id: int
    time: datetime
    level: str
    kind: str
    title_zh: str
    title_en: str
    event_number: int
    item_id: int | None
    item_uri: str | None
    item_label: str | None


@dataclass(frozen=True, slots=True)
class Home:
    """Today at a glance; ``yield_rate`` and ``first_pass_yield`` are fractions, None where nothing was inspected."""

    date: str
    output: int
    output_yesterday: int
    events: int
    events_total: int
    yield_rate: float | None
    first_pass_yield: float | None
    first_pass_yield_yesterday: float | None
    hours: Sequence[Hour]
    steps: Sequence[StepCount]
    latest: Sequence[EventRow]
    alarms: Sequence[Alarm]
    capture_ms: float | None
    trace_ms: float | None
