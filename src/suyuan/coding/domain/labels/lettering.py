"""Words in dots: how wide they are, where lines break, and their picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from suyuan.coding.contracts import label_faults as faults
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.symbols import Modules

ASCENT: Final = 0.88
"""Of the em, above the baseline: where Chinese characters end."""
_POINT_MM: Final = 25.4 / 72
_DARK: Final = 112
"""From this coverage (of 255) on a dot is printed; a little under half keeps the thin strokes of small characters."""
_LEAST_POINTS: Final = 4.0
_NOT_FIRST: Final = frozenset("，。、；：！？）】》」』”’,.;:!?)]}%")
_PIECE: Final = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]|[^\s\u2e80-\uffef]+|\s+"
)
_UNSEEN: Final = frozenset("\u200b\u00ad\ufeff")


class Face(Protocol):
    """A typeface that can be had in any size."""

    def __hash__(self) -> int: ...

    def at(self, pixels: int) -> ImageFont.FreeTypeFont:
        """Return the face with an em of so many dots."""

    def has(self, character: str) -> bool:
        """Tell whether the face can draw a character."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: its words, and in dots its left end and baseline inside the box."""

    text: str
    x: int
    baseline: int


@dataclass(frozen=True, slots=True)
class Setting:
    """Words set into a box. ``pixels`` is the em, ``stroke`` what bold adds on each side, all in dots.

    ``device``: meant for the printer's own font.
    """

    lines: tuple[SetLine, ...]
    pixels: int
    stroke: int
    reverse: bool
    width: int
    height: int
    align: doc.Align = "left"
    device: bool = False


def pixels_of(points: float, dots_per_mm: int) -> int:
    """Return an em of ``points`` in dots, at least 4."""
    return max(4, round(points * _POINT_MM * dots_per_mm))


@lru_cache(maxsize=4096)
def set_text(text: str, element: doc.Lettering, width: int, height: int, face: Face, dots_per_mm: int) -> Setting:
    """Set ``text`` into a box of so many dots.

    :raises Fault: ``coding.label_no_glyph``, ``coding.label_text_overflow``.
    """
    text = "".join(character for character in text if character not in _UNSEEN)
    _check_glyphs(text, face)
    wanted = pixels_of(element.size, dots_per_mm)
    least = min(wanted, pixels_of(_LEAST_POINTS, dots_per_mm)) if element.shrink else wanted
    for pixels in range(wanted, least - 1, -1):
        found = _lines(text, element, width, face, pixels)
        stroke = max(1, pixels // 28) if element.bold else 0
        across = max((_length(line, face, pixels) + 2 * stroke for line in found), default=0)
        pitch = round(pixels * element.line)
        down = pitch * (len(found) - 1) + pixels + round(pixels * 0.12)
        if across <= width + 1 and down <= height + 1:
            return _placed(found, element, width, height, face, pixels, stroke)
    needed, available = (across, width) if across > width + 1 else (down, height)
    raise faults.TEXT_OVERFLOW(
        text=text[:40], element=element.name or element.id,
        needed=f"{needed / dots_per_mm:.1f}", available=f"{available / dots_per_mm:.1f}",
    )  # fmt: skip


def _check_glyphs(text: str, face: Face) -> None:
    for character in text:
        if character != "\n" and not face.has(character):
            raise faults.NO_GLYPH(character=character, codepoint=f"U+{ord(character):04X}")


@lru_cache(maxsize=8192)
def _length(text: str, face: Face, pixels: int) -> int:
    return int(np.ceil(face.at(pixels).getlength(text)))


def _lines(text: str, element: doc.Lettering, width: int, face: Face, pixels: int) -> list[str]:
    given = text.split("\n")
    if not element.wrap:
        return given
    return [line for paragraph in given for line in _broken(paragraph, width, face, pixels)]


def _broken(text: str, width: int, face: Face, pixels: int) -> Iterator[str]:
    """Yield lines no wider than ``width`` where that can be: between Chinese characters and at spaces."""
    line = ""
    for piece in _PIECE.findall(text):
        if _length((line + piece).rstrip(), face, pixels) <= width or not line or piece[0] in _NOT_FIRST:
            line += piece
            continue
        yield line.rstrip()
        line = piece.lstrip()
    yield line.rstrip()


def _placed(
    lines: list[str], element: doc.Lettering, width: int, height: int, face: Face, pixels: int, stroke: int
) -> Setting:
    pitch = round(pixels * element.line)
    down = pitch * (len(lines) - 1) + pixels
    spare = max(0, height - down)
    top = {"top": 0, "middle": spare // 2, "bottom": spare}[element.vertical]
    placed = []
    for number, line in enumerate(lines):
        left = max(0, width - _length(line, face, pixels) - 2 * stroke)
        x = stroke + {"left": 0, "center": left // 2, "right": left}[element.align]
        placed.append(SetLine(line, x, top + number * pitch + round(pixels * ASCENT)))
    device = element.font == "device" and not element.reverse
    return Setting(tuple(placed), pixels, stroke, element.reverse, width, height, element.align, device)


@lru_cache(maxsize=512)
def picture_of(setting: Setting, face: Face) -> Modules:
    """Return the black dots of words; ``reverse`` prints them white on black."""
    canvas = Image.new("L", (setting.width, setting.height), 0)
    pen = ImageDraw.Draw(canvas)
    font = face.at(setting.pixels)
    for line in setting.lines:
        if line.text:
            pen.text((line.x, line.baseline), line.text, fill=255, font=font, anchor="ls", stroke_width=setting.stroke)
    black: Modules = np.array(canvas) >= _DARK
    return ~black if setting.reverse else black
