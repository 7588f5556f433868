"""Forged, stale and foreign identity tokens: none is believed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from suyuan.tenancy.domain.id_tokens import (
    Expected,
    TokenRefusedError,
    UnknownKeyError,
    believed,
    challenge_of,
    groups_in,
)

NOW = 1_800_000_000
OURS = Expected("https://id.example", "suyuan", "n-0S6")
SOUND = {"iss": OURS.issuer, "aud": "suyuan", "sub": "u1", "iat": NOW, "exp": NOW + 300, "nonce": OURS.nonce}
KEY = RSAKey.generate_key(2048, {"kid": "a", "use": "sig"})
CURVE = ECKey.generate_key("P-256", {"kid": "c", "use": "sig"})
KEYS = {"keys": [KEY.as_dict(private=False), CURVE.as_dict(private=False)]}


def _token(claims=SOUND, *, alg="RS256", key=KEY, kid="a") -> str:
    return jwt.encode({"alg": alg, "kid": kid}, dict(claims), key, algorithms=[alg])


def _unsigned() -> str:
    return ".".join(_text(json.dumps(part).encode()) for part in ({"alg": "none"}, SOUND)) + "."


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _shared(secret: bytes) -> str:
    """A token under HS256, whose secret is what everybody can read (no library lets one do so)."""
    signed = f"{_text(json.dumps({'alg': 'HS256', 'kid': 'a'}).encode())}.{_text(json.dumps(SOUND).encode())}"
    return f"{signed}.{_text(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


def _changed() -> str:
    head, body, signature = _token().split(".")
    text = base64.urlsafe_b64decode(body + "==").replace(b'"u1"', b'"u2"')
    return f"{head}.{_text(text)}.{signature}"


FORGED = {
    "no signature": _unsigned(),
    "another's key under our kid": _token(key=RSAKey.generate_key(2048, {"kid": "a"})),
    "the public key as a shared secret": _shared(KEY.as_pem(private=False)),
    "changed after signing": _changed(),
    "another issuer": _token(SOUND | {"iss": "https://id.example.evil"}),
    "for another client": _token(SOUND | {"aud": "other"}),
    "for two, not by us": _token(SOUND | {"aud": ["suyuan", "other"], "azp": "other"}),
    "for two, by nobody": _token(SOUND | {"aud": ["suyuan", "other"]}),
    "for nobody": _token({name: value for name, value in SOUND.items() if name != "aud"}),
    "run out": _token(SOUND | {"exp": NOW - 61}),
    "without an end": _token({name: value for name, value in SOUND.items() if name != "exp"}),
    "an end that is no time": _token(SOUND | {"exp": True}),
    "from the future": _token(SOUND | {"iat": NOW + 120, "exp": NOW + 600}),
    "made long ago": _token(SOUND | {"iat": NOW - 3600}),
    "without a nonce": _token({name: value for name, value in SOUND.items() if name != "nonce"}),
    "of another sign-in": _token(SOUND | {"nonce": "other"}),
    "about nobody": _token(SOUND | {"sub": ""}),
    "no token": "x.y.z",
    "nothing": "",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_token_is_not_believed(name) -> None:
    with pytest.raises(TokenRefusedError):
        believed(FORGED[name], KEYS, OURS, NOW)


def test_a_sound_token_is_believed() -> None:
    assert believed(_token(), KEYS, OURS, NOW)["sub"] == "u1"
    assert believed(_token(alg="ES256", key=CURVE, kid="c"), KEYS, OURS, NOW + 350)["sub"] == "u1"
    assert believed(_token(SOUND | {"aud": ["suyuan", "b"], "azp": "suyuan"}), KEYS, OURS, NOW)["sub"] == "u1"


def test_a_key_that_we_do_not_know_yet_is_told_apart() -> None:
    fresh = RSAKey.generate_key(2048, {"kid": "b"})
    with pytest.raises(UnknownKeyError):
        believed(_token(key=fresh, kid="b"), KEYS, OURS, NOW)
    assert believed(_token(key=fresh, kid="b"), {"keys": [fresh.as_dict(private=False)]}, OURS, NOW)["sub"] == "u1"


def test_a_shared_key_among_the_services_keys_is_none() -> None:
    shared = OctKey.generate_key(256, {"kid": "a"})
    with pytest.raises((TokenRefusedError, UnknownKeyError)):
        believed(_token(alg="HS256", key=shared), {"keys": [shared.as_dict()]}, OURS, NOW)


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_groups_are_found_where_services_put_them() -> None:
    assert groups_in({"groups": ["a", "b", 3]}, "groups") == ("a", "b")
    assert groups_in({"realm_access": {"roles": ["a"]}}, "realm_access.roles") == ("a",)
    assert groups_in({"https://x.example/groups": "a"}, "https://x.example/groups") == ("a",)
    assert groups_in({"groups": {"a": 1}}, "groups") == ()
    assert groups_in({}, "a.b") == ()
