"""Telling what became of an import row by row, on screen and as a file; and the template to fill in."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from suyuan.capture.api.importing import targets
from suyuan.capture.api.importing.taking import seen
from suyuan.capture.api.resolving import masters
from suyuan.capture.api.submitting import shown
from suyuan.capture.contracts.imports import ImportRowsPage, JudgedRow
from suyuan.capture.contracts.nodes import (
    CascadeField,
    ChoiceField,
    DateField,
    DateTimeField,
    DurationField,
    EquipmentField,
    Field,
    LocationField,
    LookupField,
    MoneyField,
    NumberField,
    PercentField,
    PersonField,
    ScanField,
    TimeField,
    YesNoField,
)
from suyuan.capture.domain.node_fields import unit_of, ways_of
from suyuan.capture.domain.scanning import CLASS_WORDS
from suyuan.capture.domain.sheets import TAKEN, always_needed, importable, shown_text
from suyuan.capture.store import imports as store
from suyuan.capture.store.sheets import WrittenColumn, written
from suyuan.kernel.faults import Language

_MOST_CHOICES: Final = 1000
_REASON: Final = {"zh": "哪里不对，怎么办", "en": "What is wrong, and what to do"}
_ROW: Final = {"zh": "原文件行号", "en": "Row of the file"}
_OF: Final = {PersonField: "person", EquipmentField: "equipment", LocationField: "place"}


def rows_of(import_id: UUID, outcome: str | None, after: int, limit: int, language: Language) -> ImportRowsPage:
    """Return rows of an import with what became of each.

    :raises Fault: ``chassis.not_found``.
    """
    seen(import_id)
    found = store.rows(import_id, outcome, after, limit + 1)
    rows = tuple(
        JudgedRow(
            number=row.number, cells=tuple(shown_text(cell) for cell in row.cells), outcome=row.outcome or "waiting",
            faults=tuple(shown(finding, language) for finding in row.findings),
        )
        for row in found[:limit]
    )  # fmt: skip
    return ImportRowsPage(rows=rows, next=str(rows[-1].number) if len(found) > limit else None)


def faults_file(import_id: UUID, language: Language) -> tuple[str, bytes]:
    """Return name and content of a workbook with the refused rows, each with what is wrong beside it.

    Corrected, it can be uploaded as it is: its last two columns are no fields.

    :raises Fault: ``chassis.not_found``.
    """
    found = seen(import_id)
    rows: list[list[str]] = []
    after = 0
    while page := store.rows(import_id, "refused", after, 5_000):
        after = page[-1].number
        for row in page:
            cells = [shown_text(cell) for cell in row.cells][: len(found.header)]
            said = [shown(finding, language) for finding in row.findings]
            reason = "\n".join(f"{each.text} {each.remedy}" for each in said if each.level != "warn")
            rows.append([*cells, *[""] * (len(found.header) - len(cells)), reason, str(row.number)])
    columns = [WrittenColumn(name) for name in found.header]
    columns += [WrittenColumn(_REASON[language], width=60), WrittenColumn(_ROW[language], width=14)]
    stem = found.file_name.rsplit(".", 1)[0][:80]
    name = f"{stem}-{'错误' if language == 'zh' else 'faults'}.xlsx"
    return name, written("faults", columns, rows, marked=len(found.header))


def template(node_key: str) -> bytes:
    """Return a workbook to fill in for a node: columns named in both languages, drop-downs where there are choices.

    :raises Fault: ``capture.node_unknown``, ``capture.node_retired``, ``kernel.not_allowed``.
    """
    _, node = targets.form_of(node_key, None)
    columns = [_column(field) for field in importable(node)]
    if targets.target_of(node_key) is not None:
        return written(node_key, columns, ())
    columns.append(
        WrittenColumn(f"{TAKEN.zh}\n{TAKEN.en}", "2026-03-30 08:15\n留空：导入的时间 empty: time of the import")
    )
    return written(node_key, columns, ())


def _column(field: Field) -> WrittenColumn:
    always = always_needed(field)
    notes = [note for note in (field.hint_zh, field.hint_en) if note]
    notes.append("必填 needed" if always else "可留空 may be empty")
    if field.many:
        notes.append("多个值用 | 分开 several values: |")
    choices: tuple[str, ...] = ()
    match field:
        case ScanField() if field.classes:
            notes.append(" / ".join(f"{CLASS_WORDS[name].zh} {CLASS_WORDS[name].en}" for name in field.classes))
        case NumberField() | PercentField() | MoneyField():
            limits = [
                field.currency if isinstance(field, MoneyField) else unit_of(field),
                f"≥ {field.min}" if field.min is not None else "",
                f"≤ {field.max}" if field.max is not None else "",
            ]
            notes.append(" ".join(part for part in limits if part))
        case DateField():
            notes.append("2026-03-30")
        case DateTimeField():
            notes.append("2026-03-30 08:15")
        case TimeField():
            notes.append("08:15")
        case DurationField():
            notes.append("1:05:00（时:分:秒 h:mm:ss）")
        case CascadeField():
            choices = tuple(" / ".join(option.label_zh for option in way) for way in ways_of(field))[:_MOST_CHOICES]
        case YesNoField():
            choices = ("是", "否")
        case ChoiceField():
            choices = tuple(option.label_zh for option in field.options)
        case PersonField() | EquipmentField() | LocationField() | LookupField():
            kind = field.of if isinstance(field, LookupField) else _OF[type(field)]
            choices = tuple(entry.code for entry in masters().entries[kind])[:_MOST_CHOICES]
    head = f"{field.label_zh}\n{field.label_en}"
    return WrittenColumn(head, "\n".join(note for note in notes if note), () if field.many else choices, always)
