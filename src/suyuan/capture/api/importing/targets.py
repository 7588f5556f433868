"""Importing master data: rows are read by a form's fields and kept by whoever registered the target."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from suyuan.capture.api.importing.entries import told
from suyuan.capture.api.nodes import published
from suyuan.capture.api.resolving import resolver
from suyuan.capture.contracts import import_faults as faults
from suyuan.capture.contracts.import_targets import MOST_TARGET_ROWS, ImportTarget, Keep, Kept, TargetRow
from suyuan.capture.contracts.imports import ColumnMapping, RowOutcome
from suyuan.capture.contracts.nodes import TraceNode
from suyuan.capture.domain.entries import Entry, read_entry
from suyuan.capture.domain.sheets import values_of
from suyuan.capture.store.imports import KeptRow
from suyuan.chassis.database import savepoint, tx
from suyuan.chassis.registry import registry
from suyuan.kernel.faults import Fault

Outcomes = dict[int, tuple[RowOutcome, list[dict[str, Any]]]]


def target_of(key: str) -> ImportTarget | None:
    """Return the target of a key; None where it is a trace node's, or nobody's."""
    return registry.import_targets.get(key)


def form_of(key: str, version: int | None) -> tuple[int, TraceNode]:
    """Return the form that rows are read by, with its version: of a target, or of a trace node.

    :raises Fault: ``kernel.not_allowed`` for a target that the asker has no right to write; ``capture.node_unknown``,
        ``capture.node_retired``.
    """
    target = target_of(key)
    if target is None:
        return published().get(key, version)
    tx().principal.require(target.permission)
    return 0, target.form


def targets() -> list[ImportTarget]:
    """Return what the asker may import into beside trace nodes."""
    known: Mapping[str, ImportTarget] = registry.import_targets
    return [each for each in known.values() if tx().principal.may(each.permission)]


def check_size(target: ImportTarget | None, name: str, rows: int) -> None:
    """Refuse a file with more rows than one transaction is to keep.

    :raises Fault: ``capture.import_too_many_rows``.
    """
    if target is not None and rows > MOST_TARGET_ROWS:
        raise faults.TOO_MANY_ROWS(name=name, limit=MOST_TARGET_ROWS)


def kept_rows(target: ImportTarget, rows: Sequence[KeptRow], mapping: ColumnMapping) -> Outcomes:
    """Keep rows in the open transaction, and return what became of each; refused ones left nothing."""
    found: Outcomes = {}
    given: list[TargetRow] = []
    now, resolve = datetime.now(UTC), resolver().resolve
    for row in rows:
        try:
            entry = read_entry(target.form, values_of(target.form, row.cells, mapping), resolve, now, _no_more, {})
            wrong = [each.fault for each in entry.found]
        except Fault as fault:
            entry, wrong = None, [fault]
        given.append(TargetRow(row.number, {} if entry is None else entry.values, sound=not wrong))
        if wrong:
            found[row.number] = ("refused", [told(fault) for fault in wrong])
    for number, kept in target.keep(given).items():
        if isinstance(kept, Fault):
            found.setdefault(number, ("refused", [told(_of_field(target, kept))]))
        else:
            found[number] = ("recorded" if kept else "repeated", [])
    return found


def _no_more(_entry: Entry, _field: str) -> None:
    """Know nothing of what was scanned: master data has no scans."""


def _of_field(target: ImportTarget, fault: Fault) -> Fault:
    """Return a fault of a form as one of the column that is called the same."""
    name = (fault.at or "").strip("/").split("/", 1)[0]
    if any(field.id == name for field in target.form.fields):
        return Fault(fault.kind, f"/values/{name}", fault.params)
    return fault


def master_uri(kind: str, text: str) -> str:
    """Return the URI of what a code, name or URI means among the master data, or by the standards.

    :param kind: ``product``, ``place``, ``person`` or ``equipment``.
    :raises Fault: why it is not understood.
    """
    return resolver().resolve(text, (kind,)).uri


def one_by_one(keep: Callable[[Mapping[str, Any]], bool]) -> Keep:
    """Return what keeps each row by itself. A row that points at a later one is tried again after it."""

    def kept(rows: Sequence[TargetRow]) -> Kept:
        results: dict[int, bool | Fault] = {}
        waiting = [row for row in rows if row.sound]
        while waiting:
            refused: list[TargetRow] = []
            for row in waiting:
                try:
                    with savepoint():
                        results[row.number] = keep(row.values)
                except Fault as fault:
                    results[row.number] = fault
                    refused.append(row)
            if len(refused) == len(waiting):
                break
            waiting = refused
        return results

    return kept
