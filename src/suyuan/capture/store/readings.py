"""Entries as they came, devices, and the locks that keep two entries from being judged by the same facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
import psycopg

from suyuan.capture.contracts.readings import FirstOutcome
from suyuan.chassis.arrays import byte_strings, longs, moments, texts, utf8_texts
from suyuan.chassis.database import Later, named_sql, tx

_SHELVES: Final = 256
"""Items share so many locks where a message names many, so that it does not use up the server's."""
_MANY: Final = 200
"""Items of one transaction from which on it holds whole shelves."""
_JSON: Final = msgspec.json.Encoder(decimal_format="number")
_LONG_COLUMNS: Final = ("sequence", "version", "site_id", "offset_ms")
_TEXT_COLUMNS: Final = ("node", "outcome", "way", "person", "place", "sent_by")


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an entry when it first came."""

    id: UUID
    content_hash: bytes
    outcome: FirstOutcome
    event_ids: tuple[str, ...]
    findings: list[dict[str, Any]]
    late: bool


def begin(devices: Sequence[UUID], *, patient: bool) -> Later[tuple[datetime, frozenset[UUID]]]:
    """Wait until no other message of these devices is being worked off; answer the server's time, and the devices.

    Without patience nobody is waited for: those devices are answered that no other transaction holds.
    """
    values = {"tenant": tx().principal.tenant_id, "devices": [str(device) for device in devices], "patient": patient}
    rows = tx().execute(named_sql(__package__, "begin_batch.sql"), values, prepare=True)

    def answer() -> tuple[datetime, frozenset[UUID]]:
        [(received, held)] = rows.fetchall()
        return received, frozenset(held or ())

    return answer


def now() -> datetime:
    """Return the server's time."""
    found: datetime = tx().value("SELECT clock_timestamp()")
    return found


def known(
    ids: Sequence[UUID], devices: Iterable[UUID]
) -> Later[tuple[dict[UUID, Kept], dict[UUID, tuple[int, datetime]]]]:
    """Ask what is on record of those of ``ids`` that came before, and for each known device's newest number and time.

    To be asked after :func:`begin`, so that what the message before has done is in it.
    """
    before = _ask_kept(ids)
    newest = tx().execute(
        "SELECT device, last_sequence, last_time FROM capture_device WHERE tenant_id = %s AND device = ANY (%s)",
        (tx().principal.tenant_id, list(devices)),
        prepare=True,
    )
    return lambda: (_told_kept(before), {device: (sequence, time) for device, sequence, time in newest})


def note_devices(newest: Mapping[UUID, tuple[int, datetime, int]], seen: datetime) -> None:
    """Keep number and time of the newest entry of each device, and by how many milliseconds its clock is off."""
    if newest:
        values = {
            "tenant": tx().principal.tenant_id, "seen": seen, "device": texts(map(str, newest)),
            "sequence": longs(sequence for sequence, _, _ in newest.values()),
            "time": moments(time for _, time, _ in newest.values()),
            "offset_ms": longs(offset for _, _, offset in newest.values()),
        }  # fmt: skip
        tx().execute(named_sql(__package__, "note_devices.sql"), values, prepare=True)


def lock_items(uris: Sequence[str], *, patient: bool) -> Later[frozenset[str]]:
    """Wait until no other transaction judges entries of any of these items; held until this one ends.

    Without patience nobody is waited for: those items are answered that others hold.
    """
    values = {
        "tenant": tx().principal.tenant_id % 2**31, "shelves": _SHELVES, "many": len(uris) > _MANY, "uris": uris,
        "patient": patient,
    }  # fmt: skip
    rows = tx().execute(named_sql(__package__, "lock_items.sql"), values, prepare=True)
    return lambda: frozenset(uri for (uri,) in rows)


def kept(ids: Sequence[UUID]) -> dict[UUID, Kept]:
    """Return what is on record of those of ``ids`` that came before."""
    return _told_kept(_ask_kept(ids))


def _ask_kept(ids: Sequence[UUID]) -> psycopg.Cursor[Any]:
    return tx().execute(
        "SELECT r.id, r.content_hash, r.outcome, r.event_ids, r.findings::text, r.late"
        " FROM (SELECT DISTINCT u.id FROM unnest(%s::uuid[]) AS u (id)) AS g CROSS JOIN LATERAL ("
        "SELECT k.* FROM capture_reading k WHERE k.tenant_id = %s AND k.id = g.id OFFSET 0) AS r",
        (list(ids), tx().principal.tenant_id),
        prepare=True,
    )


def _told_kept(rows: psycopg.Cursor[Any]) -> dict[UUID, Kept]:
    return {
        row[0]: Kept(row[0], bytes(row[1]), row[2], tuple(row[3]), msgspec.json.decode(row[4]), row[5]) for row in rows
    }


def behind(ids: Sequence[UUID], event_id: str) -> tuple[Any, ...] | None:
    """Return that one of these entries which made an event or was judged as it, with its findings and overrides."""
    rows = tx().rows(
        "SELECT r.id, r.node, r.version, r.taken, r.received, r.late, r.way, r.person, r.sent_by, r.findings::text,"
        " (r.reading -> 'overrides')::text FROM capture_reading r"
        " WHERE r.tenant_id = %s AND r.id = ANY (%s) AND %s = ANY (r.event_ids)",
        (tx().principal.tenant_id, list(ids), event_id),
    )
    return tuple(rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class NewReading:
    """An entry to keep: from which device, whose clock was off by how much, and who sent it."""

    id: UUID
    device: UUID
    offset_ms: int
    sent_by: str
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


def insert(received: datetime, readings: Sequence[NewReading]) -> Later[None]:
    """Keep entries, with what became of each; the answer is to be called for before the transaction ends.

    It raises SerializationFailure where another device's entry under the same id was kept in the same moment.
    """
    if not readings:
        return lambda: None
    columns = {name: longs(getattr(each, name) for each in readings) for name in _LONG_COLUMNS}
    for name in _TEXT_COLUMNS:
        columns[name] = texts(getattr(each, name) for each in readings)
    for name in ("overridden", "event_ids"):
        columns[name] = texts(_array(getattr(each, name)) for each in readings)
    for name in ("reading", "findings"):
        columns[name] = utf8_texts(_json(getattr(each, name)) for each in readings)
    parameters = {
        **columns,
        "id": texts(str(each.id) for each in readings),
        "device": texts(str(each.device) for each in readings),
        "taken": moments(each.taken for each in readings),
        "late": longs(1 if each.late else None for each in readings),
        "content_hash": byte_strings(each.content_hash for each in readings),
        "tenant": tx().principal.tenant_id, "received": received,
    }  # fmt: skip
    done = tx().execute(named_sql(__package__, "insert_readings.sql"), parameters, prepare=True)

    def answer() -> None:
        if len(done.fetchall()) != len(readings):
            raise psycopg.errors.SerializationFailure("another device's entry under the same id came first")

    return answer


def _json(value: object) -> bytes:
    """Return JSON; NUL, which no text of the database holds, becomes U+FFFD."""
    return _JSON.encode(value).replace(b"\\u0000", b"\\ufffd")


def _array(texts: Sequence[str]) -> str:
    """Return texts as the literal of a PostgreSQL array, since unnest takes nested ones apart."""
    quoted = ('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts)
    return "{" + ",".join(quoted) + "}"
