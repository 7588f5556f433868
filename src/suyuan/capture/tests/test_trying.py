"""A node is tried without leaving a trace; the quality of entries is counted."""

from __future__ import annotations

import io

import openpyxl

from suyuan.capture.tests.stations import RIGHTS, Station, furnished
from tests.support.entries import NODE


def test_a_changed_node_is_tried_on_past_entries_and_nothing_is_recorded(plant) -> None:
    station = Station(plant, *RIGHTS, "capture:node:try", "designer:definition:read")
    for number in (1, 2):
        station.done("operation-start", item=station.unit(number))
        station.done("rework", item=station.unit(number), work="短" if number == 1 else "更换屏幕")
    before = station.events()
    body = station.client.get("/api/v1/definitions/trace_node/rework").json()["body"]
    longer = {"op": ">", "args": [{"fn": "len", "args": [{"ref": "work"}]}, {"lit": {"num": "2"}}]}
    body["checks"] = [*body["checks"], {"id": "told", "kind": "expression", "value": longer, "text_zh": "写清楚"}]
    answer = station.client.post("/api/v1/capture/try", json={"body": body, "node": "rework", "days": 7})
    assert answer.status_code == 200, answer.text
    tried = answer.json()
    mine = [row for row in tried["rows"] if row["values"].get("item", "").startswith(station.unit_uri(1)[:-1])]
    assert {(row["before"], row["outcome"]) for row in mine} == {("recorded", "refused"), ("recorded", "recorded")}
    assert mine[0]["faults"][0]["text"] == "写清楚"
    assert tried["changed"] >= 1
    assert mine[1]["events"][0]["document"]["bizStep"] == "repairing"
    given = {"body": NODE, "readings": [station.reading("anything", item=station.unit(1))]}
    assert station.client.post("/api/v1/capture/try", json=given).json()["recorded"] == 1
    wrong = {"body": NODE | {"meaning": []}}
    assert station.client.post("/api/v1/capture/try", json=wrong).json()["code"] == "designer.has_problems"
    assert station.events() == before


def test_quality_counts_ways_delays_refusals_and_bursts(tenant) -> None:
    furnished(tenant)
    station = Station(tenant, *RIGHTS, "capture:quality:read")
    station.send(*(station.reading("receive", item=station.lot(f"L{number}"), quantity="1") for number in range(4)))
    late = [station.reading("receive", item=station.lot(f"M{number}"), quantity="1") for number in range(6)]
    for reading in late:
        reading |= {"taken": "2026-11-01T08:00:00+08:00", "how": {"item": "manual"}}
    station.send(*late)
    station.enter("pick", item=station.lot("NONE"))
    found = station.client.get("/api/v1/capture/quality", params={"by": "node"}).json()
    receive, pick = found["rows"]
    assert (receive["key"], receive["entries"], receive["ways"]) == ("receive", 10, {"scan": 4, "manual": 6})
    assert (receive["late"], receive["bursts"], receive["points"]) == (6, 1, 100 - 24 - 18)
    assert (pick["key"], pick["refused"]) == ("pick", 1)
    assert found["total"]["entries"] == 11
    assert station.client.get("/api/v1/capture/quality", params={"by": "mood"}).status_code == 400


def test_figures_lead_to_their_entries_and_stand_against_targets(tenant) -> None:
    furnished(tenant)
    rights = ("capture:quality:read", "capture:quality:write", "production:plant:read", "production:plant:write")
    station = Station(tenant, *RIGHTS, *rights)
    base = "/api/v1/capture/quality"
    received = station.reading("receive", item=station.lot("F1"), quantity="5")
    station.send({**received, "person": f"urn:suyuan:{tenant.code}:person:E1"})
    assert [row["key"] for row in station.client.get(base, params={"by": "team"}).json()["rows"]] == [None]
    for team in ({"code": "B", "name_zh": "乙班", "name_en": "B team", "members": ["E1", "E2"]},
                 {"code": "A", "name_zh": "甲班", "name_en": "A team", "members": ["E1"]}):  # fmt: skip
        assert station.client.post("/api/v1/plant/teams", json=team).status_code == 201
    station.enter("receive", item=station.lot("F2"), quantity="viel")
    found = station.client.get(base, params={"by": "team"}).json()
    assert (found["total"]["entries"], found["targets"]["points"]) == (2, 90)
    assert [(row["key"], row["entries"]) for row in found["rows"]] == [("甲班 A team", 1), (None, 1)]
    mine = station.client.get(f"{base}/entries", params={"by": "team", "key": "甲班 A team"}).json()["rows"]
    assert [row["outcome"] for row in mine] == ["recorded"]
    assert [month["entries"] for month in found["months"]] == [2]
    refused = station.client.get(f"{base}/entries", params={"by": "node", "key": "receive", "what": "refused"}).json()
    assert [(row["outcome"], row["event"]) for row in refused["rows"]] == [("refused", None)]
    every = station.client.get(f"{base}/entries", params={"by": "node", "key": "receive"}).json()["rows"]
    assert station.events()[-1] in [row["event"] for row in every]
    assert station.client.get(f"{base}/entries", params={"what": "mood"}).status_code == 400
    assert station.client.post(f"{base}/targets", json={"points": 101}).status_code == 400
    assert station.client.post(f"{base}/targets", json={"points": 75, "late": 1}).json()["points"] == 75
    assert station.client.get(base).json()["targets"]["late"] == 1
    book = openpyxl.load_workbook(io.BytesIO(station.client.get(f"{base}/export", params={"by": "node"}).content))
    assert [cell.value for cell in book.active["C"]][1:] == ["2", "2"]
