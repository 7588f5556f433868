"""States of equipment and effectiveness after ISO 22400-2. Times are UTC, durations seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final, Literal

import msgspec

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Bilingual, fault_kind

State = Literal["running", "idle", "setup", "down", "off"]
STATES: Final[tuple[State, ...]] = ("running", "idle", "setup", "down", "off")
REASONS: Final[Mapping[State, Mapping[str, Bilingual]]] = {
    "running": {},
    "idle": {
        "no_material": Bilingual("缺料", "No material"),
        "no_order": Bilingual("无工单", "No order"),
        "no_person": Bilingual("缺人", "Nobody there"),
        "blocked": Bilingual("后工序堵塞", "Blocked downstream"),
    },
    "setup": {
        "changeover": Bilingual("换型", "Changeover"),
        "adjusting": Bilingual("调机", "Adjusting"),
        "cleaning": Bilingual("清洁", "Cleaning"),
    },
    "down": {
        "breakdown": Bilingual("设备故障", "Breakdown"),
        "tool": Bilingual("工装模具", "Tooling"),
        "quality": Bilingual("质量停机", "Quality stop"),
        "maintenance": Bilingual("保养维修", "Maintenance"),
    },
    "off": {
        "no_shift": Bilingual("非班次", "No shift"),
        "break": Bilingual("休息", "Break"),
    },
}
"""The tree of reasons: what a machine does, and why it does not run."""
STATE_UNKNOWN = fault_kind(
    "production.state_unknown",
    422,
    zh="没有设备状态“{given}”，或它没有原因“{reason}”。",
    en="There is no equipment state “{given}”, or it has no reason “{reason}”.",
    remedy_zh="请从列表里选择状态和原因。",
    remedy_en="Choose the state and its reason from the list.",
)
STATE_IN_FUTURE = fault_kind(
    "production.state_in_future",
    422,
    zh="时间 {given} 还没有到。",
    en="The time {given} has not come yet.",
    remedy_zh="请填写现在或以前的时间。",
    remedy_en="Give the present time or one before it.",
)


class NewState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A machine went into a state. ``since`` None: now."""

    equipment: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    state: State
    reason: Annotated[str, msgspec.Meta(max_length=40)] = ""
    note: Annotated[str, msgspec.Meta(max_length=400)] = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class StateInterval:
    """A machine's state from ``since`` until ``until``; the last one is still in force (``open``)."""

    state: str
    reason: str | None
    note: str | None
    person: Annotated[str | None, PEOPLE]
    since: datetime
    until: datetime
    open: bool
    event_number: int


@dataclass(frozen=True, slots=True)
class Loss:
    """Time lost to one state and reason."""

    state: str
    reason: str | None
    seconds: int


@dataclass(frozen=True, slots=True)
class Effectiveness:
    """ISO 22400-2 figures of a machine, a line, a shift or a day; None: what it needs is not on record.

    ``planned`` PBT, ``running`` APT, ``recorded``: the part of PBT in which any state is on record. ``produced`` PQ,
    ``good`` GQ. ``planned_run_seconds`` is PRI x PQ. ``planned_by``: ``shifts`` or, without a calendar, ``states``.
    """

    key: str
    name_zh: str
    name_en: str
    planned: int
    planned_by: str
    recorded: int
    running: int
    produced: Decimal
    good: Decimal
    scrap: Decimal
    rework: Decimal
    planned_run_seconds: float | None
    availability: float | None
    effectiveness: float | None
    quality: float | None
    oee: float | None
    losses: Sequence[Loss]


@dataclass(frozen=True, slots=True)
class EffectivenessReport:
    """Effectiveness of a window by machine, line, shift or day, and of all together."""

    since: datetime
    until: datetime
    by: str
    rows: Sequence[Effectiveness]
    total: Effectiveness
    took_ms: float


@dataclass(frozen=True, slots=True)
class MachineNow:
    """A machine and the state it is in; ``state`` None: none was ever recorded."""

    uri: str
    name_zh: str
    name_en: str
    state: str | None
    reason: str | None
    note: str | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class OperationYield:
    """Yield of one operation. ``first_pass`` is FPY (ISO 22400-2): good at the first pass, of all first passes.

    ``cycle_seconds``: median time from one pass to the next at the same machine.
    """

    operation: str
    name_zh: str
    name_en: str
    passes: int
    first: int
    first_good: int
    failed: int
    rework: int
    scrap: int
    first_pass: float | None
    cycle_seconds: float | None


@dataclass(frozen=True, slots=True)
class YieldReport:
    """Yields of a window. ``rolled`` is RTY: the product of the operations' first pass yields where any failed."""

    since: datetime
    until: datetime
    rolled: float | None
    rows: Sequence[OperationYield]
