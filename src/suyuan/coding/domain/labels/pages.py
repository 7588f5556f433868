"""Labels on pages: what the typesetter of PDF is told. Words stay words (fonts embedded), symbols stay shapes.

All lengths are millimetres. Labels are laid out at 600 dpi for this, so that shapes are placed to 0.04 mm.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PIL import Image

from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.layout import Placed, Rule, Sheet, SymbolAt
from suyuan.coding.domain.labels.lettering import Setting
from suyuan.coding.domain.labels.symbols import Modules

PDF_DPI: Final = 600
SIZES: Final = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "Letter": (215.9, 279.4)}


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of labels. ``first`` counts the places from the top left that are used already; None of it: a roll."""

    width: float = 210
    height: float = 297
    columns: int = 3
    rows: int = 8
    left: float = 7
    top: float = 15
    across: float = 2
    down: float = 0
    first: int = 0


def pages(sheets: Sequence[Sheet], paper: Paper | None) -> dict[str, Any]:
    """Return what ``labels.typ`` is given: the page's size, and for each page its shapes and words."""
    if not sheets:
        return {"width": 10, "height": 10, "pages": []}
    if paper is None:
        width, height = _millimetres(sheets[0])
        return {"width": width, "height": height, "pages": [list(_items(each, 0, 0)) for each in sheets]}
    found: list[list[dict[str, Any]]] = []
    places = paper.columns * paper.rows
    for number, sheet in enumerate(sheets, paper.first):
        page, place = divmod(number, places)
        row, column = divmod(place, paper.columns)
        width, height = _millimetres(sheet)
        while len(found) <= page:
            found.append([])
        x, y = paper.left + column * (width + paper.across), paper.top + row * (height + paper.down)
        found[page] += _items(sheet, x, y)
    return {"width": paper.width, "height": paper.height, "pages": found}


def _millimetres(sheet: Sheet) -> tuple[float, float]:
    return sheet.width / sheet.dots_per_mm, sheet.height / sheet.dots_per_mm


def _items(sheet: Sheet, x: float, y: float) -> Iterator[dict[str, Any]]:
    for placed in sheet.placed:
        yield from _item(placed, 1 / sheet.dots_per_mm, x, y)


def _item(placed: Placed, mm: float, x: float, y: float) -> Iterator[dict[str, Any]]:
    left, top = x + placed.x * mm, y + placed.y * mm
    down, across = placed.height, placed.width
    what = placed.what
    if isinstance(what, Setting):
        if what.reverse:
            yield {"k": "box", "x": _r(left), "y": _r(top), "w": _r(across * mm), "h": _r(down * mm), "t": 0}
        for line in what.lines:
            if line.text:
                u, v = _turned(line.x, line.baseline, what.width, what.height, placed.rotate)
                yield {
                    "k": "text", "x": _r(left + u * mm), "y": _r(top + v * mm), "s": _r(what.pixels * mm),
                    "a": placed.rotate, "c": line.text, "b": _r(2 * what.stroke * mm), "r": what.reverse,
                }  # fmt: skip
    elif isinstance(what, Rule):
        thick = what.thickness * mm if what.hollow else 0
        yield {"k": "box", "x": _r(left), "y": _r(top), "w": _r(across * mm), "h": _r(down * mm), "t": _r(thick)}
    else:
        drawn = _symbol_shape(placed, what) if isinstance(what, SymbolAt) else _picture_shape(placed.dots)
        yield {"k": "svg", "x": _r(left), "y": _r(top), "w": _r(across * mm), "h": _r(down * mm), "c": drawn}


def _r(value: float) -> float:
    return round(value, 4)


def _turned(u: float, v: float, width: int, height: int, rotate: int) -> tuple[float, float]:
    """Return where a point of the unturned box comes to lie in the turned one."""
    match rotate:
        case 90:
            return height - v, u
        case 180:
            return width - u, height - v
        case 270:
            return v, width - u
    return u, v


def _symbol_shape(placed: Placed, symbol: SymbolAt) -> str:
    """Return a symbol as one SVG path in units of modules; bars stay one unit high and are stretched."""
    modules = np.rot90(symbol.drawing.modules, -placed.rotate // 90)
    rows, columns = modules.shape
    path = "".join(_runs(modules))
    if symbol.bearer:
        share = symbol.bearer / symbol.height
        for at in (0, 1 - share):
            turned = placed.rotate in (90, 270)
            x, y, w, h = (at, 0, share, rows) if turned else (0, at, columns, share)
            path += f"M{x:.4f} {y:.4f}h{w:.4f}v{h:.4f}h{-w:.4f}z"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns} {rows}" width="{columns}" height="{rows}" '
        f'preserveAspectRatio="none"><path d="{path}"/></svg>'
    )


def _runs(modules: Modules) -> Iterator[str]:
    framed = np.pad(modules.astype(np.int8), ((0, 0), (1, 1)))
    rows, edges = np.nonzero(np.diff(framed, axis=1))
    for y, begin, end in zip(rows[::2].tolist(), edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield f"M{begin} {y}h{end - begin}v1h{begin - end}z"


def _picture_shape(dots: Modules) -> str:
    height, width = dots.shape
    file = io.BytesIO()
    Image.fromarray(~dots).save(file, "PNG")
    data = base64.b64encode(file.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def paper_fits(label: doc.Label, paper: Paper) -> bool:
    """Tell whether the labels of a sheet lie on it."""
    right = paper.left + paper.columns * label.width + (paper.columns - 1) * paper.across
    bottom = paper.top + paper.rows * label.height + (paper.rows - 1) * paper.down
    return right <= paper.width + 0.5 and bottom <= paper.height + 0.5
