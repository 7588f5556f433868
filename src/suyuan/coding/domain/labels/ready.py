"""Labels to start from: the four that most plants need first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from suyuan.coding.domain.labels import documents as doc
from suyuan.kernel.faults import Bilingual


@dataclass(frozen=True, slots=True)
class ReadyLabel:
    """A label that comes with the product. ``key`` names it for ever."""

    key: str
    title: Bilingual
    about: Bilingual
    label: doc.Label


_GTIN: Final = doc.Field(id="gtin", title_zh="GTIN", title_en="GTIN", sample="09521234543213")
_LOT: Final = doc.Field(id="lot", title_zh="批号", title_en="Lot", sample="L2611A")
_SERIAL: Final = doc.Field(id="serial", title_zh="序列号", title_en="Serial number", sample="A00001284")
_EXPIRY: Final = doc.Field(id="expiry", kind="date", title_zh="有效期至", title_en="Expiry date", sample="2028-11-20")
_MADE: Final = doc.Field(
    id="production_date", kind="date", title_zh="生产日期", title_en="Production date", sample="2026-11-21"
)
_PRODUCT: Final = doc.Field(id="product_name", title_zh="产品名称", title_en="Product name", sample="智能温控器 T-200")
_COUNT: Final = doc.Field(id="count", kind="number", title_zh="数量", title_en="Count", sample="24")
_SSCC: Final = doc.Field(id="sscc", title_zh="SSCC", title_en="SSCC", sample="395212340000001233")
_CONTENT: Final = doc.Field(
    id="content", title_zh="内装产品 GTIN", title_en="GTIN of contents", sample="09521234543213"
)
_COMPANY: Final = doc.Field(id="company", title_zh="公司名称", title_en="Company", sample="云溪电子有限公司")
_ADDRESS: Final = doc.Field(
    id="address", title_zh="收货地址", title_en="Ship to", sample="上海市浦东新区张江路 88 号 3 号仓", required=False
)


def _unit() -> doc.Label:
    return doc.Label(
        width=30, height=20, gap=2, fields=(_GTIN, _SERIAL, _PRODUCT),
        elements=(
            doc.DataMatrix(id="symbol", x=1, y=2, w=13, h=13, content="(01){gtin}(21){serial}", module=0.37),
            doc.FieldText(id="name", x=15, y=2, w=14, h=8, field="product_name", size=7, wrap=True, shrink=True),
            doc.Formula(id="serial", x=15, y=11, w=14, h=4, formula="{serial}", size=7, shrink=True),
            doc.Formula(id="gtin", x=1, y=16, w=28, h=3, formula="GTIN {gtin}", size=6.5, shrink=True),
        ),
    )  # fmt: skip


def _box() -> doc.Label:
    return doc.Label(
        width=100, height=70, gap=3, fields=(_PRODUCT, _SSCC, _CONTENT, _LOT, _EXPIRY, _COUNT),
        elements=(
            doc.FieldText(id="name", x=4, y=3, w=92, h=7, field="product_name", size=15, bold=True, shrink=True),
            doc.Line(id="under", x=4, y=11, w=92, h=1, thickness=0.4),
            doc.Formula(id="content", x=4, y=13, w=92, h=5, formula="内装 CONTENT  {content}", size=10, shrink=True),
            doc.Formula(id="lot", x=4, y=18.5, w=34, h=5, formula="批号 LOT  {lot}", size=10, shrink=True),
            doc.Formula(
                id="expiry", x=40, y=18.5, w=36, h=5, formula="有效期 EXP  {expiry:%Y-%m-%d}", size=10, shrink=True
            ),
            doc.Formula(id="count", x=77, y=18.5, w=20, h=5, formula="数量 QTY  {count}", size=10, shrink=True),
            doc.Gs1Code128(
                id="contents", x=2, y=25, w=96, h=20, size=8,
                content="(02){content}(17){expiry:%y%m%d}(37){count}(10){lot}",
            ),
            doc.Gs1Code128(id="logistic", x=2, y=47, w=96, h=20, content="(00){sscc}", size=8),
        ),
    )  # fmt: skip


def _pallet() -> doc.Label:
    return doc.Label(
        width=105, height=148, gap=3, fields=(_COMPANY, _ADDRESS, _SSCC, _CONTENT, _COUNT, _LOT),
        elements=(
            doc.Box(id="frame", x=2, y=2, w=101, h=144, thickness=0.4),
            doc.FieldText(id="company", x=5, y=5, w=95, h=8, field="company", size=17, bold=True, shrink=True),
            doc.Line(id="rule1", x=2, y=14, w=101, h=1, thickness=0.4),
            doc.Text(id="to", x=5, y=16, w=20, h=5, text="收货 TO", size=9),
            doc.FieldText(id="address", x=26, y=16, w=74, h=13, field="address", size=11, wrap=True, shrink=True),
            doc.Line(id="rule2", x=2, y=30, w=101, h=1, thickness=0.4),
            doc.Text(id="sscc-name", x=5, y=32, w=30, h=5, text="SSCC", size=9),
            doc.FieldText(id="sscc", x=5, y=36, w=95, h=8, field="sscc", size=16, bold=True),
            doc.Text(id="content-name", x=5, y=45, w=60, h=5, text="内装产品 CONTENT", size=9),
            doc.FieldText(id="content", x=5, y=49, w=60, h=7, field="content", size=13),
            doc.Text(id="count-name", x=68, y=45, w=32, h=5, text="数量 COUNT", size=9),
            doc.FieldText(id="count", x=68, y=49, w=32, h=7, field="count", size=13),
            doc.Text(id="lot-name", x=5, y=57, w=60, h=5, text="批号 BATCH/LOT", size=9),
            doc.FieldText(id="lot", x=5, y=61, w=60, h=7, field="lot", size=13),
            doc.Line(id="rule3", x=2, y=70, w=101, h=1, thickness=0.4),
            doc.Gs1Code128(
                id="contents", x=3, y=73, w=99, h=33, content="(02){content}(37){count}(10){lot}", module=0.25, size=9
            ),
            doc.Gs1Code128(id="logistic", x=3, y=110, w=99, h=34, content="(00){sscc}", module=0.495, size=11),
        ),
    )  # fmt: skip


def _product() -> doc.Label:
    return doc.Label(
        width=60, height=40, gap=2, fields=(_PRODUCT, _GTIN, _LOT, _SERIAL, _MADE, _COMPANY),
        elements=(
            doc.FieldText(id="name", x=2, y=2, w=56, h=7, field="product_name", size=14, bold=True, shrink=True),
            doc.Line(id="rule", x=2, y=9, w=56, h=1, thickness=0.3),
            doc.Formula(id="lot", x=2, y=11, w=33, h=4.5, formula="批号：{lot}", size=8.5, shrink=True),
            doc.Formula(
                id="made", x=2, y=16, w=33, h=4.5, size=8.5, shrink=True,
                formula="生产日期：{production_date:%Y年%m月%d日}",
            ),
            doc.Formula(id="serial", x=2, y=21, w=33, h=4.5, formula="序列号：{serial}", size=8.5, shrink=True),
            doc.Text(id="scan", x=2, y=27, w=33, h=9, text="扫描二维码查询产品溯源信息", size=8, wrap=True),
            doc.QrCode(id="qr", x=35.5, y=10.5, w=23, h=23, content="(01){gtin}(10){lot}(21){serial}", module=0.37),
            doc.FieldText(id="company", x=2, y=35.5, w=56, h=4, field="company", size=7.5, shrink=True),
        ),
    )  # fmt: skip


@lru_cache(maxsize=1)
def ready_labels() -> tuple[ReadyLabel, ...]:
    """Return the labels to start from."""
    return (
        ReadyLabel(
            "unit-30x20", Bilingual("单件标签 30×20", "Unit label 30×20"),
            Bilingual("GS1 Data Matrix：GTIN 与序列号", "GS1 Data Matrix with GTIN and serial number"), _unit(),
        ),
        ReadyLabel(
            "box-100x70", Bilingual("箱标签 100×70", "Box label 100×70"),
            Bilingual("两个 GS1-128：内装与 SSCC", "Two GS1-128: contents and SSCC"), _box(),
        ),
        ReadyLabel(
            "pallet-a6", Bilingual("托盘物流标签 A6", "Pallet logistic label A6"),
            Bilingual("SSCC 物流标签，三个区段", "Logistic label with SSCC, three segments"), _pallet(),
        ),
        ReadyLabel(
            "product-60x40", Bilingual("中文产品标签 60×40", "Chinese product label 60×40"),
            Bilingual("二维码为 GS1 数字链接，消费者可直接扫描", "QR with a GS1 Digital Link that consumers scan"),
            _product(),
        ),
    )  # fmt: skip
