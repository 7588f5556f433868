"""Who is calling: console sessions and machine tokens become principals; guessing is locked out.

These functions run before a tenant is known, so they open their own short transactions; everything after runs in the
request's one transaction.
"""

from __future__ import annotations

from functools import cache

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.base import SessionBase

from suyuan.chassis.database import transaction, without_tenant
from suyuan.kernel.principals import Principal
from suyuan.tenancy.contracts import TOKEN_REFUSED, WRONG_CREDENTIALS
from suyuan.tenancy.models import User
from suyuan.tenancy.store.attempts import count_failure, forget_failures, refuse_if_locked_out
from suyuan.tenancy.store.principals import principal_of_token, principal_of_user

TENANT_SESSION_KEY = "suyuan_tenant"


@cache
def _no_such_person_hash() -> str:
    """A hash to check against where the login does not exist, so that the answer takes the same time."""
    return make_password("no such person")


def identify(authorization: str | None, session: SessionBase, address: str) -> Principal | None:
    """Return who calls, or None where neither a token nor a session came with the request.

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
    return principal_of_user(int(tenant_id), int(user_id), session.get(HASH_SESSION_KEY, ""))


def sign_in(session: SessionBase, login: str, password: str, address: str) -> Principal:
    """Check the password, start a new session key and return the principal.

    :raises Fault: ``tenancy.wrong_credentials`` (also for a person who left), ``tenancy.locked_out``.
    """
    refuse_if_locked_out(address, login)
    with without_tenant() as connection:
        row = connection.execute("SELECT * FROM tenancy_find_login(%s)", (login.strip(),)).fetchone()
    user_id, tenant_id, encoded, active = row or (None, None, _no_such_person_hash(), False)
    if not check_password(password, encoded) or not active or user_id is None or tenant_id is None:
        count_failure(address, login)
        raise WRONG_CREDENTIALS()
    forget_failures(login.strip())
    with transaction(Principal(tenant_id, user_id, login)) as current:
        current.execute("UPDATE tenancy_user SET last_login = clock_timestamp() WHERE id = %s", (user_id,))
    principal = principal_of_user(tenant_id, user_id, None)
    if principal is None:
        raise WRONG_CREDENTIALS()
    start_session(session, principal, encoded)
    return principal


def start_session(session: SessionBase, principal: Principal, encoded_password: str) -> None:
    """Bind the session to the person and their present password; a new key, so a planted one is worthless."""
    session.cycle_key()
    session[SESSION_KEY] = str(principal.user_id)
    session[TENANT_SESSION_KEY] = principal.tenant_id
    session[HASH_SESSION_KEY] = User(id=principal.user_id, password=encoded_password).get_session_auth_hash()
    session.save()


def sign_out(session: SessionBase) -> None:
    """End the session, here and on the server."""
    session.flush()
