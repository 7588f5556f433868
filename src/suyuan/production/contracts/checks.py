"""Execution checks (防错): what keeps a wrong step from being recorded, and how strictly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from suyuan.kernel.faults import Bilingual

CheckName = Literal[
    "route_step", "portion", "material", "revision", "alternative", "quantity", "expired", "held", "equipment",
    "calibration", "qualified", "parameter", "instructions", "recipe", "fetching",
]
Level = Literal["off", "warn", "refuse", "approve"]
LEVELS: Final[tuple[Level, ...]] = ("off", "warn", "refuse", "approve")


@dataclass(frozen=True, slots=True)
class ExecutionCheck:
    """A check with how it is set. ``level``: ``off``, ``warn``, ``refuse``, or ``approve`` (a second person)."""

    name: str
    title_zh: str
    title_en: str
    about_zh: str
    about_en: str
    level: Level
    standard: Level


@dataclass(frozen=True, slots=True)
class _Known:
    title: Bilingual
    about: Bilingual
    standard: Level


CHECKS: Final[dict[CheckName, _Known]] = {
    "route_step": _Known(
        Bilingual("工序次序", "Route step"),
        Bilingual("只能做工艺路线此刻允许的工序", "only operations that the route allows now"), "refuse"),
    "portion": _Known(
        Bilingual("转序数量", "Quantity passed on"),
        Bilingual("一批分次流转时，每道工序做的不超过前一道转出的",
                  "where a lot runs in portions, no operation has more than the one before passed on"), "refuse"),
    "material": _Known(
        Bilingual("物料", "Material"),
        Bilingual("投入的物料必须在物料清单中", "what is put in stands in the bill of materials"), "refuse"),
    "revision": _Known(
        Bilingual("版次", "Revision"),
        Bilingual("产品与物料的图纸版次是工单物料清单要求的",
                  "product and material are of the drawing revision that the order's bill asks for"), "refuse"),
    "alternative": _Known(
        Bilingual("替代料", "Alternative material"),
        Bilingual("标为需批准的替代料，由第二人放行", "a second person lets such alternatives pass"),
        "approve"),
    "quantity": _Known(
        Bilingual("超耗", "Over-consumption"),
        Bilingual("投入数量不超过用量加损耗", "not more is put in than the bill and its scrap allow"), "warn"),
    "expired": _Known(
        Bilingual("过期", "Expired"), Bilingual("不投入过期的物料", "nothing past its date is put in"), "refuse"),
    "held": _Known(
        Bilingual("冻结", "On hold"),
        Bilingual("不使用被冻结的物料与产品", "nothing on hold is used or worked on"), "refuse"),
    "equipment": _Known(
        Bilingual("设备", "Equipment"),
        Bilingual("在规定的工作中心或设备类别上做", "done at the work centre or class of machine asked for"), "refuse"),
    "calibration": _Known(
        Bilingual("校准", "Calibration"),
        Bilingual("设备、量具在校准有效期内", "machines and gauges are within their calibration"), "refuse"),
    "qualified": _Known(
        Bilingual("资质", "Qualification"),
        Bilingual("操作者持有有效的资质", "the operator holds valid qualifications"), "refuse"),
    "parameter": _Known(
        Bilingual("参数", "Parameters"),
        Bilingual("测得的值在工序的限值内", "measured values are within the operation's limits"), "approve"),
    "instructions": _Known(
        Bilingual("作业指导", "Work instructions"),
        Bilingual("要求阅读的，操作者已确认读过现行版本", "where demanded, the operator confirmed to have read them"),
        "refuse"),
    "recipe": _Known(
        Bilingual("配方", "Recipe"),
        Bilingual("用的配方（参数组）及版次是工序要求的", "recipe and revision are those of the operation"),
        "refuse"),
    "fetching": _Known(
        Bilingual("先进先出、先到期先出", "First in, first out; first expired, first out"),
        Bilingual("手边有更早到期或更早来的可用批次时，说明是哪一批、在哪里",
                  "names a usable lot that should be taken first, and its place"),
        "warn"),
}
"""Every check in the order in which it is made, with how it is set where nobody said otherwise."""
