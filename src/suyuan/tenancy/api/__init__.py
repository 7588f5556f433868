"""The door of ``tenancy``."""

from suyuan.tenancy.api.provisioning import (
    ensure_administrator_role,
    ensure_role,
    ensure_site,
    ensure_tenant,
    ensure_user,
    find_tenant,
    make_token,
    sites,
)
from suyuan.tenancy.api.signing_in import identify, sign_in, sign_out

__all__ = [
    "ensure_administrator_role",
    "ensure_role",
    "ensure_site",
    "ensure_tenant",
    "ensure_user",
    "find_tenant",
    "identify",
    "make_token",
    "sign_in",
    "sign_out",
    "sites",
]
