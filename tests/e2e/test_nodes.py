"""A newcomer makes a trace node from nothing and publishes it, without code; minutes and clicks are counted."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.documents import mark
from tests.e2e.visits import Visits, violations

pytestmark = pytest.mark.browser


class Newcomer:
    """Counts what a hand does: clicks, and texts that are typed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.typed = 0
        self.begun = time.monotonic()

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def fill(self, what: Locator, text: str) -> None:
        what.fill(text)
        self.typed += 1

    def choose(self, box: Locator, option: str) -> None:
        """Find an option of a long select by its name."""
        self.click(box)
        self.fill(box, option)
        self.click(
            self.page.locator(".ant-select-dropdown:visible .ant-select-item-option").get_by_text(option, exact=True)
        )

    def minutes(self) -> float:
        return (time.monotonic() - self.begun) / 60


def _label(one: Newcomer, zh: str, en: str) -> None:
    one.fill(one.page.get_by_label("中文标签"), zh)
    one.fill(one.page.get_by_label("英文标签"), en)


def test_a_newcomer_builds_and_publishes_an_operation_node(visits: Visits) -> None:
    page = visits()
    visits.watch(page).expect_refusal(422, "/api/v1/expressions/parse")
    one = Newcomer(page)
    key = f"press-{mark().lower()}"
    page.goto("/nodes")
    one.click(page.locator("[data-action=new]"))
    form = page.get_by_role("dialog")
    one.fill(form.get_by_label("中文名称"), "压装")
    one.fill(form.get_by_label("英文名称"), "Press fit")
    one.fill(form.get_by_label("代号"), key)
    one.click(form.get_by_role("button", name="建立"))
    expect(page.get_by_role("heading", name="压装")).to_be_visible()

    palette = page.get_by_role("toolbar")
    one.click(palette.get_by_role("button", name="扫码"))
    _label(one, "轴承", "Bearing")
    one.click(palette.get_by_role("button", name="数字"))
    _label(one, "压力", "Force")
    one.click(palette.get_by_role("button", name="是否"))
    _label(one, "返工", "Rework")
    one.click(page.get_by_role("button", name="规则"))
    _shown_only_when_the_force_is_high(one)

    one.choose(page.get_by_label("业务步骤"), "组装")
    one.click(page.locator("[data-tab=meaning]"))
    one.click(page.locator("[data-action=add-meaning]"))
    one.click(page.get_by_role("menuitem", name="来过、处理过"))
    expect(page.locator("[data-meaning]")).to_contain_text("轴承")
    one.click(page.locator("[data-tab=checks]"))
    one.click(page.locator("[data-action=add-check]"))
    one.click(page.get_by_role("menuitem", name="没有作废"))
    expect(page.locator("[data-check]")).to_contain_text("没有作废")
    assert violations(page) == []

    one.click(page.locator(".designer-actions").get_by_role("button", name="发布"))
    dialog = page.get_by_role("dialog", name="发布新版本")
    one.fill(dialog.get_by_label("改了什么，为什么"), "第一版")
    one.click(dialog.get_by_role("button", name="发布"))
    expect(page.get_by_text("第 1 版在用")).to_be_visible()
    print(f"NEWCOMER node: {one.minutes():.1f} min, {one.clicks} clicks, {one.typed} texts")
    assert one.clicks <= 27

    one.click(page.locator("[data-tab=try]"))
    one.click(page.locator("[data-action=try]"))
    expect(page.get_by_text("试了 0 条录入。")).to_be_visible()
    kept = page.request.get(f"/api/v1/definitions/trace_node/{key}").json()
    assert [field["kind"] for field in kept["body"]["fields"]] == ["scan", "number", "yes_no"]
    force = kept["body"]["fields"][1]["id"]
    shown = {"op": ">", "args": [{"ref": force}, {"lit": {"num": "80.5"}}]}
    assert kept["body"]["fields"][2]["show"] == shown
    assert kept["body"]["meaning"][0]["subjects"] == [kept["body"]["fields"][0]["id"]]


def _shown_only_when_the_force_is_high(one: Newcomer) -> None:
    """Write a rule: a wrong name shows its place, a completed one its result on the example values."""
    page = one.page
    rule = page.get_by_label("什么时候显示")
    one.fill(rule, "压 > 80.5")
    fault = page.locator(".expression-fault")
    expect(fault).to_contain_text("没有叫“压”的字段")
    expect(fault.locator("mark")).to_contain_text("压 >")
    one.fill(rule, "压")
    one.click(page.get_by_role("group", name="可用的名称").get_by_role("button", name="压力"))
    rule.press_sequentially("> 80.5")
    phone = page.get_by_role("region", name="终端预览")
    expect(phone.get_by_role("button", name="返工")).to_have_count(0)
    one.fill(phone.get_by_label("例值：压力"), "90")
    expect(phone.get_by_role("button", name="返工")).to_be_visible()


def test_fields_move_and_go_by_keyboard_and_work_can_be_undone(visits: Visits) -> None:
    page = visits(language="en")
    key = f"keys-{mark().lower()}"
    page.goto("/nodes")
    page.locator("[data-action=new]").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Chinese title").fill("键盘")
    form.get_by_label("English title").fill("Keyboard")
    form.get_by_label("Key").fill(key)
    form.get_by_role("button", name="Create").click()
    palette = page.get_by_role("toolbar")
    for kind in ("Scan", "Text", "Photo"):
        palette.get_by_role("button", name=kind, exact=True).press("Enter")
    fields = page.locator(".node-field strong")
    expect(fields).to_have_text(["Scan", "Text", "Photo"])
    page.locator("[data-entry^=photo]").press("Alt+ArrowUp")
    expect(fields).to_have_text(["Scan", "Photo", "Text"])
    page.locator("[data-entry^=text]").press("Delete")
    expect(fields).to_have_text(["Scan", "Photo"])
    page.get_by_role("button", name="Undo").click()
    expect(fields).to_have_text(["Scan", "Photo", "Text"])
    problem = page.get_by_role("button", name="does not say what event an entry means")
    problem.click()
    expect(page.locator("[data-action=add-meaning]")).to_be_visible()
