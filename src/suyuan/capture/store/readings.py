"""Entries as they came, devices, and the locks that keep two entries from being judged by the same facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from suyuan.capture.contracts.readings import FirstOutcome
from suyuan.chassis.arrays import byte_strings, longs, moments, texts, utf8_texts
from suyuan.chassis.database import named_sql, tx

_LOCKS: Final = 256
"""Items share so many locks, so that a large message does not use up the server's."""
_JSON: Final = msgspec.json.Encoder(decimal_format="number")


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an entry when it first came."""

    id: UUID
    content_hash: bytes
    outcome: FirstOutcome
    event_ids: tuple[str, ...]
    findings: list[dict[str, Any]]
    late: bool


def begin(device: UUID) -> datetime:
    """Wait until no other message of the device is being worked off; return the server's time."""
    found: datetime = (
        tx()
        .execute(
            named_sql(__package__, "begin_batch.sql"),
            {"tenant": tx().principal.tenant_id, "device": str(device)},
            prepare=True,
        )
        .fetchall()[0][0]
    )
    return found


def now() -> datetime:
    """Return the server's time."""
    found: datetime = tx().value("SELECT clock_timestamp()")
    return found


def device_state(device: UUID) -> tuple[int, datetime | None]:
    """Return number and time of the device's newest entry; 0 and None of one that never sent any."""
    row = tx().execute(
        "SELECT last_sequence, last_time FROM capture_device WHERE tenant_id = %s AND device = %s",
        (tx().principal.tenant_id, device),
        prepare=True,
    ).fetchone()  # fmt: skip
    return (0, None) if row is None else (row[0], row[1])


def note_device(device: UUID, sequence: int, time: datetime, offset_ms: int, seen: datetime) -> None:
    """Keep the device's newest entry and how far its clock is off."""
    tx().execute(
        "INSERT INTO capture_device AS d (tenant_id, device, last_sequence, last_time, offset_ms, seen)"
        " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (tenant_id, device) DO UPDATE"
        " SET last_sequence = excluded.last_sequence, last_time = excluded.last_time,"
        " offset_ms = excluded.offset_ms, seen = excluded.seen",
        (tx().principal.tenant_id, device, sequence, time, offset_ms, seen),
        prepare=True,
    )


def lock_items(uris: Iterable[str]) -> None:
    """Wait until no other transaction judges entries of any of these items; held until this one ends."""
    tx().execute(
        "SELECT pg_advisory_xact_lock(%s::int, key) FROM (SELECT DISTINCT abs(hashtext(uri) %% %s) AS key"
        " FROM unnest(%s::text[]) AS given (uri) ORDER BY key) AS keys",
        (tx().principal.tenant_id % 2**31, _LOCKS, list(uris)),
        prepare=True,
    )


def kept(ids: Sequence[UUID]) -> dict[UUID, Kept]:
    """Return what is on record of those of ``ids`` that came before."""
    rows = tx().execute(
        "SELECT id, content_hash, outcome, event_ids, findings::text, late FROM capture_reading"
        " WHERE tenant_id = %s AND id = ANY (%s)",
        (tx().principal.tenant_id, list(ids)),
        prepare=True,
    )
    return {
        row[0]: Kept(row[0], bytes(row[1]), row[2], tuple(row[3]), msgspec.json.decode(row[4]), row[5]) for row in rows
    }


@dataclass(frozen=True, slots=True)
class NewReading:
    """An entry to keep."""

    id: UUID
    sequence: int
    node: str
    version: int
    outcome: str
    taken: datetime
    late: bool
    way: str
    person: str | None
    place: str | None
    site_id: int | None
    overridden: tuple[str, ...]
    event_ids: tuple[str, ...]
    content_hash: bytes
    reading: object
    findings: Sequence[Mapping[str, Any]]


def insert(device: UUID, received: datetime, offset_ms: int, readings: Sequence[NewReading]) -> None:
    """Keep entries, with what became of each."""
    if not readings:
        return
    columns = {name: longs(getattr(each, name) for each in readings) for name in ("sequence", "version", "site_id")}
    for name in ("node", "outcome", "way", "person", "place"):
        columns[name] = texts(getattr(each, name) for each in readings)
    for name in ("overridden", "event_ids"):
        columns[name] = texts(_array(getattr(each, name)) for each in readings)
    for name in ("reading", "findings"):
        columns[name] = utf8_texts(_json(getattr(each, name)) for each in readings)
    parameters = {
        **columns,
        "id": texts(str(each.id) for each in readings),
        "taken": moments(each.taken for each in readings),
        "late": longs(1 if each.late else None for each in readings),
        "content_hash": byte_strings(each.content_hash for each in readings),
        "tenant": tx().principal.tenant_id, "device": device, "received": received, "offset_ms": offset_ms,
        "sent_by": tx().principal.name,
    }  # fmt: skip
    tx().execute(named_sql(__package__, "insert_readings.sql"), parameters, prepare=True)


def _json(value: object) -> bytes:
    """Return JSON; NUL, which no text of the database holds, becomes U+FFFD."""
    return _JSON.encode(value).replace(b"\\u0000", b"\\ufffd")


def _array(texts: Sequence[str]) -> str:
    """Return texts as the literal of a PostgreSQL array, since unnest takes nested ones apart."""
    quoted = ('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts)
    return "{" + ",".join(quoted) + "}"
