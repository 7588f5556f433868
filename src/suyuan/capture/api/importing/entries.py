"""A row of a file as an entry: its id follows from file and row, so that the same row is never recorded twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from suyuan.capture.contracts.imports import ColumnMapping
from suyuan.capture.contracts.nodes import TraceNode
from suyuan.capture.contracts.readings import Reading
from suyuan.capture.domain.sheets import taken_of, values_of
from suyuan.capture.domain.wording import said
from suyuan.capture.store.imports import KeptImport, KeptRow
from suyuan.chassis.database import tx
from suyuan.kernel.faults import Fault


def entry_id(found: KeptImport, row: int, attempt: int) -> UUID:
    """Return the id of a row's entry. ``attempt``: how often it was refused before, as a refusal keeps its id."""
    where = f"{tx().principal.tenant_id}:{found.node}:{found.file_hash.hex()}:{row}:{attempt}"
    return uuid5(NAMESPACE_URL, f"suyuan:import:{where}")


def entry_of(
    found: KeptImport, node: TraceNode, row: KeptRow, mapping: ColumnMapping, now: datetime, attempt: int
) -> Reading:
    """Return the entry that a row makes.

    :raises Fault: where a cell cannot be a value.
    """
    values = values_of(node, row.cells, mapping)
    return Reading(
        id=entry_id(found, row.number, attempt), node=found.node, version=found.version, values=values,
        taken=taken_of(row.cells, mapping) or now.isoformat(timespec="milliseconds"),
        how=dict.fromkeys(values, "import"), station=mapping.station or None,
    )  # fmt: skip


def told(fault: Fault) -> dict[str, Any]:
    """Return a fault as findings are kept, in both languages."""
    zh, en = said(fault, "zh"), said(fault, "en")
    field = (fault.at or "").removeprefix("/values/") if (fault.at or "").startswith("/values/") else None
    return {
        "code": fault.kind.code, "level": "refuse", "check": None, "field": field, "text_zh": zh[0], "text_en": en[0],
        "remedy_zh": zh[1], "remedy_en": en[1], "overridden": False,
    }  # fmt: skip
