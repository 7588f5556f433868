"""Texts: letters of ASCII change case, blanks go, and masks stand in for regular expressions, which can run for ever.

In a mask ``#`` is a digit, ``@`` a letter A–Z or a–z, ``?`` any character, ``*`` any run of characters, and a backslash
takes the next character as it is.
"""

from __future__ import annotations

from typing import Final

from suyuan.kernel.expressions.bounds import LONGEST_MASK

_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_UPPER: Final = {code + 32: code for code in range(ord("A"), ord("Z") + 1)}
_BLANKS: Final = " \t\r\n\u3000\u00a0\ufeff"
_LONGEST: Final = 1_000


def lower(text: str) -> str:
    """Return the text with A–Z as a–z."""
    return text.translate(_LOWER)


def upper(text: str) -> str:
    """Return the text with a–z as A–Z."""
    return text.translate(_UPPER)


def trimmed(text: str) -> str:
    """Return the text without blanks at its ends, full-width ones too."""
    return text.strip(_BLANKS)


def matches(text: str, mask: str) -> bool:
    """Tell whether a whole text (1,000 characters at most) fits a mask (200 at most)."""
    if len(text) > _LONGEST or len(mask) > LONGEST_MASK:
        return False
    parts = _parts(mask)
    at = place = 0
    star, kept = -1, 0
    while at < len(text):
        if place < len(parts) and parts[place] != ("*", False) and _fits(text[at], parts[place]):
            at, place = at + 1, place + 1
        elif place < len(parts) and parts[place] == ("*", False):
            star, kept = place, at
            place += 1
        elif star >= 0:
            kept += 1
            at, place = kept, star + 1
        else:
            return False
    return all(part == ("*", False) for part in parts[place:])


def _parts(mask: str) -> list[tuple[str, bool]]:
    """Return the signs of a mask, each with whether it stands for itself."""
    found = []
    escaped = False
    for character in mask:
        if character == "\\" and not escaped:
            escaped = True
            continue
        found.append((character, escaped or character not in "#@?*"))
        escaped = False
    return found


def _fits(character: str, part: tuple[str, bool]) -> bool:
    sign, itself = part
    if itself:
        return character == sign
    if sign == "#":
        return "0" <= character <= "9"
    return sign == "?" or "A" <= character <= "Z" or "a" <= character <= "z"
