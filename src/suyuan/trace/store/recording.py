"""Appending events: bulk statements over arrays, a handful of round trips whatever the size of the batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from suyuan.chassis.arrays import byte_strings, longs, moments, texts, utf8_texts
from suyuan.chassis.database import Later, named_sql, tx
from suyuan.trace.contracts import EventRecord, ItemIdentity, Role
from suyuan.trace.domain.arrivals import Arrival

RECORDED_TOPIC = "trace.recorded"
"""The outbox topic of every recorded batch: the numbers of its events."""
ROLE_CODES = {Role.INPUT: "i", Role.OUTPUT: "o", Role.PARENT: "p", Role.CHILD: "c", Role.SUBJECT: "s"}
_ROLE_LETTERS: Final = {role.value: code for role, code in ROLE_CODES.items()}
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
_JSON: Final = msgspec.json.Encoder(decimal_format="number")
_TEXT_COLUMNS: Final = (
    "event_id", "biz_step", "disposition", "read_point", "biz_location", "transformation_id", "person", "equipment",
    "work_order", "shift", "error_reason",
)  # fmt: skip


def json_bytes(value: object) -> bytes:
    """Return JSON for a ``jsonb`` column; decimals stay numbers with every digit."""
    return _JSON.encode(value)


def json_text(value: object) -> str:
    """Return JSON text for a ``jsonb`` parameter; decimals stay numbers with every digit."""
    return _JSON.encode(value).decode()


def item_ids(uris: Iterable[str]) -> dict[str, int]:
    """Return the ledger numbers of those of ``uris`` that exist."""
    rows = tx().execute(
        "SELECT uri, id FROM trace_item WHERE tenant_id = %s AND uri = ANY (%s)",
        (tx().principal.tenant_id, list(uris)),
        prepare=True,
    )
    return dict(rows.fetchall())


def ensure_items(identities: Mapping[str, ItemIdentity]) -> Later[tuple[dict[str, int], set[str]]]:
    """Ask for every given item's number, and those that this makes: nobody named them before."""
    items = list(identities.values())
    parameters = {
        "tenant": tx().principal.tenant_id,
        "uri": texts(item.uri for item in items),
        "kind": texts(item.kind._value_ for item in items),
        "product": texts(item.product for item in items),
        "lot": texts(item.lot for item in items),
        "serial": texts(item.serial for item in items),
        "code": texts(map(readable_code, items)),
    }
    rows = tx().execute(named_sql(__package__, "ensure_items.sql"), parameters, prepare=True)

    def answer() -> tuple[dict[str, int], set[str]]:
        found = rows.fetchall()
        known = {uri: number for uri, number, _ in found}
        if len(known) < len(identities):  # somebody else made them in the same moment
            known.update(item_ids(uri for uri in identities if uri not in known))
        return known, {uri for uri, _, made in found if made}

    return answer


def readable_code(item: ItemIdentity) -> str:
    """Return the part of an identifier that people read off a label: serial, lot, or the last part of the URI."""
    return item.serial or item.lot or item.uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def insert_events(
    events: Sequence[EventRecord],
    hashes: Sequence[bytes],
    records: Sequence[bytes],
    sites: Sequence[int | None],
    recorders: Sequence[str],
) -> Later[tuple[dict[tuple[str, bool], int], set[str]]]:
    """Append the events that are new, with both hashes of each and the name of who records it.

    Answer numbers by (event id, declares error), and the ids of those that were declared errors before they came.
    """
    columns = {name: texts(getattr(event, name) for event in events) for name in _TEXT_COLUMNS}
    parameters = {
        **columns,
        "tenant": tx().principal.tenant_id,
        "recorded_by": texts(recorders),
        "site_id": longs(sites),
        "declares_error": longs(1 if event.declares_error else None for event in events),
        "type": texts(event.type._value_ for event in events),
        "action": texts(event.action._value_ if event.action else None for event in events),
        "event_time": moments(event.time.utc for event in events),
        "offset_minutes": longs(event.time.offset_minutes for event in events),
        "capture_method": texts(event.capture_method._value_ for event in events),
        "corrective_ids": texts(json_text(event.corrective_ids) if event.corrective_ids else None for event in events),
        "booking_lag_seconds": longs(event.booking_lag_seconds or None for event in events),
        "cleans": longs(1 if event.cleans else None for event in events),
        "empties": longs(1 if event.empties else None for event in events),
        "item_count": longs(len(event.participations) for event in events),
        "content_hash": byte_strings(hashes),
        "record_hash": byte_strings(records),
    }
    rows = tx().execute(named_sql(__package__, "insert_events.sql"), parameters, prepare=True)

    def answer() -> tuple[dict[tuple[str, bool], int], set[str]]:
        found = rows.fetchall()
        return {(row[0], row[1]): row[2] for row in found}, {row[0] for row in found if row[3]}

    return answer


def known_hashes(event_ids: Sequence[str]) -> dict[tuple[str, bool], tuple[int, bytes]]:
    """Return number and content hash of events that are on record, by (event id, declares error)."""
    rows = tx().execute(
        "SELECT event_id, declares_error, number, content_hash FROM trace_event"
        " WHERE tenant_id = %s AND event_id = ANY (%s)",
        (tx().principal.tenant_id, list(event_ids)),
        prepare=True,
    )
    return {(event_id, declares): (number, bytes(hashed)) for event_id, declares, number, hashed in rows}


def insert_documents(
    numbered: Sequence[tuple[int, EventRecord]], documents: Sequence[bytes], context_hashes: Sequence[bytes | None]
) -> None:
    """Keep each event as it came (``documents``: as JSON), with its raw reading."""
    tx().execute(
        named_sql(__package__, "insert_documents.sql"),
        {
            "tenant": tx().principal.tenant_id,
            "number": longs(number for number, _ in numbered),
            "context_hash": byte_strings(context_hashes),
            "document": utf8_texts(documents),
            "reading": utf8_texts(
                json_bytes(event.reading) if event.reading is not None else None for _, event in numbered
            ),
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
    parts = [(number, event, part) for number, event in numbered for part in event.participations]
    if not parts:
        return
    tx().execute(
        named_sql(__package__, "insert_participations.sql"),
        {
            "tenant": tx().principal.tenant_id,
            "item_id": longs(ids[part.item.uri] for _, _, part in parts),
            "event_number": longs(number for number, _, _ in parts),
            "event_time": moments(event.time.utc for _, event, _ in parts),
            "role": texts(_ROLE_LETTERS[part.role._value_] for _, _, part in parts),
            "act": texts([act for _, event in numbered for act in [act_code(event)] * len(event.participations)]),
            "quantity": texts(None if part.quantity is None else str(part.quantity) for _, _, part in parts),
            "unit": texts(part.unit for _, _, part in parts),
        },
        prepare=True,
    )
    members = [(number, event, part) for number, event, part in parts if part.lot is not None]
    if members:
        tx().execute(
            named_sql(__package__, "insert_memberships.sql"),
            {
                "tenant": tx().principal.tenant_id,
                "unit_id": longs(ids[part.item.uri] for _, _, part in members),
                "lot_id": longs(ids[part.lot or ""] for _, _, part in members),
                "event_number": longs(number for number, _, _ in members),
                "event_time": moments(event.time.utc for _, event, _ in members),
            },
            prepare=True,
        )


def act_code(event: EventRecord) -> str:
    """Return the one-letter code of the event's type and action."""
    return ACT_CODES[(event.type._value_, event.action._value_ if event.action else None)]


def insert_whereabouts(arrived: Sequence[Arrival], ids: Mapping[str, int]) -> None:
    """Keep where items are that are new to the ledger."""
    if not arrived:
        return
    tx().execute(
        named_sql(__package__, "insert_whereabouts.sql"),
        {
            "tenant": tx().principal.tenant_id,
            "item_id": longs(ids[each.uri] for each in arrived),
            "state": texts(each.state for each in arrived),
            "disposition": texts(each.disposition for each in arrived),
            "place": texts(each.place for each in arrived),
            "place_since": moments(each.place_since for each in arrived),
            "parent_id": longs(None if each.parent is None else ids[each.parent] for each in arrived),
            "parent_since": moments(each.parent_since for each in arrived),
            "number": longs(each.number for each in arrived),
        },
        prepare=True,
    )


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
