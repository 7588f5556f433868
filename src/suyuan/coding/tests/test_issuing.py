"""Issuing: numbers once and for ever, states, handouts, reconciling, exports."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest

PLAIN: dict[str, Any] = {
    "level": "unit",
    "segments": [
        {"type": "constant", "id": "a", "text": "U"},
        {"type": "date", "id": "b", "pattern": "YYMMDD"},
        {"type": "field", "id": "c", "name": "line", "charset": "digits", "least": 1, "most": 1, "value": "1"},
        {"type": "sequence", "id": "d", "width": 5, "restart": ["day", "line"]},
        {"type": "check", "id": "e", "algorithm": "iso7064-37-2"},
    ],
}
SECRET: dict[str, Any] = {
    "level": "unit",
    "segments": [
        {"type": "ai", "id": "a", "ai": "01"},
        {"type": "field", "id": "b", "name": "gtin", "charset": "digits", "least": 14, "most": 14},
        {"type": "ai", "id": "c", "ai": "21"},
        {"type": "random", "id": "d", "length": 12},
    ],
}
GTIN = "09521234543213"
DAY = "2026-11-22T08:30:00+08:00"


def define(client: Any, key: str, body: dict[str, Any]) -> Any:
    path = f"/api/v1/definitions/code_rule/{key}"
    now = client.get(path)
    revision = now.json()["row"]["revision"] if now.status_code == 200 else None
    saved = client.put(path, json={"title_zh": key, "title_en": key, "body": body, "revision": revision})
    assert saved.status_code == 200, saved.text
    assert saved.json()["problems"] == []
    return client.post(f"{path}/publish", json={"revision": saved.json()["row"]["revision"], "note": "test"})


def issue(client: Any, rule: str, count: int, **other: Any) -> Any:
    return client.post("/api/v1/codes/batches", json={"rule": rule, "count": count, "moment": DAY, **other})


@pytest.fixture
def plain(client) -> Any:
    assert define(client, "plain", PLAIN).status_code == 200
    return client


@pytest.fixture
def secret(client) -> Any:
    assert define(client, "secret", SECRET).status_code == 200
    return client


def _codes(client: Any, batch: int) -> list[str]:
    exported = client.get(f"/api/v1/codes/batches/{batch}/export")
    rows = list(csv.reader(io.StringIO(exported.content.decode("utf-8-sig"))))
    return [row[1] for row in rows[1:]]


def test_numbers_go_on_and_restart_where_the_rule_says(plain) -> None:
    first = issue(plain, "plain", 3).json()
    assert (first["status"], first["count"], first["first_code"][:-1]) == ("issued", 3, "U261122100001")
    assert issue(plain, "plain", 2).json()["first_code"].startswith("U261122100004")
    assert issue(plain, "plain", 2, fields={"line": "7"}).json()["first_code"].startswith("U261122700001")
    tomorrow = issue(plain, "plain", 1, moment="2026-11-23T00:00:01+08:00").json()
    assert tomorrow["first_code"].startswith("U261123100001")
    back = issue(plain, "plain", 1).json()
    assert back["first_code"].startswith("U261122100006")
    left = plain.post("/api/v1/codes/left", json={"rule": "plain", "moment": DAY}).json()
    assert left["left"] == 99_999 - 6


def test_a_rule_used_up_is_refused_and_nothing_is_taken(plain) -> None:
    refused = issue(plain, "plain", 100_000)
    assert (refused.status_code, refused.json()["params"]["left"]) == (409, "99999")
    for body in ({"count": 0}, {"count": -1}, {"count": 10**9}):
        assert issue(plain, "plain", **body).json()["code"] == "coding.issue_count"
    unknown = issue(plain, "plain", 1, fields={"shift": "1"}).json()
    assert (unknown["code"], unknown["at"]) == ("coding.rule_field_unknown", "/fields/shift")
    wrong = issue(plain, "plain", 1, fields={"line": "X"}).json()
    assert (wrong["code"], wrong["at"]) == ("coding.rule_field_value", "/fields/line")
    assert plain.get("/api/v1/codes/batches").json()["rows"] == []
    assert issue(plain, "plain", 1).json()["first_code"].startswith("U261122100001")


def test_the_same_request_is_one_batch(plain) -> None:
    one = issue(plain, "plain", 3, request_key="line-3-2026-11-22").json()
    again = issue(plain, "plain", 3, request_key="line-3-2026-11-22").json()
    assert one["id"] == again["id"]
    assert len(plain.get("/api/v1/codes/batches").json()["rows"]) == 1


def test_unguessable_codes_are_all_different_and_read_back(secret) -> None:
    batch = issue(secret, "secret", 5000, fields={"gtin": GTIN}).json()
    codes = _codes(secret, batch["id"])
    assert len(set(codes)) == 5000
    assert codes != sorted(codes)
    known = secret.get("/api/v1/codes/state", params={"code": codes[1234]}).json()
    assert (known["batch_id"], known["offset"], known["state"]) == (batch["id"], 1234, "issued")
    assert known["uri"] == f"https://id.gs1.org/01/{GTIN}/21/{codes[1234][-12:]}"
    by_link = secret.get("/api/v1/codes/state", params={"code": known["uri"]}).json()
    assert by_link["offset"] == 1234
    forged = secret.get("/api/v1/codes/state", params={"code": f"(01){GTIN}(21)ABCDEFGHJKLM"}).json()
    assert (forged["batch_id"], forged["state"]) == (None, None)
    foreign = secret.get("/api/v1/codes/state", params={"code": "X-1"})
    assert (foreign.status_code, foreign.json()["code"]) == (422, "coding.rule_no_rule")


def test_a_code_lives_from_issued_to_void_and_all_of_it_is_on_record(plain) -> None:
    batch = issue(plain, "plain", 10).json()["id"]
    codes = _codes(plain, batch)
    path = f"/api/v1/codes/batches/{batch}"
    printed = plain.post(f"{path}/states", json={"first": 0, "last": 9, "state": "printed"})
    assert printed.json() == {"changed": 10, "unchanged": 0}
    used = {"codes": [codes[2], codes[3], codes[7]], "state": "applied"}
    assert plain.post("/api/v1/codes/states", json=used).json() == {"changed": 3, "unchanged": 0}
    assert plain.post("/api/v1/codes/states", json=used).json() == {"changed": 0, "unchanged": 3}
    spoiled = plain.post(f"{path}/states", json={"first": 4, "last": 4, "state": "spoiled", "reason": "撕坏"})
    assert spoiled.json()["changed"] == 1
    no_reason = plain.post(f"{path}/states", json={"first": 5, "last": 5, "state": "void"})
    assert no_reason.json()["code"] == "coding.issue_reason"
    refused = plain.post(f"{path}/states", json={"first": 0, "last": 9, "state": "printed"}).json()
    assert (refused["code"], refused["params"]["now"]) == ("coding.issue_state", "applied")
    whole = plain.get(path).json()
    assert {each["state"]: each["count"] for each in whole["states"]} == {"printed": 6, "applied": 3, "spoiled": 1}
    assert [(each["first"], each["last"], each["state"]) for each in whole["stretches"]] == [
        (0, 1, "printed"), (2, 3, "applied"), (4, 4, "spoiled"), (5, 6, "printed"), (7, 7, "applied"),
        (8, 9, "printed"),
    ]  # fmt: skip
    life = plain.get("/api/v1/codes/state", params={"code": codes[4]}).json()["history"]
    assert [(each["state"], each["reason"]) for each in life] == [("issued", ""), ("printed", ""), ("spoiled", "撕坏")]


def test_a_scan_of_a_code_never_issued_moves_none_of_the_others(plain) -> None:
    batch = issue(plain, "plain", 2).json()
    good = _codes(plain, batch["id"])[0]
    unknown = issue(plain, "plain", 1, fields={"line": "9"}).json()["first_code"]
    assert unknown
    with_wrong = {"codes": [good, "U2611221000098"], "state": "printed"}
    refused = plain.post("/api/v1/codes/states", json=with_wrong)
    assert refused.json()["at"] == "/codes/1"
    assert plain.get("/api/v1/codes/state", params={"code": good}).json()["state"] == "issued"


def test_handing_out_and_reconciling(plain) -> None:
    batch = issue(plain, "plain", 100).json()["id"]
    path = f"/api/v1/codes/batches/{batch}"
    line = plain.post(f"{path}/handouts", json={"holder_kind": "line", "holder": "三号线", "count": 40}).json()
    assert (line["first"], line["last"], line["count"]) == (0, 39, 40)
    taken = plain.post(f"{path}/handouts", json={"holder_kind": "supplier", "holder": "V1", "first": 39, "count": 2})
    assert (taken.status_code, taken.json()["code"]) == (409, "coding.issue_held")
    rest = plain.post(f"{path}/handouts", json={"holder_kind": "station", "holder": "离线 1"}).json()
    assert (rest["first"], rest["last"]) == (40, 99)
    none = plain.post(f"{path}/handouts", json={"holder_kind": "line", "holder": "x", "count": 1})
    assert none.json()["code"] == "coding.issue_not_free"
    plain.post(f"{path}/states", json={"first": 0, "last": 34, "state": "applied"})
    plain.post(f"{path}/states", json={"first": 35, "last": 36, "state": "spoiled", "reason": "卡纸"})
    close = f"/api/v1/codes/handouts/{line['id']}/reconcile"
    wrong = plain.post(close, json={"used": 35, "spoiled": 2, "missing": 2}).json()
    assert wrong["code"] == "coding.issue_sum"
    done = plain.post(close, json={"used": 35, "spoiled": 2, "missing": 3, "close": True, "reason": "盘点"}).json()
    assert {each["state"]: each["count"] for each in done["states"]} == {"applied": 35, "spoiled": 2, "missing": 3}
    assert (done["used"], done["spoiled"], done["missing"]) == (35, 2, 3)
    again = plain.post(close, json={"used": 40, "spoiled": 0, "missing": 0})
    assert again.json()["code"] == "coding.issue_reconciled"
    code = _codes(plain, batch)[38]
    assert plain.get("/api/v1/codes/state", params={"code": code}).json()["handout"]["holder"] == "三号线"


def test_the_files_say_the_same(secret) -> None:
    batch = issue(secret, "secret", 30, fields={"gtin": GTIN}, purpose="打样").json()["id"]
    path = f"/api/v1/codes/batches/{batch}/export"
    rows = list(csv.reader(io.StringIO(secret.get(path).content.decode("utf-8-sig"))))
    assert rows[0] == ["number", "code", "content", "uri", "state"]
    serial = rows[1][1][-12:]
    assert rows[1] == [
        "1", f"(01){GTIN}(21){serial}", f"01{GTIN}21{serial}", f"https://id.gs1.org/01/{GTIN}/21/{serial}", "issued",
    ]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(secret.get(f"{path}?format=xlsx").content))
    sheet = [[str(cell.value) for cell in row] for row in book.active.iter_rows()]
    assert sheet == rows
    archive = zipfile.ZipFile(io.BytesIO(secret.get(f"{path}?format=zip").content))
    assert list(csv.reader(io.StringIO(archive.read(f"secret-{batch}.csv").decode("utf-8-sig")))) == rows
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["count"], manifest["purpose"], manifest["fields"]) == (30, "打样", {"gtin": GTIN})
    part = list(csv.reader(io.StringIO(secret.get(f"{path}?first=10&last=12").content.decode("utf-8-sig"))))
    assert [row[0] for row in part[1:]] == ["11", "12", "13"]
    assert secret.get(f"{path}?first=10&last=30").json()["code"] == "coding.issue_range"


def test_a_large_batch_is_made_step_by_step_and_can_be_canceled(plain, tenant) -> None:
    from suyuan.coding.jobs.issuing import make_batch

    waiting = issue(plain, "plain", 60_000)
    assert (waiting.status_code, waiting.json()["status"]) == (202, "waiting")
    batch = waiting.json()["id"]
    early = plain.get(f"/api/v1/codes/batches/{batch}/export")
    assert early.json()["code"] == "coding.issue_not_ready"
    told: list[int] = []
    make_batch(tenant.principal, batch, told.append)
    assert told == [50_000, 60_000]
    made = plain.get(f"/api/v1/codes/batches/{batch}").json()
    assert (made["row"]["status"], made["row"]["done"]) == ("issued", 60_000)
    assert len(set(_codes(plain, batch))) == 60_000
    second = issue(plain, "plain", 30_000).json()["id"]
    canceled = plain.post(f"/api/v1/codes/batches/{second}/cancel").json()
    assert (canceled["status"], canceled["count"]) == ("canceled", 0)
    gaps = plain.get(f"/api/v1/codes/batches/{second}").json()["gaps"]
    assert [(gap["first"], gap["last"], gap["reason"]) for gap in gaps] == [(60_001, 90_000, "canceled")]
    over = plain.post(f"/api/v1/codes/batches/{batch}/cancel")
    assert over.json()["code"] == "coding.issue_finished"
    following = issue(plain, "plain", 1).json()["first_code"]
    assert following.startswith("U261122190001")


def test_old_versions_still_read_and_rules_that_could_meet_are_refused(plain) -> None:
    old = issue(plain, "plain", 1).json()["first_code"]
    longer = json.loads(json.dumps(PLAIN))
    longer["segments"][3]["width"] = 7
    assert define(plain, "plain", longer).json() == {"version": 2}
    new = issue(plain, "plain", 1).json()
    assert (new["version"], new["first_code"][:-1]) == (2, "U26112210000001")
    readings = plain.get("/api/v1/code-rules/reading", params={"code": old}).json()["rows"]
    assert [(each["rule"], each["version"]) for each in readings] == [("plain", 1)]
    assert {part["name"]: part["value"] for part in readings[0]["parts"] if part["name"]} == {"line": "1"}
    assert [part["value"] for part in readings[0]["parts"] if part["type"] == "date"] == ["2026-11-22"]
    meeting = json.loads(json.dumps(PLAIN))
    meeting["segments"][3]["restart"] = ["day"]
    refused = define(plain, "other", meeting)
    assert (refused.status_code, refused.json()["code"]) == (409, "coding.rule_overlaps")
    assert refused.json()["params"]["rule"] == "plain"
    copy = define(plain, "copy", PLAIN)
    assert copy.status_code == 200, "the same way of making codes shares one count"
    assert issue(plain, "copy", 1).json()["first_code"].startswith("U261122100002")


def test_a_database_back_from_a_backup_does_not_repeat_numbers(plain, tenant) -> None:
    first = issue(plain, "plain", 5).json()
    with tenant.open() as current:  # what a restored backup would say
        current.execute("UPDATE coding_counter SET next = 1")
    after = issue(plain, "plain", 2).json()
    assert after["first_code"].startswith("U261122100006")
    gaps = plain.get(f"/api/v1/codes/batches/{after['id']}").json()["gaps"]
    assert [(gap["first"], gap["last"], gap["reason"]) for gap in gaps] == [(1, 5, "not_committed")]
    assert first["id"] != after["id"]


def test_a_database_restored_without_its_marks_issues_nothing_until_somebody_says_how_far_it_was(plain, tenant) -> None:
    from suyuan.coding.api.issuing import accept_restored

    issue(plain, "plain", 5)
    with tenant.open() as current:  # as in a new data directory: the folder of marks is another
        current.execute("UPDATE coding_guard SET folder = 'of the machine that burned'")
    refused = issue(plain, "plain", 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "coding.issue_marks_lost")
    with tenant.open():
        assert accept_restored(1000) == 1
    after = issue(plain, "plain", 1).json()
    assert after["first_code"].startswith("U261122101006")
    gaps = plain.get(f"/api/v1/codes/batches/{after['id']}").json()["gaps"]
    assert [(gap["first"], gap["last"], gap["reason"]) for gap in gaps] == [(6, 1005, "restored")]
    assert issue(plain, "plain", 1, fields={"line": "4"}).json()["first_code"].startswith("U261122401001")


def test_nobody_without_the_right_issues_or_exports(plain, tenant) -> None:
    from tests.support.web import InProcess

    batch = issue(plain, "plain", 1).json()["id"]
    reader = InProcess(tenant.token("coding:code:read"))
    assert issue(reader, "plain", 1).status_code == 403
    assert reader.get(f"/api/v1/codes/batches/{batch}/export").status_code == 403
    assert reader.get(f"/api/v1/codes/batches/{batch}").status_code == 200
    body = {"first": 0, "last": 0, "state": "printed"}
    assert reader.post(f"/api/v1/codes/batches/{batch}/states", json=body).status_code == 403


def test_every_export_is_on_record(plain, tenant) -> None:
    batch = issue(plain, "plain", 3).json()["id"]
    plain.get(f"/api/v1/codes/batches/{batch}/export?format=zip&first=1")
    with tenant.open() as current:
        rows = current.rows("SELECT batch_id, first, last, format, by_name FROM coding_export")
    assert [row[:4] for row in rows] == [(batch, 1, 2, "zip")]
