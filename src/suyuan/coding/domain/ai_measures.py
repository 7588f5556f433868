"""AI rows: measures (31nn to 36nn) and amounts (39nn); the last digit of the AI counts the decimals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from suyuan.coding.domain.application_identifiers import (
    ApplicationIdentifier,
    Check,
    Component,
    any_of,
    num,
    num_to,
)

AI = ApplicationIdentifier
_TRADE: Final = any_of("01", "02")
_LOGISTIC: Final = any_of("00", "01")
_VARIABLE: Final = any_of("30", "31nn", "32nn", "35nn", "36nn")

# stem, unit, zh, en, which item it describes
_FAMILIES: Final = (
    ("310", "kg", "净重", "Net weight", _TRADE),
    ("311", "m", "长度", "Length", _TRADE),
    ("312", "m", "宽度或直径", "Width or diameter", _TRADE),
    ("313", "m", "高度或厚度", "Height or thickness", _TRADE),
    ("314", "m²", "面积", "Area", _TRADE),
    ("315", "L", "净容积", "Net volume", _TRADE),
    ("316", "m³", "净体积", "Net volume", _TRADE),
    ("320", "lb", "净重", "Net weight", _TRADE),
    ("321", "in", "长度", "Length", _TRADE),
    ("322", "ft", "长度", "Length", _TRADE),
    ("323", "yd", "长度", "Length", _TRADE),
    ("324", "in", "宽度或直径", "Width or diameter", _TRADE),
    ("325", "ft", "宽度或直径", "Width or diameter", _TRADE),
    ("326", "yd", "宽度或直径", "Width or diameter", _TRADE),
    ("327", "in", "高度或厚度", "Height or thickness", _TRADE),
    ("328", "ft", "高度或厚度", "Height or thickness", _TRADE),
    ("329", "yd", "高度或厚度", "Height or thickness", _TRADE),
    ("330", "kg", "物流毛重", "Logistic gross weight", _LOGISTIC),
    ("331", "m", "物流长度", "Logistic length", _LOGISTIC),
    ("332", "m", "物流宽度或直径", "Logistic width or diameter", _LOGISTIC),
    ("333", "m", "物流高度或厚度", "Logistic height or thickness", _LOGISTIC),
    ("334", "m²", "物流面积", "Logistic area", _LOGISTIC),
    ("335", "L", "物流容积", "Logistic volume", _LOGISTIC),
    ("336", "m³", "物流体积", "Logistic volume", _LOGISTIC),
    ("337", "kg/m²", "每平方米千克数", "Kilograms per square metre", any_of("01")),
    ("340", "lb", "物流毛重", "Logistic gross weight", _LOGISTIC),
    ("341", "in", "物流长度", "Logistic length", _LOGISTIC),
    ("342", "ft", "物流长度", "Logistic length", _LOGISTIC),
    ("343", "yd", "物流长度", "Logistic length", _LOGISTIC),
    ("344", "in", "物流宽度或直径", "Logistic width or diameter", _LOGISTIC),
    ("345", "ft", "物流宽度或直径", "Logistic width or diameter", _LOGISTIC),
    ("346", "yd", "物流宽度或直径", "Logistic width or diameter", _LOGISTIC),
    ("347", "in", "物流高度或厚度", "Logistic height or thickness", _LOGISTIC),
    ("348", "ft", "物流高度或厚度", "Logistic height or thickness", _LOGISTIC),
    ("349", "yd", "物流高度或厚度", "Logistic height or thickness", _LOGISTIC),
    ("350", "in²", "面积", "Area", _TRADE),
    ("351", "ft²", "面积", "Area", _TRADE),
    ("352", "yd²", "面积", "Area", _TRADE),
    ("353", "in²", "物流面积", "Logistic area", _LOGISTIC),
    ("354", "ft²", "物流面积", "Logistic area", _LOGISTIC),
    ("355", "yd²", "物流面积", "Logistic area", _LOGISTIC),
    ("356", "oz t", "净重（金衡盎司）", "Net weight (troy)", _TRADE),
    ("357", "oz", "净重或净容积（盎司）", "Net weight or volume (ounces)", _TRADE),
    ("360", "qt (US)", "净容积", "Net volume", _TRADE),
    ("361", "gal (US)", "净容积", "Net volume", _TRADE),
    ("362", "qt (US)", "物流容积", "Logistic volume", _LOGISTIC),
    ("363", "gal (US)", "物流容积", "Logistic volume", _LOGISTIC),
    ("364", "in³", "净体积", "Net volume", _TRADE),
    ("365", "ft³", "净体积", "Net volume", _TRADE),
    ("366", "yd³", "净体积", "Net volume", _TRADE),
    ("367", "in³", "物流体积", "Logistic volume", _LOGISTIC),
    ("368", "ft³", "物流体积", "Logistic volume", _LOGISTIC),
    ("369", "yd³", "物流体积", "Logistic volume", _LOGISTIC),
)


def _measures() -> Iterator[ApplicationIdentifier]:
    for stem, unit, zh, en, bearers in _FAMILIES:
        for decimals in range(6):
            yield AI(
                f"{stem}{decimals}", (num(6),), f"{zh} ({unit})", f"{en} ({unit})", predefined=True,
                requires=bearers, excludes=(f"{stem}n",), decimals=decimals, unit=unit,
            )


def _amounts(
    stem: str, most_decimals: int, components: tuple[Component, ...], titles: tuple[str, str],
    *, requires: tuple[tuple[str, ...], ...], excludes: tuple[str, ...],
) -> Iterator[ApplicationIdentifier]:
    for decimals in range(most_decimals + 1):
        yield AI(f"{stem}{decimals}", components, *titles, requires=requires, excludes=excludes, decimals=decimals)


MEASURE_ROWS: Final = (
    *_measures(),
    *_amounts(
        "390", 9, (num_to(15),), ("应付金额（本地货币）或优惠券面值", "Amount payable or coupon value, local currency"),
        requires=any_of("255", "8020"), excludes=("390n", "391n", "394n", "8111"),
    ),
    *_amounts(
        "391", 9, (num(3, Check.ISO4217), num_to(15)), ("应付金额（含货币代码）", "Amount payable with currency"),
        requires=any_of("8020"), excludes=("391n",),
    ),
    *_amounts(
        "392", 9, (num_to(15),), ("变量贸易项目价格（本地货币）", "Price of a variable-measure item, local currency"),
        requires=any_of("01+30", "01+31nn", "01+32nn", "01+35nn", "01+36nn"), excludes=("392n", "393n"),
    ),
    *_amounts(
        "393", 9, (num(3, Check.ISO4217), num_to(15)),
        ("变量贸易项目价格（含货币代码）", "Price of a variable-measure item with currency"),
        requires=_VARIABLE, excludes=("393n",),
    ),
    *_amounts(
        "394", 3, (num(4),), ("优惠券折扣率 (%)", "Percentage discount of a coupon"),
        requires=any_of("255"), excludes=("394n", "8111"),
    ),
    *_amounts(
        "395", 5, (num(6),), ("单位价格（本地货币）", "Price per unit of measure, local currency"),
        requires=_VARIABLE, excludes=("392n", "393n", "395n", "8005"),
    ),
)
