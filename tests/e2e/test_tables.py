"""A node with a tab and a sub-table: seen in the designer, entered on a PDA by scans, shown as a table at its event."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from suyuan.capture.tests.test_tables import FIELDS, MEANING
from tests.e2e.documents import mark
from tests.e2e.visits import Visits, sideways, violations

pytestmark = pytest.mark.browser
TAB = {"id": "recipe", "kind": "tab", "label_zh": "配料", "label_en": "Recipe", "required": False}


def _published(page: Page) -> str:
    key = f"mix-{mark().lower()}"
    address = f"/api/v1/definitions/trace_node/{key}"
    body: dict[str, Any] = {"step": "commissioning", "fields": [FIELDS[0], TAB, *FIELDS[1:]], "meaning": [MEANING]}
    cookies = [each["value"] for each in page.context.cookies() if "csrf" in each["name"].lower()]
    token = {"X-CSRFToken": cookies[0]}
    made = {"title_zh": "配料", "title_en": "Mix", "body": body, "revision": None}
    saved = page.request.put(address, data=made, headers=token)
    assert saved.ok, saved.text()
    noted = {"revision": saved.json()["row"]["revision"], "note": "x"}
    assert page.request.post(f"{address}/publish", data=noted, headers=token).ok
    return key


def _lot(code: str) -> str:
    return f"]d20109521234543220 10{code}".replace(" ", "")


def _scan(page: Page, code: str) -> None:
    page.locator(".scan-line input").first.fill(code)
    page.keyboard.press("Enter")


def test_a_table_is_designed_scanned_and_shown(visits: Visits) -> None:
    desk = visits()
    desk.goto("/nodes")
    key = _published(desk)
    desk.goto(f"/nodes/{key}")
    desk.locator("[data-entry=parts]").first.click()
    expect(desk.locator(".table-columns [data-entry=amount]")).to_be_visible()
    assert violations(desk) == []

    page = visits("warehouse", size="phone")
    page.goto("/pda")
    page.locator(".places .foot .button").click()
    page.goto(f"/pda#/node/{key}")
    run = mark()
    _scan(page, _lot(f"{run}OUT"))
    for number in (1, 2):
        _scan(page, _lot(f"{run}{number}"))
        expect(page.locator(f'[data-cell="{number}.amount"]')).to_be_visible()
        page.keyboard.type("2")
        page.keyboard.press("Enter")
    expect(page.locator(".table-rows")).to_have_attribute("data-count", "2")
    assert violations(page) == []
    assert sideways(page) <= 0
    page.locator(".foot .button").click()
    expect(page.locator(".notice.ok")).to_contain_text("已录入")
    expect(page.locator(".status")).to_have_attribute("data-waiting", "0")

    rows = desk.request.get("/api/v1/events?sort=-recorded&limit=20").json()["rows"]
    number = next(row["number"] for row in rows if f"{run}OUT" in str(row))
    desk.goto(f"/events?event={number}")
    expect(desk.locator("[data-table=parts] tbody tr")).to_have_count(2)
    assert violations(desk) == []
