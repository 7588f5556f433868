"""A label with its values, in dots: every element's exact picture and where it stands.

The picture decides. Printers are told the same by their own commands where these give the same dots.
"""

from __future__ import annotations

import base64
import binascii
import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import numpy as np
from PIL import Image

from suyuan.coding.contracts import label_faults as faults
from suyuan.coding.domain.associations import check_associations, without_repeats
from suyuan.coding.domain.elements import Element, shown
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels import templates
from suyuan.coding.domain.labels.lettering import Face, Setting, picture_of, pixels_of, set_text
from suyuan.coding.domain.labels.symbols import Drawing, Modules, draw
from suyuan.kernel.faults import Fault

DOTS_PER_MM: Final = {203: 8, 300: 12, 600: 24}
"""Dots a millimetre by the resolution that printers are sold with; makers' manuals count whole dots."""
_LARGEST_PICTURE: Final = 4000
_LEAST_BARS_MM: Final = 3.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled rectangle, or a frame of ``thickness`` dots where ``hollow``; all in dots on the label."""

    width: int
    height: int
    thickness: int
    hollow: bool


@dataclass(frozen=True, slots=True, eq=False)
class SymbolAt:
    """A symbol in dots: ``module`` a module's width, ``height`` of bars (0 for matrices), bearer bars' thickness."""

    drawing: Drawing
    element: doc.Symbol
    module: int
    height: int
    bearer: int = 0


@dataclass(frozen=True, eq=False)
class Placed:
    """Something on the label: its top left corner and size in dots as printed, and what it is.

    ``element`` counts the document's elements. ``draw`` makes the black dots before they are turned.
    """

    x: int
    y: int
    width: int
    height: int
    what: Setting | SymbolAt | Rule | None
    rotate: doc.Rotation
    element: int
    draw: Callable[[], Modules]

    @cached_property
    def dots(self) -> Modules:
        """The black dots as printed."""
        # numpy turns against the clock, labels with it
        return np.ascontiguousarray(np.rot90(self.draw(), -self.rotate // 90)) if self.rotate else self.draw()


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One label laid out. ``width`` and ``height`` in dots."""

    width: int
    height: int
    dpi: int
    placed: tuple[Placed, ...]

    @property
    def dots_per_mm(self) -> int:
        """Dots a millimetre."""
        return DOTS_PER_MM[self.dpi]

    def dots(self) -> Modules:
        """Return the whole label's black dots: the picture that is previewed, printed and checked."""
        canvas = np.zeros((self.height, self.width), dtype=np.bool_)
        for each in self.placed:
            area = canvas[each.y : each.y + each.height, each.x : each.x + each.width]
            area |= each.dots[: area.shape[0], : area.shape[1]]
        return canvas


def lay_out(label: doc.Label, values: Mapping[str, str], dpi: int, face: Face) -> Sheet:
    """Return a label with ``values`` at a printer's resolution.

    :raises Fault: the first thing that cannot be printed as it is drawn, ``at`` the element's JSON pointer.
    """
    sheet, found = lay_out_what_can_be(label, values, dpi, face)
    for fault in found:
        raise fault
    return sheet


def lay_out_what_can_be(
    label: doc.Label, values: Mapping[str, str], dpi: int, face: Face
) -> tuple[Sheet, tuple[Fault, ...]]:
    """Return a label with the elements that can be printed, and a fault for each other: what the designer shows."""
    per_mm = DOTS_PER_MM[dpi]
    known, found = with_defaults(label, values)
    placed: list[Placed] = []
    elements: list[Element] = []
    for number, element in enumerate(label.elements):
        try:
            made = _Placing(label, known, dpi, face, number).place(element)
        except Fault as fault:
            found.append(Fault(fault.kind, f"/elements/{number}", fault.params))
            continue
        elements += [each for one in made if isinstance(one.what, SymbolAt) for each in one.what.drawing.elements]
        placed += made
    try:  # companions may stand in another barcode of the same label
        check_associations(without_repeats(elements))
    except Fault as fault:
        found.append(Fault(fault.kind, "/elements", fault.params))
    return Sheet(round(label.width * per_mm), round(label.height * per_mm), dpi, tuple(placed)), tuple(found)


def faults_of(label: doc.Label, face: Face) -> list[Fault]:
    """Return everything that keeps a label from being used: its structure, and its samples at the coarsest printer."""
    found = list(doc.structural_faults(label))
    return found or list(lay_out_what_can_be(label, label.samples(), min(DOTS_PER_MM), face)[1])


def with_defaults(label: doc.Label, values: Mapping[str, str]) -> tuple[dict[str, str], list[Fault]]:
    """Return the values with an empty text for fields that have none, and a fault for each that must be given."""
    known, found = dict(values), []
    for number, field in enumerate(label.fields):
        if field.required and not known.get(field.id):
            found.append(faults.FIELD_MISSING(at=f"/fields/{number}", field=field.id))
        known.setdefault(field.id, "")
    return known, found


@dataclass(frozen=True, slots=True)
class _Placing:
    """Places the elements of one label."""

    label: doc.Label
    values: Mapping[str, str]
    dpi: int
    face: Face
    number: int

    @property
    def per_mm(self) -> int:
        return DOTS_PER_MM[self.dpi]

    def place(self, element: doc.AnyElement) -> list[Placed]:
        left, top = round(element.x * self.per_mm), round(element.y * self.per_mm)
        right = min(round((element.x + element.w) * self.per_mm), round(self.label.width * self.per_mm))
        bottom = min(round((element.y + element.h) * self.per_mm), round(self.label.height * self.per_mm))
        if right <= left or bottom <= top:
            raise faults.TOO_FINE(element=element.name or element.id, dpi=self.dpi)
        width, height = right - left, bottom - top
        if isinstance(element, doc.Line | doc.Box):
            return [self._rule(element, left, top, width, height)]
        inner = (height, width) if element.rotate in (90, 270) else (width, height)
        if isinstance(element, doc.Picture):
            dots = _picture(element, *inner)
            return [self._turned(lambda: dots, inner, None, element, left, top, inner, (0, 0))]
        if isinstance(element, doc.Lettering):
            text = self.words(element)
            setting = set_text(text, element, *inner, self.face, self.per_mm)
            return [self._set(setting, element, left, top, inner, (0, 0))]
        return self._symbol(element, left, top, inner)

    def words(self, element: doc.Lettering) -> str:
        """Return what a text element says."""
        if isinstance(element, doc.Text):
            return element.text
        if isinstance(element, doc.FieldText):
            self._check_known(frozenset({element.field}))
            return templates.formatted(templates.Slot(element.field, element.pattern), self.values)
        assert isinstance(element, doc.Formula)  # noqa: S101 (the three kinds of lettering there are)
        return self._filled(element.formula)

    def _filled(self, template: str, *, gs1: bool = False) -> str:
        self._check_known(templates.fields_of(template))
        escape = (lambda value: value.replace("(", "\\(")) if gs1 and template.startswith("(") else None
        return templates.fill(template, self.values, escape)

    def _check_known(self, wanted: frozenset[str]) -> None:
        for name in sorted(wanted - self.values.keys()):
            raise faults.FIELD_UNKNOWN(field=name, known=", ".join(sorted(self.values)) or "—")

    def _rule(self, element: doc.Line | doc.Box, left: int, top: int, width: int, height: int) -> Placed:
        thick = max(1, round(element.thickness * self.per_mm))
        hollow = isinstance(element, doc.Box) and not element.fill and 2 * thick < min(width, height)
        if isinstance(element, doc.Line):
            if width >= height:
                thick = min(thick, height)
                top, height = top + (height - thick) // 2, thick
            else:
                thick = min(thick, width)
                left, width = left + (width - thick) // 2, thick
        rule = Rule(width, height, thick, hollow)
        return Placed(left, top, width, height, rule, 0, self.number, partial(_rule_dots, rule))

    def _set(
        self, setting: Setting, element: doc.Element, left: int, top: int, inner: tuple[int, int], at: tuple[int, int]
    ) -> Placed:
        size = setting.width, setting.height
        return self._turned(partial(picture_of, setting, self.face), size, setting, element, left, top, inner, at)

    def _turned(
        self, drawn: Callable[[], Modules], size: tuple[int, int], what: Setting | SymbolAt | None,
        element: doc.Element, left: int, top: int, inner: tuple[int, int], at: tuple[int, int],
    ) -> Placed:  # fmt: skip
        """Place a picture of ``size`` that stands ``at`` inside the unturned box ``inner``."""
        (across, down), (x, y), (width, height) = inner, at, size
        match element.rotate:
            case 90:
                x, y = down - y - height, x
            case 180:
                x, y = across - x - width, down - y - height
            case 270:
                x, y = y, across - x - width
        if element.rotate in (90, 270):
            width, height = height, width
        return Placed(left + x, top + y, width, height, what, element.rotate, self.number, drawn)

    def _symbol(self, element: doc.Symbol, left: int, top: int, inner: tuple[int, int]) -> list[Placed]:
        content = self._filled(element.content, gs1=True)
        drawing = draw(element, content)
        linear = isinstance(element, doc.LinearSymbol)
        module = self._module(element, drawing, inner, linear)
        quiet = drawing.quiet if element.quiet else (0, 0, 0, 0)
        rows, columns = drawing.modules.shape
        across, left_quiet = (columns + quiet[0] + quiet[2]) * module, quiet[0] * module
        spare = inner[0] - across
        x = {"left": 0, "center": spare // 2, "right": spare}[element.align] + left_quiet
        if not linear:
            y = (inner[1] - rows * module) // 2
            at = SymbolAt(drawing, element, module, 0)
            size = columns * module, rows * module
            return [self._turned(partial(_symbol_dots, at), size, at, element, left, top, inner, (x, y))]
        return self._bars(element, drawing, module, left, top, inner, x)

    def _module(self, element: doc.Symbol, drawing: Drawing, inner: tuple[int, int], linear: bool) -> int:
        rows, columns = drawing.modules.shape
        across, down = (drawing.across, drawing.down) if element.quiet else (columns, rows)
        fits = inner[0] // across if linear else min(inner[0] // across, inner[1] // down)
        # a quarter of a dot is within what any printer's feed is off by
        least = max(1, math.ceil(element.module * self.per_mm - 0.25))
        if fits >= least:
            return fits
        needed, available = (across, inner[0]) if linear else (max(across, down), min(inner))
        raise self._too_small(element, drawing, needed * least, available)

    def _too_small(self, element: doc.Symbol, drawing: Drawing, needed: int, available: int) -> Fault:
        return faults.SYMBOL_TOO_SMALL(
            element=element.name or element.id, content=shown(drawing.words or drawing.content), dpi=self.dpi,
            needed=f"{needed / self.per_mm:.1f}", available=f"{available / self.per_mm:.1f}",
        )  # fmt: skip

    def _bars(
        self, element: doc.Symbol, drawing: Drawing, module: int, left: int, top: int, inner: tuple[int, int], x: int
    ) -> list[Placed]:
        assert isinstance(element, doc.LinearSymbol)  # noqa: S101 (bars are drawn for these alone)
        pixels = pixels_of(element.size, self.per_mm)
        words = round(pixels * 1.4) if element.words else 0
        bearer = 2 * module if isinstance(element, doc.Itf14) and element.bearer else 0
        height = inner[1] - words
        least = round(_LEAST_BARS_MM * self.per_mm)
        if height - 2 * bearer < least:
            raise self._too_small(element, drawing, least + 2 * bearer + words, inner[1])
        at = SymbolAt(drawing, element, module, height, bearer)
        size = drawing.modules.shape[1] * module, height
        made = [self._turned(partial(_symbol_dots, at), size, at, element, left, top, inner, (x, 0))]
        if element.words:
            line = doc.Text(
                id=element.id, name=element.name, x=0, y=0, w=1, h=1, size=element.size, align="center",
                vertical="bottom", shrink=True, text=drawing.words,
            )  # fmt: skip
            setting = set_text(line.text, line, inner[0], words, self.face, self.per_mm)
            made.append(self._set(setting, element, left, top, inner, (0, height)))
        return made


def _rule_dots(rule: Rule) -> Modules:
    dots = np.ones((rule.height, rule.width), dtype=np.bool_)
    if rule.hollow:
        dots[rule.thickness : -rule.thickness, rule.thickness : -rule.thickness] = False
    return dots


def _symbol_dots(symbol: SymbolAt) -> Modules:
    modules, module = symbol.drawing.modules, symbol.module
    dots = modules.repeat(symbol.height or module, axis=0).repeat(module, axis=1)
    if symbol.bearer:
        dots[: symbol.bearer] = dots[-symbol.bearer :] = True
    return dots


def _picture(element: doc.Picture, width: int, height: int) -> Modules:
    """Return a picture's black dots, as large as fits the box, in its middle."""
    name = element.name or element.id
    try:
        data = base64.b64decode(element.data.rpartition(",")[2], validate=True)
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if max(opened.size) > _LARGEST_PICTURE:
                raise faults.IMAGE(element=name, why=f"{opened.size[0]} × {opened.size[1]} > {_LARGEST_PICTURE}")
            shown_on_white = Image.new("RGBA", opened.size, "white")
            shown_on_white.alpha_composite(opened.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, binascii.Error, Image.DecompressionBombError) as error:
        raise faults.IMAGE(element=name, why=type(error).__name__) from None
    scale = min(width / shown_on_white.width, height / shown_on_white.height)
    size = max(1, int(shown_on_white.width * scale)), max(1, int(shown_on_white.height * scale))
    grey = shown_on_white.convert("L").resize(size, Image.Resampling.LANCZOS)
    dark = ~np.array(grey.convert("1")) if element.dither else np.array(grey) < element.threshold
    dots = np.zeros((height, width), dtype=np.bool_)
    x, y = (width - size[0]) // 2, (height - size[1]) // 2
    dots[y : y + size[1], x : x + size[0]] = dark
    return dots


def fields_needed(label: doc.Label) -> Sequence[str]:
    """Return the names of all fields that a label's elements use."""
    names: set[str] = set()
    for element in label.elements:
        if isinstance(element, doc.FieldText):
            names.add(element.field)
        elif isinstance(element, doc.Formula):
            names |= templates.fields_of(element.formula)
        elif isinstance(element, doc.Symbol):
            names |= templates.fields_of(element.content)
    return sorted(names)
