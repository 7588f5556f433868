"""Help in the product: the manual, tours, help at fields, and a word about a page that is answered."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visits import Visits, foreign_words, resize, sideways, violations
from tests.support.feedback_changes import picture
from tools.pages import settled

pytestmark = pytest.mark.browser


def _choose(page: Page, words: str) -> None:
    page.get_by_role("button", name="帮助", exact=True).click()
    page.get_by_role("menuitem", name=words).click()


def _look(page: Page) -> list[str]:
    settled(page)
    wider = sideways(page)
    return [*violations(page), *foreign_words(page), *([f"{wider} pixels sideways"] if wider > 0 else [])]


def test_a_page_leads_to_its_chapter_which_has_pictures(visits: Visits) -> None:
    page = visits()
    page.goto("/orders")
    _choose(page, "本页说明")
    expect(page.get_by_role("heading", level=1)).to_have_text("计划生产：工厂建模、工艺路线、物料清单、工单")
    expect(page.get_by_role("heading", name="工单", exact=True)).to_be_in_viewport()
    shown = page.locator(".help-picture img").last
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("picture => picture.naturalWidth") > 200
    assert _look(page) == []
    resize(page, "phone")
    assert _look(page) == []


def test_the_manual_is_searched_and_goes_with_language_and_theme(visits: Visits) -> None:
    page = visits("warehouse", language="en", dark=True)
    page.goto("/help/pda")
    expect(page.get_by_role("heading", level=1)).to_have_text("The PDA on the shop floor")
    assert "-dark-" in (page.locator(".help-picture img").first.get_attribute("src") or "")
    assert _look(page) == []
    page.get_by_role("textbox", name="Search the manual").fill("scanner separator")
    page.get_by_role("link", name="Scanners").click()
    expect(page.get_by_role("heading", name="Scanners")).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(page.locator(".sider")).to_be_hidden()
    expect(page.locator(".help-side")).to_be_hidden()
    expect(page.locator(".help-article")).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/trace", "/events", "/nodes/inspect", "/orders"])
def test_a_tour_is_offered_and_led_by_keyboard(visits: Visits, address: str) -> None:
    page = visits()
    page.goto(address)
    offer = page.get_by_role("button", name="看看这一页怎么用")
    expect(offer).to_be_visible()
    settled(page)
    expect(page.locator(".ant-tour")).to_have_count(0)
    offer.press("Enter")
    step = page.locator(".ant-tour")
    expect(step).to_be_visible()
    if address == "/":
        assert violations(page, ".ant-tour") == []
    steps = 1
    while page.get_by_role("button", name="下一步").count():
        page.get_by_role("button", name="下一步").press("Enter")
        steps += 1
        assert steps <= 6
    assert steps >= 3
    page.get_by_role("button", name="结束导览").last.press("Enter")
    expect(step).to_be_hidden()
    expect(offer).to_have_count(0)
    page.reload()
    settled(page)
    expect(offer).to_have_count(0)
    _choose(page, "看看这一页怎么用")
    expect(step).to_be_visible()
    page.keyboard.press("Escape")
    expect(step).to_be_hidden()


def test_a_field_says_what_it_means(visits: Visits) -> None:
    page = visits()
    page.goto("/nodes/inspect")
    about = page.locator("[data-field-help=nodePlace]")
    about.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("note").filter(has_text="事件记在哪个地点")).to_be_visible()
    assert violations(page, ".node-settings") == []


def test_a_word_about_a_page_is_answered(visits: Visits) -> None:
    writer = visits("warehouse")
    writer.goto("/packing?order=1")
    _choose(writer, "反馈这个页面")
    form = writer.get_by_role("dialog")
    form.get_by_label("说说看").fill("这里看不到托盘号")
    file = {"name": "screen.png", "mimeType": "image/png", "buffer": base64.b64decode(picture(300, 200))}
    form.locator("input[type=file]").set_input_files(file)
    expect(form.get_by_role("img", name="要发的图片")).to_be_visible()
    assert _look(writer) == []
    form.get_by_role("button", name="发出").click()
    expect(form).to_be_hidden()
    reader = visits()
    reader.goto("/feedback?state=new")
    assert _look(reader) == []
    reader.locator("[data-row]").filter(has_text="这里看不到托盘号").locator("td").first.click()
    drawer = reader.get_by_role("dialog")
    expect(drawer.get_by_role("img", name="发来的图片")).to_have_js_property("naturalWidth", 300)
    expect(drawer.get_by_role("link", name="打开那个页面")).to_have_attribute("href", "/packing?order=1")
    assert _look(reader) == []
    drawer.get_by_label("答复").fill("下个版本加上")
    drawer.get_by_role("button", name="答复").click()
    expect(drawer).to_be_hidden()
    writer.goto("/feedback?tab=own")
    expect(writer.get_by_text("下个版本加上")).to_be_visible()
    assert _look(writer) == []
    resize(writer, "phone")
    assert _look(writer) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pda_shows_how_it_works_and_takes_a_word(visits: Visits, language: str) -> None:
    page = visits("warehouse", size="phone", language=language, dark=language == "en")
    page.goto("/pda")
    page.locator(".places .foot .button").click()
    page.locator(".tour-offer .button").first.click()
    expect(page.locator(".tour-step")).to_be_visible()
    assert violations(page) == []
    assert sideways(page) <= 0
    for _ in range(5):
        page.locator(".tour-turn .button").last.click()
    page.locator(".tour-turn .button").last.click()
    expect(page.locator(".tile").first).to_be_visible()
    expect(page.locator(".tour-offer")).to_have_count(0)
    page.get_by_role("button", name="帮助" if language == "zh" else "Help").click()
    page.locator("textarea").fill("字太小")
    page.locator("form .button.main").click()
    expect(page.locator(".notice.ok")).to_be_visible()
    own = page.request.get("/api/v1/feedback/own").json()["rows"]
    assert (own[0]["words"], own[0]["address"]) == ("字太小", "/pda#/nodes")
