"""Messages that are recorded together are recorded as if each came alone: same answers, same ledger, same names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from suyuan.capture.tests.stations import FLOUR, RIGHTS, Station, furnished, now
from suyuan.kernel.principals import Grant, Principal
from tests.support.database import owner_url
from tests.support.web import InProcess

_runs = count(1)
HERE = "https://id.gs1.org/414/9521234000013"
THERE = "https://id.gs1.org/414/9521234000020"
PEOPLE = ("operator", "boss", "elsewhere")


class _ServerEndedError(Exception):
    """The process is gone before it commits."""


@pytest.fixture(scope="module")
def twins(application) -> list[Any]:
    """Two tenants with the same sites."""
    from suyuan.tenancy import api as tenancy
    from tests.support.tenants import fresh_tenant

    found = [furnished(fresh_tenant()) for _ in range(2)]
    for tenant in found:
        with tenant.open():
            tenancy.ensure_site("A", "甲厂", "A", HERE)
            tenancy.ensure_site("B", "乙厂", "B", THERE)
    return found


def _principal(tenant: Any, who: str) -> Principal:
    from suyuan.chassis.database import tx

    rights = frozenset({*RIGHTS, *({"capture:reading:override"} if who == "boss" else ())})
    with tenant.open():
        site = tx().value("SELECT id FROM tenancy_site WHERE code = 'B'") if who == "elsewhere" else None
    return Principal(tenant.id, None, who, (Grant(rights, site),), "token", "en" if who == "boss" else "zh")


STEPS = some.lists(
    some.tuples(
        some.sampled_from(PEOPLE),
        some.integers(0, 2),  # the device
        some.integers(0, 3),  # the item
        some.sampled_from(["operation-start", "inspect", "ship", "receive", "again", "changed", "nowhere"]),
        some.booleans(),  # whether an override is asked for
    ),
    min_size=1,
    max_size=10,
)


def _messages(steps: list[tuple[Any, ...]], run: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield who sends what; both tenants get the same."""
    devices = [str(uuid4()) for _ in range(3)]
    sent: list[dict[str, Any]] = []
    for number, (who, device, item, what, override) in enumerate(steps):
        values: dict[str, Any] = {"item": f"(01)09521234543213(21)G{run}-{item}"}
        if what == "inspect":
            values["result"] = "fail" if item == 3 else "pass"
        if what == "ship":
            values = {"item": [values["item"]]}
        if what == "receive":
            values = {"item": f"(01)09521234543220(10)G{run}-{item}", "quantity": "5"}
        reading = {
            "id": str(uuid4()), "sequence": number + 1, "taken": now(), "values": values,
            "node": what if what in ("operation-start", "inspect", "ship", "receive") else "operation-start",
            "station": None if what == "nowhere" else HERE if who != "elsewhere" or item == 0 else THERE,
        }  # fmt: skip
        if override:
            reading["overrides"] = [{"check": "not_repeated", "reason": "why not"}]
        if what == "again" and sent:
            reading = sent[item % len(sent)]
        if what == "changed" and sent:
            reading = sent[item % len(sent)] | {"taken": reading["taken"]}
        sent.append(reading)
        yield who, {"device": devices[device], "sent": now(), "readings": [reading]}


def _submit(tenant: Any, given: list[tuple[str, dict[str, Any]]], *, ends: bool = False) -> list[dict[str, Any]]:
    """Submit messages in one transaction, as the edge does; return what became of each entry."""
    from suyuan.capture.api.messages import Message
    from suyuan.capture.api.submitting import submit_all
    from suyuan.capture.contracts.readings import ReadingBatch
    from suyuan.chassis.database import transaction

    messages = [
        Message(msgspec.convert(body, ReadingBatch), _principal(tenant, who), "en", f"request of {who}")
        for who, body in given
    ]
    with transaction(Principal(tenant.id, None, "", via="group")):
        submit_all(messages, patient=False)
        if ends:
            raise _ServerEndedError
    return [msgspec.to_builtins(message.answer)["outcomes"][0] for message in messages]


def _ledger(tenant: Any, run: int) -> list[Any]:
    """Return all that is on record, but for the clock."""
    with psycopg.connect(owner_url()) as owner:
        kept = owner.execute(
            "SELECT id, device, node, outcome, sent_by, replace(person, %s, 'T'), place, late, overridden,"
            " jsonb_path_query_array(findings, '$[*].code'), content_hash,"
            " (SELECT code FROM tenancy_site s WHERE s.id = r.site_id)"
            " FROM capture_reading r WHERE tenant_id = %s AND reading::text LIKE %s ORDER BY id",
            (tenant.code, tenant.id, f"%G{run}-%"),
        ).fetchall()
        events = owner.execute(
            "SELECT e.type, e.action, e.biz_step, e.disposition, e.recorded_by,"
            " replace(e.person, %s, 'T'), e.biz_location, p.role, i.uri, w.state, w.disposition, w.place"
            " FROM trace_event e JOIN trace_participation p ON p.event_number = e.number"
            " JOIN trace_item i ON i.id = p.item_id LEFT JOIN trace_whereabouts w ON w.item_id = i.id"
            " WHERE e.tenant_id = %s AND i.uri LIKE %s ORDER BY e.number, i.uri",
            (tenant.code, tenant.id, f"%G{run}-%"),
        ).fetchall()
    return [kept, events]


@settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(STEPS, some.lists(some.integers(1, 12), max_size=5), some.booleans())
def test_any_grouping_gives_the_ledger_of_one_by_one(twins, steps, sizes, ends) -> None:
    together, alone = twins
    run = next(_runs)
    messages = list(_messages(steps, run))
    if ends:  # the first group is worked off, and lost before it is committed
        with pytest.raises(_ServerEndedError):
            _submit(together, messages[: sizes[0] if sizes else 1], ends=True)
    grouped: list[dict[str, Any]] = []
    rest = messages
    for size in [*sizes, len(messages)]:
        grouped += _submit(together, rest[:size]) if rest else []
        rest = rest[size:]
    single = [_submit(alone, [message])[0] for message in messages]

    def plain(outcome: dict[str, Any]) -> Any:
        faults = [(fault["code"], fault["text"], fault["overridable"]) for fault in outcome["faults"]]
        return outcome["id"], outcome["outcome"], outcome["first"], faults, len(outcome["event_ids"])

    assert [plain(outcome) for outcome in grouped] == [plain(outcome) for outcome in single]
    assert _ledger(together, run) == _ledger(alone, run)


def test_scans_that_come_at_once_are_each_recorded_once_and_answered_for_themselves(plant, tenant) -> None:
    furnished(tenant)
    stations = [Station(plant), Station(plant, *RIGHTS, "capture:reading:override"), Station(tenant)]
    stranger = InProcess("sy_nobody")
    wanted: dict[str, str] = {}
    sent = []
    for number in range(30):
        station = stations[number % 3]
        if number % 5 == 4:
            reading = station.reading("inspect", item=station.unit(900 + number), result="pass")  # never made
            wanted[reading["id"]] = "refused"
        else:
            reading = station.reading("operation-start", item=station.unit(number))
            wanted[reading["id"]] = "recorded"
        sent += [(station, reading)] * (2 if number % 4 == 0 else 1)  # some come twice

    def send(given: tuple[Station, dict[str, Any]]) -> tuple[str, dict[str, Any]]:
        station, reading = given
        body = {"device": str(uuid4()), "sent": now(), "readings": [reading]}
        answer = station.client.post("/api/v1/capture/readings", json=body)
        assert answer.status_code == 200, answer.text
        return reading["id"], answer.json()["outcomes"][0]

    with ThreadPoolExecutor(16) as threads:
        nobody = threads.submit(stranger.post, "/api/v1/capture/readings", json={})
        nonsense = threads.submit(stations[0].client.post, "/api/v1/capture/readings", json={"device": 7})
        answers = list(threads.map(send, sent))
    assert nobody.result().status_code == 401
    assert nonsense.result().status_code == 400
    for number, outcome in answers:
        assert (outcome["first"] or outcome["outcome"]) == wanted[number], outcome
    with psycopg.connect(owner_url()) as owner:
        rows = owner.execute(
            "SELECT r.id::text, r.outcome, r.tenant_id, count(e.number) FROM capture_reading r LEFT JOIN trace_event e"
            " ON e.tenant_id = r.tenant_id AND e.event_id = ANY (r.event_ids) WHERE r.id = ANY (%s)"
            " GROUP BY r.id, r.outcome, r.tenant_id",
            ([UUID(number) for number in wanted],),
        ).fetchall()
    homes = {reading["id"]: station.tenant.id for station, reading in sent}
    assert sorted((row[0], row[1], row[2]) for row in rows) == sorted(
        (number, outcome, homes[number]) for number, outcome in wanted.items()
    )
    assert all(row[3] == (row[1] == "recorded") for row in rows)


def test_a_group_that_fails_is_worked_off_one_by_one(station, monkeypatch) -> None:
    from suyuan.capture.store import readings as store
    from suyuan.chassis.database import tx

    insert = store.insert

    def fail(*given: Any) -> Any:
        answer = insert(*given)
        if tx().principal.via == "group":
            raise psycopg.errors.DeadlockDetected("two groups at once")
        return answer

    monkeypatch.setattr(store, "insert", fail)
    before = len(station.events())
    station.done("operation-start", item=station.unit(1))
    assert len(station.events()) == before + 1


def test_who_is_in_the_way_of_one_keeps_nobody_else_waiting(plant, station) -> None:
    from suyuan.capture.store import readings as store

    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with plant.open():
            store.lock_items([station.lot_uri("F1")], patient=True)
            holding.set()
            done.wait(30)

    threading.Thread(target=hold, daemon=True).start()
    assert holding.wait(30)
    assert station.lot_uri("F1").startswith(FLOUR)
    other = Station(plant)
    with ThreadPoolExecutor(1) as threads:
        held = threads.submit(station.enter, "receive", item=station.lot("F1"), quantity="5")
        other.done("receive", item=other.lot("F2"), quantity="5")
        assert not held.done()
        done.set()
        assert held.result(30)["outcome"] == "recorded"


def test_what_is_audited_is_changed_in_somebodys_name(tenant) -> None:
    from suyuan.chassis.database import transaction
    from suyuan.tenancy import api as tenancy

    nobody = Principal(tenant.id, None, "", via="group")
    with transaction(nobody) as group:
        with group.in_name_of(Principal(tenant.id, None, "Ann", (), "token"), "r-ann"):
            tenancy.ensure_site("C", "丙厂", "C", "")
        told = group.rows("SELECT actor, via, request_id FROM compliance_audit WHERE table_name = 'tenancy_site'")
        assert told == [("Ann", "token", "r-ann")]
    with pytest.raises(IntegrityError, match="names_somebody"), transaction(nobody):
        tenancy.ensure_site("D", "丁厂", "D", "")
    with tenant.open():
        assert [site.code for site in tenancy.sites()] == ["C"]
