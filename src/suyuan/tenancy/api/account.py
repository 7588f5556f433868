"""One's own account: what the console shows of it, language, password."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from suyuan.chassis.database import named_sql, transaction, tx
from suyuan.kernel.disclosure import closed_to
from suyuan.kernel.faults import Language
from suyuan.kernel.principals import NOT_SIGNED_IN, Principal
from suyuan.tenancy.api.breaches import refuse_breached
from suyuan.tenancy.api.provisioning import own_tenant, sites
from suyuan.tenancy.contracts import (
    PASSWORD_USED_BEFORE,
    PASSWORD_WEAK,
    PASSWORD_WRONG,
    Person,
    RoleGrant,
    SessionInfo,
    TenantInfo,
)
from suyuan.tenancy.models import User
from suyuan.tenancy.store import proof
from suyuan.tenancy.store.principals import duties_of

_WHY_ZH = {
    "password_too_short": "太短",
    "password_too_common": "太常见",
    "password_too_similar": "与登录名或姓名太像",
}


def session_info() -> SessionInfo:
    """Return who is signed in, in the open transaction.

    :raises Fault: ``kernel.not_signed_in`` where the principal is no person.
    """
    principal = tx().principal
    row = (
        tx()
        .execute(
            named_sql("suyuan.tenancy.store", "session_info.sql"),
            {"user": principal.user_id, "tenant": principal.tenant_id},
        )
        .fetchone()
    )
    if row is None:
        raise NOT_SIGNED_IN()
    identity, login, name, language, active, created, last_login, tenant_code, tenant_name, grants = row
    roles = tuple(RoleGrant(*msgspec.json.decode(grant)) for grant in grants)
    person = Person(identity, login, name, language, active, created, last_login, roles)
    tenant = TenantInfo(principal.tenant_id, tenant_code, tenant_name)
    reached = principal.sites_for("trace:event:read")
    visible = tuple(site for site in sites() if reached is None or site.id in reached)
    withheld = tuple(sorted(group.name for group in closed_to(principal)))
    return SessionInfo(person, tenant, visible, tuple(sorted(principal.permissions)), duties_of(identity), withheld)


def session_info_of(principal: Principal) -> SessionInfo:
    """Return the same for a person who has just signed in, in a transaction of its own."""
    with transaction(principal):
        return session_info()


def change_language(language: Language) -> None:
    """Keep the language the person wants to be spoken to in."""
    tx().execute("UPDATE tenancy_user SET language = %s WHERE id = %s", (language, tx().principal.user_id))


def encode_new_password(password: str, user: User) -> str:
    """Return the hash of a password that the tenant's policy accepts.

    :raises Fault: ``tenancy.password_weak`` with why, ``tenancy.password_breached``, ``tenancy.breached_list_away``,
        ``tenancy.password_used_before``.
    """
    rules = proof.policy()
    if len(password) < rules.password_length:
        raise PASSWORD_WEAK(
            at="/password", why_zh="太短", why_en="it is too short", length=rules.password_length
        )  # fmt: skip
    _refuse_company_words(password, rules.password_length)
    try:
        validate_password(password, user)
    except ValidationError as error:
        first = error.error_list[0]
        raise PASSWORD_WEAK(
            at="/password", why_en=" ".join(first.messages), why_zh=_WHY_ZH.get(first.code or "", "不符合要求"),
            length=rules.password_length,
        ) from None  # fmt: skip
    refuse_breached(password)
    if user.pk and rules.password_history:
        former = [*proof.former_passwords(user.pk, rules.password_history), user.password]
        if any(check_password(password, encoded) for encoded in former):
            raise PASSWORD_USED_BEFORE(at="/password", count=rules.password_history)
    return make_password(password)


def _refuse_company_words(password: str, length: int) -> None:
    """Refuse what whoever guesses tries first: the names of the product and of the company."""
    company = own_tenant()
    words = {word.casefold() for word in ("suyuan", "溯源", company.code, company.name)}
    if any(word in password.casefold() for word in words if len(word) >= 4 or not word.isascii()):
        raise PASSWORD_WEAK(
            at="/password", why_zh="含有公司或产品的名称", why_en="it has the company's or the product's name in it",
            length=length,
        )  # fmt: skip


def keep_new_password(user: User, encoded: str, *, must_change: bool) -> None:
    """Put a new password in the place of the old one. ``must_change``: somebody else knows it, who set it."""
    proof.keep_former_password(user.pk, user.password, proof.policy().password_history)
    user.password, user.must_change_password, user.password_changed = encoded, must_change, datetime.now(UTC)


def change_own_password(old: str, new: str) -> str:
    """Change the password and return its hash; every other session of this person ends.

    :raises Fault: ``tenancy.password_wrong``, and as :func:`encode_new_password`.
    """
    user = User.objects.filter(pk=tx().principal.user_id or 0).first()
    if user is None:
        raise NOT_SIGNED_IN()
    if not check_password(old, user.password):
        raise PASSWORD_WRONG(at="/old")
    encoded = encode_new_password(new, user)
    if check_password(new, user.password):
        raise PASSWORD_USED_BEFORE(at="/password", count=1)
    keep_new_password(user, encoded, must_change=False)
    user.save()
    proof.end_sessions(user.pk)
    return encoded
