"""The event list: narrowed down, opened to the last byte, taken away as a file."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.e2e.documents import document, event, mark
from tests.e2e.visits import Visits, token_of

pytestmark = pytest.mark.browser


def test_the_list_narrows_down_to_a_step(visits: Visits) -> None:
    page = visits()
    page.goto("/events")
    rows = page.get_by_role("table", name="追溯事件列表").locator("tbody tr[data-row]")
    expect(rows.first).to_be_visible()
    page.get_by_role("combobox", name="工序").fill("packing")
    page.get_by_role("option").first.wait_for(state="attached")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("step=packing"))
    expect(rows.first).to_contain_text("包装")
    expect(rows.filter(has_not_text="包装")).to_have_count(0)
    page.get_by_role("button", name="清除筛选").click()
    expect(page).not_to_have_url(re.compile("step="))


def test_an_event_opens_to_its_raw_reading_and_its_document(visits: Visits) -> None:
    page = visits()
    page.goto("/events")
    serial = f"READ{mark()}"
    sent = page.request.post(
        "/epcis/v2/capture",
        headers={"X-CSRFToken": token_of(page), "Content-Type": "application/ld+json"},
        data=document(event(serial)),
    )
    assert sent.status == 202, sent.text()
    page.goto("/events?sort=-recorded")
    page.locator("tr[data-row]").filter(has_text=serial).locator("td").first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("TESTER-E2E")
    expect(drawer).to_contain_text(f"OK;{serial}")
    whole = drawer.locator("section").filter(has=page.get_by_role("heading", name="完整文档"))
    if whole.locator("details").first.get_attribute("open") is None:
        whole.locator("summary").first.click()
    expect(whole.get_by_text("bizStep")).to_be_visible()
    expect(drawer).to_contain_text("内容的 SHA-256")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page).not_to_have_url(re.compile("event="))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_list_as_a_file(visits: Visits, tmp_path: Path, ending: str) -> None:
    page = visits()
    page.goto("/events?step=packing")
    expect(page.locator("tr[data-row]").first).to_be_visible()
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as waiting:
        page.get_by_role("menuitem", name=f".{ending}").click()
    file = tmp_path / waiting.value.suggested_filename
    assert file.suffix == f".{ending}"
    waiting.value.save_as(file)
    if ending == "xlsx":
        rows = sum(1 for _ in openpyxl.load_workbook(file, read_only=True).worksheets[0].iter_rows())
    else:
        rows = len(file.read_text(encoding="utf-8-sig").splitlines())
    assert rows > 10
