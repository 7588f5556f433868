"""Pages in a real browser: sizes, languages, light and dark, somebody signed in, and when they are still."""

from __future__ import annotations

import os
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, StorageState, expect

from tools import browser as browsers
from tools.demo_plant import DemoPlant

PATIENCE: Final = 30_000
"""Milliseconds that anything may take on a busy machine."""

SIZES: Final = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}

STILL: Final = """() => Promise.all(
  document.getAnimations()
    .filter((one) => one.playState === "running" && one.effect.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished.catch(() => undefined)),
).then(() => undefined)"""


def launch(playwright: Playwright, *more: str) -> Browser:
    """Start the browser that ``tools.browser`` finds, with ``more`` arguments; the test run hands on what it found."""
    found = browsers.find()
    asked = os.environ.get("SUYUAN_BROWSER_ARGUMENTS", "").split()
    return playwright.chromium.launch(
        executable_path=found.executable,
        args=[*(asked or found.arguments), *more],
        env={**os.environ, **found.environment},
        timeout=2 * PATIENCE,
    )


def session_of(browser: Browser, plant: DemoPlant, login: str, password: str) -> StorageState:
    """Sign in without the form; return what the browser then keeps."""
    with browser.new_context(base_url=plant.url) as context:
        context.request.get("/api/v1/session")
        token = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "suyuan_csrf")
        answer = context.request.post(
            "/api/v1/session", headers={"X-CSRFToken": token}, data={"login": login, "password": password}
        )
        if answer.status != 200:
            raise RuntimeError(f"{login} cannot sign in: {answer.text()}")
        return context.storage_state()


def new_context(
    browser: Browser, plant: DemoPlant, *, size: str = "desktop", language: str = "", dark: bool = False,
    session: StorageState | None = None, scripts: bool = True,
) -> BrowserContext:  # fmt: skip
    """Return a context of its own: a screen of ``size``, a device on which ``language`` was chosen (or none), and
    somebody's ``session``."""
    width, height = SIZES[size]
    storage: StorageState = {"cookies": session["cookies"] if session else [], "origins": []}
    if language:
        storage["origins"] = [{"origin": plant.url, "localStorage": [{"name": "suyuan.language", "value": language}]}]
    context = browser.new_context(
        base_url=plant.url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=size != "desktop",
        is_mobile=size == "phone",
        storage_state=storage,
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE)
    return context


def settled(page: Page) -> None:
    """Wait until nothing is loading and nothing moves."""
    waiting = page.locator(".ant-skeleton, .ant-spin-spinning, [aria-busy=true]")
    expect(waiting).to_have_count(0, timeout=PATIENCE)
    page.evaluate(STILL)
