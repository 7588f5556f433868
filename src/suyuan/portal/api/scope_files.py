"""A scope as a file or a stream: NDJSON, Parquet or Excel, written piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema
from arro3.io import write_parquet

from suyuan.chassis.http import encode
from suyuan.chassis.withholding import passed
from suyuan.kernel.disclosure import closed_to
from suyuan.kernel.faults import Language
from suyuan.kernel.principals import Principal
from suyuan.portal.api.scope_workbook import scope_workbook
from suyuan.trace.api import scope_export
from suyuan.trace.api.scope_export import ExportedItem, Opening
from suyuan.trace.api.scoping import Worked
from suyuan.trace.contracts.scopes import ScopePage

Format = Literal["ndjson", "parquet", "xlsx"]
MEDIA_TYPES: Final[dict[Format, str]] = {
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Progress = Callable[[int], None]
_TEXT, _WHOLE, _TIME = DataType.utf8(), DataType.int64(), DataType.timestamp("us", tz="UTC")
COLUMNS: Final = (
    ("verdict", _TEXT), ("role", _TEXT), ("kind", _TEXT), ("uri", _TEXT), ("label", _TEXT), ("product", _TEXT),
    ("product_name_zh", _TEXT), ("product_name_en", _TEXT), ("lot", _TEXT), ("serial", _TEXT), ("state", _TEXT),
    ("place", _TEXT), ("place_name_zh", _TEXT), ("place_name_en", _TEXT), ("customer", _TEXT),
    ("customer_name_zh", _TEXT), ("customer_name_en", _TEXT), ("since", _TIME), ("until", _TIME), ("depth", _WHOLE),
    ("doubts", _TEXT), ("reason", _TEXT), ("reason_event", _WHOLE), ("via", _TEXT), ("via_event", _WHOLE),
)  # fmt: skip
"""What a row of a stream or Parquet file has, in order. ``doubts`` are joined by spaces."""


@dataclass(frozen=True, slots=True)
class Export:
    """A scope on its way out: which one, which rows, for whom; ``opening`` opens a transaction for a piece."""

    found: Worked
    page: ScopePage
    who: Principal
    language: Language
    opening: Opening

    @property
    def count(self) -> int:
        """How many rows there are."""
        return scope_export.count_exported(self.found, self.page)

    def pieces(self) -> Iterator[list[ExportedItem]]:
        """Yield the rows, some thousand at a time."""
        return (passed(piece) for piece in scope_export.exported(self.found, self.page, self.opening))


def note(export: Export, kind: str) -> None:
    """Write down, in the open transaction, that this scope leaves; the audit trail keeps who took it."""
    scope_export.note_export(export.found, export.page, kind)


def row_of(exported: ExportedItem) -> dict[str, Any]:
    """Return a row by column name."""
    item = exported.item
    own = {name: getattr(item, name) for name, _ in COLUMNS if name not in ("doubts", "via", "via_event")}
    return {**own, "doubts": " ".join(item.doubts), "via": exported.via, "via_event": exported.via_event}


def lines(export: Export) -> Iterator[bytes]:
    """Yield the scope as NDJSON: a line that says what it is, a line an item, and a last line that says it is whole."""
    found = export.found
    head = {
        "scope": found.id, "direction": found.spec.direction, "known_as_of": found.known_as_of, "items": export.count,
        "withheld": [group.name for group in closed_to(export.who)], "summary": found.summary,
        "truncated": bool(found.scoped.cut), "truncated_counts": dict(found.scoped.cut),
    }  # fmt: skip
    yield encode(head) + b"\n"
    count = 0
    for piece in export.pieces():
        count += len(piece)
        yield b"".join(encode(row_of(exported)) + b"\n" for exported in piece)
    yield encode({"end": True, "items": count}) + b"\n"


def write(export: Export, kind: Format, path: Path, progress: Progress) -> None:
    """Write the scope into a file; ``progress`` is told how many rows are in it."""
    if kind == "ndjson":
        _write_lines(export, path, progress)
    elif kind == "parquet":
        _write_parquet(export, path, progress)
    else:
        scope_workbook(path, export.found, _told(export, progress), export.language)


def _told(export: Export, progress: Progress) -> Iterator[list[ExportedItem]]:
    count = 0
    for piece in export.pieces():
        yield piece
        count += len(piece)
        progress(count)


def _write_lines(export: Export, path: Path, progress: Progress) -> None:
    count = -1
    with path.open("wb") as file:
        for line in lines(export):
            file.write(line)
            count += line.count(b"\n")
            progress(min(count, export.count))


def _write_parquet(export: Export, path: Path, progress: Progress) -> None:
    hidden = " ".join(sorted(group.name for group in closed_to(export.who)))
    columns = [Field(name, kind, nullable=True) for name, kind in COLUMNS]
    schema = Schema(columns, metadata={"withheld": hidden} if hidden else None)
    batches = [_batch(piece, schema) for piece in _told(export, progress)]
    with path.open("wb") as file:
        write_parquet(RecordBatchReader.from_batches(schema, batches), file, compression="zstd(3)")


def _batch(piece: Sequence[ExportedItem], schema: Schema) -> RecordBatch:
    rows = [row_of(exported) for exported in piece]
    arrays = [_array([row[name] for row in rows], kind) for name, kind in COLUMNS]
    return RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: list[Any], kind: DataType) -> Array:
    if kind is _TIME:
        return Array([None if value is None else _micros(value) for value in values], _WHOLE).cast(_TIME)
    return Array(values, kind)


def _micros(when: datetime) -> int:
    return round(when.timestamp() * 1_000_000)
