"""Spreadsheets of every kind are read alike; bad ones are refused by name, in bounded memory and time."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from suyuan.capture.contracts.imports import MOST_ROWS
from suyuan.capture.domain.sheets import as_moment
from suyuan.capture.store.sheets import WrittenColumn, read_sheet, written
from suyuan.kernel.faults import Fault

ROWS = [["物料", "数量"], ["A1", "1.5"], ["B,2", ""]]


def _refused(body: bytes) -> str:
    with pytest.raises(Fault) as refused:
        read_sheet(body, "f")
    return refused.value.kind.code


def _book(fill) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_of_any_usual_encoding_and_separator(separator, encoding) -> None:
    if (separator == ",") != (encoding in ("utf-8", "gb18030")):  # half of the pairs says as much
        text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in ROWS)
        assert read_sheet(text.encode(encoding), "f").rows == ROWS


def test_numbers_dates_formulas_and_lost_digits() -> None:
    def fill(sheet) -> None:
        sheet["B2"], sheet["C2"], sheet["D2"] = 1.5, 3.0, 195212345678901234
        sheet["B3"] = __import__("datetime").datetime(2026, 3, 5, 8, 15)
        sheet["C3"] = True

    rows = read_sheet(_book(fill), "f").rows
    assert rows[1][1:] == ["1.5", "3", {"lossy": "1.95212E+17"}]
    assert rows[2][1:] == ["2026-03-05 08:15:00", "true", ""]


@pytest.mark.parametrize(
    ("written_as", "read"),
    [
        ("2026/3/5 8:15", "2026-03-05T08:15:00+08:00"), ("2026年3月5日", "2026-03-05T00:00:00+08:00"),
        ("20260305", "2026-03-05T00:00:00+08:00"), ("46086.34375", "2026-03-05T08:15:00+08:00"),
        ("2026-03-05T08:15:00Z", "2026-03-05T08:15:00+00:00"), ("2026-02-30", "2026-02-30"), ("gestern", "gestern"),
    ],
)  # fmt: skip
def test_times_as_people_and_excel_write_them(written_as, read) -> None:
    assert as_moment(written_as, "+08:00") == read


def test_merged_cells_are_told() -> None:
    def fill(sheet) -> None:
        sheet["A1"], sheet["A2"] = "物料", "A1"
        sheet.merge_cells("A2:A3")

    assert read_sheet(_book(fill), "f").merged == [(1, 0, 2, 0)]


def test_what_is_no_sheet_is_refused() -> None:
    assert _refused(b"%PDF-1.7 x") == "capture.import_not_a_sheet"
    assert _refused(b"\x00\x01\x02 binary") == "capture.import_not_a_sheet"
    assert _refused(b"\xff\xfe\x00\xd8") == "capture.import_encoding"
    assert _refused(b"\x81\x20\xff\xff") == "capture.import_encoding"
    assert _refused(b"PK\x03\x04 torn") == "capture.import_unreadable"
    assert _refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "capture.import_unreadable"
    assert _refused(("," * 300).encode()) == "capture.import_too_many_columns"
    assert _refused(b"a\n" * (MOST_ROWS + 50)) == "capture.import_too_many_rows"


def _spoilt(content: bytes) -> bytes:
    """Return a workbook whose sheet says ``content``."""
    sound = zipfile.ZipFile(io.BytesIO(_book(lambda sheet: sheet.append(["a"]))))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sound.namelist():
            archive.writestr(name, content if name.endswith("sheet1.xml") else sound.read(name))
    return file.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def test_a_bomb_goes_off_in_a_process_of_its_own() -> None:
    corners = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert _refused(_spoilt(SHEET % corners)) in ("capture.import_too_much", "capture.import_too_many_rows")
    text = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 50_000_000 + b"</t></is></c></row>"
    body = _spoilt(SHEET % text)
    assert len(body) < 100_000
    assert len(read_sheet(body, "f").rows[0][0]) == 4000


def test_a_million_rows_are_refused_at_once() -> None:
    row = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (number, number) for number in (1, 1_000_000))
    assert _refused(_spoilt(SHEET % row)) == "capture.import_too_many_rows"


def test_what_is_written_is_text_and_can_be_read_again() -> None:
    body = written(
        "x", [WrittenColumn("编码"), WrittenColumn("选项", choices=("一", "二"), needed=True)], [["=1+1", "一"]]
    )
    assert read_sheet(body, "f").rows == [["编码", "选项"], ["=1+1", "一"]]
