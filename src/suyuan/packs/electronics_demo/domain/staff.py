"""Who works where, on what: people, machines, places and the stations that tie them together."""

from __future__ import annotations

from dataclasses import dataclass, field

from suyuan.packs.electronics_demo.domain.clock import shift_index
from suyuan.packs.electronics_demo.domain.identifiers import PLANT_PREFIX, plant, sgln

SITE = "00001"


@dataclass(frozen=True, slots=True)
class Person:
    """An employee: badge number, names, what they do and on which shift (0, 1, 2)."""

    badge: str
    zh: str
    en: str
    role: str
    shift: int

    @property
    def uri(self) -> str:
        """The person's identifier."""
        return plant("person", self.badge)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the plant, below its GLN."""

    code: str
    zh: str
    en: str

    @property
    def uri(self) -> str:
        """The SGLN of the place."""
        return sgln(PLANT_PREFIX, SITE, self.code)


_NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "smt1": (("陈建国", "Chen Jianguo"), ("李秀英", "Li Xiuying"), ("王志强", "Wang Zhiqiang")),
    "smt2": (("张丽华", "Zhang Lihua"), ("刘洋", "Liu Yang"), ("黄海涛", "Huang Haitao")),
    "lineA": (("赵敏", "Zhao Min"), ("周婷", "Zhou Ting"), ("吴俊杰", "Wu Junjie")),
    "lineB": (("徐静", "Xu Jing"), ("孙鹏", "Sun Peng"), ("马晓燕", "Ma Xiaoyan")),
    "lineC": (("朱文博", "Zhu Wenbo"), ("胡雪梅", "Hu Xuemei"), ("郭磊", "Guo Lei")),
    "quality": (("林芳", "Lin Fang"), ("何伟", "He Wei"), ("高翔", "Gao Xiang")),
    "repair": (("梁志远", "Liang Zhiyuan"), ("宋佳", "Song Jia"), ("郑凯", "Zheng Kai")),
    "warehouse": (("谢军", "Xie Jun"), ("唐丽", "Tang Li"), ("韩冬", "Han Dong")),
}
PEOPLE = tuple(
    Person(f"P{101 + 3 * row + shift}", zh, en, role, shift)
    for row, (role, names) in enumerate(_NAMES.items())
    for shift, (zh, en) in enumerate(names)
)
_ON_DUTY = {role: tuple(person.uri for person in PEOPLE if person.role == role) for role in _NAMES}
ROLES_ZH_EN = {
    "smt1": ("SMT 1 线操作工", "SMT line 1 operator"),
    "smt2": ("SMT 2 线操作工", "SMT line 2 operator"),
    "lineA": ("组装 A 线操作工", "Assembly line A operator"),
    "lineB": ("组装 B 线操作工", "Assembly line B operator"),
    "lineC": ("组装 C 线操作工", "Assembly line C operator"),
    "quality": ("检验员", "Inspector"),
    "repair": ("维修技师", "Repair technician"),
    "warehouse": ("仓库管理员", "Warehouse keeper"),
}

PLANT = Place("0", "示范工厂", "Demo plant")
DOCK_IN = Place("DOCKIN", "收货口", "Receiving dock")
IQC_ROOM = Place("IQC", "来料检验室", "Incoming inspection")
HOLD_AREA = Place("HOLD", "隔离区", "Quarantine area")
STORE_ROOM = Place("WH1", "原料仓", "Material store")
SMT = (Place("SMT1", "贴片 1 线", "SMT line 1"), Place("SMT2", "贴片 2 线", "SMT line 2"))
SUPERMARKET = Place("WIP", "半成品超市", "Board supermarket")
LINES = {name: Place(f"ASM{name}", f"组装 {name} 线", f"Assembly line {name}") for name in "ABC"}
REPAIR_AREA = Place("RWK", "维修区", "Repair area")
FINISHED = Place("WH2", "成品仓", "Finished goods store")
DOCK_OUT = Place("DOCKOUT", "发货口", "Shipping dock")
PLACES = (
    PLANT, DOCK_IN, IQC_ROOM, HOLD_AREA, STORE_ROOM, *SMT, SUPERMARKET, *LINES.values(), REPAIR_AREA, FINISHED,
    DOCK_OUT,
)


@dataclass(frozen=True, slots=True)
class Station:
    """A capture point: the machine or PDA, its place, the crew's role and how data comes in."""

    code: str
    zh: str
    en: str
    place: Place
    role: str
    method: str = "device"
    read_point: dict[str, str] = field(init=False)
    location: dict[str, str] = field(init=False)
    equipment: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "read_point", {"id": sgln(PLANT_PREFIX, SITE, self.code.replace("-", ""))})
        object.__setattr__(self, "location", {"id": self.place.uri})
        object.__setattr__(self, "equipment", plant("equipment", self.code))

    def person(self, moment: int) -> str:
        """Return who is on duty here at ``moment``."""
        return _ON_DUTY[self.role][shift_index(moment)]


@dataclass(frozen=True, slots=True)
class SmtLine:
    """The stations of a surface-mount line; ``number`` is 1 or 2."""

    number: int
    printer: Station
    placer: Station
    oven: Station
    aoi: Station
    depanel: Station
    tote: Station
    feeder: Station

    @property
    def stations(self) -> tuple[Station, ...]:
        """All of them."""
        return self.printer, self.placer, self.oven, self.aoi, self.depanel, self.tote, self.feeder


@dataclass(frozen=True, slots=True)
class AssemblyLine:
    """The stations of an assembly line; ``name`` is A, B or C."""

    name: str
    prepare: Station
    install: Station
    testers: tuple[Station, Station]
    pack: Station
    feed: Station

    @property
    def stations(self) -> tuple[Station, ...]:
        """All of them."""
        return self.prepare, self.install, *self.testers, self.pack, self.feed


def _smt_line(number: int) -> SmtLine:
    place, role = SMT[number - 1], f"smt{number}"

    def machine(code: str, zh: str, en: str, method: str = "device") -> Station:
        return Station(f"{code}-{number}", f"{zh} {number}", f"{en} {number}", place, role, method)

    return SmtLine(
        number,
        machine("PRT", "锡膏印刷机", "Paste printer"),
        machine("PNP", "贴片机", "Pick-and-place"),
        machine("RFO", "回流焊炉", "Reflow oven"),
        machine("AOI", "光学检测机", "AOI machine"),
        machine("DPN", "分板机", "Depaneling machine"),
        machine("PDA-S", "贴片 PDA", "SMT PDA", "scan"),
        machine("FED", "上料核对枪", "Feeder check scanner", "scan"),
    )


def _assembly_line(name: str) -> AssemblyLine:
    place, role = LINES[name], f"line{name}"

    def machine(code: str, zh: str, en: str, method: str = "device") -> Station:
        return Station(f"{code}-{name}", f"{zh} {name}", f"{en} {name}", place, role, method)

    return AssemblyLine(
        name,
        machine("LSR", "外壳预装与打码台", "Housing preparation and laser marking"),
        machine("SCR", "锁付组装台", "Assembly and screw station", "scan"),
        (machine("FT1", "功能测试仪 1", "Function tester 1"), machine("FT2", "功能测试仪 2", "Function tester 2")),
        machine("PCK", "贴标包装台", "Label and packing station", "scan"),
        machine("PDA-L", "线边 PDA", "Line-side PDA", "scan"),
    )


SMT_LINES = (_smt_line(1), _smt_line(2))
ASSEMBLY_LINES = {name: _assembly_line(name) for name in "ABC"}
DOCK_PDA = Station("PDA-R1", "收货 PDA", "Receiving PDA", DOCK_IN, "warehouse", "scan")
STORE_PDA = Station("PDA-W1", "仓库 PDA", "Warehouse PDA", SUPERMARKET, "warehouse", "scan")
SHIP_PDA = Station("PDA-X1", "发货 PDA", "Shipping PDA", DOCK_OUT, "warehouse", "scan")
IQC_BENCH = Station("IQC-01", "来料检验台", "Incoming inspection bench", IQC_ROOM, "quality")
HOLD_DESK = Station("QCD-01", "品质工作台", "Quality desk", HOLD_AREA, "quality", "manual")
BOARD_REPAIR = Station("RWK-01", "板级维修台", "Board repair bench", REPAIR_AREA, "repair", "manual")
UNIT_REPAIR = Station("RWK-02", "整机维修台", "Unit repair bench", REPAIR_AREA, "repair", "scan")
OUTGOING = Station("OQC-01", "出货检验台", "Outgoing inspection bench", FINISHED, "quality", "scan")
PALLETISER = Station("PAL-01", "码垛机", "Palletiser", FINISHED, "warehouse")
CLIMATE = Station("ENV-01", "车间温湿度计", "Shop-floor climate sensor", PLANT, "quality")
STATIONS = (
    *(station for line in SMT_LINES for station in line.stations),
    *(station for row in ASSEMBLY_LINES.values() for station in row.stations),
    DOCK_PDA, STORE_PDA, SHIP_PDA, IQC_BENCH, HOLD_DESK, BOARD_REPAIR, UNIT_REPAIR, OUTGOING, PALLETISER, CLIMATE,
)
