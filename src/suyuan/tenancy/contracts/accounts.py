"""What crosses the door of ``tenancy``: people, roles, tokens, sites, and the faults of signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Bilingual, Language, fault_kind
from suyuan.kernel.principals import Permission
from suyuan.tenancy.contracts.proof import PROOF_PERMISSIONS, Duty
from suyuan.tenancy.contracts.providers import PROVIDER_PERMISSIONS

WRONG_CREDENTIALS = fault_kind(
    "tenancy.wrong_credentials",
    401,
    zh="账号或密码不对。",
    en="The login or the password is wrong.",
    remedy_zh="请检查大小写和输入法后重试；忘记密码请找管理员要一个重设链接。",
    remedy_en="Check capitals and the keyboard layout and try again; "
    "an administrator can send you a link to choose a new password.",
)
LOCKED_OUT = fault_kind(
    "tenancy.locked_out",
    429,
    zh="尝试次数过多，已暂停登录。",
    en="Too many attempts; signing in is paused.",
    remedy_zh="请在 {retry_after} 秒后重试。",
    remedy_en="Try again in {retry_after} seconds.",
    exception="epcisException:SecurityException",
)
TOKEN_REFUSED = fault_kind(
    "tenancy.token_refused",
    401,
    zh="令牌无效、已过期或已撤销。",
    en="The token is not valid, has expired or was revoked.",
    remedy_zh="请管理员发一个新的令牌。",
    remedy_en="Ask an administrator for a new token.",
    exception="epcisException:SecurityException",
)
LOGIN_TAKEN = fault_kind(
    "tenancy.login_taken",
    409,
    zh="登录名“{login}”已被使用。",
    en="The login “{login}” is taken.",
    remedy_zh="请换一个登录名。",
    remedy_en="Choose another login.",
)
PASSWORD_WEAK = fault_kind(
    "tenancy.password_weak",
    422,
    zh="密码太弱：{why_zh}（{why_en}）",
    en="The password is too weak: {why_en} ({why_zh})",
    remedy_zh="至少 {length} 个字符，不要用常见词、登录名或姓名。",
    remedy_en="Use at least {length} characters, no common words, not your login or name.",
)
PASSWORD_BREACHED = fault_kind(
    "tenancy.password_breached",
    422,
    zh="这个密码在别处的数据外泄里出现过，破解者会首先尝试它。",
    en="This password was exposed in a data breach elsewhere; whoever guesses tries it first.",
    remedy_zh="请换一个没有在任何地方用过的密码，一句话最好记；别处还在用它的话，也请换掉。",
    remedy_en="Choose one you never used anywhere, a whole sentence is easy to remember; change it elsewhere too.",
)
BREACHED_LIST_AWAY = fault_kind(
    "tenancy.breached_list_away",
    503,
    zh="外泄密码的列表读不出来，现在不能设密码。",
    en="The list of breached passwords cannot be read; no password can be set just now.",
    remedy_zh="请告诉系统运维：运行 suyuan doctor，按提示修好 SUYUAN_BREACHED_PASSWORDS 指的文件。",
    remedy_en="Tell the operator: suyuan doctor says what is wrong with the file that SUYUAN_BREACHED_PASSWORDS names.",
)
PASSWORD_WRONG = fault_kind(
    "tenancy.password_wrong",
    422,
    zh="密码不对。",
    en="The password is wrong.",
    remedy_zh="请重新输入现在使用的密码。",
    remedy_en="Type the password you use now once more.",
)
FIELD_INVALID = fault_kind(
    "tenancy.field_invalid",
    422,
    zh="“{field}”的值不对：{given}",
    en="The value of “{field}” is not right: {given}",
    remedy_zh="允许的值：{allowed}。",
    remedy_en="What is allowed: {allowed}.",
)
NAME_TAKEN = fault_kind(
    "tenancy.name_taken",
    409,
    zh="“{name}”已经存在。",
    en="“{name}” exists already.",
    remedy_zh="请换一个名称或编号。",
    remedy_en="Choose another name or code.",
)
ROLE_IN_USE = fault_kind(
    "tenancy.role_in_use",
    409,
    zh="还有 {people} 人拥有角色“{name}”。",
    en="{people} people still hold the role “{name}”.",
    remedy_zh="请先从这些人身上移除该角色。",
    remedy_en="Take the role from them first.",
)
LAST_ADMINISTRATOR = fault_kind(
    "tenancy.last_administrator",
    409,
    zh="这样会没有人能管理人员与角色。",
    en="After this nobody could manage people and roles.",
    remedy_zh="请先让另一位在职人员拥有这些权限（所有工厂）。",
    remedy_en="First give these rights, for all sites, to another active person.",
)
GRANT_BEYOND_OWN = fault_kind(
    "tenancy.grant_beyond_own",
    403,
    zh="您不能授予自己没有的权限：{permissions}",
    en="You cannot grant rights that you do not hold: {permissions}",
    remedy_zh="请由拥有这些权限的管理员操作。",
    remedy_en="Ask an administrator who holds them.",
)
PERSON_BEYOND_OWN = fault_kind(
    "tenancy.person_beyond_own",
    403,
    zh="“{name}”拥有您没有的权限：{permissions}",
    en="“{name}” holds rights that you do not hold: {permissions}",
    remedy_zh="其账号、密码、在职状态与角色，须由拥有这些权限的管理员修改。",
    remedy_en="Their login, password, state and roles are changed by an administrator who holds these rights.",
)

PERMISSIONS = (
    Permission("tenancy:person:read", Bilingual("查看人员", "See people")),
    Permission("tenancy:person:write", Bilingual("管理人员", "Manage people")),
    Permission("tenancy:role:read", Bilingual("查看角色", "See roles")),
    Permission("tenancy:role:write", Bilingual("管理角色", "Manage roles")),
    Permission("tenancy:token:read", Bilingual("查看 API 令牌", "See API tokens")),
    Permission("tenancy:token:write", Bilingual("管理 API 令牌", "Manage API tokens")),
    Permission("tenancy:site:read", Bilingual("查看工厂", "See sites")),
    Permission("tenancy:site:write", Bilingual("管理工厂", "Manage sites")),
    *PROOF_PERMISSIONS,
    *PROVIDER_PERMISSIONS,
)


@dataclass(frozen=True, slots=True)
class TenantInfo:
    """The company whose data it is."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """One plant of the tenant. ``location_uri`` is the canonical URI that its places start with.

    ``clock_tolerance_ms``: two records this close may stand in either order (twice the clock skew plus the coarsest
    time stamp). ``latest_booking_minutes``: how long after the fact a making is booked at the latest.
    ``emptied_is_clean``: nothing stays in a container that was emptied.
    """

    id: int
    code: str
    name_zh: str
    name_en: str
    location_uri: str | None = None
    clock_tolerance_ms: int = 0
    latest_booking_minutes: int = 1440
    emptied_is_clean: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceRules:
    """How exact a tenant's records are, for all of its sites together: what none of them contradicts."""

    clock_tolerance: timedelta = timedelta()
    latest_booking: timedelta = timedelta(days=1)
    emptied_is_clean: bool = False


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role held for one site, or (None) for every site."""

    role_id: int
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person who can sign in. ``badge``: what their badge says when it is scanned. ``invited``: until when the link
    holds by which they may choose a password.
    """

    id: int
    login: str
    name: str
    language: Language
    active: bool
    created: datetime
    last_login: datetime | None
    roles: tuple[RoleGrant, ...] = ()
    second_factor: bool = False
    badge: str | None = None
    has_pin: bool = False
    mail: str | None = None
    has_password: bool = False
    invited: datetime | None = None


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """A named set of rights."""

    id: int
    name_zh: str
    name_en: str
    permissions: tuple[str, ...]
    people: int = 0


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """A machine's token; the secret itself is shown once and kept only as a hash."""

    id: int
    name: str
    prefix: str
    permissions: tuple[str, ...]
    site_id: int | None
    created: datetime
    created_by: Annotated[str, PEOPLE]
    expires: datetime | None
    last_used: datetime | None
    revoked: datetime | None


@dataclass(frozen=True, slots=True)
class TokenMade:
    """A token just made, with its secret for the only time."""

    token: TokenInfo
    secret: str


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """Who is signed in, for the console."""

    user: Person
    tenant: TenantInfo
    sites: tuple[SiteInfo, ...]
    permissions: tuple[str, ...]
    must: tuple[Duty, ...] = ()
    withheld: tuple[str, ...] = ()
