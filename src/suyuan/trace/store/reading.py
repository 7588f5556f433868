"""Reading the ledger for lists and pages. Every query names the tenant as well as being bound to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.trace.contracts import EventFilter, EventRow, ItemReference, ItemRow, NamedItem, Role, Stay
from suyuan.trace.domain.place_words import named_place

_ROLES = {"i": Role.INPUT, "o": Role.OUTPUT, "p": Role.PARENT, "c": Role.CHILD, "s": Role.SUBJECT}
SHOWN_ITEMS = 5
_LONGEST_NUMBER = 19
"""Digits; any number of fewer fits into 64 bits."""
_SORTS = {
    "-time": ("event_time", "DESC", "<"),
    "time": ("event_time", "ASC", ">"),
    "-recorded": ("recorded", "DESC", "<"),
    "recorded": ("recorded", "ASC", ">"),
}
Sites = frozenset[int] | None


def _sql(name: str) -> str:
    return named_sql(__package__, name)


def _sites(sites: Sites) -> list[int] | None:
    return None if sites is None else sorted(sites)


def _event_rows(chosen: str, parameters: Mapping[str, Any], items: int | None = SHOWN_ITEMS) -> list[EventRow]:
    query = _sql("event_rows.sql").format(chosen=chosen)
    rows = tx().rows(query, {**parameters, "tenant": tx().principal.tenant_id, "items": items})
    return [_event_row(row) for row in rows]


def _event_row(row: tuple[Any, ...]) -> EventRow:
    named = [
        NamedItem(identity, uri, code, kind, _ROLES[role].value, Decimal(quantity) if quantity else None, unit)
        for identity, uri, code, kind, role, quantity, unit in msgspec.json.decode(row[22] or "[]")
    ]
    place = named_place(row[10] or row[9], row[11], row[12])
    return EventRow(*(*row[:11], *place, *row[13:22], named))


def list_events(
    narrowed: EventFilter, sort: str, after: tuple[datetime, int] | None, limit: int, sites: Sites
) -> list[EventRow]:
    """Return up to ``limit`` events that fit, after the row (time, number) in the order of ``sort``."""
    column, direction, beyond = _SORTS[sort]
    chosen = _sql("chosen_events.sql").format(column=column, direction=direction, beyond=beyond)
    values = {name: getattr(narrowed, name) for name in EventFilter.__dataclass_fields__}
    place = {"after_time": after[0] if after else None, "after_number": after[1] if after else None}
    return _event_rows(chosen, {**values, **place, "limit": limit, "sites": _sites(sites)})


def item_events(item_id: int, after: tuple[datetime, int] | None, limit: int, sites: Sites) -> list[EventRow]:
    """Return the events that name the item, newest first."""
    place = {"after_time": after[0] if after else None, "after_number": after[1] if after else None}
    values = {"item_id": item_id, "limit": limit, "sites": _sites(sites), **place}
    return _event_rows(_sql("chosen_item_events.sql"), values)


def events_by_number(numbers: Sequence[int], sites: Sites, items: int | None = SHOWN_ITEMS) -> list[EventRow]:
    """Return these events in this order, with up to ``items`` participations each (None: all)."""
    chosen = (
        "SELECT g.number, g.place FROM unnest(%(numbers)s::bigint[]) WITH ORDINALITY AS g (number, place)"
        " JOIN trace_event s ON s.number = g.number"
        " AND (%(sites)s::bigint[] IS NULL OR s.site_id = ANY (%(sites)s::bigint[]))"
    )
    return _event_rows(chosen, {"numbers": list(numbers), "sites": _sites(sites)}, items)


def documents(numbers: Sequence[int]) -> dict[int, tuple[str, str | None, str | None, str, str]]:
    """Return (document, reading, context as JSON text, content hash, recorded by) of these events."""
    rows = tx().rows(_sql("event_documents.sql"), {"tenant": tx().principal.tenant_id, "numbers": list(numbers)})
    return {row[0]: row[1:] for row in rows}


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What an answer tells of its items and events: item rows, heads of events by number (id, type, action, time,
    offset, step, disposition, place, person, equipment), names (Chinese, English) by URI, and, by number, the sensor
    elements, as JSON text, of events that have any.
    """

    items: Sequence[ItemRow]
    heads: Mapping[int, tuple[Any, ...]]
    names: Mapping[str, tuple[str | None, str | None]]
    measured: Sequence[tuple[int, str]]


def answer_facts(
    items: Sequence[int], events: Sequence[int], uris: Sequence[str], measured: Sequence[int]
) -> AnswerFacts:
    """Return the facts of these items and events, with the names of ``uris``, in one round trip."""
    chosen = "SELECT g.id, g.place FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS g (id, place)"
    keys = {"tenant": tx().principal.tenant_id, "ids": items, "numbers": events, "uris": uris}
    with tx().at_once():
        rows = tx().execute(_sql("item_rows.sql").format(chosen=chosen), keys, prepare=True)
        heads = tx().execute(_sql("event_heads.sql"), keys, prepare=True)
        names = tx().execute(_sql("names.sql"), keys, prepare=True)
        told = tx().execute(_sql("event_parameters.sql"), {**keys, "numbers": measured}, prepare=True)
    return AnswerFacts(
        [_item_row(row) for row in rows], {row[0]: row[1:] for row in heads},
        {uri: (zh, en) for uri, zh, en in names}, told.fetchall(),
    )  # fmt: skip


def names_of(uris: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """Return the names (Chinese, English) of these URIs."""
    keys = {"tenant": tx().principal.tenant_id, "uris": uris}
    return {uri: (zh, en) for uri, zh, en in tx().execute(_sql("names.sql"), keys, prepare=True)}


def measured_in(numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Return the sensor elements, as JSON text, of those of these events that have any, by number."""
    keys = {"tenant": tx().principal.tenant_id, "numbers": list(numbers)}
    return tx().execute(_sql("event_parameters.sql"), keys, prepare=True).fetchall()


def corrections(event_id: str) -> list[tuple[int, datetime, str | None, list[str], bool]]:
    """Return (number, recorded, reason, corrective ids, declares error) of every row under this event id."""
    return tx().rows(
        "SELECT number, recorded, error_reason, corrective_ids, declares_error FROM trace_event"
        " WHERE tenant_id = %s AND event_id = %s ORDER BY number",
        (tx().principal.tenant_id, event_id),
    )


def list_items(
    search: str | None, kind: str | None, product: str | None, after: int | None, limit: int, sites: Sites = None
) -> list[ItemRow]:
    """Return items whose readable code starts or ends with ``search``, or whose URI it is; newest first.

    With ``sites``, only those that an event of these sites names.
    """
    literal = (search or "").replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    values = {
        "search": search or None,
        "starts": f"{literal}%",
        "ends": f"{literal[::-1]}%" if "\\" not in literal else literal,
        "kind": kind,
        "product": product,
        "after": after,
        "limit": limit,
        "sites": _sites(sites),
    }
    return _item_rows(_sql("chosen_items.sql"), values)


def resolve_item(text: str) -> int | None:
    """Return the item of this URI, else the newest of this readable code, else of this number."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else None
    keys = {"tenant": tx().principal.tenant_id, "text": text, "number": number if str(number) == text else None}
    found: int | None = tx().value(_sql("resolve_item.sql"), keys)
    return found


def items_by_id(ids: Sequence[int]) -> list[ItemRow]:
    """Return these items in this order."""
    chosen = "SELECT g.id, g.place FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS g (id, place)"
    return _item_rows(chosen, {"ids": list(ids)}, prepare=True)


def _item_rows(chosen: str, parameters: Mapping[str, Any], *, prepare: bool = False) -> list[ItemRow]:
    query = _sql("item_rows.sql").format(chosen=chosen)
    keys = {**parameters, "tenant": tx().principal.tenant_id}
    rows = tx().execute(query, keys, prepare=prepare)
    return [_item_row(row) for row in rows]


def _item_row(row: Sequence[Any]) -> ItemRow:
    return ItemRow(*(*row[:11], *named_place(*row[10:13]), *row[13:]))


def item_facts(
    item_id: int,
) -> tuple[datetime | None, int, int, dict[str, Any], ItemReference | None, datetime | None]:
    """Return first seen, numbers of events and contents, attributes, the lot it belongs to, at its place since."""
    keys = {"tenant": tx().principal.tenant_id, "item_id": item_id}
    first, events, contents, attributes, lot, since = tx().rows(_sql("item_facts.sql"), keys)[0]
    reference = ItemReference(*msgspec.json.decode(lot)) if lot else None
    return first, events, contents, msgspec.json.decode(attributes or "{}"), reference, since


def containers_of(item_id: int) -> list[tuple[Any, ...]]:
    """Return what the item is in now, innermost first: (id, uri, code, kind, place, since, place names)."""
    rows = tx().rows(_sql("containers_of.sql"), {"tenant": tx().principal.tenant_id, "item_id": item_id})
    return [(*row[:6], *named_place(row[4], *row[6:])) for row in rows]


def stays_of(item_id: int, limit: int = 200) -> list[Stay]:
    """Return every container the item was put into, newest first."""
    keys = {"tenant": tx().principal.tenant_id, "item_id": item_id, "limit": limit}
    return [Stay(ItemReference(*row[:4]), *row[4:]) for row in tx().rows(_sql("stays_of.sql"), keys)]


def contents_of(item_id: int, after: int, limit: int) -> list[Stay]:
    """Return what is in the item now, by number."""
    keys = {"tenant": tx().principal.tenant_id, "item_id": item_id, "after": after, "limit": limit}
    return [Stay(ItemReference(*row[:4]), *row[4:]) for row in tx().rows(_sql("contents_of.sql"), keys)]


def vocabulary() -> list[tuple[str, str, str | None, str | None]]:
    """Return (group, value, Chinese name, English name) of every word the tenant's events use."""
    return tx().rows(_sql("vocabulary.sql"), {"tenant": tx().principal.tenant_id})
