"""Codes in the browser: decoded, put right with one click, packed with a scanner."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from suyuan.coding.domain.check_digits import mod10
from tests.e2e.documents import mark
from tests.e2e.visits import Visits, violations
from tools.pages import settled

pytestmark = pytest.mark.browser


def test_a_tag_is_decoded_into_every_notation(visits: Visits) -> None:
    page = visits(language="en")
    page.goto("/decode")
    page.get_by_role("textbox", name="Code to decode").fill("3074257BF7194E4000001A85")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Read as Unit")).to_be_visible()
    for written in ("(01)80614141123458(21)6789", "urn:epc:id:sgtin:0614141.812345.6789", "3074257BF7194E4000001A85"):
        expect(page.locator(".decode-forms").get_by_text(written, exact=True)).to_be_visible()
    picture = page.get_by_role("img", name="as Data Matrix")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 0
    settled(page)
    assert violations(page) == []


def test_a_wrong_code_is_put_right_with_one_click(visits: Visits) -> None:
    page = visits(language="en")
    visits.watch(page).expect_refusal(422, "/api/v1/codes/decode")
    page.goto("/decode?code=(01)09521234543231(21)A")
    expect(page.get_by_role("alert")).to_contain_text("must be 7")
    settled(page)
    assert violations(page) == []
    page.get_by_role("group", name="Did you mean").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="Read as Unit")).to_be_visible()
    expect(page.get_by_text("https://id.gs1.org/01/09521234543213/21/A").first).to_be_visible()


def _scan(page: Page, code: str) -> None:
    page.locator(".pack-input input").fill(code)
    page.keyboard.press("Enter")


def _free_units(page: Page, count: int) -> list[str]:
    """Return units of the plant that are in no box."""
    found: list[str] = []
    for row in page.request.get("/api/v1/items?kind=unit&limit=200").json()["rows"]:
        if row["state"] == "active" and row["disposition"] != "non_sellable_other":
            bound = page.request.get(f"/api/v1/bindings?code={quote(row['uri'], safe='')}").json()
            found += [row["uri"]] if not bound["containers"] else []
        if len(found) == count:
            return found
    raise AssertionError("the plant has no free units")


def _sscc(tail: int) -> str:
    body = f"3952123{int(mark(), 36) % 10**8:08d}{tail:02d}"
    return f"00{body}{mod10(body)}"


def test_units_are_packed_by_scanning_and_a_packed_one_says_where_it_is(visits: Visits) -> None:
    page = visits(language="en")
    visits.watch(page).expect_refusal(409, "/api/v1/bindings/pack")
    page.goto("/packing")
    first, second = _free_units(page, 2)
    box, other = _sscc(1), _sscc(2)
    said = page.locator(".pack-said")
    _scan(page, box)
    expect(said).to_contain_text("is open")
    _scan(page, first)
    expect(said).to_contain_text("1 packed")
    _scan(page, second)
    expect(page.locator(".pack-count")).to_contain_text("2")
    _scan(page, other)
    expect(said).to_contain_text("is open")
    _scan(page, first)
    expect(said).to_contain_text(f"is already in {box[2:]}")
    settled(page)
    assert violations(page) == []
    page.get_by_text("Take out", exact=True).first.click()
    _scan(page, first)
    expect(said).to_contain_text("1 taken out")
    page.get_by_text("Look", exact=True).click()
    _scan(page, box)
    expect(page.locator(".pack-row")).to_have_count(1)
    page.get_by_text("Split", exact=True).click()
    _scan(page, other)
    expect(said).to_contain_text("is open")
    expect(page.get_by_label("Pieces taken by one scan")).to_have_value("1")
    _scan(page, box)
    expect(said).to_contain_text("1 moved in")
    expect(page.locator(".pack-row")).to_have_count(1)
