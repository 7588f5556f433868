"""Mail to people: what it can be about, who wants it, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from suyuan.kernel.faults import Bilingual, fault_kind

MailState = Literal["waiting", "sent", "failed"]

NO_SUCH_TOPIC = fault_kind(
    "tenancy.no_such_topic",
    422,
    zh="没有“{topic}”这类邮件，或您没有相应的权限。",
    en="There is no mail about “{topic}”, or you lack the right for it.",
    remedy_zh="可选的有：{topics}。",
    remedy_en="There are: {topics}.",
)
NO_MAIL_ADDRESS = fault_kind(
    "tenancy.no_mail_address",
    409,
    zh="您的账号没有邮箱地址。",
    en="Your account has no mail address.",
    remedy_zh="请管理人员的人在“人员”里填写。",
    remedy_en="Ask somebody who manages people to fill it in.",
)
NO_MAIL_SERVER = fault_kind(
    "tenancy.no_mail_server",
    409,
    zh="还没有设置邮件服务器。",
    en="No mail server is set.",
    remedy_zh="请系统运维设置 SUYUAN_MAIL_HOST 等，密码放在文件里，然后重启。",
    remedy_en="The operator sets SUYUAN_MAIL_HOST and so on, with the password in a file, and restarts.",
)
MAIL_SENT = fault_kind(
    "tenancy.mail_sent",
    409,
    zh="这封邮件已发出。",
    en="This mail was sent.",
    remedy_zh="没有收到请查看垃圾邮件，或询问邮件服务器的管理员。",
    remedy_en="If it did not arrive, look into the spam folder or ask whoever runs the mail server.",
)


@dataclass(frozen=True, slots=True)
class MailChoice:
    """Something that mail can be about, and whether one gets it."""

    topic: str
    title_zh: str
    title_en: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class OwnMail:
    """Where one's mail goes (None: nowhere), whether a server is set, and which mail one gets."""

    address: str | None
    server: bool
    choices: tuple[MailChoice, ...]


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail and what became of it; ``said`` is what the server answered last."""

    id: int
    created: datetime
    topic: str
    address: str
    name: str
    subject: str
    state: MailState
    attempts: int
    due: datetime | None
    finished: datetime | None
    said: str


@dataclass(frozen=True, slots=True)
class News:
    """What is told. ``about`` names it: nobody is told the same twice. ``link``: path of a page of the console."""

    about: str
    subject: Bilingual
    text: Bilingual
    link: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
