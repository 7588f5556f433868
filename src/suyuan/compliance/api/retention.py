"""Records that are kept long enough: written to a file, put on record as removed, and removed; never what is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.registry import Expendable, registry
from suyuan.compliance.api.approving import require_approval
from suyuan.compliance.contracts import Approvable, LeafKind, Remade, SealedSource, SignedRecord
from suyuan.compliance.contracts.retention import (
    HOLD_EMPTY,
    HOLD_LIFTED,
    KEPT_TOO_SHORT,
    NO_SUCH_KIND,
    RETENTION_WRITE,
    SET_RETENTION,
    LegalHold,
    Removal,
    RetentionRule,
)
from suyuan.compliance.store import log as log_store
from suyuan.compliance.store import retention as store
from suyuan.kernel.faults import Bilingual


def _kind(kind: str) -> Expendable:
    found = registry.expendables.get(kind)
    if found is None:
        raise NO_SUCH_KIND(kind=kind[:60], kinds=", ".join(sorted(registry.expendables)))
    return found


def list_rules() -> Sequence[RetentionRule]:
    """Return every kind of record with its rule, and what that would remove now: the rehearsal of every removal."""
    return [_rule(kind, store.rules().get(kind.kind)) for kind in registry.expendables.values()]


def _rule(kind: Expendable, kept: tuple[int, str, bool, datetime, str] | None) -> RetentionRule:
    days, reason, in_force, changed, by = kept or (None, "", False, None, "")
    records, oldest, due, held = store.standing(kind, days)
    return RetentionRule(
        kind.kind, kind.title.zh, kind.title.en, kind.least_days, days, reason, in_force, changed, by, records, oldest,
        due, held,
    )  # fmt: skip


def propose(kind: str, days: int, reason: str) -> RetentionRule:
    """Keep a rule that is not in force yet: :func:`list_rules` says what it would remove.

    :raises Fault: ``compliance.no_such_kind``, ``compliance.kept_too_short``.
    """
    expendable = _kind(kind)
    if days < expendable.least_days:
        raise KEPT_TOO_SHORT(at="/days", kind=expendable.title, least=expendable.least_days)
    store.save_rule(kind, days, reason.strip(), in_force=False)
    return _rule(expendable, store.rules()[kind])


def put_in_force(kind: str, in_force: bool) -> RetentionRule:
    """Have the worker follow a rule from now on, or no longer; the former may need a second person.

    :raises Fault: ``chassis.not_found``, ``compliance.approval_needed``.
    """
    expendable = _kind(kind)
    record = _proposed(kind)
    if record is None:
        raise NOT_FOUND(what=expendable.title)
    if in_force:
        require_approval(SET_RETENTION, kind, record)
    days, reason, *_ = store.rules()[kind]
    store.save_rule(kind, days, reason, in_force)
    return _rule(expendable, store.rules()[kind])


def _proposed(kind: str) -> SignedRecord | None:
    kept, expendable = store.rules().get(kind), registry.expendables.get(kind)
    if kept is None or expendable is None:
        return None
    title = expendable.title
    return SignedRecord(
        f"{title.zh}：保留 {kept[0]} 天", f"{title.en}: keep for {kept[0]} days",
        {"kind": kind, "days": kept[0], "reason": kept[1]},
    )  # fmt: skip


RETENTION_RULES = Approvable(
    SET_RETENTION, Bilingual("启用保留期", "Put a retention rule in force"), RETENTION_WRITE,
    "compliance:approval:decide", _proposed,
)  # fmt: skip


def list_holds() -> Sequence[LegalHold]:
    """Return legal holds, those in force first."""
    return store.holds()


def place_hold(subject: str, since: datetime | None, until: datetime | None, reason: str) -> LegalHold:
    """Have nothing removed from now on that names ``subject``, or was made in that time.

    :raises Fault: ``compliance.hold_empty``.
    """
    if not subject.strip() and since is None and until is None:
        raise HOLD_EMPTY(at="/subject")
    return store.holds(store.place_hold(subject.strip(), since, until, reason.strip()))[0]


def lift_hold(number: int, reason: str) -> LegalHold:
    """Lift a hold; it stays on record.

    :raises Fault: ``chassis.not_found``, ``compliance.hold_lifted``.
    """
    found = store.holds(number)
    if not found:
        raise NOT_FOUND(what=f"#{number}")
    if not store.lift_hold(number, reason.strip()):
        raise HOLD_LIFTED(when=found[0].lifted)
    return store.holds(number)[0]


def list_removals(after: int | None = None, limit: int = 50) -> Sequence[Removal]:
    """Return what was removed, newest first, below the one numbered ``after``."""
    return [_removal(row) for row in store.removals(after, limit)]


def _removal(row: Sequence[Any]) -> Removal:
    number, at, kind, before, days, reason, records, file, sha256, _, position = row
    known = registry.expendables.get(kind)
    title = known.title if known else Bilingual(kind, kind)
    return Removal(number, at, kind, title.zh, title.en, before, days, reason, records, file, sha256, position)


def remove_due(kind: str) -> int:
    """Remove in the open transaction some of what a rule in force lets go; return how many records."""
    expendable, kept = _kind(kind), store.rules().get(kind)
    if kept is None or not kept[2]:
        return 0
    rows, before = store.due(expendable, kept[0])
    if not rows:
        return 0
    file, digest = store.archive(kind, rows)
    try:
        store.remove(
            expendable, [number for number, _ in rows], before=before, days=kept[0], reason=kept[1], file=file.name,
            sha256=digest,
        )  # fmt: skip
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return len(rows)


def seal_removals() -> None:
    """Append to the log the removals of all transactions that have ended."""
    frontier = log_store.lock_head()()
    numbers = [number for number, _ in store.unsealed_removals()]
    leaves = store.removals_remade(numbers)
    if numbers:
        log_store.append(frontier, LeafKind.REMOVAL, numbers, b"".join(leaves[number][0] for number in numbers))


def _remake(numbers: Sequence[int]) -> Mapping[int, Remade]:
    found = store.removals_remade(numbers)
    return {number: Remade(*found.get(number, (None, None))) for number in numbers}


REMOVAL_SOURCE = SealedSource(LeafKind.REMOVAL, Bilingual("到期清除", "removal"), _remake, store.unsealed_removals)
