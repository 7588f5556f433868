"""Identity tokens (OpenID Connect Core 1.0, section 3.1.3.7): what makes one worth believing. PKCE (RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from joserfc import jws, jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

ALGORITHMS: Final = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA",
)  # fmt: skip
"""Signatures with a key that only the service has; none at all, or one that we share, proves nothing."""
LEEWAY_SECONDS: Final = 60
OLDEST_SECONDS: Final = 600
"""A token made longer ago was not made for this sign-in."""


class UnknownKeyError(ValueError):
    """The token names a key that is not among those known: the service may have changed its keys."""


class TokenRefusedError(ValueError):
    """The token must not be believed; the text says why, for the log."""


def new_verifier() -> str:
    """Return a code verifier of 256 random bits."""
    return secrets.token_urlsafe(32)


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Expected:
    """Who must have made a token, for whom, and for which sign-in."""

    issuer: str
    client: str
    nonce: str


def believed(token: str, keys: Mapping[str, Any], expected: Expected, now: float) -> dict[str, Any]:
    """Return the claims of a token that this service made for us, for this sign-in, just now.

    :raises UnknownKeyError: where none of ``keys`` (a JWK set) is the one it names.
    :raises TokenRefusedError: for anything else that is wrong with it.
    """
    try:
        known = KeySet.import_key_set({"keys": [key for key in keys.get("keys", ()) if key.get("kty") != "oct"]})
        read = jwt.decode(token, known, algorithms=list(ALGORITHMS))
    except InvalidKeyIdError:
        raise UnknownKeyError(token[:20]) from None
    except BadSignatureError:
        if _names_its_key(token):
            raise TokenRefusedError("signature") from None
        raise UnknownKeyError("no kid") from None
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise TokenRefusedError(f"{type(error).__name__}: {error}") from None
    claims = dict(read.claims)
    why = _what_is_wrong(claims, expected, now)
    if why:
        raise TokenRefusedError(why)
    return claims


def _names_its_key(token: str) -> bool:
    return "kid" in jws.extract_compact(token.encode()).headers()


def _what_is_wrong(claims: Mapping[str, Any], expected: Expected, now: float) -> str:
    audience, client = claims.get("aud"), expected.client
    meant = [audience] if isinstance(audience, str) else audience if isinstance(audience, list) else []
    expires, made = _time(claims.get("exp")), _time(claims.get("iat"))
    if claims.get("iss") != expected.issuer:
        return f"iss {claims.get('iss')!r}"
    if client not in meant or (len(meant) > 1 and claims.get("azp") != client):
        return f"aud {audience!r}"
    if claims.get("azp") not in {None, client}:
        return f"azp {claims.get('azp')!r}"
    if expires is None or now > expires + LEEWAY_SECONDS:
        return f"exp {expires!r}"
    if made is None or made > now + LEEWAY_SECONDS or made < now - OLDEST_SECONDS:
        return f"iat {made!r}"
    if not expected.nonce or claims.get("nonce") != expected.nonce:
        return "nonce"
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        return f"sub {subject!r}"
    return ""


def _time(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def groups_in(claims: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """Return the groups at a path of claims, as ``groups`` or ``realm_access.roles`` name them."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for step in path.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found,)
    if isinstance(found, Sequence):
        return tuple(each for each in found if isinstance(each, str))
    return ()
