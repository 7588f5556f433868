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
    """A product or material. ``days``: how long a lot of it keeps; 0: it has no date."""

    key: str
    reference: int
    zh: str
    en: str
    unit: str
    days: int = 0

    @property
    def gtin(self) -> str:
        """The GTIN with 14 digits."""
        return checked(f"0{PREFIX}{self.reference:05d}")

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
PRODUCTS: Final = (RAW, MILK, CREAM, CULTURE, CARTON, FRESH, YOGHURT, BUTTER, BUTTERMILK)


def place(reference: int) -> str:
    """Return the URI of a place."""
    return f"https://id.gs1.org/414/{checked(f'{PREFIX}{reference:05d}')}"


SITE: Final = place(1)
CLEANING: Final = "urn:suyuan:vocab:step:cleaning"
"""Our own business step: a tank is cleaned in place (CBV has none)."""
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
)  # fmt: skip
MACHINES: Final = (
    ("PAST-1", "巴氏杀菌机", "Pasteuriser"), ("FILL-1", "屋顶盒灌装机", "Carton filler"),
    ("FILL-2", "杯装灌装机", "Cup filler"), ("CHURN-1", "黄油搅拌机", "Butter churn"),
)  # fmt: skip
_PARAMETERS: Final = (
    ("milk_temperature", "到厂奶温", "Milk temperature", "CEL"), ("acidity", "酸度", "Acidity", "P1"),
    ("pasteurisation_temperature", "杀菌温度", "Pasteurisation temperature", "CEL"),
    ("holding_time", "保温时间", "Holding time", "SEC"),
)  # fmt: skip


def tank(code: str) -> str:
    """Return the URI of a silo or tank: it holds milk, as a container does."""
    return f"urn:suyuan:dairy:carrier:{code}"


def machine(code: str) -> str:
    """Return the URI of a machine."""
    return f"urn:suyuan:dairy:equipment:{code}"


def pallet(number: int) -> str:
    """Return the URI of a pallet."""
    return f"https://id.gs1.org/00/{checked(f'3{PREFIX}{number:09d}')}"


def _element(uri: str, zh: str, en: str, **more: str) -> dict[str, Any]:
    named = {"suyuan:nameZh": zh, "suyuan:nameEn": en} | {f"suyuan:{key}": value for key, value in more.items()}
    return {"id": uri, "attributes": [{"id": key, "attribute": value} for key, value in named.items()]}


def vocabulary() -> list[dict[str, Any]]:
    """Return the master data: names in both languages for everything that events point at."""
    vtype = "urn:epcglobal:epcis:vtype:"
    places = [(SITE, "清源乳业", "Qingyuan dairy"), *FARMS.values(), *CUSTOMERS]
    return [
        {"type": f"{vtype}EPCClass", "vocabularyElementList": [
            _element(row.uri, row.zh, row.en, gtin=row.gtin, code=row.key, unit=row.unit) for row in PRODUCTS]},
        {"type": f"{vtype}BusinessLocation", "vocabularyElementList": [_element(*row) for row in places]},
        {"type": "urn:suyuan:vocab:Equipment", "vocabularyElementList": [
            *(_element(machine(code), zh, en, code=code) for code, zh, en in MACHINES),
            *(_element(tank(code), zh, en, code=code) for code, zh, en in TANKS)]},
        {"type": "urn:suyuan:vocab:Parameter", "vocabularyElementList": [
            _element(f"urn:suyuan:vocab:parameter:{key}", zh, en, unit=unit) for key, zh, en, unit in _PARAMETERS]},
        {"type": f"{vtype}BusinessStep", "vocabularyElementList": [
            _element(CLEANING, "清洗（CIP）", "Cleaning in place")]},
    ]  # fmt: skip
