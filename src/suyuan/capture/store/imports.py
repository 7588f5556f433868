"""Imports: files' rows in, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from suyuan.capture.contracts.imports import ColumnMapping, ImportMode, ImportState, RowOutcome
from suyuan.capture.domain.sheets import Cell
from suyuan.chassis.database import named_sql, tx

_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class KeptImport:
    """An import as it is on record."""

    id: UUID
    created: datetime
    created_by: str
    user_id: int | None
    sites: list[int] | None
    node: str
    version: int
    file_name: str
    file_hash: bytes
    header: list[str]
    rows: int
    mapping: ColumnMapping | None
    mode: ImportMode | None
    state: ImportState
    started: datetime | None
    finished: datetime | None
    fault: dict[str, str] | None
    done: int
    recorded: int
    repeated: int
    refused: int
    cancel: bool


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of an import, by its number in the file."""

    number: int
    cells: list[Cell]
    outcome: RowOutcome | None
    findings: list[dict[str, Any]]


def _tenant() -> int:
    return tx().principal.tenant_id


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode().replace("\\u0000", "\\ufffd")


def insert(
    import_id: UUID, *, node: str, version: int, file_name: str, file_hash: bytes, first_row: int,
    header: Sequence[str], rows: Sequence[tuple[int, Sequence[Cell]]],
) -> None:  # fmt: skip
    """Keep a file's rows, to be imported later."""
    values = {
        "id": import_id, "tenant": _tenant(), "by": tx().principal.name, "user": tx().principal.user_id, "node": node,
        "version": version, "file_name": file_name, "file_hash": file_hash, "first_row": first_row,
        "header": list(header), "rows": len(rows),
    }  # fmt: skip
    tx().execute(named_sql(__package__, "insert_import.sql"), values)
    for begin in range(0, len(rows), _AT_ONCE):
        part = rows[begin : begin + _AT_ONCE]
        tx().execute(
            "INSERT INTO capture_import_row (tenant_id, import_id, number, cells)"
            " SELECT %s, %s, number, cells::jsonb FROM unnest(%s::int[], %s::text[]) AS given (number, cells)",
            (_tenant(), import_id, [number for number, _ in part], [_json(cells) for _, cells in part]),
        )


def imports(
    limit: int, *, import_id: UUID | None = None, after: tuple[datetime, UUID] | None = None
) -> list[KeptImport]:
    """Return imports, newest first."""
    values = {
        "tenant": _tenant(), "id": import_id, "limit": limit, "time": after[0] if after else None,
        "last": after[1] if after else None,
    }  # fmt: skip
    return [_kept(row) for row in tx().rows(named_sql(__package__, "list_imports.sql"), values)]


def _kept(row: tuple[Any, ...]) -> KeptImport:
    mapping = None if row[11] is None else msgspec.json.decode(row[11], type=ColumnMapping)
    fault = None if row[16] is None else msgspec.json.decode(row[16], type=dict[str, str])
    return KeptImport(*(*row[:8], bytes(row[8]), list(row[9]), row[10], mapping, *row[12:16], fault, *row[17:]))


def lock(import_id: UUID) -> bool:
    """Take an import that is being worked on for this transaction; False where another one has it, or it is over."""
    found = tx().rows(
        "SELECT 1 FROM capture_import WHERE tenant_id = %s AND id = %s AND state = 'running' FOR UPDATE SKIP LOCKED",
        (_tenant(), import_id),
    )
    return bool(found)


def begin(import_id: UUID, mapping: ColumnMapping, mode: ImportMode, sites: Sequence[int] | None) -> bool:
    """Have an import wait for the worker; False where it was started before."""
    done = tx().execute(
        "UPDATE capture_import SET state = 'waiting', mapping = %s::jsonb, mode = %s, sites = %s,"
        " started = clock_timestamp() WHERE tenant_id = %s AND id = %s AND state = 'ready'",
        (_json(mapping), mode, None if sites is None else list(sites), _tenant(), import_id),
    )
    return done.rowcount > 0


def take_up(import_id: UUID) -> bool:
    """Note that a worker works on a waiting import; tell whether it is running now."""
    tx().execute(
        "UPDATE capture_import SET state = 'running' WHERE tenant_id = %s AND id = %s AND state = 'waiting'",
        (_tenant(), import_id),
    )
    state = tx().value("SELECT state FROM capture_import WHERE tenant_id = %s AND id = %s", (_tenant(), import_id))
    return bool(state == "running")


def finish(import_id: UUID, state: ImportState, fault: Mapping[str, str] | None = None) -> None:
    """End an import."""
    tx().execute(
        "UPDATE capture_import SET state = %s, fault = %s::jsonb, finished = clock_timestamp()"
        " WHERE tenant_id = %s AND id = %s",
        (state, None if fault is None else _json(fault), _tenant(), import_id),
    )


def cancel(import_id: UUID) -> bool:
    """Cancel an import that has not begun, or ask the worker to stop; False where it is over."""
    ended = tx().execute(
        "UPDATE capture_import SET state = 'canceled', finished = clock_timestamp()"
        " WHERE tenant_id = %s AND id = %s AND state IN ('ready', 'waiting')",
        (_tenant(), import_id),
    )
    if ended.rowcount:
        return True
    asked = tx().execute(
        "UPDATE capture_import_progress p SET cancel = true FROM capture_import i WHERE p.tenant_id = %s"
        " AND p.import_id = %s AND i.id = p.import_id AND i.state = 'running'",
        (_tenant(), import_id),
    )
    return asked.rowcount > 0


def left_behind(seconds: int) -> list[UUID]:
    """Return imports that wait, or whose worker has not been heard of for so long."""
    rows = tx().rows(
        "SELECT i.id FROM capture_import i JOIN capture_import_progress p ON p.import_id = i.id"
        " WHERE i.tenant_id = %s AND p.tenant_id = %s AND i.state IN ('waiting', 'running')"
        " AND p.seen < clock_timestamp() - %s * interval '1 second'",
        (_tenant(), _tenant(), seconds),
    )
    return [row[0] for row in rows]


def next_rows(import_id: UUID, after: int, limit: int) -> list[KeptRow]:
    """Return the next rows of which nothing is decided, in order."""
    return list(_rows(import_id, "outcome IS NULL", after, limit))


def rows(import_id: UUID, outcome: str | None, after: int, limit: int) -> list[KeptRow]:
    """Return rows in order, of one outcome or of any."""
    return list(_rows(import_id, "(%(outcome)s::text IS NULL OR outcome = %(outcome)s)", after, limit, outcome))


def _rows(import_id: UUID, which: str, after: int, limit: int, outcome: str | None = None) -> Iterator[KeptRow]:
    found = tx().rows(
        "SELECT number, cells::text, outcome, findings::text FROM capture_import_row WHERE tenant_id = %(tenant)s"
        f" AND import_id = %(id)s AND number > %(after)s AND {which} ORDER BY number LIMIT %(limit)s",
        {"tenant": _tenant(), "id": import_id, "after": after, "limit": limit, "outcome": outcome},
    )
    for number, cells, result, findings in found:
        yield KeptRow(number, msgspec.json.decode(cells), result, msgspec.json.decode(findings))


def note_rows(import_id: UUID, outcomes: Sequence[tuple[int, str, Sequence[Mapping[str, Any]]]]) -> None:
    """Keep what became of rows: (number, outcome, findings)."""
    columns = [[each[0] for each in outcomes], [each[1] for each in outcomes], [_json(each[2]) for each in outcomes]]
    tx().execute(
        "UPDATE capture_import_row r SET outcome = g.outcome, findings = g.findings::jsonb"
        " FROM unnest(%s::int[], %s::text[], %s::text[]) AS g (number, outcome, findings)"
        " WHERE r.tenant_id = %s AND r.import_id = %s AND r.number = g.number",
        (*columns, _tenant(), import_id),
    )


def note_progress(import_id: UUID, done: int, recorded: int, repeated: int, refused: int) -> bool:
    """Say that the worker lives and how far it is; tell whether somebody wants it to stop."""
    asked = tx().value(
        "UPDATE capture_import_progress SET done = %s, recorded = %s, repeated = %s, refused = %s,"
        " seen = clock_timestamp() WHERE tenant_id = %s AND import_id = %s RETURNING cancel",
        (done, recorded, repeated, refused, _tenant(), import_id),
    )
    return bool(asked)


def remembered(node: str, shape: bytes) -> ColumnMapping | None:
    """Return the mapping that was used last for files of this shape at a node."""
    found = tx().value(
        "SELECT mapping FROM capture_import_mapping WHERE tenant_id = %s AND node = %s AND shape = %s",
        (_tenant(), node, shape),
    )
    return None if found is None else msgspec.json.decode(found, type=ColumnMapping)


def remember(node: str, shape: bytes, mapping: ColumnMapping) -> None:
    """Keep the mapping for the next file of this shape at a node."""
    tx().execute(
        "INSERT INTO capture_import_mapping (tenant_id, node, shape, mapping) VALUES (%s, %s, %s, %s::jsonb)"
        " ON CONFLICT (tenant_id, node, shape) DO UPDATE SET mapping = excluded.mapping, used = clock_timestamp()",
        (_tenant(), node, shape, _json(mapping)),
    )


def settle_refused(readings: Sequence[UUID], reason: str) -> None:
    """Note of refused entries that nobody has to decide about them: the file they came from tells who sent it."""
    tx().execute(
        "INSERT INTO capture_resolution (tenant_id, reading_id, outcome, reason, decided_by)"
        " SELECT %s, id, 'discarded', %s, %s FROM unnest(%s::uuid[]) AS given (id) ON CONFLICT DO NOTHING",
        (_tenant(), reason, tx().principal.name, list(readings)),
    )
