"""The company's own sign-in services: what crosses the door, and why somebody is not let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Bilingual, fault_kind
from suyuan.kernel.principals import Permission

PROVIDER_REFUSED = fault_kind(
    "tenancy.provider_refused",
    401,
    zh="单点登录没有成功。",
    en="Single sign-on did not succeed.",
    remedy_zh="请重试；仍不行时请管理员在“登录安全 → 单点登录”里点“试一试”。",
    remedy_en="Try again; if it stays so, an administrator presses “Try it” under “Sign-in security → Single sign-on”.",
)
PROVIDER_UNREACHABLE = fault_kind(
    "tenancy.provider_unreachable",
    503,
    zh="登录服务“{host}”联系不上：{why}",
    en="The sign-in service “{host}” cannot be reached: {why}",
    remedy_zh="请检查地址与网络；服务在内网时，由运维把主机加入 SUYUAN_IDENTITY_HOSTS。",
    remedy_en="Check address and network; for a service in your own network the operator adds its host to"
    " SUYUAN_IDENTITY_HOSTS.",
)
PROVIDER_NO_ACCOUNT = fault_kind(
    "tenancy.provider_no_account",
    403,
    zh="这里还没有您的账号。",
    en="You have no account here yet.",
    remedy_zh="请管理员建立账号（邮箱与登录服务里的一致），或允许自动建立。",
    remedy_en="Ask an administrator to add you with the mail address that the service knows, or to allow new accounts.",
)
PROVIDER_NO_ROLE = fault_kind(
    "tenancy.provider_no_role",
    403,
    zh="您在登录服务里的组没有对应的角色。",
    en="None of your groups at the sign-in service means a role here.",
    remedy_zh="请管理员在“单点登录”里把您的组对应到角色。",
    remedy_en="Ask an administrator to map one of your groups to a role under “Single sign-on”.",
)

PROVIDER_PERMISSIONS = (
    Permission("tenancy:provider:read", Bilingual("查看单点登录设置", "See single sign-on settings")),
    Permission("tenancy:provider:write", Bilingual("管理单点登录", "Manage single sign-on")),
)
TryStep = Literal["discovery", "keys", "token", "person", "roles"]


@dataclass(frozen=True, slots=True)
class GroupRole:
    """What a group of the service means here: a role, for one site or (None) for all."""

    group: str
    role_id: int
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying: at what step it ended, what was wrong, or who would be signed in with which groups."""

    at: datetime
    ok: bool
    step: TryStep
    said: str
    subject: Annotated[str, PEOPLE] = ""
    mail: Annotated[str, PEOPLE] = ""
    person: Annotated[str, PEOPLE] = ""
    groups: tuple[str, ...] = ()
    role_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """A sign-in service. ``groups_claim``: where its tokens say groups. ``strong``: it asks for two factors itself.

    ``redirect``: what the service must be told to send people back to.
    """

    id: int
    name_zh: str
    name_en: str
    issuer: str
    client: str
    scopes: str
    groups_claim: str
    mappings: tuple[GroupRole, ...]
    enabled: bool
    creates_people: bool
    links_by_mail: bool
    strong: bool
    tried: Tried | None = None


@dataclass(frozen=True, slots=True)
class OfferedProvider:
    """A sign-in service as the sign-in page shows it."""

    id: int
    name_zh: str
    name_en: str
