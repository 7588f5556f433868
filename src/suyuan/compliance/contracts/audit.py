"""The audit trail's rows and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from suyuan.kernel.disclosure import MEASURED, PARTIES, PEOPLE
from suyuan.kernel.faults import fault_kind

AUDIT_EXPORT_TOO_LARGE = fault_kind(
    "compliance.audit_export_too_large",
    422,
    zh="符合条件的审计记录超过 {limit} 条，无法放进一个文件。",
    en="More than {limit} audit records fit; they do not go into one file.",
    remedy_zh="请缩小时间范围或增加条件后再导出。",
    remedy_en="Narrow the time or add a filter, and export again.",
)
REVIEW_EMPTY = fault_kind(
    "compliance.review_empty",
    422,
    zh="没有可审阅的记录，或没有填写意见。",
    en="There is nothing to review, or no note was written.",
    remedy_zh="请选择有记录的时间段，并写明看了什么、结论如何。",
    remedy_en="Choose a time with records, and write what was looked at and what you conclude.",
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change of one row: who, when, how, before, after, why. ``position`` is its place in the log, once sealed."""

    id: int
    time: datetime
    actor_id: Annotated[int | None, PEOPLE]
    actor: Annotated[str, PEOPLE]
    via: str
    request_id: str
    table: str
    record: str
    action: str
    before: Annotated[Mapping[str, Any] | None, PEOPLE, PARTIES, MEASURED]
    after: Annotated[Mapping[str, Any] | None, PEOPLE, PARTIES, MEASURED]
    reason: str | None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """Which rows of the audit trail are asked for; None leaves a field open. ``actor`` matches part of the name."""

    table: str | None = None
    record: str | None = None
    actor: str | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditReview:
    """That somebody looked through a part of the audit trail: ``entries`` records up to number ``last_entry``."""

    id: int
    at: datetime
    reviewer_id: Annotated[int | None, PEOPLE]
    reviewer: Annotated[str, PEOPLE]
    since: datetime | None
    until: datetime
    filter: Mapping[str, Any]
    entries: int
    last_entry: int
    outcome: str
    note: str
