"""The table of OWASP ASVS names every requirement of levels 1 and 2, and only tests and files that there are."""

from __future__ import annotations

import ast
import re

from tools.places import ROOT

_PAGE = ROOT / "docs" / "reference" / "asvs.md"
_WANTED = (
    "1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6 "
    "3.5:1-5 3.7:1-2 4.1:1-3 4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 "
    "6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 "
    "8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2 10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2 "
    "11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2 12.3:1-4 13.1:1 13.2:1-5 13.3:1-2 "
    "13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5 16.3:1-4 16.4:1-3 "
    "16.5:1-3 17.1:1 17.2:1-4 17.3:1-2 "
)
"""Section and requirements of levels 1 and 2 in ASVS 5.0.0 (70 and 183)."""


def _wanted() -> set[str]:
    found = set()
    for part in _WANTED.split():
        section, _, numbers = part.partition(":")
        for each in numbers.split(","):
            first, _, last = each.partition("-")
            found |= {f"{section}.{number}" for number in range(int(first), int(last or first) + 1)}
    return found


def _rows() -> list[list[str]]:
    lines = [line for line in _PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_requirement_of_levels_one_and_two_is_there_once() -> None:
    rows = _rows()
    assert len(_wanted()) == 70 + 183
    assert len({row[0] for row in rows}) == len(rows)
    assert {row[0] for row in rows if row[1] in "12"} == _wanted()
    assert [row[0] for row in rows if len(row) != 4 or not row[2] or not row[3]] == []


def test_what_the_table_names_exists() -> None:
    missing = []
    named = re.findall(r"`([\w/]+\.py(?:::\w+)?)`", _PAGE.read_text(encoding="utf-8"))
    for path, _, name in (each.partition("::") for each in named):
        file = ROOT / path
        if not file.exists():
            missing.append(path)
        elif name and name not in {
            node.name for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
        }:
            missing.append(f"{path}::{name}")
    assert missing == []
