"""Cascades, durations, shares and times of day: designed, entered on a PDA without the network, read at the event."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from suyuan.capture.tests.test_forms import form
from tests.e2e.documents import mark
from tests.e2e.visits import Visits, sideways, token_of, violations

pytestmark = pytest.mark.browser
KINDS = {field["id"]: field | {"required": True} for field in form("kinds")["fields"]}
ASKED = ("defect", "took", "share", "at")


def _published(page: Page) -> str:
    key = f"kinds-{mark().lower()}"
    address, token = f"/api/v1/definitions/trace_node/{key}", {"X-CSRFToken": token_of(page)}
    item = {"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item"}
    body: dict[str, Any] = {
        "step": "inspecting", "fields": [item, *(KINDS[name] for name in ASKED)],
        "meaning": [{"id": "seen", "event": "object", "subjects": ["item"]}],
    }  # fmt: skip
    made = {"title_zh": "焊缝检查", "title_en": "Weld check", "body": body, "revision": None}
    saved = page.request.put(address, data=made, headers=token)
    assert saved.ok, saved.text()
    noted = {"revision": saved.json()["row"]["revision"], "note": "x"}
    assert page.request.post(f"{address}/publish", data=noted, headers=token).ok
    return key


def test_a_cascade_is_put_together_level_by_level(visits: Visits) -> None:
    desk = visits()
    desk.goto("/nodes")
    desk.goto(f"/nodes/{_published(desk)}")
    desk.locator("[data-entry=defect]").first.click()
    cascade = desk.locator(".node-options[data-level='1']")
    expect(cascade.locator("[data-level='2'] > .cascade-option")).to_have_count(2)
    cascade.get_by_role("button", name="在“其他”下加一级").click()
    fresh = cascade.locator("> .cascade-option").nth(1).locator("[data-level='2'] input")
    fresh.nth(0).fill("划伤")
    fresh.nth(1).fill("Scratch")
    fresh.nth(2).fill("scratch")
    expect(desk.locator(".phone-row select option")).to_have_text(["—", "焊接 / 裂纹", "焊接 / 气孔", "其他 / 划伤"])
    assert violations(desk) == []


def test_they_are_entered_without_the_network_and_read_by_name(visits: Visits) -> None:
    desk = visits()
    desk.goto("/nodes")
    key = _published(desk)
    page = visits("warehouse", size="phone")
    watch = visits.watch(page)
    page.goto("/pda")
    page.locator(".places .foot .button").click()
    page.locator(f"[data-node={key}]").click()
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.context.set_offline(True)
    serial = mark()
    page.locator(".scan-line input").first.fill(f"]d2010952123454321321{serial}")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="焊接 ›").click()
    expect(page.get_by_role("navigation", name="已选到")).to_contain_text("焊接")
    assert violations(page) == []
    page.get_by_role("button", name="裂纹").click()
    keys = page.locator(".keypad-keys")
    for digit in "130":
        keys.get_by_role("button", name=digit, exact=True).click()
    expect(page.locator(".keypad-shown input")).to_have_value("0:01:30")
    page.keyboard.press("Enter")
    page.keyboard.type("120")
    expect(page.locator(".field-fault")).to_contain_text("不能大于 100")
    page.locator(".keypad-shown input").fill("99.5")
    page.keyboard.press("Enter")
    page.locator("input[type=time]").fill("23:59")
    expect(page.locator(".rows")).to_contain_text("焊接 / 裂纹")
    expect(page.locator(".rows")).to_contain_text("99.5 %")
    assert sideways(page) <= 0
    page.locator(".foot .button").click()
    expect(page.locator(".status")).to_have_attribute("data-waiting", "1")
    page.context.set_offline(False)
    expect(page.locator(".status")).to_have_attribute("data-waiting", "0")
    watch.faults[:] = [fault for fault in watch.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    rows = desk.request.get("/api/v1/events?sort=-recorded&limit=20").json()["rows"]
    number = next(row["number"] for row in rows if serial in str(row))
    desk.goto(f"/events?event={number}")
    for told in ("焊接 / 裂纹", "0:01:30", "99.5 %", "23:59"):
        expect(desk.get_by_text(told, exact=True).first).to_be_visible()
    assert violations(desk) == []
