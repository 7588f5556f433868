"""Reading events and items through the whole application."""

from __future__ import annotations

from decimal import Decimal

import pytest

from suyuan.trace.contracts import Action, EventType, MasterDatum, Participation, Role
from suyuan.trace.tests.test_recording import BOX, LOT, UNIT, event
from tests.support.web import InProcess


@pytest.fixture
def plant(tenant):
    from suyuan.trace import api

    with tenant.open():
        api.record_master_data(
            [
                MasterDatum(
                    "urn:epcglobal:epcis:vtype:BusinessLocation", "urn:suyuan:t:place:line", "一号线", "Line 1"
                ),
                MasterDatum("urn:suyuan:vtype:person", "urn:suyuan:t:person:P1", "张三", "Zhang San"),
            ]
        )
        api.record(
            [
                event(
                    "urn:e:1",
                    "2026-11-01T08:00:00+08:00",
                    Participation(LOT, Role.INPUT, Decimal("0.50"), "KGM"),
                    Participation(UNIT, Role.OUTPUT, lot=LOT.uri),
                    kind=EventType.TRANSFORMATION,
                    biz_step="assembling",
                    biz_location="urn:suyuan:t:place:line",
                    person="urn:suyuan:t:person:P1",
                ),
                event(
                    "urn:e:2",
                    "2026-11-01T09:00:00+08:00",
                    Participation(BOX, Role.PARENT),
                    Participation(UNIT, Role.CHILD),
                    kind=EventType.AGGREGATION,
                    action=Action.ADD,
                    biz_step="packing",
                    biz_location="urn:suyuan:t:place:line",
                ),
            ]
        )
    return tenant


def test_events_are_listed_named_filtered_and_paged(plant, client) -> None:
    rows = client.get("/api/v1/events").json()["rows"]
    assert [row["event_id"] for row in rows] == ["urn:e:2", "urn:e:1"]
    assert (rows[1]["place_name_zh"], rows[1]["person_name"]) == ("一号线", "张三")
    assert rows[1]["items"][0]["role"] == "output"
    assert rows[1]["items"][1]["quantity"] == "0.50"
    assert [r["event_id"] for r in client.get("/api/v1/events?step=packing").json()["rows"]] == ["urn:e:2"]
    assert [r["event_id"] for r in client.get("/api/v1/events?sort=time").json()["rows"]] == ["urn:e:1", "urn:e:2"]
    first = client.get("/api/v1/events?limit=1").json()
    second = client.get(f"/api/v1/events?limit=1&cursor={first['next']}").json()
    assert [first["rows"][0]["event_id"], second["rows"][0]["event_id"]] == ["urn:e:2", "urn:e:1"]
    assert second["next"] is None
    window = client.get("/api/v1/events", params={"from": "2026-11-01T08:30:00+08:00"}).json()
    assert [row["event_id"] for row in window["rows"]] == ["urn:e:2"]


def test_a_bad_cursor_and_a_bad_sort_are_refused(plant, client) -> None:
    assert client.get("/api/v1/events?cursor=zzz").json()["code"] == "trace.cursor_invalid"
    refused = client.get("/api/v1/events?sort=colour")
    assert (refused.status_code, refused.json()["code"]) == (400, "chassis.body_malformed")


def test_one_event_is_shown_whole(plant, client) -> None:
    number = client.get("/api/v1/events?step=assembling").json()["rows"][0]["number"]
    detail = client.get(f"/api/v1/events/{number}").json()
    assert len(detail["content_hash"]) == 64
    assert detail["document"]["x"] == 1.5
    assert len(detail["participations"]) == 2
    assert client.get("/api/v1/events/999999999").status_code == 404


def test_an_item_says_what_and_where_it_is(plant, client) -> None:
    unit = client.get("/api/v1/items?search=U1").json()["rows"][0]
    detail = client.get(f"/api/v1/items/{unit['id']}").json()
    assert detail["where"]["place_name_en"] == "Line 1"
    assert [box["kind"] for box in detail["where"]["inside"]] == ["carrier"]
    assert detail["lot_item"]["uri"] == LOT.uri
    assert detail["event_count"] == 2
    life = client.get(f"/api/v1/items/{unit['id']}/timeline").json()["rows"]
    assert [(row["biz_step"], row["roles"]) for row in life] == [
        ("packing", ["child"]),
        ("assembling", ["output"]),
    ]
    box = detail["where"]["inside"][0]["id"]
    assert [row["item"]["label"] for row in client.get(f"/api/v1/items/{box}/contents").json()["rows"]] == ["U1"]
    stays = client.get(f"/api/v1/items/{unit['id']}/containers").json()["rows"]
    assert (stays[0]["item"]["id"], stays[0]["until"]) == (box, None)


def test_a_code_is_found_by_its_last_digits(plant, client) -> None:
    assert [row["uri"] for row in client.get("/api/v1/items?search=0013").json()["rows"]] == [BOX.uri]
    assert client.get("/api/v1/items", params={"search": "%"}).json()["rows"] == []


def test_words_are_named_in_both_languages(plant, client) -> None:
    words = client.get("/api/v1/vocabulary").json()
    assert {"value": "packing", "zh": "包装", "en": "Packing"} in words["steps"]
    assert [place["zh"] for place in words["places"]] == ["一号线"]
    assert [person["en"] for person in words["people"]] == ["Zhang San"]


def test_without_the_right_or_a_token_nothing_is_shown(plant) -> None:
    assert InProcess().get("/api/v1/events").status_code == 401
    refused = InProcess(plant.token("tenancy:site:read")).get("/api/v1/events")
    assert (refused.status_code, refused.json()["code"]) == (403, "kernel.not_allowed")


def test_an_item_is_at_its_place_since_it_came_there_not_since_it_was_last_seen(tenant, client) -> None:
    from suyuan.trace import api

    def at(number: int, hour: int, *parts: Participation, **more: object):
        when = f"2026-11-01T{hour:02}:00:00+00:00"
        return event(f"urn:e:s{number}", when, *parts, biz_location="urn:suyuan:t:place:line", **more)

    for number, hour, item in ((1, 1, BOX), (2, 5, UNIT), (3, 6, UNIT)):
        with tenant.open():
            api.record([at(number, hour, Participation(item, Role.SUBJECT))])
    ids = {row["kind"]: row["id"] for row in client.get("/api/v1/items").json()["rows"]}
    alone = client.get(f"/api/v1/items/{ids['unit']}").json()["where"]
    assert alone["since"] == "2026-11-01T05:00:00Z"
    with tenant.open():
        packed = {"kind": EventType.AGGREGATION, "action": Action.ADD}
        api.record([at(4, 7, Participation(BOX, Role.PARENT), Participation(UNIT, Role.CHILD), **packed)])
    inside = client.get(f"/api/v1/items/{ids['unit']}").json()["where"]
    assert (inside["since"], len(inside["inside"])) == ("2026-11-01T07:00:00Z", 1)
