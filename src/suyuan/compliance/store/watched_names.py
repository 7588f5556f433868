"""What the numbers in the audit trail are called now."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any, Final

from suyuan.chassis.database import tx
from suyuan.chassis.registry import registry
from suyuan.compliance.domain.watching import Change
from suyuan.kernel.faults import Bilingual, as_written
from suyuan.tenancy import api as tenancy
from suyuan.tenancy.contracts import RoleInfo

_SOME: Final = 6
_QUESTIONS: Final = {
    "compliance_hold": "SELECT subject, subject FROM compliance_hold WHERE tenant_id = %s AND id = %s::bigint",
    "compliance_place": "SELECT name, name FROM compliance_place WHERE tenant_id = %s AND id = %s::bigint",
    "compliance_approval_rule": "SELECT action, action FROM compliance_approval_rule"
    " WHERE tenant_id = %s AND id = %s::bigint",
    "tenancy_provider": "SELECT name_zh, name_en FROM tenancy_provider WHERE tenant_id = %s AND id = %s::bigint",
}


class Named:
    """Looks names up when they are needed, people and roles once for all."""

    @cached_property
    def administrative(self) -> Collection[str]:
        """Rights that make whoever holds them an administrator."""
        return tenancy.administrative_rights()

    @cached_property
    def _people(self) -> dict[int, str]:
        return {each.id: f"{each.name} ({each.login})" for each in tenancy.people()}

    @cached_property
    def _roles(self) -> dict[int, RoleInfo]:
        return {each.id: each for each in tenancy.roles()}

    def person(self, number: int) -> str:
        """Return a person's name and login."""
        return self._people.get(number, f"#{number}")

    def role(self, number: int) -> tuple[Bilingual, Collection[str]]:
        """Return a role's name and rights; of one that is gone its number, and none."""
        found = self._roles.get(number)
        if found is None:
            return as_written(f"#{number}"), ()
        return as_written(found.name_zh, found.name_en), found.permissions

    def rights(self, names: Collection[str]) -> Bilingual:
        """Return what rights are called, the first few of many."""
        titles = [registry.permissions[name].title for name in names if name in registry.permissions]
        more = f" … ({len(titles)})" if len(titles) > _SOME else ""
        shown = titles[:_SOME]
        return as_written("、".join(each.zh for each in shown) + more, ", ".join(each.en for each in shown) + more)

    def named(self, table: str, record: str, change: Change) -> str | Bilingual:
        """Return what a record is called now, or was when it went, or its number."""
        if table == "compliance_retention":
            return self._expendable(change)
        said = (change.get("name_zh") or change.get("name"), change.get("name_en"))
        row = tx().rows(_QUESTIONS[table], (tx().principal.tenant_id, record))
        zh, en = row[0] if row else said
        return as_written(zh or f"#{record}", en or zh or f"#{record}")

    def _expendable(self, change: Change) -> str | Bilingual:
        kind: Any = change.get("kind")
        if kind is None:  # the trail tells what changed, and the rule's kind never does
            query = "SELECT kind FROM compliance_retention WHERE tenant_id = %s AND changed = %s::timestamptz"
            kind = tx().value(query, (tx().principal.tenant_id, change.get("changed")))
        known = registry.expendables.get(str(kind))
        return known.title if known else str(kind or "?")
