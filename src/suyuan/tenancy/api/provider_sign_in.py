"""Signing in by the company's own service: OpenID Connect, authorization code with PKCE, state and nonce."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

import structlog
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import SessionBase

from suyuan.chassis.database import transaction, tx
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal
from suyuan.tenancy.api.persons import set_roles_as_told
from suyuan.tenancy.api.providers import provider
from suyuan.tenancy.api.provisioning import find_tenant
from suyuan.tenancy.api.signing_in import enter, note_attempt
from suyuan.tenancy.contracts import (
    PROVIDER_NO_ACCOUNT,
    PROVIDER_NO_ROLE,
    PROVIDER_REFUSED,
    Means,
    Provider,
    RoleGrant,
    SignInOutcome,
    Tried,
    TryStep,
    Visit,
)
from suyuan.tenancy.domain import id_tokens
from suyuan.tenancy.models import User
from suyuan.tenancy.store import provider_calls as calls
from suyuan.tenancy.store import providers as store
from suyuan.tenancy.store.challenges import answered, ask

log = structlog.get_logger(__name__)
PURPOSE: Final = "sign in by provider"
CALLBACK: Final = "/api/v1/session/provider/callback"
LEAVE_KEY: Final = "suyuan_leave"
"""Where a session that a service began sends its person to sign out there too."""


def begin_at_provider(company: str | None, provider_id: int, back_to: str, visit: Visit) -> str:
    """Return where to send the browser.

    :raises Fault: ``tenancy.provider_refused`` for a service that is not offered; ``tenancy.provider_unreachable``.
    """
    tenant = find_tenant(company or None)
    if tenant is None:
        raise PROVIDER_REFUSED()
    with transaction(Principal(tenant, None, "")):
        found = store.listed(provider_id, only_enabled=True)
    if not found:
        raise PROVIDER_REFUSED()
    return _address(found[0], visit, {"tenant": tenant, "to": _own_path(back_to)})


def begin_trying(provider_id: int, visit: Visit) -> str:
    """Return where to send the browser of an administrator who tries a service; nobody is signed in by it.

    :raises Fault: ``chassis.not_found``, ``tenancy.provider_unreachable``.
    """
    who = tx().principal
    found = provider(provider_id)
    return _address(found, visit, {"tenant": who.tenant_id, "to": "/security?tab=providers", "tries": who.user_id or 0})


def _own_path(path: str) -> str:
    """Return a path of this website; anything that could lead elsewhere becomes the home page."""
    own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path[:500] if own else "/"


def _address(found: Provider, visit: Visit, about: Mapping[str, Any]) -> str:
    service = calls.discovered(found.issuer)
    verifier, nonce = id_tokens.new_verifier(), id_tokens.new_verifier()
    state = ask(PURPOSE, visit.browser, {**about, "provider": found.id, "nonce": nonce, "verifier": verifier})
    asked = {
        "response_type": "code", "client_id": found.client, "redirect_uri": visit.website + CALLBACK,
        "scope": found.scopes, "state": state, "nonce": nonce,
        "code_challenge": id_tokens.challenge_of(verifier), "code_challenge_method": "S256",
    }  # fmt: skip
    joint = "&" if "?" in service.authorization_endpoint else "?"
    return f"{service.authorization_endpoint}{joint}{urlencode(asked)}"


def arrive_from_provider(session: SessionBase, state: str, code: str, visit: Visit) -> str:
    """Take what the service sent the browser back with; sign its person in (or note what was tried).

    Returns the path to go on to.

    :raises Fault: ``tenancy.challenge_gone``, ``tenancy.provider_refused``, ``tenancy.provider_unreachable``,
        ``tenancy.provider_no_account``, ``tenancy.provider_no_role``, ``tenancy.wrong_credentials``.
    """
    about = answered(state, PURPOSE, visit.browser)
    who = Principal(int(about["tenant"]), about.get("tries"), "")
    with transaction(who):
        found = store.listed(int(about["provider"]))
        if not found:
            raise PROVIDER_REFUSED()
        secret = store.secret_of(found[0].id)
    if "tries" in about:
        _try(who, found[0], secret, code, about, visit)
        return str(about["to"])
    if not found[0].enabled:
        raise PROVIDER_REFUSED()
    claims = _claims(found[0], secret, code, about, visit)
    with transaction(who):
        person = _person(found[0], claims)
    try:
        principal = enter(session, Principal(who.tenant_id, person, ""), visit, Means("provider", found[0].strong))
    except Fault:
        note_attempt(Principal(who.tenant_id, person, ""), visit, SignInOutcome.INACTIVE, "provider")
        raise
    session[LEAVE_KEY] = _leave(found[0], visit)
    session.save()
    log.info("signed in by provider", provider=found[0].id, user=principal.user_id)
    return str(about["to"])


def _leave(found: Provider, visit: Visit) -> str:
    """Return where signing out goes on to (RP-Initiated Logout 1.0); empty where the service has no such place."""
    end = calls.discovered(found.issuer).end_session_endpoint
    told = urlencode({"client_id": found.client, "post_logout_redirect_uri": f"{visit.website}/"})
    return f"{end}{'&' if '?' in end else '?'}{told}" if end else ""


def _claims(found: Provider, secret: str, code: str, about: Mapping[str, Any], visit: Visit) -> dict[str, Any]:
    """Return what the service says of its person, from a token that proves it."""
    service = calls.discovered(found.issuer)
    given = calls.token_for(
        service, code, str(about["verifier"]), client=found.client, secret=secret, redirect=visit.website + CALLBACK
    )
    token, access = str(given.get("id_token", "")), given.get("access_token")
    expected = id_tokens.Expected(found.issuer, found.client, str(about["nonce"]))
    try:
        try:
            claims = id_tokens.believed(token, calls.keys_of(service), expected, time.time())
        except id_tokens.UnknownKeyError:  # the service may have changed its keys
            claims = id_tokens.believed(token, calls.keys_of(service, anew=True), expected, time.time())
    except (id_tokens.TokenRefusedError, id_tokens.UnknownKeyError) as error:
        log.warning("identity token refused", provider=found.id, why=str(error))
        raise PROVIDER_REFUSED() from None
    if isinstance(access, str) and ("email" not in claims or not id_tokens.groups_in(claims, found.groups_claim)):
        more = calls.person_at(service, access)
        if more.get("sub") == claims["sub"]:
            claims = {**more, **claims}
    return claims


def _verified_mail(claims: Mapping[str, Any]) -> str:
    mail = claims.get("email")
    return mail if isinstance(mail, str) and claims.get("email_verified") is True and 3 <= len(mail) <= 254 else ""


def _grants(found: Provider, claims: Mapping[str, Any]) -> list[RoleGrant]:
    groups = set(id_tokens.groups_in(claims, found.groups_claim))
    return [RoleGrant(each.role_id, each.site_id) for each in found.mappings if each.group in groups]


def _person(found: Provider, claims: Mapping[str, Any]) -> int:
    """Return who it is here: known already, linked by verified mail, or new where the tenant allows that.

    :raises Fault: ``tenancy.provider_no_account``, ``tenancy.provider_no_role``.
    """
    subject, mail = str(claims["sub"]), _verified_mail(claims)
    known = store.person_of(found.id, subject)
    if known is None and found.links_by_mail and mail:
        same = store.people_with_mail(mail)
        if len(same) == 1:
            store.link(found.id, subject, same[0], managed=False)
            return same[0]
    if known is not None and not known[1]:
        return known[0]
    if known is None and not found.creates_people:
        raise PROVIDER_NO_ACCOUNT()
    grants = _grants(found, claims)
    if not grants:
        raise PROVIDER_NO_ROLE()
    person = known[0] if known else _new_person(found, claims, mail)
    set_roles_as_told(person, grants)
    return person


def _new_person(found: Provider, claims: Mapping[str, Any], mail: str) -> int:
    """Make the person whom the service vouches for; they have no password here."""
    wanted = str(claims.get("preferred_username") or mail or claims["sub"])[:100]
    taken = tx().execute("SELECT 1 FROM tenancy_find_login(%s)", (wanted,)).fetchone() is not None
    login = f"{wanted}#{found.id}-{int(datetime.now(UTC).timestamp())}" if taken else wanted
    name = str(claims.get("name") or wanted)[:200]
    user = User(tenant_id=tx().principal.tenant_id, login=login, name=name, mail=mail or None)
    user.password = make_password(None)
    user.save()
    store.link(found.id, str(claims["sub"]), int(user.pk), managed=True)
    return int(user.pk)


def _try(who: Principal, found: Provider, secret: str, code: str, about: Mapping[str, Any], visit: Visit) -> None:
    step: TryStep = "token"
    claims: dict[str, Any] = {}
    person, said, ok = "", "", False
    try:
        claims = _claims(found, secret, code, about, visit)
        step = "person"
        with transaction(who) as current:
            number = _person(found, claims)
            person = str(current.value("SELECT login FROM tenancy_user WHERE id = %s", (number,)))
            current.abandon()
        step, ok = "roles", True
    except Fault as fault:
        said = fault.title("zh") + " " + fault.title("en")
    tried = Tried(
        datetime.now(UTC), ok, step, said, str(claims.get("sub", ""))[:255], _verified_mail(claims), person,
        id_tokens.groups_in(claims, found.groups_claim)[:50], tuple(each.role_id for each in _grants(found, claims)),
    )  # fmt: skip
    with transaction(who):
        store.note_tried(found.id, tried)
