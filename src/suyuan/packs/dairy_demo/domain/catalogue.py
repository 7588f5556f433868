"""What the dairy is and makes: farms, tanks, products, customers; GS1 keys begin with 952, kept for examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

PREFIX: Final = "9521235"


def checked(body: str) -> str:
    """Return a GS1 key with its check digit (GS1 General Specifications 7.9.1)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


@dataclass(frozen=True, slots=True)
class Product:
    """A product or material. ``days``: how long a lot of it keeps; 0: it has no date.

    ``indicator`` of the GTIN: 1 for a case of what has the same ``reference`` with 0.
    """

    key: str
    reference: int
    zh: str
    en: str
    unit: str
    days: int = 0
    indicator: int = 0

    @property
    def gtin(self) -> str:
        """The GTIN with 14 digits."""
        return checked(f"{self.indicator}{PREFIX}{self.reference:05d}")

    @property
    def uri(self) -> str:
        """The URI of the class."""
        return f"https://id.gs1.org/01/{self.gtin}"

    def lot(self, code: str) -> str:
        """Return the URI of a lot."""
        return f"{self.uri}/10/{code}"


RAW: Final = Product("raw", 1, "生乳", "Raw milk", "LTR")
MILK: Final = Product("milk", 2, "巴氏杀菌乳（半成品）", "Pasteurised milk in bulk", "LTR")
CREAM: Final = Product("cream", 3, "稀奶油", "Cream", "KGM", 12)
CULTURE: Final = Product("culture", 4, "发酵菌种", "Yoghurt culture", "GRM", 180)
CARTON: Final = Product("carton", 5, "屋顶盒", "Cartons", "")
FRESH: Final = Product("fresh", 11, "鲜牛奶 1 升", "Fresh milk 1 l", "", 9)
YOGHURT: Final = Product("yoghurt", 12, "原味酸奶 500 克", "Plain yoghurt 500 g", "", 21)
BUTTER: Final = Product("butter", 13, "黄油 250 克", "Butter 250 g", "", 90)
BUTTERMILK: Final = Product("buttermilk", 14, "酪乳", "Buttermilk", "LTR", 5)
FRESH_CASE: Final = Product("fresh-case", 11, "鲜牛奶 1 升 × 12（箱）", "Fresh milk 1 l, case of 12", "", 9, 1)
YOGHURT_CASE: Final = Product("yoghurt-case", 12, "原味酸奶 500 克 × 12（箱）", "Plain yoghurt, case of 12", "", 21, 1)
CIP: Final = Product("cip", 91, "罐体清洗（CIP）", "Cleaning in place of a tank", "")
PRODUCTS: Final = (
    RAW, MILK, CREAM, CULTURE, CARTON, FRESH, YOGHURT, BUTTER, BUTTERMILK, FRESH_CASE, YOGHURT_CASE, CIP,
)  # fmt: skip
CASES: Final = {FRESH.key: FRESH_CASE, YOGHURT.key: YOGHURT_CASE}
A_CASE: Final = 12
"""Packs in a case."""


def place(reference: int, part: str = "") -> str:
    """Return the URI of a place, or of a part of it."""
    return f"https://id.gs1.org/414/{checked(f'{PREFIX}{reference:05d}')}{f'/254/{part}' if part else ''}"


SITE: Final = place(1)
RECEPTION, PROCESS, FILLING, PACKING, COLD = (place(1, part) for part in ("RCV", "PROC", "FILL", "PACK", "COLD"))
AREAS: Final = (
    (RECEPTION, "RCV", "收奶站", "Milk reception"), (PROCESS, "PROC", "前处理车间", "Processing hall"),
    (FILLING, "FILL", "灌装车间", "Filling hall"), (PACKING, "PACK", "装箱码垛区", "Packing area"),
    (COLD, "COLD", "冷库", "Cold store"),
)  # fmt: skip
CLEANING: Final = "urn:suyuan:vocab:step:cleaning"
"""Our own business step: a tank is cleaned in place, its last rinse (CBV has none)."""
CAUSTIC: Final = "urn:suyuan:vocab:step:cip_caustic"
ACID: Final = "urn:suyuan:vocab:step:cip_acid"
STATE: Final = "urn:suyuan:vocab:step:equipment_state"
FARMS: Final = {
    "F1": (place(101), "东坡牧场", "Dongpo farm"), "F2": (place(102), "清溪牧场", "Qingxi farm"),
    "F3": (place(103), "南山牧场", "Nanshan farm"), "F4": (place(104), "白云牧场", "Baiyun farm"),
    "F5": (place(105), "柳河牧场", "Liuhe farm"),
}  # fmt: skip
CUSTOMERS: Final = (
    (place(201), "城北配送中心", "North distribution centre"),
    (place(202), "城南配送中心", "South distribution centre"),
    (place(203), "学校食堂配送站", "School meals depot"),
)  # fmt: skip
TANKS: Final = (
    ("SILO-1", "1 号奶仓", "Silo 1"), ("SILO-2", "2 号奶仓", "Silo 2"), ("TANK-1", "1 号暂存罐", "Tank 1"),
    ("TANK-2", "发酵罐", "Fermentation tank"), ("TANK-3", "3 号暂存罐", "Tank 3"),
    ("TANK-4", "4 号暂存罐", "Tank 4"), ("TANK-5", "5 号发酵罐", "Fermentation tank 5"),
)  # fmt: skip
MACHINES: Final = (
    ("PAST-1", "巴氏杀菌机", "Pasteuriser"), ("FILL-1", "屋顶盒灌装机", "Carton filler"),
    ("FILL-2", "杯装灌装机", "Cup filler"), ("CHURN-1", "黄油搅拌机", "Butter churn"),
    ("LAB-1", "化验室", "Laboratory"), ("CASE-1", "装箱机", "Case packer"), ("PAL-1", "码垛机", "Palletiser"),
    ("CIP-1", "CIP 清洗站", "CIP station"),
)  # fmt: skip
PEOPLE: Final = (
    ("M01", "马国强", "Ma Guoqiang", "前处理操作工", "Process operator"),
    ("M02", "田晓丽", "Tian Xiaoli", "灌装操作工", "Filling operator"),
    ("M03", "白建军", "Bai Jianjun", "灌装操作工", "Filling operator"),
    ("M04", "陈静", "Chen Jing", "化验员", "Laboratory technician"),
    ("M05", "石磊", "Shi Lei", "仓库员", "Warehouse"),
)  # fmt: skip
_PARAMETERS: Final = (
    ("milk_temperature", "到厂奶温", "Milk temperature", "CEL"), ("acidity", "酸度", "Acidity", "P1"),
    ("pasteurisation_temperature", "杀菌温度", "Pasteurisation temperature", "CEL"),
    ("holding_time", "保温时间", "Holding time", "SEC"), ("fat", "脂肪", "Fat", "P1"), ("ph", "pH", "pH", ""),
    ("tank_temperature", "罐温", "Tank temperature", "CEL"),
    ("cip_temperature", "清洗温度", "Cleaning temperature", "CEL"),
    ("conductivity", "电导率", "Conductivity", "H61"),
)  # fmt: skip


def tank(code: str) -> str:
    """Return the URI of a silo or tank: it holds milk, as a container does."""
    return f"urn:suyuan:dairy:carrier:{code}"


def machine(code: str) -> str:
    """Return the URI of a machine."""
    return f"urn:suyuan:dairy:equipment:{code}"


def person(badge: str) -> str:
    """Return the URI of a person."""
    return f"urn:suyuan:dairy:person:{badge}"


def order(number: str) -> str:
    """Return the URI of a work order, as the dairy's own tenant names it."""
    return f"urn:suyuan:dairy:order:{number}"


def pallet(number: int) -> str:
    """Return the URI of a pallet."""
    return f"https://id.gs1.org/00/{checked(f'3{PREFIX}{number:09d}')}"


def _element(uri: str, zh: str, en: str, **more: str) -> dict[str, Any]:
    named = {"suyuan:nameZh": zh, "suyuan:nameEn": en} | {f"suyuan:{key}": value for key, value in more.items()}
    return {"id": uri, "attributes": [{"id": key, "attribute": value} for key, value in named.items()]}


def vocabulary() -> list[dict[str, Any]]:
    """Return the master data: names in both languages for everything that events point at."""
    vtype = "urn:epcglobal:epcis:vtype:"
    areas = [(uri, zh, en) for uri, _, zh, en in AREAS]
    places = [(SITE, "清源乳业", "Qingyuan dairy"), *areas, *FARMS.values(), *CUSTOMERS]
    return [
        {"type": f"{vtype}EPCClass", "vocabularyElementList": [
            _element(row.uri, row.zh, row.en, gtin=row.gtin, code=row.key, unit=row.unit) for row in PRODUCTS]},
        {"type": f"{vtype}BusinessLocation", "vocabularyElementList": [_element(*row) for row in places]},
        {"type": "urn:suyuan:vocab:Equipment", "vocabularyElementList": [
            *(_element(machine(code), zh, en, code=code) for code, zh, en in MACHINES),
            *(_element(tank(code), zh, en, code=code) for code, zh, en in TANKS)]},
        {"type": "urn:suyuan:vocab:Person", "vocabularyElementList": [
            _element(person(badge), zh, en, badge=badge, roleZh=role, roleEn=title)
            for badge, zh, en, role, title in PEOPLE]},
        {"type": "urn:suyuan:vocab:Parameter", "vocabularyElementList": [
            _element(f"urn:suyuan:vocab:parameter:{key}", zh, en, unit=unit) for key, zh, en, unit in _PARAMETERS]},
        {"type": f"{vtype}BusinessStep", "vocabularyElementList": [
            _element(CLEANING, "清洗：终淋（CIP）", "Cleaning in place: last rinse"),
            _element(CAUSTIC, "清洗：碱洗（CIP）", "Cleaning in place: caustic"),
            _element(ACID, "清洗：酸洗（CIP）", "Cleaning in place: acid"),
            _element(STATE, "设备状态", "Equipment state")]},
    ]  # fmt: skip
