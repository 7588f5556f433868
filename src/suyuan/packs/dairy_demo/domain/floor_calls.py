"""What the dairy's stations call for: help, with what became of it, and packaging and culture by cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from suyuan.packs.dairy_demo.domain.catalogue import CARTON, CULTURE, FILLING, machine


@dataclass(frozen=True, slots=True)
class Card:
    """What the filling hall keeps of a material, from minimum to maximum, and how soon more comes."""

    material: str
    place: str
    minimum: int
    maximum: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Call:
    """An andon call at a machine: how long ago; after how many minutes somebody came, and it was over (or not yet)."""

    minutes_ago: int
    kind: str
    note: str
    answered: int | None = None
    ended: int | None = None
    cause: str = ""
    remedy: str = ""
    equipment: str = ""


CARDS: Final = (
    Card(CARTON.uri, FILLING, 2_000, 4_000, 15), Card(CULTURE.uri, FILLING, 1_000, 2_500, 20),
)  # fmt: skip
CAUSES: Final = (
    ("FILL-1", "equipment", "屋顶盒封口不严", "封口温度偏低 sealing too cold", "调高封口温度 heat set"),
    ("FILL-1", "material", "纸盒快用完", "线边库存不足 line-side stock short", "送来新纸盒 cartons delivered"),
    ("PAST-1", "quality", "杀菌温度接近下限", "蒸汽压力波动 steam pressure swings", "检查减压阀 valve checked"),
    ("FILL-2", "equipment", "杯盖吸不起", "吸盘老化 worn suction cup", "更换吸盘 replaced"),
    ("LAB-1", "other", "新批次请取样", "首件待检 first sample waits", "已取样 sampled"),
    ("CIP-1", "equipment", "碱液电导率偏低", "碱液罐快空 caustic runs out", "补加碱液 refilled"),
    ("CASE-1", "equipment", "纸箱卡住", "纸箱受潮 damp cases", "换一垛纸箱 other cases"),
    ("PAL-1", "safety", "光栅报警", "有物料挡住 something in the way", "移开并复位 cleared and reset"),
)  # fmt: skip
"""Machine, kind of call, what is said, what it was, what was done."""


def past() -> list[Call]:
    """Return the calls of the last days, all of them over."""
    return [
        Call(95 + 310 * number, kind, note, 1 + number * 5 % 8, 5 + number * 11 % 31, cause, remedy, machine(code))
        for number, (code, kind, note, cause, remedy) in enumerate(CAUSES * 2)
    ]


def waiting() -> list[Call]:
    """Return the calls that nobody has closed yet."""
    calls = (("FILL-1", "material", "纸盒只剩一托", 6, 2), ("CHURN-1", "equipment", "搅拌机异响", 11, None))
    return [Call(ago, kind, note, answered, equipment=machine(code)) for code, kind, note, ago, answered in calls]
