"""Invitations: links by which people choose a password of their own, which nobody else then knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from suyuan.kernel.faults import Language, fault_kind

INVITATION_GONE = fault_kind(
    "tenancy.invitation_gone",
    410,
    zh="这个链接已用过、已过期或已被收回。",
    en="This link was used, has expired or was taken back.",
    remedy_zh="请向管理员要一个新链接；设过密码的，直接登录。",
    remedy_en="Ask an administrator for a new one; if you have set your password, sign in.",
)
PERSON_INACTIVE = fault_kind(
    "tenancy.person_inactive",
    409,
    zh="“{name}”已停用，不能邀请。",
    en="“{name}” is deactivated and cannot be invited.",
    remedy_zh="请先启用此人。",
    remedy_en="Activate them first.",
)
INVITES_ONESELF = fault_kind(
    "tenancy.invites_oneself",
    409,
    zh="不能给自己发邀请。",
    en="Nobody invites themselves.",
    remedy_zh="在“我的账户”里用现在的密码修改密码；忘记了请另一位管理员邀请。",
    remedy_en="Change your password under “My account”; if you forgot it, another administrator invites you.",
)


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """An invitation just made. It was mailed to ``mailed_to``, where nobody else sees it; else ``link`` and ``svg``
    (a QR code of it) are there for the only time, to be handed over.
    """

    person_id: int
    expires: datetime
    mailed_to: str | None
    link: str | None
    svg: str | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody who opens their link is told. ``resets``: they had a password, which holds until they choose."""

    login: str
    name: str
    company: str
    language: Language
    password_length: int
    resets: bool
    expires: datetime
