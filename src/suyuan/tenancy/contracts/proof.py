"""How people prove who they are: second factors, sessions, sign-ins, and the tenant's policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from suyuan.kernel.faults import Bilingual, fault_kind
from suyuan.kernel.principals import Permission
from suyuan.tenancy.contracts.passkeys import Passkey

SECOND_FACTOR_NEEDED = fault_kind(
    "tenancy.second_factor_needed",
    401,
    zh="密码正确，还需要动态码。",
    en="The password is right; a code is needed too.",
    remedy_zh="输入身份验证器里的 6 位动态码，或一个恢复码。",
    remedy_en="Type the six digits that your authenticator shows, or a recovery code.",
)
CODE_WRONG = fault_kind(
    "tenancy.code_wrong",
    401,
    zh="动态码不对、已过期或已用过。",
    en="The code is wrong, has run out or was used before.",
    remedy_zh="等下一个动态码再试；手机时间须与标准时间一致。也可以用恢复码。",
    remedy_en="Wait for the next code; the telephone's clock must be right. A recovery code works too.",
)
CODE_NOT_CONFIRMED = fault_kind(
    "tenancy.code_not_confirmed",
    422,
    zh="动态码不对或已过期。",
    en="The code is wrong or has run out.",
    remedy_zh="输入身份验证器现在显示的 6 位数字；手机时间须与标准时间一致。",
    remedy_en="Type the six digits that the authenticator shows now; the telephone's clock must be right.",
)
NOTHING_TO_CONFIRM = fault_kind(
    "tenancy.nothing_to_confirm",
    409,
    zh="没有待确认的身份验证器。",
    en="There is no authenticator to confirm.",
    remedy_zh="请重新开始绑定。",
    remedy_en="Begin again.",
)
FACTOR_REQUIRED = fault_kind(
    "tenancy.factor_required",
    409,
    zh="公司规定您必须使用动态码，不能停用。",
    en="Your company's policy asks for a second factor of you; it cannot be taken off.",
    remedy_zh="要换手机，请直接重新绑定。",
    remedy_en="To change telephones, bind the new one.",
)
PASSWORD_USED_BEFORE = fault_kind(
    "tenancy.password_used_before",
    422,
    zh="这个密码最近用过。",
    en="This password was used before.",
    remedy_zh="请换一个与最近 {count} 个都不同的密码。",
    remedy_en="Choose one that differs from the last {count}.",
)
PRESENCE_WRONG = fault_kind(
    "tenancy.presence_wrong",
    422,
    zh="账号或密码不对，未签名。",
    en="Login or password is wrong; nothing was signed.",
    remedy_zh="请输入您自己的账号和现在使用的密码。连续输错会被锁定。",
    remedy_en="Type your own login and the password you use now. Repeated mistakes lock you out.",
)
PERSON_NEEDED = fault_kind(
    "tenancy.person_needed",
    409,
    zh="这件事只能由登录的人来做，令牌不行。",
    en="Only a person who is signed in can do this; a token cannot.",
    remedy_zh="请在控制台登录后再做。",
    remedy_en="Sign in to the console and do it there.",
)

BADGE_REFUSED = fault_kind(
    "tenancy.badge_refused",
    401,
    zh="工牌或 PIN 不对。",
    en="The badge or the PIN is wrong.",
    remedy_zh="请重试；没有 PIN 请在“我的账号”设置，或找管理员。",
    remedy_en="Try again; without a PIN, choose one under “My account”, or ask an administrator.",
)
BADGE_TAKEN = fault_kind(
    "tenancy.badge_taken",
    409,
    zh="工牌“{badge}”已属于别人。",
    en="The badge “{badge}” is somebody else's.",
    remedy_zh="请换一张工牌，或先从那个人身上移除。",
    remedy_en="Use another badge, or take it from them first.",
)
PIN_WEAK = fault_kind(
    "tenancy.pin_weak",
    422,
    zh="这个 PIN 不能用：{why_zh}（{why_en}）",
    en="This PIN is not taken: {why_en} ({why_zh})",
    remedy_zh="请用 4–12 位数字，不要全部相同或连续。",
    remedy_en="Use 4 to 12 digits, not all the same and not counting up or down.",
)

PROOF_PERMISSIONS = (
    Permission("tenancy:policy:read", Bilingual("查看登录规则", "See the sign-in policy")),
    Permission("tenancy:policy:write", Bilingual("修改登录规则", "Change the sign-in policy")),
    Permission("tenancy:sign_in:read", Bilingual("查看登录记录", "See sign-ins")),
)
Method = Literal["password", "badge", "passkey", "provider"]
"""How somebody signed in; ``provider``: the company's own sign-in service."""
Duty = Literal["password", "second_factor"]
"""What a person must do before any right of theirs holds."""


class SignInOutcome(StrEnum):
    """How an attempt to sign in ended."""

    SIGNED_IN = "signed_in"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 (an outcome, not a password)
    WRONG_CODE = "wrong_code"
    WRONG_PASSKEY = "wrong_passkey"
    REFUSED_BY_RULES = "refused_by_rules"
    LOCKED_OUT = "locked_out"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class SignInPolicy:
    """A tenant's rules. ``password_days`` and ``sessions_most`` 0: no limit; ``password_history`` 0: not looked at.

    ``idle_minutes``: a session unused for so long has ended, and any after ``session_hours``.
    ``second_factor``: whom it is required of.
    """

    password_length: int = 10
    password_history: int = 0
    password_days: int = 0
    idle_minutes: int = 720
    session_hours: int = 12
    sessions_most: int = 0
    second_factor: Literal["optional", "administrators", "everyone"] = "optional"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An authenticator to bind: its secret in base 32, as URI and as a QR code in SVG."""

    secret: str
    uri: str
    svg: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A console session of one's own. ``agent`` is what the browser says of itself."""

    id: int
    created: datetime
    last_seen: datetime
    address: str
    agent: str
    current: bool


@dataclass(frozen=True, slots=True)
class OwnProof:
    """How one proves who one is: authenticator, recovery codes left, open sessions, the policy, what one must do."""

    authenticator_since: datetime | None
    recovery_codes: int
    sessions: tuple[OpenSession, ...]
    policy: SignInPolicy
    must: tuple[Duty, ...]
    badge: str | None = None
    has_pin: bool = False
    passkeys: tuple[Passkey, ...] = ()


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One attempt to sign in. ``new_address``: the person had never signed in from there."""

    id: int
    at: datetime
    user_id: int
    login: str | None
    name: str | None
    address: str
    agent: str
    outcome: SignInOutcome
    new_address: bool
    method: Method = "password"


@dataclass(frozen=True, slots=True)
class HeldRight:
    """A right that a person holds, for a site or (None) for every site, and the roles that give it."""

    user_id: int
    login: str
    name: str
    active: bool
    permission: str
    site_id: int | None
    roles_zh: tuple[str, ...]
    roles_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody gives to prove again who they are: login, password and code, or a passkey's answer (WebAuthn)."""

    login: str = ""
    password: str = ""
    code: str | None = None
    passkey: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """Who proved to be there just now, and by which components: ``login``, ``password``,
    ``authenticator``; ``passkey`` and ``user_verification``."""

    user_id: int
    login: str
    name: str
    components: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a request comes from. ``website``: ``scheme://host:port`` asked; ``browser``: tells one from another."""

    address: str
    agent: str = ""
    website: str = ""
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """By which means somebody signed in. ``strong``: two factors, or one device that saw its person."""

    method: Method
    strong: bool = False
