"""Groups of fields that a right opens: people, parties, measured values (ADR-0032).

A contract marks a field with the group it belongs to: ``person: Annotated[str | None, PEOPLE]``. Whoever does not hold
the group's right gets such a field blank in every answer, and may not ask by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from suyuan.kernel.faults import Bilingual, fault_kind
from suyuan.kernel.principals import Permission, Principal

FIELDS_WITHHELD = fault_kind(
    "kernel.fields_withheld",
    403,
    zh="这里涉及“{group}”，您无权查看：没有“{permission}”权限。",
    en="This involves {group}, which you may not see: the right “{permission}” is missing.",
    remedy_zh="去掉这个条件；或请管理员把该权限加到您在各工厂的每个角色。",
    remedy_en="Leave it out, or ask an administrator to add this right to your roles at every site.",
    exception="epcisException:SecurityException",
)


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that one right opens, wherever they stand."""

    name: Literal["people", "parties", "measured"]
    title: Bilingual
    permission: Permission


PEOPLE: Final = FieldGroup(
    "people",
    Bilingual("人员", "people"),
    Permission("fields:people:read", Bilingual("看到人员：谁做的", "See people: who did it")),
)
"""Who did something: names, logins, badges, persons' URIs."""
PARTIES: Final = FieldGroup(
    "parties",
    Bilingual("往来单位", "suppliers and customers"),
    Permission("fields:parties:read", Bilingual("看到供应商与客户", "See suppliers and customers")),
)
"""From whom something came and to whom it went: source and destination parties, customers."""
MEASURED: Final = FieldGroup(
    "measured",
    Bilingual("测量值", "measured values"),
    Permission("fields:measured:read", Bilingual("看到测量值与工艺参数", "See measured values and parameters")),
)
"""Parameters of a process as they were recorded, with their limits."""
FIELD_GROUPS: Final = (PEOPLE, PARTIES, MEASURED)
SEE_PEOPLE: Final = PEOPLE.permission.name
SEE_PARTIES: Final = PARTIES.permission.name
SEE_MEASURED: Final = MEASURED.permission.name
ALL_FIELDS: Final = tuple(group.permission.name for group in FIELD_GROUPS)
"""The rights of all groups: what an answer that cannot be cut needs."""
_NONE: Final[frozenset[FieldGroup]] = frozenset()


def sees(principal: Principal, group: FieldGroup) -> bool:
    """Tell whether ``group`` is open to ``principal``: its right is held for every site where they hold any.

    An answer may be about several sites at once, so a right for some of them opens nothing at the others.
    """
    reached = principal.sites_for(group.permission.name)  # None, for the system too: everywhere
    return reached is None or (
        bool(reached) and all(grant.site_id in reached for grant in principal.grants if grant.permissions)
    )


def closed_to(principal: Principal) -> frozenset[FieldGroup]:
    """Return the groups that ``principal`` does not see."""
    if principal.via == "system":
        return _NONE
    return frozenset(group for group in FIELD_GROUPS if not sees(principal, group))


def require_sight(principal: Principal, *groups: FieldGroup) -> None:
    """Return where ``principal`` sees all of ``groups``.

    :raises Fault: ``kernel.fields_withheld``.
    """
    closed = closed_to(principal)
    for group in groups:
        if group in closed:
            raise FIELDS_WITHHELD(group=group.title, permission=group.permission.name)
