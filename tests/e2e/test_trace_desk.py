"""The trace desk: from any code to the whole story, and back."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.documents import GTIN
from tests.e2e.visits import Visits
from tools.demo_plant import DemoPlant

pytestmark = pytest.mark.browser


def _box(page: Page) -> None:
    page.goto("/trace")
    expect(page.get_by_role("heading", name="从一个编码开始")).to_be_visible()


def _ask(page: Page, code: str) -> None:
    box = page.get_by_role("textbox", name="要追溯的编码")
    box.fill(code)
    box.press("Enter")


def test_a_code_and_enter_tell_everything(visits: Visits, plant: DemoPlant) -> None:
    page = visits()
    _box(page)
    _ask(page, plant.code("sold-unit"))
    serial = plant.stories["sold-unit"]["code"].rpartition(".")[2]
    head = page.get_by_role("region", name=serial)
    expect(head.get_by_role("heading", name=serial)).to_be_visible()
    expect(head).to_contain_text("现在在哪里")
    expect(head.locator(".verdict-row").filter(has_text="来源")).to_contain_text(re.compile(r"[1-9]\d* 确定"))
    expect(head).to_contain_text("用时")
    life = page.get_by_role("region", name="时间线")
    expect(life.get_by_role("listitem").first).to_be_visible()
    picture = page.get_by_role("application", name="谱系图")
    expect(picture.locator("canvas").first).to_be_visible()
    expect(picture.locator(".graph-count")).to_have_text(re.compile(r"显示 [1-9]"))


def test_the_picture_has_a_table_as_its_twin(visits: Visits, plant: DemoPlant) -> None:
    page = visits()
    page.goto(f"/trace?code={plant.code('sold-unit')}")
    page.get_by_text("树表", exact=True).click()
    tree = page.get_by_role("treegrid", name="谱系树表")
    expect(tree.get_by_role("columnheader", name="判定")).to_be_visible()
    expect(tree.get_by_role("row")).not_to_have_count(2)
    expect(tree).to_contain_text("确定")
    page.get_by_text("图", exact=True).click()
    expect(page.get_by_role("application", name="谱系图")).to_be_visible()


def test_every_item_of_the_answer_is_in_the_list(visits: Visits, plant: DemoPlant) -> None:
    page = visits()
    page.goto(f"/trace?code={plant.code('bad-reel')}&direction=forward")
    page.get_by_role("tab", name=re.compile("清单")).click()
    rows = page.get_by_role("table", name="追溯结果清单").locator("tbody tr[data-row-key]")
    expect(rows.first).to_be_visible()
    panel = plant.stories["bad-reel"]["certain"][0].rpartition(":")[2]
    page.get_by_role("textbox", name="筛选编码").fill(panel)
    found = rows.filter(has_text=re.compile(rf"{panel}\b(?!-)"))
    expect(found).to_have_count(1)
    expect(found).to_contain_text("确定")


def test_other_views_of_the_answer(visits: Visits, plant: DemoPlant) -> None:
    page = visits()
    page.goto(f"/trace?code={plant.code('sold-unit')}&direction=back")
    seen = {"物料批次": "批", "人与设备": "人员", "参数": "最小 – 最大", "去了哪里": "个对象", "断链": "链条完整"}
    for tab, text in seen.items():
        page.get_by_role("tab", name=re.compile(tab)).click()
        expect(page.get_by_role("tabpanel")).to_contain_text(text)


def test_a_scanner_types_faster_than_any_person(visits: Visits, plant: DemoPlant) -> None:
    page = visits()
    page.goto("/events")
    expect(page.get_by_role("heading", name="事件", level=1)).to_be_visible()
    page.get_by_role("textbox", name="扫码或输入编码").focus()
    page.keyboard.type(plant.stories["sold-unit"]["scan"])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/trace"))
    expect(page.locator(".item-header h2")).to_be_visible()


def test_a_wrong_check_digit_is_shown_where_it_is(visits: Visits) -> None:
    page = visits()
    visits.watch(page).expect_refusal(422, "/api/v1/codes/decode")
    _box(page)
    right = int(GTIN[-1])
    _ask(page, f"01{GTIN[:-1]}{(right + 1) % 10}21NOBODY")
    fault = page.get_by_role("alert")
    expect(fault.locator("mark")).to_have_text(str((right + 1) % 10))
    expect(fault).to_contain_text(f"校验位是 {(right + 1) % 10}，应为 {right}")
    expect(fault).to_contain_text("第 16 个字符有误")
    expect(fault).to_contain_text("请重新扫描")


def test_a_good_code_that_nobody_knows(visits: Visits) -> None:
    page = visits()
    _box(page)
    _ask(page, f"01{GTIN}21NOSUCHUNIT")
    expect(page.get_by_text("编码正确，但没有这个对象的记录")).to_be_visible()
    expect(page.get_by_text(f"https://id.gs1.org/01/{GTIN}/21/NOSUCHUNIT").first).to_be_visible()


def test_from_item_to_item_and_back(visits: Visits, plant: DemoPlant) -> None:
    page = visits()
    page.goto(f"/trace?code={plant.code('sold-unit')}")
    first = page.locator(".item-header h2")
    expect(first).to_be_visible()
    here = first.inner_text()
    other = page.get_by_role("region", name="时间线").locator(".timeline-items button").first
    other.click()
    expect(first).not_to_have_text(here)
    page.go_back()
    expect(first).to_have_text(here)


def test_the_answer_as_a_workbook(visits: Visits, plant: DemoPlant, tmp_path: Path) -> None:
    page = visits()
    page.goto(f"/trace?code={plant.code('sold-unit')}&direction=back")
    expect(page.locator(".item-header h2")).to_be_visible()
    page.get_by_role("button", name=re.compile("导出$")).click()
    with page.expect_download() as waiting:
        page.get_by_role("menuitem", name="Excel 工作簿").click()
    name = waiting.value.suggested_filename
    assert name.endswith(".xlsx"), name
    waiting.value.save_as(tmp_path / name)
    book = openpyxl.load_workbook(tmp_path / name, read_only=True)
    assert len(book.sheetnames) > 1
    assert sum(1 for _ in book.worksheets[0].iter_rows()) > 3
