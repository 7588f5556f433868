"""In and out, and how the console looks to the person who came in."""

from __future__ import annotations

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visits import Visits, token_of, violations
from tools.demo_plant import PASSWORD

pytestmark = pytest.mark.browser


def _sign_in(page: Page, login: str, password: str) -> None:
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_a_wrong_password_is_said_and_a_right_one_leads_back(visits: Visits) -> None:
    page = visits(None)
    page.goto("/events")
    expect(page.get_by_role("heading", name="欢迎使用溯源")).to_be_visible()
    _sign_in(page, "demo", "not the password")
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    expect(page.get_by_role("alert")).to_contain_text("请检查大小写")
    _sign_in(page, "demo", PASSWORD)
    expect(page.get_by_role("heading", name="事件", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("/events$"))


def test_signing_out_leaves_nothing_to_see(visits: Visits) -> None:
    page = visits(None)
    page.goto("/")
    _sign_in(page, "quality", PASSWORD)
    page.get_by_role("button", name="林晓梅").click()
    page.get_by_role("menuitem", name="退出登录").click()
    expect(page.get_by_text("您已退出登录")).to_be_visible()
    page.goto("/events")
    expect(page.get_by_role("heading", name="欢迎使用溯源")).to_be_visible()


def test_chinese_comes_first_and_english_is_one_click_away(visits: Visits) -> None:
    page = visits()
    page.goto("/")
    expect(page.get_by_role("heading", name="首页", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_text("EN", exact=True).click()
    expect(page.get_by_role("heading", name="Home", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_role("link", name="Trace desk")).to_be_visible()


def test_dark_stays_dark(visits: Visits) -> None:
    page = visits()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-mode", "light")
    page.get_by_role("button", name="外观").click()
    page.get_by_role("menuitem", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-mode", "dark")
    page.reload()
    expect(page.get_by_role("heading", name="首页", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-mode", "dark")


def test_an_address_that_does_not_exist_leads_home(visits: Visits) -> None:
    page = visits()
    page.goto("/nowhere")
    expect(page.get_by_text("没有这个页面")).to_be_visible()
    page.get_by_role("button", name="回到首页").or_(page.get_by_role("link", name="回到首页")).click()
    expect(page.get_by_role("heading", name="首页", level=1)).to_be_visible()


def test_the_phone_has_its_bar_and_its_menu(visits: Visits) -> None:
    page = visits(size="phone")
    page.goto("/")
    bar = page.get_by_role("navigation", name="主导航")
    bar.get_by_role("link", name="事件").click()
    expect(page.get_by_role("heading", name="事件", level=1)).to_be_visible()
    bar.get_by_role("button", name="更多").click()
    page.get_by_role("dialog").get_by_role("link", name="审计").click()
    expect(page.get_by_role("heading", name="审计", level=1)).to_be_visible()


def test_a_new_person_chooses_a_password_binds_a_telephone_and_comes_back_with_its_code(visits: Visits) -> None:
    boss = visits("demo")
    headers = {"X-CSRFToken": token_of(boss)}
    made = boss.request.post("/api/v1/people", data={"login": "wu.min", "name": "吴敏", "roles": []}, headers=headers)
    assert made.ok, made.text()
    path = f"/api/v1/people/{made.json()['id']}/invitation"
    link = boss.request.post(path, headers=headers).json()["link"]

    page = visits(None)
    watch = visits.watch(page)
    page.goto(link)
    expect(page.get_by_role("heading", name="吴敏，欢迎")).to_be_visible()
    expect(page.get_by_label("您的账号")).to_have_value("wu.min")
    assert violations(page) == []
    watch.expect_refusal(422, "/api/v1/session/invitation/accept")
    for phrase in ("password123456", "a phrase of my own"):
        page.get_by_label("新密码", exact=True).fill(phrase)
        page.get_by_label("再输入一次新密码").fill(phrase)
        page.get_by_role("button", name="设置密码并登录").click()
        if phrase == "password123456":
            expect(page.locator(".ant-form-item-explain-error")).to_contain_text("密码太弱")
    expect(page.get_by_role("heading", name="我的账户")).to_be_visible()
    late = visits(None, size="phone")
    visits.watch(late).expect_refusal(410, "/api/v1/session/invitation")
    late.goto(link)
    expect(late.get_by_text("这个链接已用过、已过期或已被收回")).to_be_visible()
    late.goto("/invitation")
    expect(late.get_by_text("链接不完整")).to_be_visible()

    page.get_by_role("button", name="绑定身份验证器").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("现在的密码").fill("a phrase of my own")
    dialog.get_by_role("button", name="继续").click()
    secret = dialog.locator(".authenticator-secret .code").inner_text().replace(" ", "")
    telephone = pyotp.TOTP(secret)
    assert violations(page) == []
    dialog.get_by_label("身份验证器显示的 6 位数字").fill(telephone.now())
    dialog.get_by_role("button", name="绑定").click()
    codes = dialog.locator(".recovery-codes li")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()
    dialog.get_by_role("button", name="我已保存").click()
    expect(page.get_by_text("已启用")).to_be_visible()

    again = visits(None)
    again.goto("/")
    _sign_in(again, "wu.min", "a phrase of my own")
    expect(again.get_by_role("status")).to_contain_text("请再输入动态码")
    assert violations(again) == []
    again.get_by_label("动态码").fill("000000")
    again.get_by_role("button", name="登录").click()
    expect(again.get_by_role("alert")).to_contain_text("动态码不对")
    again.get_by_label("动态码").fill(recovery)
    again.get_by_role("button", name="登录").click()
    expect(again.get_by_role("heading", name="我的账户")).to_be_visible()
    expect(again.get_by_role("button", name="退出其他所有设备")).to_be_visible()
