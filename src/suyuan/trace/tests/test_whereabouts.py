"""Whereabouts told by the events that arrive are those that the ledger tells, whatever arrives in whatever order."""

from __future__ import annotations

import random
from typing import Any

from suyuan.kernel.instants import Instant
from suyuan.trace.contracts import Action, EventRecord, EventType, ItemIdentity, ItemKind, Participation, Role

ITEMS = [
    *(ItemIdentity(f"urn:suyuan:w:unit:U{n}", ItemKind.UNIT) for n in range(5)),
    *(ItemIdentity(f"urn:suyuan:w:lot:L{n}", ItemKind.LOT) for n in range(2)),
]
BOXES = [ItemIdentity(f"urn:suyuan:w:carrier:B{n}", ItemKind.CARRIER) for n in range(3)]
ROWS = (
    "SELECT i.uri, w.state, w.disposition, w.place, w.place_since, p.uri, w.parent_since, w.event_number"
    " FROM trace_whereabouts w JOIN trace_item i ON i.id = w.item_id LEFT JOIN trace_item p ON p.id = w.parent_id"
    " ORDER BY i.uri"
)


def _some(chance: random.Random, items: list[ItemIdentity], mark: int) -> list[ItemIdentity]:
    """Return a few of ``items``; some are known from earlier batches, most are new in this one."""
    chosen = chance.sample(items, chance.randint(1, len(items)))
    renamed = [(each, mark if chance.random() < 0.8 else 0) for each in chosen]
    return [ItemIdentity(f"{each.uri}-{which}", each.kind) for each, which in renamed]


def _event(chance: random.Random, number: int, mark: int) -> EventRecord:
    kind = chance.choice([EventType.OBJECT, EventType.AGGREGATION, EventType.TRANSFORMATION, EventType.ASSOCIATION])
    action = None if kind is EventType.TRANSFORMATION else chance.choice(list(Action))
    items = _some(chance, ITEMS, mark)
    parts = [Participation(each, Role.SUBJECT) for each in items]
    if kind is EventType.TRANSFORMATION:
        parts = [Participation(each, chance.choice([Role.INPUT, Role.OUTPUT])) for each in items]
    elif kind is not EventType.OBJECT:
        box = Participation(_some(chance, BOXES, mark)[0], Role.PARENT)
        children = [Participation(each, Role.CHILD) for each in items]
        whole = action is Action.DELETE and chance.random() < 0.6
        parts = [box] if whole else [box, *children] if chance.random() < 0.9 else children
    if chance.random() < 0.1:
        parts.append(Participation(parts[0].item, chance.choice(list(Role))))
    time = f"2026-11-{chance.randint(1, 9):02d}T08:00:00Z"
    return EventRecord(
        f"urn:e:{number}", kind, Instant.parse(time), tuple(parts), {"number": number}, action=action,
        biz_location=chance.choice([None, "urn:place:a", "urn:place:b"]),
        disposition=chance.choice([None, "active", "in_transit"]),
    )  # fmt: skip


def _declared(event: EventRecord) -> EventRecord:
    names: dict[str, Any] = {name: getattr(event, name) for name in ("event_id", "type", "time", "participations")}
    return EventRecord(**names, document={"wrong": event.event_id}, action=event.action, declares_error=True)


def test_what_arrives_stands_where_the_ledger_says(tenant) -> None:
    from suyuan.trace import api
    from suyuan.trace.store.recording import refresh_whereabouts

    chance = random.Random(20261122)
    number, arrived, late = 0, 0, []
    for mark in range(1, 25):
        batch: list[EventRecord] = []
        for _ in range(chance.randint(1, 8)):
            number += 1
            event = _event(chance, number, mark)
            declared = _declared(event) if chance.random() < 0.15 else None
            if declared is not None and chance.random() < 0.3:
                late.append(event)  # it comes after it was declared an error
                batch.append(declared)
            else:
                batch += [event, declared] if declared else [event]
        if late and chance.random() < 0.5:
            batch.append(late.pop())
        with tenant.open() as tx:
            before = {row[0] for row in tx.rows("SELECT uri FROM trace_item")}
            api.record(batch)
            told = tx.rows(ROWS)
            with_items = tx.rows("SELECT id FROM trace_item")
            tx.execute("DELETE FROM trace_whereabouts")
            refresh_whereabouts([row[0] for row in with_items])
            asked = tx.rows(ROWS)
        arrived += len([row for row in told if row[0] not in before])
        # a row from before is only written where it changed: since when and by which event stays
        assert [_kept(row, before) for row in told] == [_kept(row, before) for row in asked]
    assert arrived > 100


def _kept(row: tuple[Any, ...], before: set[str]) -> tuple[Any, ...]:
    return (*row[:4], row[5]) if row[0] in before else row
