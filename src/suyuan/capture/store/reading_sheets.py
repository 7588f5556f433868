"""Reads one spreadsheet into lines of JSON: run as a program of its own, under limits of memory and time.

A small file can unpack to any size, and what reads it may die of that. So it dies here, and not the server.
Usage: ``python -P reading_sheets.py FILE MOST_ROWS MOST_COLUMNS``. First line: ``{"merged": [[row, column, row,
column], …]}`` or ``{"fault", "why"}``; then one list of cells a line, each a text, ``{"lossy"}`` or ``{"error"}``.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 60
_LONGEST_CELL = 4000
_EXACT_DIGITS = 10**15
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


class _RefusedError(Exception):
    """The file is none that can be read; the first argument is the fault's name."""


def _limit() -> None:
    try:
        import resource
    except ImportError:  # a system without such limits: the caller's clock is left
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _cell(value: Any) -> Any:  # noqa: ANN401 (what calamine gives)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        if abs(value) >= _EXACT_DIGITS:
            return {"lossy": f"{value:.5E}"}
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    text = str(value)
    if text.startswith("#") and text.rstrip("!?").isupper() and text[-1] in "!?AE":
        return {"error": text[:20]}
    return text.replace("\0", "")[:_LONGEST_CELL]


def _workbook(path: Path, most_rows: int, most_columns: int) -> Iterator[Any]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as book:
            sheet = book.get_sheet_by_index(0)
            if sheet.total_height > most_rows + 20:
                raise _RefusedError("rows")
            if sheet.total_width > most_columns:
                raise _RefusedError("columns")
            merged = sheet.merged_cell_ranges or ()
            yield {"merged": [[*first, *last] for first, last in merged[:1000]]}
            indent = [""] * (sheet.start[1] if sheet.start else 0)  # rows come from the first, columns from the used
            for row in sheet.iter_rows():
                yield [*indent, *(_cell(value) for value in row)]
    except CalamineError as error:
        raise _RefusedError("unreadable", str(error)[:200]) from None


def _decoded(data: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise _RefusedError("encoding") from None
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(ord(mark) < 32 and mark not in "\t\r\n\f" for mark in text[:100_000]):
            raise _RefusedError("sheet")
        return text
    raise _RefusedError("encoding")


def _separator(text: str) -> str:
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:5]
    counts = {mark: [line.count(mark) for line in lines] for mark in (",", ";", "\t")}
    return max(counts, key=lambda mark: (min(counts[mark], default=0) > 0, sum(counts[mark])))


def _comma_separated(data: bytes, most_rows: int, most_columns: int) -> Iterator[Any]:
    if data.startswith(_BINARY):
        raise _RefusedError("sheet")
    text = _decoded(data)
    yield {"merged": []}
    csv.field_size_limit(1 << 20)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))):
            if number > most_rows + 20:
                raise _RefusedError("rows")
            if len(row) > most_columns:
                raise _RefusedError("columns")
            yield [cell.replace("\0", "")[:_LONGEST_CELL] for cell in row]
    except csv.Error as error:
        raise _RefusedError("unreadable", str(error)) from None


def _lines(path: Path, most_rows: int, most_columns: int) -> Iterable[Any]:
    with path.open("rb") as file:
        begin = file.read(8)
    if begin.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook(path, most_rows, most_columns)
    return _comma_separated(path.read_bytes(), most_rows, most_columns)


def main(path: str, most_rows: str, most_columns: str) -> None:
    """Write a file's rows to standard output."""
    _limit()
    try:
        for line in _lines(Path(path), int(most_rows), int(most_columns)):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    except _RefusedError as refused:
        fault, why = [*refused.args, ""][:2]
        sys.stdout.write(json.dumps({"fault": fault, "why": why}, ensure_ascii=False) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps({"fault": "much", "why": ""}) + "\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # it is a text stream where this is a program
    main(*sys.argv[1:4])
