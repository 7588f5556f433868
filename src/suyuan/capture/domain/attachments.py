"""What bytes are, told from the bytes; and what a field's value says of its attachments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from suyuan.capture.contracts import attachments as faults
from suyuan.capture.contracts import entry_faults
from suyuan.capture.contracts.attachments import FIT, Attachment
from suyuan.capture.contracts.nodes import FileField, PhotoField, SignatureField, TraceNode, VoiceField
from suyuan.capture.domain.wording import Words

MediaField = PhotoField | FileField | SignatureField | VoiceField
_KINDS: Final[Mapping[type, str]] = {
    PhotoField: "photo", FileField: "file", SignatureField: "signature", VoiceField: "voice",
}  # fmt: skip
_OFFICE: Final = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MARKUP: Final = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body", b"<!--")
_LONGEST_NAME: Final = 200
_HEX: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment of an entry: what is on record of it, and what whoever attached it calls it."""

    kept: Attachment
    name: str = ""

    def told(self) -> dict[str, Any]:
        """Return it as the event's document has it."""
        of = {"sha256": self.kept.sha256, "type": self.kept.type, "size": self.kept.size}
        return of | ({"name": self.name} if self.name else {})


def media_type_of(content: bytes) -> str:
    """Return the media type that the bytes themselves show.

    :raises Fault: ``capture.attachment_empty``, ``capture.attachment_type``.
    """
    if not content:
        raise faults.EMPTY()
    head = content[:64]
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return "audio/webm"
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE"):
        return "image/webp" if head[8:12] == b"WEBP" else "audio/wav"
    if head[4:8] == b"ftyp" and head[8:12] in (b"M4A ", b"mp42", b"isom", b"iso5", b"mp41", b"dash"):
        return "audio/mp4"
    if head.startswith(b"PK\x03\x04"):
        return _office(content)
    return _text(content)


def _office(content: bytes) -> str:
    """Return which office document a ZIP is; its parts are listed, none is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = {part.filename for part in parts.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise faults.NOT_TAKEN(found="ZIP") from None
    found = [media for part, media in _OFFICE.items() if part in names]
    if len(found) != 1 or "[Content_Types].xml" not in names or any("vbaproject" in name.lower() for name in names):
        raise faults.NOT_TAKEN(found="ZIP")
    return found[0]


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise faults.NOT_TAKEN(found=content[:4].hex(" ")) from None
    if any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text):
        raise faults.NOT_TAKEN(found=content[:4].hex(" "))
    lowered = content[:65_536].lower()
    if text.lstrip().startswith("<") or any(mark in lowered for mark in _MARKUP):
        raise faults.NOT_TAKEN(found="HTML / SVG / XML")
    return "text/plain"


def digests_in(given: Any) -> list[str]:  # noqa: ANN401 (any JSON value)
    """Return the digests that a field's raw value names, sound or not known alike."""
    many = given if isinstance(given, list) else [given]
    return [each["sha256"] for each in many if isinstance(each, dict) and _is_digest(each.get("sha256"))]


def named_attachments(node: TraceNode, values: Mapping[str, Any]) -> set[str]:
    """Return the digests that an entry's attachments have."""
    media = [each.id for each in node.fields if isinstance(each, MediaField)]
    return {digest for name in media for digest in digests_in(values.get(name))}


def _is_digest(given: object) -> bool:
    return isinstance(given, str) and len(given) == 64 and _HEX.issuperset(given)


def attached(each: MediaField, given: Any, known: Mapping[str, Attachment]) -> Attached:  # noqa: ANN401 (any JSON value)
    """Return the attachment that a raw value ``{"sha256": …, "name": …}`` names.

    :raises Fault: ``capture.value_wrong``, ``capture.attachment_missing``, ``capture.attachment_unfit``.
    """
    label = Words(each.label_zh, each.label_en)
    name = given.get("name", "") if isinstance(given, dict) else ""
    sound = isinstance(given, dict) and _is_digest(given.get("sha256")) and isinstance(name, str)
    if not sound or given.keys() - {"sha256", "name", "type", "size"} or len(name) > _LONGEST_NAME or "\0" in name:
        allowed = Words("{sha256, name?}", "{sha256, name?}")
        raise entry_faults.VALUE_WRONG(label=label, given=str(given)[:80], allowed=allowed)
    kept = known.get(given["sha256"])
    if kept is None:
        raise faults.NOT_THERE(label=label)
    fit = FIT[_KINDS[type(each)]]
    if kept.type not in fit:
        raise faults.UNFIT(label=label, given=kept.type, wanted=", ".join(sorted(fit)))
    return Attached(kept, name)
