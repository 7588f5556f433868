"""Labels: designed by dragging, published, printed on a virtual printer, printed again with a reason."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.documents import mark
from tests.e2e.visits import Visits, sideways, token_of, violations
from tools.pages import settled

pytestmark = pytest.mark.browser


def _start_from(page: Page, ready: str) -> str:
    """Make a label from a ready one and open it in the designer; return its key."""
    key = f"e2e-{mark().lower()}"
    page.goto("/labels")
    page.get_by_role("list", name="现成标签").locator("li").filter(has_text=ready).get_by_role("button").click()
    form = page.get_by_role("dialog", name="新建标签")
    form.get_by_label("代号").fill(key)
    form.get_by_role("button", name="保存").click()
    expect(page.locator(".label-print")).to_be_visible()
    return key


def _left(piece: Locator) -> float:
    return float(piece.evaluate("element => parseFloat(element.style.left)"))


def _drag(page: Page, piece: Locator, by: tuple[int, int]) -> None:
    box = piece.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0] / 2, y + by[1] / 2)
    page.mouse.move(x + by[0], y + by[1])
    page.mouse.up()


def _publish(page: Page) -> None:
    page.get_by_role("button", name="发布").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("试用")
    dialog.get_by_role("button", name="发布").click()
    expect(page.locator(".designer-title").get_by_text("第 1 版")).to_be_visible()


def _virtual_printer(page: Page) -> str:
    name = f"虚拟 {mark()}"
    body = {"code": f"V-{mark()}", "name": name, "language": "zpl", "dpi": 203, "connection": "virtual"}
    made = page.request.post("/api/v1/printers", data=body, headers={"X-CSRFToken": token_of(page)})
    assert made.status == 201, made.text()
    return name


def test_a_label_is_designed_by_dragging_and_published(visits: Visits) -> None:
    page = visits()
    _start_from(page, "单件标签")
    serial = page.locator("[data-element=serial]")
    before = _left(serial)
    _drag(page, serial, (-16, 45))
    assert _left(serial) < before
    page.get_by_role("button", name="撤销").click()
    assert _left(serial) == before
    page.get_by_role("button", name="重做").click()
    assert _left(serial) < before
    serial.press("ArrowRight")
    moved = _left(serial)
    serial.press("r")
    expect(page.get_by_role("radio", name="90°")).to_be_checked()
    page.get_by_role("button", name="撤销").click()
    assert _left(serial) == moved

    page.locator("[data-add=line]").drag_to(page.locator(".label-paper"), target_position={"x": 230, "y": 236})
    expect(page.locator("[data-element^=line]")).to_be_visible()
    page.get_by_role("region", name="图层").get_by_role("button", name="Data Matrix").click()
    page.get_by_label("最小模块").fill("3")
    problems = page.get_by_role("list", name="发布前要改正")
    expect(problems).to_contain_text("放不下")
    expect(page.get_by_role("button", name="发布")).to_be_disabled()
    page.get_by_role("button", name="撤销").click()
    expect(problems.locator("li")).to_have_count(0)
    _publish(page)


def test_labels_are_printed_seen_and_printed_again(visits: Visits) -> None:
    page = visits()
    key = _start_from(page, "单件标签")
    printer = _virtual_printer(page)
    _publish(page)
    page.goto("/labels")
    card = page.locator(".label-card").filter(has=page.locator(f"img[src*='{key}']"))
    for _ in range(2):
        card.get_by_role("button", name="打印").click()
        dialog = page.get_by_role("dialog", name="打印")
        dialog.get_by_label("编码，每行一个").fill("(01)09521234543213(21)E1\n(01)09521234543213(21)E2")
        dialog.get_by_label("产品名称").fill("温控器")
        dialog.get_by_role("combobox", name="打印机").click()
        page.locator(".ant-select-dropdown").get_by_text(printer).click()
        if _:
            visits.watch(page).expect_refusal(409, "/api/v1/print-jobs")
            dialog.get_by_role("button", name="打印 2 张").click()
            dialog.get_by_label("补打原因").fill("标签破损")
        dialog.get_by_role("button", name="打印 2 张").click()
        expect(dialog).to_be_hidden()
    page.goto("/labels/jobs")
    row = page.get_by_role("table", name="打印记录").locator("tr").filter(has_text="标签破损").first
    row.locator("td").nth(1).click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("已打印")).to_be_visible(timeout=20_000)
    expect(drawer.get_by_role("img", name="第 2 张")).to_be_visible()
    drawer.get_by_role("button", name="补打", exact=True).first.click()
    ask = page.get_by_role("dialog").filter(has_text="补打 1 张标签")
    ask.get_by_label("补打原因").fill("粘贴错位")
    ask.get_by_role("button", name="补打").click()
    expect(ask).to_be_hidden()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_for_axe_to_find(visits: Visits, dark: bool) -> None:
    page = visits(dark=dark)
    found = []
    key = _start_from(page, "箱标签")
    page.locator("[data-element=contents]").click()
    settled(page)
    found += violations(page)
    phone = visits(size="phone", dark=dark)
    phone.goto(f"/labels/design/{key}")
    expect(phone.locator(".label-print")).to_be_visible()
    found += violations(phone)
    assert sideways(phone) <= 0
    assert not found, "\n".join(found)
