"""The trace desk through the whole application."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest

from suyuan.trace.contracts import Action, EventType, Participation, Role
from suyuan.trace.tests.test_recording import BOX, LOT, UNIT, event


@pytest.fixture
def plant(tenant):
    from suyuan.trace import api

    with tenant.open():
        api.record(
            [
                event("urn:d:0", "2026-11-01T07:00:00Z", Participation(LOT, Role.SUBJECT, Decimal(5), "KGM"),
                      biz_step="receiving"),
                event("urn:d:1", "2026-11-01T08:00:00Z", Participation(LOT, Role.INPUT, Decimal("0.5"), "KGM"),
                      Participation(UNIT, Role.OUTPUT), kind=EventType.TRANSFORMATION, biz_step="assembling",
                      person="urn:suyuan:t:person:P1", equipment="urn:suyuan:t:equipment:M1",
                      biz_location="urn:suyuan:t:place:line"),
                event("urn:d:2", "2026-11-01T09:00:00Z", Participation(BOX, Role.PARENT),
                      Participation(UNIT, Role.CHILD),
                      kind=EventType.AGGREGATION, biz_step="packing"),
                event("urn:d:3", "2026-11-01T10:00:00Z", Participation(BOX, Role.SUBJECT), action=Action.OBSERVE,
                      biz_step="shipping", biz_location="urn:suyuan:t:place:dealer"),
            ]
        )  # fmt: skip
    return tenant


def test_forward_from_a_lot_by_its_element_string(plant, client) -> None:
    answer = client.get("/api/v1/trace/forward", params={"code": "(01)09521234000006(10)L1"}).json()
    verdicts = {item["label"]: item["verdict"] for item in answer["items"]}
    assert verdicts["U1"] == "certain"
    assert answer["summary"]["certain"] >= 1
    assert [person["uri"] for person in answer["people"]] == ["urn:suyuan:t:person:P1"]
    shipped = next(row for row in answer["events"] if row["biz_step"] == "shipping")
    assert shipped["verdict"] == "certain"
    unit = next(item for item in answer["items"] if item["label"] == "U1")
    assert unit["place"] == "urn:suyuan:t:place:dealer"


def test_back_from_what_is_printed_on_the_label(plant, client) -> None:
    answer = client.get("/api/v1/trace/back", params={"code": "U1"}).json()
    assert answer["question"]["uri"] == UNIT.uri
    assert LOT.uri in {item["uri"] for item in answer["items"]}
    assert not answer["truncated"]


def test_places_that_nobody_named_are_said_in_words(tenant, client) -> None:
    from suyuan.trace import api

    gln, spot = "https://id.gs1.org/414/0614141073467", "geo:31.2304,121.4737"
    with tenant.open():
        api.record(
            [
                event("urn:d:5", "2026-11-01T07:00:00Z", Participation(UNIT, Role.SUBJECT), read_point=spot),
                event("urn:d:6", "2026-11-01T08:00:00Z", Participation(UNIT, Role.SUBJECT), action=Action.OBSERVE,
                      biz_location=gln),
            ]
        )  # fmt: skip
    answer = client.get("/api/v1/trace/back", params={"code": "U1"}).json()
    assert [row["place_name_zh"] for row in answer["events"]] == ["坐标 31.2304, 121.4737", "GLN 0614141073467"]
    assert {place["uri"]: place["name_en"] for place in answer["places"]} == {
        gln: "GLN 0614141073467", spot: "Coordinates 31.2304, 121.4737",
    }  # fmt: skip
    assert {item["place_name_en"] for item in answer["items"] if item["label"] == "U1"} == {"GLN 0614141073467"}
    listed = client.get("/api/v1/events").json()["rows"]
    assert [row["place_name_en"] for row in listed] == ["GLN 0614141073467", "Coordinates 31.2304, 121.4737"]
    book = client.get("/api/v1/trace/back/export", params={"code": "U1", "format": "xlsx"})
    shown = [cell for sheet in openpyxl.load_workbook(io.BytesIO(book.content)) for row in sheet.values for cell in row]
    assert not {gln, spot} & set(shown)


@pytest.mark.parametrize(
    ("code", "status", "fault"),
    [
        ("(01)09521234000007(10)L1", 422, "coding.check_digit"),
        ("(01)09521234000006(10)L9", 404, "coding.not_on_record"),
        ("", 400, "chassis.body_malformed"),
    ],
)
def test_a_code_that_is_wrong_or_unknown_is_refused_precisely(plant, client, code, status, fault) -> None:
    refused = client.get("/api/v1/trace/back", params={"code": code})
    assert (refused.status_code, refused.json()["code"]) == (status, fault)


def test_the_answer_as_a_workbook_and_as_json(plant, client) -> None:
    params = {"code": "U1", "format": "xlsx"}
    answer = client.get("/api/v1/trace/back/export", params=params, headers={"Accept-Language": "zh-CN"})
    assert "attachment" in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["汇总", "对象", "事件", "参数", "缺口"]
    assert "L1" in [cell.value for cell in book["对象"]["B"]]
    as_json = client.get("/api/v1/trace/back/export", params={"code": "U1", "format": "json"})
    assert as_json.json()["question"]["uri"] == UNIT.uri


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("逆向追溯报告", "受牵连的对象")), ("en", ("Trace back: report", "Items in scope"))]
)
def test_the_answer_as_a_paper_in_either_language(plant, client, language, words) -> None:
    params = {"code": "U1", "format": "pdf", "closure": "true"}
    answer = client.get("/api/v1/trace/back/export", params=params, headers={"Accept-Language": language})
    assert answer.headers["content-type"] == "application/pdf"
    paper = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    assert all(word in text for word in (*words, "U1", "L1"))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_event_list_as_a_file(plant, client, kind) -> None:
    answer = client.get(f"/api/v1/events/export?format={kind}&step=packing", headers={"Accept-Language": "zh"})
    assert answer.status_code == 200, answer.text
    if kind == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("时间,工序")
        assert len(lines) == 2
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["事件"]
        assert sheet["B2"].value == "包装"


def test_the_events_behind_an_answer_as_epcis(plant, client) -> None:
    moved = client.get("/api/v1/trace/back/export", params={"code": "U1", "format": "epcis"})
    assert (moved.status_code, moved.headers["location"]) == (307, "epcis?code=U1&format=epcis")
    answer = client.get("/api/v1/trace/back/epcis", params={"code": "U1"})
    assert answer.json()["type"] == "EPCISQueryDocument"
    found = answer.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    assert next(event["eventID"] for event in found) == "urn:d:0"


def test_another_tenant_cannot_trace_it(plant, make_tenant) -> None:
    from tests.support.web import InProcess

    other = InProcess(make_tenant().token())
    refused = other.get("/api/v1/trace/back", params={"code": UNIT.uri})
    assert refused.json()["code"] == "coding.not_on_record"
