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
from suyuan.tenancy.api.badges import change_own_pin, sign_in_by_badge
from suyuan.tenancy.api.breaches import breached_list
from suyuan.tenancy.api.duties import administrative_rights, ask_duties, confirm_duties, duties, withdraw_duties
from suyuan.tenancy.api.invitations import accept_invitation, invite, open_invitation, revoke_invitation
from suyuan.tenancy.api.mail import holders, tell_by_mail
from suyuan.tenancy.api.passkeys import (
    SIGN as PASSKEY_SIGN,
)
from suyuan.tenancy.api.passkeys import (
    SIGN_IN as PASSKEY_SIGN_IN,
)
from suyuan.tenancy.api.passkeys import (
    add_passkey,
    ask_passkey,
    begin_passkey,
    remove_passkey,
    rename_passkey,
)
from suyuan.tenancy.api.persons import add_person, change_person, give_roles, people, person
from suyuan.tenancy.api.policy import change_sign_in_policy, rights_held, sign_in_policy, sign_ins
from suyuan.tenancy.api.presence import prove_presence
from suyuan.tenancy.api.provider_sign_in import CALLBACK as PROVIDER_CALLBACK
from suyuan.tenancy.api.provider_sign_in import LEAVE_KEY, arrive_from_provider, begin_at_provider, begin_trying
from suyuan.tenancy.api.providers import (
    add_provider,
    change_provider,
    offered_providers,
    providers,
    remove_provider,
    try_provider,
)
from suyuan.tenancy.api.proving import (
    begin_authenticator,
    confirm_authenticator,
    end_own_other_sessions,
    end_own_session,
    forget_ended_sessions,
    new_recovery_codes,
    own_proof,
    remove_own_authenticator,
    reset_authenticator,
    sign_out_everywhere,
)
from suyuan.tenancy.api.provisioning import (
    ask_ahead,
    ensure_administrator_role,
    ensure_role,
    ensure_site,
    ensure_tenant,
    ensure_user,
    evidence_rules,
    find_tenant,
    make_token,
    own_tenant,
    person_of_login,
    sites,
    tenants,
)
from suyuan.tenancy.api.roles import add_role, change_role, remove_role, role, roles
from suyuan.tenancy.api.signing_in import (
    identify,
    sign_in,
    sign_in_by_passkey,
    sign_out,
    start_session,
)
from suyuan.tenancy.api.visits import visit_of

__all__ = [
    "LEAVE_KEY",
    "PASSKEY_SIGN",
    "PASSKEY_SIGN_IN",
    "PROVIDER_CALLBACK",
    "accept_invitation",
    "add_passkey",
    "add_person",
    "add_provider",
    "add_role",
    "add_site",
    "add_token",
    "administrative_rights",
    "arrive_from_provider",
    "ask_ahead",
    "ask_duties",
    "ask_passkey",
    "begin_at_provider",
    "begin_authenticator",
    "begin_passkey",
    "begin_trying",
    "breached_list",
    "change_language",
    "change_own_password",
    "change_own_pin",
    "change_person",
    "change_provider",
    "change_role",
    "change_sign_in_policy",
    "change_site",
    "confirm_authenticator",
    "confirm_duties",
    "duties",
    "end_own_other_sessions",
    "end_own_session",
    "ensure_administrator_role",
    "ensure_role",
    "ensure_site",
    "ensure_tenant",
    "ensure_user",
    "evidence_rules",
    "find_tenant",
    "forget_ended_sessions",
    "give_roles",
    "holders",
    "identify",
    "invite",
    "make_token",
    "new_recovery_codes",
    "offered_providers",
    "open_invitation",
    "own_proof",
    "own_tenant",
    "people",
    "person",
    "person_of_login",
    "prove_presence",
    "providers",
    "remove_own_authenticator",
    "remove_passkey",
    "remove_provider",
    "remove_role",
    "rename_passkey",
    "reset_authenticator",
    "revoke_invitation",
    "revoke_token",
    "rights_held",
    "role",
    "roles",
    "session_info",
    "session_info_of",
    "sign_in",
    "sign_in_by_badge",
    "sign_in_by_passkey",
    "sign_in_policy",
    "sign_ins",
    "sign_out",
    "sign_out_everywhere",
    "sites",
    "start_session",
    "tell_by_mail",
    "tenants",
    "tokens",
    "try_provider",
    "visit_of",
    "withdraw_duties",
]
