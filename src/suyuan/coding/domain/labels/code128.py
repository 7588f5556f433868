"""Code 128 (ISO/IEC 15417), encoded here rather than by a library: printers are told the very same symbol characters
that the picture shows, so what a printer draws is as wide as the preview.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

FNC1: Final = "\x1d"
"""Stands for FNC1 in what is given to :func:`encode`: first it marks GS1 data, later it separates."""

_CODE_C, _CODE_B, _CODE_A, _FNC1 = 99, 100, 101, 102
_START: Final = {"A": 103, "B": 104, "C": 105}
_SWITCH: Final = {"A": _CODE_A, "B": _CODE_B, "C": _CODE_C}
_STOP: Final = 106
# Widths of bar, space, bar, space, bar, space for symbol characters 0 to 105, and the stop with its final bar.
_WIDTH_TABLE: Final = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_WIDTHS: Final = tuple(_WIDTH_TABLE.split(" "))


@dataclass(frozen=True, slots=True)
class Code128Symbol:
    """A symbol: its characters (start first, without check and stop) and the code set that each is read in."""

    characters: tuple[int, ...]
    sets: tuple[str, ...]

    @property
    def check(self) -> int:
        """The check character: the sum weighted by position, modulo 103."""
        first, *others = self.characters
        return (first + sum(place * value for place, value in enumerate(others, 1))) % 103

    @property
    def widths(self) -> tuple[int, ...]:
        """Widths in modules of bar, space, bar … from the first bar to the last."""
        whole = (*self.characters, self.check, _STOP)
        return tuple(int(width) for value in whole for width in _WIDTHS[value])


@lru_cache(maxsize=4096)
def encode(text: str) -> Code128Symbol:
    """Return the shortest symbol for ASCII ``text``; :data:`FNC1` in it becomes FNC1.

    :raises ValueError: for a character beyond ASCII; 0x1D itself cannot be encoded.
    """
    outside = next((c for c in text if ord(c) > 127), None)
    if outside is not None or not text:
        raise ValueError(outside or "")
    best = _shortest(text)
    characters, sets = _walk(text, best)
    return Code128Symbol(tuple(characters), tuple(sets))


def _step(text: str, at: int, code_set: str) -> int:
    """Return how many characters of text the next symbol character of a code set takes; 0 if it cannot go on."""
    character = text[at]
    if character == FNC1:
        return 1
    if code_set == "C":
        return 2 if text[at : at + 2].isdigit() and len(text) - at >= 2 else 0
    value = ord(character)
    return int(value < 96 if code_set == "A" else value >= 32)


def _shortest(text: str) -> list[dict[str, tuple[int, str]]]:
    """Return, for each place and code set, the fewest symbol characters to the end and the set to be in there."""
    best: list[dict[str, tuple[int, str]]] = [{} for _ in text] + [{s: (0, s) for s in "CBA"}]
    infinite = 10**9
    for at in range(len(text) - 1, -1, -1):
        staying = {}
        for code_set in "CBA":
            taken = _step(text, at, code_set)
            staying[code_set] = 1 + best[at + taken][code_set][0] if taken else infinite
        for code_set in "CBA":
            here, there = staying[code_set], min("CBA", key=lambda other: staying[other])
            best[at][code_set] = (here, code_set) if here <= staying[there] + 1 else (staying[there] + 1, there)
    return best


def _walk(text: str, best: list[dict[str, tuple[int, str]]]) -> tuple[list[int], list[str]]:
    # starting in a set costs nothing, so the first place may choose freely
    current = min("CBA", key=lambda s: best[0][s][0] + (best[0][s][1] != s))
    characters, sets, at = [_START[current]], [current], 0
    while at < len(text):
        wanted = best[at][current][1]
        if wanted != current:
            characters.append(_SWITCH[wanted])
            sets.append(current)
            current = wanted
        taken = _step(text, at, current)
        characters.append(_value(text[at : at + taken], current))
        sets.append(current)
        at += taken
    return characters, sets


def _value(part: str, code_set: str) -> int:
    if part == FNC1:
        return _FNC1
    if code_set == "C":
        return int(part)
    value = ord(part)
    return value + 64 if value < 32 else value - 32
