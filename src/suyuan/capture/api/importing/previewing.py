"""What would become of a file's first rows: judged by the checks of the node or the target; nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from suyuan.capture.api.importing import targets
from suyuan.capture.api.importing.entries import entry_of, told
from suyuan.capture.api.judging import Device, Judge
from suyuan.capture.api.nodes import Published, published
from suyuan.capture.api.resolving import resolver
from suyuan.capture.api.submitting import findings_of, shown
from suyuan.capture.contracts import import_faults as faults
from suyuan.capture.contracts.import_targets import ImportTarget
from suyuan.capture.contracts.imports import PREVIEWED, ColumnMapping, ImportPreview, JudgedRow
from suyuan.capture.contracts.nodes import TraceNode
from suyuan.capture.contracts.permissions import IMPORT
from suyuan.capture.contracts.readings import Reading
from suyuan.capture.domain.sheets import always_needed, importable, shown_text
from suyuan.capture.domain.wording import Words
from suyuan.capture.store import imports as store
from suyuan.chassis.database import tx, undone
from suyuan.kernel.faults import Fault, Language

TRIED: Final = 2_000
"""Rows of master data that are tried for a preview."""


def check_mapping(node: TraceNode, header: Sequence[str], mapping: ColumnMapping) -> None:
    """Raise what is wrong with a mapping.

    :raises Fault: ``capture.import_mapping``, ``capture.import_not_mapped``.
    """
    known = {field.id: field for field in importable(node)}
    for name, index in mapping.columns.items():
        if name not in known or index >= len(header):
            raise faults.MAPPING_WRONG(at=f"/mapping/columns/{name}", given=name if name not in known else index)
    if mapping.taken is not None and mapping.taken >= len(header):
        raise faults.MAPPING_WRONG(at="/mapping/taken", given=mapping.taken)
    for field in known.values():
        if always_needed(field) and field.id not in mapping.columns:
            label = Words(field.label_zh, field.label_en)
            raise faults.NOT_MAPPED(at=f"/mapping/columns/{field.id}", label=label)


def preview_of(found: store.KeptImport, mapping: ColumnMapping, language: Language) -> ImportPreview:
    """Judge the first rows by the checks of the node; nothing is recorded.

    :raises Fault: ``capture.import_mapping``, ``capture.import_not_mapped``.
    """
    _, node = targets.form_of(found.node, found.version)
    check_mapping(node, found.header, mapping)
    target = targets.target_of(found.node)
    if target is None:
        rows = store.rows(found.id, None, 0, PREVIEWED)
        judged = tuple(_judged(found, published(), rows, mapping, language))
    else:
        judged = tuple(_tried(found, target, mapping, language))
    outcomes = [each.outcome for each in judged]
    return ImportPreview(
        rows=judged, recorded=outcomes.count("recorded"), warned=outcomes.count("warned"),
        refused=outcomes.count("refused"),
    )  # fmt: skip


def _tried(
    found: store.KeptImport, target: ImportTarget, mapping: ColumnMapping, language: Language
) -> Iterator[JudgedRow]:
    """Yield the first rows as they would be kept; those after them are tried too, as rows may point at each other."""
    rows = store.rows(found.id, None, 0, TRIED)
    with undone():
        outcomes = targets.kept_rows(target, rows, mapping)
    for row in rows[:PREVIEWED]:
        outcome, told_of = outcomes[row.number]
        cells = tuple(shown_text(cell) for cell in row.cells)
        wrong = tuple(shown(finding, language) for finding in told_of)
        yield JudgedRow(number=row.number, cells=cells, outcome=outcome, faults=wrong)


def _judged(
    found: store.KeptImport, nodes: Published, rows: Sequence[store.KeptRow], mapping: ColumnMapping, language: Language
) -> Iterator[JudgedRow]:
    """Yield rows as they would be judged one after another, each by what those before it left."""
    _, node = nodes.get(found.node, found.version)
    now = datetime.now(UTC)
    entries: dict[int, Reading | Fault] = {}
    for row in rows:
        try:
            entries[row.number] = entry_of(found, node, row, mapping, now, 0)
        except Fault as fault:
            entries[row.number] = fault
    reached = tx().principal.sites_for(IMPORT)
    judge = Judge(nodes, resolver(), str(found.id), now, timedelta(), Device(), reached=reached)
    judge.gather(judge.asks([entry for entry in entries.values() if isinstance(entry, Reading)]))
    for row in rows:
        entry = entries[row.number]
        cells = tuple(shown_text(cell) for cell in row.cells)
        if isinstance(entry, Fault):
            wrong = (shown(told(entry), language),)
            yield JudgedRow(number=row.number, cells=cells, outcome="refused", faults=wrong)
        else:
            done = judge.judge(entry)
            yield JudgedRow(number=row.number, cells=cells, outcome=done.outcome, faults=findings_of(done, language))
