"""The label document: what a designer draws, in millimetres, as typed JSON.

``x, y, w, h`` are the box that an element takes on the label, after rotation; its content is turned inside the box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec

from suyuan.coding.contracts import label_faults as faults
from suyuan.kernel.faults import Fault

Millimetres = Annotated[float, msgspec.Meta(ge=0, le=1000)]
Size = Annotated[float, msgspec.Meta(gt=0, le=1000)]
Rotation = Literal[0, 90, 180, 270]
"""Degrees, clockwise."""
Align = Literal["left", "center", "right"]
Vertical = Literal["top", "middle", "bottom"]
Template = Annotated[str, msgspec.Meta(max_length=2000)]
FIELD_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TOLERANCE_MM: Final = 0.05


class Field(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A value that the label asks for, by the name that formulas call it.

    ``sample`` stands in the designer's preview; dates are ISO 8601.
    """

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    kind: Literal["text", "date", "number"] = "text"
    title_zh: Annotated[str, msgspec.Meta(max_length=80)] = ""
    title_en: Annotated[str, msgspec.Meta(max_length=80)] = ""
    sample: Annotated[str, msgspec.Meta(max_length=500)] = ""
    required: bool = True


class Element(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, tag_field="type"):
    """Anything drawn; all lengths in millimetres from the label's top left corner."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    x: Millimetres
    y: Millimetres
    w: Size
    h: Size
    rotate: Rotation = 0
    name: Annotated[str, msgspec.Meta(max_length=80)] = ""
    locked: bool = False


class Lettering(Element, frozen=True, kw_only=True):
    """How words are set. ``size`` is the em in points; ``line`` the pitch of lines in em.

    ``font`` ``device`` asks the printer's own font (ASCII only): less exact than ``sans``, which is sent as a picture.
    """

    size: Annotated[float, msgspec.Meta(ge=3, le=300)] = 8
    bold: bool = False
    font: Literal["sans", "device"] = "sans"
    align: Align = "left"
    vertical: Vertical = "top"
    wrap: bool = False
    shrink: bool = False
    reverse: bool = False
    line: Annotated[float, msgspec.Meta(ge=1, le=3)] = 1.2


class Text(Lettering, frozen=True, kw_only=True, tag="text"):
    """Words that never change."""

    text: Template


class FieldText(Lettering, frozen=True, kw_only=True, tag="field"):
    """The value of one field; ``pattern`` as in a formula (``%Y-%m-%d``)."""

    field: Annotated[str, msgspec.Meta(max_length=40)]
    pattern: Annotated[str, msgspec.Meta(max_length=40)] = ""


class Formula(Lettering, frozen=True, kw_only=True, tag="formula"):
    """Words with fields among them: ``LOT {lot} EXP {expiry:%y%m%d}``."""

    formula: Template


class Symbol(Element, frozen=True, kw_only=True):
    """A barcode. ``content`` is a formula; it is drawn with the largest module of whole dots that fits the box.

    ``module`` is the least width of a module in millimetres; ``quiet`` keeps the quiet zone inside the box.
    """

    content: Template
    module: Annotated[float, msgspec.Meta(ge=0.05, le=5)] = 0.25
    quiet: bool = True
    align: Align = "center"


class DataMatrix(Symbol, frozen=True, kw_only=True, tag="datamatrix"):
    """Data Matrix ECC 200: GS1 element strings with FNC1, or plain text."""

    gs1: bool = True


class QrCode(Symbol, frozen=True, kw_only=True, tag="qr"):
    """QR code: a GS1 Digital Link under ``resolver``, or the text as it is."""

    link: bool = True
    resolver: Annotated[str, msgspec.Meta(max_length=200)] = "https://id.gs1.org"
    level: Literal["L", "M", "Q", "H"] = "M"


class LinearSymbol(Symbol, frozen=True, kw_only=True):
    """A barcode of bars. ``words`` puts the readable line under it; ``size`` is that line's em in points."""

    words: bool = True
    size: Annotated[float, msgspec.Meta(ge=3, le=60)] = 8


class Gs1Code128(LinearSymbol, frozen=True, kw_only=True, tag="gs1_128"):
    """GS1-128: an element string in Code 128, FNC1 first."""


class Code128(LinearSymbol, frozen=True, kw_only=True, tag="code128"):
    """Code 128 of printable ASCII."""


class Ean13(LinearSymbol, frozen=True, kw_only=True, tag="ean13"):
    """EAN-13 of a GTIN-13, or of a GTIN-14 that begins with 0."""


class Itf14(LinearSymbol, frozen=True, kw_only=True, tag="itf14"):
    """ITF-14 of a GTIN-14, with bearer bars."""

    bearer: bool = True


class Picture(Element, frozen=True, kw_only=True, tag="image"):
    """A PNG or JPEG, base64; dark is printed. ``dither`` renders greys as dots, else ``threshold`` decides."""

    data: Annotated[str, msgspec.Meta(max_length=1_400_000)]
    dither: bool = False
    threshold: Annotated[int, msgspec.Meta(ge=1, le=254)] = 128


class Line(Element, frozen=True, kw_only=True, tag="line"):
    """A straight line through the middle of its box, along the longer side."""

    thickness: Annotated[float, msgspec.Meta(gt=0, le=50)] = 0.3


class Box(Element, frozen=True, kw_only=True, tag="box"):
    """A frame, drawn inwards, or a filled rectangle."""

    thickness: Annotated[float, msgspec.Meta(gt=0, le=50)] = 0.3
    fill: bool = False


AnyElement = (
    Text | FieldText | Formula | DataMatrix | QrCode | Gs1Code128 | Code128 | Ean13 | Itf14 | Picture | Line | Box
)


class Label(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A whole label. ``gap`` is the liner between two labels on the roll."""

    width: Annotated[float, msgspec.Meta(ge=5, le=300)] = 60
    height: Annotated[float, msgspec.Meta(ge=5, le=600)] = 40
    gap: Annotated[float, msgspec.Meta(ge=0, le=50)] = 2
    fields: Annotated[tuple[Field, ...], msgspec.Meta(max_length=60)] = ()
    elements: Annotated[tuple[AnyElement, ...], msgspec.Meta(max_length=200)] = ()

    def samples(self) -> dict[str, str]:
        """Return the values that the designer previews with."""
        return {field.id: field.sample for field in self.fields}


def read_label(document: Mapping[str, Any] | bytes) -> Label:
    """Return the label that a JSON document describes.

    :raises Fault: ``coding.label_document`` and others with ``at`` a JSON pointer.
    """
    try:
        if isinstance(document, bytes):
            label = msgspec.json.decode(document, type=Label)
        else:
            label = msgspec.convert(document, type=Label)
    except msgspec.ValidationError as error:
        why, place = _placed(str(error))
        raise faults.DOCUMENT(at=place, why=why) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise faults.DOCUMENT(at="", why=str(error)) from None
    for fault in structural_faults(label):
        raise fault
    return label


def _placed(message: str) -> tuple[str, str]:
    """Split ``Expected … - at `$.elements[3].x``` into what is wrong and a JSON pointer."""
    why, _, place = message.partition(" - at `$")
    return why, re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", place.rstrip("`")).replace(".", "/").replace("///", "/…")


def structural_faults(label: Label) -> Iterator[Fault]:
    """Yield what is wrong with a label whatever is printed on it: names used twice, elements beyond the edge."""
    names: set[str] = set()
    for number, field in enumerate(label.fields):
        at = f"/fields/{number}/id"
        if not FIELD_NAME.fullmatch(field.id):
            yield faults.FIELD_NAME(at=at, given=field.id)
        elif field.id in names:
            yield faults.REPEATED(at=at, given=field.id)
        names.add(field.id)
    identities: set[str] = set()
    for number, element in enumerate(label.elements):
        if element.id in identities:
            yield faults.REPEATED(at=f"/elements/{number}/id", given=element.id)
        identities.add(element.id)
        over = max(element.x + element.w - label.width, element.y + element.h - label.height)
        if over > _TOLERANCE_MM:
            yield faults.OUTSIDE(at=f"/elements/{number}", element=element.name or element.id, over=f"{over:.1f}")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of label documents."""
    return msgspec.json.schema(Label)


def written(label: Label) -> dict[str, Any]:
    """Return the document of a label, as JSON types."""
    built: dict[str, Any] = msgspec.to_builtins(label)
    return built
