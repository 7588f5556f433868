"""Code rules put together by dragging and by keyboard, published, compared; codes issued, exported, followed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.documents import mark
from tests.e2e.gestures import drag
from tests.e2e.visits import Visits, violations
from tools.pages import settled

pytestmark = pytest.mark.browser


def _new_rule(page: Page, key: str) -> None:
    page.goto("/code-rules")
    page.get_by_role("button", name="新建规则").click()
    form = page.get_by_role("dialog")
    form.get_by_label("中文名称").fill(f"规则 {key}")
    form.get_by_label("英文名称").fill(key)
    form.get_by_label("代号").fill(key)
    form.get_by_role("button", name="建立并设计").click()
    expect(page.get_by_role("heading", name=f"规则 {key}")).to_be_visible()


def _canvas(page: Page) -> Locator:
    return page.get_by_role("group", name="编码的组成，从左到右")


def _types(page: Page) -> list[str]:
    return [text.split("\n")[0] for text in page.locator(".segment").all_inner_texts()]


def _publish(page: Page, note: str) -> None:
    page.locator(".designer-actions").get_by_role("button", name="发布").click()
    dialog = page.get_by_role("dialog", name="发布新版本")
    dialog.get_by_label("改了什么，为什么").fill(note)
    assert violations(page) == []
    dialog.get_by_role("button", name="发布").click()
    expect(dialog).to_be_hidden()


def test_a_rule_is_designed_published_changed_and_compared(visits: Visits) -> None:
    page = visits()
    key = f"e2e-{mark().lower()}"
    _new_rule(page, key)
    expect(page.get_by_text("规则里还没有段。")).to_be_visible()
    palette = page.get_by_role("toolbar", name="可用的段")
    palette.get_by_role("button", name="固定字符").click()
    page.get_by_label("字符", exact=True).fill(f"{mark()}-")
    palette.get_by_role("button", name="流水号").click()
    palette.get_by_role("button", name="日期").click()
    assert _types(page) == ["固定字符", "流水号", "日期"]
    date = _canvas(page).get_by_role("button", name="日期")
    date.press("Alt+ArrowLeft")
    assert _types(page) == ["固定字符", "日期", "流水号"]
    page.keyboard.press("Control+z")
    assert _types(page) == ["固定字符", "流水号", "日期"]
    page.keyboard.press("Control+Shift+z")
    assert _types(page) == ["固定字符", "日期", "流水号"]
    preview = page.get_by_role("region", name="实时样例")
    expect(preview.get_by_role("img")).to_be_visible()
    expect(preview).to_contain_text("999,999")
    assert violations(page) == []
    _publish(page, "第一版")
    expect(page.get_by_text("第 1 版在用")).to_be_visible()

    _canvas(page).get_by_role("button", name="流水号").click()
    page.get_by_label("位数").fill("8")
    expect(preview).to_contain_text("99,999,999")
    _publish(page, "加长流水号")
    expect(page.get_by_text("第 2 版在用")).to_be_visible()
    page.get_by_role("button", name="版本").click()
    drawer = page.get_by_role("dialog", name="已发布的版本")
    expect(drawer).to_contain_text("加长流水号")
    expect(drawer.locator(".designer-changes").first).to_contain_text("流水号")
    assert violations(page) == []


def test_segments_are_dragged_from_the_palette_and_reordered_with_the_mouse(visits: Visits) -> None:
    page = visits()
    _new_rule(page, f"e2e-{mark().lower()}")
    page.get_by_role("toolbar").get_by_role("button", name="流水号").click()
    drag(page, page.locator("[data-tool=constant]"), page.locator("[data-entry=s1]"))
    settled(page)
    expect(page.locator(".segment")).to_have_count(2)
    assert _types(page) == ["固定字符", "流水号"]
    drag(page, page.locator("[data-entry=s1]"), page.locator("[data-entry=s2]"))
    settled(page)
    expect(page.locator(".segment").first).to_contain_text("流水号")


def test_a_wrong_rule_says_where_and_cannot_be_published(visits: Visits) -> None:
    page = visits()
    _new_rule(page, f"e2e-{mark().lower()}")
    page.get_by_role("toolbar").get_by_role("button", name="校验位").click()
    problems = page.get_by_role("list", name="发布前要改正")
    expect(problems).to_contain_text("校验位算不出")
    expect(page.locator(".designer-actions").get_by_role("button", name="发布")).to_be_disabled()
    expect(_canvas(page).get_by_role("button", name="校验位")).to_contain_text("有误")
    assert violations(page) == []


def test_codes_are_issued_exported_handed_out_and_reconciled(visits: Visits, tmp_path: Path) -> None:
    page = visits()
    key, purpose = f"e2e-{mark().lower()}", f"打样 {mark()}"
    _new_rule(page, key)
    palette = page.get_by_role("toolbar", name="可用的段")
    palette.get_by_role("button", name="固定字符").click()
    page.get_by_label("字符", exact=True).fill(f"{key}-")
    palette.get_by_role("button", name="流水号").click()
    _publish(page, "第一版")

    page.goto("/codes")
    form = page.get_by_role("form", name="发行")
    form.get_by_label("规则").fill(key)
    page.locator(".ant-select-dropdown").get_by_text(f"规则 {key}").click()
    form.get_by_label("数量").fill("6000")
    form.get_by_label("用途").fill(purpose)
    expect(form).to_contain_text("999,999")
    form.get_by_role("button", name="发行").click()
    row = page.get_by_role("table", name="批次列表").locator("tr").filter(has_text=purpose)
    expect(row).to_contain_text("已发行")
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("6,000")
    assert violations(page) == []

    page.get_by_role("button", name="导出").first.click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="CSV", exact=True).click()
    download.value.save_as(tmp_path / "codes.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "codes.csv").read_text(encoding="utf-8-sig"))))
    assert len({line[1] for line in rows[1:]}) == 6000

    page.get_by_role("button", name="交付编码").click()
    form = page.get_by_role("dialog")
    form.get_by_label("交给谁").fill("L3")
    form.get_by_label("数量").fill("100")
    form.get_by_role("button", name="交付编码").click()
    handouts = page.get_by_role("region", name="交付与核销").first
    expect(handouts).to_contain_text("1–100")
    states = page.get_by_role("form", name="变更状态")
    states.get_by_label("到第").fill("90")
    states.get_by_label("变为").click()
    page.locator(".ant-select-dropdown").get_by_text("已使用").click()
    states.get_by_role("button", name="变更").click()
    expect(page.get_by_role("region", name="状态", exact=True)).to_contain_text("已使用 90")
    handouts.get_by_role("button", name="核销").click()
    page.get_by_role("dialog").get_by_role("button", name="核销").click()
    expect(page.get_by_role("region", name="状态", exact=True)).to_contain_text("遗失 10")

    page.goto("/codes")
    page.get_by_role("searchbox", name="查一个编码").fill(rows[5][1])
    page.get_by_role("button", name="查询").click()
    expect(page.locator(".code-found")).to_contain_text("已使用")
    expect(page.locator(".code-found")).to_contain_text("L3")
    assert violations(page) == []
