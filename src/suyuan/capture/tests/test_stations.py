"""What a station keeps for working offline: nodes in force, masters without secrets, items of its own sites."""

from __future__ import annotations

import hashlib

from suyuan.capture.tests.stations import Station, furnished
from suyuan.trace.contracts import MasterDatum

HERE, THERE = "https://id.gs1.org/414/9521234000013", "https://id.gs1.org/414/9521234000020"


def _station(station: Station, since: str = ""):
    return station.client.get("/api/v1/capture/station", params={"since": since} if since else {})


def test_a_station_gets_what_changed_and_only_its_own_sites_items(tenant) -> None:
    from suyuan.designer import api as designer
    from suyuan.tenancy import api as tenancy
    from suyuan.trace import api as trace

    furnished(tenant)
    person = "urn:suyuan:x:person:P1"
    with tenant.open():
        here = tenancy.ensure_site("A", "甲厂", "A", HERE)
        tenancy.ensure_site("B", "乙厂", "B", THERE)
        trace.record_master_data(
            [MasterDatum("urn:suyuan:vocab:Person", person, "王", "Wang", {"suyuan:badge": "B-77"})]
        )
    one, all_of_it = Station(tenant, site_id=here, place=HERE), Station(tenant, place=THERE)
    one.done("receive", item=one.lot("F1", "271231"), quantity="5")
    all_of_it.done("receive", item=all_of_it.lot("F2"), quantity="5")
    mine, whole = _station(one).json(), _station(all_of_it).json()
    assert [item["label"] for item in mine["items"]] == [f"F1-{one.mark}"]
    assert {item["label"] for item in whole["items"]} == {f"F1-{one.mark}", f"F2-{all_of_it.mark}"}
    assert mine["items"][0]["expiry"] == "2027-12-31"
    assert len(mine["nodes"]) == 14
    (someone,) = mine["masters"]["people"]
    assert someone["attributes"] == {"badge_sha256": hashlib.sha256(b"B-77").hexdigest()}
    assert "B-77" not in str(mine)
    assert _station(one, mine["etag"]).status_code == 304
    with tenant.open():
        row = designer.definition("trace_node", "rework").row
        designer.retire("trace_node", "rework", revision=row.revision, note="not used here")
    again = _station(one, mine["etag"]).json()
    assert len(again["nodes"]) == 13
    one.refused("capture.node_retired", "rework", item=one.lot("F1"), work="x")


def test_badges_machines_and_places_are_scanned_by_what_is_printed_on_them(tenant) -> None:
    from suyuan.trace import api as trace

    furnished(tenant)
    station = Station(tenant)
    with tenant.open():
        trace.record_master_data(
            [
                MasterDatum(
                    "urn:suyuan:vocab:Equipment", "urn:suyuan:x:equipment:E1", "炉", "Oven", {"code": "OVEN-1"}
                ),
                MasterDatum("urn:epcglobal:epcis:vtype:BusinessLocation", "urn:suyuan:x:place:B1", "库位", "Bin", {}),
            ]
        )
    station.done("operation-start", item=station.unit(1), equipment="oven-1")
    station.done("put-away", item=station.unit(1), place="B1")
    start, stored = (station.client.get(f"/api/v1/events/{number}").json()["document"] for number in station.events())
    assert start["suyuan:equipment"] == "urn:suyuan:x:equipment:E1"
    assert stored["bizLocation"] == {"id": "urn:suyuan:x:place:B1"}
