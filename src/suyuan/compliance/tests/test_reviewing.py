"""Reviewing the audit trail, and taking it away as a file."""

from __future__ import annotations

import io
import time

import openpyxl
import pytest

from tests.support.web import InProcess


@pytest.fixture
def boss(tenant) -> InProcess:
    browser = InProcess()
    browser.sign_in(tenant.person())
    browser.post("/api/v1/roles", json={"name_zh": "=1+1", "name_en": "x", "permissions": []})
    return browser


def test_a_review_says_who_looked_at_what_and_what_came_of_it(tenant, boss) -> None:
    told = {"table": "tenancy_role", "outcome": "follow_up", "note": " one role looks odd "}
    made = boss.post("/api/v1/audit/reviews", json=told).json()
    rows = boss.get("/api/v1/audit", params={"table": "tenancy_role"}).json()["rows"]
    assert made["entries"] == len(rows)
    assert made["last_entry"] == rows[0]["id"]
    assert (made["reviewer"], made["note"], made["filter"]) == (
        "王 小明",
        "one role looks odd",
        {"table": "tenancy_role"},
    )
    assert boss.get("/api/v1/audit/reviews").json()["rows"] == [made]
    newest = boss.get("/api/v1/audit").json()["rows"][0]
    assert (newest["table"], newest["after"]["note"]) == ("compliance_review", "one role looks odd")


@pytest.mark.parametrize("told", [{"note": "   "}, {"note": "x", "table": "no_such_table"}])
def test_a_review_of_nothing_or_without_a_word_is_refused_and_leaves_no_trace(tenant, boss, told) -> None:
    answer = boss.post("/api/v1/audit/reviews", json={"outcome": "in_order"} | told)
    assert (answer.status_code, answer.json()["code"]) == (422, "compliance.review_empty")
    assert boss.get("/api/v1/audit/reviews").json()["rows"] == []


def test_reading_the_trail_is_not_the_right_to_review_it(tenant) -> None:
    reader = InProcess(tenant.token("compliance:audit:read"))
    assert reader.get("/api/v1/audit/reviews").status_code == 200
    assert reader.post("/api/v1/audit/reviews", json={"outcome": "in_order", "note": "x"}).status_code == 403


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_trail_as_a_workbook_and_as_csv(tenant, boss, language) -> None:
    headers = {"Accept-Language": language}
    answer = boss.get("/api/v1/audit/export", params={"table": "tenancy_role"}, headers=headers)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [cell.value for cell in sheet[2]]
    assert sheet["A1"].value == ("时间 (UTC)" if language == "zh" else "Time (UTC)")
    assert (cells[1], cells[3], cells[4]) == ("王 小明", "insert", "tenancy_role")
    assert "=1+1" in cells[7]
    text = boss.get("/api/v1/audit/export", params={"format": "csv"}, headers=headers).content.decode("utf-8-sig")
    assert len(text.splitlines()) == len(boss.get("/api/v1/audit").json()["rows"]) + 1


def test_an_entry_tells_where_it_is_sealed(tenant, boss) -> None:
    from suyuan.compliance import api

    before = boss.get("/api/v1/audit").json()["rows"]
    assert {row["position"] for row in before} == {None}
    end = time.monotonic() + 150  # transactions of other test processes hold them back for a while
    positions: list[int | None] = [None]
    while None in positions and time.monotonic() < end:
        with tenant.open():
            api.make_checkpoint()
        rows = boss.get("/api/v1/audit").json()["rows"]
        positions = [row["position"] for row in rows if row["table"] != "compliance_log_key"]
    assert sorted(positions) == list(range(len(before)))
