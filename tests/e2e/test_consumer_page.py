"""What a consumer sees after scanning the code on a product: no sign-in, no script, two languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visits import Visits, sideways, violations
from tools.demo_plant import DemoPlant

pytestmark = pytest.mark.browser


def link(plant: DemoPlant, story: str = "sold-unit") -> str:
    """Return the address behind the code of a unit."""
    code = plant.code(story)
    return f"/01/{code[2:16]}/21/{code[18:]}"


def _nothing_private(page: Page) -> None:
    shown = page.locator("body").inner_text()
    for private in ("urn:", "suyuan:", "WO-", "SMT-"):
        assert private not in shown, private


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_story_of_a_sold_unit_on_a_phone(visits: Visits, plant: DemoPlant, dark: bool) -> None:
    page = visits(None, size="phone", dark=dark)
    page.goto(link(plant))
    expect(page.get_by_role("heading", level=1)).to_contain_text("手持终端")
    expect(page.get_by_role("heading", name="它的历程")).to_be_visible()
    expect(page.get_by_text("已售出").first).to_be_visible()
    _nothing_private(page)
    assert sideways(page) == 0
    assert not violations(page)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Handheld Terminal")
    expect(page.get_by_role("heading", name="Its journey")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    _nothing_private(page)
    assert not violations(page)


def test_the_page_needs_no_script(visits: Visits, plant: DemoPlant) -> None:
    page = visits(None, size="phone", scripts=False)
    page.goto(link(plant))
    expect(page.get_by_role("heading", name="它的历程")).to_be_visible()


def test_one_unit_is_found_from_the_page_of_its_product(visits: Visits, plant: DemoPlant) -> None:
    page = visits(None, size="phone")
    gtin, _, serial = link(plant).removeprefix("/01/").partition("/21/")
    page.goto(f"/01/{gtin}")
    page.get_by_role("textbox").fill(serial)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", name="它的历程")).to_be_visible()
    assert not violations(page)


def test_an_unknown_code_and_a_wrong_one_are_told_apart(visits: Visits, plant: DemoPlant) -> None:
    page = visits(None, size="phone")
    path = link(plant)
    watch = visits.watch(page)
    watch.expect_refusal(404, f"{path}X")
    page.goto(f"{path}X")
    expect(page.get_by_role("heading", name="没有找到这个编码")).to_be_visible()
    assert not violations(page)
    wrong = f"{path[:17]}{(int(path[17]) + 1) % 10}{path[18:]}"
    watch.expect_refusal(422, wrong)
    page.goto(wrong)
    expect(page.locator("body")).to_contain_text("校验位")
    assert not violations(page)
