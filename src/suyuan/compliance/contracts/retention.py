"""How long records are kept, what must not be removed, and what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import fault_kind

RETENTION_READ: Final = "compliance:retention:read"
RETENTION_WRITE: Final = "compliance:retention:write"
HOLD_WRITE: Final = "compliance:hold:write"
SET_RETENTION: Final = "compliance.retention"

NO_SUCH_KIND = fault_kind(
    "compliance.no_such_kind",
    404,
    zh="没有“{kind}”这类可设保留期的记录。",
    en="There is no kind of record “{kind}” that a retention can be set for.",
    remedy_zh="可设的有：{kinds}。",
    remedy_en="There are: {kinds}.",
)
KEPT_TOO_SHORT = fault_kind(
    "compliance.kept_too_short",
    422,
    zh="“{kind}”至少要保留 {least} 天。",
    en="“{kind}” is to be kept for at least {least} days.",
    remedy_zh="请填写 {least} 天或更长。",
    remedy_en="Give {least} days or more.",
)
HOLD_EMPTY = fault_kind(
    "compliance.hold_empty",
    422,
    zh="没有说明冻结什么。",
    en="What is to be held is not said.",
    remedy_zh="请填写编码、批次或人员，或一个时间段。",
    remedy_en="Give a code, a lot or a person, or a range of time.",
)
HOLD_LIFTED = fault_kind(
    "compliance.hold_lifted",
    409,
    zh="这项冻结已于 {when} 解除。",
    en="This hold was lifted at {when}.",
    remedy_zh="如仍需要，请新建一项。",
    remedy_en="Place a new one if it is still needed.",
)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """A kind of record and how long it is kept. ``days`` None: for ever. ``least_days``: no rule may be shorter.

    ``due`` are older than that; ``held`` of them stay because of a legal hold; ``due - held`` would go now.
    """

    kind: str
    title_zh: str
    title_en: str
    least_days: int
    days: int | None
    reason: str
    in_force: bool
    changed: datetime | None
    changed_by: Annotated[str, PEOPLE]
    records: int
    oldest: datetime | None
    due: int
    held: int


@dataclass(frozen=True, slots=True)
class LegalHold:
    """What must not be removed: records that name ``subject`` (empty: all) from ``since`` to ``until`` (None: open)."""

    id: int
    subject: str
    since: datetime | None
    until: datetime | None
    reason: str
    placed: datetime
    placed_by: Annotated[str, PEOPLE]
    lifted: datetime | None
    lifted_by: Annotated[str | None, PEOPLE]
    lift_reason: str | None


@dataclass(frozen=True, slots=True)
class Removal:
    """Records from ``before``, removed after writing them to ``file``. ``position``: its leaf in the log."""

    id: int
    at: datetime
    kind: str
    title_zh: str
    title_en: str
    before: datetime
    days: int
    reason: str
    records: int
    file: str
    sha256: str
    position: int | None
