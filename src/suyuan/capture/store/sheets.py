"""Uploaded spreadsheets as rows, read by a program of its own; and spreadsheets written."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from suyuan.capture.contracts import import_faults as faults
from suyuan.capture.contracts.imports import MOST_COLUMNS, MOST_ROWS
from suyuan.capture.domain.sheets import Cell
from suyuan.kernel.faults import Fault

_READER: Final = Path(__file__).with_name("reading_sheets.py")
_SECONDS: Final = 90


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows as they stand in the file, and its merged cells (first row, column, last row, column; from 0)."""

    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]]


def read_sheet(body: bytes, name: str) -> Sheet:
    """Return the first sheet of a workbook, or the rows of a CSV file.

    :raises Fault: ``capture.import_…``: what is wrong with the file.
    """
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(body)
        kept.flush()
        command = [sys.executable, "-P", str(_READER), kept.name, str(MOST_ROWS), str(MOST_COLUMNS)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader:  # noqa: S603 (our own program)
            try:
                return _rows(reader, name)
            finally:
                with contextlib.suppress(OSError):
                    reader.kill()


def _rows(reader: subprocess.Popen[bytes], name: str) -> Sheet:
    if reader.stdout is None:
        raise RuntimeError("the reader has no output")
    sheet = Sheet([], [])
    for number, line in enumerate(reader.stdout):
        read = json.loads(line)
        if isinstance(read, dict) and "fault" in read:
            raise _fault(read, name)
        if number == 0:
            sheet.merged.extend(tuple(each) for each in read["merged"])
        else:
            sheet.rows.append(read)
    try:
        ended = reader.wait(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        ended = 1
    if ended:  # killed by its limits of memory or time
        raise faults.TOO_MUCH(name=name)
    return sheet


def _fault(read: Mapping[str, str], name: str) -> Fault:
    match read["fault"]:
        case "rows":
            return faults.TOO_MANY_ROWS(name=name, limit=MOST_ROWS)
        case "columns":
            return faults.TOO_MANY_COLUMNS(name=name, limit=MOST_COLUMNS)
        case "encoding":
            return faults.ENCODING_WRONG(name=name)
        case "sheet":
            return faults.NOT_A_SHEET(name=name)
        case "much":
            return faults.TOO_MUCH(name=name)
    return faults.UNREADABLE(name=name, why=read["why"])


@dataclass(frozen=True, slots=True)
class WrittenColumn:
    """A column of a workbook to write. ``note`` is the comment of its head; ``choices`` its drop-down list."""

    head: str
    note: str = ""
    choices: tuple[str, ...] = ()
    needed: bool = False
    width: int = 22


def written(name: str, columns: Sequence[WrittenColumn], rows: Sequence[Sequence[str]], marked: int = -1) -> bytes:
    """Return a workbook whose cells are all text; column ``marked`` is shown as what is wrong."""
    from xlsxwriter.workbook import Workbook

    with tempfile.TemporaryFile() as file:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = Workbook(file, {**options, "constant_memory": True})
        sheet = book.add_worksheet(name[:31])
        formats = _formats(book)
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, formats["wrong" if index == marked else "text"])
            sheet.write_string(0, index, column.head, formats["needed" if column.needed else "head"])
            if column.note:
                sheet.write_comment(0, index, column.note, {"x_scale": 2})
        _validate(book, sheet, columns)
        for number, row in enumerate(rows, 1):
            for index, text in enumerate(row):
                if text:
                    sheet.write_string(number, index, text, formats["wrong" if index == marked else "text"])
        book.close()
        file.seek(0)
        return file.read()


def _formats(book: Any) -> dict[str, Any]:  # noqa: ANN401 (xlsxwriter has no types)
    head = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4", "bottom": 1}
    return {
        "head": book.add_format(head),
        "needed": book.add_format({**head, "bg_color": "#FFE9B8"}),
        "text": book.add_format({"num_format": "@"}),
        "wrong": book.add_format({"num_format": "@", "text_wrap": True, "font_color": "#B42318"}),
    }


def _validate(book: Any, sheet: Any, columns: Sequence[WrittenColumn]) -> None:  # noqa: ANN401 (xlsxwriter has no types)
    """Give columns their drop-down lists; long ones stand on a sheet of their own, as Excel allows 255 characters."""
    lists = [(index, column.choices) for index, column in enumerate(columns) if column.choices]
    if not lists:
        return
    behind = book.add_worksheet("选项 choices")
    longest = max(len(choices) for _, choices in lists)
    for number in range(longest):
        for place, (_, choices) in enumerate(lists):
            if number < len(choices):
                behind.write_string(number, place, choices[number])
    for place, (index, choices) in enumerate(lists):
        letter = chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"
        source = f"='选项 choices'!${letter}$1:${letter}${len(choices)}"
        allowed = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(1, index, MOST_ROWS, index, allowed)
