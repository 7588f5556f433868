"""A clerk's table: chosen, matched, looked at, imported; what was wrong comes back; and where it shows afterwards."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.documents import mark
from tests.e2e.visits import Visits, sideways, violations

pytestmark = pytest.mark.browser


def test_a_clerk_imports_a_table(visits: Visits) -> None:
    page = visits("warehouse")
    page.goto("/imports")
    node = page.get_by_role("combobox", name="导入到")
    node.click()
    node.fill("收货")
    page.locator(".ant-select-item-option").filter(has_text="收货").first.click()
    lots = [f"(01)09521234543220(10)IM{mark()}" for _ in range(3)]
    table = "\r\n".join(["物料,数量,备注", f"{lots[0]},5,x", f"{lots[1]},viel,x", f"{lots[2]},7,x"])
    file = {"name": "收货.csv", "mimeType": "text/csv", "buffer": table.encode("gb18030")}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", level=1)).to_have_text("收货.csv")
    expect(page.get_by_text("可记录 2 行，有提醒 0 行，不对 1 行")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert sideways(page) <= 0
    page.get_by_role("button", name="开始导入 3 行").click()
    expect(page.get_by_text("记录 2 行，已有 0 行，不对 1 行")).to_be_visible()
    expect(page.get_by_role("region", name="不对的行")).to_contain_text("viel")
    with page.expect_download() as kept:
        page.get_by_role("button", name="下载错误文件").click()
    assert kept.value.suggested_filename == "收货-错误.xlsx"
    assert violations(page) == []

    manager = visits("quality")
    manager.goto("/entry-quality")
    row = manager.locator("tr").filter(has_text="导入").first
    row.get_by_role("button").first.click()
    drawer = manager.get_by_role("dialog")
    expect(drawer.get_by_text("receive").first).to_be_visible()
    assert violations(manager) == []


def test_a_planner_imports_people_from_the_page_of_the_plant(visits: Visits) -> None:
    page = visits("demo")
    page.goto("/plant")
    page.get_by_role("button", name="用表格导入").click()
    target = page.get_by_role("combobox", name="导入到")
    expect(page.get_by_text("区域、产线、工作中心、设备")).to_be_visible()
    target.click()
    page.locator(".ant-select-item-option").filter(has_text="人员与资格").click()
    number = mark()
    table = f"工号,姓名,工牌\n{number},李梅,B{number}\n,王刚,"
    page.locator("input[type=file]").set_input_files(
        {"name": "人员.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    expect(page.get_by_text("新增或改变 1 行，不变 0 行，不对 1 行")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert sideways(page) <= 0
    page.get_by_role("button", name="开始导入 2 行").click()
    expect(page.get_by_text("记录 1 行，已有 0 行，不对 1 行")).to_be_visible()
    expect(page.get_by_role("link", name="查看资格持有人")).to_be_visible()
