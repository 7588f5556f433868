"""How long 1,000 box labels with two GS1-128 and Chinese take to become a PDF, each symbol read back first."""

from __future__ import annotations

import time

from suyuan.coding.domain.labels.checking import check_contents, check_readable
from suyuan.coding.domain.labels.layout import lay_out
from suyuan.coding.domain.labels.pages import PDF_DPI, pages
from suyuan.coding.domain.labels.ready import ready_labels
from suyuan.coding.store.labels.fonts import typeface
from suyuan.coding.store.labels.typesetting import pdf

COUNT = 1000


def measure() -> dict[str, float | int]:
    """Return the seconds from values to a PDF of :data:`COUNT` different labels, the typeface loaded before."""
    label = next(each.label for each in ready_labels() if each.key == "box-100x70")
    face = typeface()
    lay_out(label, label.samples(), PDF_DPI, face)
    begun = time.perf_counter()
    sheets = []
    for number in range(COUNT):
        sheet = lay_out(label, {**label.samples(), "lot": f"L{number:06}"}, PDF_DPI, face)
        (check_contents if number else check_readable)(sheet)
        sheets.append(sheet)
    made = pdf(pages(sheets, None))
    seconds = time.perf_counter() - begun
    if not made.startswith(b"%PDF"):
        raise SystemExit("no PDF was made")
    return {"labels_1k_s": round(seconds, 2)}
