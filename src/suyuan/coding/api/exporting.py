"""Codes for a printer house, a line or an offline station: rows, and CSV, Excel and ZIP files piece by piece."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from xlsxwriter.workbook import Workbook

from suyuan.coding.api.issuing import finished_batch
from suyuan.coding.api.states import handout
from suyuan.coding.contracts import issuing as faults
from suyuan.coding.contracts.code_rules import CODE_RULE
from suyuan.coding.contracts.issuing import CHUNK, CodeState
from suyuan.coding.domain.element_strings import GS
from suyuan.coding.domain.rules.forms import Form, plain_form, uri_form
from suyuan.coding.domain.rules.layout import lay_out
from suyuan.coding.store import batches as store
from suyuan.coding.store import states
from suyuan.coding.store.exports import note_export
from suyuan.designer import api as designer
from suyuan.kernel.faults import Language
from suyuan.tenancy import api as tenancy

Format = Literal["csv", "xlsx", "zip"]
MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
GS_SHOWN: Final = "{GS}"
"""How the separator GS (0x1D) is written in files; scanners' decoding here takes it for GS."""
_MOST_EXCEL_ROWS: Final = 1_048_575
_HEADS: Final = {
    "zh": ("序号", "编码", "打印内容", "标识 URI", "状态"),
    "en": ("number", "code", "content", "uri", "state"),
}
_STATES_ZH: Final = {
    CodeState.ISSUED: "已发行", CodeState.PRINTED: "已打印", CodeState.APPLIED: "已使用", CodeState.SPOILED: "损坏",
    CodeState.MISSING: "遗失", CodeState.VOID: "作废",
}  # fmt: skip
Row = tuple[int, str, str, str, str]
Inside = Callable[[Callable[[], Any]], Any]
"""Runs work inside a transaction of its own: a long export does not hold one open."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be exported: codes at offsets ``first`` to ``last`` of a batch, in ``language``."""

    batch: int
    first: int
    last: int
    width: int
    name: str
    language: Language
    plain: Form
    uri: Form
    manifest: dict[str, Any]

    @property
    def count(self) -> int:
        """How many codes."""
        return self.last - self.first + 1

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Yield first offset and count of pieces that are read at a time."""
        for start in range(self.first, self.last + 1, CHUNK):
            yield start, min(CHUNK, self.last + 1 - start)


def begin_export(
    batch: int, kind: Format, language: Language, *, handout_id: int | None = None, first: int = 0,
    last: int | None = None,
) -> Export:  # fmt: skip
    """Check and record an export of a batch, a handout or a range.

    :raises Fault: ``coding.issue_range``, ``issue_not_ready``, ``issue_too_many_for_excel``, ``chassis.not_found``.
    """
    if handout_id is not None:
        held = handout(handout_id)
        batch, first, last = held.batch_id, held.first, held.last
    kept = finished_batch(batch)
    last = kept.row.count - 1 if last is None else last
    if not 0 <= first <= last < kept.row.count:
        raise faults.RANGE(at="/first", first=first, last=last, most=kept.row.count - 1)
    if kind == "xlsx" and last - first + 1 > _MOST_EXCEL_ROWS:
        raise faults.TOO_MANY_FOR_EXCEL(count=last - first + 1)
    layout = lay_out(designer.published_version(CODE_RULE, kept.row.rule, kept.row.version))
    sample = store.codes_at(batch, kept.width, first, 1)[0]
    note_export(batch, first, last, kind)
    row = kept.row
    manifest = {
        "batch": batch, "rule": row.rule, "version": row.version, "level": row.level, "fields": dict(row.fields),
        "purpose": row.purpose, "first": first, "last": last, "count": last - first + 1,
        "issued": row.created.isoformat(),
        "batch_sha256": kept.digest, "separator": GS_SHOWN,
    }  # fmt: skip
    return Export(
        batch, first, last, kept.width, f"{row.rule}-{batch}", language, plain_form(layout, sample),
        uri_form(layout, sample, tenancy.own_tenant().code), manifest,
    )  # fmt: skip


def rows(export: Export, start: int, count: int) -> list[Row]:
    """Return (number from 1, code, text inside the symbol, URI, state) of a piece, in the open transaction."""
    codes = store.codes_at(export.batch, export.width, start, count)
    state_of: list[str] = []
    for each in states.stretches(export.batch, start, start + count - 1):
        overlap = min(each.last, start + count - 1) - max(each.first, start) + 1
        word = _STATES_ZH[each.state] if export.language == "zh" else each.state.value
        state_of.extend([word] * max(0, overlap))
    plain, uri = export.plain, export.uri
    return [
        (start + number + 1, code, plain(code).replace(GS, GS_SHOWN), uri(code), state)
        for number, (code, state) in enumerate(zip(codes, state_of, strict=True))
    ]


def pieces(export: Export, kind: Format, inside: Inside) -> Iterator[bytes]:
    """Yield the file piece by piece."""
    make = {"csv": _csv, "xlsx": _excel, "zip": _zip}[kind]
    yield from make(export, inside)


def _read(export: Export, inside: Inside, start: int, count: int) -> list[Row]:
    found: list[Row] = inside(lambda: rows(export, start, count))
    return found


def _lines(content: Sequence[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(content)
    return text.getvalue().encode()


def _csv(export: Export, inside: Inside) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _lines([_HEADS[export.language]])
    for start, count in export.blocks():
        yield _lines(_read(export, inside, start, count))


class _Sink(io.RawIOBase):
    """Takes what a ZIP writes until it is fetched."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 (any buffer)
        self._waiting += data
        return len(data)

    def fetch(self) -> bytes:
        """Return what has been written since the last time."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def _zip(export: Export, inside: Inside) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("manifest.json", json.dumps(export.manifest, ensure_ascii=False, indent=1))
        with archive.open(f"{export.name}.csv", "w", force_zip64=True) as file:
            for piece in _csv(export, inside):
                file.write(piece)
                yield sink.fetch()
    yield sink.fetch()


def _excel(export: Export, inside: Inside) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = Workbook(file, options)
        sheet = book.add_worksheet("codes")
        sheet.freeze_panes(1, 0)
        for column, (head, width) in enumerate(zip(_HEADS[export.language], (10, 36, 36, 60, 10), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, book.add_format({"bold": True}))
        line = 0
        for start, count in export.blocks():
            for number, *texts in _read(export, inside, start, count):
                line += 1
                sheet.write_number(line, 0, number)
                for column, text in enumerate(texts, start=1):
                    sheet.write_string(line, column, text)
        book.close()
        file.seek(0)
        while piece := file.read(1 << 16):
            yield piece
