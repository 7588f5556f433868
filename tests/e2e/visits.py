"""Visits to the running console: a context of its own for each, watched for everything that should not happen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, StorageState, expect
from playwright.sync_api import Error as PlaywrightError

from tools.demo_plant import PASSWORD, DemoPlant
from tools.pages import SIZES, new_context, session_of
from tools.places import FRONTEND

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
FOREIGN_WORDS = """() => {
  const chinese = document.documentElement.lang.startsWith("zh");
  const han = /[\\u3400-\\u9fff]/;
  const foreign = (said) => chinese
    ? /[a-z]{3}/.test(said) && !han.test(said) && !/\\d/.test(said)
    : han.test(said) && !/[a-z]/i.test(said);
  const named = [...document.querySelectorAll("[aria-label]:not([aria-labelledby])")];
  const speaking = [...document.querySelectorAll(".anticon:not([aria-hidden=true]):not([aria-label])")];
  return [...named.filter((each) => foreign(each.ariaLabel)), ...speaking]
    .filter((each) => !each.closest("[aria-hidden=true]")).map((each) => each.outerHTML.slice(0, 120));
}"""
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (stopped) => {
  const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = stopped;
  const place = `${sourceFile}:${lineNumber} (${location.pathname})`;
  suyuanToldViolation(`${effectiveDirective} ${blockedURI} ${sample} ${place}`);
});"""
Rules = Literal["all", "colours", "structure"]
_CONTRAST = "color-contrast"
_LEVEL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
RULES: dict[str, dict[str, Any]] = {
    "all": {"runOnly": _LEVEL},
    "colours": {"runOnly": {"type": "rule", "values": [_CONTRAST]}},
    "structure": {"runOnly": _LEVEL, "rules": {_CONTRAST: {"enabled": False}}},
}


class Watch:
    """What a context does behind the pictures: console errors, thrown errors, failed and foreign requests."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.faults: list[str] = []
        self._hosts = {urlsplit(address).netloc}
        self._expected = [(401, "/api/v1/session")]  # nobody is signed in yet
        # what the policy stops is told to the console and here: also what a page catches or hides itself
        context.expose_function("suyuanToldViolation", lambda said: self.faults.append(f"policy: {said}"))
        context.add_init_script(VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda thrown: self.faults.append(f"thrown: {thrown.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)

    def expect_refusal(self, status: int, path: str) -> None:
        """Do not take this refusal for a fault: the test provokes it."""
        self._expected.append((status, path))

    def allow_host(self, address: str) -> None:
        """Do not take it for a fault that this page goes to another host, whose own pages ask for what they like."""
        self._hosts |= {urlsplit(address).netloc, "cdn.jsdelivr.net"}

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        path = urlsplit(message.location.get("url", "")).path
        if not any(path == known and f"status of {status}" in message.text for status, known in self._expected):
            self.faults.append(f"console {message.type}: {message.text} ({path})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc not in self._hosts:
            self.faults.append(f"asked another host: {request.url}")

    def _failed(self, request: Request) -> None:
        # a reader who moves on breaks off what is still on its way
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.method} {request.url} {request.failure}")


class Visits:
    """Makes pages of people who look at one plant; every one must have nothing to complain about in the end."""

    def __init__(self, browser: Browser, plant: DemoPlant, signed_in: dict[str, StorageState]) -> None:
        self._browser = browser
        self._plant = plant
        self._signed_in = signed_in
        self._open: list[tuple[BrowserContext, Watch]] = []

    def __call__(
        self, login: str | None = "demo", *, size: str = "desktop", language: str = "", dark: bool = False,
        scripts: bool = True, host: str = "127.0.0.1",
    ) -> Page:  # fmt: skip
        """Return a page of somebody signed in, or of nobody; ``language`` is chosen on the device before."""
        plant = replace(self._plant, url=self._plant.url.replace("127.0.0.1", host))
        context = new_context(
            self._browser, plant, size=size, language=language, dark=dark,
            session=self._session(login) if login else None, scripts=scripts,
        )  # fmt: skip
        watch = Watch(context, plant.url)
        self._open.append((context, watch))
        return context.new_page()

    def watch(self, page: Page) -> Watch:
        """Return what watches a page."""
        return next(watch for context, watch in self._open if context == page.context)

    def _session(self, login: str) -> StorageState:
        """Return the session of somebody; each person signs in once in the whole run."""
        if login not in self._signed_in:
            self._signed_in[login] = session_of(self._browser, self._plant, login, PASSWORD)
        return self._signed_in[login]

    def end(self) -> list[str]:
        """Close every page and return what there is to complain about, after what the server said of late.

        The complaints come last: a log that is cut keeps its end.
        """
        shown = [_shown(page) for context, _ in self._open for page in context.pages]
        for context, _ in self._open:
            context.close()
        faults = [fault for _, watch in self._open for fault in watch.faults]
        said = self._plant.said()
        if not faults:
            return []
        return ["", f"the plant at {self._plant.url} said last:", said, "", "the pages:", *faults, *shown]


def _shown(page: Page) -> str:
    """Return where a page is and the beginning of what it says, for who looks for why a test failed."""
    try:
        return f"{page.url} shows: {page.locator('body').inner_text(timeout=1_000)[:600]!r}"
    except PlaywrightError as error:
        return f"{page.url} shows nothing: {error}"


def token_of(page: Page) -> str:
    """Return the token that unsafe requests of this page's person carry."""
    return str(page.request.get("/api/v1/session").json()["csrf_token"])


def violations(page: Page, within: str = "html", rules: Rules = "all") -> list[str]:
    """Return what axe finds on the page as it is, or in a part of it: a line for each rule, naming the first places.

    ``colours`` is the one rule about contrast, ``structure`` are all the others; each takes half the time.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE.read_text(encoding='utf-8')}; undefined")
    found = page.evaluate(
        "([within, options]) => axe.run(within, { ...options, resultTypes: ['violations'] })"
        ".then(({ violations }) => violations)",
        [within, RULES[rules]],
    )
    return [f"{each['id']}: {'; '.join(_place(node) for node in each['nodes'][:3])}" for each in found]


def _place(node: dict[str, Any]) -> str:
    said = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"{' '.join(map(str, node['target']))} ({said[0] if said else ''})"


def foreign_words(page: Page) -> list[str]:
    """Return names for those who listen that are in another language than the page, and icons that speak unnamed."""
    return [f"said in another language: {each}" for each in page.evaluate(FOREIGN_WORDS)]


def walk_to(page: Page, address: str) -> None:
    """Go to an address as a link of the application does, without loading it anew; return when its page is there."""
    if urlsplit(page.url).path == urlsplit(address).path:
        _walk(page, "/nowhere")  # so that it can be told when the page has come
    _walk(page, address)


def _walk(page: Page, address: str) -> None:
    page.evaluate(
        """(address) => {
          for (const left of document.querySelectorAll("main h1, main h2")) left.dataset.left = "";
          history.pushState(null, "", address);
          dispatchEvent(new PopStateEvent("popstate"));
        }""",
        address,
    )
    expect(page.locator("main [data-left]")).to_have_count(0)
    page.locator("main h1, main h2").first.wait_for(state="attached")


def resize(page: Page, size: str) -> None:
    """Give the page a screen of this size, with a finger where it is not a desk's; return when it has drawn itself."""
    width, height = SIZES[size]
    session = page.context.new_cdp_session(page)
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"}
    session.send("Emulation.setDeviceMetricsOverride", screen)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": size != "desktop"})
    session.detach()
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


_SIDEWAYS = """async () => {
  const root = document.documentElement;
  const end = performance.now() + 5000;
  // what draws itself (a chart, a graph) takes its new width only after the screen has changed
  while (root.scrollWidth > root.clientWidth && performance.now() < end) await new Promise((go) => setTimeout(go, 50));
  return root.scrollWidth - root.clientWidth;
}"""


def sideways(page: Page) -> int:
    """Return by how many pixels the page stays wider than the screen."""
    return int(page.evaluate(_SIDEWAYS))


@contextmanager
def finding_nothing_wrong(visits: Visits) -> Iterator[Visits]:
    """Lend the visits to a test, and fail it for what the pages did behind its back."""
    try:
        yield visits
    finally:
        complaints = visits.end()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
