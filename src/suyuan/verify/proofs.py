"""The arithmetic of proofs: JSON in its one form (RFC 8785), the tree (RFC 6962, RFC 9162), signed notes (C2SP)."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class ProofError(Exception):
    """The dossier does not prove what it says; the message, in both languages, tells where."""


def canonical(value: object) -> bytes:
    """Return the RFC 8785 bytes of a JSON value."""
    return _canonical(value).encode()


def _canonical(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return _number(float(value))
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    if not isinstance(value, dict):
        raise ProofError(f"不是 JSON not JSON: {value!r}")
    items = sorted(value.items(), key=lambda item: str(item[0]).encode("utf-16-be"))
    return "{" + ",".join(f"{_canonical(key)}:{_canonical(inner)}" for key, inner in items) + "}"


def _number(number: float) -> str:
    """Return a number as ECMAScript writes it (RFC 8785, 3.2.2.3)."""
    if not math.isfinite(number):
        raise ProofError("不是数字 not a number")
    if number == 0:
        return "0"
    sign, text = ("-", repr(-number)) if number < 0 else ("", repr(number))
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len((whole + fraction).lstrip("0")))
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    power = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return sign + digits[0] + (f".{digits[1:]}" if count > 1 else "") + power


def hash_of(value: object) -> str:
    """Return the hex SHA-256 of a JSON value's one form."""
    return hashlib.sha256(canonical(value)).hexdigest()


def leaf_of(entry: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def above(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_by_path(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """Return the root that an inclusion proof leads to: RFC 9162, section 2.1.3.2, line by line."""
    if index >= size:
        raise ProofError("位置超出日志 the position is beyond the log")
    place, last, root = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise ProofError("证明过长 the proof is too long")
        if place & 1 or place == last:
            root = above(step, root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = above(root, step)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofError("证明过短 the proof is too short")
    return root


def check_growth(old: int, old_root: bytes, size: int, root: bytes, path: list[bytes]) -> None:
    """Check a consistency proof: RFC 9162, section 2.1.4.2, line by line."""
    wrong = ProofError("新旧两个检查点不相接 the two checkpoints are not of one log that only grew")
    if old == size:
        if path or old_root != root:
            raise wrong
        return
    if not 0 < old < size or not path:
        raise wrong
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise wrong
        if place & 1 or place == last:
            before, after = above(step, before), above(step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = above(after, step)
        place, last = place >> 1, last >> 1
    if last or before != old_root or after != root:
        raise wrong


@dataclass(frozen=True)
class Key:
    """A public key ``name+id+base64``, as C2SP tools write it."""

    name: str
    id: bytes
    public: bytes

    @classmethod
    def read(cls, text: str) -> Key:
        name, identity, encoded = text.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        if raw[:1] != b"\x01" or hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex() != identity:
            raise ProofError(f"公钥写法不对 not a public key: {text}")
        return cls(name, bytes.fromhex(identity), raw[1:])


def opened(note: str, keys: list[Key]) -> str | None:
    """Return a note's text where one of ``keys`` signed it."""
    text, found, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines() if found else ():
        name, _, encoded = line.removeprefix("— ").rpartition(" ")
        raw = base64.b64decode(encoded)
        for key in keys:
            if key.name == name and key.id == raw[:4]:
                try:
                    Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], f"{text}\n".encode())
                except InvalidSignature:
                    continue
                return text + "\n"
    return None


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says."""

    origin: str
    size: int
    root: bytes
    number: int
    time: str

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        origin, size, root, line, end = text.split("\n")
        kind, number, time, _ = line.split(" ")
        if end or kind != "suyuan/checkpoint/1":
            raise ProofError("不是检查点 not a checkpoint")
        return cls(origin, int(size), base64.b64decode(root), int(number), time)


def trusted_keys(listed: list[dict[str, Any]], given: list[Key]) -> list[Key]:
    """Return the keys of the dossier that are trusted: those given, and those to which a trusted one handed over."""
    if not given:
        return [Key.read(each["verifier"]) for each in listed]
    trusted = list(given)
    for each in listed:  # oldest first
        key = Key.read(each["verifier"])
        text = opened(each["endorsement"], trusted) if each.get("endorsement") else None
        if key not in trusted and text == f"{key.name}\nsuyuan/key/1 {each['verifier']}\n":
            trusted.append(key)
    return trusted
