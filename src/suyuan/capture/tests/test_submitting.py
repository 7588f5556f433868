"""Entries are recorded whole or refused whole, once however often they are sent, by the rights of the sender."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from suyuan.capture.tests.stations import RIGHTS, Station, furnished, now
from tests.support.database import owner_url

HERE = "https://id.gs1.org/414/9521234000013"
THERE = "https://id.gs1.org/414/9521234000020"


def _rows(station, columns="*", where="true") -> list:
    with psycopg.connect(owner_url()) as owner:
        return owner.execute(
            f"SELECT {columns} FROM capture_reading WHERE device = %s AND {where} ORDER BY sequence", (station.device,)
        ).fetchall()


def test_a_replay_changes_nothing_and_tells_the_first_outcome(station) -> None:
    good = station.reading("receive", item=station.lot("F1"), quantity="5")
    bad = station.reading("feed", order=station.order(), item=station.lot("F9"), quantity="1")
    first = station.send(good, bad)
    assert [outcome["outcome"] for outcome in first] == ["recorded", "refused"]
    events = station.events()
    again = station.send(good, bad, good)
    assert [(outcome["outcome"], outcome["first"]) for outcome in again] == [
        ("repeated", "recorded"), ("repeated", "refused"), ("repeated", "recorded"),
    ]  # fmt: skip
    assert again[0]["event_ids"] == first[0]["event_ids"]
    assert again[1]["faults"] == first[1]["faults"]
    changed = good | {"values": {"item": station.lot("F2"), "quantity": "5"}}
    (taken,) = station.send(changed)
    assert taken["outcome"] == "refused"
    assert taken["faults"][0]["code"] == "capture.id_taken"
    assert station.events() == events
    assert len(_rows(station)) == 2


def test_the_raw_entry_stands_beside_its_event(station) -> None:
    reading = station.reading("receive", item=station.lot("F1"), quantity="5")
    reading["how"] = {"item": "camera", "quantity": "manual"}
    station.send(reading)
    event = station.client.get(f"/api/v1/events/{station.events()[-1]}").json()
    assert event["reading"]["values"]["item"] == station.lot("F1")
    assert event["reading"]["how"] == reading["how"]
    assert event["capture_method"] == "manual"
    assert event["document"]["suyuan:node"] == "receive"
    assert event["document"]["suyuan:nodeVersion"] == 1


def test_entries_of_one_message_are_judged_by_those_before_them(station) -> None:
    inspect = station.reading("inspect", item=station.unit(1), result="fail", defect="x")
    pack = station.reading("ship", item=[station.unit(1)])
    make = station.reading("operation-start", item=station.unit(1))
    outcomes = station.send(make, inspect, pack)
    assert [outcome["outcome"] for outcome in outcomes] == ["recorded", "recorded", "refused"]
    assert [fault["code"] for fault in outcomes[2]["faults"]] == ["capture.held"]


def test_clock_offset_lateness_and_the_future(station) -> None:
    wrong = timedelta(hours=3)
    reading = station.reading("receive", item=station.lot("F1"), quantity="5")
    reading["taken"] = (datetime.now(UTC) + wrong - timedelta(minutes=30)).isoformat(timespec="milliseconds")
    (outcome,) = station.send(reading, sent=(datetime.now(UTC) + wrong).isoformat(timespec="milliseconds"))
    assert outcome["outcome"] == "recorded"
    assert outcome["late"]
    ((taken, received, offset),) = _rows(station, "taken, received, offset_ms")
    assert timedelta(minutes=29) < received - taken < timedelta(minutes=31)
    assert abs(offset - wrong / timedelta(milliseconds=1)) < 60_000
    ahead = station.reading("receive", item=station.lot("F2"), quantity="5")
    ahead["taken"] = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="milliseconds")
    (outcome,) = station.send(ahead)
    assert [fault["code"] for fault in outcome["faults"]] == ["capture.time_ahead"]


def test_a_devices_entries_keep_their_order_though_its_clock_went_back(station) -> None:
    first = station.reading("receive", item=station.lot("F1"), quantity="5")
    second = station.reading("put-away", item=station.lot("F1"), place=HERE)
    second["taken"] = (datetime.now(UTC) - timedelta(seconds=20)).isoformat(timespec="milliseconds")
    station.send(first, second)
    times = [row[0] for row in _rows(station, "taken")]
    assert times[0] < times[1]


def test_overrides_need_the_right_and_are_kept(plant, station) -> None:
    station.done("receive", item=station.lot("F1"), quantity="5")
    reading = station.reading("receive", item=station.lot("F1"), quantity="5")
    reading["overrides"] = [{"check": "not_repeated", "reason": "second pallet of the lot"}]
    (outcome,) = station.send(reading)
    assert {fault["code"] for fault in outcome["faults"]} == {"capture.repeated", "capture.override_denied"}
    boss = Station(plant, *RIGHTS, "capture:reading:override")
    (outcome,) = boss.send(boss.reading("receive", item=station.lot("F1"), quantity="5"))
    assert outcome["outcome"] == "refused"
    assert outcome["faults"][0]["overridable"]
    reading = reading | {"id": str(uuid4())}
    (outcome,) = boss.send(reading)
    assert outcome["outcome"] == "warned"
    assert outcome["faults"][0]["overridden"]
    ((reason,),) = _rows(boss, "reading->'overrides'->0->>'reason'", "overridden <> '{}'")
    assert reason == "second pallet of the lot"


def test_a_right_for_one_site_records_nothing_at_another(tenant) -> None:
    from suyuan.tenancy import api as tenancy

    furnished(tenant)
    with tenant.open():
        here = tenancy.ensure_site("A", "甲厂", "A", HERE)
        tenancy.ensure_site("B", "乙厂", "B", THERE)
    station = Station(tenant, site_id=here, place=HERE)
    station.done("receive", item=station.lot("F1"), quantity="5")
    station.place = THERE
    station.refused("trace.site_not_reached", "receive", item=station.lot("F2"), quantity="5")


@pytest.mark.parametrize(
    "change",
    [
        {"device": "x"},
        {"sent": "yesterday"},
        {"readings": [{}]},
        {
            "readings": [
                {"id": str(uuid4()), "node": "receive", "taken": now(), "values": {}, "how": {"a": "telepathy"}}
            ]
        },
        {"more": 1},
    ],
)
def test_a_message_that_is_none_is_refused_whole(station, change) -> None:
    body = {"device": station.device, "sent": now(), "readings": []} | change
    answer = station.client.post("/api/v1/capture/readings", json=body)
    assert answer.status_code in (400, 422), answer.text
    assert not _rows(station)


@pytest.mark.parametrize(
    "values",
    [
        {"item": None}, {"item": 7}, {"item": {"raw": []}}, {"item": ["LOT"]}, {"item": "x" * 5000},
        {"item": "LOT", "quantity": "1e999"}, {"item": "LOT", "quantity": "NaN"}, {"item": "LOT", "quantity": True},
        {"item": "LOT", "quantity": {"num": []}}, {"item": "LOT", "quantity": "1", "expiry": "2026-02-30"},
        {"item": "LOT", "quantity": "1", "supplier": {"raw": "\0"}},
    ],
)  # fmt: skip
def test_any_value_is_recorded_or_refused(station, values) -> None:
    before = station.events()
    given = {name: station.lot("F") if value == "LOT" else value for name, value in values.items()}
    reading = station.reading("receive") | {"values": given}
    (outcome,) = station.send(reading)
    assert outcome["outcome"] == "refused"
    assert station.events() == before
    assert station.send(reading)[0]["outcome"] == "repeated"


def test_places_and_people_come_from_entry_station_and_sender(station) -> None:
    station.place = HERE
    reading = station.reading("receive", item=station.lot("F1"), quantity="5") | {"person": "urn:suyuan:x:person:P1"}
    station.send(reading)
    event = station.client.get(f"/api/v1/events/{station.events()[-1]}").json()
    assert event["document"]["bizLocation"] == {"id": HERE}
    assert event["document"]["suyuan:person"] == "urn:suyuan:x:person:P1"
    answer = station.client.get("/api/v1/trace/back", params={"code": station.lot("F1")}).json()
    assert [row["uri"] for row in answer["items"]] == [station.lot_uri("F1")]
