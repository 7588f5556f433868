"""The plant as its engineers would enter it: areas, lines, machines, tools, skills, teams and shifts. Plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from suyuan.packs.electronics_demo.domain.assembly_floor import product_on
from suyuan.packs.electronics_demo.domain.catalogue import (
    CAP_SMALL,
    HOUSING,
    KEYPAD,
    MCU,
    RESISTOR,
    SUPPLIERS,
    Material,
)
from suyuan.packs.electronics_demo.domain.clock import DAY, day_code, moment_of
from suyuan.packs.electronics_demo.domain.identifiers import product_class
from suyuan.packs.electronics_demo.domain.staff import (
    ASSEMBLY_LINES,
    BOARD_REPAIR,
    DOCK_PDA,
    HOLD_DESK,
    IQC_BENCH,
    OUTGOING,
    PALLETISER,
    PEOPLE,
    SHIP_PDA,
    SMT_LINES,
    STORE_PDA,
    UNIT_REPAIR,
    Station,
)

_CLASSES = {
    "PRT": "printer", "PNP": "placer", "RFO": "oven", "AOI": "aoi", "DPN": "depaneling", "LSR": "marking",
    "SCR": "assembly", "FT1": "tester", "FT2": "tester", "PCK": "packing", "RWK": "repair", "PAL": "palletiser",
    "PDA": "pda", "FED": "scanner", "IQC": "bench", "QCD": "bench", "OQC": "bench",
}  # fmt: skip
_CYCLE_SECONDS = {"marking": 45, "assembly": 90, "tester": 120, "packing": 25, "placer": 240, "printer": 60}
"""Planned for one unit (of a panel, at the surface-mount machines)."""
TOOLS = (
    ("TD-A", "电动螺丝刀 A", "Torque driver A", "torque_driver", 58),
    ("TD-B", "电动螺丝刀 B", "Torque driver B", "torque_driver", 12),
    ("TD-C", "电动螺丝刀 C", "Torque driver C", "torque_driver", 90),
    ("TC-01", "炉温测试仪", "Oven profiler", "profiler", 140),
    ("CAL-07", "数显卡尺 07", "Digital caliper 07", "caliper", -3),
)
"""Code, names, class, days from today until it has to be calibrated again."""
SKILLS = (
    ("SMT", "贴片操作", "Surface-mount operation", ("smt1", "smt2")),
    ("ASSEMBLY", "整机组装", "Assembly", ("lineA", "lineB", "lineC")),
    ("TEST", "功能测试", "Function test", ("lineA", "lineB", "lineC", "quality")),
    ("REPAIR", "维修", "Repair", ("repair",)),
    ("INSPECT", "检验", "Inspection", ("quality",)),
)
"""Code, names, the roles whose people hold it."""
SHIFTS = (
    ("A", "早班", "Early shift", "08:00", "16:00"), ("B", "中班", "Late shift", "16:00", "00:00"),
    ("C", "夜班", "Night shift", "00:00", "08:00"),
)  # fmt: skip


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
    cycle_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class DayOrder:
    """What an assembly line was to make on a day; ``product`` is the class URN."""

    number: str
    line: str
    product: str
    quantity: int


def parts() -> Iterator[Part]:
    """Yield areas, lines and machines, each after what it belongs to."""
    yield Part("area", "SMT", "贴片车间", "Surface-mount shop")
    for smt in SMT_LINES:
        place = smt.printer.place
        yield Part("line", place.code, place.zh, place.en, "SMT", place.uri)
        yield from (_machine(station, place.code) for station in smt.stations)
    yield Part("area", "ASM", "组装车间", "Assembly shop")
    for line in ASSEMBLY_LINES.values():
        place = line.prepare.place
        yield Part("line", place.code, place.zh, place.en, "ASM", place.uri)
        yield from (_machine(station, place.code) for station in line.stations)
    yield Part("area", "QM", "质量与维修", "Quality and repair")
    yield from (_machine(each, "QM") for each in (IQC_BENCH, HOLD_DESK, BOARD_REPAIR, UNIT_REPAIR, OUTGOING))
    yield Part("area", "WH", "仓储物流", "Warehouse")
    yield from (_machine(each, "WH") for each in (DOCK_PDA, STORE_PDA, SHIP_PDA, PALLETISER))


def _machine(station: Station, above: str) -> Part:
    kind = _CLASSES[station.code[:3]]
    return Part(
        "equipment", station.code, station.zh, station.en, above, station.equipment, kind, _CYCLE_SECONDS.get(kind)
    )


def holders() -> Iterator[tuple[str, str]]:
    """Yield the code of a skill and the URI of a person who has it."""
    for code, _, _, roles in SKILLS:
        yield from ((code, person.uri) for person in PEOPLE if person.role in roles)


def crew(shift: int) -> list[str]:
    """Return the URIs of the people on a shift (0, 1, 2)."""
    return [person.uri for person in PEOPLE if person.shift == shift]


def orders(now: datetime, days: int, a_day: int) -> Iterator[DayOrder]:
    """Yield the orders of the assembly lines from ``days`` ago until tomorrow; ``a_day`` units a line and day."""
    for ago in range(days, -2, -1):
        moment = moment_of(now) - ago * DAY
        for name, line in ASSEMBLY_LINES.items():
            number = f"ASM-{day_code(moment)}-{name}"
            yield DayOrder(number, line.prepare.place.uri, product_on(name, moment).uri, a_day)


@dataclass(frozen=True, slots=True)
class Card:
    """What a line keeps of a material: its class URN, the line's place, from minimum to maximum."""

    material: str
    place: str
    minimum: int
    maximum: int
    minutes: int


def cards() -> Iterator[Card]:
    """Yield the cards of the surface-mount lines, a reel each, and of the first assembly line."""

    def card(material: Material, place: str, share: int, minutes: int) -> Card:
        urn = product_class(SUPPLIERS[material.supplier].prefix, material.reference)
        return Card(urn, place, material.lot_size // share, material.lot_size, minutes)

    for line in SMT_LINES:
        yield from (card(each, line.printer.place.uri, 4, 20) for each in (CAP_SMALL, RESISTOR, MCU))
    first = next(iter(ASSEMBLY_LINES.values())).prepare.place.uri
    yield from (card(each, first, 5, 30) for each in (HOUSING, KEYPAD))


@dataclass(frozen=True, slots=True)
class Call:
    """An andon call: how long ago, after how many minutes somebody came, and it was over. None: not yet."""

    minutes_ago: int
    kind: str
    note: str
    answered: int | None = None
    ended: int | None = None
    cause: str = ""
    remedy: str = ""


_CAUSES: Final = (
    ("equipment", "贴装头吸不起料", "吸嘴堵塞 nozzle clogged", "清洗吸嘴 cleaned"),
    ("material", "料盘快用完", "线边库存不足 line-side stock short", "送来新料盘 reel delivered"),
    ("quality", "连续三块虚焊", "锡膏厚度偏薄 paste too thin", "调整刮刀压力 squeegee pressure set"),
    ("equipment", "回流炉温区报警", "热电偶松动 thermocouple loose", "重新固定 fixed"),
    ("other", "交接班请确认首件", "首件待签 first article waits", "已确认 confirmed"),
    ("equipment", "贴装头吸不起料", "吸嘴堵塞 nozzle clogged", "更换吸嘴 replaced"),
    ("safety", "安全门联锁失灵", "门磁损坏 door switch broken", "更换门磁 replaced"),
    ("material", "电容批次不对", "上错料 wrong reel mounted", "换回正确料盘 right reel mounted"),
)
CALLS: Final = tuple(
    Call(130 + 290 * number, kind, note, 1 + number * 7 % 9, 6 + number * 13 % 37, cause, remedy)
    for number, (kind, note, cause, remedy) in enumerate(_CAUSES * 3)
)
OPEN_CALLS: Final = (
    Call(14, "equipment", "贴片机停机，等工程师"), Call(3, "material", "电阻料盘只剩一卷"),
    Call(9, "quality", "外观检验连续两件划伤", 2), Call(1, "safety", "安全光栅被遮挡"),
)  # fmt: skip
"""Calls that nobody has closed yet."""
