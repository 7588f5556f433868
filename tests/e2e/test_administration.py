"""People, roles, tokens, sites, and the trail that every change leaves."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.documents import mark
from tests.e2e.visits import Visits, violations, walk_to
from tools.pages import settled

pytestmark = pytest.mark.browser


def _new(page: Page, address: str, button: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("dialog", name=button)).to_be_visible()


def _choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.locator(".ant-select-dropdown").get_by_text(option, exact=True).click()


def _add_person(page: Page, login: str) -> str:
    """Add somebody; return the link that is shown once."""
    _new(page, "/people", "新建人员")
    form = page.get_by_role("dialog")
    form.get_by_label("姓名").fill("赵 新来")
    form.get_by_label("账号").fill(login)
    form.get_by_role("button", name="添加角色").click()
    _choose(page, "角色", "仓库员")
    form.get_by_role("button", name="保存").click()
    shown = page.get_by_role("dialog", name="给 赵 新来 的链接")
    link = shown.get_by_label("设置密码的链接").inner_text().strip()
    assert violations(page) == []
    shown.get_by_role("button", name="我已交给本人").click()
    expect(page.get_by_text(link)).to_have_count(0)
    return link


def test_a_new_person_sees_only_what_the_role_allows(visits: Visits) -> None:
    login = f"new-{mark().lower()}"
    page = visits()
    link = _add_person(page, login)
    row = page.get_by_role("table", name="人员列表").locator("tr").filter(has_text=login)
    expect(row).to_contain_text("仓库员")
    expect(row).to_contain_text("已邀请")

    theirs = visits(None)
    theirs.goto(link)
    theirs.get_by_label("新密码", exact=True).fill("a phrase of my own")
    theirs.get_by_label("再输入一次新密码").fill("a phrase of my own")
    theirs.get_by_role("button", name="设置密码并登录").click()
    menu = theirs.get_by_role("navigation", name="主导航")
    expect(menu.get_by_role("link", name="追溯台")).to_be_visible()
    expect(menu.get_by_role("link", name="采集")).to_be_visible()
    for denied in ("首页", "事件", "人员", "角色", "令牌", "工厂", "审计"):
        expect(menu.get_by_role("link", name=denied, exact=True)).to_have_count(0)
    theirs.goto("/people")
    expect(theirs.get_by_text("您没有这项权限")).to_be_visible()
    expect(theirs.get_by_text("tenancy:person:read")).to_be_visible()

    page.goto("/audit")
    trail = page.get_by_role("table", name="审计记录列表").locator("tr").filter(has_text="人员")
    expect(trail.filter(has_text="新建").first).to_contain_text("演示管理员")
    trail.filter(has_text="新建").first.locator("td").first.click()
    expect(page.get_by_role("dialog")).to_contain_text(login)


def test_a_login_that_is_taken_is_said_at_its_field(visits: Visits) -> None:
    page = visits()
    visits.watch(page).expect_refusal(409, "/api/v1/people")
    _new(page, "/people", "新建人员")
    form = page.get_by_role("dialog")
    form.get_by_label("姓名").fill("另一个")
    form.get_by_label("账号").fill("quality")
    form.get_by_role("button", name="保存").click()
    field = form.locator(".ant-form-item").filter(has=page.get_by_label("账号"))
    expect(field.locator(".ant-form-item-explain-error")).to_be_visible()


def test_a_role_is_made_and_removed(visits: Visits) -> None:
    page = visits()
    name = f"巡检 {mark()}"
    _new(page, "/roles", "新建角色")
    form = page.get_by_role("dialog")
    form.get_by_label("中文名称").fill(name)
    form.get_by_label("英文名称").fill(name)
    form.get_by_role("checkbox", name="trace:event:read").check()
    form.get_by_role("button", name="保存").click()
    expect(form).to_be_hidden()
    matrix = page.get_by_role("region", name="角色与权限对照表")
    expect(matrix.get_by_role("columnheader", name=name)).to_be_visible()
    matrix.get_by_role("button", name=f"删除角色“{name}”").click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(matrix.get_by_role("columnheader", name=name)).to_have_count(0)


def test_a_token_is_shown_once_and_works(visits: Visits) -> None:
    page = visits()
    name = f"网关 {mark()}"
    _new(page, "/tokens", "新建令牌")
    form = page.get_by_role("dialog")
    form.get_by_label("名称").fill(name)
    form.get_by_role("checkbox", name="trace:event:read").check()
    form.get_by_role("button", name="新建").click()
    shown = page.get_by_role("dialog", name="令牌已创建")
    secret = shown.get_by_label("令牌密文").inner_text().strip()
    assert secret.startswith("sy_")
    allowed = page.request.get("/api/v1/events?limit=1", headers={"Authorization": f"Bearer {secret}", "Cookie": ""})
    assert allowed.status == 200
    shown.get_by_role("button", name="我已保存").click()
    row = page.get_by_role("table", name="令牌列表").locator("tr").filter(has_text=name)
    expect(row).to_contain_text("有效")
    expect(page.get_by_text(secret)).to_have_count(0)
    row.get_by_role("button", name="撤销").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销").click()
    expect(row).to_contain_text("已撤销")


def test_a_site_is_added(visits: Visits) -> None:
    page = visits()
    code = f"E{mark()}"
    _new(page, "/sites", "新建工厂")
    form = page.get_by_role("dialog")
    form.get_by_label("代码").fill(code)
    form.get_by_label("中文名称").fill("第二工厂")
    form.get_by_label("英文名称").fill("Second plant")
    form.get_by_role("button", name="保存").click()
    expect(form).to_be_hidden()
    expect(page.get_by_role("table", name="工厂列表").locator("tr").filter(has_text=code)).to_contain_text("第二工厂")


def test_an_unfinished_form_asks_before_it_goes(visits: Visits) -> None:
    page = visits()
    _new(page, "/sites", "新建工厂")
    page.get_by_role("dialog").get_by_label("代码").fill("X")
    page.get_by_role("dialog").get_by_role("button", name="取消").click()
    ask = page.get_by_role("dialog").filter(has_text="放弃修改？")
    expect(ask).to_be_visible()
    ask.get_by_role("button", name=re.compile("放弃")).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    ("login", "last"), [("quality", "签名与批准"), ("warehouse", "作业指导阅读"), ("auditor", "防篡改")]
)
def test_nobody_meets_a_refusal_where_their_menu_leads(visits: Visits, login: str, last: str) -> None:
    """The watch over the visits fails for any request that the server refuses."""
    page = visits(login)
    page.goto("/account")
    menu = page.get_by_role("navigation", name="主导航")
    expect(menu.get_by_role("link", name=last)).to_be_visible()
    for address in [link.get_attribute("href") or "/" for link in menu.get_by_role("link").all()]:
        walk_to(page, address)
        settled(page)
        expect(page.get_by_text("您没有这项权限")).to_have_count(0)
