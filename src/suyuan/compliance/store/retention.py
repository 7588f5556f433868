"""Rules of retention, legal holds, and the records that are old enough to go."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.registry import Expendable
from suyuan.chassis.settings import settings
from suyuan.compliance.contracts.retention import LegalHold
from suyuan.compliance.domain.entries import REMOVAL_FIELDS, removal_leaf

_HOLD = "id, subject, since, until, reason, placed, placed_by, lifted, lifted_by, lift_reason"
_FIELDS = ", ".join(f"r.{name}" for name in REMOVAL_FIELDS)


def _tenant() -> int:
    return tx().principal.tenant_id


def rules() -> dict[str, tuple[int, str, bool, datetime, str]]:
    """Return days, reason, whether in force, and the last change, of each kind that has a rule."""
    query = "SELECT kind, days, reason, in_force, changed, changed_by FROM compliance_retention WHERE tenant_id = %s"
    return {row[0]: (row[1], row[2], row[3], row[4], row[5]) for row in tx().rows(query, (_tenant(),))}


def save_rule(kind: str, days: int, reason: str, in_force: bool) -> None:
    """Keep a rule; the first, or in the place of the one before."""
    tx().execute(
        "INSERT INTO compliance_retention (tenant_id, kind, days, reason, in_force, changed_by)"
        " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (tenant_id, kind) DO UPDATE SET days = excluded.days,"
        " reason = excluded.reason, in_force = excluded.in_force, changed = clock_timestamp(),"
        " changed_by = excluded.changed_by",
        (_tenant(), kind, days, reason, in_force, tx().principal.name),
    )


def _asked(name: str, kind: Expendable) -> str:
    """Return a query over the rows of a kind; what is put in is SQL of the module that registered it, never a value."""
    text = named_sql(__package__, name)
    locking = "FOR UPDATE OF t SKIP LOCKED" if kind.locking else ""
    for mark, part in (("{table}", kind.table), ("{at}", kind.at), ("{text}", kind.text), ("{only}", kind.only),
                       ("{key}", kind.key), ("{locking}", locking)):  # fmt: skip
        text = text.replace(mark, part)
    return text


def standing(kind: Expendable, days: int | None) -> tuple[int, datetime | None, int, int]:
    """Return how many records there are, the oldest, how many are older than ``days``, how many of those held."""
    values = {"tenant": _tenant(), "days": days}
    row = tx().rows(_asked("retention_standing.sql", kind), values)[0]
    return row[0], row[1], row[2], row[3]


def due(kind: Expendable, days: int) -> tuple[list[tuple[str, str]], datetime]:
    """Return key and content of some of the oldest records that may go, and the time up to which they are due."""
    values = {"tenant": _tenant(), "days": days, "limit": kind.at_once}
    before: datetime = tx().value("SELECT now() - make_interval(days => %s)", (days,))
    return tx().rows(_asked("retention_due.sql", kind), values), before


def archive(kind: str, rows: Sequence[tuple[str, str]]) -> tuple[Path, str]:
    """Write records into a file of lines before they go; return it with its SHA-256."""
    folder = settings().data / "archive" / str(_tenant())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{kind}-{uuid4()}.ndjson.gz"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    content = gzip.compress("".join(f"{line}\n" for _, line in rows).encode(), mtime=0)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return path, hashlib.sha256(content).hexdigest()


def remove(kind: Expendable, numbers: Sequence[str], **said: Any) -> int:  # noqa: ANN401 (values of any column)
    """Put a removal on record and carry it out; return its number."""
    subjects = hashlib.sha256("\n".join(sorted(numbers)).encode()).hexdigest()
    values = {**said, "kind": kind.kind, "records": len(numbers), "subjects": subjects, "tenant": _tenant()}
    number = int(
        tx().value(
            "INSERT INTO compliance_removal (tenant_id, kind, before, days, reason, records, file, sha256, subjects)"
            " VALUES (%(tenant)s, %(kind)s, %(before)s, %(days)s, %(reason)s, %(records)s, %(file)s, %(sha256)s,"
            " %(subjects)s) RETURNING id",
            values,
        )
    )
    if kind.leaf:
        tx().execute(
            "INSERT INTO compliance_removed (tenant_id, kind, subject, removal_id)"
            ' SELECT %s, %s::"char", subject, %s FROM unnest(%s::bigint[]) AS subject',
            (_tenant(), kind.leaf, number, list(map(int, numbers))),
        )
    gone = tx().value("SELECT compliance_remove(%s, %s, %s)", (kind.table, list(numbers), number))
    if gone != len(numbers):
        raise psycopg.errors.SerializationFailure("records changed while they were removed")
    return number


def removed(kind: str, subjects: Sequence[int]) -> frozenset[int]:
    """Return those of these sealed records that retention removed."""
    query = 'SELECT subject FROM compliance_removed WHERE tenant_id = %s AND kind = %s::"char" AND subject = ANY (%s)'
    return frozenset(row[0] for row in tx().rows(query, (_tenant(), kind, list(subjects))))


def removals(after: int | None, limit: int) -> list[tuple[Any, ...]]:
    """Return removals with the place of each in the log, newest first, below the one numbered ``after``."""
    return tx().rows(
        f"SELECT {_FIELDS}, l.position FROM compliance_removal r LEFT JOIN compliance_log_leaf l"
        " ON l.tenant_id = r.tenant_id AND l.kind = 'r' AND l.subject = r.id WHERE r.tenant_id = %s"
        " AND (%s::bigint IS NULL OR r.id < %s::bigint) ORDER BY r.id DESC LIMIT %s",
        (_tenant(), after, after, limit),
    )


def removals_remade(numbers: Sequence[int]) -> dict[int, tuple[bytes, datetime]]:
    """Return leaf and time of these removals as they are now."""
    rows = tx().rows(
        f"SELECT {_FIELDS} FROM compliance_removal r WHERE r.tenant_id = %s AND r.id = ANY (%s)",
        (_tenant(), list(numbers)),
    )
    return {row[0]: (removal_leaf(dict(zip(REMOVAL_FIELDS, row, strict=True))), row[1]) for row in rows}


def unsealed_removals() -> list[tuple[int, datetime]]:
    """Return removals of ended transactions that no leaf seals yet, oldest first."""
    return tx().rows(
        "SELECT r.id, r.at FROM compliance_removal r WHERE r.tenant_id = %s"
        " AND r.xid < pg_snapshot_xmin(pg_current_snapshot()) AND NOT EXISTS (SELECT FROM compliance_log_leaf l"
        " WHERE l.tenant_id = r.tenant_id AND l.kind = 'r' AND l.subject = r.id) ORDER BY r.id LIMIT 1000",
        (_tenant(),),
    )


def holds(number: int | None = None) -> list[LegalHold]:
    """Return the holds, those in force first; or the one of this number."""
    query = (
        f"SELECT {_HOLD} FROM compliance_hold WHERE tenant_id = %s AND (%s::bigint IS NULL OR id = %s::bigint)"
        " ORDER BY lifted IS NOT NULL, id DESC LIMIT 500"
    )
    return [LegalHold(*row) for row in tx().rows(query, (_tenant(), number, number))]


def place_hold(subject: str, since: datetime | None, until: datetime | None, reason: str) -> int:
    """Keep a hold; return its number."""
    return int(
        tx().value(
            "INSERT INTO compliance_hold (tenant_id, subject, since, until, reason, placed_by)"
            " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
            (_tenant(), subject, since, until, reason, tx().principal.name),
        )
    )


def lift_hold(number: int, reason: str) -> bool:
    """Lift a hold that is in force; tell whether it was."""
    done = tx().execute(
        "UPDATE compliance_hold SET lifted = clock_timestamp(), lifted_by = %s, lift_reason = %s"
        " WHERE tenant_id = %s AND id = %s AND lifted IS NULL",
        (tx().principal.name, reason, _tenant(), number),
    )
    return done.rowcount > 0
