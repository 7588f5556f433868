"""The tamper-evident log: appending, proving, signing checkpoints (RFC 6962, RFC 9162, C2SP notes)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import Later, tx
from suyuan.compliance.api.audit import seal_audit
from suyuan.compliance.api.retention import seal_removals
from suyuan.compliance.api.signing import seal_signatures
from suyuan.compliance.contracts import (
    LOG_DAMAGED,
    NO_SUCH_SIZE,
    NOT_SEALED,
    CheckpointInfo,
    ConsistencyProof,
    InclusionProof,
    LeafKind,
    LogKey,
)
from suyuan.compliance.domain import merkle, notes
from suyuan.compliance.store import checkpoints, keys
from suyuan.compliance.store import log as store
from suyuan.tenancy import api as tenancy

HEARTBEAT = timedelta(hours=24)
"""A log that does not grow is signed again this often, so that silence is seen."""


@dataclass(frozen=True, slots=True)
class OpenLog:
    """This tenant's log, locked until the transaction ends; ``known``: what was asked for and is in it already."""

    kind: LeafKind
    known: frozenset[int]
    _frontier: merkle.Frontier

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return self._frontier.size

    def append(self, subjects: Sequence[int], hashes: bytes) -> int:
        """Append leaves, their hashes joined, and return how many were new; what is known is not put there twice."""
        if self.known:
            places = [place for place, subject in enumerate(subjects) if subject not in self.known]
            size = merkle.HASH_BYTES
            subjects = [subjects[place] for place in places]
            hashes = b"".join(hashes[place * size : place * size + size] for place in places)
        if subjects:
            store.append(self._frontier, self.kind, subjects, hashes)
        return len(subjects)


def open_log(kind: LeafKind, subjects: Sequence[int]) -> Later[OpenLog]:
    """Lock the log, to append what is known of some of these records.

    The lock is held until the transaction ends: call this from a worker, not from a capture.
    """
    asked = store.open_log(kind, subjects)

    def answer() -> OpenLog:
        frontier, known = asked()
        return OpenLog(kind, known, frontier)

    return answer


def append(kind: LeafKind, subjects: Sequence[int], hashes: Sequence[bytes]) -> int:
    """Append leaves in order behind the log and return how many were new; see :func:`open_log`."""
    return open_log(kind, subjects)().append(subjects, b"".join(hashes)) if subjects else 0


def log_size() -> int:
    """Return how many leaves the log has, sealed by a checkpoint or not yet."""
    return store.head().size


def sealed_subjects(kind: LeafKind) -> frozenset[int]:
    """Return the number of every record of this kind that is in the log."""
    return store.subjects(kind)


def origin() -> str:
    """Return the log's name: what checkpoints begin with, and what its keys are called."""
    return f"suyuan/{tenancy.own_tenant().code}"


def make_checkpoint() -> CheckpointInfo | None:
    """Seal what waits of audit trail, signatures and removals; sign the log's size and root; return the checkpoint.

    None where nothing was added since the last one and that is younger than a day.

    :raises Fault: ``compliance.log_damaged`` where the log does not extend what this machine signed last.
    """
    seal_audit()
    seal_signatures()
    seal_removals()
    frontier = store.lock_head()()
    before = checkpoints.newest()
    now = tx().value("SELECT clock_timestamp()")
    if frontier.size == 0 or (before and before.size == frontier.size and now - before.made < HEARTBEAT):
        return None
    tenant, name = tenancy.own_tenant(), origin()
    signer = keys.signing_key(tenant.code, name)
    _refuse_unless_extended(tenant.code, frontier, before)
    number = before.number + 1 if before else 1
    said = notes.Checkpoint(
        name, frontier.size, frontier.root(), number, now, notes.note_hash(before.note) if before else notes.NO_EARLIER
    )
    note = notes.signed(said.text(), name, signer)
    identity = notes.key_id(name, notes.public_bytes(signer)).hex()
    checkpoints.insert(number, frontier.size, said.root, now, identity, note)
    return checkpoints.newest()


def remember(made: CheckpointInfo) -> None:
    """Remember outside the database what was signed; call it once the checkpoint is committed."""
    checkpoints.remember_signed(tenancy.own_tenant().code, made.note)


def _refuse_unless_extended(code: str, frontier: merkle.Frontier, before: CheckpointInfo | None) -> None:
    """Refuse to sign a log that is not a continuation of the one signed last, whatever the database says that was."""
    remembered = checkpoints.last_signed(code)
    if remembered is None:
        return
    last = notes.read_checkpoint(remembered.rpartition("\n\n")[0] + "\n")
    if before is None or before.number < last.number or last.size > frontier.size:
        raise LOG_DAMAGED(what=f"checkpoint {last.number}, size {last.size}")
    tree = _tree(frontier.size)
    path = [tree(part) for part in merkle.consistency_parts(last.size, frontier.size)]
    if merkle.roots_from_consistency(last.size, frontier.size, last.root, path) != (last.root, frontier.root()):
        raise LOG_DAMAGED(what=f"root at size {last.size}")


def _tree(size: int) -> Callable[[merkle.Part], bytes]:
    stored = store.StoredTree()

    def part(wanted: merkle.Part) -> bytes:
        try:
            return merkle.part_hash(wanted, stored.node)
        except LookupError as error:
            raise LOG_DAMAGED(what=f"{wanted[0]}…{wanted[1]} / {size}") from error

    return part


def newest_checkpoint() -> CheckpointInfo | None:
    """Return the newest checkpoint, or None before the first."""
    return checkpoints.newest()


def checkpoint(number: int) -> CheckpointInfo:
    """Return one checkpoint.

    :raises Fault: ``chassis.not_found``.
    """
    found = checkpoints.numbered(number)
    if found is None:
        raise NOT_FOUND(what=number)
    return found


def list_checkpoints(after: int | None = None, limit: int = 50) -> Sequence[CheckpointInfo]:
    """Return checkpoints, newest first, below the one numbered ``after``."""
    return checkpoints.below(after, limit)


def list_keys() -> Sequence[LogKey]:
    """Return the log's public keys, oldest first."""
    return [
        LogKey(key.name, key.id, notes.verifier_key(key.name, key.public), key.endorsement, key.since)
        for key in keys.known_keys()
    ]


def rotate_key() -> LogKey:
    """Make a new signing key; the present one endorses it and stays good for what it signed."""
    tenant = tenancy.own_tenant()
    keys.rotate(tenant.code, origin())
    return list_keys()[-1]


def accept_restored() -> None:
    """Sign on from a restored database whose newest checkpoints are gone; what was remembered is put aside."""
    checkpoints.forget_signed(tenancy.own_tenant().code)


def prove(kind: LeafKind, subjects: Iterable[int], size: int | None = None) -> list[InclusionProof]:
    """Return a proof for each of ``subjects`` that it is in the log of ``size`` leaves.

    Without ``size``, of the newest checkpoint's.

    :raises Fault: ``compliance.not_sealed`` for the first that is not under that checkpoint yet.
    """
    wanted = list(subjects)
    if size is None:
        newest = checkpoints.newest()
        size = newest.size if newest else 0
    places = store.positions(kind, wanted)()
    tree, leaves = _tree(size), store.StoredTree()
    proofs = []
    for subject in wanted:
        position = places.get(subject)
        if position is None or position >= size:
            raise NOT_SEALED(what=subject)
        path = tuple(_text(tree(part)) for part in merkle.inclusion_parts(position, size))
        proofs.append(InclusionProof(kind, subject, position, size, _text(leaves.node(0, position)), path))
    return proofs


def prove_consistency(old: int, size: int) -> ConsistencyProof:
    """Return a proof that the log of ``size`` leaves begins with the log of ``old``.

    :raises Fault: ``compliance.no_such_size``.
    """
    if not 0 < old <= size <= store.head().size:
        raise NO_SUCH_SIZE(old=old, size=size)
    tree = _tree(size)
    return ConsistencyProof(old, size, tuple(_text(tree(part)) for part in merkle.consistency_parts(old, size)))


def _text(hashed: bytes) -> str:
    return base64.b64encode(hashed).decode()
