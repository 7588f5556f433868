"""People and roles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from django.contrib.auth.hashers import make_password

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import named_sql, tx
from suyuan.kernel.faults import Language
from suyuan.tenancy.api.badges import keep_badge, keep_pin
from suyuan.tenancy.api.duties import refuse_mixed_duties
from suyuan.tenancy.contracts import (
    DUTIES_ROLES_BY_SECURITY,
    FIELD_INVALID,
    GRANT_BEYOND_OWN,
    LAST_ADMINISTRATOR,
    LOGIN_TAKEN,
    PERSON_BEYOND_OWN,
    Person,
    RoleGrant,
)
from suyuan.tenancy.domain.duties import ADMINISTRATIONS
from suyuan.tenancy.models import Grant, Role, Site, User
from suyuan.tenancy.store.duties import are_separated

_KEYS = ("tenancy:person:write", "tenancy:role:write")
_KEYS_APART = (*_KEYS, "tenancy:policy:write", "compliance:audit:review")
_MEANS_OF_ACCESS = frozenset({"login", "active", "roles", "badge", "pin", "mail"})


def people(person_id: int | None = None) -> list[Person]:
    """Return everybody, active ones first, by login; or just one."""
    keys = {"tenant": tx().principal.tenant_id, "user": person_id}
    rows = tx().rows(named_sql("suyuan.tenancy.store", "people.sql"), keys)
    return [Person(*(*row[:7], _grants(row[7]), *row[8:14])) for row in rows]


def _grants(text: str | None) -> tuple[RoleGrant, ...]:
    return tuple(RoleGrant(role, site) for role, site in msgspec.json.decode(text or "[]"))


def person(person_id: int) -> Person:
    """Return one person.

    :raises Fault: ``chassis.not_found``.
    """
    found = people(person_id)
    if not found:
        raise NOT_FOUND(what=f"#{person_id}")
    return found[0]


def add_person(
    login: str, name: str, *, language: Language, active: bool, roles: Collection[RoleGrant],
    badge: str | None = None, pin: str | None = None, mail: str | None = None,
) -> Person:  # fmt: skip
    """Add a person who signs in with ``login`` (unique in the installation).

    They have no password: nobody but they choose one, by an invitation. A badge with a PIN, a passkey or the company's
    sign-in service need none.

    :raises Fault: ``tenancy.login_taken``, ``tenancy.field_invalid``, ``tenancy.grant_beyond_own``,
        ``tenancy.badge_taken``, ``tenancy.pin_weak``.
    """
    login, name = checked_text("login", login, 120), checked_text("name", name, 200)
    if _login_exists(login):
        raise LOGIN_TAKEN(at="/login", login=login)
    tenant_id = tx().principal.tenant_id
    user = User(tenant_id=tenant_id, login=login, name=name, language=language, active=active, mail=_mail(mail))
    user.password = make_password(None)
    user.save()
    _set_roles(int(user.pk), roles)
    _keep_badge(int(user.pk), {"badge": badge, "pin": pin})
    return person(int(user.pk))


def _keep_badge(person_id: int, change: Mapping[str, Any]) -> None:
    """Keep badge and PIN where they are named."""
    if change.get("badge") is not None:
        keep_badge(person_id, change["badge"])
    if change.get("pin") is not None:
        keep_pin(person_id, change["pin"])


def _login_exists(login: str) -> bool:
    found = tx().execute("SELECT 1 FROM tenancy_find_login(%s)", (login,)).fetchone()
    return found is not None


def change_person(person_id: int, change: Mapping[str, Any]) -> Person:
    """Change what ``change`` names of login, name, language, active, mail, roles, badge, pin.

    :raises Fault: as :func:`add_person`, ``tenancy.person_beyond_own`` and ``tenancy.last_administrator``.
    """
    before = person(person_id)
    if _MEANS_OF_ACCESS & change.keys():
        refuse_stronger(before)
    user = User.objects.get(pk=person_id)
    if "login" in change and change["login"] != user.login:
        user.login = checked_text("login", change["login"], 120)
        if _login_exists(user.login):
            raise LOGIN_TAKEN(at="/login", login=user.login)
    if "mail" in change:
        user.mail = _mail(change["mail"])
    if "name" in change:
        user.name = checked_text("name", change["name"], 200)
    user.language = change.get("language", user.language)
    user.active = change.get("active", user.active)
    user.save()
    _keep_badge(person_id, change)
    if change.get("roles") is not None:
        _set_roles(person_id, change["roles"])
    refuse_without_administrator()
    return person(person_id)


_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")


def _mail(mail: str | None) -> str | None:
    """Return a mail address, by which a sign-in service may know the person; None for an empty one."""
    text = (mail or "").strip()
    if text and not _MAIL.fullmatch(text):
        raise FIELD_INVALID(at="/mail", field="mail", given=text[:40], allowed="name@company.example")
    return text or None


def checked_text(field: str, value: str, longest: int) -> str:
    """Return a text without its margins.

    :raises Fault: ``tenancy.field_invalid`` where nothing is left, or too much.
    """
    text = value.strip()
    if not text or len(text) > longest:
        raise FIELD_INVALID(at=f"/{field}", field=field, given=value[:40], allowed=f"1–{longest}")
    return text


def set_roles_as_told(person_id: int, wanted: Iterable[RoleGrant]) -> None:
    """Have a person hold these roles, as the company's sign-in service says; a role that is gone is left out."""
    known = set(Role.objects.filter(tenant_id=tx().principal.tenant_id).values_list("pk", flat=True))
    _keep_grants(person_id, {grant for grant in wanted if grant.role_id in known})


def _set_roles(person_id: int, wanted: Iterable[RoleGrant]) -> None:
    tenant_id = tx().principal.tenant_id
    grants = set(wanted)
    known = dict(Role.objects.filter(tenant_id=tenant_id).values_list("pk", "permissions"))
    sites = set(Site.objects.filter(tenant_id=tenant_id).values_list("pk", flat=True))
    held = {RoleGrant(*row) for row in Grant.objects.filter(user_id=person_id).values_list("role_id", "site_id")}
    for grant in grants:
        if grant.role_id not in known or (grant.site_id is not None and grant.site_id not in sites):
            raise FIELD_INVALID(at="/roles", field="roles", given=str(grant.role_id), allowed="GET /api/v1/roles")
    _refuse_giving(person_id, held, grants, known)
    _keep_grants(person_id, grants)
    refuse_mixed_duties()


def _refuse_giving(
    person_id: int, held: set[RoleGrant], grants: set[RoleGrant], known: Mapping[int, list[str]]
) -> None:
    """Refuse grants beyond one's own; where duties are separated, the security administrator gives any, to others."""
    if held == grants:
        return
    if not are_separated():
        for grant in grants - held:
            refuse_beyond_own(known[grant.role_id], grant.site_id)
    elif not tx().principal.may("tenancy:role:write") or person_id == tx().principal.user_id:
        raise DUTIES_ROLES_BY_SECURITY(at="/roles")


def _keep_grants(person_id: int, grants: set[RoleGrant]) -> None:
    tenant_id = tx().principal.tenant_id
    held = {RoleGrant(*row) for row in Grant.objects.filter(user_id=person_id).values_list("role_id", "site_id")}
    for grant in held - grants:
        tx().execute(
            "DELETE FROM tenancy_grant WHERE user_id = %s AND role_id = %s AND site_id IS NOT DISTINCT FROM %s::bigint",
            (person_id, grant.role_id, grant.site_id),
        )
    for grant in grants - held:
        Grant.objects.create(tenant_id=tenant_id, user_id=person_id, role_id=grant.role_id, site_id=grant.site_id)


def refuse_stronger(whom: Person) -> None:
    """Refuse to touch the access of somebody with more rights: whoever sets their password has their rights."""
    rights = dict(Role.objects.filter(tenant_id=tx().principal.tenant_id).values_list("pk", "permissions"))
    if are_separated():  # whoever makes accounts keeps those of all but the other two administrations
        others = ADMINISTRATIONS["security"] | ADMINISTRATIONS["audit"]
        rights = {role: sorted(others & set(held)) for role, held in rights.items()}
    lacking = {right for grant in whom.roles for right in _beyond_own(rights[grant.role_id], grant.site_id)}
    if lacking:
        raise PERSON_BEYOND_OWN(name=whom.name, permissions=", ".join(sorted(lacking)))


def _beyond_own(permissions: Iterable[str], site_id: int | None) -> list[str]:
    """Return the rights that the present principal lacks, or holds for fewer sites."""
    principal = tx().principal
    lacking = []
    for permission in permissions:
        reached = principal.sites_for(permission)
        if reached is not None and (site_id is None or site_id not in reached):
            lacking.append(permission)
    return sorted(lacking)


def refuse_beyond_own(permissions: Iterable[str], site_id: int | None) -> None:
    """Raise ``tenancy.grant_beyond_own`` where the giver lacks a right, or holds it for fewer sites.

    Where duties are separated, whoever manages roles does so for rights that they must not hold themselves.
    """
    if are_separated() and tx().principal.sites_for("tenancy:role:write") is None:
        return
    lacking = _beyond_own(permissions, site_id)
    if lacking:
        raise GRANT_BEYOND_OWN(permissions=", ".join(lacking))


def refuse_without_administrator() -> None:
    """Raise ``tenancy.last_administrator`` where nobody could manage people and roles any more."""
    # One at a time: of two who put each other out at the same moment, the second must see the first.
    lock = "SELECT pg_advisory_xact_lock(hashtextextended('tenancy administrators', %s))"
    tenant = tx().principal.tenant_id
    tx().execute(lock, (tenant,))
    together = [[key] for key in _KEYS_APART] if are_separated() else [list(_KEYS)]
    for keys in together:
        if not tx().rows(named_sql("suyuan.tenancy.store", "administrators.sql"), {"tenant": tenant, "keys": keys}):
            raise LAST_ADMINISTRATOR()


def give_roles(person_id: int, roles: Iterable[RoleGrant]) -> Person:
    """Have a person hold these roles, and no others.

    :raises Fault: ``chassis.not_found``, ``tenancy.field_invalid``, ``tenancy.grant_beyond_own``,
        ``tenancy.person_beyond_own``, ``tenancy.duties_mixed``, ``tenancy.duties_roles_by_security``,
        ``tenancy.last_administrator``.
    """
    before = person(person_id)
    if not are_separated():
        refuse_stronger(before)
    _set_roles(person_id, roles)
    refuse_without_administrator()
    return person(person_id)
