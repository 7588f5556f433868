"""``make demo`` as a visitor sees it: it fills, serves, lives, stops at Ctrl-C, and goes on where it was."""

from __future__ import annotations

import contextlib
import signal
import time

import httpx
import pytest

from tests.support.servers import Installation, installed, signed_in

DEMO_PASSWORD = "suyuan-demo"


def _wait_for(what: str, installation: Installation, seconds: float) -> str:
    """Wait until the terminal shows ``what``; return all that it shows then."""
    end = time.monotonic() + seconds
    while what not in (said := installation.log.read_text(encoding="utf-8", errors="replace")):
        assert time.monotonic() < end, f"no “{what}” after {seconds} s:\n{said}"
        assert installation.process is not None
        assert installation.process.poll() is None, said
        time.sleep(0.2)
    return said


def _events(browser: httpx.Client) -> int:
    return int(browser.get("/api/v1/home").json()["events_total"])


def _live_notice(browser: httpx.Client) -> str:
    """Return the first notice of recorded events that the home page's stream brings; other notices pass."""
    with browser.stream("GET", "/api/v1/live", timeout=60) as stream:
        for line in stream.iter_lines():
            if line.startswith("data:") and '"count":' in line:
                return line
    raise AssertionError("the stream ended")


def _stopped(installation: Installation) -> None:
    assert installation.stop(signal.SIGINT) < 10
    end = time.monotonic() + 5
    while installation.left_over() and time.monotonic() < end:
        time.sleep(0.1)
    assert installation.left_over() == []


@pytest.mark.timeout(290)
def test_a_visitor_tries_the_demo(tmp_path) -> None:
    with installed(tmp_path / "demo 演示") as demo:
        demo.start("demo", "--units", "1000")
        demo.wait_ready()
        said = _wait_for("Ctrl-C", demo, 200)
        for line in (demo.url, "demo", DEMO_PASSWORD, "Worth tracing", "值得追溯"):
            assert line in said

        with contextlib.closing(signed_in(demo.url, "demo", DEMO_PASSWORD)) as browser:
            end = time.monotonic() + 60
            while (before := _events(browser)) <= 3000:
                assert time.monotonic() < end, "the home page does not catch up with the ledger"
                time.sleep(0.5)
            assert _live_notice(browser)
            end = time.monotonic() + 60
            while _events(browser) == before:
                assert time.monotonic() < end, "nothing happens in the plant"
                time.sleep(0.5)
            story = said.split("Worth tracing:")[1].split()[0]
            for direction in ("back", "forward"):
                answer = browser.get(f"/api/v1/trace/{direction}", params={"code": story})
                assert answer.status_code == 200, answer.text
                assert answer.json()["items"]
        with contextlib.closing(signed_in(demo.url, "warehouse", DEMO_PASSWORD)) as clerk:
            assert clerk.get("/api/v1/people").status_code == 403
        _stopped(demo)

        demo.log.unlink()
        began = time.monotonic()
        demo.start("demo")
        demo.wait_ready()
        _wait_for("Ctrl-C", demo, 90)
        again = time.monotonic() - began
        with contextlib.closing(signed_in(demo.url, "demo", DEMO_PASSWORD)) as browser:
            kept = _events(browser)
            assert kept > before
            end = time.monotonic() + 60
            while _events(browser) == kept:
                assert time.monotonic() < end, "the plant does not go on"
                time.sleep(0.5)
        _stopped(demo)
    print(f"\nthe second start took {again:.1f} s")


@pytest.mark.slow
def test_the_demo_can_be_stopped_while_it_fills(tmp_path) -> None:
    with installed(tmp_path / "demo") as demo:
        demo.start("demo", "--units", "3000")
        demo.wait_ready()
        time.sleep(2)
        _stopped(demo)
