"""Attachments at the PDA: taken without a network, sent once when it is back, seen with the event."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.documents import mark
from tests.e2e.visits import Visits, sideways, token_of, violations

pytestmark = pytest.mark.browser
NODE = {
    "icon": "inspect", "group_zh": "检验", "group_en": "Inspection", "step": "inspecting",
    "fields": [
        {"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item"},
        {"id": "seen", "kind": "photo", "label_zh": "照片", "label_en": "Photo", "max": 2},
        {"id": "report", "kind": "file", "label_zh": "报告", "label_en": "Report", "required": False},
        {"id": "said", "kind": "voice", "label_zh": "说明", "label_en": "Remark", "max": 5, "required": False},
        {"id": "stars", "kind": "rating", "label_zh": "评分", "label_en": "Rating", "required": False},
        {"id": "signed", "kind": "signature", "label_zh": "签名", "label_en": "Signature"},
    ],
    "meaning": [{"id": "seen", "event": "object", "subjects": ["item"]}],
}  # fmt: skip


def photo() -> bytes:
    """A picture from a telephone: large, and with the position where it was taken."""
    told = Image.Exif()
    told.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    Image.effect_noise((2400, 1800), 40).convert("RGB").save(file, "JPEG", exif=told)
    return file.getvalue()


@pytest.fixture
def node(visits: Visits) -> str:
    """A node with every kind of attachment, published."""
    page = visits()
    headers = {"X-CSRFToken": token_of(page)}
    key = f"look-{mark().lower()}"
    draft = {"title_zh": "看一看", "title_en": "Look", "body": NODE, "revision": None}
    saved = page.request.put(f"/api/v1/definitions/trace_node/{key}", data=draft, headers=headers)
    assert saved.ok, saved.text()
    noted = {"revision": saved.json()["row"]["revision"], "note": "first"}
    published = page.request.post(f"/api/v1/definitions/trace_node/{key}/publish", data=noted, headers=headers)
    assert published.ok, published.text()
    return key


def _file(page: Page, name: str, kind: str, content: bytes) -> None:
    chosen = {"name": name, "mimeType": kind, "buffer": content}
    page.locator(".media input[type=file]").set_input_files(files=[chosen])  # type: ignore[list-item]  # its own shape


def test_attachments_are_taken_offline_sent_once_and_seen_with_the_event(visits: Visits, node: str) -> None:
    page = visits("warehouse", size="phone")
    watch = visits.watch(page)
    page.goto("/pda")
    page.locator(".picker ~ .button").click()
    page.locator(f"[data-node={node}]").click()
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.context.set_offline(True)
    serial = mark()
    page.locator(".scan-line input").first.fill(f"]d2010952123454321321{serial}")
    page.keyboard.press("Enter")
    expect(page.locator("[data-current=seen]")).to_be_visible()
    assert violations(page) == []
    _file(page, "IMG_1.jpg", "image/jpeg", photo())
    expect(page.locator(".attachments img")).to_have_count(1)
    page.locator("[data-field=signed]").click()
    paper = page.locator(".paper")
    box = paper.bounding_box() or {"x": 0, "y": 0}
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 80, steps=4)
    page.mouse.up()
    assert violations(page) == []
    assert sideways(page) <= 0
    page.locator(".signature .button.main").click()
    page.locator("[data-field=report]").click()
    _file(page, "报告.txt", "text/plain", "合格".encode())
    expect(page.locator("[data-field=report]")).to_contain_text("报告.txt")
    page.locator(".foot .button").click()
    expect(page.locator(".status")).to_have_attribute("data-waiting", "1")
    page.reload()
    expect(page.locator(".status")).to_have_attribute("data-waiting", "1")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".status")).to_have_attribute("data-waiting", "0")
    expect(page.locator(".status")).to_have_attribute("data-refused", "0")
    watch.faults[:] = [fault for fault in watch.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    _seen_with_its_event(visits, serial)


def _seen_with_its_event(visits: Visits, serial: str) -> None:
    page = visits()
    rows = page.request.get("/api/v1/events?sort=-recorded&limit=50").json()["rows"]
    number = next(row["number"] for row in rows if serial in json.dumps(row))
    event = page.request.get(f"/api/v1/events/{number}").json()
    told = event["document"]["suyuan:fields"]
    assert [each["type"] for each in (*told["seen"], *told["report"], *told["signed"])] == [
        "image/jpeg", "text/plain", "image/png",
    ]  # fmt: skip
    kept = page.request.get(f"/api/v1/capture/attachments/{told['seen'][0]['sha256']}").body()
    with Image.open(io.BytesIO(kept)) as picture:
        assert max(picture.size) == 1600
        assert not picture.getexif()
    page.goto(f"/events?event={number}")
    drawer = page.locator(".event-attachments")
    expect(drawer.locator("img")).to_have_count(2)
    drawer.locator("img").first.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.event-attachments img').naturalWidth === 1600")
    assert violations(page, ".event-attachments") == []
