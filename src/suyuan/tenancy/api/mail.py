"""The one channel of mail: any module tells people something, in their language, if they want to be told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.chassis.jobs import later
from suyuan.chassis.mail import own_server
from suyuan.chassis.registry import MailTopic, registry
from suyuan.chassis.settings import settings
from suyuan.kernel.faults import Bilingual, Language
from suyuan.tenancy.api.own import own_user
from suyuan.tenancy.api.provisioning import own_tenant
from suyuan.tenancy.contracts.mail import (
    MAIL_SENT,
    NO_MAIL_ADDRESS,
    NO_MAIL_SERVER,
    NO_SUCH_TOPIC,
    MailChoice,
    MailRow,
    News,
    OwnMail,
)
from suyuan.tenancy.store import mail as store

MAIL_JOB: Final = "tenancy.mail"
_LONGEST_SUBJECT: Final = 150
_ABOUT: Final = Bilingual("打开：", "Open: ")
_CHOOSE: Final = Bilingual(
    "这封邮件由溯源系统自动发出，请勿回复。收哪些邮件，可在“我的账号”里选。",
    "Suyuan sent this mail by itself; do not answer it. Choose under “My account” which mail you get.",
)


def tell_by_mail(topic: str, people: Iterable[int], news: News) -> int:
    """Mail ``news`` to those of ``people`` who want mail of this topic; return how many that are.

    Part of the open transaction: if it rolls back, nobody is told. Without a mail server nothing is kept.
    """
    known = registry.mail_topics[topic]
    told = 0
    if own_server() is None:
        return told
    for user, address, language in store.readers(topic, sorted(set(people)), known.chosen):
        told += _put(topic, user, address, language, news)
    if told:
        later(MAIL_JOB, {})
    return told


def _put(topic: str, user: int, address: str, language: Language, news: News) -> bool:
    subject = news.subject.render(language, news.params)
    subject = f"[{own_tenant().name}] {' '.join(subject.split())}"[:_LONGEST_SUBJECT]
    parts = [news.text.render(language, news.params)]
    if news.link and settings().public_url:
        address_of_page = f"{str(settings().public_url).rstrip('/')}{news.link}"
        parts.append(f"{_ABOUT.render(language)}{address_of_page}")
    parts.append(f"--\n{_CHOOSE.render(language)}")
    return store.put(topic, news.about, user, address, subject, "\n\n".join(parts))


def mail_secret(user: int, address: str, language: Language, news: News, link: str) -> None:
    """Mail somebody a link that nobody else may see, whatever mail they chose; the database has it sealed only."""
    subject = f"[{own_tenant().name}] {news.subject.render(language, news.params)}"[:_LONGEST_SUBJECT]
    body = f"{news.text.render(language, news.params)}\n\n{store.SEALED_PLACE}\n"
    store.put("invitation", news.about, user, address, subject, body, secret=link)
    later(MAIL_JOB, {})


def holders(permission: str, roles: Collection[int] = ()) -> list[int]:
    """Return the active people who hold a right or one of these roles, at any site."""
    return store.holders(permission, roles)


def _topics() -> Mapping[str, MailTopic]:
    principal = tx().principal
    known = registry.mail_topics.values()
    return {each.name: each for each in known if not each.permission or principal.may(each.permission)}


def own_mail() -> OwnMail:
    """Return which mail whoever is signed in gets, and where it goes."""
    user = own_user()
    chosen = store.choices(user.pk)
    choices = tuple(
        MailChoice(each.name, each.title.zh, each.title.en, chosen.get(each.name, each.chosen))
        for each in _topics().values()
    )
    return OwnMail(user.mail, own_server() is not None, choices)


def choose_mail(topic: str, wanted: bool) -> OwnMail:
    """Choose whether one gets mail about something.

    :raises Fault: ``tenancy.no_such_topic``.
    """
    known = _topics()
    if topic not in known:
        raise NO_SUCH_TOPIC(at="/topic", topic=topic[:40], topics=", ".join(known))
    store.choose(own_user().pk, topic, wanted)
    return own_mail()


def try_mail(request_id: str) -> None:
    """Mail oneself something, to see whether it arrives.

    :raises Fault: ``tenancy.no_mail_server``, ``tenancy.no_mail_address``.
    """
    user = own_user()
    if own_server() is None:
        raise NO_MAIL_SERVER()
    if user.mail is None:
        raise NO_MAIL_ADDRESS()
    subject = Bilingual("试发邮件", "A mail to try it")
    text = Bilingual("邮件可以送达。", "Mail reaches you.")
    _put("try", user.pk, user.mail, tx().principal.language, News(f"try {request_id}", subject, text, "/account"))
    later(MAIL_JOB, {})


def mails(limit: int, state: str | None = None, before: int | None = None) -> list[MailRow]:
    """Return mails, newest first, older than the one numbered ``before``."""
    return store.listed(limit, state=state, before=before)


def retry_mail(number: int) -> MailRow:
    """Have a mail that could not be sent tried again at once.

    :raises Fault: ``chassis.not_found``, ``tenancy.mail_sent``.
    """
    if not store.listed(1, mail=number):
        raise NOT_FOUND(what=f"#{number}")
    if not store.again(number):
        raise MAIL_SENT()
    later(MAIL_JOB, {})
    return store.listed(1, mail=number)[0]
