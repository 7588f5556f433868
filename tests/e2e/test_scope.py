"""The scope page: from a lot, from events, to a list, to a file; and nothing for axe to find."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visits import Visits
from tools.demo_plant import DemoPlant

pytestmark = pytest.mark.browser
WORKING = 60_000


def _outcome(page: Page) -> None:
    expect(page.get_by_role("region", name="结论")).to_be_visible(timeout=WORKING)


def test_a_lot_becomes_figures_reasons_and_a_list(visits: Visits, plant: DemoPlant) -> None:
    page = visits()
    page.goto("/scope")
    expect(page.get_by_role("heading", name="从这里开始")).to_be_visible()
    box = page.get_by_role("textbox", name="一个或多个编码")
    box.fill(plant.code("bad-reel"))
    expect(page.get_by_text("1 个编码", exact=True)).to_be_visible()
    box.press("Control+Enter")
    _outcome(page)
    outcome = page.get_by_role("region", name="结论")
    expect(outcome.get_by_role("heading", name=re.compile(r"少召回 \d+(\.\d+)?%"))).to_be_visible()
    rows = page.get_by_role("table", name="追溯结果清单").locator("tbody tr")
    expect(rows.first).to_contain_text("起点")
    outcome.get_by_role("button", name=re.compile("排除")).first.click()
    expect(rows.first).to_contain_text("依据事件")
    rows.first.get_by_role("button", name=re.compile("依据事件")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("去掉这个条件").click()
    expect(rows.first).to_contain_text("起点")


def test_unknown_codes_are_named_and_can_be_left_out(visits: Visits, plant: DemoPlant) -> None:
    page = visits()
    visits.watch(page).expect_refusal(422, "/api/v1/trace/scope")
    page.goto(f"/scope?codes={quote(plant.code('bad-reel'))}%0ANOBODY-1&compare=0")
    expect(page.get_by_role("alert").filter(has_text="NOBODY-1")).to_be_visible(timeout=WORKING)
    page.get_by_role("button", name="略过它们，继续").click()
    _outcome(page)
    expect(page.get_by_text("略过了 1 个没有记录的编码")).to_be_visible()


def test_a_machine_is_a_start_too(visits: Visits) -> None:
    page = visits()
    page.goto("/scope?from=events")
    page.get_by_role("combobox", name="设备").fill("贴片机 1")
    page.get_by_role("option").first.wait_for(state="attached")
    page.keyboard.press("Enter")
    preview = page.locator(".scope-preview")
    expect(preview).to_contain_text(re.compile(r"选中 [\d,]+ 个事件"))
    page.get_by_role("button", name="求影响范围").click()
    _outcome(page)
    expect(page).to_have_url(re.compile("equipment="))
    expect(page.get_by_role("region", name="结论")).to_contain_text("个事件涉及")


def test_the_whole_scope_as_a_file(visits: Visits, plant: DemoPlant, tmp_path: Path) -> None:
    page = visits()
    page.goto(f"/scope?codes={quote(plant.code('bad-reel'))}&compare=0")
    _outcome(page)
    page.get_by_role("button", name="导出全部").click()
    with page.expect_download(timeout=WORKING) as coming:
        page.get_by_role("menuitem", name="Excel 工作簿").click()
    coming.value.save_as(tmp_path / "scope.xlsx")
    book = openpyxl.load_workbook(tmp_path / "scope.xlsx")
    assert book.sheetnames == ["汇总", "对象"]
    assert book["对象"].max_row > 2
