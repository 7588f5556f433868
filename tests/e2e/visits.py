"""Visits to the running console: a context of its own for each, watched for everything that should not happen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, expect

from tools import browser as browsers
from tools.demo_plant import PASSWORD, DemoPlant
from tools.places import FRONTEND

PATIENCE = 30_000
"""Milliseconds that anything may take on a busy machine."""

SIZES = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
STILL = """() => Promise.all(
  document.getAnimations()
    .filter((one) => one.playState === "running" && one.effect.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished.catch(() => undefined)),
).then(() => undefined)"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def launch(playwright: Playwright) -> Browser:
    """Start the browser that ``tools.browser`` finds; the whole test run hands on what it found."""
    found = browsers.find()
    asked = os.environ.get("SUYUAN_BROWSER_ARGUMENTS", "").split()
    return playwright.chromium.launch(
        executable_path=found.executable,
        args=asked or list(found.arguments),
        env={**os.environ, **found.environment},
        timeout=2 * PATIENCE,
    )


class Watch:
    """What a context does behind the pictures: console errors, thrown errors, failed and foreign requests."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.faults: list[str] = []
        self._host = urlsplit(address).netloc
        self._expected = [(401, "/api/v1/session")]  # nobody is signed in yet
        context.on("console", self._console)
        context.on("weberror", lambda thrown: self.faults.append(f"thrown: {thrown.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)

    def expect_refusal(self, status: int, path: str) -> None:
        """Do not take this refusal for a fault: the test provokes it."""
        self._expected.append((status, path))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        path = urlsplit(message.location.get("url", "")).path
        if not any(path == known and f"status of {status}" in message.text for status, known in self._expected):
            self.faults.append(f"console {message.type}: {message.text} ({path})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != self._host:
            self.faults.append(f"asked another host: {request.url}")

    def _failed(self, request: Request) -> None:
        # a reader who moves on breaks off what is still on its way
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.method} {request.url} {request.failure}")


class Visits:
    """Makes pages of people who look at one plant; every one must have nothing to complain about in the end."""

    def __init__(self, browser: Browser, plant: DemoPlant, signed_in: dict[str, Any]) -> None:
        self._browser = browser
        self._plant = plant
        self._signed_in = signed_in
        self._open: list[tuple[BrowserContext, Watch]] = []

    def __call__(
        self, login: str | None = "demo", *, size: str = "desktop", language: str | None = None, dark: bool = False,
        **options: Any,
    ) -> Page:  # fmt: skip
        """Return a page of somebody signed in, or of nobody; ``language`` is chosen on the device before."""
        width, height = SIZES[size]
        chosen = [{"name": "suyuan.language", "value": language}] if language else []
        context = self._browser.new_context(
            base_url=self._plant.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=size != "desktop",
            is_mobile=size == "phone",
            storage_state={
                "cookies": self._session(login) if login else [],
                "origins": [{"origin": self._plant.url, "localStorage": chosen}],
            },
            **options,
        )
        context.set_default_timeout(PATIENCE)
        watch = Watch(context, self._plant.url)
        self._open.append((context, watch))
        return context.new_page()

    def watch(self, page: Page) -> Watch:
        """Return what watches a page."""
        return next(watch for context, watch in self._open if context == page.context)

    def _session(self, login: str) -> Any:
        """Return the cookies of somebody signed in; each person signs in once in the whole run."""
        if login not in self._signed_in:
            context = self._browser.new_context(base_url=self._plant.url)
            self._signed_in[login] = sign_in_by_interface(context, login, PASSWORD)
            context.close()
        return self._signed_in[login]

    def end(self) -> list[str]:
        """Close every page and return what there is to complain about."""
        for context, _ in self._open:
            context.close()
        return [fault for _, watch in self._open for fault in watch.faults]


def sign_in_by_interface(context: BrowserContext, login: str, password: str) -> Any:
    """Sign in without the form; return the cookies."""
    context.request.get("/api/v1/session")
    token = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "suyuan_csrf")
    answer = context.request.post(
        "/api/v1/session", headers={"X-CSRFToken": token}, data={"login": login, "password": password}
    )
    assert answer.status == 200, answer.text()
    return context.cookies()


def token_of(page: Page) -> str:
    """Return the token that unsafe requests of this page's person carry."""
    return str(page.request.get("/api/v1/session").json()["csrf_token"])


def settled(page: Page) -> None:
    """Wait until nothing is loading and nothing moves."""
    expect(page.locator(".ant-skeleton, .ant-spin-spinning, [aria-busy=true]")).to_have_count(0)
    page.evaluate(STILL)


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page as it is: one line for each rule, naming the first places."""
    page.evaluate(f"{AXE.read_text(encoding='utf-8')}; undefined")
    found = page.evaluate(
        "(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })"
        ".then(({ violations }) => violations)",
        RULES,
    )
    return [f"{each['id']}: {'; '.join(_place(node) for node in each['nodes'][:3])}" for each in found]


def _place(node: dict[str, Any]) -> str:
    said = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"{' '.join(map(str, node['target']))} ({said[0] if said else ''})"


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@contextmanager
def finding_nothing_wrong(visits: Visits) -> Iterator[Visits]:
    """Lend the visits to a test, and fail it for what the pages did behind its back."""
    try:
        yield visits
    finally:
        complaints = visits.end()
    assert not complaints, "\n".join(complaints)
