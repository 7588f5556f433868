"""Roles: named sets of rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.registry import registry
from suyuan.tenancy.api.duties import refuse_mixed_duties, refuse_mixed_rights
from suyuan.tenancy.api.persons import checked_text, refuse_beyond_own, refuse_without_administrator
from suyuan.tenancy.contracts import FIELD_INVALID, NAME_TAKEN, ROLE_IN_USE, RoleInfo
from suyuan.tenancy.models import Role


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
    name_zh, name_en = checked_text("name_zh", name_zh, 80), checked_text("name_en", name_en, 80)
    _refuse_taken_name(name_zh)
    wanted = _known(permissions)
    refuse_beyond_own(wanted, None)
    refuse_mixed_rights(name_zh, wanted)
    made = Role.objects.create(tenant_id=tx().principal.tenant_id, name_zh=name_zh, name_en=name_en, permissions=wanted)
    return role(int(made.pk))


def change_role(role_id: int, change: Mapping[str, Any]) -> RoleInfo:
    """Change names or rights of a role; whoever holds it has the change at once.

    :raises Fault: as :func:`add_role`, and ``tenancy.last_administrator``; ``tenancy.duties_mixed``.
    """
    role(role_id)
    found = Role.objects.get(pk=role_id)
    if "name_zh" in change:
        found.name_zh = checked_text("name_zh", change["name_zh"], 80)
        _refuse_taken_name(found.name_zh, role_id)
    if "name_en" in change:
        found.name_en = checked_text("name_en", change["name_en"], 80)
    if "permissions" in change:
        wanted = _known(change["permissions"])
        refuse_beyond_own(set(wanted) - set(found.permissions), None)
        found.permissions = wanted
    found.save()
    refuse_mixed_duties()
    refuse_without_administrator()
    return role(role_id)


def remove_role(role_id: int) -> None:
    """Remove a role that nobody holds.

    :raises Fault: ``tenancy.role_in_use``.
    """
    found = role(role_id)
    if found.people:
        raise ROLE_IN_USE(people=found.people, name=found.name_zh)
    Role.objects.filter(pk=role_id).delete()
