"""The typeface that travels with the product, so that a label looks the same on every machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from noto_cjk_sans_otc import FONT_PATH
from PIL import ImageFont

_SIMPLIFIED_CHINESE = 2
"""Place of Noto Sans CJK SC in the collection."""
_PROBE_PIXELS = 24


class NotoSansSC:
    """Noto Sans CJK SC Regular."""

    def __init__(self) -> None:
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._known: dict[str, bool] = {}
        self._missing = self._shape("\uffff")

    def at(self, pixels: int) -> ImageFont.FreeTypeFont:
        """Return the face with an em of so many dots."""
        found = self._sizes.get(pixels)
        if found is None:
            found = ImageFont.truetype(
                str(FONT_PATH), pixels, _SIMPLIFIED_CHINESE, layout_engine=ImageFont.Layout.BASIC
            )
            self._sizes[pixels] = found
        return found

    def has(self, character: str) -> bool:
        """Tell whether the face can draw a character; one that it cannot looks like one that nobody has."""
        found = self._known.get(character)
        if found is None:
            found = character == " " or (character.isprintable() and self._shape(character) != self._missing)
            self._known[character] = found
        return found

    def _shape(self, character: str) -> bytes:
        return bytes(self.at(_PROBE_PIXELS).getmask(character))


@cache
def typeface() -> NotoSansSC:
    """Return the typeface of labels."""
    return NotoSansSC()


def folder() -> str:
    """Return the folder of the font's file, for the typesetter of PDF."""
    return str(Path(str(FONT_PATH)).parent)
