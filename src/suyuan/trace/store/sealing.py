"""Events as the tamper-evident log seals them: leaves from stored hashes, and everything read again from the rows."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from suyuan.chassis.arrays import longs
from suyuan.chassis.database import Later, named_sql, tx
from suyuan.kernel.canonical_json import canonical_json, content_hash
from suyuan.trace.domain.sealing import LedgerFacts, Part, quantity_text
from suyuan.trace.store.recording import ACT_CODES, ROLE_CODES

_ROLES = {code: role.value for role, code in ROLE_CODES.items()}
# Numbers with every digit, as the database has them.
_DECODER = msgspec.json.Decoder(float_hook=Decimal)


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as its rows are now. ``content`` is None where the document is gone."""

    number: int
    facts: LedgerFacts
    recorded: datetime
    content: bytes | None
    """The hash of the document as it is now."""
    content_hash: bytes
    record_hash: bytes | None
    """The hashes kept when it was recorded."""
    whole: bool
    """Whether participations and memberships agree with the row in number, time and act."""
    document: Any = None
    context: Any = None
    reading: Any = None


def stored_leaves(numbers: Sequence[int]) -> Later[bytes]:
    """Ask for the leaves of events, joined in the order given, without those for which no hash was made at the time."""
    rows = tx().execute(
        named_sql(__package__, "event_leaves.sql"),
        {"tenant": tx().principal.tenant_id, "numbers": longs(numbers)},
        prepare=True,
    )

    def answer() -> bytes:
        [(joined,)] = rows.fetchall()
        return bytes(joined or b"")

    return answer


def all_numbers() -> list[int]:
    """Return every event's number, in order."""
    query = "SELECT number FROM trace_event WHERE tenant_id = %s ORDER BY number"
    return [row[0] for row in tx().rows(query, (tx().principal.tenant_id,))]


def read_again(numbers: Sequence[int], *, keep: bool = False) -> dict[int, StoredEvent]:
    """Return what the rows of these events say now; with ``keep``, also document, context and reading."""
    asked = {"tenant": tx().principal.tenant_id, "numbers": list(numbers)}
    parts, members = _parts(asked), _members(asked)
    rows = tx().rows(named_sql(__package__, "sealed_events.sql"), asked)
    contexts = _contexts({bytes(row[29]) for row in rows if row[29] is not None})
    found = {}
    for row in rows:
        event = _stored(row, parts[row[0]], members[row[0]], contexts, keep)
        found[event.number] = event
    return found


def _stored(
    row: Sequence[Any],
    parts: Sequence[tuple[Part, datetime, str]],
    members: Sequence[tuple[str, str, datetime]],
    contexts: Mapping[bytes, tuple[str, Any]],
    keep: bool,
) -> StoredEvent:
    document = None if row[27] is None else _DECODER.decode(row[27])
    reading = None if row[28] is None else _DECODER.decode(row[28])
    context = contexts.get(bytes(row[29]), ("gone", None)) if row[29] is not None else (None, None)
    time, act = row[5], ACT_CODES.get((row[3], row[4]))
    values = (
        *(*row[1:18], tuple(row[18]), *row[19:23], context[0]),
        None if reading is None else content_hash(reading).hex(),
        tuple(part for part, _, _ in parts),
        tuple((unit, lot) for unit, lot, _ in members),
    )
    facts = LedgerFacts(*values)
    whole = (
        row[26] == len(parts)
        and all(when == time and kind == act for _, when, kind in parts)
        and all(when == time for _, _, when in members)
    )
    return StoredEvent(
        row[0],
        facts,
        row[23],
        None if document is None else content_hash(document),
        bytes(row[24]),
        None if row[25] is None else bytes(row[25]),
        whole,
        *((document, context[1], reading) if keep else ()),
    )


def _parts(asked: Mapping[str, Any]) -> dict[int, list[tuple[Part, datetime, str]]]:
    found: dict[int, list[tuple[Part, datetime, str]]] = defaultdict(list)
    for number, role, uri, quantity, unit, time, act in tx().rows(named_sql(__package__, "sealed_parts.sql"), asked):
        part = (_ROLES.get(role, role), uri or "", quantity_text(quantity), unit)
        found[number].append((part, time, act))
    return found


def _members(asked: Mapping[str, Any]) -> dict[int, list[tuple[str, str, datetime]]]:
    found: dict[int, list[tuple[str, str, datetime]]] = defaultdict(list)
    for number, unit, lot, time in tx().rows(named_sql(__package__, "sealed_members.sql"), asked):
        found[number].append((unit or "", lot or "", time))
    return found


def _contexts(hashes: set[bytes]) -> dict[bytes, tuple[str, Any]]:
    query = "SELECT hash, context FROM trace_context WHERE tenant_id = %s AND hash = ANY (%s)"
    rows = tx().rows(query, (tx().principal.tenant_id, list(hashes)))
    return {
        bytes(key): (hashlib.sha256(canonical_json(value)).hexdigest(), value)
        for key, value in ((row[0], _DECODER.decode(row[1])) for row in rows)
    }


def strays() -> list[tuple[str, int, int | None]]:
    """Return rows that no event owns: kind, event number, item number."""
    return [
        (kind, number, item)
        for kind, number, item in tx().rows(
            named_sql(__package__, "stray_rows.sql"), {"tenant": tx().principal.tenant_id}
        )
    ]


def recorded_times(numbers: Sequence[int]) -> list[tuple[int, datetime]]:
    """Return these events with when they were recorded."""
    query = "SELECT number, recorded FROM trace_event WHERE tenant_id = %s AND number = ANY (%s) ORDER BY number"
    return [(number, when) for number, when in tx().rows(query, (tx().principal.tenant_id, list(numbers)))]
