"""The keys that sign checkpoints: private parts in files only the application reads, public parts in the database."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from suyuan.chassis.database import tx
from suyuan.chassis.settings import settings
from suyuan.compliance.domain.notes import endorsement, key_id, public_bytes


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A public key that is or was used, as the database has it."""

    name: str
    id: str
    public: bytes
    endorsement: str | None
    since: datetime


def _folder(code: str) -> Path:
    return settings().data / "secrets" / "log-keys" / re.sub(r"[^A-Za-z0-9_-]", "_", code)


def private_keys(code: str) -> list[Ed25519PrivateKey]:
    """Return the tenant's keys on this machine, oldest first; the last one signs."""
    keys = []
    for file in sorted(_folder(code).glob("*.pem")):
        key = load_pem_private_key(file.read_bytes(), None)
        if isinstance(key, Ed25519PrivateKey):
            keys.append(key)
    return keys


def signing_key(code: str, name: str) -> Ed25519PrivateKey:
    """Return the key that signs now; the first is made where there is none."""
    keys = private_keys(code) or [_make(code, 1)]
    _publish(name, keys[-1], keys[-2] if len(keys) > 1 else None)
    return keys[-1]


def rotate(code: str, name: str) -> Ed25519PrivateKey:
    """Make a new signing key, endorsed by the present one, which stays good for what it signed."""
    signing_key(code, name)
    keys = private_keys(code)
    fresh = _make(code, len(keys) + 1)
    _publish(name, fresh, keys[-1])
    return fresh


def _make(code: str, generation: int) -> Ed25519PrivateKey:
    folder = _folder(code)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    path = folder / f"{generation:04d}.pem"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    return key


def _publish(name: str, key: Ed25519PrivateKey, before: Ed25519PrivateKey | None) -> None:
    public = public_bytes(key)
    tx().execute(
        "INSERT INTO compliance_log_key (tenant_id, name, key_id, public, endorsement) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (
            tx().principal.tenant_id,
            name,
            key_id(name, public).hex(),
            public,
            endorsement(name, public, before) if before else None,
        ),
    )


def trust(code: str, publics: Sequence[bytes]) -> Path:
    """Keep public keys that signed a log elsewhere, outside the database, where there are none yet; return the folder.

    The log goes on here under a key of its own.
    """
    folder = _folder(code)
    folder.mkdir(parents=True, mode=0o700)
    for number, public in enumerate(publics, 1):
        (folder / f"elsewhere-{number:04d}.pub").write_bytes(public)
    return folder


def trusted(code: str) -> list[bytes]:
    """Return the public keys whose signatures hold, as this machine knows them outside the database."""
    elsewhere = [file.read_bytes() for file in sorted(_folder(code).glob("elsewhere-*.pub"))]
    return [*elsewhere, *(public_bytes(key) for key in private_keys(code))]


def known_keys() -> list[KnownKey]:
    """Return the public keys on record, oldest first."""
    rows = tx().rows(
        "SELECT name, key_id, public, endorsement, since FROM compliance_log_key WHERE tenant_id = %s ORDER BY since",
        (tx().principal.tenant_id,),
    )
    return [KnownKey(name, identity, bytes(public), note, since) for name, identity, public, note, since in rows]
