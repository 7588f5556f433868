"""Making tenants, first people and tokens: for the command line, the demo and tests, not for the web."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from suyuan.chassis.database import Later, tx, without_tenant
from suyuan.chassis.registry import registry
from suyuan.tenancy.contracts import EvidenceRules, SiteInfo, TenantInfo, TokenInfo, TokenMade
from suyuan.tenancy.models import Role, Site, Token, User
from suyuan.tenancy.store.principals import token_hash

ADMINISTRATOR = ("管理员", "Administrator")
TOKEN_PREFIX = "sy_"  # noqa: S105 (marks our tokens for secret scanners; no secret itself)


def find_tenant(code: str | None = None) -> int | None:
    """Return the tenant's id by its code; without a code, the only tenant's, or None where there are several."""
    with without_tenant() as connection:
        if code is None:
            row = connection.execute("SELECT tenancy_only_tenant()").fetchone()
        else:
            row = connection.execute("SELECT tenancy_tenant_by_code(%s)", (code,)).fetchone()
    return row[0] if row else None


def person_of_login(login: str) -> tuple[int, int] | None:
    """Return tenant and number of whoever signs in with ``login``, or None."""
    with without_tenant() as connection:
        row = connection.execute("SELECT tenant_id, id FROM tenancy_find_login(%s)", (login,)).fetchone()
    return (row[0], row[1]) if row else None


def tenants() -> list[int]:
    """Return every tenant's id, for the worker's work by the clock."""
    with without_tenant() as connection:
        return [row[0] for row in connection.execute("SELECT tenancy_tenants()").fetchall()]


def ensure_tenant(code: str, name: str) -> int:
    """Return the tenant's id, making it (with the owner's function) where it does not exist."""
    found = find_tenant(code)
    if found is not None:
        return found
    with without_tenant() as connection:
        row = connection.execute("SELECT tenancy_make_tenant(%s, %s)", (code, name)).fetchone()
    if row is None:
        raise RuntimeError("the database made no tenant")
    return int(row[0])


def own_tenant() -> TenantInfo:
    """Return the open transaction's tenant."""
    return tx().once(own_tenant, _own_tenant)


def _own_tenant() -> Later[TenantInfo]:
    query = "SELECT id, code, name FROM tenancy_tenant WHERE id = %s"
    rows = tx().execute(query, (tx().principal.tenant_id,), prepare=True)
    return lambda: TenantInfo(*rows.fetchall()[0])


def sites() -> tuple[SiteInfo, ...]:
    """Return the sites of the open transaction's tenant, by code."""
    return tx().once(sites, _sites)


def ask_ahead() -> None:
    """Ask for the tenant and its sites, where :func:`own_tenant` and :func:`sites` will be called in steady work."""
    tx().ahead(own_tenant, _own_tenant)
    tx().ahead(sites, _sites)


def _sites() -> Later[tuple[SiteInfo, ...]]:
    rows = tx().execute(
        "SELECT id, code, name_zh, name_en, location_uri, clock_tolerance_ms, latest_booking_minutes, emptied_is_clean"
        " FROM tenancy_site WHERE tenant_id = %s ORDER BY code",
        (tx().principal.tenant_id,),
        prepare=True,
    )
    return lambda: tuple(SiteInfo(*row) for row in rows)


def evidence_rules() -> EvidenceRules:
    """Return how exact the records of the open transaction's tenant are.

    Goods travel between sites, so the widest tolerance and the latest booking of any site hold for all, and an emptied
    container counts as clean only where every site says so: nothing affected is missed for a colleague's clock.
    """
    known = sites()
    if not known:
        return EvidenceRules()
    return EvidenceRules(
        timedelta(milliseconds=max(site.clock_tolerance_ms for site in known)),
        timedelta(minutes=max(site.latest_booking_minutes for site in known)),
        all(site.emptied_is_clean for site in known),
    )


def ensure_site(code: str, name_zh: str, name_en: str, location_uri: str | None = None) -> int:
    """Return the site's id in the open transaction's tenant, making or renaming it as needed."""
    site, _ = Site.objects.update_or_create(
        tenant_id=tx().principal.tenant_id,
        code=code,
        defaults={"name_zh": name_zh, "name_en": name_en, "location_uri": location_uri},
    )
    return int(site.pk)


def ensure_role(name_zh: str, name_en: str, permissions: Iterable[str]) -> int:
    """Return the id of the role of that name, with exactly these rights."""
    wanted = sorted(permissions)
    role, _ = Role.objects.update_or_create(
        tenant_id=tx().principal.tenant_id,
        name_zh=name_zh,
        defaults={"name_en": name_en, "permissions": wanted},
    )
    return int(role.pk)


def ensure_user(
    login: str, name: str, password: str, *, roles: Iterable[tuple[int, int | None]] = (), language: str = "zh"
) -> int:
    """Return the id of the person with that login, made with the password where new; holds ``roles`` (role, site)."""
    tenant_id = tx().principal.tenant_id
    user, made = User.objects.get_or_create(
        login=login,
        defaults={"tenant_id": tenant_id, "name": name, "language": language, "password": make_password(password)},
    )
    if not made and not user.password:
        user.password = make_password(password)
        user.save(update_fields=["password"])
    for role_id, site_id in roles:
        tx().execute(
            "INSERT INTO tenancy_grant (tenant_id, user_id, role_id, site_id) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            (tenant_id, user.pk, role_id, site_id),
        )
    return int(user.pk)


def ensure_administrator_role() -> int:
    """Return the role that holds every right there is."""
    return ensure_role(*ADMINISTRATOR, registry.permissions)


def make_token(name: str, permissions: Iterable[str], site_id: int | None = None) -> TokenMade:
    """Make a machine token with exactly these rights; its secret is in the answer and nowhere else."""
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    principal = tx().principal
    token = Token.objects.create(
        tenant_id=principal.tenant_id,
        name=name,
        prefix=secret[:10],
        secret_hash=token_hash(secret),
        permissions=sorted(permissions),
        site_id=site_id,
        created_by_id=principal.user_id,
    )
    info = TokenInfo(
        id=int(token.pk),
        name=name,
        prefix=token.prefix,
        permissions=tuple(token.permissions),
        site_id=site_id,
        created=token.created,
        created_by=principal.name,
        expires=None,
        last_used=None,
        revoked=None,
    )
    return TokenMade(info, secret)
