"""The door of ``tenancy``."""

from suyuan.tenancy.api.access import (
    add_site,
    add_token,
    change_site,
    revoke_token,
    tokens,
)
from suyuan.tenancy.api.account import (
    change_language,
    change_own_password,
    session_info,
    session_info_of,
)
from suyuan.tenancy.api.persons import (
    add_person,
    add_role,
    change_person,
    change_role,
    people,
    person,
    remove_role,
    role,
    roles,
)
from suyuan.tenancy.api.provisioning import (
    ensure_administrator_role,
    ensure_role,
    ensure_site,
    ensure_tenant,
    ensure_user,
    evidence_rules,
    find_tenant,
    make_token,
    own_tenant,
    sites,
)
from suyuan.tenancy.api.signing_in import (
    identify,
    sign_in,
    sign_out,
    start_session,
)

__all__ = [
    "add_person",
    "add_role",
    "add_site",
    "add_token",
    "change_language",
    "change_own_password",
    "change_person",
    "change_role",
    "change_site",
    "ensure_administrator_role",
    "ensure_role",
    "ensure_site",
    "ensure_tenant",
    "ensure_user",
    "evidence_rules",
    "find_tenant",
    "identify",
    "make_token",
    "own_tenant",
    "people",
    "person",
    "remove_role",
    "revoke_token",
    "role",
    "roles",
    "session_info",
    "session_info_of",
    "sign_in",
    "sign_out",
    "sites",
    "start_session",
    "tokens",
]
