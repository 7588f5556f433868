"""Appending events: bulk statements over arrays, a handful of round trips whatever the size of the batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.trace.contracts import CaptureMethod, EventRecord, ItemIdentity, Role

RECORDED_TOPIC = "trace.recorded"
"""The outbox topic of every recorded batch: the numbers of its events."""
ROLE_CODES = {Role.INPUT: "i", Role.OUTPUT: "o", Role.PARENT: "p", Role.CHILD: "c", Role.SUBJECT: "s"}
ACT_CODES = {
    ("TransformationEvent", None): "T",
    ("AggregationEvent", "ADD"): "A",
    ("AggregationEvent", "OBSERVE"): "B",
    ("AggregationEvent", "DELETE"): "D",
    ("AssociationEvent", "ADD"): "E",
    ("AssociationEvent", "OBSERVE"): "F",
    ("AssociationEvent", "DELETE"): "G",
    ("ObjectEvent", "ADD"): "O",
    ("ObjectEvent", "OBSERVE"): "P",
    ("ObjectEvent", "DELETE"): "Q",
    ("TransactionEvent", "ADD"): "X",
    ("TransactionEvent", "OBSERVE"): "Y",
    ("TransactionEvent", "DELETE"): "Z",
}


def json_text(value: object) -> str:
    """Return JSON text for a ``jsonb`` parameter; decimals stay numbers with every digit."""
    return msgspec.json.Encoder(decimal_format="number").encode(value).decode()


def item_ids(uris: Iterable[str]) -> dict[str, int]:
    """Return the ledger numbers of those of ``uris`` that exist."""
    rows = tx().execute(
        "SELECT uri, id FROM trace_item WHERE tenant_id = %s AND uri = ANY (%s)",
        (tx().principal.tenant_id, list(uris)),
        prepare=True,
    )
    return dict(rows.fetchall())


def ensure_items(identities: Mapping[str, ItemIdentity]) -> dict[str, int]:
    """Return every given item's number, making those that are new."""
    known = item_ids(identities)
    missing = [identity for uri, identity in identities.items() if uri not in known]
    if missing:
        tx().execute(
            named_sql(__package__, "insert_items.sql"),
            {
                "tenant": tx().principal.tenant_id,
                "uri": [item.uri for item in missing],
                "kind": [item.kind.value for item in missing],
                "product": [item.product for item in missing],
                "lot": [item.lot for item in missing],
                "serial": [item.serial for item in missing],
                "code": [readable_code(item) for item in missing],
            },
            prepare=True,
        )
        known |= item_ids(item.uri for item in missing)
    return known


def readable_code(item: ItemIdentity) -> str:
    """Return the part of an identifier that people read off a label: serial, lot, or the last part of the URI."""
    return item.serial or item.lot or item.uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def insert_events(
    events: Sequence[EventRecord], hashes: Sequence[bytes], records: Sequence[bytes], sites: Sequence[int | None]
) -> dict[tuple[str, bool], int]:
    """Append the events that are new, with both hashes of each; return numbers by (event id, declares error)."""
    columns: dict[str, list[Any]] = {
        name: [getattr(event, name) for event in events]
        for name in [
            "event_id",
            "declares_error",
            "biz_step",
            "disposition",
            "read_point",
            "biz_location",
            "transformation_id",
            "person",
            "equipment",
            "work_order",
            "shift",
            "error_reason",
            "booking_lag_seconds",
            "cleans",
            "empties",
        ]
    }
    parameters = {
        **columns,
        "tenant": tx().principal.tenant_id,
        "actor": tx().principal.name,
        "site_id": list(sites),
        "type": [event.type.value for event in events],
        "action": [event.action.value if event.action else None for event in events],
        "event_time": [event.time.utc for event in events],
        "offset_minutes": [event.time.offset_minutes for event in events],
        "capture_method": [CaptureMethod(event.capture_method).value for event in events],
        "corrective_ids": [json_text(event.corrective_ids) for event in events],
        "item_count": [len(event.participations) for event in events],
        "content_hash": list(hashes),
        "record_hash": list(records),
    }
    rows = tx().execute(named_sql(__package__, "insert_events.sql"), parameters, prepare=True)
    return {(event_id, declares): number for event_id, declares, number in rows}


def known_hashes(event_ids: Sequence[str]) -> dict[tuple[str, bool], tuple[int, bytes]]:
    """Return number and content hash of events that are on record, by (event id, declares error)."""
    rows = tx().execute(
        "SELECT event_id, declares_error, number, content_hash FROM trace_event"
        " WHERE tenant_id = %s AND event_id = ANY (%s)",
        (tx().principal.tenant_id, list(event_ids)),
        prepare=True,
    )
    return {(event_id, declares): (number, bytes(hashed)) for event_id, declares, number, hashed in rows}


def insert_documents(numbered: Sequence[tuple[int, EventRecord]], context_hashes: Sequence[bytes | None]) -> None:
    """Keep each event as it came, with its raw reading."""
    tx().execute(
        named_sql(__package__, "insert_documents.sql"),
        {
            "tenant": tx().principal.tenant_id,
            "number": [number for number, _ in numbered],
            "context_hash": list(context_hashes),
            "document": [json_text(event.document) for _, event in numbered],
            "reading": [json_text(event.reading) if event.reading is not None else None for _, event in numbered],
        },
        prepare=True,
    )


def insert_contexts(contexts: Mapping[bytes, str]) -> None:
    """Keep each JSON-LD context once."""
    for hashed, text in contexts.items():
        tx().execute(
            "INSERT INTO trace_context (tenant_id, hash, context) VALUES (%s, %s, %s::jsonb) ON CONFLICT DO NOTHING",
            (tx().principal.tenant_id, hashed, text),
            prepare=True,
        )


def insert_participations(numbered: Sequence[tuple[int, EventRecord]], ids: Mapping[str, int]) -> None:
    """Append the events' participations and the lot memberships that they state."""
    parts = [
        (ids[part.item.uri], number, event.time.utc, ROLE_CODES[part.role], act_code(event), part.quantity, part.unit)
        for number, event in numbered
        for part in event.participations
    ]
    names = ("item_id", "event_number", "event_time", "role", "act", "quantity", "unit")
    _insert("insert_participations.sql", names, parts)
    members = [
        (ids[part.item.uri], ids[part.lot], number, event.time.utc)
        for number, event in numbered
        for part in event.participations
        if part.lot is not None and part.lot in ids
    ]
    _insert("insert_memberships.sql", ("unit_id", "lot_id", "event_number", "event_time"), members)


def act_code(event: EventRecord) -> str:
    """Return the one-letter code of the event's type and action."""
    return ACT_CODES[(event.type.value, event.action.value if event.action else None)]


def _insert(statement: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    columns = {name: [row[index] for row in rows] for index, name in enumerate(names)}
    tx().execute(named_sql(__package__, statement), {"tenant": tx().principal.tenant_id, **columns}, prepare=True)


def refresh_whereabouts(items: Iterable[int]) -> None:
    """Work out anew where these items are."""
    wanted = list(items)
    if wanted:
        tx().execute(
            named_sql(__package__, "whereabouts.sql"),
            {"tenant": tx().principal.tenant_id, "items": wanted},
            prepare=True,
        )


def children_in(parents: Sequence[int]) -> list[int]:
    """Return the items that whereabouts has inside these containers."""
    rows = tx().rows(
        "SELECT item_id FROM trace_whereabouts WHERE tenant_id = %s AND parent_id = ANY (%s)",
        (tx().principal.tenant_id, list(parents)),
    )
    return [row[0] for row in rows]


def items_of_events(event_ids: Sequence[str]) -> list[int]:
    """Return every item that the events of these ids name."""
    rows = tx().rows(
        "SELECT DISTINCT p.item_id FROM trace_event e JOIN trace_participation p"
        " ON p.tenant_id = e.tenant_id AND p.event_number = e.number WHERE e.tenant_id = %s AND e.event_id = ANY (%s)",
        (tx().principal.tenant_id, list(event_ids)),
    )
    return [row[0] for row in rows]
