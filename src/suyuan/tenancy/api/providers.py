"""Sign-in services as administrators keep them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import transaction, tx
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal
from suyuan.tenancy.api.persons import refuse_beyond_own
from suyuan.tenancy.api.provisioning import find_tenant, sites
from suyuan.tenancy.api.roles import roles
from suyuan.tenancy.contracts import FIELD_INVALID, NAME_TAKEN, GroupRole, OfferedProvider, Provider, Tried
from suyuan.tenancy.store import provider_calls as calls
from suyuan.tenancy.store import providers as store

_TEXTS: Final = {"name_zh": 80, "name_en": 80, "issuer": 300, "client": 200, "scopes": 300, "groups_claim": 100}
_SCOPES: Final = re.compile(r"openid( [\x21\x23-\x5b\x5d-\x7e]+)*")
_MAPPINGS_MOST: Final = 200


def providers() -> list[Provider]:
    """Return the tenant's sign-in services."""
    return store.listed()


def provider(provider_id: int) -> Provider:
    """Return one.

    :raises Fault: ``chassis.not_found``.
    """
    found = store.listed(provider_id)
    if not found:
        raise NOT_FOUND(what=f"#{provider_id}")
    return found[0]


def offered_providers(company: str | None) -> list[OfferedProvider]:
    """Return the sign-in services that the sign-in page shows; of the only company where none is named."""
    tenant = find_tenant(company or None)
    if tenant is None:
        return []
    with transaction(Principal(tenant, None, "")):
        return [OfferedProvider(each.id, each.name_zh, each.name_en) for each in store.listed(only_enabled=True)]


def add_provider(values: Mapping[str, Any], secret: str) -> Provider:
    """Keep a new sign-in service.

    :raises Fault: ``tenancy.field_invalid``, ``tenancy.name_taken``, ``tenancy.grant_beyond_own``.
    """
    if not secret.strip():
        raise FIELD_INVALID(at="/secret", field="secret", given="", allowed="1–500")
    return provider(store.add(_checked(values), secret.strip()))


def change_provider(provider_id: int, values: Mapping[str, Any], secret: str | None) -> Provider:
    """Change a sign-in service; whoever is signed in by it stays so.

    :raises Fault: as :func:`add_provider`, and ``chassis.not_found``.
    """
    before = provider(provider_id)
    store.change(provider_id, _checked(values, before), secret.strip() if secret else None)
    return provider(provider_id)


def remove_provider(provider_id: int) -> None:
    """Forget a sign-in service; people whom it brought stay, and need a password or another service.

    :raises Fault: ``chassis.not_found``.
    """
    if not store.remove(provider_id):
        raise NOT_FOUND(what=f"#{provider_id}")


def _checked(values: Mapping[str, Any], before: Provider | None = None) -> dict[str, Any]:
    checked = dict(values)
    for name, longest in _TEXTS.items():
        if name in checked:
            checked[name] = text = str(checked[name]).strip()
            if not 0 < len(text) <= longest or not text.isprintable():
                raise FIELD_INVALID(at=f"/{name}", field=name, given=text[:40], allowed=f"1–{longest}")
    parts = urlsplit(checked.get("issuer", "https://x"))
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise FIELD_INVALID(at="/issuer", field="issuer", given=checked["issuer"][:80], allowed="https://…")
    if not _SCOPES.fullmatch(checked.get("scopes", "openid")):
        raise FIELD_INVALID(at="/scopes", field="scopes", given=checked["scopes"][:80], allowed="openid …")
    own = before.id if before else None
    if any(each.id != own and each.name_zh == checked.get("name_zh") for each in store.listed()):
        raise NAME_TAKEN(at="/name_zh", name=checked["name_zh"])
    if "mappings" in checked:
        _check_mappings(checked["mappings"], before.mappings if before else ())
    return checked


def _check_mappings(mappings: tuple[GroupRole, ...], before: tuple[GroupRole, ...]) -> None:
    known, places = {each.id: each for each in roles()}, {site.id for site in sites()}
    for each in mappings:
        wrong_site = each.site_id is not None and each.site_id not in places
        if not 0 < len(each.group.strip()) <= 300 or each.role_id not in known or wrong_site:
            raise FIELD_INVALID(at="/mappings", field="mappings", given=each.group[:40], allowed="GET /api/v1/roles")
        if each not in before:
            refuse_beyond_own(known[each.role_id].permissions, each.site_id)
    if len(mappings) > _MAPPINGS_MOST:
        raise FIELD_INVALID(at="/mappings", field="mappings", given=str(len(mappings)), allowed=f"0–{_MAPPINGS_MOST}")


def try_provider(provider_id: int) -> Tried:
    """Ask the service for what it offers and for its keys; keep and return what came of it.

    :raises Fault: ``chassis.not_found``.
    """
    found = provider(provider_id)
    now = datetime.now(UTC)
    try:
        service = calls.discovered(found.issuer)
        count = len(calls.keys_of(service).get("keys", ()))
    except Fault as fault:
        tried = Tried(now, False, "discovery", fault.title(tx().principal.language))
    else:
        tried = Tried(now, count > 0, "keys", str(count))
    store.note_tried(provider_id, tried)
    return tried
