"""Every symbology: random data, drawn as it prints, read by a decoder, taken apart, gives the same fields."""

from __future__ import annotations

import json
import subprocess

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.coding.api.decoding import decode
from suyuan.coding.domain.element_strings import parse_raw, separators
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.checking import check_readable
from suyuan.coding.domain.labels.code128 import FNC1, encode
from suyuan.coding.domain.labels.layout import SymbolAt, lay_out
from suyuan.coding.domain.labels.symbols import read_back
from suyuan.coding.domain.labels.tspl import to_tspl
from suyuan.coding.domain.labels.virtual_tspl import print_tspl
from suyuan.coding.domain.labels.virtual_zpl import print_zpl
from suyuan.coding.domain.labels.zpl import Feed, to_zpl
from suyuan.coding.store.labels.fonts import typeface
from suyuan.coding.tests.strategies import cset82, gtins
from suyuan.kernel.faults import Fault
from tools.node import environment
from tools.places import FRONTEND

PRINTABLE = st.text([chr(code) for code in range(33, 127)], min_size=1, max_size=24)
DPIS = st.sampled_from([203, 300, 600])
TURNS = st.sampled_from([0, 90, 180, 270])


def label_of(element: doc.AnyElement, *fields: str) -> doc.Label:
    return doc.Label(width=200, height=200, fields=tuple(doc.Field(id=name) for name in fields), elements=(element,))


def printed(label: doc.Label, values: dict[str, str], dpi: int) -> list[str]:
    """Lay out, print in both languages, and return what a reader makes of each print; all are dot for dot the same."""
    sheet = lay_out(label, values, dpi, typeface())
    check_readable(sheet)
    dots = sheet.dots()
    for drawn in (print_zpl(to_zpl(sheet, Feed()), typeface()), print_tspl(to_tspl(sheet, Feed()), sheet.dots_per_mm)):
        assert np.array_equal(drawn[0].dots, dots)
    symbol = next(each for each in sheet.placed if isinstance(each.what, SymbolAt))
    area = dots[symbol.y : symbol.y + symbol.height, symbol.x : symbol.x + symbol.width]
    assert isinstance(symbol.what, SymbolAt)
    said = read_back(symbol.what.element, np.pad(np.where(area, 0, 255).astype(np.uint8), 80, constant_values=255))
    assert said is not None
    return [said]


@settings(deadline=None, max_examples=40)
@given(gtin=gtins, lot=cset82(20), serial=cset82(20), dpi=DPIS, turn=TURNS)
@pytest.mark.parametrize("kind", [doc.DataMatrix, doc.Gs1Code128])
def test_gs1_symbols_keep_every_element(kind, gtin, lot, serial, dpi, turn) -> None:
    across, along = (20, 190) if turn % 180 else (190, 20)
    size = {"w": 190, "h": 190} if kind is doc.DataMatrix else {"w": across, "h": along}
    content = "(01){gtin}(10){lot}" + ("(21){serial}" if kind is doc.DataMatrix else "")
    element = kind(id="s", x=1, y=1, rotate=turn, content=content, module=0.125, **size)
    (said,) = printed(label_of(element, "gtin", "lot", "serial"), {"gtin": gtin, "lot": lot, "serial": serial}, dpi)
    found = {each.ai: each.value for each in parse_raw(said, separators(()))}
    assert found == {"01": gtin, "10": lot} | ({"21": serial} if kind is doc.DataMatrix else {})


@settings(deadline=None, max_examples=30)
@given(gtin=gtins, lot=cset82(20), serial=cset82(20), dpi=DPIS, turn=TURNS)
def test_a_digital_link_keeps_every_element(gtin, lot, serial, dpi, turn) -> None:
    element = doc.QrCode(
        id="s", x=1, y=1, w=150, h=150, rotate=turn, content="(01){gtin}(10){lot}(21){serial}(17)281231", module=0.2
    )
    (said,) = printed(label_of(element, "gtin", "lot", "serial"), {"gtin": gtin, "lot": lot, "serial": serial}, dpi)
    decoded = decode(said)
    assert (decoded.identity.product, decoded.identity.serial) == (f"https://id.gs1.org/01/{gtin}", serial)
    assert {part.ai: part.value for part in decoded.parts} == {"01": gtin, "10": lot, "21": serial, "17": "281231"}


@settings(deadline=None, max_examples=30)
@given(text=PRINTABLE, dpi=DPIS)
@pytest.mark.parametrize("kind", [doc.Code128, doc.DataMatrix, doc.QrCode])
def test_plain_text_comes_back(kind, text, dpi) -> None:
    plain = {"gs1": False} if kind is doc.DataMatrix else {"link": False} if kind is doc.QrCode else {}
    element = kind(id="s", x=1, y=1, w=190, h=60, content="{text}", module=0.125, **plain)
    assert printed(label_of(element, "text"), {"text": text}, dpi) == [text]


@settings(deadline=None, max_examples=30)
@given(gtin=gtins, dpi=DPIS, turn=TURNS)
def test_gtin_bars_come_back(gtin, dpi, turn) -> None:
    size = {"w": 150, "h": 40} if turn % 180 == 0 else {"w": 40, "h": 150}
    element = doc.Itf14(id="s", x=1, y=1, rotate=turn, content="{gtin}", module=0.25, **size)
    assert printed(label_of(element, "gtin"), {"gtin": gtin}, dpi) == [gtin]
    retail = doc.Ean13(id="s", x=1, y=1, rotate=turn, content="{gtin}", module=0.25, **size)
    if gtin[0] == "0":
        assert printed(label_of(retail, "gtin"), {"gtin": gtin}, dpi) == [gtin[1:]]
    else:
        with pytest.raises(Fault, match="label_symbol_content"):
            lay_out(label_of(retail, "gtin"), {"gtin": gtin}, dpi, typeface())


def test_chinese_in_matrix_codes_comes_back() -> None:
    for kind, plain in ((doc.DataMatrix, {"gs1": False}), (doc.QrCode, {"link": False})):
        element = kind(id="s", x=1, y=1, w=60, h=60, content="{text}", **plain)
        assert printed(label_of(element, "text"), {"text": "溯源 2026 温控器"}, 203) == ["溯源 2026 温控器"]


def test_a_wrong_check_digit_is_never_drawn() -> None:
    for element in (
        doc.Gs1Code128(id="s", x=1, y=1, w=190, h=30, content="(01)09521234543212"),
        doc.DataMatrix(id="s", x=1, y=1, w=30, h=30, content="(01)09521234543212"),
        doc.QrCode(id="s", x=1, y=1, w=30, h=30, content="(01)09521234543212"),
        doc.Itf14(id="s", x=1, y=1, w=150, h=30, content="09521234543212"),
        doc.Ean13(id="s", x=1, y=1, w=80, h=30, content="9521234543212"),
    ):
        with pytest.raises(Fault, match=r"coding\.check_digit"):
            lay_out(label_of(element), {}, 300, typeface())


def test_what_another_drew_into_the_symbol_is_noticed() -> None:
    label = doc.Label(
        width=60, height=40,
        elements=(
            doc.Gs1Code128(id="s", x=1, y=1, w=58, h=20, content="(01)09521234543213", module=0.125),
            doc.Box(id="b", x=20, y=1, w=6, h=16, fill=True),
        ),
    )  # fmt: skip
    with pytest.raises(Fault, match="label_symbol_unreadable"):
        check_readable(lay_out(label, {}, 203, typeface()))


_BWIP_WIDTHS = """
const bwipjs = require("bwip-js");
const widths = JSON.parse(require("fs").readFileSync(0, "utf8")).map((options) => {
  const [drawn] = bwipjs.raw(options);
  return drawn.sbs ? drawn.sbs.reduce((sum, width) => sum + width, 0) : drawn.pixx;
});
console.log(JSON.stringify(widths));
"""


def test_our_code_128_is_as_short_as_anothers() -> None:
    import random

    source = random.Random(5)
    texts = [
        "".join(source.choice("0123456789" * 4 + "ABCdef-") for _ in range(source.randint(2, 30))) for _ in range(300)
    ]
    asked = [{"bcid": "code128", "text": text} for text in texts]
    asked += [{"bcid": "gs1-128", "text": f"(01)09521234543213(10){text[:20]}", "dontlint": True} for text in texts]
    done = subprocess.run(
        ["node", "-e", _BWIP_WIDTHS], input=json.dumps(asked).encode(), capture_output=True, cwd=FRONTEND,
        env=environment(), check=True, timeout=120,
    )  # fmt: skip
    theirs = json.loads(done.stdout)
    ours = [sum(encode(text).widths) for text in texts]
    ours += [sum(encode(f"{FNC1}010952123454321310{text[:20]}").widths) for text in texts]
    assert max(mine - other for mine, other in zip(ours, theirs, strict=True)) <= 0
