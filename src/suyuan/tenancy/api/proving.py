"""Second factors, sessions and recovery: one's own, and those of others where they need help."""

from __future__ import annotations

from datetime import UTC, datetime

import zxingcpp

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.tenancy.api.own import confirmed_person, new_codes, own_user
from suyuan.tenancy.api.persons import person, refuse_stronger
from suyuan.tenancy.contracts import (
    CODE_NOT_CONFIRMED,
    FACTOR_REQUIRED,
    NOTHING_TO_CONFIRM,
    Enrolment,
    OwnProof,
)
from suyuan.tenancy.domain import second_factor
from suyuan.tenancy.store import passkeys
from suyuan.tenancy.store import proof as store
from suyuan.tenancy.store.badges import badge_of
from suyuan.tenancy.store.principals import duties_of


def own_proof(session_key: str | None) -> OwnProof:
    """Return how the person who is signed in proves who they are."""
    user = int(own_user().pk)
    bound = store.authenticator(user)
    return OwnProof(
        bound.confirmed if bound else None,
        store.recovery_codes_left(user),
        store.sessions(user, session_key),
        store.policy(),
        duties_of(user),
        *badge_of(user),
        passkeys.of_person(user),
    )


def begin_authenticator(password: str) -> Enrolment:
    """Return a new authenticator to bind; nothing changes before :func:`confirm_authenticator`.

    :raises Fault: ``tenancy.password_wrong``.
    """
    user = confirmed_person(password)
    secret = second_factor.new_secret()
    store.keep_pending(int(user.pk), secret)
    uri = second_factor.enrolment_uri(secret, user.login)
    drawn = zxingcpp.create_barcode(uri, zxingcpp.BarcodeFormat.QRCode).to_svg()
    return Enrolment(secret, uri, drawn[drawn.index("<svg") :])


def confirm_authenticator(code: str) -> list[str]:
    """Bind the authenticator that shows ``code`` and return new recovery codes, for the only time.

    :raises Fault: ``tenancy.nothing_to_confirm``, ``tenancy.code_not_confirmed``.
    """
    user = int(own_user().pk)
    secret = store.pending(user)
    if secret is None:
        raise NOTHING_TO_CONFIRM()
    step = second_factor.accepted_step(secret, code, datetime.now(UTC), 0)
    if step is None:
        raise CODE_NOT_CONFIRMED(at="/code")
    store.bind_authenticator(user, secret, step)
    return new_codes(user)


def new_recovery_codes(password: str) -> list[str]:
    """Return new recovery codes; the old ones are worth nothing from now on.

    :raises Fault: ``tenancy.password_wrong``, ``tenancy.nothing_to_confirm`` without an authenticator.
    """
    user = int(confirmed_person(password).pk)
    if store.authenticator(user) is None and not passkeys.has_any(user):
        raise NOTHING_TO_CONFIRM()
    return new_codes(user)


def remove_own_authenticator(password: str) -> None:
    """Sign in with the password alone from now on.

    :raises Fault: ``tenancy.password_wrong``, ``tenancy.factor_required`` where the policy asks for one.
    """
    user = int(confirmed_person(password).pk)
    if passkeys.has_any(user):
        store.remove_totp(user)
    else:
        store.remove_authenticator(user)
    if "second_factor" in duties_of(user):
        raise FACTOR_REQUIRED()


def end_own_session(session: int, session_key: str | None) -> None:
    """End one of one's own sessions, wherever it is open, but this one: that is signing out.

    :raises Fault: ``chassis.not_found``.
    """
    if not store.end_sessions(tx().principal.user_id or 0, session=session, but_key=session_key):
        raise NOT_FOUND(what=f"#{session}")


def end_own_other_sessions(session_key: str | None) -> int:
    """End every session of one's own but this; return how many."""
    return store.end_sessions(int(own_user().pk), but_key=session_key)


def reset_authenticator(person_id: int) -> None:
    """Take a lost authenticator and all passkeys off somebody, and end their sessions.

    :raises Fault: ``chassis.not_found``, ``tenancy.person_beyond_own``.
    """
    refuse_stronger(person(person_id))
    store.remove_authenticator(person_id)
    passkeys.remove_all(person_id)
    store.end_sessions_of(person_id)


def sign_out_everywhere(person_id: int) -> int:
    """End every session of somebody; return how many.

    :raises Fault: ``chassis.not_found``, ``tenancy.person_beyond_own``.
    """
    refuse_stronger(person(person_id))
    return store.end_sessions_of(person_id)


def forget_ended_sessions() -> int:
    """Forget sessions that ended by nobody using them; return how many."""
    return store.forget_ended_sessions()
