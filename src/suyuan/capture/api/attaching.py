"""Attachments of entries: taken once, named by entries, shown to who may see these, removed if unused."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from PIL import Image, UnidentifiedImageError

from suyuan.capture.api.judging import Judged
from suyuan.capture.contracts import attachments as faults
from suyuan.capture.contracts.attachments import (
    IMAGES,
    MOST_PIXELS,
    UNUSED_DAYS,
    Attachment,
    AttachmentsMissing,
)
from suyuan.capture.domain.attachments import digests_in, media_type_of
from suyuan.capture.store import attachments as store
from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx

READ: Final = "trace:event:read"
"""Who may see an event may see what is attached to it."""
_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_GPS: Final = 0x8825
_AT_ONCE: Final = 500


def take(sha256: str, content: bytes) -> Attachment:
    """Keep bytes that are sound and harmless under their digest; keeping them again changes nothing.

    :raises Fault: ``capture.attachment_…``; nothing is kept then.
    """
    media_type = media_type_of(content)
    if hashlib.sha256(content).hexdigest() != sha256:
        why = "SHA-256"
        raise faults.DAMAGED(why=why)
    width, height = _looked_at(content, media_type) if media_type in IMAGES else (None, None)
    kept = Attachment(sha256=sha256, type=media_type, size=len(content), width=width, height=height)
    store.keep(kept, content)
    return kept


def _looked_at(content: bytes, media_type: str) -> tuple[int, int]:
    """Return width and height of a picture that can be drawn, is not too large, and does not tell where it was taken.

    The size is read before anything is unpacked, so that a small file cannot fill the memory.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]]) as picture:
                width, height = picture.size
                if width * height * getattr(picture, "n_frames", 1) > MOST_PIXELS:
                    raise faults.TOO_MANY_PIXELS(width=width, height=height, most=MOST_PIXELS)
                if picture.getexif().get_ifd(_GPS) or b"exif:GPS" in content:
                    raise faults.TELLS_POSITION()
                picture.load()
        except Image.DecompressionBombError:
            raise faults.TOO_MANY_PIXELS(width="?", height="?", most=MOST_PIXELS) from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
            raise faults.DAMAGED(why=str(error)[:80]) from None
    return width, height


def missing(names: Sequence[str]) -> AttachmentsMissing:
    """Return which of these must be uploaded before an entry can name them; the others are kept for a while more."""
    there = store.known(names)
    store.want(list(there))
    return AttachmentsMissing(missing=tuple(name for name in dict.fromkeys(names) if name not in there))


def note(judged: Iterable[Judged]) -> None:
    """Note what kept entries name, refused ones too: what they name is not removed."""
    named = [(digest, each) for each in judged for digest in _named(each.reading.values)]
    if named:
        there = store.known({digest for digest, _ in named})
        store.note_uses([(digest, each.reading.id) for digest, each in named if digest in there])


def _named(values: Mapping[str, Any]) -> set[str]:
    return {digest for value in values.values() for digest in digests_in(value)}


def content(sha256: str) -> tuple[str, bytes]:
    """Return media type and bytes of what is attached to an entry that the caller may see.

    :raises Fault: ``chassis.not_found``, ``capture.attachment_removed``, ``capture.attachment_altered``.
    """
    sites = tx().principal.sites_for(READ)
    found = store.content_for(sha256, sites)
    if found is None:
        if store.removed_content(sha256, sites):
            raise faults.REMOVED(sha256=sha256)
        raise NOT_FOUND(what=sha256)
    if hashlib.sha256(found[1]).hexdigest() != sha256:
        raise faults.ALTERED(sha256=sha256)
    return found


def remove_unused() -> int:
    """Remove what no entry named within :data:`UNUSED_DAYS`; return how many."""
    removed = 0
    while True:
        some = store.remove_unused(UNUSED_DAYS, _AT_ONCE)
        removed += some
        if some < _AT_ONCE:
            return removed
