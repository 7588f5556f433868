"""The PDA's camera: codes of a film that a real browser takes for its camera are read and entered."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.documents import mark
from tests.e2e.visits import Visits, sideways, violations

pytestmark = pytest.mark.browser
GS = "\x1d"


def show(film: Path, form: zxingcpp.BarcodeFormat, text: str, **options: bool) -> None:
    """Make the camera look at a code on grey paper."""
    code = np.array(zxingcpp.create_barcode(text, form, **options).to_image(scale=5))
    picture = Image.new("L", (640, 480), 190)
    drawn = Image.fromarray(code)
    drawn = drawn.resize((min(560, drawn.width), min(400, drawn.height)), Image.Resampling.NEAREST)
    picture.paste(drawn, ((640 - drawn.width) // 2, (480 - drawn.height) // 2))
    frame = io.BytesIO()
    picture.convert("RGB").save(frame, "JPEG", quality=92)
    film.write_bytes(frame.getvalue() * 10)


LAMP = """
const track = MediaStreamTrack.prototype;
track.getCapabilities = () => ({ torch: true });
track.applyConstraints = async ({ advanced: [{ torch }] }) => { window.lamp = torch; };
"""
"""What a telephone's camera has beyond the browser's film: a lamp, told and switched as the standard says."""


def _look(page: Page) -> None:
    page.get_by_role("button", name="用相机扫码").click()
    expect(page.locator(".camera")).to_have_attribute("data-ready", "true")


def test_codes_before_the_camera_are_read(visits: Visits, film: Path) -> None:
    page = visits("warehouse", size="phone")
    page.add_init_script(LAMP)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/pda")
    page.locator(".places .foot .button").click()
    page.locator("[data-node=receive]").click()
    expect(page.locator(".entry")).to_be_visible()
    assert not [url for url in asked if url.endswith(".wasm")]  # nobody has asked for the camera yet
    serial = mark()
    show(film, zxingcpp.BarcodeFormat.DataMatrix, f"(01)09521234543213(21){serial}", gs1=True)
    _look(page)
    expect(page.locator(".notice.ok")).to_contain_text(serial)
    assert violations(page) == []
    assert sideways(page) <= 0
    _light(page)
    expect(page.locator(".status")).to_have_attribute("data-waiting", "0")
    for form, text in (
        (zxingcpp.BarcodeFormat.QRCode, f"https://id.gs1.org/01/09521234543213/21/{mark()}"),
        (zxingcpp.BarcodeFormat.Code128, f"Q{mark()}"),
        (zxingcpp.BarcodeFormat.EAN13, "9521234543213"),
    ):
        page.get_by_role("button", name="关闭相机").click()
        show(film, form, text)
        _look(page)
        expect(page.locator(".notice")).to_contain_text(text.rpartition("/")[2])


def _light(page: Page) -> None:
    """Switch the lamp on and off."""
    page.get_by_role("button", name="开灯").click()
    page.get_by_role("button", name="关灯").click()
    page.wait_for_function("window.lamp === false")
