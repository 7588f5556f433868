"""The decode operation through the whole application."""

from __future__ import annotations

import pytest

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


def test_a_refused_code_gets_suggestions_those_on_record_first(tenant):
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
    rows = client.get("/api/v1/codes/suggestions", params={"code": "(01)09521234543231(21)S9"}).json()["rows"]
    assert (rows[0]["code"], rows[0]["why"]) == ("(01)09521234543213(21)S9", "two neighbours changed places")
    assert rows[0]["item_id"]
    assert all(row["item_id"] is None for row in rows[1:])
    chinese = InProcess(tenant.token("trace:item:read"), language="zh-CN")
    assert chinese.get("/api/v1/codes/suggestions", params={"code": "9521234543231"}).json()["rows"][0]["why"]
    assert client.get("/api/v1/codes/suggestions", params={"code": "9521234543213"}).json()["rows"] == []


def test_all_notations_of_one_code(tenant):
    client = InProcess(tenant.token("trace:item:read"))
    asked = {"code": "(01)80614141123458(21)6789", "prefix_length": 7, "filter_value": 3}
    forms = client.get("/api/v1/codes/decode", params=asked).json()["forms"]
    assert forms == {
        "uri": "https://id.gs1.org/01/80614141123458/21/6789",
        "element_string": "(01)80614141123458(21)6789",
        "raw": "0180614141123458216789",
        "digital_link": "https://id.gs1.org/01/80614141123458/21/6789",
        "epc_urn": "urn:epc:id:sgtin:0614141.812345.6789",
        "tag_scheme": "SGTIN-96",
        "tag_uri": "urn:epc:tag:sgtin-96:3.0614141.812345.6789",
        "tag_hex": "3074257BF7194E4000001A85",
        "prefix_length": 7,
    }
    back = client.get("/api/v1/codes/decode", params={"code": forms["tag_hex"]}).json()
    assert back["forms"] == forms
    assert client.get("/api/v1/codes/decode", params={"code": "1", "prefix_length": 3}).status_code == 400
    separated = {"code": "010952123454321310L7#21S9", "separator": "#"}
    assert client.get("/api/v1/codes/decode", params=separated).json()["serial"] == "S9"


@pytest.mark.parametrize("symbol", ["datamatrix", "qr", "code128", "ean"])
def test_a_code_is_drawn_and_reads_back(tenant, symbol):
    client = InProcess(tenant.token("trace:item:read"))
    answer = client.get("/api/v1/codes/picture", params={"code": "(01)09521234543213", "symbol": symbol})
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.count("<path") + answer.text.count("<rect") > 1
    refused = client.get("/api/v1/codes/picture", params={"code": "urn:epc:id:gid:1.2.3", "symbol": "ean"})
    assert refused.json()["code"] == "coding.picture"


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
    for other in ("suggestions", "picture"):
        assert InProcess(tenant.token("trace:event:read")).get(path.replace("decode", other)).status_code == 403
