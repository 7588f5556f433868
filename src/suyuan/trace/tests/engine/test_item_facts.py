"""What the index tells of items is what the database tells: over random plants, with a tail and voids."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from suyuan.kernel.instants import Instant
from suyuan.trace.contracts import (
    Action,
    Direction,
    EventRecord,
    EventType,
    ItemIdentity,
    ItemKind,
    Participation,
    Role,
)
from suyuan.trace.domain.scope_columns import FACTS, whereabouts
from suyuan.trace.domain.scoping import ScopeQuestion, nobody_minds

PRODUCT = "https://id.gs1.org/01/09521234000006"
LOTS = [ItemIdentity(f"{PRODUCT}/10/L{n}", ItemKind.LOT, PRODUCT, f"L{n}") for n in range(3)]
UNITS = [ItemIdentity(f"{PRODUCT}/21/U{n}", ItemKind.UNIT, PRODUCT, "L9" if n % 3 == 0 else None, f"U{n}")
         for n in range(8)]  # fmt: skip
BOXES = [ItemIdentity(f"urn:suyuan:t:carrier:K{n}", ItemKind.CARRIER) for n in range(4)]
PLACES = ["https://id.gs1.org/414/9521234000013", "https://id.gs1.org/414/9521234000020", None]
DISPOSITIONS = [None, "in_progress", "in_transit", "retail_sold", "damaged", "returned", "destroyed"]
PARTIES = ["urn:suyuan:t:party:b", "urn:suyuan:t:party:a"]
DAY = datetime(2026, 3, 2, tzinfo=UTC)
KINDS = [
    (EventType.TRANSFORMATION, None), (EventType.AGGREGATION, Action.ADD), (EventType.AGGREGATION, Action.ADD),
    (EventType.ASSOCIATION, Action.ADD), (EventType.AGGREGATION, Action.DELETE),
    (EventType.AGGREGATION, Action.OBSERVE),
    (EventType.OBJECT, Action.OBSERVE), (EventType.OBJECT, Action.OBSERVE), (EventType.OBJECT, Action.DELETE),
    (EventType.OBJECT, Action.ADD),
]  # fmt: skip


def parts_of(chance: random.Random, kind: EventType, action: Action | None) -> tuple[Participation, ...]:
    if kind is EventType.TRANSFORMATION:
        made = chance.choice(UNITS)
        fed = chance.choice([thing for thing in [*LOTS, *UNITS] if thing is not made])
        lot = chance.choice(LOTS).uri if made.lot is None and chance.random() < 0.5 else None
        return Participation(fed, Role.INPUT), Participation(made, Role.OUTPUT, lot=lot)
    if kind is EventType.OBJECT:
        return tuple(Participation(thing, Role.SUBJECT) for thing in chance.sample([*LOTS, *UNITS, *BOXES], 2))
    parent = Participation(chance.choice(BOXES), Role.PARENT)
    if action is Action.DELETE and chance.random() < 0.4:
        return (parent,)
    inside = [box for box in BOXES if box.uri > parent.item.uri]  # no circles
    return parent, *(Participation(thing, Role.CHILD) for thing in chance.sample([*UNITS, *inside], 2))


def plant(seed: int, events: int) -> list[EventRecord]:
    """Return random events at random times; some hand over, and some declare an earlier one an error."""
    chance = random.Random(seed)
    made: list[EventRecord] = []
    for number in range(events):
        voided = {event.event_id for event in made if event.declares_error}
        emptying = {event.event_id for event in made if len(event.participations) == 1}
        sound = [event for event in made if event.event_id not in voided | emptying]
        if sound and chance.random() < 0.12:
            wrong = chance.choice(sound)
            document = {**wrong.document, "errorDeclaration": {"declarationTime": wrong.time.utc.isoformat()}}
            made.append(replace(wrong, document=document, declares_error=True))
            continue
        time = Instant.parse((DAY + timedelta(minutes=chance.randrange(30))).isoformat())
        kind, action = chance.choice(KINDS)
        name = f"urn:e:{seed}:{number}"
        document: dict[str, Any] = {"type": kind.value, "eventID": name, "eventTime": time.utc.isoformat()}
        if kind is EventType.OBJECT and chance.random() < 0.6:
            document["destinationList"] = [
                {"type": "owning_party", "destination": party}
                for party in chance.sample(PARTIES, chance.choice([1, 2]))
            ]
        parts = parts_of(chance, kind, action)
        made.append(
            EventRecord(name, kind, time, parts, document, action=action, biz_step="packing",
                        disposition=chance.choice(DISPOSITIONS), biz_location=chance.choice(PLACES))
        )  # fmt: skip
    return made


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tenant) -> Path:
    from suyuan.chassis.settings import settings

    moved = settings().model_copy(update={"data": tmp_path})
    monkeypatch.setattr("suyuan.trace.store.index.files.settings", lambda: moved)
    return tmp_path


def asked(items: list[int], as_of: datetime | None = None) -> tuple[ScopeQuestion, np.ndarray]:
    numbers = np.array(items, np.int64)
    return ScopeQuestion(Direction.FORWARD, numbers[:1], np.zeros(1, np.int64), as_of), numbers


def told_by_index(items: list[int], sites: frozenset[int] | None = None, as_of: datetime | None = None) -> Any:
    from suyuan.trace.store.index import index_scopes

    scopes = index_scopes(lambda _: pytest.fail("left to the reference"))
    assert scopes is not None
    question, numbers = asked(items, as_of)
    told = scopes.facts(question, numbers, sites, nobody_minds)
    rows = {}
    for at, item in enumerate(items):
        values = {name: int(told.facts[name][at]) for name in FACTS}
        rows[item] = {name: None if code < 0 else told.texts[name][code] for name, code in values.items()}
    return rows, told


def told_by_database(items: list[int], sites: frozenset[int] | None = None) -> dict[int, dict[str, str | None]]:
    from suyuan.trace.store import scoping as store

    _, numbers = asked(items)
    found = {row[0]: row for row in store.facts_of(numbers, nobody_minds)}
    handed = store.customers_of(numbers, sites, nobody_minds)
    rows: dict[int, dict[str, str | None]] = {}
    for item, row in found.items():
        place, standing = whereabouts(row, found)
        rows[item] = {"kind": row[1], "product": row[2], "lot": row[3], "place": place, "customer": handed.get(item),
                      "state": standing}  # fmt: skip
    return rows


def compare(tenant, plant_of: list[EventRecord]) -> None:
    from suyuan.trace.store import scoping as store

    with tenant.open() as tx:
        # of what only voided events name, the database keeps where it was
        items = [item for (item,) in tx.rows(
            "SELECT DISTINCT p.item_id FROM trace_participation p JOIN trace_event e ON e.number = p.event_number"
            " WHERE NOT e.declares_error AND NOT EXISTS (SELECT FROM trace_event v WHERE v.event_id = e.event_id"
            " AND v.declares_error) ORDER BY p.item_id"
        )]  # fmt: skip
        sites = tx.rows("SELECT DISTINCT site_id FROM trace_event WHERE site_id IS NOT NULL ORDER BY site_id")
        for reached in (None, *(frozenset(site) for site in sites)):
            told, facts = told_by_index(items, reached)
            assert told == told_by_database(items, reached), list(plant_of)
            if reached is None:
                assert facts.seen is None
            else:
                seen = {item for item, here in zip(items, facts.seen.tolist(), strict=True) if here}
                assert seen == store.seen_items(np.array(items), reached, nobody_minds)


@pytest.mark.parametrize(("seed", "at_once"), [(0, 50_000), (1, 3)])
def test_facts_are_the_databases_at_every_stage_of_the_index(
    tenant, data: Path, monkeypatch: pytest.MonkeyPatch, seed: int, at_once: int
) -> None:
    from suyuan.trace import api
    from suyuan.trace.domain.engine import item_facts
    from suyuan.trace.store import index

    monkeypatch.setattr(item_facts, "AT_ONCE", at_once)

    history = plant(seed, 60)
    with tenant.open():
        api.record(history[:25])
        index.rebuild()
    compare(tenant, history)
    with tenant.open():
        index.refresh()
    for low in range(25, len(history), 12):
        with tenant.open():
            api.record(history[low : low + 12])
        compare(tenant, history)
        with tenant.open():
            index.refresh()
    compare(tenant, history)
