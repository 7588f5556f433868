"""Checkpoints as signed notes (C2SP tlog-checkpoint, signed-note): text that says size and root, signed with Ed25519.

Any tool that reads Go's checksum database or other C2SP logs reads ours. The fourth line is ours: number, time, and the
hash of the checkpoint before, so that checkpoints are a chain too.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_EXTENSION = "suyuan/checkpoint/1"
_ED25519 = b"\x01"
NO_EARLIER = "-"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a signed note says of the log."""

    origin: str
    size: int
    root: bytes
    number: int
    made: datetime
    before: str
    """Base64 of the SHA-256 of the checkpoint before, signatures included; ``-`` for the first."""

    def text(self) -> str:
        """Return the lines that are signed."""
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\n{_EXTENSION} {self.number} {stamp(self.made)} {self.before}\n"


def stamp(moment: datetime) -> str:
    """Return a time as the log writes it: UTC, with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def public_bytes(key: Ed25519PrivateKey | Ed25519PublicKey) -> bytes:
    """Return the 32 bytes of the public key."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a note names a key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """Return a public key as C2SP tools write it: ``name+id+base64``."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"


def public_of(verifier: str) -> bytes:
    """Return the 32 bytes of a public key written as C2SP tools do; ``ValueError`` where it is none."""
    name, _, rest = verifier.strip().partition("+")
    identity, _, encoded = rest.partition("+")
    raw = base64.b64decode(encoded, validate=True)
    if len(raw) != 33 or raw[:1] != _ED25519 or key_id(name, raw[1:]).hex() != identity:
        raise ValueError(f"not a public key of a log: {verifier[:80]}")
    return raw[1:]


def signed(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """Return ``text`` (which ends with a line feed) as a signed note."""
    signature = base64.b64encode(key_id(name, public_bytes(key)) + key.sign(text.encode())).decode()
    return f"{text}\n— {name} {signature}\n"


def opened(note: str, name: str, public: bytes) -> str | None:
    """Return the text of a note that the key signed; None where it did not."""
    text, found, signatures = note.rpartition("\n\n")
    if not found:
        return None
    text += "\n"
    for line in signatures.splitlines():
        mark, _, rest = line.partition(" ")
        signer, _, encoded = rest.rpartition(" ")
        if mark != "—" or signer != name:
            continue
        try:
            raw = base64.b64decode(encoded, validate=True)
            if raw[:4] == key_id(name, public):
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())
                return text
        except (binascii.Error, InvalidSignature, ValueError):
            continue
    return None


def note_key_ids(note: str) -> list[str]:
    """Return the ids, in hex, of the keys that a note says signed it."""
    ids = []
    for line in note.rpartition("\n\n")[2].splitlines():
        try:
            ids.append(base64.b64decode(line.rpartition(" ")[2], validate=True)[:4].hex())
        except binascii.Error:
            continue
    return ids


def read_checkpoint(text: str) -> Checkpoint:
    """Return what the text of a checkpoint says; ``ValueError`` where it is none of ours."""
    lines = text.split("\n")
    if len(lines) != 5 or lines[4]:
        raise ValueError("a checkpoint has four lines")
    extension, number, made, before = lines[3].split(" ")
    if extension != _EXTENSION:
        raise ValueError(f"not a checkpoint of ours: {extension}")
    when = datetime.strptime(made, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return Checkpoint(lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True), int(number), when, before)


def note_hash(note: str) -> str:
    """Return the base64 hash by which the next checkpoint names this one."""
    return base64.b64encode(hashlib.sha256(note.encode()).digest()).decode()


def endorsement(name: str, public: bytes, by: Ed25519PrivateKey) -> str:
    """Return the note by which an old key hands over to a new one."""
    return signed(f"{name}\nsuyuan/key/1 {verifier_key(name, public)}\n", name, by)
