"""A printer that prints nothing: what a ZPL printer would draw, from the bytes alone.

It knows nothing of label documents, so it shows what was really sent. Only the commands that this product sends are
understood; any other is refused, as a printer that ignored it would print something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from suyuan.coding.domain.labels.code128 import Code128Symbol
from suyuan.coding.domain.labels.lettering import ASCENT, Face
from suyuan.coding.domain.labels.symbols import Modules

_COMMAND: Final = re.compile(r"[\^~](A0|[A-Z][A-Z0-9])([^\^~]*)")
_TURNS: Final = {"N": 0, "R": 1, "I": 2, "B": 3}
_SWITCHES: Final = {">5": 99, ">6": 100, ">7": 101, ">8": 102}
_STARTS: Final = {">9": ("A", 103), ">:": ("B", 104), ">;": ("C", 105)}
_WRITTEN: Final = {">0": ">", "><": "^", ">=": "~"}
_IGNORED: Final = frozenset({"CI", "LH", "LS", "LT", "MN", "PR", "SD", "XZ"})


@dataclass(frozen=True, slots=True, eq=False)
class Printout:
    """One label as it would come out, and how often."""

    dots: Modules
    copies: int


@dataclass(slots=True)
class _State:
    """What earlier commands of a label have set."""

    width: int = 0
    height: int = 0
    at: tuple[int, int] = (0, 0)
    module: int = 2
    hexadecimal: str = ""
    data: str = ""
    copies: int = 1
    block: tuple[int, str] = (0, "L")
    draw: Callable[[], Modules] | None = None
    drawn: list[tuple[int, int, Modules]] = field(default_factory=list)


def print_zpl(data: bytes, face: Face) -> list[Printout]:
    """Return the labels that ZPL describes.

    :raises ValueError: for a command that is not understood, naming it.
    """
    return [_print_label(label, face) for label in re.findall(r"\^XA(.*?\^XZ)", data.decode(), re.DOTALL)]


def _print_label(text: str, face: Face) -> Printout:
    state = _State()
    reader = _Reader(state, face)
    for found in _COMMAND.finditer(text):
        name, given = found[1], found[2]
        if name not in _IGNORED:
            reader.do(name, given if name == "FD" else given.strip())
    canvas = np.zeros((state.height, state.width), dtype=np.bool_)
    for x, y, dots in state.drawn:
        area = canvas[y : y + dots.shape[0], x : x + dots.shape[1]]
        area |= dots[: area.shape[0], : area.shape[1]]
    return Printout(canvas, state.copies)


@dataclass(frozen=True, slots=True)
class _Reader:
    state: _State
    face: Face

    def do(self, name: str, given: str) -> None:
        values = given.split(",")
        match name:
            case "PW":
                self.state.width = int(given)
            case "LL":
                self.state.height = int(given)
            case "PQ":
                self.state.copies = int(values[0])
            case "FO":
                self.state.at = int(values[0]), int(values[1])
            case "BY":
                self.state.module = int(values[0])
            case "FH":
                self.state.hexadecimal = given or "_"
            case "FB":
                self.state.block = int(values[0]), values[3]
            case "FD":
                self.state.data = _unhexed(given.rstrip("\n"), self.state.hexadecimal)
            case "FS":
                self._finish()
            case "GB" | "GF" | "BC" | "B2" | "A0":
                self._begin(name, values)
            case _:
                raise ValueError(f"^{name}")

    def _begin(self, name: str, values: list[str]) -> None:
        state = self.state
        match name:
            case "GB":
                width, height, thick = (int(value) for value in values[:3])
                state.draw = lambda: _frame(width, height, thick)
            case "GF":
                row, packed = int(values[3]), ",".join(values[4:])
                state.draw = lambda: _unpacked(packed, row)
            case "BC":
                state.draw = lambda: self._bars(_code_128(state.data), values)
            case "B2":
                state.draw = lambda: self._bars(_interleaved(state.data), values)
            case "A0":
                state.draw = lambda: self._words(int(values[1]))

    def _finish(self) -> None:
        if self.state.draw is not None:
            self.state.drawn.append((*self.state.at, self.state.draw()))
        self.state.draw, self.state.data, self.state.hexadecimal = None, "", ""

    def _bars(self, modules: Modules, values: list[str]) -> Modules:
        dots = modules.repeat(int(values[1]), axis=0).repeat(self.state.module, axis=1)
        return np.rot90(dots, -_TURNS[values[0]])

    def _words(self, pixels: int) -> Modules:
        width, place = self.state.block
        lines = self.state.data.split("\\&")
        canvas = Image.new("L", (width, round(pixels * 1.2 * len(lines)) + pixels), 0)
        pen = ImageDraw.Draw(canvas)
        font = self.face.at(pixels)
        for number, line in enumerate(lines):
            spare = max(0, width - int(font.getlength(line)))
            x = {"L": 0, "C": spare // 2, "R": spare}[place]
            pen.text((x, round(pixels * (1.2 * number + ASCENT))), line, fill=255, font=font, anchor="ls")
        black: Modules = np.array(canvas) >= 112
        return black


def _unhexed(text: str, mark: str) -> str:
    if not mark:
        return text
    return re.sub(re.escape(mark) + r"([0-9a-fA-F]{2})", lambda found: chr(int(found[1], 16)), text)


def _frame(width: int, height: int, thick: int) -> Modules:
    dots = np.ones((height, width), dtype=np.bool_)
    if 2 * thick < min(width, height):
        dots[thick:-thick, thick:-thick] = False
    return dots


def _unpacked(text: str, row: int) -> Modules:
    """Return a picture in ZPL's run-length writing."""
    rows = list(_rows(text, row * 2))
    packed = np.frombuffer(bytes.fromhex("".join(rows)), dtype=np.uint8).reshape(-1, row)
    return np.unpackbits(packed, axis=1).astype(np.bool_)


def _rows(text: str, digits: int) -> Iterator[str]:
    row, before, times = "", "0" * digits, 0
    for character in text:
        if "G" <= character <= "Y":
            times += ord(character) - ord("G") + 1
        elif "g" <= character <= "z":
            times += 20 * (ord(character) - ord("g") + 1)
        elif character == ":":
            yield before
        elif character == ",":
            before, row = row.ljust(digits, "0"), ""
            yield before
        else:
            row += character * max(1, times)
            times = 0
            if len(row) == digits:
                before, row = row, ""
                yield before


def _code_128(text: str) -> Modules:
    """Return the bars of ^BC mode N: code sets named in the data, nothing chosen by the printer."""
    code_set, start = _STARTS[text[:2]]
    characters, sets, at = [start], [code_set], 2
    while at < len(text):
        pair = text[at : at + 2]
        if pair in _SWITCHES:
            characters.append(_SWITCHES[pair])
            code_set = {">5": "C", ">6": "B", ">7": "A"}.get(pair, code_set)
            at += 2
        elif code_set == "C":
            characters.append(int(pair))
            at += 2
        else:
            character = _WRITTEN.get(pair, text[at])
            characters.append(ord(character) - 32)
            at += 2 if pair in _WRITTEN else 1
        sets.append(code_set)
    widths = Code128Symbol(tuple(characters), tuple(sets)).widths
    black = np.concatenate([np.full(width, place % 2 == 0) for place, width in enumerate(widths)])
    return black[np.newaxis, :]


_INTERLEAVED: Final = ("nnwwn", "wnnnw", "nwnnw", "wwnnn", "nnwnw", "wnwnn", "nwwnn", "nnnww", "wnnwn", "nwnwn")


def _interleaved(text: str) -> Modules:
    """Return the bars of Interleaved 2 of 5, wide three times narrow."""
    widths = [1, 1, 1, 1]
    for first, second in zip(text[::2], text[1::2], strict=True):
        pairs = zip(_INTERLEAVED[int(first)], _INTERLEAVED[int(second)], strict=True)
        widths += [3 if each == "w" else 1 for pair in pairs for each in pair]
    widths += [3, 1, 1]
    black = np.concatenate([np.full(width, place % 2 == 0) for place, width in enumerate(widths)])
    return black[np.newaxis, :]
