"""Principals from sessions and tokens, asked on every request."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from django.utils.crypto import constant_time_compare

from suyuan.chassis.database import named_sql, row_without_tenant, transaction, tx
from suyuan.kernel.principals import Grant, Principal
from suyuan.tenancy.contracts import Duty
from suyuan.tenancy.domain.duties import without_mixed
from suyuan.tenancy.models import User
from suyuan.tenancy.store.proof import key_hash

_OFFICE = ("tenancy:", "compliance:", "designer:")


def token_hash(secret: str) -> bytes:
    """Return what is kept of a token's secret."""
    return hashlib.sha256(secret.encode()).digest()


def principal_of_token(secret: str) -> Principal | None:
    """Return the principal of a valid token, or None; notes its use at most once a minute."""
    row = row_without_tenant("SELECT * FROM tenancy_find_token(%s)", (token_hash(secret),))
    if row is None:
        return None
    token_id, tenant_id, name, permissions, site_id, used_lately, separated = row
    grants = (Grant(frozenset(permissions), site_id),)
    held = without_mixed(grants) if separated else grants
    principal = Principal(tenant_id, None, name, held, "token", token_id=token_id)
    if used_lately:
        return principal
    with transaction(principal):
        tx().execute(named_sql(__package__, "note_token_use.sql"), {"tenant": tenant_id, "token": token_id})
    return principal


def principal_of_user(
    tenant_id: int, user_id: int, session_hash: str | None, session_key: str | None = None, *, looking: bool = False
) -> Principal | None:
    """Return the principal of an active user.

    With ``session_hash`` and ``session_key``, only while the password is still the same and that session is open and
    not idle for too long; unless ``looking``, it is used by that. Somebody who must do something first
    (:func:`duties_of`) has no rights until it is done.
    """
    with transaction(Principal(tenant_id, user_id, "")):
        row = _row(user_id, session_key)
        if row is None or not row[3]:
            return None
        name, language, password, _, grants, must_change, must_bind, session, alive, stale, by_badge, separated = row
        if session_hash is not None:
            current = User(id=user_id, password=password).get_session_auth_hash()
            if session is None or not alive or not constant_time_compare(current, session_hash):
                return None
            if stale and not looking:
                seen = "UPDATE tenancy_session SET last_seen = clock_timestamp() WHERE tenant_id = %s AND id = %s"
                tx().execute(seen, (tenant_id, session))
    held = tuple(Grant(frozenset(permissions), site) for permissions, site in msgspec.json.decode(grants))
    held = without_mixed(held) if separated else held
    held = () if must_change or must_bind else at_station(held) if by_badge else held
    return Principal(tenant_id, user_id, name, held, "session", language)


def at_station(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """Return what is left of rights for somebody who came by badge: a PIN is no key to people, rules and audit."""
    return tuple(
        Grant(frozenset(right for right in grant.permissions if not right.startswith(_OFFICE)), grant.site_id)
        for grant in grants
    )


def duties_of(user_id: int) -> tuple[Duty, ...]:
    """Return what a person of the open transaction's tenant must do before their rights hold."""
    row = _row(user_id, None)
    if row is None:
        return ()
    return (*(("password",) if row[5] else ()), *(("second_factor",) if row[6] else ()))


def _row(user_id: int, session_key: str | None) -> tuple[Any, ...] | None:
    keys = {"user": user_id, "tenant": tx().principal.tenant_id, "session": key_hash(session_key)}
    return tx().execute(named_sql(__package__, "principal_of_user.sql"), keys, prepare=True).fetchone()
