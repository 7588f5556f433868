"""Reading: events, items, whereabouts, words. What a reader may see is narrowed to the sites of their right."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.trace.api import reach
from suyuan.trace.api.narrowing import own_row
from suyuan.trace.contracts import (
    CURSOR_INVALID,
    Correction,
    EventDetail,
    EventFilter,
    EventRow,
    ItemDetail,
    ItemReference,
    ItemRow,
    NamedItem,
    NamedUri,
    Page,
    Stay,
    TimelineRow,
    Vocabulary,
    Whereabouts,
    Word,
)
from suyuan.trace.contracts.cbv_names import DISPOSITIONS, EVENT_TYPES, STEPS
from suyuan.trace.domain.parameters import parameters_of
from suyuan.trace.store import reading as store
from suyuan.trace.store.recording import item_ids

READ = "trace:event:read"
_NAMED = ("places", "equipment", "people", "products", "parties", "parameters")


def _encode_cursor(when: datetime, number: int) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((when, number))).decode().rstrip("=")


def _decode_cursor(cursor: str | None) -> tuple[datetime, int] | None:
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=tuple[datetime, int])
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise CURSOR_INVALID(at="/cursor", given=cursor[:80]) from None


def _fields(row: EventRow | ItemRow) -> dict[str, Any]:
    """Return a row's fields, to be made part of a larger contract."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def list_events(
    narrowed: EventFilter, *, sort: str = "-time", cursor: str | None = None, limit: int = 50
) -> Page[EventRow]:
    """Return a page of events, each once, in the order of ``sort`` (``-time``, ``time``, ``-recorded``, ``recorded``).

    :raises Fault: ``trace.cursor_invalid``.
    """
    sites = tx().principal.sites_for(READ)
    rows = store.list_events(narrowed, sort, _decode_cursor(cursor), limit + 1, sites)
    more = len(rows) > limit
    rows = rows[:limit]
    last = rows[-1] if more else None
    by_time = sort.endswith("time")
    return Page(rows, _encode_cursor(last.time if by_time else last.recorded, last.number) if last else None)


def event_detail(number: int) -> EventDetail:
    """Return one event, whole.

    :raises Fault: ``chassis.not_found`` also for an event of a site the reader may not see.
    """
    rows = store.events_by_number([number], tx().principal.sites_for(READ), items=None)
    if not rows:
        raise NOT_FOUND(what=f"#{number}")
    row = rows[0]
    document, reading, context, hashed, recorded_by = store.documents([number])[number]
    decoded = msgspec.json.decode(document)
    others = [
        (Correction(other, row.event_id, recorded, reason, tuple(ids)), declares)
        for other, recorded, reason, ids, declares in store.corrections(row.event_id)
        if other != number
    ]
    return EventDetail(
        **_fields(replace(row, items=row.items[: store.SHOWN_ITEMS])),
        participations=row.items,
        parameters=parameters_of(decoded),
        document=decoded,
        context=msgspec.json.decode(context) if context else None,
        reading=msgspec.json.decode(reading) if reading else None,
        content_hash=hashed,
        recorded_by=recorded_by,
        voided_by=next((other for other, declares in others if declares and not row.declares_error), None),
        voids=next((other for other, declares in others if not declares and row.declares_error), None),
    )


def list_items(
    search: str | None = None,
    *,
    kind: str | None = None,
    product: str | None = None,
    cursor: int | None = None,
    limit: int = 50,
) -> Page[ItemRow]:
    """Return items by the start or the end of their readable code, newest first."""
    rows = store.list_items(search, kind, product, cursor, limit + 1, reach.reached())
    more = len(rows) > limit
    return Page([own_row(row) for row in rows[:limit]], str(rows[limit - 1].id) if more else None)


def find_item(uri: str) -> int | None:
    """Return the number of the item with this canonical URI, or None where no event ever named it."""
    return item_ids([uri]).get(uri)


def resolve_item(text: str) -> int | None:
    """Return the number of the item meant by a URI, a readable code (the newest item of that code) or a number."""
    return store.resolve_item(text.strip())


def items_by_id(ids: Sequence[int]) -> list[ItemRow]:
    """Return these items in this order; unknown ones are left out."""
    return store.items_by_id(ids)


def item_detail(item_id: int) -> ItemDetail:
    """Return what an item is and where it is.

    :raises Fault: ``chassis.not_found``.
    """
    rows = store.items_by_id([item_id])
    if not rows or not reach.may_see(item_id):
        raise NOT_FOUND(what=f"#{item_id}")
    row = own_row(rows[0])
    first, events, contents, attributes, lot, since = store.item_facts(item_id)
    return ItemDetail(
        **_fields(row),
        where=_where(row, since),
        first_seen=first,
        event_count=events,
        contents_count=contents,
        attributes=attributes,
        lot_item=lot,
    )


def _where(row: ItemRow, since: datetime | None) -> Whereabouts | None:
    if row.state is None:
        return None
    containers = _seen_containers(store.containers_of(row.id))
    inside = tuple(ItemReference(*container[:4]) for container in containers)
    outermost = containers[-1] if containers else None
    own = (row.place, since, row.place_name_zh, row.place_name_en)
    place, since, zh, en = outermost[4:8] if outermost and outermost[4] and row.place else own
    return Whereabouts(place, zh, en, since, row.state, row.disposition, inside)


def _seen_containers(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    seen = reach.seen([row[0] for row in rows])
    return rows if seen is None else [row for row in rows if row[0] in seen]


def _seen_stays(rows: list[Stay]) -> list[Stay]:
    seen = reach.seen([row.item.id for row in rows])
    return rows if seen is None else [row for row in rows if row.item.id in seen]


def timeline(item_id: int, *, cursor: str | None = None, limit: int = 50) -> Page[TimelineRow]:
    """Return the item's life, newest first, with its own part in each event, parameters and raw reading."""
    rows = store.item_events(item_id, _decode_cursor(cursor), limit + 1, tx().principal.sites_for(READ))
    more = len(rows) > limit
    rows = rows[:limit]
    whole = {row.number: row for row in store.events_by_number([r.number for r in rows], None, items=None)}
    kept = store.documents([row.number for row in rows])
    answers = []
    for row in rows:
        own = [part for part in whole[row.number].items if part.id == item_id]
        document, reading, *_ = kept[row.number]
        answers.append(_timeline_row(row, own, document, reading))
    last = rows[-1] if more else None
    return Page(answers, _encode_cursor(last.time, last.number) if last else None)


def _timeline_row(row: EventRow, own: Sequence[NamedItem], document: str, reading: str | None) -> TimelineRow:
    measured = next((part for part in own if part.quantity is not None), None)
    return TimelineRow(
        **_fields(row),
        roles=sorted({part.role for part in own}),
        quantity=measured.quantity if measured else None,
        unit=measured.unit if measured else None,
        parameters=parameters_of(msgspec.json.decode(document)),
        reading=msgspec.json.decode(reading) if reading else None,
    )


def contents(item_id: int, *, cursor: int = 0, limit: int = 100) -> Page[Stay]:
    """Return what is inside the item now."""
    _found(item_id)
    rows = store.contents_of(item_id, cursor, limit + 1)
    more = len(rows) > limit
    return Page(_seen_stays(rows[:limit]), str(rows[limit - 1].item.id) if more else None)


def containers(item_id: int) -> Page[Stay]:
    """Return every container the item was ever in, newest first."""
    _found(item_id)
    return Page(_seen_stays(store.stays_of(item_id)))


def _found(item_id: int) -> None:
    if not reach.may_see(item_id):
        raise NOT_FOUND(what=f"#{item_id}")


def vocabulary() -> Vocabulary:
    """Return the words this tenant's events use, named in both languages."""
    words: dict[str, list[Word]] = {"steps": [], "dispositions": []}
    named: dict[str, list[NamedUri]] = {name: [] for name in _NAMED}
    known = {"steps": STEPS, "dispositions": DISPOSITIONS}
    rows = store.vocabulary()
    own_steps = {
        value: (zh or en or value, en or zh or value) for group, value, zh, en in rows if group == "named_steps"
    }
    for group, value, zh, en in rows:
        if group in known:
            words[group].append(Word(value, *known[group].get(value, own_steps.get(value, (value, value)))))
        elif group in named:
            named[group].append(NamedUri(value, zh or en or value, en or zh or value))
    types = [Word(value, *names) for value, names in EVENT_TYPES.items()]
    return Vocabulary(
        words["steps"],
        words["dispositions"],
        types,
        named["places"],
        named["equipment"],
        named["people"],
        named["products"],
        named["parties"],
        named["parameters"],
    )
