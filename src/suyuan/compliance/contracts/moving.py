"""Moving the whole database to another server."""

from __future__ import annotations

from dataclasses import dataclass

from suyuan.kernel.faults import fault_kind

MOVE_DIFFERS = fault_kind(
    "compliance.move_differs",
    500,
    zh="表 {table} 在目标服务器上读回的内容与原来不同。",
    en="Table {table} reads otherwise on the target server than here.",
    remedy_zh="目标上什么都没有留下，原数据库照常使用；请把这段文字发给支持人员。",
    remedy_en="Nothing was left on the target, and this database goes on; send this text to support.",
)


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved and read again on the other side: tables and rows."""

    tables: int
    rows: int
