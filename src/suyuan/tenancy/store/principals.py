"""Principals from sessions and tokens, asked on every request."""

from __future__ import annotations

import hashlib

import msgspec
from django.utils.crypto import constant_time_compare

from suyuan.chassis.database import named_sql, transaction, tx, without_tenant
from suyuan.kernel.principals import Grant, Principal
from suyuan.tenancy.models import User


def token_hash(secret: str) -> bytes:
    """Return what is kept of a token's secret."""
    return hashlib.sha256(secret.encode()).digest()


def principal_of_token(secret: str) -> Principal | None:
    """Return the principal of a valid token, or None; notes its use at most once a minute."""
    with without_tenant() as connection:
        row = connection.execute("SELECT * FROM tenancy_find_token(%s)", (token_hash(secret),)).fetchone()
    if row is None:
        return None
    token_id, tenant_id, name, permissions, site_id, used_lately = row
    principal = Principal(tenant_id, None, name, (Grant(frozenset(permissions), site_id),), "token")
    if used_lately:
        return principal
    with transaction(principal):
        tx().execute(named_sql(__package__, "note_token_use.sql"), {"tenant": tenant_id, "token": token_id})
    return principal


def principal_of_user(tenant_id: int, user_id: int, session_hash: str | None) -> Principal | None:
    """Return the principal of an active user; with ``session_hash``, only while the password is still the same."""
    bare = Principal(tenant_id, user_id, "")
    with transaction(bare):
        row = (
            tx()
            .execute(
                named_sql(__package__, "principal_of_user.sql"), {"user": user_id, "tenant": tenant_id}, prepare=True
            )
            .fetchone()
        )
    if row is None or not row[3]:
        return None
    name, language, password, _, grants = row
    if session_hash is not None:
        current = User(id=user_id, password=password).get_session_auth_hash()
        if not constant_time_compare(current, session_hash):
            return None
    held = tuple(Grant(frozenset(permissions), site) for permissions, site in msgspec.json.decode(grants))
    return Principal(tenant_id, user_id, name, held, "session", language)
