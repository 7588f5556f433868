"""Signing in at a station: the badge tells who, the PIN proves it."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.base import SessionBase

from suyuan.chassis.database import transaction, tx, without_tenant
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import NOT_SIGNED_IN, Principal
from suyuan.tenancy.api.signing_in import no_such_person_hash, note_attempt, start_session
from suyuan.tenancy.contracts import (
    BADGE_REFUSED,
    BADGE_TAKEN,
    FIELD_INVALID,
    PASSWORD_WRONG,
    PIN_WEAK,
    Means,
    SignInOutcome,
    Visit,
)
from suyuan.tenancy.domain.pins import weakness
from suyuan.tenancy.models import User
from suyuan.tenancy.store import badges
from suyuan.tenancy.store.attempts import count_failure, forget_failures, refuse_if_locked_out
from suyuan.tenancy.store.principals import at_station, principal_of_user

_LONGEST = 120


def sign_in_by_badge(session: SessionBase, tenant: str | None, badge: str, pin: str, visit: Visit) -> Principal:
    """Check badge and PIN and start a session, which has no rights over people, rules and the audit trail.

    ``tenant``: the code of the company, as the device knows it; None where the installation has one only.

    :raises Fault: ``tenancy.badge_refused`` (also for a person who left, or has no PIN), ``tenancy.locked_out``.
    """
    badge = badge.strip()
    with without_tenant() as connection:
        asked = ("SELECT tenancy_tenant_by_code(%s)", (tenant,)) if tenant else ("SELECT tenancy_only_tenant()", ())
        row = connection.execute(*asked).fetchone()
    tenant_id = row[0] if row else None
    subject = f"badge {tenant_id or 0} {badge}"
    found = None
    if tenant_id is not None and badge:
        with transaction(Principal(tenant_id, None, "")):
            found = badges.holder(badge)
    known = Principal(tenant_id, found.user, "") if found and tenant_id is not None else None
    try:
        refuse_if_locked_out(visit.address, subject)
    except Fault:
        note_attempt(known, visit, SignInOutcome.LOCKED_OUT, "badge")
        raise
    right = check_password(pin, (found.pin if found else None) or no_such_person_hash())
    if not right or found is None or known is None or not found.active:
        count_failure(visit.address, subject)
        note_attempt(known, visit, SignInOutcome.INACTIVE if right else SignInOutcome.WRONG_CODE, "badge")
        raise BADGE_REFUSED()
    forget_failures(subject)
    note_attempt(known, visit, SignInOutcome.SIGNED_IN, "badge")
    principal = principal_of_user(known.tenant_id, found.user, None)
    if principal is None:
        raise BADGE_REFUSED()
    principal = replace(principal, grants=at_station(principal.grants))
    with transaction(principal) as current:
        current.execute("UPDATE tenancy_user SET last_login = clock_timestamp() WHERE id = %s", (found.user,))
        start_session(session, principal, found.password, visit, Means("badge"))
    return principal


def change_own_pin(password: str, pin: str) -> None:
    """Choose one's own PIN.

    :raises Fault: ``tenancy.password_wrong``, ``tenancy.pin_weak``.
    """
    user = User.objects.filter(pk=tx().principal.user_id or 0).first()
    if user is None:
        raise NOT_SIGNED_IN()
    if not check_password(password, user.password):
        raise PASSWORD_WRONG(at="/password")
    keep_pin(int(user.pk), pin)


def keep_pin(user: int, pin: str) -> None:
    """Keep a person's PIN; an empty one takes it from them.

    :raises Fault: ``tenancy.pin_weak``.
    """
    weak = weakness(pin) if pin else None
    if weak is not None:
        raise PIN_WEAK(at="/pin", why_zh=weak[0], why_en=weak[1])
    badges.keep(user, "secret_hash", make_password(pin) if pin else None)


def keep_badge(user: int, badge: str) -> None:
    """Keep what a person's badge says; an empty one takes it from them.

    :raises Fault: ``tenancy.badge_taken``, ``tenancy.field_invalid``.
    """
    badge = badge.strip()
    if len(badge) > _LONGEST or not badge.isprintable():
        raise FIELD_INVALID(at="/badge", field="badge", given=badge[:40], allowed=f"1–{_LONGEST}")
    if badge and badges.is_taken(badge, user):
        raise BADGE_TAKEN(at="/badge", badge=badge)
    badges.keep(user, "badge", badge or None)
