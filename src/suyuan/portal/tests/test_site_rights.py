"""Somebody whose rights reach one plant traces through the whole company, and reads nothing of the other plants."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from suyuan.trace.contracts import Action, EventType, ItemIdentity, ItemKind, Participation, Role
from suyuan.trace.tests.test_recording import event
from tests.support.web import InProcess

NORTH, SOUTH = "urn:suyuan:t:place:NORTH", "urn:suyuan:t:place:SOUTH"
RIGHTS = ("trace:item:read", "trace:event:read", "trace:answer:export")


def thing(name: str, kind: ItemKind = ItemKind.UNIT) -> ItemIdentity:
    return ItemIdentity(f"urn:suyuan:t:{kind.value}:{name}", kind, None, name if kind is ItemKind.LOT else None)


PASTE, BOARD, PHONE, SPARE = thing("PASTE-7", ItemKind.LOT), thing("BOARD-1"), thing("SECRET-PHONE"), thing("BOARD-2")


@pytest.fixture
def plants(tenant):
    """Boards are made in the north of a paste; one is built into a phone in the south."""
    from suyuan.tenancy import api as tenancy
    from suyuan.trace import api

    with tenant.open():
        north = tenancy.ensure_site("N", "北厂", "North", NORTH)
        tenancy.ensure_site("S", "南厂", "South", SOUTH)
        api.record(
            [
                event("urn:n:0", "2026-11-01T07:00:00Z", Participation(PASTE, Role.SUBJECT, Decimal(5), "KGM"),
                      biz_step="receiving", biz_location=NORTH),
                *(event(f"urn:n:{board.uri}", "2026-11-01T08:00:00Z",
                        Participation(PASTE, Role.INPUT, Decimal(1), "KGM"),
                        Participation(board, Role.OUTPUT), kind=EventType.TRANSFORMATION, biz_step="assembling",
                        biz_location=f"{NORTH}:LINE") for board in (BOARD, SPARE)),
                event("urn:s:1", "2026-11-02T08:00:00Z", Participation(BOARD, Role.INPUT),
                      Participation(PHONE, Role.OUTPUT), kind=EventType.TRANSFORMATION, biz_step="assembling",
                      person="urn:suyuan:t:person:SOUTH-ANN", biz_location=f"{SOUTH}:LINE"),
                event("urn:s:2", "2026-11-03T08:00:00Z", Participation(PHONE, Role.SUBJECT), action=Action.OBSERVE,
                      biz_step="shipping", biz_location=f"{SOUTH}:DOCK"),
            ]
        )  # fmt: skip
    return tenant, InProcess(tenant.token(*RIGHTS, site_id=north))


def told(text: str) -> list[str]:
    """Return what an answer says of the south."""
    return [word for word in ("SECRET-PHONE", "SOUTH", "urn:s:") if word in text]


def test_common_causes_name_only_what_ones_own_sites_recorded(plants) -> None:
    from suyuan.tenancy import api as tenancy

    tenant, _ = plants
    with tenant.open():
        south = next(site.id for site in tenancy.sites() if site.code == "S")
    body = {"start": {"codes": [PHONE.uri]}, "controls": 0}
    everything, own = (
        InProcess(tenant.token(*RIGHTS, site_id=site)).post("/api/v1/trace/causes", json=body) for site in (None, south)
    )
    assert (everything.status_code, own.status_code) == (200, 200)
    assert all(word in everything.text for word in ("PASTE-7", "NORTH", "SOUTH-ANN"))
    assert [word in own.text for word in ("PASTE-7", "NORTH", "SOUTH-ANN")] == [False, False, True]


def test_a_scope_reaches_every_plant_and_names_only_ones_own(plants) -> None:
    tenant, north = plants
    body = {"start": {"codes": [PASTE.uri]}, "closure": True}
    answer = north.post("/api/v1/trace/scope", json=body)
    summary = answer.json()["summary"]
    assert summary["certain"] == 3  # nothing is missed for want of a right
    assert summary["elsewhere"] == {"certain": 1, "possible": 0, "excluded": 0}
    assert {row["label"] for row in answer.json()["rows"]} == {"PASTE-7", "BOARD-1", "BOARD-2"}
    assert told(answer.text) == []
    states = {group["value"]: group["certain"] for group in summary["state"]["groups"]}
    assert states == {"in_stock": 1, "elsewhere": 1}
    whole = InProcess(tenant.token(*RIGHTS)).post("/api/v1/trace/scope", json=body)
    assert "SECRET-PHONE" in whole.text
    assert whole.json()["summary"]["certain"] == 3


@pytest.mark.parametrize("accept", ["application/x-ndjson"])
def test_an_export_takes_nothing_of_the_others(plants, accept) -> None:
    _, north = plants
    whole = north.post("/api/v1/trace/scope", json={"start": {"codes": [PASTE.uri]}}, headers={"Accept": accept})
    assert told(whole.text) == []
    rows = [json.loads(line) for line in whole.text.splitlines()]
    assert (rows[0]["items"], len(rows), rows[-1]["end"]) == (3, 5, True)


@pytest.mark.parametrize("direction", ["forward", "back"])
def test_a_trace_shows_other_plants_without_identity(plants, direction) -> None:
    _, north = plants
    code = PASTE.uri if direction == "forward" else BOARD.uri
    answer = north.get(f"/api/v1/trace/{direction}", params={"code": code, "closure": True})
    assert told(answer.text) == []
    if direction == "forward":
        hidden = [item for item in answer.json()["items"] if item["hidden"]]
        assert [(item["product_name_en"], item["verdict"], item["kind"], item["id"] < 0) for item in hidden] == [
            ("Another site", "certain", "unit", True)
        ]
        assert {edge["target"] for edge in answer.json()["edges"]} >= {hidden[0]["id"]}
        assert answer.json()["summary"]["elsewhere"] == 1
        assert answer.json()["summary"]["elsewhere_events"] == 2
    board = next(item for item in answer.json()["items"] if item["label"] == "BOARD-1")
    assert board["place"] is None
    assert board["place_name_en"] == "Another site"


def test_what_another_plant_made_is_not_there(plants) -> None:
    tenant, north = plants
    for answer in (
        north.get("/api/v1/trace/back", params={"code": PHONE.uri}),
        north.get("/api/v1/trace/back/export", params={"code": PHONE.uri}),
    ):
        assert answer.status_code == 404
    refused = north.post("/api/v1/trace/scope", json={"start": {"codes": [PHONE.uri]}})
    assert (refused.status_code, refused.json()["code"]) == (422, "portal.codes_unknown")
    phone = InProcess(tenant.token(*RIGHTS)).get("/api/v1/items", params={"search": "SECRET"}).json()["rows"][0]["id"]
    assert north.get("/api/v1/items", params={"search": "SECRET"}).json()["rows"] == []
    for path in ("", "/contents", "/containers"):
        assert north.get(f"/api/v1/items/{phone}{path}").status_code == 404
    board = north.get("/api/v1/items", params={"search": "BOARD-1"})
    assert told(board.text) == []
    assert told(north.get(f"/api/v1/items/{board.json()['rows'][0]['id']}").text) == []


def test_a_filter_over_events_finds_only_ones_own(plants) -> None:
    _, north = plants
    body = {"events": {"step": "assembling"}}
    found = north.post("/api/v1/trace/scope/start", json=body)
    assert (found.json()["events"], found.json()["items"]) == (2, 2)
    assert told(found.text) == []
    choices = north.get("/api/v1/trace/scope/choices").json()
    assert choices == {"shifts": [], "sources": [], "destinations": []}


def captured(place: str, name: str) -> dict[str, object]:
    return {
        "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", "type": "ObjectEvent",
        "eventID": f"urn:e:{name}", "action": "OBSERVE", "bizStep": "shipping", "eventTime": "2026-11-05T08:00:00Z",
        "eventTimeZoneOffset": "+00:00", "epcList": ["urn:suyuan:t:unit:BOARD-2"], "readPoint": {"id": place},
    }  # fmt: skip


def test_nobody_captures_at_another_plants_places(plants) -> None:
    tenant, north = plants
    site = north.get("/api/v1/events").json()["rows"][0]["number"]
    with tenant.open() as tx:
        north_id = tx.value("SELECT site_id FROM trace_event WHERE number = %s", (site,))
    writer = InProcess(tenant.token("trace:event:write", site_id=north_id))
    assert writer.post("/epcis/v2/events", json=captured(f"{NORTH}:LINE", "own")).status_code == 201
    refused = writer.post("/epcis/v2/events", json=captured(f"{SOUTH}:LINE", "foreign"))
    assert (refused.status_code, refused.json()["code"]) == (403, "trace.site_not_reached")
    document = {
        "@context": captured(NORTH, "x")["@context"], "type": "EPCISDocument", "schemaVersion": "2.0",
        "creationDate": "2026-11-05T08:00:00Z",
        "epcisBody": {"eventList": [
            {key: value for key, value in captured(f"{place}:LINE", f"doc-{place[-5:]}").items() if key != "@context"}
            for place in (NORTH, SOUTH)
        ]},
    }  # fmt: skip
    job = writer.post("/epcis/v2/capture", json=document).json()
    assert not job["success"]
    assert "trace.site_not_reached" in json.dumps(job)
    with tenant.open() as tx:
        kept = tx.rows("SELECT event_id FROM trace_event WHERE event_id LIKE 'urn:e:%'")
    assert kept == [("urn:e:own",)]
