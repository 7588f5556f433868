"""Label documents, formulas and layout: what is refused, and where."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels import templates
from suyuan.coding.domain.labels.layout import faults_of, lay_out, lay_out_what_can_be
from suyuan.coding.store.labels.fonts import typeface
from suyuan.coding.tests.labels.support import GTIN, READY, publish, rows
from suyuan.kernel.faults import Fault
from tests.support.web import InProcess

DATE = {"d": "2028-02-09", "n": "7"}


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("LOT {n}", "LOT 7"),
        ("{d:%y%m%d}", "280209"),
        ("{d:%Y年%m月%d日}", "2028年02月09日"),
        ("{n:04}{{x}}", "0007{x}"),
        ("", ""),
    ],
)
def test_formulas_are_filled_in(template: str, filled: str) -> None:
    assert templates.fill(template, DATE) == filled


@pytest.mark.parametrize(
    "template", ["{n", "n}", "{}", "{n.__class__}", "{n!r}", "{n:>9}", "{0}", "{n:%x}", "{d:%Y-{n}}", "{N}"]
)
def test_nothing_but_fields_stands_in_a_formula(template: str) -> None:
    with pytest.raises(Fault, match="label_template"):
        templates.fill(template, DATE)


def element(**values: Any) -> dict[str, Any]:
    return {"type": "text", "id": "t", "x": 1, "y": 1, "w": 30, "h": 6, "text": "温控器", **values}


def label(*elements: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"width": 60, "height": 40, "elements": list(elements), **values}


@pytest.mark.parametrize(
    ("document", "code", "at"),
    [
        (label(element(w=0)), "coding.label_document", "/elements/0/w"),
        (label(element(colour="red")), "coding.label_document", "/elements/0"),
        (label(element(x=40)), "coding.label_outside", "/elements/0"),
        (label(element(), element()), "coding.label_repeated", "/elements/1/id"),
        (label(fields=[{"id": "Lot"}]), "coding.label_field_name", "/fields/0/id"),
        (label(element(text="太长太长太长太长太长太长太长太长", w=10)), "coding.label_text_overflow", "/elements/0"),
        (label(element(text="a\U0001f600")), "coding.label_no_glyph", "/elements/0"),
        (label(element(type="formula", formula="{lot}") | {"text": ""}), "coding.label_document", "/elements/0"),
    ],
)
def test_what_cannot_be_printed_is_refused_at_its_place(document, code, at) -> None:
    with pytest.raises(Fault) as refused:
        lay_out(doc.read_label(document), {}, 203, typeface())
    assert (refused.value.kind.code, refused.value.at) == (code, at)


def symbol(**values: Any) -> dict[str, Any]:
    return {
        "type": "datamatrix",
        "id": "s",
        "x": 0,
        "y": 0,
        "w": 8,
        "h": 8,
        "content": f"(01){GTIN}(21)123456",
        **values,
    }


def test_a_symbol_too_small_says_how_large_it_must_be() -> None:
    with pytest.raises(Fault, match="label_symbol_too_small") as refused:
        lay_out(doc.read_label(label(symbol(w=4, h=4))), {}, 203, typeface())
    needed = float(str(refused.value.params["needed"]))
    lay_out(doc.read_label(label(symbol(w=needed, h=needed))), {}, 203, typeface())


def test_the_same_box_holds_more_at_a_finer_printer() -> None:
    document = doc.read_label(label(symbol(w=4.5, h=4.5, module=0.2)))
    lay_out(document, {}, 600, typeface())
    with pytest.raises(Fault, match="label_symbol_too_small"):
        lay_out(document, {}, 203, typeface())


def test_everything_wrong_is_told_at_once_and_the_rest_is_drawn() -> None:
    document = doc.read_label(label(element(text="x" * 99), symbol(content="(01)1"), element(id="fine")))
    sheet, faults = lay_out_what_can_be(document, {}, 203, typeface())
    assert [fault.at for fault in faults] == ["/elements/0", "/elements/1"]
    assert sheet.dots().any()


@pytest.mark.parametrize("key", sorted(READY))
def test_the_ready_labels_have_nothing_wrong_and_survive_being_written(key) -> None:
    assert faults_of(READY[key], typeface()) == []
    assert doc.read_label(doc.written(READY[key])) == READY[key]


def test_turned_elements_are_the_same_dots_turned() -> None:
    upright = lay_out(doc.read_label(label(element(w=30, h=6))), {}, 203, typeface()).placed[0].dots
    for rotate, turns in ((90, -1), (180, -2), (270, -3)):
        box = {"w": 6, "h": 30} if rotate != 180 else {"w": 30, "h": 6}
        turned = lay_out(doc.read_label(label(element(rotate=rotate, **box))), {}, 203, typeface()).placed[0].dots
        assert np.array_equal(turned, np.rot90(upright, turns))


def test_preview_pdf_and_picture_over_http(tenant) -> None:
    client = InProcess(tenant.token())
    with tenant.open():
        publish("unit", READY["unit-30x20"])
    body = {"body": doc.written(READY["unit-30x20"]), "dpi": 300}
    drawn = client.post("/api/v1/labels/preview", json=body).json()
    assert (drawn["width_dots"], drawn["problems"]) == (360, [])
    assert client.get("/api/v1/labels/unit/picture").headers["content-type"] == "image/png"
    assert [row["key"] for row in client.get("/api/v1/labels").json()["rows"]] == ["unit"]
    made = client.post("/api/v1/labels/unit/pdf", json={"rows": rows(3)})
    pages = pypdfium2.PdfDocument(io.BytesIO(made.content))
    assert len(pages) == 3
    assert "智能温控器" in pages[1].get_textpage().get_text_range()
    shown = np.array(pages[2].render(scale=6).to_pil().convert("L"))
    assert zxingcpp.read_barcode(shown).text == f"(01){GTIN}(21)S00002"
    sheet = {"columns": 5, "rows": 10, "left": 10, "top": 10, "first": 49}
    asked = {"rows": rows(3), "paper": sheet}
    refused = client.post("/api/v1/labels/unit/pdf", json=asked).json()
    assert (refused["code"], refused["at"]) == ("coding.label_reprint_reason", "/reason")
    paged = client.post("/api/v1/labels/unit/pdf", json=asked | {"reason": "torn"})
    assert len(pypdfium2.PdfDocument(io.BytesIO(paged.content))) == 2
    refused = client.post("/api/v1/labels/unit/pdf", json={"rows": [{"serial": "1"}]}).json()
    assert (refused["code"], refused["at"]) == ("coding.label_field_missing", "/rows/0/fields/0")


def test_a_hostile_picture_is_refused() -> None:
    file = io.BytesIO()
    Image.new("1", (9000, 10)).save(file, "PNG")
    import base64

    for data in (base64.b64encode(file.getvalue()).decode(), "AAAA", "%%%", ""):
        document = doc.read_label(label({"type": "image", "id": "i", "x": 0, "y": 0, "w": 5, "h": 5, "data": data}))
        with pytest.raises(Fault, match="label_image"):
            lay_out(document, {}, 203, typeface())
