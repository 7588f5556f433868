"""A TSPL printer that prints nothing: what would come out, from the bytes alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from suyuan.coding.domain.labels.code128 import Code128Symbol
from suyuan.coding.domain.labels.symbols import Modules
from suyuan.coding.domain.labels.virtual_zpl import Printout

_IGNORED: Final = ("GAP", "SPEED", "DENSITY", "DIRECTION", "REFERENCE", "CODEPAGE")
_PICTURE: Final = re.compile(rb"BITMAP (\d+),(\d+),(\d+),(\d+),1,")
_TOKEN: Final = re.compile(r"!(\d{3})|\\\[\"\]|(.)", re.DOTALL)


def print_tspl(data: bytes, dots_per_mm: int) -> list[Printout]:
    """Return the labels that TSPL describes.

    :raises ValueError: for a command that is not understood, naming it.
    """
    labels: list[Printout] = []
    width = height = 0
    canvas = np.zeros((0, 0), dtype=np.bool_)
    for command, picture in _commands(data):
        name, _, given = command.partition(" ")
        values = given.split(",")
        match name:
            case "SIZE":
                width, height = (round(float(value.removesuffix(" mm")) * dots_per_mm) for value in values)
            case "CLS":
                canvas = np.zeros((height, width), dtype=np.bool_)
            case "BITMAP":
                _put(canvas, int(values[0]), int(values[1]), picture)
            case "BAR":
                x, y, across, down = map(int, values)
                _put(canvas, x, y, np.ones((down, across), dtype=np.bool_))
            case "BARCODE":
                _put(canvas, int(values[0]), int(values[1]), _bars(given))
            case "PRINT":
                labels.append(Printout(canvas.copy(), int(values[1])))
            case _ if name not in _IGNORED:
                raise ValueError(name)
    return labels


def _commands(data: bytes) -> Iterator[tuple[str, Modules]]:
    """Yield commands; the binary picture of BITMAP beside it."""
    position, none = 0, np.zeros((0, 0), dtype=np.bool_)
    while position < len(data):
        picture = _PICTURE.match(data, position)
        if picture is not None:
            _, _, row, height = map(int, picture.groups())
            begin, size = picture.end(), row * height
            packed = np.frombuffer(data[begin : begin + size], dtype=np.uint8).reshape(height, row)
            yield picture[0].decode().rstrip(","), ~np.unpackbits(packed, axis=1).astype(np.bool_)
            position = begin + size + 2
        else:
            end = data.index(b"\r\n", position)
            yield data[position:end].decode(), none
            position = end + 2


def _put(canvas: Modules, x: int, y: int, dots: Modules) -> None:
    area = canvas[y : y + dots.shape[0], x : x + dots.shape[1]]
    area |= dots[: area.shape[0], : area.shape[1]]


def _bars(given: str) -> Modules:
    """Return the bars of ``128M``: code sets named in the data."""
    found = re.fullmatch(r'\d+,\d+,"128M",(\d+),0,0,(\d+),\d+,"(.*)"', given)
    if found is None:
        raise ValueError(f"BARCODE {given[:40]}")
    characters: list[int] = []
    sets: list[str] = []
    code_set, digit = "", ""
    for token in _TOKEN.finditer(found[3]):
        if token[1] is not None and int(token[1]) > 95:
            value = int(token[1])
            code_set = {103: "A", 104: "B", 105: "C", 101: "A", 100: "B", 99: "C"}.get(value, code_set)
            characters.append(value)
        elif code_set == "C":
            digit += token[2]
            if len(digit) < 2:
                continue
            characters.append(int(digit))
            digit = ""
        else:
            character = chr(int(token[1])) if token[1] is not None else (token[2] or '"')
            characters.append(ord(character) - 32)
        sets.append(code_set)
    widths = Code128Symbol(tuple(characters), tuple(sets)).widths
    black = np.concatenate([np.full(width, place % 2 == 0) for place, width in enumerate(widths)])[np.newaxis, :]
    dots: Modules = black.repeat(int(found[1]), axis=0).repeat(int(found[2]), axis=1)
    return dots
