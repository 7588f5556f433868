"""Places outside, with their secrets sealed, and what became of each sending."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import psycopg
from cryptography.fernet import Fernet, InvalidToken

from suyuan.chassis.database import named_sql, savepoint, tx
from suyuan.chassis.settings import settings
from suyuan.compliance.contracts import PLACE_NAME_TAKEN, CheckpointDelivery, CheckpointPlace, PlaceKind, TimeStamp


def _box() -> Fernet:
    key = hashlib.sha256(b"compliance places\0" + settings().secret("places_key").encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def listed(place_id: int | None = None) -> list[CheckpointPlace]:
    """Return the places, or the one of this number, with their last sendings."""
    rows = tx().rows(named_sql(__package__, "list_places.sql"), {"tenant": tx().principal.tenant_id, "place": place_id})
    return [_place(row) for row in rows]


def _place(row: Sequence[Any]) -> CheckpointPlace:
    number, kind, name, said, has_secret, every, active, last, last_good = row
    options = msgspec.json.decode(said, type=dict[str, str])
    return CheckpointPlace(
        number, PlaceKind(kind), name, options, has_secret, every, active, _sent(last), _sent(last_good)
    )


def _sent(text: str | None) -> CheckpointDelivery | None:
    return None if text is None else msgspec.json.decode(text, type=CheckpointDelivery)


def add(kind: str, name: str, options: Mapping[str, str], secret: str | None, every_minutes: int) -> int:
    """Keep a new place and return its number.

    :raises Fault: ``compliance.place_name_taken``.
    """
    try:
        with savepoint():
            return int(
                tx().value(
                    "INSERT INTO compliance_place (tenant_id, kind, name, settings, secret, every_minutes)"
                    " VALUES (%s, %s, %s, %s::jsonb, %s, %s) RETURNING id",
                    (tx().principal.tenant_id, kind, name, _text(options), _sealed(secret), every_minutes),
                )
            )
    except psycopg.errors.UniqueViolation as error:
        raise PLACE_NAME_TAKEN(at="/name", name=name) from error


def change(place_id: int, values: Mapping[str, Any]) -> None:
    """Change ``settings``, ``secret``, ``every_minutes`` or ``active`` of a place, those that are given."""
    for column, value in values.items():
        stored = _text(value) if column == "settings" else _sealed(value) if column == "secret" else value
        statement = {
            "settings": "UPDATE compliance_place SET settings = %s::jsonb WHERE id = %s",
            "secret": "UPDATE compliance_place SET secret = %s WHERE id = %s",
            "every_minutes": "UPDATE compliance_place SET every_minutes = %s WHERE id = %s",
            "active": "UPDATE compliance_place SET active = %s WHERE id = %s",
        }[column]
        tx().execute(statement, (stored, place_id))


def remove(place_id: int) -> None:
    """Forget a place; what was sent there stays on record."""
    tx().execute("DELETE FROM compliance_place WHERE id = %s", (place_id,))


def _text(options: Mapping[str, str]) -> str:
    return msgspec.json.encode(dict(options)).decode()


def _sealed(secret: str | None) -> bytes | None:
    return _box().encrypt(secret.encode()) if secret else None


def secret_of(place_id: int) -> str:
    """Return a place's secret; empty where there is none or this installation's key does not open it."""
    sealed = tx().value("SELECT secret FROM compliance_place WHERE id = %s", (place_id,))
    try:
        return _box().decrypt(bytes(sealed)).decode() if sealed else ""
    except InvalidToken:
        return ""


def due() -> list[int]:
    """Return the places to which the newest checkpoint should go now."""
    rows = tx().rows(named_sql(__package__, "due_places.sql"), {"tenant": tx().principal.tenant_id})
    return [row[0] for row in rows]


def note_delivery(place_id: int, checkpoint: int, good: bool, said: str, proof: bytes | None) -> None:
    """Keep what became of a sending."""
    tx().execute(
        "INSERT INTO compliance_delivery (tenant_id, place_id, checkpoint, good, said, proof)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (tx().principal.tenant_id, place_id, checkpoint, good, said[:500], proof),
    )


def time_stamps(upto: int | None = None, limit: int = 1) -> list[TimeStamp]:
    """Return the newest time stamps of checkpoints numbered ``upto`` or below."""
    rows = tx().rows(
        "SELECT checkpoint, said, at, encode(proof, 'base64') FROM compliance_delivery WHERE tenant_id = %s"
        " AND proof IS NOT NULL AND (%s::bigint IS NULL OR checkpoint <= %s)"
        " ORDER BY checkpoint DESC, id DESC LIMIT %s",
        (tx().principal.tenant_id, upto, upto, limit),
    )
    return [TimeStamp(number, said, at, proof.replace("\n", "")) for number, said, at, proof in rows]
