"""A planner enters a line of a customer's order and makes a work order of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.documents import mark
from tests.e2e.visits import Visits

pytestmark = pytest.mark.browser


def test_a_line_becomes_a_work_order_that_says_whom_it_is_for(visits: Visits) -> None:
    page, order = visits(), f"PO-{mark()}"
    page.goto("/production/demand")
    page.get_by_role("button", name="新增需求").click()
    form = page.get_by_role("dialog")
    for label, value in (("客户订单号", order), ("行号", "10"), ("客户", "测试客户"), ("产品", "09521234543213")):
        form.get_by_label(label, exact=True).fill(value)
    form.get_by_label("数量").fill("7")
    form.get_by_label("交期").fill("2031-01-31")
    page.locator(".ant-picker-cell[title='2031-01-31']").click()  # Enter would choose the day or send the form
    expect(page.locator(".ant-picker-dropdown")).to_be_hidden()
    form.get_by_role("button", name="保存").click()
    expect(form).to_be_hidden()

    page.get_by_label("查找客户订单、客户").fill(order)
    page.get_by_label("查找客户订单、客户").press("Enter")
    row = page.get_by_role("table", name="客户订单行").locator("tr").filter(has_text=order)
    expect(row).to_contain_text("未安排")
    row.get_by_label(f"选择 {order}/10").check()
    page.get_by_role("button", name="生成工单").click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("先用厂内可用的成品").uncheck()
    asked.get_by_label("再用未完工单里还没有归属的数量").uncheck()
    asked.get_by_label("向上取整到倍数").fill("5")
    expect(asked.get_by_label("将要做的事")).to_contain_text("多出 3 件")
    asked.get_by_role("button", name="生成 1 张工单").click()
    expect(row).to_contain_text("已安排")

    row.get_by_role("link").click()
    expect(page.get_by_label("为谁生产")).to_contain_text(f"客户订单 {order} 第 10 行")
    expect(page.get_by_role("heading", level=1)).to_contain_text("SD-310131-")
