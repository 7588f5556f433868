"""The audit trail: read, and sealed into the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from suyuan.compliance.contracts import AuditEntry, AuditQuestion, LeafKind, Remade, SealedSource
from suyuan.compliance.store import audit as store
from suyuan.compliance.store import log
from suyuan.kernel.faults import Bilingual

_BATCH = 1000


def list_audit(question: AuditQuestion, *, after: int | None = None, limit: int = 50) -> Sequence[AuditEntry]:
    """Return audit entries, newest first, below the entry numbered ``after``."""
    return store.listed(question, after, limit)


def seal_audit() -> int:
    """Append to the log the audit rows of all transactions that have ended; return how many."""
    sealed = 0
    while True:
        frontier = log.lock_head()()
        rows = store.unsealed(_BATCH)
        if not rows:
            return sealed
        log.append(frontier, LeafKind.AUDIT, [number for _, number, _ in rows], b"".join(leaf for _, _, leaf in rows))
        store.sealed_up_to(rows[-1][0], rows[-1][1])
        sealed += len(rows)


def _remake(numbers: Sequence[int]) -> Mapping[int, Remade]:
    found = store.remade(numbers)
    return {number: Remade(*found.get(number, (None, None))) for number in numbers}


def _unsealed() -> Sequence[tuple[int, datetime]]:
    return store.waiting_unsealed()


AUDIT_SOURCE = SealedSource(LeafKind.AUDIT, Bilingual("审计记录", "audit record"), _remake, _unsealed)
