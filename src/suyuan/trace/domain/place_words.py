"""What a place is called that nobody has named: by its GLN, its coordinates or the end of its URI."""

from __future__ import annotations

import re
from urllib.parse import unquote

Names = tuple[str | None, str | None]
"""Chinese, English."""

_GLN = re.compile(r"https://id\.gs1\.org/41[47]/(?P<gln>\d{13})(?:/254/(?P<extension>[^/?#]+))?")
_COORDINATES = re.compile(r"geo:(?P<latitude>-?[\d.]+),(?P<longitude>-?[\d.]+)(?:,-?[\d.]+)?(?:;.*)?", re.IGNORECASE)


def place_words(uri: str) -> tuple[str, str]:
    """Return the words, Chinese and English, for a place or party of this canonical URI (GS1 keys as Digital Link)."""
    if gln := _GLN.fullmatch(uri):
        extension = gln["extension"]
        words = f"GLN {gln['gln']}" + (f" · {unquote(extension)}" if extension else "")
        return words, words
    if there := _COORDINATES.fullmatch(uri):
        spot = f"{there['latitude']}, {there['longitude']}"
        return f"坐标 {spot}", f"Coordinates {spot}"
    parts = [part for part in re.split(r"[:/?#]", uri) if part]
    tail = unquote(parts[-1]).strip() if parts else ""
    return tail or uri, tail or uri


def named_place(uri: str | None, zh: str | None, en: str | None) -> Names:
    """Return the names that master data gives a place, else the words for its URI; nothing for no place."""
    return (zh, en) if zh or en or not uri else place_words(uri)
