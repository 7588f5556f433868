"""Speech over HTTP."""

from __future__ import annotations

from suyuan.capture.api import hearing
from suyuan.capture.contracts.permissions import WRITE
from suyuan.capture.contracts.speech import Heard
from suyuan.chassis.http import HotRequest, HotResponse, HotRoute, encode, language_of


def post_speech(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/speech``: the sound is the body."""
    asked = dict(request.query).get("language", "")
    language = language_of(asked) if asked in ("zh", "en") else request.language
    return HotResponse(encode(hearing.heard(request.body, language)))


def speech_routes() -> list[HotRoute]:
    """Return the routes of speech."""
    return [
        HotRoute(
            "POST", "/api/v1/capture/speech", WRITE, post_speech, body_limit_mb=4, own_transaction=True,
            query=("language",), answers=Heard,
            summary="What is said in a sound (the body), by the plant's own recogniser; nothing is kept",
        ),
    ]  # fmt: skip
