"""AI rows: keys, qualifiers, dates and product attributes (00 to 37, 90 to 99)."""

from __future__ import annotations

from typing import Final

from suyuan.coding.domain.application_identifiers import (
    GTIN_BEARERS,
    TRADE_ITEMS,
    ApplicationIdentifier,
    Check,
    any_of,
    num,
    num_to,
    optional,
    text_to,
)

AI = ApplicationIdentifier
_GTIN: Final = (num(14, Check.CSUM, Check.GCP_SECOND),)
_DATE: Final = (num(6, Check.YYMMD0),)
_WHOLE_ITEM: Final = any_of("01", "03", "8006")

KEY_ROWS: Final = (
    AI("00", (num(18, Check.CSUM, Check.GCP_SECOND),), "系列货运包装箱代码 (SSCC)", "Logistic unit (SSCC)",
       predefined=True, link_key=((),)),
    AI("01", _GTIN, "全球贸易项目代码 (GTIN)", "Trade item (GTIN)",
       predefined=True, excludes=("255", "37"), link_key=(("22", "10", "21"), ("235",))),
    AI("02", _GTIN, "物流单元内贸易项目的 GTIN", "GTIN of contained trade items",
       predefined=True, excludes=("01", "03"), requires=any_of("37")),
    AI("03", _GTIN, "定制贸易项目的 GTIN", "Made-to-order trade item (GTIN)",
       predefined=True, link_attribute=False, excludes=("01", "02", "37", "235")),
    AI("10", (text_to(20),), "批号", "Batch or lot number", requires=GTIN_BEARERS),
    AI("11", _DATE, "生产日期", "Production date", predefined=True, requires=GTIN_BEARERS),
    AI("12", _DATE, "付款截止日期", "Due date for payment", predefined=True, requires=any_of("8020")),
    AI("13", _DATE, "包装日期", "Packaging date", predefined=True, requires=GTIN_BEARERS),
    AI("15", _DATE, "最佳食用日期", "Best-before date", predefined=True, requires=GTIN_BEARERS),
    AI("16", _DATE, "最晚销售日期", "Sell-by date", predefined=True, requires=GTIN_BEARERS),
    AI("17", _DATE, "有效期", "Expiry date", predefined=True,
       requires=any_of("01", "02", "03", "255", "8006", "8026")),
    AI("20", (num(2),), "内部产品变体", "Internal product variant", predefined=True, requires=GTIN_BEARERS),
    AI("21", (text_to(20),), "序列号", "Serial number", link_attribute=False,
       requires=_WHOLE_ITEM, excludes=("235",)),
    AI("22", (text_to(20),), "消费品变体", "Consumer product variant", link_attribute=False, requires=any_of("01")),
    AI("235", (text_to(28),), "第三方控制的 GTIN 序列扩展", "Third-party controlled serial extension of the GTIN",
       link_attribute=False, requires=any_of("01")),
    AI("240", (text_to(30),), "制造商附加产品标识", "Additional product identification by the manufacturer",
       requires=GTIN_BEARERS),
    AI("241", (text_to(30),), "客户方零件号", "Customer part number", requires=GTIN_BEARERS),
    AI("242", (num_to(6),), "定制产品变体号", "Made-to-order variation number",
       requires=any_of("01", "02", "8006", "8026")),
    AI("243", (text_to(20),), "包装组件号", "Packaging component number", requires=any_of("01", "03")),
    AI("250", (text_to(30),), "二级序列号", "Secondary serial number", requires=any_of("01+21", "03+21", "8006+21")),
    AI("251", (text_to(30),), "源实体参考代码", "Reference to source entity", requires=_WHOLE_ITEM),
    AI("253", (num(13, Check.CSUM, Check.GCP_FIRST), optional(text_to(17))),
       "全球文档类型代码 (GDTI)", "Document type (GDTI)", link_key=((),)),
    AI("254", (text_to(20),), "位置扩展代码", "Location extension", link_attribute=False, requires=any_of("414")),
    AI("255", (num(13, Check.CSUM, Check.GCP_FIRST), optional(num_to(12))), "全球优惠券代码 (GCN)", "Coupon (GCN)",
       link_key=((),), excludes=("01", "02", "415", "8006", "8020", "8026")),
    AI("30", (num_to(8),), "变量贸易项目的件数", "Count of items in a variable-measure trade item",
       requires=TRADE_ITEMS),
    AI("37", (num_to(8),), "物流单元内贸易项目的数量", "Count of trade items contained in a logistic unit",
       requires=any_of("00+02", "00+8026")),
    AI("90", (text_to(30),), "贸易伙伴约定信息", "Mutually agreed information"),
    *(AI(str(ai), (text_to(90),), "企业内部信息", "Company internal information") for ai in range(91, 100)),
)
