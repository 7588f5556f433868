"""People and roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.registry import registry
from suyuan.kernel.faults import Language
from suyuan.tenancy.api.account import encode_new_password, keep_new_password
from suyuan.tenancy.api.badges import keep_badge, keep_pin
from suyuan.tenancy.contracts import (
    FIELD_INVALID,
    GRANT_BEYOND_OWN,
    LAST_ADMINISTRATOR,
    LOGIN_TAKEN,
    NAME_TAKEN,
    PASSWORD_WEAK,
    PERSON_BEYOND_OWN,
    ROLE_IN_USE,
    Person,
    RoleGrant,
    RoleInfo,
)
from suyuan.tenancy.models import Grant, Role, Site, User
from suyuan.tenancy.store.proof import end_sessions, policy

_KEYS = ("tenancy:person:write", "tenancy:role:write")
_MEANS_OF_ACCESS = frozenset({"login", "password", "active", "roles", "badge", "pin"})


def people(person_id: int | None = None) -> list[Person]:
    """Return everybody, active ones first, by login; or just one."""
    keys = {"tenant": tx().principal.tenant_id, "user": person_id}
    rows = tx().rows(named_sql("suyuan.tenancy.store", "people.sql"), keys)
    return [Person(*(*row[:7], _grants(row[7]), *row[8:11])) for row in rows]


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
    login: str, name: str, password: str | None, *, language: Language, active: bool, roles: Collection[RoleGrant],
    must_change_password: bool = True, badge: str | None = None, pin: str | None = None,
) -> Person:  # fmt: skip
    """Add a person who signs in with ``login`` (unique in the installation).

    ``must_change_password``: somebody else has typed it; until they choose their own, nothing else is open to them.

    :raises Fault: ``tenancy.login_taken``, ``tenancy.password_weak``, ``tenancy.field_invalid``,
        ``tenancy.grant_beyond_own``, ``tenancy.badge_taken``, ``tenancy.pin_weak``.
    """
    login, name = _text("login", login, 120), _text("name", name, 200)
    if _login_exists(login):
        raise LOGIN_TAKEN(at="/login", login=login)
    if not password:
        raise PASSWORD_WEAK(at="/password", why_en="it is empty", why_zh="不能为空", length=policy().password_length)
    tenant_id = tx().principal.tenant_id
    user = User(tenant_id=tenant_id, login=login, name=name, language=language, active=active)
    user.password = encode_new_password(password, user)
    user.must_change_password = must_change_password
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
    """Change what ``change`` names of login, name, language, active, password, roles, badge, pin.

    :raises Fault: as :func:`add_person`, ``tenancy.person_beyond_own`` and ``tenancy.last_administrator``.
    """
    before = person(person_id)
    if _MEANS_OF_ACCESS & change.keys():
        refuse_stronger(before)
    user = User.objects.get(pk=person_id)
    if "login" in change and change["login"] != user.login:
        user.login = _text("login", change["login"], 120)
        if _login_exists(user.login):
            raise LOGIN_TAKEN(at="/login", login=user.login)
    if "name" in change:
        user.name = _text("name", change["name"], 200)
    user.language = change.get("language", user.language)
    user.active = change.get("active", user.active)
    if change.get("password"):
        own = person_id == tx().principal.user_id
        keep_new_password(user, encode_new_password(change["password"], user), must_change=not own)
        end_sessions(person_id)
    user.save()
    _keep_badge(person_id, change)
    if change.get("roles") is not None:
        _set_roles(person_id, change["roles"])
    _refuse_without_administrator()
    return person(person_id)


def _text(field: str, value: str, longest: int) -> str:
    text = value.strip()
    if not text or len(text) > longest:
        raise FIELD_INVALID(at=f"/{field}", field=field, given=value[:40], allowed=f"1–{longest}")
    return text


def _set_roles(person_id: int, wanted: Iterable[RoleGrant]) -> None:
    tenant_id = tx().principal.tenant_id
    grants = set(wanted)
    known = dict(Role.objects.filter(tenant_id=tenant_id).values_list("pk", "permissions"))
    sites = set(Site.objects.filter(tenant_id=tenant_id).values_list("pk", flat=True))
    held = {RoleGrant(*row) for row in Grant.objects.filter(user_id=person_id).values_list("role_id", "site_id")}
    for grant in grants:
        if grant.role_id not in known or (grant.site_id is not None and grant.site_id not in sites):
            raise FIELD_INVALID(at="/roles", field="roles", given=str(grant.role_id), allowed="GET /api/v1/roles")
    for grant in grants - held:
        refuse_beyond_own(known[grant.role_id], grant.site_id)
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
    """Raise ``tenancy.grant_beyond_own`` where the giver lacks a right, or holds it for fewer sites."""
    lacking = _beyond_own(permissions, site_id)
    if lacking:
        raise GRANT_BEYOND_OWN(permissions=", ".join(lacking))


def _refuse_without_administrator() -> None:
    # One at a time: of two who put each other out at the same moment, the second must see the first.
    lock = "SELECT pg_advisory_xact_lock(hashtextextended('tenancy administrators', %s))"
    tx().execute(lock, (tx().principal.tenant_id,))
    rows = tx().rows(
        named_sql("suyuan.tenancy.store", "administrators.sql"),
        {"tenant": tx().principal.tenant_id, "keys": list(_KEYS)},
    )
    if not rows:
        raise LAST_ADMINISTRATOR()


def roles() -> list[RoleInfo]:
    """Return every role, with how many people hold it."""
    rows = tx().rows(named_sql("suyuan.tenancy.store", "roles.sql"), {"tenant": tx().principal.tenant_id})
    return [RoleInfo(identity, zh, en, tuple(permissions), count) for identity, zh, en, permissions, count in rows]


def role(role_id: int) -> RoleInfo:
    """Return one role.

    :raises Fault: ``chassis.not_found``.
    """
    found = [info for info in roles() if info.id == role_id]
    if not found:
        raise NOT_FOUND(what=f"#{role_id}")
    return found[0]


def _known(permissions: Iterable[str]) -> list[str]:
    wanted = sorted(set(permissions))
    for permission in wanted:
        if permission not in registry.permissions:
            raise FIELD_INVALID(
                at="/permissions", field="permissions", given=permission[:80], allowed="GET /api/v1/permissions"
            )
    return wanted


def _refuse_taken_name(name_zh: str, but: int | None = None) -> None:
    taken = Role.objects.filter(tenant_id=tx().principal.tenant_id, name_zh=name_zh)
    if (taken.exclude(pk=but) if but else taken).exists():
        raise NAME_TAKEN(at="/name_zh", name=name_zh)


def add_role(name_zh: str, name_en: str, permissions: Iterable[str]) -> RoleInfo:
    """Add a role with these rights.

    :raises Fault: ``tenancy.name_taken``, ``tenancy.field_invalid``, ``tenancy.grant_beyond_own``.
    """
    name_zh, name_en = _text("name_zh", name_zh, 80), _text("name_en", name_en, 80)
    _refuse_taken_name(name_zh)
    wanted = _known(permissions)
    refuse_beyond_own(wanted, None)
    made = Role.objects.create(tenant_id=tx().principal.tenant_id, name_zh=name_zh, name_en=name_en, permissions=wanted)
    return role(int(made.pk))


def change_role(role_id: int, change: Mapping[str, Any]) -> RoleInfo:
    """Change names or rights of a role; whoever holds it has the change at once.

    :raises Fault: as :func:`add_role`, and ``tenancy.last_administrator``.
    """
    role(role_id)
    found = Role.objects.get(pk=role_id)
    if "name_zh" in change:
        found.name_zh = _text("name_zh", change["name_zh"], 80)
        _refuse_taken_name(found.name_zh, role_id)
    if "name_en" in change:
        found.name_en = _text("name_en", change["name_en"], 80)
    if "permissions" in change:
        wanted = _known(change["permissions"])
        refuse_beyond_own(set(wanted) - set(found.permissions), None)
        found.permissions = wanted
    found.save()
    _refuse_without_administrator()
    return role(role_id)


def remove_role(role_id: int) -> None:
    """Remove a role that nobody holds.

    :raises Fault: ``tenancy.role_in_use``.
    """
    found = role(role_id)
    if found.people:
        raise ROLE_IN_USE(people=found.people, name=found.name_zh)
    Role.objects.filter(pk=role_id).delete()
