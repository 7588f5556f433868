"""Three administrations that keep each other honest (三员分立): system, security, audit. No person holds two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from suyuan.kernel.principals import Grant

Administration = Literal["system", "security", "audit"]
ADMINISTRATIONS: Final[Mapping[Administration, frozenset[str]]] = {
    "system": frozenset({"tenancy:person:write", "tenancy:site:write", "tenancy:token:write"}),
    "security": frozenset(
        {
            "tenancy:role:write", "tenancy:policy:write", "tenancy:provider:write", "compliance:approval:configure",
            "compliance:log:write",
        }
    ),
    "audit": frozenset({"compliance:audit:read", "compliance:audit:review", "tenancy:sign_in:read"}),
}  # fmt: skip
"""Who makes accounts, who says what they may do, who looks at what both did. Reading people and rules is no duty."""
ALL_DUTIES: Final = frozenset().union(*ADMINISTRATIONS.values())


def administrations_of(permissions: Iterable[str]) -> tuple[Administration, ...]:
    """Return which administrations these rights belong to, in the order of :data:`ADMINISTRATIONS`."""
    held = frozenset(permissions)
    return tuple(name for name, rights in ADMINISTRATIONS.items() if rights & held)


def without_mixed(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """Return the grants without every administrative right where they mix two administrations: however that came to
    be, it opens nothing."""
    held = frozenset().union(*(grant.permissions for grant in grants)) if grants else frozenset()
    if len(administrations_of(held)) < 2:
        return grants
    return tuple(Grant(grant.permissions - ALL_DUTIES, grant.site_id) for grant in grants)
