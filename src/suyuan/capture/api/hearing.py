"""Understanding what somebody says into a device, with the plant's own recogniser. Nothing of it is kept."""

from __future__ import annotations

import threading
from typing import Final

from suyuan.capture.contracts import speech as faults
from suyuan.capture.contracts.attachments import SOUNDS
from suyuan.capture.contracts.speech import Heard
from suyuan.capture.domain.attachments import media_type_of
from suyuan.capture.store import hearing as store
from suyuan.chassis.settings import settings
from suyuan.kernel.faults import Fault, Language

LONGEST: Final = 500
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""In each process: engines work one after another anyway, and scans need the request threads more."""
_PATIENCE: Final = 5.0
_RETRY_AFTER: Final = 5


def available() -> bool:
    """Tell whether there is a recogniser."""
    return bool(settings().speech_url)


def heard(content: bytes, language: Language) -> Heard:
    """Return what was said.

    :raises Fault: ``capture.speech_…``, ``capture.attachment_empty``.
    """
    if not available():
        raise faults.NO_ENGINE()
    try:
        media_type = media_type_of(content)
    except Fault as fault:
        found = fault.params.get("found")
        raise faults.NO_SOUND(found=found) if found else fault from None
    if media_type not in SOUNDS:
        raise faults.NO_SOUND(found=media_type)
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise faults.ENGINE_BUSY(retry_after=_RETRY_AFTER)
    try:
        text = store.transcribed(content, media_type, language)
    finally:
        _AT_ONCE.release()
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return Heard(text=" ".join(shown.split())[:LONGEST])
