"""The reference page tells the truth: every example decodes as it says, every refusal is listed."""

from __future__ import annotations

import re
from pathlib import Path

import suyuan
from suyuan.coding.api import decode
from suyuan.coding.contracts import refusals
from suyuan.kernel.faults import FaultKind

PAGE = (Path(suyuan.__file__).parents[2] / "docs" / "reference" / "codes.md").read_text(encoding="utf-8")


def section(title):
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def test_every_example_becomes_what_the_page_says():
    rows = re.findall(r"^\| [^|]+ \| `([^`]+)` \| (?:`([^`]+)`|itself)", section("Notations"), re.MULTILINE)
    assert len(rows) == 23
    for written, expected in rows:
        assert decode(written.replace("␝", "\x1d"), allow_foreign=True).identity.uri == (expected or written)


def test_every_refusal_is_listed_and_no_other():
    kinds = {kind.code for kind in vars(refusals).values() if isinstance(kind, FaultKind)}
    assert len(kinds) > 30
    assert set(re.findall(r"^\| `(coding\.\w+)`", PAGE, re.MULTILINE)) == kinds
