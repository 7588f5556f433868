"""Symbols: from an element's content to modules, black and white, one array cell a module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import zxingcpp

from suyuan.coding.contracts import DIGITAL_LINK_BASE
from suyuan.coding.contracts import label_faults as faults
from suyuan.coding.contracts import refusals as code_faults
from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.check_digits import mod10
from suyuan.coding.domain.digital_links import KEYS
from suyuan.coding.domain.element_strings import (
    GS,
    format_bracketed,
    format_raw,
    parse_bracketed,
    parse_raw,
    separators,
)
from suyuan.coding.domain.elements import Element, shown
from suyuan.coding.domain.identifying import link_of
from suyuan.coding.domain.identities import quoted
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.code128 import FNC1, Code128Symbol, encode
from suyuan.coding.domain.values import check_value

Modules = npt.NDArray[np.bool_]
"""True is black; rows from top to bottom. Bars are one row."""
GTIN: Final = "01"
_NAMES: Final = {
    doc.DataMatrix: "Data Matrix", doc.QrCode: "QR", doc.Gs1Code128: "GS1-128", doc.Code128: "Code 128",
    doc.Ean13: "EAN-13", doc.Itf14: "ITF-14",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A symbol ready to be drawn, without its quiet zone.

    ``content`` is what a reader must give back (GS1: raw, GS between elements); ``words`` the readable line.
    ``quiet`` is the quiet zone in modules: left, top, right, bottom.
    """

    modules: Modules
    quiet: tuple[int, int, int, int]
    content: str
    gs1: bool = False
    words: str = ""
    elements: tuple[Element, ...] = ()
    characters: Code128Symbol | None = None

    @property
    def across(self) -> int:
        """Width in modules with the quiet zone."""
        return int(self.modules.shape[1]) + self.quiet[0] + self.quiet[2]

    @property
    def down(self) -> int:
        """Height in modules with the quiet zone; 1 for bars."""
        return int(self.modules.shape[0]) + self.quiet[1] + self.quiet[3]


def name_of(element: doc.Symbol) -> str:
    """Return the symbology's name as people know it."""
    return _NAMES[type(element)]


def gs1_elements(content: str) -> tuple[Element, ...]:
    """Return the elements of a bracketed or raw element string, a Digital Link or an EPC URN; each value is checked.

    :raises Fault: ``coding.label_not_gs1``, or what is wrong with the data.
    """
    if content.startswith("("):
        elements = parse_bracketed(content)
    elif ":" in content:
        link = link_of(content)
        if link is None:
            raise faults.NOT_GS1(content=shown(content))
        elements = link.elements
    elif content[:2].isdigit():
        elements = parse_raw(content, separators(()))
    else:
        raise faults.NOT_GS1(content=shown(content))
    for element in elements:
        check_value(BY_AI[element.ai], element)
    return elements


def link_text(elements: Iterable[Element], resolver: str) -> str:
    """Return the Digital Link of the elements on ``resolver``: key and qualifiers in the path, the rest as query.

    :raises Fault: ``coding.no_key`` where none of them is a key.
    """
    values = {element.ai: element.value for element in elements}
    key = next((ai for ai in values if ai in KEYS), None)
    if key is None:
        raise code_faults.NO_KEY(at="char 1", present=", ".join(f"({ai})" for ai in values))
    order = max(KEYS[key], key=lambda sequence: sum(ai in values for ai in sequence))
    named = [key, *(ai for ai in order if ai in values)]
    path = "".join(f"/{ai}/{quoted(values[ai])}" for ai in named)
    query = "&".join(f"{ai}={quoted(value)}" for ai, value in values.items() if ai not in named)
    return resolver.rstrip("/") + path + (f"?{query}" if query else "")


@lru_cache(maxsize=1024)
def draw(element: doc.Symbol, content: str) -> Drawing:
    """Return the symbol of an element.

    :raises Fault: ``coding.label_symbol_content``, or what is wrong with the GS1 data.
    """
    if not content:
        raise faults.SYMBOL_CONTENT(symbology=name_of(element), content="", why="0")
    if isinstance(element, doc.DataMatrix):
        return _data_matrix(gs1_elements(content) if element.gs1 else (), content)
    if isinstance(element, doc.QrCode):
        text = link_text(gs1_elements(content), element.resolver or DIGITAL_LINK_BASE) if element.link else content
        return _qr(text, element.level)
    if isinstance(element, doc.Gs1Code128):
        return _gs1_128(gs1_elements(content))
    if isinstance(element, doc.Code128):
        return _code_128(content)
    return _gtin_bars(element, content)


def _array(symbol: zxingcpp.Barcode) -> Modules:
    image = zxingcpp.write_barcode_to_image(symbol, scale=1, add_quiet_zones=False)
    modules: Modules = np.array(image) < 128
    return modules


@lru_cache(maxsize=1024)
def _made(name: str, format_: zxingcpp.BarcodeFormat, content: str, options: tuple[tuple[str, object], ...]) -> Modules:
    try:
        return _array(zxingcpp.create_barcode(content, format_, **dict(options)))
    except ValueError as error:
        raise faults.SYMBOL_CONTENT(symbology=name, content=shown(content), why=str(error)) from None


def _data_matrix(elements: tuple[Element, ...], content: str) -> Drawing:
    options: tuple[tuple[str, object], ...] = (("force_square", True),)
    if not elements:
        return Drawing(_made("Data Matrix", zxingcpp.BarcodeFormat.DataMatrix, content, options), (1, 1, 1, 1), content)
    ordered = _predefined_first(elements)
    # the library takes brackets of either kind; square ones cannot stand in a GS1 value
    text = "".join(f"[{each.ai}]{each.value}" for each in ordered)
    modules = _made("Data Matrix", zxingcpp.BarcodeFormat.DataMatrix, text, (*options, ("gs1", True)))
    return Drawing(modules, (1, 1, 1, 1), format_raw(ordered), True, format_bracketed(ordered), ordered)


def _predefined_first(elements: Iterable[Element]) -> tuple[Element, ...]:
    """Return the elements in the order that needs the fewest separators, as :func:`format_raw` writes them."""
    return tuple(sorted(elements, key=lambda element: not BY_AI[element.ai].predefined))


def _qr(text: str, level: str) -> Drawing:
    modules = _made("QR", zxingcpp.BarcodeFormat.QRCode, text, (("ec_level", level),))
    return Drawing(modules, (4, 4, 4, 4), text, words=text)


def _bars(widths: tuple[int, ...]) -> Modules:
    black: Modules = np.repeat(np.arange(len(widths)) % 2 == 0, widths)
    return black[np.newaxis, :]


def _code_128_symbol(name: str, data: str, content: str) -> Code128Symbol:
    try:
        return encode(data)
    except ValueError as error:
        raise faults.SYMBOL_CONTENT(symbology=name, content=shown(content), why=f"“{error}”") from None


def _gs1_128(elements: tuple[Element, ...]) -> Drawing:
    ordered = _predefined_first(elements)
    raw = format_raw(ordered)
    if len(raw) > 48:
        raise faults.SYMBOL_CONTENT(symbology="GS1-128", content=shown(raw.replace(GS, "")), why=f"{len(raw)} > 48")
    symbol = _code_128_symbol("GS1-128", FNC1 + raw, raw)
    return Drawing(_bars(symbol.widths), (10, 0, 10, 0), raw, True, _spoken(ordered), ordered, symbol)


def _spoken(elements: Iterable[Element]) -> str:
    """Return the human readable line; GS1 writes brackets around AIs only."""
    return "".join(f"({element.ai}){element.value}" for element in elements)


def _code_128(content: str) -> Drawing:
    bad = next((c for c in content if not " " <= c <= "~"), None)
    if bad is not None:
        raise faults.SYMBOL_CONTENT(symbology="Code 128", content=shown(content), why=f"“{bad}”")
    symbol = _code_128_symbol("Code 128", content, content)
    return Drawing(_bars(symbol.widths), (10, 0, 10, 0), content, words=content, characters=symbol)


def _gtin_bars(element: doc.Symbol, content: str) -> Drawing:
    """Return EAN-13 or ITF-14; the content is a GTIN, or any GS1 code with one."""
    digits = content
    if not content.isascii() or not content.isdigit():
        found = {each.ai: each.value for each in gs1_elements(content)}
        digits = found.get(GTIN, "")
    if isinstance(element, doc.Ean13):
        digits = digits[1:] if len(digits) == 14 and digits[0] == "0" else digits
    elif len(digits) in (8, 12, 13):
        digits = digits.zfill(14)
    wanted = 13 if isinstance(element, doc.Ean13) else 14
    name = name_of(element)
    if len(digits) != wanted:
        raise faults.SYMBOL_CONTENT(symbology=name, content=shown(content), why=f"{len(digits)} ≠ {wanted}")
    expected = mod10(digits[:-1])
    if digits[-1] != expected:
        raise code_faults.CHECK_DIGIT(at=f"char {wanted}", given=digits, found=digits[-1], expected=expected)
    if wanted == 13:
        modules = _made(name, zxingcpp.BarcodeFormat.EAN13, digits, ())[:1]
        return Drawing(modules, (11, 0, 7, 0), digits, words=f"{digits[0]} {digits[1:7]} {digits[7:]}")
    modules = _made(name, zxingcpp.BarcodeFormat.ITF, digits, ())[:1]
    words = f"{digits[0]} {digits[1:3]} {digits[3:8]} {digits[8:13]} {digits[13]}"
    return Drawing(modules, (10, 0, 10, 0), digits, words=words)


READERS: Final[dict[type[doc.Symbol], zxingcpp.BarcodeFormat]] = {
    doc.DataMatrix: zxingcpp.BarcodeFormat.DataMatrix,
    doc.QrCode: zxingcpp.BarcodeFormat.QRCode,
    doc.Gs1Code128: zxingcpp.BarcodeFormat.Code128,
    doc.Code128: zxingcpp.BarcodeFormat.Code128,
    doc.Ean13: zxingcpp.BarcodeFormat.EAN13,
    doc.Itf14: zxingcpp.BarcodeFormat.ITF,
}


def read_back(element: doc.Symbol, picture: npt.NDArray[np.uint8]) -> str | None:
    """Return what a reader makes of a picture (grey, 0 black) of one symbol; GS1 data raw with GS; None if unread.

    A GS1 symbol whose FNC1 is missing reads as ``[not GS1]…``, so it never equals what was meant.
    """
    formats = zxingcpp.BarcodeFormats([READERS[type(element)]])
    found = zxingcpp.read_barcode(picture, formats=formats, try_rotate=True, try_downscale=True)
    if found is None:
        return None
    text = found.bytes.decode("utf-8", "replace") if found.bytes is not None else found.text
    if getattr(element, "gs1", isinstance(element, doc.Gs1Code128)) and found.content_type != zxingcpp.ContentType.GS1:
        return f"[not GS1]{text}"
    if isinstance(element, doc.QrCode | doc.DataMatrix) and not text.isascii():
        return found.text
    return text
