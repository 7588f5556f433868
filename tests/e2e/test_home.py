"""The first page: numbers of the day, and what happens while one looks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.documents import document, event, mark
from tests.e2e.visits import Visits, token_of

pytestmark = pytest.mark.browser


def test_the_day_in_numbers(visits: Visits) -> None:
    page = visits()
    page.goto("/")
    for label in ("今日产量", "合格率", "一次合格率", "今日事件"):
        tile = page.locator(".tile").filter(has=page.get_by_text(label, exact=True))
        expect(tile.locator(".tile-value")).to_have_text(re.compile(r"\d|—|–"))
    expect(page.get_by_role("heading", name="每小时产量与事件")).to_be_visible()
    expect(page.get_by_role("heading", name="最新事件")).to_be_visible()
    expect(page.locator(".ticker li").first).to_be_visible()


def test_an_event_appears_the_moment_it_is_recorded(visits: Visits) -> None:
    page = visits()
    page.goto("/")
    expect(page.get_by_role("status").filter(has_text="实时")).to_be_visible()
    serial = f"LIVE{mark()}"
    sent = page.request.post(
        "/epcis/v2/capture",
        headers={"X-CSRFToken": token_of(page), "Content-Type": "application/ld+json"},
        data=document(event(serial)),
    )
    assert sent.status == 202, sent.text()
    shown = page.locator(".ticker li").filter(has_text=serial)
    expect(shown).to_be_visible()
    shown.get_by_role("link").first.click()
    expect(page.get_by_role("dialog")).to_contain_text(serial)
