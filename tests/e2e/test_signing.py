"""Signing a record, and a rule that another person has to approve before it is published."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visits import Visits, token_of
from tools.demo_plant import PASSWORD
from tools.pages import settled

pytestmark = pytest.mark.browser


def _prove(page: Page, login: str, password: str = PASSWORD) -> None:
    dialog = page.get_by_role("dialog").last
    dialog.get_by_label("账号").fill(login)
    dialog.get_by_label("密码").fill(password)
    dialog.get_by_role("button", name="签名", exact=True).click()


def test_an_event_is_signed_and_the_signature_listed(visits: Visits) -> None:
    page = visits()
    visits.watch(page).expect_refusal(422, "/api/v1/signatures")
    page.goto("/events")
    page.locator("tr[data-row]").first.locator("td").first.click()
    under = page.get_by_role("region", name="签名")
    under.get_by_role("button", name="签名").click()
    _prove(page, "demo", "wrong")
    expect(page.get_by_text("账号或密码不对，未签名。")).to_be_visible()
    _prove(page, "demo")
    expect(under.get_by_text("有效")).to_be_visible()
    expect(under.get_by_text("编制")).to_be_visible()
    page.goto("/signing?tab=signatures")
    expect(page.get_by_role("table", name="电子签名列表").locator("tr.ant-table-row").first).to_contain_text("事件")


def test_publishing_waits_for_another_person(visits: Visits) -> None:
    page, other = visits(), visits("quality")
    token = token_of(page)
    rule = {"action": "designer.publish", "needed": True}
    try:
        page.request.put("/api/v1/approval-rules", data=rule, headers={"X-CSRFToken": token})
        path = "/api/v1/definitions/code_rule/unit-serial"
        now = page.request.get(path).json()
        draft = {"title_zh": "单件序列号（双人）", "title_en": now["row"]["title_en"], "body": now["body"]}
        draft["revision"] = now["row"]["revision"]
        page.request.put(path, data=draft, headers={"X-CSRFToken": token})
        visits.watch(page).expect_refusal(409, f"{path}/publish")
        page.goto("/code-rules/unit-serial")
        page.get_by_role("button", name="发布").click()
        page.locator("#publish-note").fill("改名")
        page.get_by_role("dialog").get_by_role("button", name="发布").click()
        page.get_by_role("button", name="申请批准").click()
        expect(page.get_by_text("已提出申请")).to_be_visible()
        other.goto("/signing")
        other.get_by_role("button", name="决定").click()
        _prove(other, "quality")
        expect(other.get_by_role("table", name="批准申请列表")).to_contain_text("已批准")
        settled(page)
        page.get_by_role("button", name="发布").click()
        page.locator("#publish-note").fill("改名")
        page.get_by_role("dialog").get_by_role("button", name="发布").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert page.request.get(path).json()["row"]["version"] == now["row"]["version"] + 1
    finally:
        page.request.put("/api/v1/approval-rules", data=rule | {"needed": False}, headers={"X-CSRFToken": token})
