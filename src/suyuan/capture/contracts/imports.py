"""Imports of spreadsheets: a file's rows become entries at a trace node, by the same checks as on any screen."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

import msgspec

from suyuan.capture.contracts.nodes import FieldName
from suyuan.capture.contracts.readings import Finding, ShortText
from suyuan.kernel.disclosure import MEASURED, PARTIES, PEOPLE

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
LARGEST_FILE_MB: Final = 32
PREVIEWED: Final = 100
"""Rows that are judged for a preview."""
ImportState = Literal["ready", "waiting", "running", "done", "failed", "canceled"]
ImportMode = Literal["skip", "all"]
RowOutcome = Literal["recorded", "warned", "refused", "repeated", "waiting"]
"""``skip``: rows in order are recorded, the others are not; ``all``: every row, or none."""
Offset = Annotated[str, msgspec.Meta(pattern="^([+-][0-9]{2}:[0-9]{2}|Z)$")]
RowNumber = Annotated[int, msgspec.Meta(ge=1, le=2_000_000)]
ColumnIndex = Annotated[int, msgspec.Meta(ge=0, lt=MOST_COLUMNS)]


class ColumnMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which column (from 0) gives which field. ``taken``: the column with the time of the entry (none: now);
    ``offset``: of times that name none; ``station``: the place of all entries, a URI."""

    columns: dict[FieldName, ColumnIndex]
    taken: ColumnIndex | None = None
    offset: Offset = "+08:00"
    station: ShortText | None = None


class ImportField(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a column can give. ``needed``: always."""

    id: str
    kind: str
    label_zh: str
    label_en: str
    needed: bool
    many: bool


class ImportNode(msgspec.Struct, frozen=True, kw_only=True):
    """What a file can be imported into: a trace node, or (``master``) master data."""

    key: str
    version: int
    title_zh: str
    title_en: str
    fields: tuple[ImportField, ...]
    master: bool = False


class ImportNodes(msgspec.Struct, frozen=True, kw_only=True):
    """Master data that the asker may write, then the nodes in force, by name."""

    rows: tuple[ImportNode, ...]


class SheetColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its name, and what stands in its first rows."""

    name: str
    samples: Annotated[tuple[str, ...], PEOPLE, PARTIES, MEASURED]


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """An import as a list shows it. ``rows``: of data; ``done``: worked off; ``repeated``: on record before."""

    id: UUID
    node: str
    version: int
    title_zh: str
    title_en: str
    file_name: str
    created: datetime
    created_by: Annotated[str, PEOPLE]
    state: ImportState
    mode: ImportMode | None
    rows: int
    done: int
    recorded: int
    repeated: int
    refused: int
    fault: str | None
    finished: datetime | None


class ImportPass(msgspec.Struct, frozen=True, kw_only=True):
    """Who let which check pass and why: in these rows, or (None) in all that it stopped."""

    made: datetime
    by: Annotated[str, PEOPLE]
    check: str
    rows: tuple[int, ...] | None
    reason: str


class PassedRows(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A check to let pass: in these rows (by their numbers in the file), or (None) in all that it stops."""

    check: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    rows: Annotated[tuple[RowNumber, ...], msgspec.Meta(min_length=1, max_length=1000)] | None = None


class ImportPassing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to let pass of an import's refused rows, and why; these rows are then imported again."""

    choices: Annotated[tuple[PassedRows, ...], msgspec.Meta(min_length=1, max_length=60)]
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern="^[^\\x00]*$")]


class ImportDetail(msgspec.Struct, frozen=True, kw_only=True):
    """An import with its columns and their mapping: ``remembered`` from a file like it, or proposed by their names."""

    row: ImportRow
    fields: tuple[ImportField, ...]
    columns: tuple[SheetColumn, ...]
    mapping: ColumnMapping
    remembered: bool
    master: bool = False
    passes: tuple[ImportPass, ...] = ()


class ImportPage(msgspec.Struct, frozen=True, kw_only=True):
    """Imports, newest first."""

    rows: tuple[ImportRow, ...]
    next: str | None = None


class JudgedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the file (``number`` as Excel counts them) and what becomes, or became, of it."""

    number: int
    cells: Annotated[tuple[str, ...], PEOPLE, PARTIES, MEASURED]
    outcome: RowOutcome
    faults: Annotated[tuple[Finding, ...], PEOPLE, MEASURED]


class ImportPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What would become of the first rows; nothing is recorded."""

    rows: tuple[JudgedRow, ...]
    recorded: int
    warned: int
    refused: int


class ImportStart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Import by this mapping; it is remembered for files with the same columns at the same node."""

    mapping: ColumnMapping
    mode: ImportMode = "skip"


class ImportRowsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of an import, in the order of the file; ``next``: the number to go on after."""

    rows: tuple[JudgedRow, ...]
    next: str | None = None
