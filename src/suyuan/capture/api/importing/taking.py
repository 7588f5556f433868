"""Taking a spreadsheet in: its columns, their mapping, and the order to import."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

import msgspec

from suyuan.capture.api.importing import targets
from suyuan.capture.api.importing.previewing import check_mapping, preview_of
from suyuan.capture.api.nodes import published
from suyuan.capture.contracts import import_faults as faults
from suyuan.capture.contracts.imports import (
    ColumnMapping,
    ImportDetail,
    ImportField,
    ImportNode,
    ImportNodes,
    ImportPage,
    ImportPreview,
    ImportRow,
    ImportStart,
    SheetColumn,
)
from suyuan.capture.contracts.nodes import TRACE_NODE, TraceNode
from suyuan.capture.contracts.permissions import IMPORT
from suyuan.capture.domain.sheets import always_needed, header_row, importable, kind_of, propose, shown_text
from suyuan.capture.domain.wording import Words
from suyuan.capture.store import import_passes
from suyuan.capture.store import imports as store
from suyuan.capture.store.sheets import Sheet
from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.chassis.jobs import later
from suyuan.chassis.registry import registry
from suyuan.designer import api as designer
from suyuan.kernel.faults import Language
from suyuan.trace.contracts import CURSOR_INVALID

IMPORT_JOB: Final = "capture.import"
_LOOKED_FOR_HEADER: Final = 10
_SAMPLES: Final = 3
_DEFAULT_OFFSET: Final = "+08:00"


def take(sheet: Sheet, body_hash: bytes, name: str, node_key: str, language: Language) -> ImportDetail:
    """Keep a file's rows to be imported at a node, and return its columns with a mapping to start from.

    :raises Fault: ``capture.import_…``, ``capture.node_unknown``, ``capture.node_retired``, ``kernel.not_allowed``.
    """
    version, node = targets.form_of(node_key, None)
    _check_importable(node_key, node)
    head = header_row(node, [[shown_text(cell) for cell in row] for row in sheet.rows[:_LOOKED_FOR_HEADER]])
    for first_row, first, last_row, last in sheet.merged:
        if last_row >= head:
            raise faults.MERGED(cells=f"{_letters(first)}{first_row + 1}:{_letters(last)}{last_row + 1}")
    rows = [(number, row) for number, row in enumerate(sheet.rows[head + 1 :], head + 2) if any(map(shown_text, row))]
    if not rows:
        raise faults.NO_ROWS(name=name)
    targets.check_size(targets.target_of(node_key), name, len(rows))
    width = max(len(row) for row in (sheet.rows[head], *(row for _, row in rows)))
    given = [shown_text(cell) for cell in sheet.rows[head]] + [""] * width
    header = [given[index].replace("\n", " ").strip()[:120] or _letters(index) for index in range(width)]
    import_id = uuid4()
    store.insert(
        import_id, node=node_key, version=version, file_name=name, file_hash=body_hash, first_row=head + 2,
        header=header, rows=rows,
    )  # fmt: skip
    return detail(import_id, language)


def _check_importable(key: str, node: TraceNode) -> None:
    for field in node.fields:
        if kind_of(field) in ("photo", "file", "signature", "voice") and field.required and field.require is None:
            label = Words(field.label_zh, field.label_en)
            raise faults.NOT_IMPORTABLE(node=key, label=label)


def _letters(index: int) -> str:
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def _shape(header: Sequence[str]) -> bytes:
    return hashlib.sha256("\0".join(header).encode()).digest()


def kept(import_id: UUID) -> store.KeptImport:
    """Return an import.

    :raises Fault: ``chassis.not_found``.
    """
    found = store.imports(1, import_id=import_id)
    if not found:
        raise NOT_FOUND(what=str(import_id))
    return found[0]


def seen(import_id: UUID) -> store.KeptImport:
    """Return an import whose rows the asker may see: those of master data, whoever may write it.

    :raises Fault: ``chassis.not_found``, ``kernel.not_allowed``.
    """
    found = kept(import_id)
    target = targets.target_of(found.node)
    if target is not None:
        tx().principal.require(target.permission)
    return found


def detail(import_id: UUID, language: Language) -> ImportDetail:
    """Return an import with its columns and their mapping.

    :raises Fault: ``chassis.not_found``.
    """
    found = kept(import_id)
    _, node = targets.form_of(found.node, found.version)
    first = store.rows(import_id, None, 0, _SAMPLES)
    columns = tuple(
        SheetColumn(
            name=name, samples=tuple(shown_text(row.cells[index])[:80] for row in first if index < len(row.cells))
        )
        for index, name in enumerate(found.header)
    )
    remembered = None if found.mapping is not None else store.remembered(found.node, _shape(found.header))
    known = {field.id for field in importable(node)}
    if remembered is not None and not remembered.columns.keys() <= known:
        remembered = None  # the node has changed since
    mapping = found.mapping or remembered or propose(node, found.header, _DEFAULT_OFFSET)
    return ImportDetail(
        row=_row(found, _titles(), language),
        fields=_fields(node),
        master=targets.target_of(found.node) is not None,
        columns=columns,
        mapping=mapping,
        remembered=remembered is not None,
        passes=import_passes.shown(import_id),
    )


def nodes() -> ImportNodes:
    """Return what a file can be imported into: master data that the asker may write, then the nodes in force."""
    known, titles = published(), _titles()
    found = []
    for key, version in known.in_force.items():
        node = known.versions[(key, version)]
        zh, en = titles.get(key, (key, key))
        found.append(ImportNode(key=key, version=version, title_zh=zh, title_en=en, fields=_fields(node)))
    masters = [
        ImportNode(
            key=each.key, version=0, title_zh=each.title.zh, title_en=each.title.en, fields=_fields(each.form),
            master=True,
        )
        for each in targets.targets()
    ]  # fmt: skip
    return ImportNodes(rows=(*masters, *sorted(found, key=lambda each: each.title_en)))


def _fields(node: TraceNode) -> tuple[ImportField, ...]:
    return tuple(
        ImportField(
            id=field.id, kind=kind_of(field), label_zh=field.label_zh, label_en=field.label_en,
            needed=always_needed(field), many=field.many,
        )
        for field in importable(node)
    )  # fmt: skip


def _titles() -> dict[str, tuple[str, str]]:
    rows, _ = designer.list_definitions(kind=TRACE_NODE, limit=500)
    known = {row.key: (row.title_zh, row.title_en) for row in rows}
    return known | {key: (each.title.zh, each.title.en) for key, each in registry.import_targets.items()}


def _row(found: store.KeptImport, titles: dict[str, tuple[str, str]], language: Language) -> ImportRow:
    fault = None if found.fault is None else f"{found.fault[f'text_{language}']} {found.fault[f'remedy_{language}']}"
    zh, en = titles.get(found.node, (found.node, found.node))
    return ImportRow(
        id=found.id, node=found.node, version=found.version, title_zh=zh, title_en=en, file_name=found.file_name,
        created=found.created, created_by=found.created_by, state=found.state, mode=found.mode, rows=found.rows,
        done=found.done, recorded=found.recorded, repeated=found.repeated, refused=found.refused, fault=fault,
        finished=found.finished,
    )  # fmt: skip


def list_imports(language: Language, cursor: str | None, limit: int) -> ImportPage:
    """Return imports, newest first."""
    after = None
    if cursor:
        time, _, last = cursor.partition("~")
        try:
            after = datetime.fromisoformat(time.replace(" ", "+")), UUID(last)
        except ValueError:
            raise CURSOR_INVALID(at="cursor", given=cursor[:80]) from None
    found = store.imports(limit + 1, after=after)
    titles = _titles() if found else {}
    rows = tuple(_row(each, titles, language) for each in found[:limit])
    more = f"{rows[-1].created.isoformat()}~{rows[-1].id}" if len(found) > limit else None
    return ImportPage(rows=rows, next=more)


def preview(import_id: UUID, mapping: ColumnMapping, language: Language) -> ImportPreview:
    """Judge the first rows as the import will; nothing is recorded.

    :raises Fault: ``capture.import_mapping``, ``capture.import_not_mapped``, ``chassis.not_found``.
    """
    return preview_of(kept(import_id), mapping, language)


def start(import_id: UUID, order: ImportStart, language: Language) -> ImportDetail:
    """Have the worker import a file; the mapping is remembered.

    :raises Fault: ``capture.import_state``, ``capture.import_mapping``, ``capture.import_not_mapped``.
    """
    found = kept(import_id)
    _, node = targets.form_of(found.node, found.version)
    check_mapping(node, found.header, order.mapping)
    target = targets.target_of(found.node)
    reached = tx().principal.sites_for(IMPORT if target is None else target.permission)
    if not store.begin(import_id, order.mapping, order.mode, None if reached is None else sorted(reached)):
        raise faults.STATE_WRONG(state=found.state)
    store.remember(found.node, _shape(found.header), order.mapping)
    later(IMPORT_JOB, {"import": str(import_id)})
    return detail(import_id, language)


def cancel(import_id: UUID, language: Language) -> ImportDetail:
    """Cancel an import; what was recorded before the worker stops stays (with ``all`` that is nothing).

    :raises Fault: ``capture.import_state``, ``chassis.not_found``.
    """
    found = seen(import_id)
    if not store.cancel(import_id):
        raise faults.STATE_WRONG(state=found.state)
    return detail(import_id, language)


def mapping_of(found: store.KeptImport) -> ColumnMapping:
    """Return the mapping that an import was started with."""
    return found.mapping or msgspec.convert({"columns": {}}, ColumnMapping)
