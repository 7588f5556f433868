"""Pictures of screens that people send: drawn anew, so that nothing but what is seen goes on record."""

from __future__ import annotations

import io
import warnings
from base64 import b64decode

from PIL import Image, ImageOps, UnidentifiedImageError

from suyuan.portal.contracts import LARGEST_PICTURE, MOST_PICTURE_PIXELS, PICTURE_TOO_LARGE, PICTURE_UNREADABLE

_LONGEST_SIDE = 1920
_QUALITY = 80


def drawn_anew(picture: str) -> bytes:
    """Return a picture (PNG, JPEG or WebP, in base64) as WebP without whatever else its file said.

    :raises Fault: ``portal.picture_unreadable``, ``portal.picture_too_large``.
    """
    try:
        content = b64decode(picture, validate=True)
    except ValueError:
        raise PICTURE_UNREADABLE(at="/picture") from None
    if len(content) > LARGEST_PICTURE:
        raise PICTURE_TOO_LARGE(at="/picture", most_kb=LARGEST_PICTURE // 1000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP"]) as opened:
                # the size stands before what is unpacked: a small file cannot fill the memory
                if opened.width * opened.height * getattr(opened, "n_frames", 1) > MOST_PICTURE_PIXELS:
                    raise PICTURE_TOO_LARGE(at="/picture", most_kb=LARGEST_PICTURE // 1000)
                seen = ImageOps.exif_transpose(opened).convert("RGB")
        except Image.DecompressionBombError:
            raise PICTURE_TOO_LARGE(at="/picture", most_kb=LARGEST_PICTURE // 1000) from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError):
            raise PICTURE_UNREADABLE(at="/picture") from None
    seen.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    made = io.BytesIO()
    seen.save(made, "WEBP", quality=_QUALITY)
    return made.getvalue()
