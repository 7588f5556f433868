"""The index on disk, beside a real database."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import numpy as np
import pytest

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
from suyuan.trace.domain.answer import Question, Start
from suyuan.trace.domain.scoping import ScopeQuestion, nobody_minds
from suyuan.trace.domain.times import EVER, FOREVER
from suyuan.trace.tests.engine.compared import told_by, told_in
from suyuan.trace.tests.engine.test_desk import whole

PRODUCT = "https://id.gs1.org/01/09521234000006"
LOTS = [ItemIdentity(f"{PRODUCT}/10/L{n}", ItemKind.LOT, PRODUCT, f"L{n}") for n in range(4)]
UNITS = [ItemIdentity(f"{PRODUCT}/10/L{n % 4}/21/U{n}", ItemKind.UNIT, PRODUCT, f"L{n % 4}", f"U{n}") for n in range(6)]
BOXES = [ItemIdentity(f"urn:suyuan:t:carrier:K{n}", ItemKind.CARRIER) for n in range(3)]
EVERYTHING = [*LOTS, *UNITS, *BOXES]
DAY = datetime(2026, 3, 2, tzinfo=UTC)


def plant(seed: int, events: int) -> list[EventRecord]:
    """Return random events; now and then one that declares an earlier one an error."""
    chance = random.Random(seed)
    made: list[EventRecord] = []
    for number in range(events):
        time = Instant.parse((DAY + timedelta(minutes=chance.randrange(40))).isoformat())
        name = f"urn:e:{seed}:{number}"
        voided = {event.event_id for event in made if event.declares_error}
        sound = [event for event in made if event.event_id not in voided]
        if sound and chance.random() < 0.15:
            wrong = chance.choice(sound)
            document = {**wrong.document, "errorDeclaration": {"declarationTime": time.utc.isoformat()}}
            made.append(
                EventRecord(wrong.event_id, wrong.type, wrong.time, wrong.participations, document,
                            action=wrong.action, declares_error=True)
            )  # fmt: skip
            continue
        kind = chance.choice([EventType.TRANSFORMATION, EventType.TRANSFORMATION, EventType.AGGREGATION])
        action, parts = None, _inputs_and_outputs(chance)
        if kind is EventType.AGGREGATION:
            action = chance.choice([Action.ADD, Action.ADD, Action.DELETE])
            children = chance.sample([*LOTS, *UNITS], 2)
            parts = (
                Participation(chance.choice(BOXES), Role.PARENT),
                *(Participation(c, Role.CHILD) for c in children),
            )
        document = {"type": kind.value, "eventID": name, "eventTime": time.utc.isoformat()}
        made.append(EventRecord(name, kind, time, parts, document, action=action, biz_step="packing"))
    return made


def _inputs_and_outputs(chance: random.Random) -> tuple[Participation, ...]:
    given, gained = chance.sample(EVERYTHING, 2), chance.sample([*LOTS, *UNITS], 2)
    return (
        *(Participation(item, Role.INPUT, chance.choice([None, Decimal(5)]), "KGM") for item in given),
        *(Participation(item, Role.OUTPUT, lot=LOTS[3].uri if item in UNITS[:2] else None) for item in gained),
    )


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tenant) -> Path:
    from suyuan.chassis.settings import settings

    moved = settings().model_copy(update={"data": tmp_path})
    monkeypatch.setattr("suyuan.trace.store.index.files.settings", lambda: moved)
    return tmp_path


def compare(tenant, *, every: int = 3) -> int:
    """Ask every third item both ways, of the index and of the database alone; return how many were asked."""
    from suyuan.trace.domain.tracing import trace
    from suyuan.trace.store.index import index_scopes, trace_with_index
    from suyuan.trace.store.tracing import SqlLedger

    with tenant.open() as tx:
        items = tx.rows("SELECT id FROM trace_item WHERE kind <> 'product' ORDER BY id")[::every]
        for (item,) in items:
            for direction in Direction:
                question = Question(direction, (Start(item),))
                told = trace_with_index(question)
                assert told is not None
                oracle = trace(SqlLedger(), question)
                asked = ScopeQuestion(
                    direction, np.array([item]), np.array([EVER if direction is Direction.FORWARD else FOREVER])
                )
                scopes = index_scopes(lambda q: trace(SqlLedger(), q))
                assert scopes is not None
                plain = replace(question, closure=False, limit=50_000)
                database = trace(SqlLedger(), plain)
                assert told_by(scopes.scope(asked, nobody_minds).labels) == told_in(database)
                desk = trace_with_index(plain)
                assert desk is not None
                assert whole(desk) == whole(database)
                assert told.items == oracle.items
                assert [(e.number, e.verdict) for e in told.events] == [(e.number, e.verdict) for e in oracle.events]
                assert (told.edges, told.gaps) == (oracle.edges, oracle.gaps)
                assert (told.closure, told.truncated) == (oracle.closure, oracle.truncated)
        return len(items)


@pytest.mark.parametrize("seed", [1, 2])
def test_answers_are_the_databases_at_every_stage_of_the_index(tenant, data: Path, seed: int) -> None:
    from suyuan.trace import api
    from suyuan.trace.store import index

    history = plant(seed, 28)
    with tenant.open():
        assert index.trace_with_index(Question(Direction.BACK, (Start(1),))) is None
        api.record(history[:8])
        assert index.rebuild().waiting == 8, "what is not yet committed may yet be undone"
    compare(tenant)
    with tenant.open():
        built = index.refresh()
        assert (built.segments, built.waiting) == (2, 0)
    for low in range(8, len(history), 10):
        with tenant.open():
            api.record(history[low : low + 10])
        assert compare(tenant) > 2
        with tenant.open():
            before = index.state()
            after = index.refresh()
            assert before.waiting > 0
            assert (after.waiting, after.sound) == (0, True)
            assert after.events > before.events
        compare(tenant)


def test_a_transaction_that_ends_late_is_not_passed_over(tenant, data: Path) -> None:
    """An event with a smaller number that is committed after the index was built is still seen, as the tail."""
    import psycopg

    from suyuan.chassis.settings import settings
    from suyuan.trace import api
    from suyuan.trace.store import index

    history = plant(4, 12)
    with psycopg.connect(settings().database_app_url or "") as slow:
        slow.execute("SELECT pg_current_xact_id()")
        with tenant.open():
            api.record(history[:6])
        with tenant.open():
            assert index.rebuild().waiting == 0
        slow.execute("SELECT set_config('suyuan.tenant', %s, true)", (str(tenant.id),))
        with tenant.open() as tx:
            found = tx.value("SELECT max(number) FROM trace_event")
        slow.execute(
            "INSERT INTO chassis_outbox (tenant_id, topic, payload) VALUES (%s, 'trace.recorded', %s::jsonb)",
            (tenant.id, f'{{"numbers": [{found}]}}'),
        )
    with tenant.open():
        assert index.state().waiting == 1


@pytest.mark.parametrize("harm", ["lost", "cut", "changed", "manifest"])
def test_damage_is_found_and_the_database_answers_until_it_is_mended(tenant, data: Path, harm: str) -> None:
    from suyuan.trace import api
    from suyuan.trace.store import index

    with tenant.open():
        api.record(plant(5, 10))
    with tenant.open():
        index.rebuild()
        assert index.verify().sound
    file = next(data.rglob("event_rows.npy"))
    if harm == "lost":
        file.unlink()
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    elif harm == "changed":
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.write_bytes(bytes(content))
    else:
        next(data.rglob("manifest.json")).write_text("{")
    _forget_mapping()
    question = Question(Direction.BACK, (Start(1),))
    with tenant.open():
        told = index.verify()
        assert (told.exists, told.sound) == (True, False)
        assert told.faults
        assert index.trace_with_index(question) is None
        assert index.refresh().sound
    compare(tenant)


def test_an_index_of_another_database_is_not_believed(tenant, data: Path) -> None:
    from suyuan.trace import api
    from suyuan.trace.store import index
    from suyuan.trace.store.index.files import folder_of, read_manifest, write_manifest

    with tenant.open():
        api.record(plant(6, 6))
    with tenant.open():
        index.rebuild()
        folder = folder_of(tenant.id)
        manifest = read_manifest(folder)
        assert manifest is not None
        for wrong in ({"upto": "99999999:99999999:"}, {"witness": (1, "00")}, {"made": 0.0}):
            write_manifest(folder, type(manifest)(**{**_fields(manifest), **wrong}))
            assert index.trace_with_index(Question(Direction.BACK, (Start(1),))) is None
            assert not index.state().sound
        assert index.refresh().sound


def _fields(struct: msgspec.Struct) -> dict[str, object]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def _forget_mapping() -> None:
    from suyuan.trace.store.index import answering

    answering._mapped.clear()
