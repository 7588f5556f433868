"""Asking a sign-in service: what it offers, its keys (kept for a while, in this process), a code for a token."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from suyuan.chassis.outside import fetch
from suyuan.chassis.settings import settings
from suyuan.tenancy.contracts import PROVIDER_REFUSED, PROVIDER_UNREACHABLE

_KEPT_SECONDS: Final = 600
_ANEW_AFTER_SECONDS: Final = 30
"""Keys are not asked for again sooner than this: a stranger's token must not make us hammer the service."""


@dataclass(frozen=True, slots=True)
class Service:
    """What a service says of itself (OpenID Connect Discovery 1.0)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    end_session_endpoint: str | None
    by_post: bool


_kept: dict[str, tuple[float, Any]] = {}


def discovered(issuer: str) -> Service:
    """Return what the service at ``issuer`` says of itself.

    :raises Fault: ``tenancy.provider_unreachable``, also where it names another issuer or leaves something out.
    """
    url = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    told = _kept_json(url, anew=False)
    if told.get("issuer") != issuer:
        raise _unreachable(url, f"issuer {str(told.get('issuer'))[:100]!r}")
    methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    try:
        return Service(
            issuer, str(told["authorization_endpoint"]), str(told["token_endpoint"]), str(told["jwks_uri"]),
            told.get("userinfo_endpoint"), told.get("end_session_endpoint"), "client_secret_basic" not in methods,
        )  # fmt: skip
    except KeyError as missing:
        raise _unreachable(url, f"{missing}") from None


def keys_of(service: Service, *, anew: bool = False) -> Mapping[str, Any]:
    """Return the service's public keys; ``anew`` where a token names one that we do not know.

    :raises Fault: ``tenancy.provider_unreachable``.
    """
    return _kept_json(service.jwks_uri, anew=anew)


def token_for(
    service: Service, code: str, verifier: str, *, client: str, secret: str, redirect: str
) -> Mapping[str, Any]:
    """Return what the service gives for a code.

    :raises Fault: ``tenancy.provider_refused``, ``tenancy.provider_unreachable``.
    """
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect, "code_verifier": verifier}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    if service.by_post:
        form |= {"client_id": client, "client_secret": secret}
    else:
        pair = f"{quote(client, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return _asked(service.token_endpoint, urlencode(form).encode(), headers)


def person_at(service: Service, access_token: str) -> Mapping[str, Any]:
    """Return what the service says of the person; nothing where it has no such place.

    :raises Fault: as :func:`token_for`.
    """
    if not service.userinfo_endpoint:
        return {}
    return _asked(service.userinfo_endpoint, None, {"Authorization": f"Bearer {access_token}"})


def _kept_json(url: str, *, anew: bool) -> dict[str, Any]:
    now = time.monotonic()
    at, told = _kept.get(url, (-_KEPT_SECONDS, None))
    if told is None or now - at > (_ANEW_AFTER_SECONDS if anew else _KEPT_SECONDS):
        told = _asked(url, None, {"Accept": "application/json"})
        _kept[url] = (now, told)
    return dict(told)


def _asked(url: str, body: bytes | None, headers: Mapping[str, str]) -> dict[str, Any]:
    try:
        heard = fetch(url, settings().identity_hosts, body=body, headers=headers)
    except (OSError, ValueError) as error:
        raise _unreachable(url, f"{type(error).__name__}: {error}"[:200]) from None
    if heard.status >= 500 or (heard.status >= 400 and body is None):
        raise _unreachable(url, f"HTTP {heard.status}")
    if heard.status != 200:
        raise PROVIDER_REFUSED()
    try:
        told: dict[str, Any] = msgspec.json.decode(heard.body, type=dict[str, Any])
    except msgspec.DecodeError:
        raise _unreachable(url, "not JSON") from None
    return told


def _unreachable(url: str, why: str) -> Exception:
    return PROVIDER_UNREACHABLE(host=urlsplit(url).hostname or url[:80], why=why)
