"""The decode operation through the whole application."""

from __future__ import annotations

from suyuan.coding.api import identify
from suyuan.trace.contracts import Participation, Role
from suyuan.trace.tests.test_recording import event
from tests.support.web import InProcess

CODE = "]C101095212345432131726120010L7\x1d21S9"


def test_a_scan_is_decoded_and_its_item_found(tenant):
    from suyuan.trace import api as trace

    with tenant.open():
        trace.record(
            [
                event(
                    "urn:e:1",
                    "2026-11-01T08:00:00+08:00",
                    Participation(identify("https://id.gs1.org/01/09521234543213/21/S9"), Role.SUBJECT),
                )
            ]
        )
    client = InProcess(tenant.token("trace:item:read"))
    answer = client.get("/api/v1/codes/decode", params={"code": CODE})
    assert answer.status_code == 200
    body = answer.json()
    assert body["uri"] == "https://id.gs1.org/01/09521234543213/21/S9"
    assert (body["kind"], body["lot"], body["serial"], body["format"]) == ("unit", "L7", "S9", "element_string")
    assert body["item_id"] == client.get("/api/v1/items", params={"search": "S9"}).json()["rows"][0]["id"]
    assert {part["ai"]: part["note"] for part in body["parts"]} == {
        "01": None,
        "17": "end of 2026-12",
        "10": None,
        "21": None,
    }
    reader = InProcess(tenant.token("trace:item:read"), language="zh-CN")
    chinese = reader.get("/api/v1/codes/decode", params={"code": CODE})
    assert chinese.json()["parts"][1]["note"] == "2026-12 月末"


def test_an_unknown_item_and_a_plant_code(tenant):
    client = InProcess(tenant.token("trace:item:read"))
    body = client.get("/api/v1/codes/decode", params={"code": "urn:suyuan:demo:unit:A1"}).json()
    assert (body["item_id"], body["parts"][2]) == (
        None,
        {"ai": "", "label_zh": "编码", "label_en": "Code", "value": "A1", "note": None},
    )


def test_a_bad_code_is_a_problem_with_its_place(tenant):
    answer = InProcess(tenant.token("trace:item:read")).get("/api/v1/codes/decode", params={"code": "9521234543214"})
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert (problem["code"], problem["at"], problem["params"]["expected"]) == ("coding.check_digit", "char 13", "3")


def test_other_tenants_items_stay_theirs(make_tenant):
    from suyuan.trace import api as trace

    mine, other = make_tenant(), make_tenant()
    with mine.open():
        trace.record(
            [
                event(
                    "urn:e:1",
                    "2026-11-01T08:00:00+08:00",
                    Participation(identify("urn:epc:id:gid:1.2.3"), Role.SUBJECT),
                )
            ]
        )
    asked = {"params": {"code": "urn:epc:id:gid:1.2.3"}}
    assert InProcess(mine.token("trace:item:read")).get("/api/v1/codes/decode", **asked).json()["item_id"]
    assert InProcess(other.token("trace:item:read")).get("/api/v1/codes/decode", **asked).json()["item_id"] is None


def test_the_right_is_needed(tenant):
    path = "/api/v1/codes/decode?code=9521234543213"
    assert InProcess().get(path).status_code == 401
    assert InProcess(tenant.token("trace:event:read")).get(path).status_code == 403
