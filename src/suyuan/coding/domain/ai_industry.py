"""AI rows: industry data and further keys (7001 to 8200)."""

from __future__ import annotations

from typing import Final

from suyuan.coding.domain.application_identifiers import (
    LOGISTIC_UNITS,
    TRADE_ITEMS,
    TRADE_ITEMS_MTO,
    ApplicationIdentifier,
    Charset,
    Check,
    Component,
    any_of,
    num,
    num_to,
    optional,
    text,
    text_to,
)

AI = ApplicationIdentifier
_DAY: Final = num(6, Check.YYMMDD)
_WHOLE_ITEM: Final = any_of("01", "03", "8006")
_PEOPLE: Final = any_of("8017", "8018")
_RECIPIENT: Final = any_of("8018")
_PERSON_NAME: Final = (text_to(40, Check.PERCENT_ENCODED),)
_ITIP: Final = (num(14, Check.CSUM, Check.GCP_SECOND), num(4, Check.PIECE_OF_TOTAL))
_GSRN: Final = (num(18, Check.CSUM, Check.GCP_FIRST),)
_SIM: Final = any_of("01+21+8040")

_HEALTH_NUMBERS: Final = (
    ("710", "德国 PZN", "Germany PZN"), ("711", "法国 CIP", "France CIP"), ("712", "西班牙 CN", "Spain CN"),
    ("713", "巴西 DRN", "Brazil DRN"), ("714", "葡萄牙 AIM", "Portugal AIM"), ("715", "美国 NDC", "United States NDC"),
    ("716", "意大利 AIC", "Italy AIC"), ("717", "哥斯达黎加 SRN", "Costa Rica SRN"),
)

_FOOD_AND_TRADE: Final = (
    AI("7001", (num(13),), "北约库存编号 (NSN)", "NATO stock number",
       requires=any_of("01", "02", "8006", "8026")),
    AI("7002", (text_to(30),), "UN/ECE 肉类分割代码", "UN/ECE meat carcass and cut", requires=TRADE_ITEMS),
    AI("7003", (_DAY, num(4, Check.HHMI)), "有效期（含时间）", "Expiry date and time", requires=TRADE_ITEMS_MTO),
    AI("7004", (num_to(4),), "有效成分含量", "Active potency", requires=any_of("01+10", "03+10")),
    AI("7005", (text_to(12),), "捕捞区域", "Catch area", requires=TRADE_ITEMS),
    AI("7006", (_DAY,), "首次冷冻日期", "First freeze date", requires=TRADE_ITEMS),
    AI("7007", (_DAY, optional(_DAY)), "收获日期", "Harvest date or period", requires=TRADE_ITEMS),
    AI("7008", (text_to(3),), "水产品种", "Species for fishery purposes", requires=TRADE_ITEMS),
    AI("7009", (text_to(10),), "渔具类型", "Fishing gear type", requires=TRADE_ITEMS),
    AI("7010", (text_to(2),), "生产方式", "Production method", requires=TRADE_ITEMS_MTO),
    AI("7011", (_DAY, optional(num(4, Check.HHMI))), "检测截止日期", "Test-by date", requires=TRADE_ITEMS_MTO),
    AI("7020", (text_to(20),), "翻新批号", "Refurbishment lot", requires=any_of("01+416", "03+416", "8006+416")),
    AI("7021", (text_to(20),), "功能状态", "Functional status", requires=_WHOLE_ITEM),
    AI("7022", (text_to(20),), "修订状态", "Revision status", requires=any_of("01+7021", "03+7021", "8006+7021")),
    AI("7023", (text_to(30, Check.GCP_FIRST),), "装配件的 GIAI", "Asset identifier of an assembly (GIAI)"),
    *(AI(f"703{n}", (num(3, Check.ISO3166_OR_999), text_to(27)), f"加工者 {n}（含国家代码）",
         f"Processor {n} with country", requires=TRADE_ITEMS) for n in range(10)),
    AI("7040", (num(1), text(1), text(1), text(1, Check.IMPORTER_INDEX)), "欧盟烟草 UIC（含扩展）",
       "UIC with extension and importer index", link_attribute=False),
    AI("7041", (text_to(4, Check.PACKAGE_TYPE),), "运输单元类型", "Freight unit type",
       link_attribute=False, requires=LOGISTIC_UNITS),
)

_HEALTH: Final = (
    *(AI(ai, (text_to(20),), f"国家医疗报销号：{zh}", f"National healthcare number: {en}", requires=any_of("01"))
      for ai, zh, en in _HEALTH_NUMBERS),
    *(AI(f"723{n}", (text(2), text_to(28)), f"认证参考号 {n + 1}", f"Certification reference {n + 1}",
         requires=any_of("01", "8004")) for n in range(10)),
    AI("7240", (text_to(20),), "方案编号", "Protocol identifier", requires=any_of("01", "8006"), excludes=("03",)),
    AI("7241", (num(2, Check.MEDIA_TYPE),), "AIDC 介质类型", "AIDC media type", requires=_PEOPLE),
    AI("7242", (text_to(25),), "版本控制号", "Version control number", requires=_PEOPLE),
    AI("7250", (num(8, Check.YYYYMMDD),), "出生日期", "Date of birth", requires=_RECIPIENT, excludes=("7251",)),
    AI("7251", (num(8, Check.YYYYMMDD), num(4, Check.HHMI)), "出生日期与时间", "Date and time of birth",
       requires=_RECIPIENT, excludes=("7250",)),
    AI("7252", (num(1, Check.ISO5218),), "生理性别", "Biological sex", requires=_RECIPIENT),
    AI("7253", _PERSON_NAME, "姓", "Family name", requires=_PEOPLE, excludes=("7256", "7259")),
    AI("7254", _PERSON_NAME, "名", "Given name", requires=_PEOPLE, excludes=("7256", "7259")),
    AI("7255", (text_to(10),), "姓名后缀", "Name suffix", requires=_PEOPLE, excludes=("7256", "7259")),
    AI("7256", (text_to(90, Check.PERCENT_ENCODED),), "全名", "Full name", requires=_PEOPLE),
    AI("7257", (text_to(70, Check.PERCENT_ENCODED),), "个人地址", "Address of a person", requires=_RECIPIENT),
    AI("7258", (text(3, Check.POSITION_IN_SEQUENCE),), "婴儿出生次序", "Baby birth sequence",
       requires=any_of("8018+7259")),
    AI("7259", _PERSON_NAME, "婴儿姓名", "Family name of a baby", requires=_RECIPIENT, excludes=("7256",)),
)

_FURTHER: Final = (
    AI("8001", (num(4, Check.NONZERO), num(5, Check.NONZERO), num(3, Check.NONZERO), num(1, Check.WINDING), num(1)),
       "卷状产品尺寸", "Dimensions of a roll product", requires=any_of("01")),
    AI("8002", (text_to(20),), "蜂窝移动电话标识", "Cellular mobile telephone identifier"),
    AI("8003", (num(1, Check.ZERO), num(13, Check.CSUM, Check.GCP_FIRST), optional(text_to(16))),
       "全球可回收资产代码 (GRAI)", "Returnable asset (GRAI)", link_key=((),)),
    AI("8004", (text_to(30, Check.GCP_FIRST),), "全球单个资产代码 (GIAI)", "Individual asset (GIAI)",
       link_key=(("7040",),)),
    AI("8005", (num(6),), "单位价格", "Price per unit of measure", requires=TRADE_ITEMS),
    AI("8006", _ITIP, "贸易项目组件代码 (ITIP)", "Piece of a trade item (ITIP)",
       excludes=("01", "03", "37"), link_key=(("22", "10", "21"),)),
    AI("8007", (text_to(34, Check.IBAN),), "国际银行账号 (IBAN)", "Bank account (IBAN)", requires=any_of("415")),
    AI("8008", (_DAY, num(2, Check.HH), optional(num(2, Check.MI)), optional(num(2, Check.SS))),
       "生产日期与时间", "Date and time of production", requires=TRADE_ITEMS_MTO),
    AI("8009", (text_to(50),), "光学可读传感器指示", "Optically readable sensor indicator",
       requires=any_of("00", "01", "03")),
    AI("8010", (Component(Charset.CSET39, 1, 30, (Check.GCP_FIRST,)),), "组件/零件代码 (CPID)",
       "Component or part (CPID)", link_key=(("8011",),)),
    AI("8011", (num_to(12, Check.NO_ZERO_PREFIX),), "组件/零件序列号", "Serial number of a component or part",
       link_attribute=False, requires=any_of("8010")),
    AI("8012", (text_to(20),), "软件版本", "Software version", requires=_WHOLE_ITEM),
    AI("8013", (text_to(25, Check.CSUM_ALPHA, Check.GCP_FIRST),), "全球型号代码 (GMN)", "Product model (GMN)",
       link_key=((),)),
    AI("8014", (text_to(25, Check.CSUM_ALPHA, Check.GCP_FIRST, Check.HAS_NON_DIGIT),), "高度个性化器械注册标识 (MUDI)",
       "Highly individualised device registration identifier (MUDI)", link_attribute=False, requires=any_of("01")),
    AI("8017", _GSRN, "服务关系代码（提供方，GSRN）", "Service relation, provider (GSRN)",
       excludes=("8018",), link_key=(("8019",),)),
    AI("8018", _GSRN, "服务关系代码（接受方，GSRN）", "Service relation, recipient (GSRN)",
       excludes=("8017",), link_key=(("8019",),)),
    AI("8019", (num_to(10),), "服务关系事项号", "Service relation instance number",
       link_attribute=False, requires=_PEOPLE),
    AI("8020", (text_to(25),), "付款单参考号", "Payment slip reference", link_attribute=False, requires=any_of("415")),
    AI("8026", _ITIP, "物流单元内贸易项目组件", "Pieces of a trade item in a logistic unit",
       requires=any_of("37"), excludes=("02", "03", "8006")),
    AI("8030", (Component(Charset.BASE64URL, 1, 90),), "数字签名", "Digital signature",
       requires=any_of("00", "01+21", "03+21", "253", "255", "8003", "8004", "8006+21", "8010+8011", "8017", "8018")),
    AI("8040", (num(15),), "移动设备识别码 IMEI", "IMEI", link_attribute=False, requires=any_of("01+21")),
    AI("8041", (num(15),), "第二 IMEI", "Second IMEI", link_attribute=False, requires=_SIM),
    AI("8042", (num(32),), "嵌入式 SIM 标识", "Embedded SIM identifier", link_attribute=False, requires=_SIM),
    AI("8043", (num(18), optional(num_to(2))), "实体 SIM 标识", "Physical SIM identifier",
       link_attribute=False, requires=_SIM),
    AI("8110", (text_to(70, Check.COUPON),), "北美优惠券代码", "Coupon code, North America"),
    AI("8111", (num(4),), "优惠券积分", "Loyalty points of a coupon", requires=any_of("255")),
    AI("8112", (text_to(70, Check.COUPON_POSITIVE_OFFER),), "北美无纸优惠券代码",
       "Positive-offer coupon code, North America"),
    AI("8200", (text_to(70),), "包装扩展网址", "Extended packaging URL", link_attribute=False, requires=any_of("01")),
)

INDUSTRY_ROWS: Final = (*_FOOD_AND_TRADE, *_HEALTH, *_FURTHER)
