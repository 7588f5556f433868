"""Recording: the only way anything becomes known."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Container, Sequence

from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.outbox import publish
from suyuan.kernel.canonical_json import content_hash, exact_canonical_json
from suyuan.kernel.principals import Principal
from suyuan.tenancy import api as tenancy
from suyuan.trace.api.sealing import record_hashes
from suyuan.trace.contracts import (
    EVENT_ID_TAKEN,
    SITE_NOT_REACHED,
    EventRecord,
    EventType,
    ItemIdentity,
    ItemKind,
    MasterDatum,
    Recorded,
)
from suyuan.trace.domain.arrivals import arrivals
from suyuan.trace.store import recording as store

WRITE = "trace:event:write"


def record(events: Sequence[EventRecord], by: Sequence[Principal] | None = None) -> list[Recorded]:
    """Append ``events`` in the open transaction and return what became of each, in order.

    An event whose id is on record with the same content is a replay: nothing changes. Whereabouts, outbox and live
    notice follow in the same transaction. ``by`` says who records each event, where a transaction serves several.

    :raises Fault: ``trace.event_id_taken`` (``at`` = ``/index``) where the id is on record with other content,
        ``trace.site_not_reached`` where a writer whose right is limited to sites names a place of another one.
    """
    if not events:
        return []
    recorders = by or [tx().principal] * len(events)
    _stay_within_sites(events, recorders)
    written = [_written(event) for event in events]
    hashes = [hashed for _, hashed in written]
    first: dict[tuple[str, bool], int] = {}
    for index, event in enumerate(events):
        earlier = first.setdefault((event.event_id, event.declares_error), index)
        if hashes[earlier] != hashes[index]:
            raise EVENT_ID_TAKEN(at=f"/{index}", event_id=event.event_id)
    chosen = sorted(first.values())
    fresh = [events[index] for index in chosen]
    names = [recorders[index].name for index in chosen]
    sealed = record_hashes(fresh, names)
    with tx().at_once():
        inserted = store.insert_events(fresh, [hashes[index] for index in chosen], sealed, _sites(fresh), names)
        items = store.ensure_items(_identities(fresh))
        numbers, void = inserted()
        ids, made = items()
    known = _replayed(events, hashes, numbers)
    kept = [index for index in chosen if (events[index].event_id, events[index].declares_error) in numbers]
    if kept:
        new = [(numbers[events[index].event_id, events[index].declares_error], events[index]) for index in kept]
        _append(new, [written[index][0] for index in kept], void, ids, made)
    seen: set[tuple[str, bool]] = set()
    answers = []
    for event in events:
        key = (event.event_id, event.declares_error)
        answers.append(Recorded(event.event_id, known[key], key in numbers and key not in seen))
        seen.add(key)
    return answers


def _written(event: EventRecord) -> tuple[bytes, bytes]:
    """Return an event's document as JSON with every digit, and its hash; most are encoded once for both."""
    exact = exact_canonical_json(event.document)
    if exact is not None:
        return exact, hashlib.sha256(exact).digest()
    return store.json_bytes(event.document), content_hash(event.document)


def _replayed(
    events: Sequence[EventRecord], hashes: Sequence[bytes], numbers: dict[tuple[str, bool], int]
) -> dict[tuple[str, bool], int]:
    known = dict(numbers)
    old = [event.event_id for event in events if (event.event_id, event.declares_error) not in numbers]
    on_record = store.known_hashes(old) if old else {}
    for index, event in enumerate(events):
        key = (event.event_id, event.declares_error)
        if key in numbers:
            continue
        number, hashed = on_record[key]
        if hashed != hashes[index]:
            raise EVENT_ID_TAKEN(at=f"/{index}", event_id=event.event_id)
        known[key] = number
    return known


def _append(
    new: Sequence[tuple[int, EventRecord]], documents: Sequence[bytes], void: set[str], ids: dict[str, int],
    made: Collection[str],
) -> None:  # fmt: skip
    contexts: dict[bytes, str] = {}
    context_hashes = _context_hashes([event for _, event in new], contexts)
    declared = [event.event_id for _, event in new if event.declares_error]
    arrived = arrivals(new, made, void.union(declared))
    touched = _touched(new, ids, declared, arrived)
    with tx().at_once():
        store.insert_contexts(contexts)
        store.insert_documents(new, documents, context_hashes)
        store.insert_participations(new, ids)
        store.insert_whereabouts(list(arrived.values()), ids)
        store.refresh_whereabouts(touched)
        _announce(new)


def _identities(events: Sequence[EventRecord]) -> dict[str, ItemIdentity]:
    """Return the items that events name, and the lots that they say units belong to."""
    found: dict[str, ItemIdentity] = {}
    for event in events:
        for part in event.participations:
            found.setdefault(part.item.uri, part.item)
            if part.lot is not None and part.lot not in found:
                lot = part.lot.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
                found[part.lot] = ItemIdentity(part.lot, ItemKind.LOT, part.item.product, lot)
    return found


def _context_hashes(events: Sequence[EventRecord], contexts: dict[bytes, str]) -> list[bytes | None]:
    """Return the hash of each event's context, and put their texts into ``contexts``; shared ones are hashed once."""
    known: dict[int, bytes] = {}
    for event in events:
        if event.context is not None and id(event.context) not in known:
            text = store.json_text(event.context)
            known[id(event.context)] = hashed = hashlib.sha256(text.encode()).digest()
            contexts[hashed] = text
    return [None if event.context is None else known[id(event.context)] for event in events]


def _touched(
    new: Sequence[tuple[int, EventRecord]], ids: dict[str, int], declared: Sequence[str], arrived: Container[str]
) -> set[int]:
    """Return the items whose whereabouts the ledger is asked for, once the events are in it."""
    touched = {ids[part.item.uri] for _, event in new for part in event.participations if part.item.uri not in arrived}
    if declared:
        touched.update(store.items_of_events(declared))
    emptied = [
        ids[event.participations[0].item.uri]
        for _, event in new
        if event.type in (EventType.AGGREGATION, EventType.ASSOCIATION)
        and event.action == "DELETE"
        and len(event.participations) == 1
    ]
    if emptied:
        touched.update(store.children_in(emptied))
    return touched


def _announce(new: Sequence[tuple[int, EventRecord]]) -> None:
    publish(store.RECORDED_TOPIC, {"numbers": [number for number, _ in new]})
    tx().execute(
        "SELECT pg_notify('suyuan_live', %s)",
        (f"{tx().principal.tenant_id}:{new[-1][0]}:{len(new)}",),
        prepare=True,
    )


def _stay_within_sites(events: Sequence[EventRecord], by: Sequence[Principal]) -> None:
    others = {id(each): _beyond(each) for each in by}
    if not any(others.values()):
        return
    for index, event in enumerate(events):
        for place in (event.biz_location, event.read_point):
            if place is not None and place.startswith(others[id(by[index])]):
                raise SITE_NOT_REACHED(at=f"/{index}", place=place)


def _beyond(recorder: Principal) -> tuple[str, ...]:
    """Return the locations of the sites that somebody's right does not reach."""
    reached = recorder.sites_for(WRITE)
    if not reached:  # every site; or somebody who may record by another right than this
        return ()
    return tuple(site.location_uri for site in tenancy.sites() if site.location_uri and site.id not in reached)


def _sites(events: Sequence[EventRecord]) -> list[int | None]:
    """Return each event's site: the one whose location its place starts with."""
    known = [(site.location_uri, site.id) for site in tenancy.sites() if site.location_uri]
    answers: list[int | None] = []
    for event in events:
        places = [place for place in (event.biz_location, event.read_point) if place]
        answers.append(next((site for uri, site in known for place in places if place.startswith(uri)), None))
    return answers


def record_master_data(data: Sequence[MasterDatum]) -> int:
    """Keep names and attributes of places, products, people and the like; return how many are new or changed."""
    changed = 0
    for datum in data:
        row = (
            tx()
            .execute(
                named_sql("suyuan.trace.store", "upsert_master.sql"),
                {
                    "tenant": tx().principal.tenant_id,
                    "type": datum.type,
                    "uri": datum.uri,
                    "name_zh": datum.name_zh,
                    "name_en": datum.name_en,
                    "attributes": store.json_text(datum.attributes),
                },
                prepare=True,
            )
            .fetchone()
        )
        changed += row is not None
    return changed
