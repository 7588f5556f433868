"""TSPL: unturned bars and rules by the printer's own commands, all else as pictures.

A dot that is to be black is 0 in TSPL's pictures. Code 128 is sent as ``128M`` with explicit code sets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from suyuan.coding.domain.labels.layout import Placed, Rule, Sheet, SymbolAt
from suyuan.coding.domain.labels.symbols import Modules
from suyuan.coding.domain.labels.zpl import Feed, trimmed

_START: Final = {"A": "!103", "B": "!104", "C": "!105"}
_SWITCH: Final = {99: "!099", 100: "!100", 101: "!101"}
_FNC1: Final = 102


def to_tspl(sheet: Sheet, feed: Feed) -> bytes:
    """Return one label as TSPL; pictures are binary."""
    per_mm = sheet.dots_per_mm
    parts = [_line(f"SIZE {sheet.width / per_mm:g} mm,{sheet.height / per_mm:g} mm")]
    parts.append(_line(f"GAP {feed.gap_mm:g} mm,0 mm"))
    if feed.speed is not None:
        parts.append(_line(f"SPEED {feed.speed}"))
    if feed.darkness is not None:
        # TSPL counts 0 to 15 where ZPL counts 0 to 30
        parts.append(_line(f"DENSITY {feed.darkness // 2}"))
    parts.append(_line("DIRECTION 1") + _line("REFERENCE 0,0") + _line("CODEPAGE UTF-8") + _line("CLS"))
    if feed.pictures:
        parts.append(_picture(0, 0, sheet.dots()))
    else:
        parts += (command for placed in sheet.placed for command in _commands(placed))
    parts.append(_line(f"PRINT 1,{feed.copies}"))
    return b"".join(parts)


def _line(text: str) -> bytes:
    return text.encode() + b"\r\n"


def _commands(placed: Placed) -> Iterator[bytes]:
    what = placed.what
    if isinstance(what, Rule) and not what.hollow:
        yield _line(f"BAR {placed.x},{placed.y},{what.width},{what.height}")
    elif isinstance(what, SymbolAt) and what.drawing.characters is not None and not placed.rotate:
        symbol = what.drawing.characters
        data = invocation(symbol.characters, symbol.sets)
        # human readable 0, turned 0, narrow and wide; the width of a module is the narrow one
        yield _line(f'BARCODE {placed.x},{placed.y},"128M",{what.height},0,0,{what.module},{what.module},"{data}"')
    else:
        cut = trimmed(placed)
        if cut is not None:
            yield _picture(*cut)


def invocation(characters: tuple[int, ...], sets: tuple[str, ...]) -> str:
    """Return symbol characters in TSPL's writing for ``128M``: ``!105`` starts in C, ``!102`` is FNC1 …"""
    found = [_START[sets[0]]]
    for value, code_set in zip(characters[1:], sets[1:], strict=True):
        if value == _FNC1:
            found.append("!102")
        elif code_set == "C":
            found.append(_SWITCH[value] if value > 99 else f"{value:02}")
        elif value >= 96:
            found.append(_SWITCH[value])
        else:
            character = chr(value + 32)
            found.append({'"': '\\["]', "!": "!033"}.get(character, character))
    return "".join(found)


def _picture(x: int, y: int, dots: Modules) -> bytes:
    packed = np.packbits(~dots, axis=1)
    height, row = packed.shape
    spare = row * 8 - dots.shape[1]
    if spare:  # the last byte's unused dots must stay white
        packed[:, -1] |= (1 << spare) - 1
    return f"BITMAP {x},{y},{row},{height},1,".encode() + packed.tobytes() + b"\r\n"
