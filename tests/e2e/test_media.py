"""Attachments at the PDA: taken without a network, sent once when it is back, seen with the event."""

from __future__ import annotations

import io
import json
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.documents import mark
from tests.e2e.gestures import drag
from tests.e2e.visits import Visits, sideways, token_of, violations

pytestmark = pytest.mark.browser
NODE = {
    "icon": "inspect", "group_zh": "检验", "group_en": "Inspection", "step": "inspecting",
    "fields": [
        {"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item"},
        {"id": "stars", "kind": "rating", "label_zh": "评分", "label_en": "Rating", "required": False},
    ],
    "meaning": [{"id": "seen", "event": "object", "subjects": ["item"]}],
}  # fmt: skip
KINDS = ("photo", "signature", "file", "voice")
TALL: ViewportSize = {"width": 1440, "height": 2600}
"""All of the designer at once."""


def photo() -> bytes:
    """A picture from a telephone: large, and with the position where it was taken."""
    told = Image.Exif()
    told.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    Image.effect_noise((2400, 1800), 40).convert("RGB").save(file, "JPEG", exif=told)
    return file.getvalue()


@pytest.fixture
def node(visits: Visits) -> str:
    """A node into which every kind of attachment was dragged, published in the designer."""
    page = visits()
    visits.watch(page)
    key = f"look-{mark().lower()}"
    draft = {"title_zh": "看一看", "title_en": "Look", "body": NODE, "revision": None}
    saved = page.request.put(
        f"/api/v1/definitions/trace_node/{key}", data=draft, headers={"X-CSRFToken": token_of(page)}
    )
    assert saved.ok, saved.text()
    page.goto(f"/nodes/{key}")
    page.set_viewport_size(TALL)  # near an edge the page would scroll under what is dragged
    for number, kind in enumerate(KINDS):
        drag(page, page.locator(f"[data-tool={kind}]"), page.locator(".node-field").last, from_bottom=4)
        expect(page.locator(".node-field")).to_have_count(3 + number)
        expect(page.locator(".designer-canvas [data-entry]").last).to_have_attribute(
            "data-entry", re.compile(f"^{kind}")
        )
    page.locator(".designer-actions").get_by_role("button", name="发布").click()
    dialog = page.get_by_role("dialog", name="发布新版本")
    dialog.get_by_label("改了什么，为什么").fill("照片、文件、签名、语音")
    dialog.get_by_role("button", name="发布").click()
    expect(page.get_by_text("第 1 版在用")).to_be_visible()
    return key


def _file(page: Page, name: str, kind: str, content: bytes) -> None:
    chosen = {"name": name, "mimeType": kind, "buffer": content}
    page.locator(".media input[type=file]").set_input_files(files=[chosen])  # type: ignore[list-item]  # its own shape


def test_attachments_are_taken_offline_sent_once_and_seen_with_the_event(visits: Visits, node: str) -> None:
    page = visits("warehouse", size="phone")
    watch = visits.watch(page)
    page.goto("/pda")
    page.locator(".places .foot .button").click()
    page.locator(f"[data-node={node}]").click()
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.context.set_offline(True)
    serial = mark()
    page.locator(".scan-line input").first.fill(f"]d2010952123454321321{serial}")
    page.keyboard.press("Enter")
    expect(page.locator("[data-current^=photo]")).to_be_visible()
    assert violations(page) == []
    _file(page, "IMG_1.jpg", "image/jpeg", photo())
    expect(page.locator("[data-current^=photo]")).to_have_count(0)
    page.locator("[data-field^=photo]").click()
    expect(page.locator(".attachments img")).to_have_count(1)
    page.locator("[data-field^=signature]").click()
    paper = page.locator(".paper")
    box = paper.bounding_box() or {"x": 0, "y": 0}
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 80, steps=4)
    page.mouse.up()
    assert violations(page) == []
    assert sideways(page) <= 0
    page.locator(".signature .button.main").click()
    page.locator("[data-field^=file]").click()
    _file(page, "报告.txt", "text/plain", "合格".encode())
    expect(page.locator("[data-field^=file]")).to_contain_text("报告.txt")
    _speak(page)
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


def _speak(page: Page) -> None:
    """Record a spoken note of a second; the microphone beeps."""
    page.locator("[data-field^=voice]").click()
    page.locator(".voice .button").click()
    expect(page.locator(".voice .button.danger")).to_contain_text("1")
    assert violations(page) == []
    page.locator(".voice .button.danger").click()
    expect(page.locator("[data-current^=voice]")).to_have_count(0)
    page.locator("[data-field^=voice]").click()
    expect(page.locator(".attachments audio")).to_have_count(1)


def _seen_with_its_event(visits: Visits, serial: str) -> None:
    page = visits()
    rows = page.request.get("/api/v1/events?sort=-recorded&limit=50").json()["rows"]
    number = next(row["number"] for row in rows if serial in json.dumps(row))
    event = page.request.get(f"/api/v1/events/{number}").json()
    fields = event["document"]["suyuan:fields"]
    told = {kind: fields[name][0] for kind in KINDS for name in fields if name.startswith(kind)}
    types = {kind: each["type"] for kind, each in told.items()}
    assert types == {"photo": "image/jpeg", "signature": "image/png", "file": "text/plain", "voice": "audio/webm"}
    kept = page.request.get(f"/api/v1/capture/attachments/{told['photo']['sha256']}").body()
    with Image.open(io.BytesIO(kept)) as picture:
        assert max(picture.size) == 1600
        assert not picture.getexif()
    page.goto(f"/events?event={number}")
    checked = page.locator("section").filter(has=page.get_by_role("heading", name="录入检查"))
    expect(checked).to_contain_text("检查全部通过")
    drawer = page.locator(".event-attachments")
    expect(drawer.locator("img")).to_have_count(2)
    expect(drawer.locator("audio")).to_have_count(1)
    drawer.locator("img").first.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.event-attachments img').naturalWidth === 1600")
    assert violations(page, ".event-attachments") == []
