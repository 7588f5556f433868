"""The door of ``tenancy``."""

from suyuan.tenancy.api.account import change_language, change_own_password, session_info, session_info_of
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
from suyuan.tenancy.api.signing_in import identify, sign_in, sign_out, start_session

__all__ = [
    "change_language",
    "change_own_password",
    "ensure_administrator_role",
    "ensure_role",
    "ensure_site",
    "ensure_tenant",
    "ensure_user",
    "find_tenant",
    "identify",
    "make_token",
    "session_info",
    "session_info_of",
    "sign_in",
    "sign_out",
    "sites",
    "start_session",
]
