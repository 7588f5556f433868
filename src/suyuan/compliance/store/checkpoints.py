"""Checkpoints on record, and the signer's own memory of the last one, kept outside the database."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from suyuan.chassis.database import tx
from suyuan.chassis.settings import settings
from suyuan.compliance.contracts import CheckpointInfo

_COLUMNS = "number, size, encode(root, 'base64'), made, key_id, note"


def _rows(condition: str, *values: Any) -> list[CheckpointInfo]:  # noqa: ANN401 (values of any column)
    query = f"SELECT {_COLUMNS} FROM compliance_checkpoint WHERE tenant_id = %s AND {condition}"
    return [CheckpointInfo(*row) for row in tx().rows(query, (tx().principal.tenant_id, *values))]


def newest() -> CheckpointInfo | None:
    """Return the newest checkpoint."""
    return next(iter(_rows("true ORDER BY number DESC LIMIT 1")), None)


def numbered(number: int) -> CheckpointInfo | None:
    """Return the checkpoint of this number, or None."""
    return next(iter(_rows("number = %s", number)), None)


def all_checkpoints() -> list[CheckpointInfo]:
    """Return every checkpoint, oldest first."""
    return _rows("true ORDER BY number")


def below(number: int | None, limit: int) -> list[CheckpointInfo]:
    """Return checkpoints, newest first, below the one numbered ``number``."""
    return _rows("(%s::bigint IS NULL OR number < %s::bigint) ORDER BY number DESC LIMIT %s", number, number, limit)


def insert(number: int, size: int, root: bytes, made: datetime, key_id: str, note: str) -> None:
    """Keep a signed checkpoint."""
    tx().execute(
        "INSERT INTO compliance_checkpoint (tenant_id, number, size, root, made, key_id, note)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (tx().principal.tenant_id, number, size, root, made, key_id, note),
    )


def _memory(code: str) -> Path:
    return settings().data / "secrets" / "log-keys" / re.sub(r"[^A-Za-z0-9_-]", "_", code) / "last-signed.note"


def last_signed(code: str) -> str | None:
    """Return the note that this machine signed last, as it remembers outside the database."""
    try:
        return _memory(code).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def remember_signed(code: str, note: str) -> None:
    """Remember the newest note outside the database, whole or not at all."""
    path = _memory(code)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def forget_signed(code: str) -> None:
    """Put the memory aside, under a name that says until when it was good: after a restore that lost the newest."""
    path = _memory(code)
    if path.exists():
        path.rename(path.with_name(f"put-aside-{path.stat().st_mtime_ns}.note"))
