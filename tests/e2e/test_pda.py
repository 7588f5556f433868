"""The PDA: an operator signs in, chooses the station, scans; without a network all goes on, and nothing is lost."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
from typing import Any

import psutil
import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.e2e.documents import mark
from tests.e2e.visits import Visits, sideways, violations
from tools.demo_plant import PASSWORD
from tools.places import ROOT, STATIC_APP

pytestmark = pytest.mark.browser
BUDGET_KB = 150
OFFLINE_SCANS = 200
MOST_ACTIONS = 3
READY = {path.stem for path in (ROOT / "src/suyuan/capture/ready/trace_node").glob("*.json")}


def _device(visits: Visits, **look: Any) -> Page:
    """Return a PDA that stands at no station in particular, with the warehouse's person signed in."""
    page = visits("warehouse", size="phone", **look)
    page.goto("/pda")
    page.locator(".places .foot .button").click()
    expect(page.locator(".tile").first).to_be_visible()
    return page


def _scan(page: Page, code: str) -> None:
    """Scan as a wedge scanner does: the keys of the code, then Enter."""
    page.locator(".scan-line input").first.fill(code)
    page.keyboard.press("Enter")


_SCANS = """async (codes) => {
  const until = async (there) => {
    while (!there()) await new Promise((then) => setTimeout(then, 1));
  };
  const count = () => Number(document.querySelector(".status").dataset.waiting);
  const box = () => document.querySelector("[data-current=item] .scan-line input");
  for (const [code, serial] of codes) {
    const before = count();
    await until(box);
    box().value = code;
    box().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await until(() => count() > before && document.querySelector(".notice.ok")?.textContent.includes(serial));
  }
}"""
"""Scans as fast as entries are kept: each waits until the device has written down the one before."""


def _open(page: Page, node: str) -> None:
    page.goto(f"/pda#/node/{node}")
    expect(page.locator(".entry")).to_be_visible()


def _unit(serial: str) -> str:
    return f"]d2010952123454321321{serial}"


def _sent(page: Page) -> None:
    """Wait until nothing waits: a device whose server died tries again after a while, not at once."""
    expect(page.locator(".status")).to_have_attribute("data-waiting", "0", timeout=90_000)


def _events(visits: Visits, serials: list[str]) -> list[dict[str, Any]]:
    """Return the events that name one of these units, oldest first."""
    found = visits().request.get("/api/v1/events?sort=-recorded&limit=500")
    assert found.status == 200, found.text()
    rows = [row for row in found.json()["rows"] if any(serial in json.dumps(row) for serial in serials)]
    return sorted(rows, key=lambda row: int(row["number"]))


def test_an_operator_scans_and_an_event_is_recorded(visits: Visits) -> None:
    page = _device(visits)
    assert violations(page) == []
    page.locator("[data-node=receive]").click()
    serial = mark()
    _scan(page, _unit(serial))
    expect(page.locator(".notice.ok")).to_contain_text("已录入")
    _sent(page)
    _scan(page, _unit(serial))
    expect(page.locator(".notice.refused")).to_contain_text(serial)
    assert violations(page) == []
    assert sideways(page) <= 0


@pytest.mark.slow
def test_two_hundred_scans_without_a_network_a_reload_between_and_a_server_kill(visits: Visits) -> None:
    page = _device(visits)
    watch = visits.watch(page)
    _open(page, "receive")
    run = mark()
    serials = [f"{run}{number:03}" for number in range(OFFLINE_SCANS)]
    codes = [[_unit(serial), serial] for serial in serials]
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.context.set_offline(True)
    try:
        page.evaluate(_SCANS, codes[: OFFLINE_SCANS // 2])
        page.reload()
        expect(page.locator(".entry")).to_be_visible()
        page.evaluate(_SCANS, codes[OFFLINE_SCANS // 2 :])
        expect(page.locator(".status")).to_have_attribute("data-waiting", str(OFFLINE_SCANS))
        sent: list[str] = []
        page.route("**/api/v1/capture/readings", lambda route: _in_trouble(route, sent))
    finally:
        page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    _wait_until_back(page, sent)
    page.evaluate("dispatchEvent(new Event('online'))")
    _sent(page)
    assert sent[0] == "killed"
    assert sent[-2:] == ["answer lost", "sent"]
    page.unroute("**/api/v1/capture/readings")
    watch.faults[:] = [fault for fault in watch.faults if "net::ERR_" not in fault]
    rows = _events(visits, serials)
    told = [serial for row in rows for serial in serials if serial in json.dumps(row)]
    assert told == serials


def _in_trouble(route: Route, sent: list[str]) -> None:
    """Kill the server while the first message is with it; lose its answer to the first one after that it recorded."""
    if not sent:
        sent.append("killed")
        route.continue_()
        killed = [each for each in psutil.Process().children(recursive=True) if _serves(each)]
        for process in killed:
            process.kill()
        assert killed
    elif "answer lost" in sent:
        sent.append("sent")
        route.continue_()
    else:
        with contextlib.suppress(Error):  # it is not back yet
            if route.fetch().ok:
                sent.append("answer lost")
        route.abort()


def _wait_until_back(page: Page, sent: list[str]) -> None:
    """Wait until the supervisor has started the killed server again."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(Error):
            if sent and page.request.get("/readyz", timeout=5000).ok:
                return
        page.wait_for_timeout(100)
    raise AssertionError("the server did not come back")


def _serves(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        command = process.cmdline()
        return command[-1:] == ["web"] and "suyuan.entry" in command and not command[1].endswith("guard.py")
    return False


def test_few_actions_for_a_standard_entry(visits: Visits) -> None:
    """Every ready node asks for at most three things: scans, one number or choice, done."""
    page = _device(visits)
    nodes = page.request.get("/api/v1/capture/station").json()["nodes"]
    asked = {node["key"]: _actions(node["body"]["fields"]) for node in nodes if node["key"] in READY}
    assert len(asked) >= 13
    assert {key: count for key, count in asked.items() if count > MOST_ACTIONS} == {}


def _actions(fields: list[dict[str, Any]]) -> int:
    """Count what a standard entry takes: each field that must be filled and does not stay, and Done where it is asked.

    What is typed last is confirmed by Done (or Enter), which is one action with it.
    """
    needed = [
        each for each in fields
        if each["required"] and not each.get("keep") and not each.get("show") and not each.get("require")
    ]  # fmt: skip
    over = all(each["kind"] == "scan" and not each.get("many") for each in needed) and all(
        each.get("keep") for each in fields if each not in needed
    )
    typed_last = bool(needed) and needed[-1]["kind"] in {"number", "text"}
    return len(needed) + (0 if over or typed_last else 1)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_of_the_pda(visits: Visits, dark: bool) -> None:
    page = _device(visits, dark=dark, language="en" if dark else "zh")
    found = []
    for address in ("nodes", "node/receive", "node/pack", "node/inspect", "queue", "settings", "place"):
        page.goto(f"/pda#/{address}")
        expect(page.locator(".bar h1")).to_be_visible()
        found += [f"{address}: {violation}" for violation in violations(page)]
        if sideways(page) > 0:
            found.append(f"{address}: sideways")
    assert not found, "\n".join(found)


def test_the_sign_in_page(visits: Visits) -> None:
    page = visits(None, size="phone")
    page.goto("/pda")
    page.get_by_role("radio", name="账号密码").click()
    page.locator("[name=login]").fill("warehouse")
    page.locator("[name=password]").fill(PASSWORD)
    assert violations(page) == []
    page.locator("button[type=submit]").click()
    expect(page.locator(".picker")).to_be_visible()


def test_signing_in_by_badge_and_settling_what_was_refused(visits: Visits) -> None:
    page = visits(None, size="phone")
    page.goto("/pda")
    page.locator(".scan-line input").fill("DEMO-3")
    page.keyboard.press("Enter")
    expect(page.get_by_text("PIN").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.type("2580")
    page.keyboard.press("Enter")
    expect(page.locator(".picker")).to_be_visible()
    page.locator(".places .foot .button").click()
    expect(page.get_by_role("button", name="投料")).to_be_visible()  # only then has the choice been kept
    _open(page, "feed")
    _scan(page, f"MO-{mark()}")
    _scan(page, f"]d20109521234543220 10Q{mark()}".replace(" ", ""))
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.goto("/pda#/queue")
    refused = page.locator(".card.refused")
    expect(refused).to_have_count(1)
    refused.get_by_role("button", name="作废").click()
    sheet = page.get_by_role("dialog")
    sheet.locator("textarea, input").first.fill("扫错了")
    sheet.get_by_role("button", name="作废").click()
    expect(refused).to_have_count(0)
    expect(page.get_by_text("已作废")).to_be_visible()


def test_the_page_is_small() -> None:
    manifest = json.loads((STATIC_APP / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    files: set[str] = set()
    waiting = ["pda.html"]
    while waiting:
        chunk = manifest[waiting.pop()]
        if chunk["file"] not in files:
            files |= {chunk["file"], *chunk.get("css", [])}
            waiting += chunk.get("imports", [])
    size = sum(len(gzip.compress((STATIC_APP / name).read_bytes())) for name in files) / 1024
    assert size <= BUDGET_KB, f"{size:.1f} KB"
