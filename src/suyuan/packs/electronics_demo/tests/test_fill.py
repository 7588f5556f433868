"""Filling: order of documents, retries, cancelling, files; and the delivery over HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from suyuan.kernel.faults import Fault
from suyuan.packs.electronics_demo import api
from suyuan.packs.electronics_demo.__main__ import main
from suyuan.packs.electronics_demo.contracts import Plan
from suyuan.packs.electronics_demo.tests.conftest import NOW

PLAN = Plan(NOW, units=1000, days=20, seed=1)


def test_the_first_document_goes_alone_and_the_corrections_last() -> None:
    running, most, seen = 0, 0, []
    lock = threading.Lock()

    def post(body: bytes) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            seen.append((b'"epcisHeader"' in body, b'"errorDeclaration"' in body, running))
        threading.Event().wait(0.005)
        with lock:
            running -= 1

    told: list[tuple[str, int, int]] = []
    filled = api.fill(post, PLAN, progress=lambda *row: told.append(row), batch=200)
    assert seen[0] == (True, False, 1)
    assert seen[-1] == (False, True, 1)
    assert not any(head or late for head, late, _ in seen[1:-1])
    assert most == 2
    assert filled.documents == len(seen)
    assert told[-1] == ("post", filled.events, filled.events)
    assert {phase for phase, _, _ in told} == {"simulate", "post"}
    assert filled.pools.shelf
    assert filled.pools.sold


def test_a_server_that_is_away_is_tried_again_and_a_refusal_ends_the_fill(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def away_at_first(body: bytes) -> None:
        calls.append(body)
        if len(calls) == 1:
            raise api.ServerAwayError("not yet")

    filled = api.fill(away_at_first, PLAN, connections=1)
    assert len(calls) == filled.documents + 1
    assert calls[0] == calls[1]

    def broken(body: bytes) -> None:
        if b"epcisHeader" not in body:
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        api.fill(broken, PLAN)


def test_a_fill_can_be_cancelled() -> None:
    cancel = threading.Event()
    calls = []

    def post(body: bytes) -> None:
        calls.append(body)
        cancel.set()

    with pytest.raises(InterruptedError):
        api.fill(post, PLAN, cancel=cancel)
    assert len(calls) == 1


def test_documents_are_written_to_files(tmp_path: Path) -> None:
    folder = tmp_path / "示范 demo"
    moment = NOW.isoformat()
    answer = CliRunner().invoke(main, ["write", str(folder), "--units", "1000", "--days", "10", "--now", moment])
    assert answer.exit_code == 0, answer.output
    files = sorted(folder.glob("*.jsonld"))
    assert json.loads(files[0].read_bytes())["epcisHeader"]
    assert json.loads((folder / "stories.json").read_text(encoding="utf-8"))
    assert "bad-reel" in answer.output


def test_a_plan_out_of_bounds_is_refused_in_both_languages() -> None:
    with pytest.raises(Fault) as refused:
        Plan(NOW, units=5)
    assert "5" in refused.value.title("zh")
    with pytest.raises(ValueError, match="time zone"):
        api.stories(Plan(datetime(2026, 11, 21), units=1000))  # noqa: DTZ001 (a naive time is what is tested)


class Server(BaseHTTPRequestHandler):
    """A capture endpoint that answers what the test asks for."""

    protocol_version = "HTTP/1.1"
    answers: list[tuple[int, dict, dict[str, str]]] = []  # noqa: RUF012 (set anew by each test)
    asked: list[tuple[str, str, str, bytes]] = []  # noqa: RUF012 (set anew by each test)

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked.append((self.command, self.path, self.headers["Authorization"], body))
        status, value, headers = self.answers.pop(0)
        text = json.dumps(value).encode()
        self.send_response(status)
        for name, content in {**headers, "Content-Length": str(len(text))}.items():
            self.send_header(name, content)
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer  # noqa: N815 (names that http.server calls)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def serving(*answers: tuple[int, dict, dict[str, str]]) -> Iterator[str]:
    Server.answers, Server.asked = list(answers), []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


AT = {"Location": "/epcis/v2/capture/7"}


def test_delivery_waits_for_the_capture_job() -> None:
    job = {"running": True, "success": False}
    with serving((202, {}, AT), (200, job, {}), (200, {"running": False, "success": True}, {})) as url:
        delivery = api.EpcisDelivery(url, "sy_1")
        delivery(b"{}")
        delivery.close()
    assert [(method, path) for method, path, _, _ in Server.asked] == [
        ("POST", "/epcis/v2/capture"),
        ("GET", "/epcis/v2/capture/7"),
        ("GET", "/epcis/v2/capture/7"),
    ]
    assert {token for _, _, token, _ in Server.asked} == {"Bearer sy_1"}


def test_delivery_tells_a_refusal_from_a_server_that_is_away() -> None:
    failed = {"running": False, "success": False, "errors": [{"title": "bad check digit"}]}
    with serving((202, {}, AT), (200, failed, {}), (401, {}, {}), (503, {}, {})) as url:
        delivery = api.EpcisDelivery(url, "sy_1")
        with pytest.raises(Fault, match="bad check digit"):
            delivery(b"{}")
        with pytest.raises(Fault, match="401"):
            delivery(b"{}")
        with pytest.raises(api.ServerAwayError):
            delivery(b"{}")
    with pytest.raises(api.ServerAwayError):
        api.EpcisDelivery(url, "sy_1", timeout=1)(b"{}")
