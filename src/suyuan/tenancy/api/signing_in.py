"""Who is calling: console sessions and machine tokens become principals; guessing is locked out.

These functions run before a tenant is known, so they open their own short transactions; everything after runs in the
request's one transaction.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.base import SessionBase

from suyuan.chassis.database import in_transaction, transaction, without_tenant
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal
from suyuan.tenancy.api import passkeys
from suyuan.tenancy.contracts import (
    CODE_WRONG,
    PASSKEY_NEEDED,
    PASSKEY_REFUSED,
    SECOND_FACTOR_NEEDED,
    TOKEN_REFUSED,
    WRONG_CREDENTIALS,
    Means,
    Method,
    SignInOutcome,
    Visit,
)
from suyuan.tenancy.domain.second_factor import accepted_step, recovery_hash
from suyuan.tenancy.models import User
from suyuan.tenancy.store import passkeys as passkey_store
from suyuan.tenancy.store import proof
from suyuan.tenancy.store.attempts import count_failure, forget_failures, refuse_if_locked_out
from suyuan.tenancy.store.principals import principal_of_token, principal_of_user

TENANT_SESSION_KEY = "suyuan_tenant"


@cache
def no_such_person_hash() -> str:
    """A hash to check against where the login does not exist, so that the answer takes the same time."""
    return make_password("no such person")


def identify(
    authorization: str | None, session: SessionBase, address: str, *, looking: bool = False
) -> Principal | None:
    """Return who calls, or None where neither a token nor a session came with the request.

    ``looking``: nobody does anything, so that the session is not kept from growing idle.

    :raises Fault: ``tenancy.token_refused`` for a token that is not valid, ``tenancy.locked_out`` after many of those.
    """
    if authorization is not None:
        scheme, _, secret = authorization.partition(" ")
        principal = principal_of_token(secret.strip()) if scheme.lower() == "bearer" else None
        if principal is None:
            refuse_if_locked_out(address)
            count_failure(address)
            raise TOKEN_REFUSED()
        return principal
    user_id, tenant_id = session.get(SESSION_KEY), session.get(TENANT_SESSION_KEY)
    if user_id is None or tenant_id is None:
        return None
    proof = session.get(HASH_SESSION_KEY, ""), session.session_key
    return principal_of_user(int(tenant_id), int(user_id), *proof, looking=looking)


def sign_in(
    session: SessionBase, login: str, password: str, visit: Visit, code: str | None = None,
    passkey: passkeys.Answer | None = None,
) -> Principal:  # fmt: skip
    """Check the password and, where the person has another factor, that; start a new session.

    :raises Fault: ``tenancy.wrong_credentials`` (also for a person who left), ``tenancy.second_factor_needed``,
        ``tenancy.passkey_needed``, ``tenancy.code_wrong``, ``tenancy.passkey_refused``, ``tenancy.locked_out``.
    """
    login = login.strip()
    with without_tenant() as connection:
        row = connection.execute("SELECT * FROM tenancy_find_login(%s)", (login,)).fetchone()
    user_id, tenant_id, encoded, active = row or (None, None, no_such_person_hash(), False)
    known = None if user_id is None or tenant_id is None else Principal(tenant_id, user_id, login)
    try:
        refuse_if_locked_out(visit.address, login)
    except Fault:
        note_attempt(known, visit, SignInOutcome.LOCKED_OUT)
        raise
    right = check_password(password, encoded)
    if not right or not active or known is None:
        count_failure(visit.address, login)
        note_attempt(known, visit, SignInOutcome.INACTIVE if right else SignInOutcome.WRONG_PASSWORD)
        raise WRONG_CREDENTIALS()
    strong = _prove_second_factor(known, login, code, passkey, visit)
    forget_failures(login)
    return enter(session, known, visit, Means("password", strong))


def sign_in_by_passkey(session: SessionBase, answer: passkeys.Answer, visit: Visit) -> Principal:
    """Sign in with a passkey alone: the device is one factor, that it saw its person is the other.

    :raises Fault: ``tenancy.passkey_refused`` (also for a person who left), ``tenancy.passkey_cloned``,
        ``tenancy.challenge_gone``, ``tenancy.locked_out``.
    """
    known = passkeys.holder_of(answer)
    subject = f"passkey {known.user_id if known else 0}"
    try:
        refuse_if_locked_out(visit.address, subject)
    except Fault:
        note_attempt(known, visit, SignInOutcome.LOCKED_OUT, "passkey")
        raise
    if known is None:
        count_failure(visit.address, subject)
        raise PASSKEY_REFUSED()
    _prove_passkey(known, subject, answer, visit)
    return enter(session, known, visit, Means("passkey", strong=True))


def enter(session: SessionBase, who: Principal, visit: Visit, how: Means) -> Principal:
    """Start a session of somebody who has proven who they are, unless they left.

    :raises Fault: ``tenancy.wrong_credentials``.
    """
    principal = principal_of_user(who.tenant_id, who.user_id or 0, None)
    if principal is None:
        note_attempt(who, visit, SignInOutcome.INACTIVE, how.method)
        raise WRONG_CREDENTIALS()
    note_attempt(who, visit, SignInOutcome.SIGNED_IN, how.method)
    with transaction(principal) as current:
        encoded = current.value(
            "UPDATE tenancy_user SET last_login = clock_timestamp() WHERE id = %s RETURNING password", (who.user_id,)
        )
        start_session(session, principal, encoded, visit, how)
    return principal


def note_attempt(who: Principal | None, visit: Visit, outcome: SignInOutcome, method: Method = "password") -> None:
    """Keep an attempt, whatever becomes of the request; one under no known login is counted, and is no tenant's."""
    if who is not None and who.user_id is not None:
        with transaction(who):
            proof.note_sign_in(who.user_id, visit, outcome, method)


def _prove_passkey(who: Principal, subject: str, answer: passkeys.Answer, visit: Visit) -> None:
    try:
        passkeys.proven(who, answer, passkeys.SIGN_IN, visit)
    except Fault:
        count_failure(visit.address, subject)
        note_attempt(who, visit, SignInOutcome.WRONG_PASSKEY, "passkey")
        raise


def _prove_second_factor(
    who: Principal, login: str, code: str | None, passkey: passkeys.Answer | None, visit: Visit
) -> bool:
    """Return whether there was a second factor that holds; False where the person has none.

    :raises Fault: where it is missing or wrong; wrong ones count.
    """
    if passkey is not None:
        _prove_passkey(who, login, passkey, visit)
        return True
    held = _code_holds(who, code)
    if held is None:
        return False
    if not held:
        if not code:
            raise _what_is_needed(who)
        count_failure(visit.address, login)
        note_attempt(who, visit, SignInOutcome.WRONG_CODE)
        raise CODE_WRONG(at="/code")
    return True


def _what_is_needed(who: Principal) -> Fault:
    with transaction(who):
        by_code = proof.authenticator(who.user_id or 0) is not None
    return SECOND_FACTOR_NEEDED() if by_code else PASSKEY_NEEDED()


def _code_holds(who: Principal, code: str | None) -> bool | None:
    """Tell whether ``code`` is the authenticator's or an unused recovery code, and use it up; None without a factor."""
    user = who.user_id or 0
    with transaction(who):
        bound = proof.authenticator(user)
        if bound is None and not passkey_store.has_any(user):
            return None
        step = accepted_step(bound.secret, code or "", datetime.now(UTC), bound.last_step) if bound else None
        if bound is not None and step is not None:
            proof.note_step(bound.id, step)
            return True
        return bool(code) and proof.use_recovery_code(user, recovery_hash(code or ""))


def start_session(session: SessionBase, principal: Principal, encoded_password: str, visit: Visit, how: Means) -> None:
    """Bind the session to the person and their present password; a new key, so a planted one is worthless.

    Runs in the open transaction of the person's tenant.
    """
    user = principal.user_id or 0
    session.cycle_key()
    session[SESSION_KEY] = str(user)
    session[TENANT_SESSION_KEY] = principal.tenant_id
    session[HASH_SESSION_KEY] = User(id=user, password=encoded_password).get_session_auth_hash()
    session.save()
    proof.open_session(user, session.session_key or "", visit, proof.policy().sessions_most, how)


def sign_out(session: SessionBase) -> None:
    """End the session, here and on the server."""
    user_id, tenant_id, key = session.get(SESSION_KEY), session.get(TENANT_SESSION_KEY), session.session_key
    session.flush()
    if user_id is not None and tenant_id is not None and not in_transaction():
        with transaction(Principal(int(tenant_id), int(user_id), "")):
            proof.end_session_of_key(key)
    elif user_id is not None:
        proof.end_session_of_key(key)
