"""What engineers and planners would have entered: lines, tanks, machines, shifts, skills, the orders of each day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from suyuan.packs.dairy_demo.domain import catalogue
from suyuan.packs.dairy_demo.domain.catalogue import (
    BUTTER,
    CIP,
    COLD,
    FILLING,
    FRESH,
    MACHINES,
    MILK,
    PACKING,
    PROCESS,
    RECEPTION,
    TANKS,
    YOGHURT,
    machine,
    person,
    tank,
)  # fmt: skip
from suyuan.packs.dairy_demo.domain.plant import LITRES, PACKS

_NAMES: Final = {code: (zh, en) for code, zh, en in MACHINES}
_STAND: Final = (
    (RECEPTION, "LAB-1", "laboratory", "60"), (PROCESS, "PAST-1", "pasteuriser", "0.7"),
    (PROCESS, "CHURN-1", "churn", "2.5"), (PROCESS, "CIP-1", "cip", None), (FILLING, "FILL-1", "filler", "1.5"),
    (FILLING, "FILL-2", "filler", "2.7"), (PACKING, "CASE-1", "case_packer", "2.2"),
    (COLD, "PAL-1", "palletiser", "2.2"),
)  # fmt: skip
"""Where each machine stands, its class and its planned seconds for one unit."""
TOOLS: Final = (
    ("THERM-1", "标准温度计", "Reference thermometer", "thermometer", 75),
    ("PH-1", "pH 计", "pH meter", "ph_meter", 20), ("SCALE-1", "检重秤", "Checkweigher", "scale", 160),
)  # fmt: skip
"""Code, names, class, days from today until it has to be calibrated again."""
SKILLS: Final = (
    ("PASTEUR", "巴氏杀菌操作", "Pasteurisation", ("M01",)), ("FILLING", "灌装操作", "Filling", ("M02", "M03")),
    ("LAB", "乳品检验", "Milk testing", ("M04",)),
)  # fmt: skip
SHIFTS: Final = (("A", "早班", "Early shift", "05:30", "13:30"), ("B", "晚班", "Late shift", "13:30", "21:30"))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the plant; ``above`` is the code of the part that it belongs to, which comes before it."""

    level: str
    code: str
    zh: str
    en: str
    above: str | None = None
    uri: str = ""
    class_name: str = ""
    cycle_seconds: str | None = None


@dataclass(frozen=True, slots=True)
class DayOrder:
    """What was to be made of a product on a day; ``at`` the midnight that the day begins with."""

    number: str
    product: str
    line: str
    quantity: int
    unit: str
    at: datetime


def parts() -> Iterator[Part]:
    """Yield the dairy, its lines, tanks and machines, each after what it belongs to."""
    yield Part("area", "DAIRY", "乳品厂房", "Dairy")
    for uri, code, zh, en in catalogue.AREAS:
        yield Part("line", code, zh, en, "DAIRY", uri)
        if uri == PROCESS:
            for name, tank_zh, tank_en in TANKS:
                yield Part("equipment", name, tank_zh, tank_en, code, tank(name), "tank")
        for place, name, kind, seconds in _STAND:
            if place == uri:
                yield Part("equipment", name, *_NAMES[name], code, machine(name), kind, seconds)


def holders() -> Iterator[tuple[str, str]]:
    """Yield the code of a skill and the URI of a person who has it."""
    for code, _, _, badges in SKILLS:
        yield from ((code, person(badge)) for badge in badges)


def orders(midnight: datetime, *, live: bool) -> Iterator[DayOrder]:
    """Yield the orders of the day that begins at ``midnight``: the planned runs, and what the plant makes live."""
    code = f"{midnight:%y%m%d}"

    def planned(number: str, product: catalogue.Product, line: str, quantity: int) -> DayOrder:
        return DayOrder(f"{number}", product.uri, line, quantity, product.unit, midnight)

    for run in LITRES:
        yield planned(f"PS-{code}{run}", MILK, PROCESS, LITRES[run])
    yield planned(f"FM-{code}A", FRESH, FILLING, PACKS)
    yield planned(f"FM-{code}C", FRESH, FILLING, PACKS)
    yield planned(f"YG-{code}B", YOGHURT, FILLING, PACKS)
    yield planned(f"BT-{code}", BUTTER, PROCESS, 2700)
    yield planned(f"CIP-{code}", CIP, PROCESS, 6)
    if live:
        for prefix, product, line, quantity in (("PS", MILK, PROCESS, 60_000), ("FM", FRESH, FILLING, 24_000),
                                                ("YG", YOGHURT, FILLING, 12_000), ("BT", BUTTER, PROCESS, 4000)):
            yield planned(f"{prefix}-{code}L", product, line, quantity)


def finished(order: DayOrder, now: datetime) -> bool:
    """Tell whether an order of the plan was worked off: its day is over, or for today its last step is on record."""
    ends = {"A": 15, "B": 23, "C": 24}.get(order.number[-1], 12)
    if order.number.startswith("PS-"):
        ends = {"A": 9, "B": 13, "C": 20}.get(order.number[-1], 24)
    if order.number.startswith("CIP-") or order.number.endswith("L"):
        ends = 24
    return order.at + timedelta(hours=ends) <= now
