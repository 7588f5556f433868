"""Passkeys in a real browser, with the virtual device that Chromium has for this."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.e2e.visits import Visits
from tools.demo_plant import PASSWORD, DemoPlant

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def _device(page: Page) -> tuple[CDPSession, str]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, str(made["authenticatorId"])


def test_somebody_registers_a_passkey_signs_in_and_signs_with_it(visits: Visits, plant: DemoPlant) -> None:
    page = visits(None, host="localhost")
    session, device = _device(page)
    page.goto("/account")
    page.get_by_label("账号").fill("demo")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("button", name="添加通行密钥").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("班组电脑")
    dialog.get_by_label("现在的密码").fill(PASSWORD)
    dialog.get_by_role("button", name="继续").click()
    expect(dialog.locator(".recovery-codes li")).to_have_count(10)
    dialog.get_by_role("button", name="我已保存").click()
    expect(page.get_by_role("list", name="通行密钥")).to_contain_text("班组电脑")
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert [each["rpId"] for each in kept] == ["localhost"]

    page.get_by_role("list", name="通行密钥").wait_for()
    page.request.delete("/api/v1/session", headers={"X-CSRFToken": _token(page), "Referer": page.url})
    page.goto("/audit")
    page.get_by_role("button", name="使用通行密钥").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("审计")

    page.goto("/events")
    page.locator("tr[data-row]").first.locator("td").first.click()
    page.get_by_role("dialog").get_by_role("button", name="签名").click()
    page.get_by_role("button", name="用通行密钥签名").click()
    expect(page.get_by_text("已签名")).to_be_visible()

    page.goto("/account")
    page.get_by_role("button", name="移除通行密钥 班组电脑").click()
    page.get_by_role("dialog").get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="移除", exact=True).click()
    expect(page.get_by_text("班组电脑")).to_have_count(0)


def _token(page: Page) -> str:
    return str(page.request.get("/api/v1/session").json()["csrf_token"])
