"""The words of a scope in the reader's language; what is no word of ours stays as it is."""

from __future__ import annotations

from typing import Final

from suyuan.kernel.faults import Language

WORDS: Final[dict[str, tuple[str, str]]] = {
    "back": ("逆向追溯", "backward"),
    "forward": ("正向追溯", "forward"),
    "certain": ("确定", "certain"),
    "possible": ("可能", "possible"),
    "excluded": ("排除", "excluded"),
    "unit": ("单件", "unit"),
    "lot": ("批次", "lot"),
    "carrier": ("容器", "container"),
    "asset": ("资产", "asset"),
    "product": ("产品", "product"),
    "in_production": ("在制", "in production"),
    "in_stock": ("在库", "in stock"),
    "shipped": ("在途", "shipped"),
    "sold": ("已售", "sold"),
    "consumed": ("已消耗", "used up"),
    "scrapped": ("已报废", "scrapped"),
    "blocked": ("受控", "blocked"),
    "returned": ("已退回", "returned"),
    "retired": ("已注销", "taken out of use"),
    "unknown": ("未知", "unknown"),
    "elsewhere": ("其他工厂或厂外", "another site or outside"),
    "mixed": ("同类投入混用", "mixed inputs"),
    "part_of_lot": ("批次的一部分", "part of a lot"),
    "order": ("先后难分", "order unclear"),
    "booking_lag": ("集中记账", "booked later"),
    "late_booking": ("补录", "booked late"),
    "residue": ("残留", "residue"),
    "lot_level": ("只记到批次", "lot level only"),
    "presence": ("当时是否在内不明", "presence unclear"),
    "contact": ("同容器接触", "contact"),
    "before": ("发生在之前", "happened before"),
    "unloaded": ("已卸下", "unloaded"),
    "other_load": ("另一批装载", "another load"),
    "cleaned": ("已清洗", "cleaned"),
    "voided": ("记录已作废", "record voided"),
    "not_known_then": ("当时未知", "not known then"),
    "sibling": ("仅同容器", "shared a container only"),
    "own_record": ("自身记录另有来源", "own record names others"),
    "items": ("对象", "items"),
    "not_followed": ("未继续追踪", "not followed"),
}


def word(value: str | None, language: Language) -> str:
    """Return a word of a scope in ``language``."""
    zh, en = WORDS.get(value or "", (value or "", value or ""))
    return zh if language == "zh" else en
