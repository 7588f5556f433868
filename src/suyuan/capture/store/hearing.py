"""A recogniser on the plant's network, spoken to as OpenAI's transcriptions are (faster-whisper, SenseVoice…)."""

from __future__ import annotations

import http.client
import json
import secrets
from typing import Final
from urllib.parse import urlsplit

from suyuan.capture.contracts import speech as faults
from suyuan.chassis.settings import settings

TIMEOUT: Final = 20.0
_LONGEST_ANSWER: Final = 65_536
_PATH: Final = "/v1/audio/transcriptions"


def transcribed(content: bytes, media_type: str, language: str) -> str:
    """Return what the engine understood. Redirects are not followed: only the administrator's address is called.

    :raises Fault: ``capture.speech_none``, ``capture.speech_away``.
    """
    address = settings().speech_url
    if not address:
        raise faults.NO_ENGINE()
    boundary = secrets.token_hex(16)
    ending = media_type.partition("/")[2].replace("mp4", "m4a")
    body = _form(boundary, content, media_type, f"speech.{ending}", {
        "model": settings().speech_model, "language": language, "response_format": "json", "temperature": "0",
    })  # fmt: skip
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Accept": "application/json"}
    if settings().speech_key:
        headers["Authorization"] = f"Bearer {settings().speech_key}"
    try:
        status, answer = _posted(address, body, headers)
        text = json.loads(answer)["text"] if status == 200 else None
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
        raise faults.ENGINE_AWAY(why=f"{type(error).__name__}: {error}"[:120]) from None
    if not isinstance(text, str):
        raise faults.ENGINE_AWAY(why=f"HTTP {status}")
    return text


def _posted(address: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.request("POST", parts.path if len(parts.path) > 1 else _PATH, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(_LONGEST_ANSWER)
    finally:
        connection.close()


def _form(boundary: str, content: bytes, media_type: str, name: str, fields: dict[str, str]) -> bytes:
    """Return ``multipart/form-data`` (RFC 7578)."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
        if value
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    parts += [f"{head}Content-Type: {media_type}\r\n\r\n".encode(), content, f"\r\n--{boundary}--\r\n".encode()]
    return b"".join(parts)
