"""Inviting people: they choose a password of their own by a link that holds once and not for long."""

from __future__ import annotations

import secrets

import zxingcpp
from django.contrib.auth.hashers import is_password_usable

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import transaction, tx
from suyuan.chassis.mail import own_server
from suyuan.chassis.settings import settings
from suyuan.kernel.faults import Bilingual
from suyuan.kernel.principals import Principal
from suyuan.tenancy.api.account import encode_new_password, keep_new_password
from suyuan.tenancy.api.mail import mail_secret
from suyuan.tenancy.api.persons import person, refuse_stronger
from suyuan.tenancy.api.provisioning import own_tenant
from suyuan.tenancy.contracts import (
    INVITATION_GONE,
    INVITES_ONESELF,
    PERSON_INACTIVE,
    Invitation,
    InvitationMade,
    Visit,
)
from suyuan.tenancy.contracts.mail import News
from suyuan.tenancy.models import User
from suyuan.tenancy.store import invitations as store
from suyuan.tenancy.store import proof
from suyuan.tenancy.store.attempts import count_failure, forget_failures, refuse_if_locked_out
from suyuan.tenancy.store.principals import principal_of_user, token_hash

_INVITED = Bilingual("欢迎加入：请设置您的密码", "Welcome: choose your password")
_RESET = Bilingual("重设您的密码", "Choose a new password")
_INVITED_TEXT = Bilingual(
    "{name}，您好：\n\n{company} 为您开通了溯源系统的账号：{login}。请打开下面的链接，设置只有您自己知道的密码。"
    "链接只能用一次，{hours} 小时内有效。",
    "Hello {name},\n\n{company} has made an account in Suyuan for you: {login}. Open the link below and choose a "
    "password that only you know. The link works once, for {hours} hours.",
)
_RESET_TEXT = Bilingual(
    "{name}，您好：\n\n{company} 的管理员为您的账号 {login} 发来重设密码的链接。链接只能用一次，{hours} 小时内有效；"
    "在您设置新密码之前，原来的密码照常有效。如果您没有要求重设，请不要打开，并告诉管理员。",
    "Hello {name},\n\nan administrator of {company} sends you a link to choose a new password for your account {login}."
    " It works once, for {hours} hours; until you have chosen, your present password holds. If you did not ask for it, "
    "do not open it, and tell an administrator.",
)


def invite(person_id: int, base: str) -> InvitationMade:
    """Make a link by which somebody chooses their password; any earlier one is worth nothing from now on.

    It is mailed where a mail server and our own address are set and the person has an address; then nobody else sees
    it. ``base``: where the server is reached, for a link that is handed over.

    :raises Fault: ``chassis.not_found``, ``tenancy.person_beyond_own``, ``tenancy.person_inactive``,
        ``tenancy.invites_oneself``.
    """
    whom = person(person_id)
    refuse_stronger(whom)
    if person_id == tx().principal.user_id:
        raise INVITES_ONESELF()
    if not whom.active:
        raise PERSON_INACTIVE(name=whom.name)
    secret, hours, ours = secrets.token_urlsafe(32), settings().invitation_hours, settings().public_url
    # A mail is read elsewhere: its link names us as the operator does, not as the request calls us.
    mailed_to = whom.mail if own_server() is not None and ours else None
    store.revoke(person_id)
    number, expires = store.put(
        person_id, token_hash(secret), hours, resets=whom.has_password, mailed_to=mailed_to
    )  # fmt: skip
    link = f"{(ours or base).rstrip('/')}/invitation#{secret}"
    if mailed_to is None:
        drawn = zxingcpp.create_barcode(link, zxingcpp.BarcodeFormat.QRCode).to_svg()
        return InvitationMade(person_id, expires, None, link, drawn[drawn.index("<svg") :])
    told = {"name": whom.name, "company": own_tenant().name, "login": whom.login, "hours": hours}
    subject, text = (_RESET, _RESET_TEXT) if whom.has_password else (_INVITED, _INVITED_TEXT)
    mail_secret(person_id, mailed_to, whom.language, News(f"invitation {number}", subject, text, params=told), link)
    return InvitationMade(person_id, expires, mailed_to, None, None)


def revoke_invitation(person_id: int) -> None:
    """Take somebody's invitation back.

    :raises Fault: ``chassis.not_found`` where none holds, ``tenancy.person_beyond_own``.
    """
    refuse_stronger(person(person_id))
    if not store.revoke(person_id):
        raise NOT_FOUND(what=f"#{person_id}")


def open_invitation(secret: str, visit: Visit) -> Invitation:
    """Return whom a link invites; it stays good.

    :raises Fault: ``tenancy.invitation_gone``, ``tenancy.locked_out``.
    """
    found, who = _found(secret, visit)
    with transaction(who):
        user = User.objects.get(pk=found.user_id)
        return Invitation(
            user.login, user.name, own_tenant().name, who.language, proof.policy().password_length,
            is_password_usable(user.password), found.expires,
        )  # fmt: skip


def accept_invitation(secret: str, password: str, visit: Visit) -> None:
    """Give the person whom a link invites the password that they chose; the link is used up, their sessions end.

    :raises Fault: ``tenancy.invitation_gone``, ``tenancy.locked_out``, ``tenancy.password_weak``,
        ``tenancy.password_used_before``; the link then stays good.
    """
    found, who = _found(secret, visit)
    with transaction(who, reason="invitation"):
        user = User.objects.get(pk=found.user_id)
        encoded = encode_new_password(password, user)
        if not store.use(found.id):
            raise INVITATION_GONE()
        keep_new_password(user, encoded, must_change=False)
        user.save()
        proof.end_sessions(found.user_id)
    forget_failures(user.login)  # whoever forgot their password has tried it


def _found(secret: str, visit: Visit) -> tuple[store.Found, Principal]:
    hashed = token_hash(secret)
    subject = f"invitation {hashed.hex()}"
    refuse_if_locked_out(visit.address, subject)
    found = store.find(hashed)
    who = principal_of_user(found.tenant_id, found.user_id, None) if found else None
    if found is None or who is None:
        count_failure(visit.address, subject)
        raise INVITATION_GONE()
    return found, who
