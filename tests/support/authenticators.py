"""A device that holds a passkey (WebAuthn): made of the standard's own words, so that its answers can also be wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.support.web import PASSWORD, InProcess

WEBSITE = "http://testserver"
_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _options(browser: InProcess, path: str, body: Any = None) -> Any:
    answer = browser.post(path, json=body or {})
    assert answer.status_code == 200, answer.text
    return answer.json()["options"]


@dataclass
class Device:
    """A security key or telephone. ``website``: where it believes to be; ``uses``: what it counts."""

    website: str = WEBSITE
    uses: int = 0
    verifies: bool = True
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    _key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.website}).encode()

    def _told(self, host: str, *, attested: bytes = b"") -> bytes:
        flags = _PRESENT | (_VERIFIED if self.verifies else 0) | (_ATTESTED if attested else 0)
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big") + attested

    def made(self, options: Any) -> dict[str, Any]:
        """Return the answer to ``navigator.credentials.create``."""
        point = self._key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(public)
        told = self._told(options["rp"]["id"], attested=attested)
        return self._answer(
            clientDataJSON=self._client("webauthn.create", options["challenge"]),
            attestationObject=cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": told}),
        )

    def proof(self, options: Any) -> dict[str, Any]:
        """Return the answer to ``navigator.credentials.get``; it counts one use more."""
        self.uses += 1
        client = self._client("webauthn.get", options["challenge"])
        told = self._told(options["rpId"])
        signed = self._key.sign(told + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=told, signature=signed)

    def _answer(self, **response: bytes) -> dict[str, Any]:
        identity = _text(self.credential)
        told = {name: _text(value) for name, value in response.items()}
        return {"id": identity, "rawId": identity, "type": "public-key", "response": told, "clientExtensionResults": {}}

    def register(self, browser: InProcess, name: str = "key", password: str = PASSWORD) -> Any:
        """Register this device for whoever is signed in; return the answer."""
        options = _options(browser, "/api/v1/session/passkeys/begin", {"password": password})
        return browser.post("/api/v1/session/passkeys", json={"name": name, "answer": self.made(options)})

    def ask(self, browser: InProcess, path: str = "/api/v1/session/passkeys/ask") -> dict[str, Any]:
        """Have this browser be asked, and return what this device answers."""
        return self.proof(_options(browser, path))

    def sign_in(self, browser: InProcess) -> Any:
        """Sign in with this device alone; return the answer."""
        browser.take_page_token()
        return browser.post("/api/v1/session/passkeys/sign-in", json={"answer": self.ask(browser)})
