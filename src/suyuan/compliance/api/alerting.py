"""Security alerts: raised once for what calls for one, shown and mailed to whoever is responsible, kept for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.live import tell_changed
from suyuan.chassis.registry import MailTopic
from suyuan.compliance.contracts.alerts import ALERT_HANDLED, ALERT_READ, AlertPage, AlertTopic, SecurityAlert
from suyuan.compliance.domain.alerts import KINDS
from suyuan.compliance.store import alerts as store
from suyuan.kernel.faults import Bilingual, Language, as_written
from suyuan.tenancy import api as tenancy
from suyuan.tenancy.contracts import News

_TOPIC: Final = "security."
MAIL_TOPICS: Final = (
    MailTopic(f"{_TOPIC}integrity", Bilingual("篡改、签名失效、时钟跳变", "Tampering, broken signatures, clock jumps"),
              ALERT_READ, chosen=True),
    MailTopic(f"{_TOPIC}access", Bilingual("新管理员、角色扩大、令牌", "New administrators, wider roles, tokens"),
              ALERT_READ, chosen=True),
    MailTopic(f"{_TOPIC}rules", Bilingual("登录、保留、批准规则被改", "Changed rules of sign-in, retention, approval"),
              ALERT_READ, chosen=True),
    MailTopic(f"{_TOPIC}operation", Bilingual("备份失败", "Failed backups"), ALERT_READ, chosen=True),
    MailTopic(f"{_TOPIC}sign_in", Bilingual("任何人被锁定、从新设备登录",
                                            "Anybody's lock-outs and new devices"), ALERT_READ),
    MailTopic("security.own",
              Bilingual("我的账号：被锁定、新设备、登录凭据更改",
                        "My account: lock-outs, new devices, changed proof"), chosen=True),
)  # fmt: skip


def raise_alert(
    kind: str, source: str, params: Mapping[str, object], *, person: int | None = None, at: datetime | None = None
) -> bool:
    """Raise an alert, once for each ``source``; tell open consoles and, by mail, whoever wants to know.

    :param params: what fills the text of its kind; texts in both languages as :class:`Bilingual`.
    :param person: whose account it is about: they are told too.
    """
    known = KINDS[kind]
    number = store.put(kind, source, params, person, at)
    if number is None:
        return False
    title, body = (
        known.title,
        Bilingual(f"{known.text.zh}\n\n→ {known.advice.zh}", f"{known.text.en}\n\n→ {known.advice.en}"),
    )
    about = f"alert {number}"
    if person is not None:
        tenancy.tell_by_mail("security.own", [person], News(about, title, body, "/account", params))
    readers = tenancy.holders(ALERT_READ)
    tenancy.tell_by_mail(f"{_TOPIC}{known.topic}", readers, News(about, title, body, "/alerts", params))
    tell_changed("alert", "")
    return True


def list_alerts(
    language: Language, *, handled: bool | None = None, topic: AlertTopic | None = None, before: int | None = None,
    limit: int = 50,
) -> AlertPage:  # fmt: skip
    """Return alerts, newest first, below the one numbered ``before``."""
    kinds = None if topic is None else [name for name, kind in KINDS.items() if kind.topic == topic]
    rows = store.listed(limit + 1, handled=handled, kinds=kinds, before=before)
    more = str(rows[limit - 1].id) if len(rows) > limit else None
    return AlertPage(tuple(_told(row, language) for row in rows[:limit]), more, None, store.open_count())


def _told(row: store.AlertRow, language: Language) -> SecurityAlert:
    known = KINDS[row.kind]
    params = {name: _param(value) for name, value in row.params.items()}
    return SecurityAlert(
        row.id, row.at, row.kind, known.level, known.topic, known.title.zh, known.title.en,
        known.text.render(language, params), known.advice.render(language), known.link, row.handled, row.handled_by,
        row.note,
    )  # fmt: skip


def _param(value: Any) -> object:  # noqa: ANN401 (what JSON holds)
    return as_written(value["zh"], value["en"]) if isinstance(value, dict) else value


def handle_alert(number: int, note: str, language: Language) -> SecurityAlert:
    """Note that an alert was looked into, and what was found.

    :raises Fault: ``chassis.not_found``, ``compliance.alert_handled``.
    """
    found = store.listed(1, alert=number)
    if not found:
        raise NOT_FOUND(what=f"#{number}")
    if not store.handle(number, note.strip()):
        raise ALERT_HANDLED(by=found[0].handled_by or "")
    tell_changed("alert", "")
    return _told(store.listed(1, alert=number)[0], language)
