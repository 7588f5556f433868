"""What crosses the door about issued codes: batches, states, handouts, gaps, and every refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

from suyuan.coding.contracts.code_rules import CodePart
from suyuan.kernel.disclosure import PARTIES, PEOPLE
from suyuan.kernel.faults import FaultKind, fault_kind

MOST_AT_ONCE: Final = 20_000_000
"""Largest batch."""
AT_ONCE: Final = 5_000
"""Batches up to this size are made while the caller waits; larger ones by the worker."""
CHUNK: Final = 50_000
"""Codes of one step of a large batch."""


class CodeState(StrEnum):
    """Where a code stands. ``void``, ``spoiled`` and ``missing`` codes are never used; a missing one may be found."""

    ISSUED = "issued"
    PRINTED = "printed"
    APPLIED = "applied"
    SPOILED = "spoiled"
    MISSING = "missing"
    VOID = "void"


BEFORE: Final[Mapping[CodeState, frozenset[CodeState]]] = {
    CodeState.PRINTED: frozenset({CodeState.ISSUED, CodeState.MISSING}),
    CodeState.APPLIED: frozenset({CodeState.ISSUED, CodeState.PRINTED, CodeState.MISSING}),
    CodeState.SPOILED: frozenset({CodeState.ISSUED, CodeState.PRINTED, CodeState.MISSING}),
    CodeState.MISSING: frozenset({CodeState.ISSUED, CodeState.PRINTED}),
    CodeState.VOID: frozenset({CodeState.ISSUED, CodeState.PRINTED, CodeState.APPLIED, CodeState.MISSING}),
}
"""From which states a state is reached."""


class BatchStatus(StrEnum):
    """How far the making of a batch is."""

    WAITING = "waiting"
    ISSUING = "issuing"
    ISSUED = "issued"
    CANCELED = "canceled"
    FAILED = "failed"


class HolderKind(StrEnum):
    """Whom codes are handed to."""

    LINE = "line"
    SUPPLIER = "supplier"
    STATION = "station"
    PRINTER = "printer"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Codes issued together. ``first_code`` and ``last_code`` are None until they are made."""

    id: int
    rule: str
    version: int
    level: str
    wanted: int
    count: int
    done: int
    status: BatchStatus
    purpose: str
    fields: Mapping[str, str]
    created: datetime
    created_by: Annotated[str, PEOPLE]
    finished: datetime | None
    first_code: str | None
    last_code: str | None
    fault: str | None


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many codes are in a state."""

    state: CodeState
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Codes of a batch from offset ``first`` to ``last``, all in one state and one hand."""

    first: int
    last: int
    state: CodeState
    handout_id: int | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Handout:
    """Codes handed to somebody. ``used``, ``spoiled``, ``missing``: what they declared; ``states``: what is known."""

    id: int
    batch_id: int
    first: int
    last: int
    count: int
    holder_kind: HolderKind
    holder: Annotated[str, PARTIES]
    note: str
    created: datetime
    created_by: Annotated[str, PEOPLE]
    states: tuple[StateCount, ...]
    used: int | None
    spoiled: int | None
    missing: int | None
    reconciled: datetime | None
    reconciled_by: Annotated[str | None, PEOPLE]


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers of the batch's scope that were passed over: ``not_committed`` (a crash), ``restored``, ``canceled``."""

    first: int
    last: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch whole."""

    row: BatchRow
    digest: str | None
    states: tuple[StateCount, ...]
    stretches: tuple[Stretch, ...]
    stretch_count: int
    handouts: tuple[Handout, ...]
    gaps: tuple[Gap, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """One change of state of a code."""

    state: CodeState
    handout_id: int | None
    reason: str
    at: datetime
    by: Annotated[str, PEOPLE]


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """What is known of one code. ``batch_id`` is None for a code that a rule reads but that was never issued here."""

    code: str
    uri: str
    rule: str
    version: int
    level: str
    parts: tuple[CodePart, ...]
    batch_id: int | None
    offset: int | None
    state: CodeState | None
    since: datetime | None
    handout: Handout | None
    history: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """How many codes changed their state."""

    changed: int
    unchanged: int


def _fault(code: str, status: int, zh: str, en: str, remedy_zh: str, remedy_en: str) -> FaultKind:
    return fault_kind(f"coding.issue_{code}", status, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en)


COUNT = _fault(
    "count", 422, "数量不能是 {given}。", "The count cannot be {given}.",
    "一批 1 到 {limit} 个。", "A batch has 1 to {limit} codes.",
)
EXHAUSTED = _fault(
    "exhausted", 409, "这条规则在此范围内只剩 {left} 个编码。", "This rule has only {left} codes left here.",
    "减少数量，或发布更长的新版本。", "Take fewer, or publish a longer version.",
)
MARKS_LOST = _fault(
    "marks_lost", 409, "数据库是从备份恢复的，不知道之后还发过哪些编码。",
    "The database came back from a backup; which codes were issued after it is not known.",
    "请管理员运行 suyuan codes after-restore --skip N，跳过可能已发出的号码。",
    "An administrator runs suyuan codes after-restore --skip N, to pass over numbers that may have been given.",
)
NEVER_ISSUED = _fault(
    "never_issued", 404, "“{code}”符合规则，但没有发行过。", "“{code}” fits a rule, but was never issued.",
    "请核对编码；可能是伪造的。", "Check the code; it may be counterfeit.",
)
NOT_READY = _fault(
    "not_ready", 409, "批次 {batch} 还没有生成完。", "Batch {batch} is not made yet.",
    "请等它完成。", "Wait until it is finished.",
)
FINISHED = _fault(
    "finished", 409, "批次 {batch} 已经结束，不能取消。", "Batch {batch} is over and cannot be canceled.",
    "不再需要的编码可以作废。", "Codes that are not needed can be made void.",
)
RANGE = _fault(
    "range", 422, "范围 {first}–{last} 不在批次里（0–{most}）。",
    "The range {first}–{last} is not in the batch (0–{most}).",
    "请给出批次内的起止序号。", "Give offsets inside the batch.",
)
STATE = _fault(
    "state", 409, "第 {first}–{last} 个是“{now}”，不能变为“{wanted}”。",
    "Codes {first}–{last} are {now} and cannot become {wanted}.",
    "只选可以变更的编码；作废的不能恢复。", "Choose only codes that can; void ones never come back.",
)
REASON = _fault(
    "reason", 422, "要写明原因（1–300 个字符）。", "A reason of 1–300 characters is needed.",
    "用一句话说明。", "Say why in one sentence.",
)
HOLDER = _fault(
    "holder", 422, "要写明交给谁（1–120 个字符）。", "Say whom they are handed to (1–120 characters).",
    "例如：三号线、供应商编号、离线工位。", "For example line 3, a supplier's number, an offline station.",
)
HELD = _fault(
    "held", 409, "第 {first}–{last} 个已交给别人，或已不是“已发行”。",
    "Codes {first}–{last} are in other hands already, or no longer just issued.",
    "请选空闲的范围，或不写起点、由系统挑选。", "Choose a free range, or leave the start out.",
)
NOT_FREE = _fault(
    "not_free", 409, "批次里连续空闲的编码最多 {left} 个。", "The longest free range of the batch has {left} codes.",
    "减少数量，或再发行一批。", "Take fewer, or issue another batch.",
)
SUM = _fault(
    "sum", 422, "用掉、损坏、遗失合计 {given}，但交付了 {handed}。",
    "Used, spoiled and missing add up to {given}, but {handed} were handed out.",
    "请核对三个数。", "Check the three numbers.",
)
RECONCILED = _fault(
    "reconciled", 409, "这次交付已经核销。", "This handout is reconciled already.",
    "如有误，请逐个更正编码状态。", "If it is wrong, correct the states of the codes.",
)
TOO_MANY_FOR_EXCEL = _fault(
    "too_many_for_excel", 422, "Excel 一张表放不下 {count} 行。", "An Excel sheet does not hold {count} rows.",
    "改用 CSV 或 ZIP，或分段导出。", "Export CSV or ZIP, or a part of the batch.",
)
