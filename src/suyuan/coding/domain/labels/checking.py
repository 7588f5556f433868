"""Before anything prints: every symbol of the picture is read again and must say what was meant."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from suyuan.coding.contracts import label_faults as faults
from suyuan.coding.domain.element_strings import format_bracketed, parse_raw, separators
from suyuan.coding.domain.elements import shown
from suyuan.coding.domain.labels.layout import Placed, Sheet, SymbolAt
from suyuan.coding.domain.labels.symbols import Drawing, Modules, read_back
from suyuan.kernel.faults import Fault

Pixels = npt.NDArray[np.uint8]
_MARGIN: Final = 12
"""White dots added around a crop: the paper's edge may be nearer than the quiet zone."""


def check_readable(sheet: Sheet, printed: Modules | None = None) -> None:
    """Read every symbol of ``printed`` (else of the sheet's own picture); compare application identifiers, or text.

    The quiet zone is cut out with the symbol, so that whatever is drawn into it counts.

    :raises Fault: ``coding.label_symbol_unreadable``.
    """
    whole = sheet.dots() if printed is None else printed
    for placed in sheet.placed:
        if isinstance(placed.what, SymbolAt):
            _check(placed, placed.what, whole)


def check_contents(sheet: Sheet) -> None:
    """Read every symbol by itself, apart from its neighbours: for pages, where one whole picture was checked before.

    :raises Fault: ``coding.label_symbol_unreadable``.
    """
    for placed in sheet.placed:
        if isinstance(placed.what, SymbolAt):
            modules = placed.what.drawing.modules
            black = np.pad(modules.repeat(3 if len(modules) > 1 else 30, axis=0).repeat(3, axis=1), 30)
            _compare(placed, placed.what, np.where(black, 0, 255).astype(np.uint8))


def _check(placed: Placed, symbol: SymbolAt, whole: Modules) -> None:
    _compare(placed, symbol, _crop(placed, symbol, whole))


def _compare(placed: Placed, symbol: SymbolAt, picture: Pixels) -> None:
    read = read_back(symbol.element, picture)
    if read is not None and same(symbol.drawing, read):
        return
    raise faults.SYMBOL_UNREADABLE(
        at=f"/elements/{placed.element}", element=symbol.element.name or symbol.element.id,
        read=shown(_spoken(symbol.drawing, read)), expected=shown(symbol.drawing.words or symbol.drawing.content),
    )  # fmt: skip


def same(drawing: Drawing, read: str) -> bool:
    """Tell whether what was read says what the symbol should: the same elements in GS1 data, else the same text."""
    if not drawing.gs1:
        return read == drawing.content
    try:
        found = parse_raw(read, separators(()))
    except Fault:
        return False
    return [(each.ai, each.value) for each in found] == [(each.ai, each.value) for each in drawing.elements]


def _spoken(drawing: Drawing, read: str | None) -> str:
    if read is None:
        return "—"
    if not drawing.gs1:
        return read
    try:
        return format_bracketed(parse_raw(read, separators(())))
    except Fault:
        return read


def _crop(placed: Placed, symbol: SymbolAt, whole: Modules) -> Pixels:
    # one module beyond the symbol is enough to see a neighbour; wide quiet zones may reach over the label's edge
    margin = 2 * symbol.module
    down, across = placed.height, placed.width
    top, left = max(0, placed.y - margin), max(0, placed.x - margin)
    area = whole[top : placed.y + down + margin, left : placed.x + across + margin]
    scale = 3 if symbol.module < 3 else 1
    pixels = np.where(area, 0, 255).astype(np.uint8)
    if scale > 1:
        pixels = pixels.repeat(scale, axis=0).repeat(scale, axis=1)
    return np.pad(pixels, _MARGIN * scale, constant_values=255)
