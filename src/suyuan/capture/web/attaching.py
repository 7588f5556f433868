"""Attachments over HTTP. What people upload is never run, drawn or guessed at by whoever fetches it from here."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from suyuan.capture.api import attaching
from suyuan.capture.contracts.attachments import LARGEST_MB, Attachment, AttachmentNames, AttachmentsMissing
from suyuan.capture.contracts.permissions import WRITE
from suyuan.capture.web.decoding import decoded
from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.http import HotRequest, HotResponse, HotRoute, encode
from suyuan.kernel.disclosure import ALL_FIELDS

_NAMES: Final = msgspec.json.Decoder(AttachmentNames)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_ENDINGS: Final = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "audio/webm": "webm", "audio/ogg": "ogg",
    "audio/mp4": "m4a", "audio/wav": "wav", "application/pdf": "pdf", "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip


def _digest(request: HotRequest) -> str:
    given = request.parameters["sha256"]
    if _DIGEST.fullmatch(given) is None:
        raise NOT_FOUND(what=given[:80])
    return given


def put_attachment(request: HotRequest) -> HotResponse:
    """``PUT /api/v1/capture/attachments/{sha256}``: the bytes are the body; what they are is told from them."""
    return HotResponse(encode(attaching.take(_digest(request), request.body)))


def get_attachment(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/attachments/{sha256}``."""
    digest = _digest(request)
    media_type, content = attaching.content(digest)
    shown = f"{media_type}; charset=utf-8" if media_type == "text/plain" else media_type
    headers = (
        ("Content-Disposition", f'attachment; filename="{digest[:12]}.{_ENDINGS[media_type]}"'),
        ("Content-Security-Policy", "default-src 'none'; sandbox"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "private, max-age=3600, immutable"),
        ("ETag", f'"{digest}"'),
    )
    return HotResponse(content, content_type=shown, headers=headers)


def post_missing(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/attachments/missing``."""
    return HotResponse(encode(attaching.missing(decoded(_NAMES, request.body).sha256)))


def attachment_routes() -> list[HotRoute]:
    """Return the routes of attachments."""
    base = "/api/v1/capture/attachments"
    return [
        HotRoute(
            "POST", f"{base}/missing", WRITE, post_missing, takes=AttachmentNames, answers=AttachmentsMissing,
            summary="Which attachments must be uploaded before an entry can name them",
        ),
        HotRoute(
            "PUT", f"{base}/{{sha256}}", WRITE, put_attachment, body_limit_mb=LARGEST_MB, answers=Attachment,
            summary="Upload an attachment (the body) under its SHA-256; uploading it again changes nothing",
        ),
        HotRoute(
            "GET", f"{base}/{{sha256}}", " ".join((attaching.READ, *ALL_FIELDS)), get_attachment,
            summary="The bytes of what is attached to an entry, for who may see its event",
        ),
    ]  # fmt: skip
