"""What another's ZPL renderer draws from what we send: the same data in every symbol, legible Chinese."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from suyuan.coding.api import labels
from suyuan.coding.contracts.labels import PrintOrder
from suyuan.coding.domain.check_digits import CSET82, mod10
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.checking import check_readable
from suyuan.coding.domain.labels.code128 import FNC1, encode
from suyuan.coding.domain.labels.layout import lay_out
from suyuan.coding.domain.labels.zpl import invocation
from suyuan.coding.store.labels.fonts import typeface
from suyuan.coding.tests.labels.foreign_printer import foreign_printer
from suyuan.coding.tests.labels.support import READY, publish

CHARACTERS = "溯源追踪产品批号质量检验合格工厂仓库温控器智能电子有限公司"
SAMPLES = {"gtin": "09521234543213", "lot": "L1", "serial": "S1", "name": "产品", "free": "ab"}
SYMBOLS = doc.Label(
    width=100, height=60,
    fields=tuple(
        doc.Field(id=name, sample=sample)
        for name, sample in SAMPLES.items()
    ),
    elements=(
        doc.Gs1Code128(id="gs1", x=1, y=1, w=98, h=11, content="(01){gtin}(10){lot}", module=0.125, words=False),
        doc.DataMatrix(id="matrix", x=1, y=13, w=24, h=24, content="(01){gtin}(10){lot}(21){serial}"),
        doc.QrCode(id="qr", x=26, y=13, w=26, h=26, content="(01){gtin}(10){lot}(21){serial}", module=0.2),
        doc.Itf14(id="itf", x=53, y=13, w=46, h=12, content="{gtin}", words=False),
        doc.Code128(id="free", x=53, y=27, w=46, h=10, content="{free}", module=0.125, words=False),
        doc.DataMatrix(id="turned", x=1, y=40, w=19, h=19, rotate=90, content="(01){gtin}(21){serial}"),
        doc.FieldText(id="name", x=22, y=40, w=77, h=9, field="name", size=14, bold=True, shrink=True),
        doc.Text(id="fixed", x=22, y=50, w=77, h=8, text="生产日期 2026-11-22", size=12),
    ),
)  # fmt: skip


def random_row(source: random.Random) -> dict[str, str]:
    body = f"{source.randrange(10**13):013}"

    def text(alphabet: str, most: int) -> str:
        return "".join(source.choice(alphabet) for _ in range(source.randint(1, most)))

    row = {
        "gtin": body + mod10(body), "lot": text(CSET82, 20), "serial": text(CSET82, 20), "name": text(CHARACTERS, 14),
        "free": text("".join(map(chr, range(33, 127))), 12),
    }  # fmt: skip
    bars = (row["free"], f"{FNC1}01{row['gtin']}10{row['lot']}")
    return random_row(source) if any(lost_by_the_renderer(text) for text in bars) else row


def lost_by_the_renderer(text: str) -> bool:
    """Tell whether the renderer drops the last character: it does right behind a character written with ``>``."""
    symbol = encode(text)
    return re.search(r">.[^>]$", invocation(symbol.characters, symbol.sets)) is not None


def drawn(folder: Path) -> list[np.ndarray]:
    return [np.array(Image.open(file).convert("L")) < 128 for file in sorted(folder.glob("*.png"))]


def print_on_a_foreign_printer(
    tenant, tmp_path: Path, label: doc.Label, given: list[Mapping[str, str]]
) -> list[np.ndarray]:
    from suyuan.coding.jobs.sending import print_waiting

    with foreign_printer(tmp_path, label.width, label.height, 8) as port:
        with tenant.open():
            publish("foreign", label)
            printer = labels.add_printer(
                {"code": "F", "name": "F", "language": "zpl", "dpi": 203, "host": "127.0.0.1", "port": port}
            ).id
            job = labels.order(PrintOrder("foreign", printer, given))
        print_waiting(tenant.id, printer)
        with tenant.open():
            done = labels.job_detail(job.id).job
    assert (done.state, done.sent, done.confirmed) == ("printed", len(given), True)
    return drawn(tmp_path)


def check_all(tenant, tmp_path: Path, count: int) -> None:
    source = random.Random(count)
    given = [random_row(source) for _ in range(count)]
    pictures = print_on_a_foreign_printer(tenant, tmp_path, SYMBOLS, given)
    assert len(pictures) == count
    for row, picture in zip(given, pictures, strict=True):
        sheet = lay_out(SYMBOLS, row, 203, typeface())
        check_readable(sheet, picture)
        assert np.array_equal(picture, sheet.dots()), "every dot, of the Chinese too"


def test_fifty_labels_of_every_symbology_say_the_same(tenant, tmp_path) -> None:
    check_all(tenant, tmp_path, 50)


@pytest.mark.slow
def test_a_thousand_labels_of_every_symbology_say_the_same(tenant, tmp_path) -> None:
    check_all(tenant, tmp_path, 1000)


@pytest.mark.parametrize("key", sorted(READY))
def test_the_ready_labels_are_drawn_dot_for_dot(tenant, tmp_path, key) -> None:
    label = READY[key]
    (picture,) = print_on_a_foreign_printer(tenant, tmp_path, label, [label.samples()])
    sheet = lay_out(label, label.samples(), 203, typeface())
    check_readable(sheet, picture)
    assert np.array_equal(picture, sheet.dots())
