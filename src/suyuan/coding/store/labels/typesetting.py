"""From pages to PDF, by typst."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import typst

from suyuan.chassis.database import named_sql
from suyuan.coding.store.labels import fonts


def pdf(pages: Mapping[str, Any]) -> bytes:
    """Return the PDF of pages as :func:`suyuan.coding.domain.labels.pages.pages` describes them."""
    source = named_sql(__package__, "labels.typ").encode()
    # a list of paths may be of text or of bytes, but typed stubs take only one of the two with bytes as source
    folders: Any = [fonts.folder()]
    made: bytes = typst.compile(
        source,
        format="pdf",
        font_paths=folders,
        ignore_system_fonts=True,
        sys_inputs={"data": msgspec.json.encode(pages).decode()},
    )
    return made
