"""Andon: calls from the stations, whom they reach, and how soon somebody came. Times are UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import fault_kind

AndonReason = Literal["equipment", "quality", "material", "safety", "other"]
AndonState = Literal["called", "acknowledged", "resolved", "withdrawn"]
Unless = Literal["acknowledged", "resolved"]
MOST_LEVELS: Final = 6
LONGEST_MINUTES: Final = 7 * 24 * 60

KIND_UNKNOWN = fault_kind(
    "production.andon_kind_unknown", 422,
    zh="没有“{given}”这种呼叫，或它已停用。", en="There is no call “{given}”, or it is out of use.",
    remedy_zh="请刷新后重选；呼叫类别在“安灯 → 呼叫类别”里维护。",
    remedy_en="Refresh and choose again; kinds are kept under Andon → Kinds of calls.",
)
LEVELS_WRONG = fault_kind(
    "production.andon_levels_wrong", 422,
    zh="第 {level} 级不对：{why}", en="Level {level} is wrong: {why}",
    remedy_zh="每级写明几分钟后、通知谁（角色或人员），分钟数逐级增加，最多 6 级。",
    remedy_en="Each level says after how many minutes whom to tell, later than the one before; at most 6.",
)
STATE_WRONG = fault_kind(
    "production.andon_state_wrong", 409,
    zh="这个呼叫已经{state}（{by}）。", en="The call is {state} already ({by}).",
    remedy_zh="请刷新看板；还有问题就重新呼叫。",
    remedy_en="Refresh the board; call again if there is still something wrong.",
)
CAUSE_NEEDED = fault_kind(
    "production.andon_cause_needed", 422,
    zh="结束呼叫前要写明原因。", en="A call is not closed without its cause.",
    remedy_zh="请写一句：是什么造成的，做了什么。", remedy_en="Say in a sentence what caused it, and what was done.",
)
CALLED_WRONG = fault_kind(
    "production.andon_called_wrong", 422,
    zh="呼叫时间 {given} 在将来，或早于 30 天。",
    en="The call's time {given} is in the future, or more than 30 days ago.",
    remedy_zh="请校准设备的时钟后再呼叫。", remedy_en="Set the device's clock, then call again.",
)
CALL_TAKEN = fault_kind(
    "production.andon_taken", 409,
    zh="编号 {id} 的呼叫已存在，内容不同。", en="There is a call {id} already, with other content.",
    remedy_zh="请用新的编号再呼叫。", remedy_en="Call again under a new id.",
)


@dataclass(frozen=True, slots=True)
class AndonLevel:
    """Whom a call reaches after so many minutes, ``unless`` somebody has acknowledged or resolved it by then."""

    after_minutes: int
    unless: Unless
    roles: tuple[int, ...]
    people: Annotated[tuple[int, ...], PEOPLE]


@dataclass(frozen=True, slots=True)
class AndonKind:
    """Something that stations call for."""

    id: int
    code: str
    name_zh: str
    name_en: str
    reason: AndonReason
    levels: tuple[AndonLevel, ...]
    position: int
    retired: bool


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call. ``id`` is the caller's: sent again, it is one call. ``node``: the trace node that was worked at.

    ``called``: when, where it could not be sent at once; None: now.
    """

    id: UUID
    kind: str
    place: str | None = None
    equipment: str | None = None
    work_order: str | None = None
    node: str | None = None
    item: str | None = None
    note: str = ""
    called: datetime | None = None


@dataclass(frozen=True, slots=True)
class ToldLevel:
    """A level that was told, with the names of its roles and people."""

    level: int
    time: datetime
    names_zh: Annotated[tuple[str, ...], PEOPLE]
    names_en: Annotated[tuple[str, ...], PEOPLE]


@dataclass(frozen=True, slots=True)
class AndonCall:
    """A call and what became of it. ``level``: the highest that was told, from 1; ``due``: when the next one is."""

    id: UUID
    kind: str
    kind_zh: str
    kind_en: str
    reason: AndonReason
    site_id: int | None
    place: str | None
    place_zh: str | None
    place_en: str | None
    equipment: str | None
    equipment_zh: str | None
    equipment_en: str | None
    work_order: str | None
    operation: str | None
    operation_zh: str | None
    operation_en: str | None
    item: str | None
    note: str
    state: AndonState
    called: datetime
    called_by: Annotated[str, PEOPLE]
    acknowledged: datetime | None
    acknowledged_by: Annotated[str | None, PEOPLE]
    ended: datetime | None
    ended_by: Annotated[str | None, PEOPLE]
    cause: str
    remedy: str
    level: int
    levels: int
    due: datetime | None


@dataclass(frozen=True, slots=True)
class AndonDetail:
    """A call with whom it reached."""

    call: AndonCall
    told: Sequence[ToldLevel]


@dataclass(frozen=True, slots=True)
class AndonBoard:
    """Calls that are open, the most pressing first, and how the last ``hours`` went. Seconds; None: nothing to say."""

    at: datetime
    hours: int
    open: Sequence[AndonCall]
    calls: int
    ended: int
    response_median: int | None
    resolution_median: int | None


@dataclass(frozen=True, slots=True)
class AndonMeasure:
    """How soon calls of a kind, or at a station, were answered. Seconds. ``escalated``: beyond their first level.

    ``response``: from the call to its acknowledgement (a call resolved at once was answered then); ``resolution``: to
    its end. Withdrawn calls count in ``withdrawn`` only.
    """

    key: str
    name_zh: str
    name_en: str
    reason: AndonReason | None
    calls: int
    open: int
    withdrawn: int
    escalated: int
    response_median: int | None
    response_p90: int | None
    resolution_median: int | None
    resolution_p90: int | None
    resolution_sum: int


@dataclass(frozen=True, slots=True)
class AndonCause:
    """A cause that was given, how often, and how long its calls took in all."""

    cause: str
    calls: int
    seconds: int


@dataclass(frozen=True, slots=True)
class AndonMeasures:
    """Response and resolution in a window, by kind and by station, with the causes."""

    kinds: Sequence[AndonMeasure]
    stations: Sequence[AndonMeasure]
    causes: Sequence[AndonCause]
