"""Pictures and pages of labels, and the values that a code fills in."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from PIL import Image

from suyuan.coding.contracts import label_faults as faults
from suyuan.coding.contracts.labels import MOST_LABELS, CodeValues, DrawnElement, LabelProblem, Preview
from suyuan.coding.domain.digital_links import KEYS
from suyuan.coding.domain.elements import Element
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.checking import check_contents, check_readable
from suyuan.coding.domain.labels.layout import Sheet, SymbolAt, lay_out, lay_out_what_can_be
from suyuan.coding.domain.labels.pages import PDF_DPI, Paper, pages, paper_fits
from suyuan.coding.domain.labels.symbols import Modules
from suyuan.coding.domain.meanings import full_year
from suyuan.coding.store.labels import typesetting
from suyuan.coding.store.labels.fonts import typeface
from suyuan.kernel.faults import Fault, Language

FIELDS: Final = {
    "00": "sscc", "01": "gtin", "02": "content", "10": "lot", "11": "production_date", "12": "due_date",
    "13": "packaging_date", "15": "best_before", "16": "sell_by", "17": "expiry", "20": "variant", "21": "serial",
    "30": "variable_count", "37": "count", "240": "additional_id", "400": "order", "414": "location",
    "8003": "grai", "8004": "giai", "8006": "piece",
}  # fmt: skip
"""What fields of labels are called that a code fills by its application identifiers."""
_DATES: Final = frozenset({"11", "12", "13", "15", "16", "17"})


def png(dots: Modules) -> bytes:
    """Return dots as a PNG of one bit a pixel."""
    file = io.BytesIO()
    Image.fromarray(~dots).save(file, "PNG")
    return file.getvalue()


def preview(body: Mapping[str, Any], values: Mapping[str, str] | None, dpi: int, language: Language) -> Preview:
    """Return the print image of a document, drawn as far as it can be, with what is wrong.

    Without ``values`` the fields' samples are drawn. The symbols are read back as before a print.

    :raises Fault: ``coding.label_document`` where it is no label at all.
    """
    label = doc.read_label(body)
    sheet, found = lay_out_what_can_be(label, values or label.samples(), dpi, typeface())
    problems = list(found)
    try:
        check_readable(sheet)
    except Fault as fault:
        problems.append(fault)
    return Preview(
        base64.b64encode(png(sheet.dots())).decode(),
        sheet.width,
        sheet.height,
        dpi,
        [LabelProblem(each.at or "", each.kind.code, each.title(language), each.remedy(language)) for each in problems],
        _drawn(sheet),
    )


def _drawn(sheet: Sheet) -> list[DrawnElement]:
    mm = 1 / sheet.dots_per_mm
    return [
        DrawnElement(
            each.element, each.x * mm, each.y * mm, each.width * mm, each.height * mm,
            (each.what.drawing.words or each.what.drawing.content) if isinstance(each.what, SymbolAt) else "",
            each.what.module * mm if isinstance(each.what, SymbolAt) else 0,
        )
        for each in sheet.placed
    ]  # fmt: skip


def picture(label: doc.Label, values: Mapping[str, str] | None, dpi: int) -> bytes:
    """Return the print image of a label as PNG, as far as it can be drawn."""
    return png(lay_out_what_can_be(label, values or label.samples(), dpi, typeface())[0].dots())


def values_of(code: str) -> CodeValues:
    """Return the field values that a code gives, with the product's name where it is on record.

    ``code`` is its canonical URI; where the text is none, the text itself, and only the field ``code`` is known.

    :raises Fault: why the code is not understood.
    """
    from suyuan.coding.api.decoding import understand
    from suyuan.trace import api as trace  # here, so that drawing labels needs no database

    decoded = understand(code, allow_foreign=True)
    uri = decoded.identity.uri
    values = {"code": uri}
    for part in decoded.parts:
        if part.ai in FIELDS:
            values[FIELDS[part.ai]] = _value(part.ai, part.value)
    if not uri.startswith("http"):
        values["code"] = values["text"] = uri.rpartition(":")[2] if uri.startswith("urn:suyuan:") else uri
    item = trace.find_item(uri)
    named = trace.items_by_id([item])[0] if item is not None else None
    if named is not None:
        values |= {
            name: text
            for name, text in (("product_name", named.product_name_zh), ("product_name_en", named.product_name_en))
            if text
        }
    return CodeValues(uri, values)


def _value(ai: str, value: str) -> str:
    if ai not in _DATES or len(value) != 6:
        return value
    year, month, day = full_year(int(value[:2]), datetime.now(UTC).year), int(value[2:4]), int(value[4:])
    if not day:  # day 00 means the last of the month
        following = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1).isoformat()
    return date(year, month, day).isoformat()


def filled_rows(label: doc.Label, rows: Sequence[Mapping[str, str]]) -> list[tuple[str | None, Mapping[str, str]]]:
    """Return for each row the code it is about, if any, and its field values: given ones go before the code's.

    A row without a code is about the GS1 key that its fields name, where the label has a symbol that says so.

    :raises Fault: ``coding.label_nothing_to_print``, ``coding.label_too_many``, ``coding.label_value_too_long``.
    """
    if not rows:
        raise faults.NO_LABELS()
    if len(rows) > MOST_LABELS:
        raise faults.TOO_MANY(limit=MOST_LABELS, given=len(rows))
    known = {field.id for field in label.fields}
    found: list[tuple[str | None, Mapping[str, str]]] = []
    for number, row in enumerate(rows):
        given = {name: str(value) for name, value in row.items() if name != "code" and value not in (None, "")}
        code: str | None = None
        values: dict[str, str] = {}
        if row.get("code"):
            try:
                said = values_of(row["code"])
            except Fault as fault:
                raise Fault(fault.kind, f"/rows/{number}/code", fault.params) from None
            code, values = said.code, dict(said.values)
        kept = {name: value for name, value in (values | given).items() if name in known or name in given}
        found.append((code, kept | ({"code": values["code"]} if "code" in values else {})))
    return found


def code_on(sheet: Sheet) -> str | None:
    """Return the canonical URI of what a laid-out label names: the first GS1 symbol with a key for a single thing."""
    from suyuan.coding.api.decoding import decode

    for placed in sheet.placed:
        elements = placed.what.drawing.elements if isinstance(placed.what, SymbolAt) else ()
        if any(each.ai in KEYS for each in elements):
            try:
                return decode(_bracketed(elements)).identity.uri
            except Fault:
                continue
    return None


def _bracketed(elements: Sequence[Element]) -> str:
    return "".join(f"({each.ai}){each.value.replace('(', chr(92) + '(')}" for each in elements)


def pdf(
    label: doc.Label, rows: Sequence[tuple[str | None, Mapping[str, str]]], paper: Paper | None
) -> tuple[bytes, list[tuple[str | None, Mapping[str, str]]]]:
    """Return labels as PDF, on sheets or one a page for a roll, and each row with the code that its label says.

    ``rows`` as :func:`filled_rows` returns them.

    :raises Fault: what is wrong with the first label that cannot be printed, ``at`` its row.
    """
    if paper is not None and not paper_fits(label, paper):
        raise faults.DOCUMENT(at="/paper", why=f"{paper.columns} × {paper.rows} > {paper.width} × {paper.height} mm")
    sheets, told = [], []
    for number, (code, values) in enumerate(rows):
        try:
            sheet = lay_out(label, values, PDF_DPI, typeface())
            # neighbours are the same on every label, so they are looked at once; contents on each
            (check_contents if number else check_readable)(sheet)
        except Fault as fault:
            raise Fault(fault.kind, f"/rows/{number}{fault.at or ''}", fault.params) from None
        sheets.append(sheet)
        told.append((code or code_on(sheet), values))
    return typesetting.pdf(pages(sheets, paper)), told
