"""Papers as PDF: a template of this folder with its data; Chinese fonts embedded, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
import typst
from noto_cjk_sans_otc import FONT_PATH

from suyuan.chassis.database import named_sql


def printed(
    template: str,
    data: Mapping[str, Any],
    attached: Mapping[str, bytes] | None = None,
    *,
    standard: Literal["a-2b", "a-3b"] = "a-2b",
) -> bytes:
    """Return the PDF that ``template`` makes of ``data``. ``standard``: PDF/A's part; a-3b takes attached files."""
    files = {
        "main.typ": named_sql(__package__, template).encode(),
        "paper.typ": named_sql(__package__, "paper.typ").encode(),
        "data.json": msgspec.json.encode(data),
        **(attached or {}),
    }
    # the stubs know neither several files in memory nor a path beside them
    compile_files: Any = typst.compile
    pdf: bytes = compile_files(
        files, font_paths=[str(Path(FONT_PATH).parent)], ignore_system_fonts=True, pdf_standards=standard
    )
    return pdf
