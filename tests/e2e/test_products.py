"""A product is shown to consumers, and taken back, from the console."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.documents import mark
from tests.e2e.visits import Visits
from tools.demo_plant import DemoPlant

pytestmark = pytest.mark.browser


def _gtin() -> str:
    """Return a GTIN of the demo company's that no other test publishes."""
    body = f"0952123{int(mark(), 36) % 1_000_000:06d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def test_a_product_is_published_changed_and_taken_back(visits: Visits) -> None:
    page, gtin = visits(), _gtin()
    page.goto("/products")
    page.get_by_role("button", name="公开产品").click()
    form = page.get_by_role("dialog")
    form.get_by_label("产品（GTIN）").fill(gtin)
    form.get_by_label("品牌（中文）").fill("云溪")
    form.get_by_label("品牌（英文）").fill("Yunxi")
    form.get_by_role("button", name="保存").click()
    expect(form).to_be_hidden()
    row = page.get_by_role("table", name="公开产品列表").locator("tr").filter(has_text=gtin)
    expect(row).to_contain_text("已公开")

    reader = visits(None, size="phone")
    reader.goto(str(row.get_by_role("link").get_attribute("href")))
    expect(reader.get_by_role("banner")).to_contain_text("云溪")
    reader.get_by_role("link", name="English").click()
    expect(reader.get_by_role("banner")).to_contain_text("Yunxi")

    row.get_by_role("button", name="收回").click()
    page.get_by_role("dialog").get_by_role("button", name="收回").click()
    expect(row).to_contain_text("未公开")
    visits.watch(reader).expect_refusal(404, f"/01/{gtin}")
    reader.goto(f"/01/{gtin}?again")
    expect(reader.get_by_role("heading", name=re.compile("没有找到|not found", re.IGNORECASE))).to_be_visible()

    page.goto("/audit")
    expect(page.get_by_role("table", name="审计记录列表")).to_contain_text("消费者页面")


def test_a_wrong_number_is_said_at_its_field(visits: Visits) -> None:
    page = visits()
    visits.watch(page).expect_refusal(422, "/api/v1/portal/products")
    page.goto("/products")
    page.get_by_role("button", name="公开产品").click()
    form = page.get_by_role("dialog")
    form.get_by_label("产品（GTIN）").fill("09521234543210")
    form.get_by_role("button", name="保存").click()
    expect(form.get_by_text("校验位")).to_be_visible()


def test_the_link_shows_the_newest_unit_and_who_may_not_publish_sees_no_page(visits: Visits, plant: DemoPlant) -> None:
    page = visits()
    page.goto("/products")
    sold = plant.code("sold-unit")[2:16]
    row = page.get_by_role("table", name="公开产品列表").locator("tr").filter(has_text=sold)
    with page.expect_popup() as opened:
        row.get_by_role("link").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("手持终端")
    assert f"/01/{sold}/21/" in opened.value.url

    auditor = visits("auditor")
    auditor.goto("/products")
    expect(auditor.get_by_text("portal:page:read")).to_be_visible()
