"""Speech: an engine that speaks as OpenAI's does is asked as it expects; what it answers is bounded and told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from suyuan.capture.tests.test_attaching import WEBM, picture
from suyuan.chassis.settings import settings
from tests.support.web import InProcess

SPEECH = "/api/v1/capture/speech"


class Engine(BaseHTTPRequestHandler):
    """A recogniser: understands what it is told to, and remembers how it was asked."""

    answer: tuple[int, bytes] = (200, b"{}")
    asked: dict[str, Any] = {}  # noqa: RUF012 (one engine at a time)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = {}
        for part in message_from_bytes(head + body).get_payload():
            parts[part.get_param("name", header="content-disposition")] = part.get_payload(decode=True)
        Engine.asked = {"path": self.path, "key": self.headers.get("Authorization"), **parts}
        status, content = Engine.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _set(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    chosen = settings().model_copy(update={"speech_url": address, "speech_model": "sense", "speech_key": "k"})
    for place in ("suyuan.capture.store.hearing.settings", "suyuan.capture.api.hearing.settings"):
        monkeypatch.setattr(place, lambda: chosen)


@pytest.fixture
def engine(station, monkeypatch) -> Iterator[type[Engine]]:
    server = HTTPServer(("127.0.0.1", 0), Engine)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    _set(monkeypatch, f"http://127.0.0.1:{server.server_port}")
    yield Engine
    server.shutdown()
    server.server_close()


def test_what_is_said_is_understood_by_the_plants_own_engine(station, engine) -> None:
    engine.answer = (200, json.dumps({"text": " 一百二十三点五\n公斤\x07 "}).encode())
    answer = station.client.post(f"{SPEECH}?language=zh", content=WEBM)
    assert answer.json() == {"text": "一百二十三点五 公斤"}
    assert engine.asked["path"] == "/v1/audio/transcriptions"
    assert engine.asked["key"] == "Bearer k"
    assert (engine.asked["model"], engine.asked["language"]) == (b"sense", b"zh")
    assert engine.asked["file"] == WEBM
    assert station.client.get("/api/v1/capture/station").json()["rules"]["speech"] is True


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"broken"), (200, b"no JSON"), (200, b'{"text": 1}'), (200, b"[]"), (302, b""), (200, b'{"words": "x"}'),
        (200, b'{"text": "' + b"x" * 100_000),
    ],
    ids=lambda answer: f"{answer[0]} {len(answer[1])}",
)  # fmt: skip
def test_an_engine_in_trouble_is_named_with_what_to_do(station, engine, answer) -> None:
    engine.answer = answer
    told = station.client.post(SPEECH, content=WEBM)
    assert told.status_code == 502
    assert told.json()["code"] == "capture.speech_away"


def test_what_it_says_is_kept_short(station, engine) -> None:
    engine.answer = (200, json.dumps({"text": "长" * 5000}).encode())
    assert len(station.client.post(SPEECH, content=WEBM).json()["text"]) == 500


def test_only_sound_of_somebody_who_may_goes_to_the_engine(plant, station, engine) -> None:
    engine.asked = {}
    for content, code in (
        (b"", "capture.attachment_empty"), (picture(), "capture.speech_no_sound"), (b"MZ\0", "capture.speech_no_sound"),
    ):  # fmt: skip
        assert station.client.post(SPEECH, content=content).json()["code"] == code
    assert InProcess(plant.token("trace:event:read")).post(SPEECH, content=WEBM).status_code == 403
    assert InProcess().post(SPEECH, content=WEBM).status_code == 401
    assert station.client.post(SPEECH, content=WEBM + bytes(4 * 1024 * 1024)).status_code == 413
    assert Engine.asked == {}


def test_without_an_engine_or_with_one_that_is_away_the_keys_are_named(station, monkeypatch) -> None:
    assert station.client.post(SPEECH, content=WEBM).json()["code"] == "capture.speech_none"
    assert station.client.get("/api/v1/capture/station").json()["rules"]["speech"] is False
    _set(monkeypatch, "http://127.0.0.1:9")
    assert station.client.post(SPEECH, content=WEBM).json()["code"] == "capture.speech_away"
    _set(monkeypatch, "nonsense")
    assert station.client.post(SPEECH, content=WEBM).json()["code"] == "capture.speech_away"


def test_an_engine_that_has_enough_to_do_is_not_given_more(station, engine, monkeypatch) -> None:
    monkeypatch.setattr("suyuan.capture.api.hearing._PATIENCE", 0.01)
    monkeypatch.setattr("suyuan.capture.api.hearing._AT_ONCE", threading.BoundedSemaphore(1))
    from suyuan.capture.api import hearing

    with hearing._AT_ONCE:
        answer = station.client.post(SPEECH, content=WEBM)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
