"""Separation of duties: what crosses the door, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import fault_kind

DUTIES_MIXED = fault_kind(
    "tenancy.duties_mixed",
    409,
    zh="“{name}”会同时拥有两种管理职责：{rights}",
    en="“{name}” would hold two administrations at once: {rights}",
    remedy_zh="三员分立已打开：系统、安全、审计管理须由三个人分担。请把其中一种权限给别人。",
    remedy_en="Duties are separated: system, security and audit administration belong to three people. Give one of them"
    " to somebody else.",
)
DUTIES_CONFLICT = fault_kind(
    "tenancy.duties_conflict",
    409,
    zh="现在还不能分立：{why_zh}（{why_en}）",
    en="Duties cannot be separated yet: {why_en} ({why_zh})",
    remedy_zh="请先按冲突清单调整角色、人员与令牌，每种管理至少一人，安全管理至少两人。",
    remedy_en="First change roles, people and tokens as the list of conflicts says; each administration needs somebody,"
    " security administration two.",
)
DUTIES_OTHER_PERSON = fault_kind(
    "tenancy.duties_other_person",
    409,
    zh="须由另一个人确认。",
    en="Another person must confirm it.",
    remedy_zh="请另一位有“修改登录规则”权限的人打开本页确认。",
    remedy_en="Ask somebody else who may change the sign-in policy to confirm it on this page.",
)
DUTIES_NOT_ASKED = fault_kind(
    "tenancy.duties_not_asked",
    409,
    zh="没有待确认的切换，或已超过 24 小时。",
    en="There is no switch to confirm, or it was asked more than 24 hours ago.",
    remedy_zh="请重新提出。",
    remedy_en="Ask for it again.",
)
DUTIES_ROLES_BY_SECURITY = fault_kind(
    "tenancy.duties_roles_by_security",
    403,
    zh="三员分立已打开，角色由安全管理员授予，且不能授予自己。",
    en="Duties are separated: the security administrator gives roles, and never to themselves.",
    remedy_zh="请先不带角色保存，再请安全管理员在人员里授予角色。",
    remedy_en="Save without roles, and have the security administrator give them.",
)


@dataclass(frozen=True, slots=True)
class DutyConflict:
    """Who or what mixes administrations, and by which rights."""

    kind: Literal["person", "role", "token"]
    id: int
    name: Annotated[str, PEOPLE]
    administrations: tuple[str, ...]
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Administrators:
    """One administration: its rights, and how many active people hold any of them."""

    name: str
    rights: tuple[str, ...]
    people: Annotated[tuple[str, ...], PEOPLE]


@dataclass(frozen=True, slots=True)
class PendingSwitch:
    """Somebody asked for the switch; somebody else must confirm it within 24 hours."""

    wanted: bool
    by_id: Annotated[int, PEOPLE]
    by: Annotated[str, PEOPLE]
    at: datetime


@dataclass(frozen=True, slots=True)
class Duties:
    """Whether duties are separated, what stands in the way, and who asked to switch."""

    separated: bool
    pending: PendingSwitch | None
    administrations: tuple[Administrators, ...]
    conflicts: tuple[DutyConflict, ...]
