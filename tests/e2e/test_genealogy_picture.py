"""The genealogy picture: through time, by keyboard, by its map, and saved as a drawing and as an image."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.visits import Visits
from tools.demo_plant import DemoPlant
from tools.pages import settled

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def picture(visits: Visits, plant: DemoPlant) -> Locator:
    """Where the sold unit came from and went, drawn and at rest."""
    page = visits()
    page.goto(f"/trace?code={plant.code('sold-unit')}")
    drawn = page.get_by_role("application", name="谱系图")
    expect(drawn.locator(".graph-count")).to_have_text(re.compile(r"显示 [1-9]"))
    settled(page)
    return drawn


def _save(page: Page, kind: str) -> tuple[str, bytes]:
    page.get_by_role("button", name="导出图").click()
    with page.expect_download() as waiting:
        page.get_by_role("menuitem", name=kind).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def _drawn(drawing: bytes) -> ElementTree.Element:
    root = ElementTree.fromstring(drawing)  # noqa: S314 (our own drawing)
    assert root.tag == f"{SVG}svg"
    return root


def _texts(drawing: bytes) -> list[str]:
    """Return what is written in an SVG drawing, in full, without its title."""
    found = _drawn(drawing).findall(f"{SVG}text")
    return [title.text or "" if (title := text.find(f"{SVG}title")) is not None else text.text or "" for text in found]


def _serial(plant: DemoPlant) -> str:
    return plant.stories["sold-unit"]["code"].rpartition(".")[2]


def test_it_is_saved_as_a_drawing_and_as_an_image(picture: Locator, plant: DemoPlant) -> None:
    page = picture.page
    name, drawing = _save(page, "矢量图 SVG")
    assert name.endswith(".svg"), name
    assert any(_serial(plant) in text for text in _texts(drawing)), _texts(drawing)[:20]
    name, image = _save(page, "图片 PNG")
    assert name.endswith(".png"), name
    with Image.open(io.BytesIO(image)) as opened:
        width, height = opened.size
        colours = opened.convert("RGB").getcolors(width * height)
    box = _drawn(drawing)
    assert (width, height) == pytest.approx((2 * float(box.attrib["width"]), 2 * float(box.attrib["height"])), abs=2)
    assert colours is not None
    assert len(colours) > 20, "a picture of cards, glyphs and lines has more colours"


def test_it_shows_only_what_had_happened_by_a_moment(picture: Locator, plant: DemoPlant) -> None:
    page = picture.page
    _, whole = _save(page, "矢量图 SVG")
    moment = picture.get_by_role("slider", name="截至时间")
    expect(moment).to_have_attribute("aria-valuetext", "全部时间")
    moment.focus()
    page.keyboard.press("Home")
    expect(moment).to_have_attribute("aria-valuetext", re.compile(r"截至 \d{4}"))
    settled(page)
    _, early = _save(page, "矢量图 SVG")
    assert 0 < len(_texts(early)) < len(_texts(whole)), "at its first moment most of it had not happened"
    moment.focus()
    page.keyboard.press("End")
    expect(moment).to_have_attribute("aria-valuetext", "全部时间")
    settled(page)
    _, again = _save(page, "矢量图 SVG")
    assert sorted(_texts(again)) == sorted(_texts(whole))


def test_it_plays_through_time_by_itself_and_stops_at_the_end(picture: Locator) -> None:
    moment = picture.get_by_role("slider", name="截至时间")
    picture.get_by_role("button", name="播放").click()
    expect(moment).to_have_attribute("aria-valuetext", re.compile("截至"))
    picture.get_by_role("button", name="暂停").click()
    stopped = moment.get_attribute("aria-valuenow")
    picture.page.wait_for_timeout(300)
    assert moment.get_attribute("aria-valuenow") == stopped
    picture.get_by_role("button", name="播放").click()
    expect(moment).to_have_attribute("aria-valuetext", "全部时间", timeout=60_000)
    expect(picture.get_by_role("button", name="播放")).to_be_visible()


def test_its_map_shows_the_part_in_view_and_moves_there(picture: Locator) -> None:
    page = picture.page
    chart = picture.locator(".graph-map")
    for _ in range(12):
        if chart.is_visible():
            break
        picture.get_by_role("button", name="放大").click()
        settled(page)
    expect(chart).to_be_visible()
    framed = chart.screenshot()
    box = chart.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 12, box["y"] + 12)
    settled(page)
    corner = chart.screenshot()
    assert corner != framed, "the frame on the map has moved"
    page.mouse.click(box["x"] + box["width"] - 12, box["y"] + box["height"] - 12)
    settled(page)
    assert chart.screenshot() != corner
    picture.get_by_role("button", name="显示全部").click()
    expect(chart).to_be_hidden()


def test_it_is_walked_by_keyboard(picture: Locator, plant: DemoPlant) -> None:
    page = picture.page
    said = picture.locator("[aria-live=polite]")
    picture.focus()
    page.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("已选")
    page.keyboard.press("ArrowLeft")
    here = said.inner_text()
    page.keyboard.press("ArrowRight")
    expect(said).not_to_have_text(here)
    page.keyboard.press("/")
    search = page.get_by_role("textbox", name="在图中搜索")
    expect(search).to_be_focused()
    search.fill(_serial(plant))
    search.press("Enter")
    expect(said).to_contain_text(_serial(plant))
