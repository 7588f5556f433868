"""The tamper-evident log: positions, proofs, checkpoints, and what a verification found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Bilingual, fault_kind

NOT_SEALED = fault_kind(
    "compliance.not_sealed",
    404,
    zh="“{what}”还没有被检查点封存。",
    en="“{what}” is not under a checkpoint yet.",
    remedy_zh="一般在一两分钟内封存，请稍后再试；若一直如此，请管理员查看“防篡改”页。",
    remedy_en="It takes a minute or two; if it persists, let an administrator look at the integrity page.",
)
NO_SUCH_SIZE = fault_kind(
    "compliance.no_such_size",
    422,
    zh="日志没有从 {old} 到 {size} 的这一段。",
    en="The log has no stretch from {old} to {size}.",
    remedy_zh="请用检查点上的大小，且前一个不大于后一个。",
    remedy_en="Use the sizes of two checkpoints, the smaller one first.",
)
LOG_DAMAGED = fault_kind(
    "compliance.log_damaged",
    409,
    zh="防篡改日志不完整或被改动：{what}",
    en="The tamper-evident log is incomplete or was changed: {what}",
    remedy_zh="不会再签发检查点。请运行 suyuan log verify 查明位置，并保全数据库与备份。",
    remedy_en="No checkpoint is signed now. Run suyuan log verify for the place; keep the database and its backups.",
)


class LeafKind(StrEnum):
    """What a leaf of the log seals, by the letter the database keeps."""

    EVENT = "e"
    AUDIT = "a"
    SIGNATURE = "s"
    REMOVAL = "r"


@dataclass(frozen=True, slots=True)
class CheckpointInfo:
    """A signed statement of the log's size and root. ``note`` is the whole signed text."""

    number: int
    size: int
    root: str
    made: datetime
    key_id: str
    note: str


@dataclass(frozen=True, slots=True)
class LogKey:
    """A public key of the log. ``verifier`` is how C2SP tools write it; ``endorsement`` the older key's note for it."""

    name: str
    id: str
    verifier: str
    endorsement: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That one record is in the log: its place, and base64 hashes that lead from its leaf to the checkpoint's root."""

    kind: LeafKind
    subject: int
    position: int
    size: int
    leaf: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """That the log of ``size`` begins with the whole log of ``old``, by base64 hashes."""

    old: int
    size: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogFinding:
    """What a verification found. ``level`` is ``tampered`` or ``suspicious``; ``place`` names row or position."""

    level: str
    code: str
    place: str
    title_zh: str
    title_en: str


@dataclass(frozen=True, slots=True)
class LogVerification:
    """What one verification read and found."""

    number: int
    started: datetime
    finished: datetime
    by: Annotated[str, PEOPLE]
    leaves: int
    records: int
    checkpoints: int
    sound: bool
    findings: tuple[LogFinding, ...]
    finding_count: int


@dataclass(frozen=True, slots=True)
class Remade:
    """A sealed record read again: the leaf it gives now (None: it is gone) and when it says it was recorded."""

    leaf: bytes | None
    recorded: datetime | None
    findings: tuple[LogFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedSource:
    """How records of one kind are read again: registered by the module that keeps them.

    ``remake`` gives what each of some subjects is now, ``unsealed`` those that should be in the log and are not, and
    ``strays`` what lies about in its tables that belongs to no record.
    """

    kind: LeafKind
    title: Bilingual
    remake: Callable[[Sequence[int]], Mapping[int, Remade]]
    unsealed: Callable[[], Sequence[tuple[int, datetime]]]
    strays: Callable[[], Sequence[LogFinding]] = field(default=tuple)
