"""What the tamper-evident log keeps of an event: hashes over its document and over what the ledger made of it.

The entry names hashes only, so that a dossier may leave a part out and still prove the rest. See
docs/reference/integrity.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import msgspec

from suyuan.kernel.canonical_json import plain_json
from suyuan.trace.contracts import EventRecord

ENTRY_TYPE = "suyuan/event/1"
LEAF_BYTES = 32
_ENCODER: Final = msgspec.json.Encoder()
Part = tuple[str, str, str | None, str | None]
"""Role, item URI, quantity, unit of measure."""


class LedgerFacts(msgspec.Struct, frozen=True):
    """What the ledger's rows say of one event, beside the document: names as in ``trace_event``."""

    event_id: str
    declares_error: bool
    type: str
    action: str | None
    event_time: datetime
    offset_minutes: int
    biz_step: str | None
    disposition: str | None
    read_point: str | None
    biz_location: str | None
    transformation_id: str | None
    person: str | None
    equipment: str | None
    work_order: str | None
    shift: str | None
    capture_method: str
    error_reason: str | None
    corrective_ids: tuple[str, ...]
    booking_lag_seconds: int
    cleans: bool
    empties: bool
    recorded_by: str
    context: str | None
    """Hex SHA-256 of the canonical JSON-LD context."""
    reading: str | None
    """Hex SHA-256 of the canonical raw reading."""
    participations: tuple[Part, ...]
    members: tuple[tuple[str, str], ...]
    """Unit URI and the URI of the lot it was commissioned into."""


def moment(time: datetime) -> str:
    """Return a time as entries write it: UTC, with microseconds."""
    utc = time if time.tzinfo is UTC else time.astimezone(UTC)
    if utc.year < 1000:  # written without leading zeros ever since
        return utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return f"{utc.isoformat(timespec='microseconds')[:-6]}Z"


def quantity_text(quantity: Decimal | None) -> str | None:
    """Return an exact quantity in its shortest form without exponent: ``12.5``, ``0``, ``1000``."""
    if quantity is None:
        return None
    text = format(quantity, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def record_object(facts: LedgerFacts) -> dict[str, Any]:
    """Return the JSON object whose RFC 8785 bytes are hashed into the entry; participations are in a fixed order."""
    return {
        "action": facts.action,
        "biz_location": facts.biz_location,
        "biz_step": facts.biz_step,
        "booking_lag_seconds": facts.booking_lag_seconds,
        "capture_method": facts.capture_method,
        "cleans": facts.cleans,
        "context": facts.context,
        "corrective_ids": list(facts.corrective_ids),
        "declares_error": facts.declares_error,
        "disposition": facts.disposition,
        "empties": facts.empties,
        "equipment": facts.equipment,
        "error_reason": facts.error_reason,
        "event_id": facts.event_id,
        "event_time": moment(facts.event_time),
        "members": sorted(set(facts.members)),
        "offset_minutes": facts.offset_minutes,
        "participations": _in_order(facts.participations),
        "person": facts.person,
        "read_point": facts.read_point,
        "reading": facts.reading,
        "recorded_by": facts.recorded_by,
        "shift": facts.shift,
        "transformation_id": facts.transformation_id,
        "type": facts.type,
        "work_order": facts.work_order,
    }


class _Record(msgspec.Struct, frozen=True):
    """What :func:`record_object` returns, its members in the order of RFC 8785: encoded without sorting them."""

    action: str | None
    biz_location: str | None
    biz_step: str | None
    booking_lag_seconds: int
    capture_method: str
    cleans: bool
    context: str | None
    corrective_ids: tuple[str, ...]
    declares_error: bool
    disposition: str | None
    empties: bool
    equipment: str | None
    error_reason: str | None
    event_id: str
    event_time: str
    members: list[tuple[str, str]]
    offset_minutes: int
    participations: list[Part]
    person: str | None
    read_point: str | None
    reading: str | None
    recorded_by: str
    shift: str | None
    transformation_id: str | None
    type: str
    work_order: str | None


def record_bytes(facts: LedgerFacts) -> bytes:
    """Return the RFC 8785 bytes of :func:`record_object`."""
    return _ENCODER.encode(
        _Record(
            facts.action, facts.biz_location, facts.biz_step, facts.booking_lag_seconds, facts.capture_method,
            facts.cleans, facts.context, facts.corrective_ids, facts.declares_error, facts.disposition, facts.empties,
            facts.equipment, facts.error_reason, facts.event_id, moment(facts.event_time), sorted(set(facts.members)),
            facts.offset_minutes, _in_order(facts.participations), facts.person, facts.read_point, facts.reading,
            facts.recorded_by, facts.shift, facts.transformation_id, facts.type, facts.work_order,
        )
    )  # fmt: skip


def event_hash(event: EventRecord, recorded_by: str, context: str | None, reading: str | None) -> bytes:
    """Return :func:`record_hash` of what the ledger will say of an event; of context and reading the hex hashes."""
    parts, members = [], set()
    for part in event.participations:
        uri, quantity = part.item.uri, part.quantity
        parts.append((part.role._value_, uri, None if quantity is None else quantity_text(quantity), part.unit))
        if part.lot is not None:
            members.add((uri, part.lot))
    written = _ENCODER.encode(
        _Record(
            event.action._value_ if event.action else None, event.biz_location, event.biz_step,
            event.booking_lag_seconds, event.capture_method._value_, event.cleans, context, event.corrective_ids,
            event.declares_error, event.disposition, event.empties, event.equipment, event.error_reason,
            event.event_id, moment(event.time.utc), sorted(members), event.time.offset_minutes,
            _in_order(parts) if len(parts) > 1 else parts, event.person, event.read_point, reading, recorded_by,
            event.shift, event.transformation_id, event.type._value_, event.work_order,
        )
    )  # fmt: skip
    return hashlib.sha256(written).digest()


def _in_order(parts: Iterable[Part]) -> list[Part]:
    try:
        return sorted(parts)  # of one item in one role twice, a quantity may be missing once
    except TypeError:
        return sorted(parts, key=_order)


def _order(part: Part) -> tuple[str, str, str, str]:
    return part[0], part[1], part[2] or "", part[3] or ""


def record_hash(facts: LedgerFacts) -> bytes:
    """Return the 32-byte hash of what the ledger made of an event."""
    return hashlib.sha256(record_bytes(facts)).digest()


def entry(content_hash: bytes, hashed_record: bytes, recorded: datetime) -> bytes:
    """Return the log entry of an event: its canonical JSON."""
    return plain_json(
        {"event": content_hash.hex(), "record": hashed_record.hex(), "recorded": moment(recorded), "type": ENTRY_TYPE}
    )


def leaf(content_hash: bytes, hashed_record: bytes, recorded: datetime) -> bytes:
    """Return the RFC 6962 leaf hash of an event."""
    return hashlib.sha256(b"\x00" + entry(content_hash, hashed_record, recorded)).digest()
