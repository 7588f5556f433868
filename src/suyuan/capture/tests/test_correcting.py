"""Corrections keep both versions and everything downstream follows; refused entries wait until somebody decides."""

from __future__ import annotations

from uuid import uuid4

from suyuan.capture.tests.stations import RIGHTS, Station, furnished

CORRECT = "capture:reading:correct"
HERE, THERE = "https://id.gs1.org/414/9521234000013", "https://id.gs1.org/414/9521234000020"


def _forward(station, code):
    answer = station.client.get("/api/v1/trace/forward", params={"code": code}).json()
    return {row["uri"] for row in answer["items"]}


def _event(station, outcome):
    from suyuan.trace import api as trace

    with station.tenant.open():
        return trace.on_record(outcome["event_ids"])[outcome["event_ids"][0]]


def test_a_wrong_lot_is_replaced_and_the_trace_follows(plant) -> None:
    station = Station(plant, *RIGHTS, CORRECT)
    for code in ("GOOD", "BAD"):
        station.done("receive", item=station.lot(code), quantity="50")
    wrong = station.done("feed", order=station.order(), item=station.lot("BAD"), quantity="5")
    station.done("operation-finish", order=station.order(), item=station.unit(1))
    assert station.unit_uri(1) in _forward(station, station.lot("BAD"))
    taken = station.reading("feed", order=station.order(), item=station.lot("GOOD"), quantity="5")
    taken["taken"] = station.client.get(f"/api/v1/events/{_event(station, wrong)}").json()["document"]["eventTime"]
    body = {"event": _event(station, wrong), "reason": "扫错批次", "replacement": taken}
    answer = station.client.post("/api/v1/capture/corrections", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["voided"] == wrong["event_ids"]
    assert station.unit_uri(1) not in _forward(station, station.lot("BAD"))
    assert station.unit_uri(1) in _forward(station, station.lot("GOOD"))
    old = station.client.get(f"/api/v1/events/{body['event']}").json()
    assert old["voided_by"]["reason"] == "扫错批次"
    assert old["voided_by"]["corrective_ids"] == answer.json()["outcome"]["event_ids"]
    again = station.client.post("/api/v1/capture/corrections", json=body | {"replacement": None})
    assert again.json()["code"] == "capture.event_void"


def test_voiding_needs_right_and_reason_and_a_wrong_replacement_changes_nothing(tenant) -> None:
    from suyuan.tenancy import api as tenancy

    furnished(tenant)
    with tenant.open():
        here = tenancy.ensure_site("A", "甲厂", "A", HERE)
        tenancy.ensure_site("B", "乙厂", "B", THERE)
    station = Station(tenant, *RIGHTS, CORRECT, place=HERE)
    done = station.done("receive", item=station.lot("F1"), quantity="5")
    number, before = _event(station, done), station.events()
    path = "/api/v1/capture/corrections"
    assert Station(tenant).client.post(path, json={"event": number, "reason": "x"}).status_code == 403
    elsewhere = Station(tenant, *RIGHTS, CORRECT, site_id=here + 1).client
    assert elsewhere.post(path, json={"event": number, "reason": "x"}).status_code in (403, 404)
    assert station.client.post(path, json={"event": number, "reason": " "}).json()["code"] == "capture.reason_missing"
    bad = station.reading("receive", item=station.lot("F1"), quantity="-5")
    answer = station.client.post(path, json={"event": number, "reason": "x", "replacement": bad})
    assert answer.json()["code"] == "capture.value_wrong"
    assert station.events() == before
    assert station.client.post(path, json={"event": number, "reason": "没有收到"}).status_code == 200
    assert len(station.events()) == len(before) + 1
    station.refused("capture.not_known", "pick", item=station.lot("F9"))


def test_a_refused_entry_waits_until_it_is_discarded_or_put_right(plant) -> None:
    station = Station(plant)
    station.done("receive", item=station.lot("F1"), quantity="5")
    readings = [
        station.reading("pick", item=station.lot("F7")),
        station.reading("feed", order=station.order(), item=station.lot("F1")),
    ]
    outcomes = station.send(*readings)
    listed = station.client.get("/api/v1/capture/refused", params={"device": station.device, "open": "true"}).json()
    assert [row["id"] for row in listed["rows"]] == [each["id"] for each in reversed(outcomes)] or len(
        listed["rows"]
    ) == 2
    first, second = (f"/api/v1/capture/refused/{outcome['id']}" for outcome in outcomes)
    assert station.client.post(first, json={"outcome": "discarded", "reason": ""}).status_code == 422
    assert station.client.post(first, json={"outcome": "discarded", "reason": "扫错"}).json()["settled"]
    again = station.client.post(first, json={"outcome": "discarded", "reason": "扫错"})
    assert again.json()["code"] == "capture.not_refused"
    bad = readings[1] | {"id": str(uuid4())}
    still = station.client.post(second, json={"outcome": "resubmitted", "reason": "x", "reading": bad}).json()
    assert not still["settled"]
    put_right = bad | {"id": str(uuid4()), "values": bad["values"] | {"quantity": "2"}}
    done = station.client.post(second, json={"outcome": "resubmitted", "reason": "补数量", "reading": put_right}).json()
    assert done["settled"]
    assert done["outcome"]["outcome"] == "recorded"
    listed = station.client.get("/api/v1/capture/refused", params={"device": station.device}).json()["rows"]
    assert {(row["decision"], row["reason"]) for row in listed} >= {("discarded", "扫错"), ("resubmitted", "补数量")}
