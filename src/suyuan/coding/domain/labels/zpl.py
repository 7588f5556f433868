"""ZPL II: bars, rules and device-font words by the printer's own commands, all else as pictures (^GF).

Code 128 is sent with explicit code sets (mode N): the printer then draws exactly our symbol characters. Mode D would
drop FNC1 between elements. Matrix codes go as pictures, as firmware chooses encodation, version and mask itself;
so does EAN-13, whose guard bars it makes longer than asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from suyuan.coding.contracts import label_faults as faults
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.layout import Placed, Rule, Sheet, SymbolAt
from suyuan.coding.domain.labels.lettering import ASCENT, Setting
from suyuan.coding.domain.labels.symbols import Modules

_TURN: Final = {0: "N", 90: "R", 180: "I", 270: "B"}
_START: Final = {"A": ">9", "B": ">:", "C": ">;"}
_SWITCH: Final = {99: ">5", 100: ">6", 101: ">7"}
_FNC1: Final = 102
_RUNS: Final = {
    **{n: chr(ord("G") + n - 1) for n in range(1, 20)},
    **{20 * n: chr(ord("g") + n - 1) for n in range(1, 21)},
}


@dataclass(frozen=True, slots=True)
class Feed:
    """How a job is printed. ``darkness`` 0–30, ``speed`` in inches a second; None leaves the printer's own setting.

    ``pictures`` sends every label whole as one picture: for printers that know few commands.
    """

    copies: int = 1
    darkness: int | None = None
    speed: int | None = None
    pictures: bool = False
    gap_mm: float = 2.0


def to_zpl(sheet: Sheet, feed: Feed) -> bytes:
    """Return one label as ZPL, in UTF-8.

    :raises Fault: ``coding.label_device_font``.
    """
    parts = ["^XA^CI28^LH0,0^LS0^LT0", f"^PW{sheet.width}^LL{sheet.height}^MNY"]
    if feed.speed is not None:
        parts.append(f"^PR{feed.speed}")
    if feed.darkness is not None:
        parts.append(f"~SD{feed.darkness:02}")
    if feed.pictures:
        parts.append(_picture(0, 0, sheet.dots()))
    else:
        parts += (command for placed in sheet.placed for command in _commands(placed))
    parts.append(f"^PQ{feed.copies}^XZ\n")
    return "\n".join(parts).encode()


def _commands(placed: Placed) -> Iterator[str]:
    what = placed.what
    if isinstance(what, Rule):
        thickness = what.thickness if what.hollow else min(what.width, what.height)
        yield f"^FO{placed.x},{placed.y}^GB{what.width},{what.height},{thickness}^FS"
    elif isinstance(what, SymbolAt):
        yield from _symbol(placed, what)
    elif isinstance(what, Setting) and what.device and not placed.rotate:
        yield from _words(placed, what)
    else:
        cut = trimmed(placed)
        if cut is not None:
            yield _picture(*cut)


def _symbol(placed: Placed, symbol: SymbolAt) -> Iterator[str]:
    at, turn = f"^FO{placed.x},{placed.y}", _TURN[placed.rotate]
    drawing, element = symbol.drawing, symbol.element
    if drawing.characters is not None:
        data = invocation(drawing.characters.characters, drawing.characters.sets)
        yield f"{at}^BY{symbol.module}^BC{turn},{symbol.height},N,N,N,N^FH\\^FD{_hexed(data)}^FS"
    elif isinstance(element, doc.Itf14):
        yield f"{at}^BY{symbol.module},3.0^B2{turn},{symbol.height},N,N,N^FD{drawing.content}^FS"
        yield from _bearers(placed, symbol)
    else:
        yield _picture(placed.x, placed.y, placed.dots)


def _bearers(placed: Placed, symbol: SymbolAt) -> Iterator[str]:
    down, across = placed.height, placed.width
    thick = symbol.bearer
    if not thick:
        return
    if placed.rotate in (0, 180):
        yield f"^FO{placed.x},{placed.y}^GB{across},{thick},{thick}^FS"
        yield f"^FO{placed.x},{placed.y + down - thick}^GB{across},{thick},{thick}^FS"
    else:
        yield f"^FO{placed.x},{placed.y}^GB{thick},{down},{thick}^FS"
        yield f"^FO{placed.x + across - thick},{placed.y}^GB{thick},{down},{thick}^FS"


def invocation(characters: tuple[int, ...], sets: tuple[str, ...]) -> str:
    """Return symbol characters in ZPL's writing for ^BC mode N: ``>;`` starts in C, ``>8`` is FNC1 …"""
    found = [_START[sets[0]]]
    for value, code_set in zip(characters[1:], sets[1:], strict=True):
        if value == _FNC1:
            found.append(">8")
        elif code_set == "C":
            found.append(_SWITCH[value] if value > 99 else f"{value:02}")
        elif value >= 96:
            found.append(_SWITCH[value])
        else:  # printable text never needs set A; three characters have writings of their own
            character = chr(value + 32)
            found.append({">": ">0", "^": "><", "~": ">="}.get(character, character))
    return "".join(found)


def _hexed(text: str) -> str:
    r"""Return field data for ``^FH\``: what could be taken for a command, and the mark itself, as hexadecimal."""
    return "".join(f"\\{ord(c):02x}" if c in "\\^~" or ord(c) < 32 else c for c in text)


def _words(placed: Placed, setting: Setting) -> Iterator[str]:
    for line in setting.lines:
        bad = next((c for c in line.text if not " " <= c <= "~"), None)
        if bad is not None:
            raise faults.DEVICE_FONT(at=f"/elements/{placed.element}", character=bad)
    text = r"\&".join(_hexed(line.text) for line in setting.lines)
    top = setting.lines[0].baseline - round(setting.pixels * ASCENT) if setting.lines else 0
    place = {"left": "L", "center": "C", "right": "R"}[setting.align]
    yield (
        f"^FO{placed.x},{placed.y + top}^A0N,{setting.pixels}^FB{setting.width},{max(1, len(setting.lines))},0,{place}"
        f"^FH\\^FD{text}^FS"
    )


def trimmed(placed: Placed) -> tuple[int, int, Modules] | None:
    """Return where the dots of a picture begin and the picture without white edges; None where nothing is black."""
    rows, columns = np.flatnonzero(placed.dots.any(axis=1)), np.flatnonzero(placed.dots.any(axis=0))
    if not len(rows):
        return None
    top, left = int(rows[0]), int(columns[0])
    return placed.x + left, placed.y + top, placed.dots[top : rows[-1] + 1, left : columns[-1] + 1]


def _picture(x: int, y: int, dots: Modules) -> str:
    packed = np.packbits(dots, axis=1)
    height, row = packed.shape
    return f"^FO{x},{y}^GFA,{height * row},{height * row},{row},{_compressed(packed)}^FS"


def _compressed(packed: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> str:
    """Return rows in ZPL's run-length writing: ``,`` fills a row white, ``:`` repeats the row before."""
    found: list[str] = []
    before = ""
    for row in packed:
        text = row.tobytes().hex().upper()
        if text == before:
            found.append(":")
            continue
        before = text
        body = text.rstrip("0")
        found.append(_runs(body) + ("," if len(body) < len(text) else ""))
    return "".join(found)


def _runs(text: str) -> str:
    found, position = [], 0
    while position < len(text):
        character, end = text[position], position
        while end < len(text) and text[end] == character:
            end += 1
        found.append(_count(end - position) + character)
        position = end
    return "".join(found)


def _count(times: int) -> str:
    if times == 1:
        return ""
    counts = ["z"] * (times // 400)
    twenties, ones = divmod(times % 400, 20)
    return "".join(counts) + (_RUNS[20 * twenties] if twenties else "") + (_RUNS[ones] if ones else "")
