"""AI rows: orders, places, transport and delivery (400 to 4333)."""

from __future__ import annotations

from typing import Final

from suyuan.coding.domain.application_identifiers import (
    GTIN_BEARERS,
    LOGISTIC_UNITS,
    TRADE_ITEMS_MTO,
    ApplicationIdentifier,
    Check,
    any_of,
    num,
    optional,
    text,
    text_to,
)

AI = ApplicationIdentifier
_GLN: Final = (num(13, Check.CSUM, Check.GCP_FIRST),)
_COUNTRY: Final = num(3, Check.ISO3166)
_COUNTRIES: Final = (_COUNTRY, *(optional(_COUNTRY) for _ in range(4)))
_NAME: Final = (text_to(35, Check.PERCENT_ENCODED),)
_ADDRESS: Final = (text_to(70, Check.PERCENT_ENCODED),)
_TEMPERATURE: Final = (num(6), optional(text(1, Check.HYPHEN)))
_MOMENT: Final = (num(6, Check.YYMMD0), num(4, Check.HHMI))
_FLAG: Final = (num(1, Check.YES_NO),)

LOGISTICS_ROWS: Final = (
    AI("400", (text_to(30),), "客户订单号", "Customer purchase order number"),
    AI("401", (text_to(30, Check.GCP_FIRST),), "全球托运代码 (GINC)", "Consignment (GINC)", link_key=((),)),
    AI("402", (num(17, Check.CSUM, Check.GCP_FIRST),), "全球装运代码 (GSIN)", "Shipment (GSIN)", link_key=((),)),
    AI("403", (text_to(30),), "路径代码", "Routing code", requires=LOGISTIC_UNITS),
    AI("410", _GLN, "交货地 GLN", "Ship-to location (GLN)", predefined=True),
    AI("411", _GLN, "受票方 GLN", "Bill-to party (GLN)", predefined=True),
    AI("412", _GLN, "供货方 GLN", "Purchased-from party (GLN)", predefined=True),
    AI("413", _GLN, "最终目的地 GLN", "Ship-for location (GLN)", predefined=True),
    AI("414", _GLN, "物理位置 (GLN)", "Physical location (GLN)", predefined=True, link_key=(("254",), ("7040",))),
    AI("415", _GLN, "开票方 GLN", "Invoicing party (GLN)", predefined=True,
       requires=any_of("8020"), link_key=(("8020",),)),
    AI("416", _GLN, "生产或服务地点 GLN", "Production or service location (GLN)", predefined=True),
    AI("417", _GLN, "参与方 (GLN)", "Party (GLN)", predefined=True, link_key=(("7040",),)),
    AI("420", (text_to(20),), "交货地邮政编码", "Ship-to postal code", excludes=("421",)),
    AI("421", (_COUNTRY, text_to(9)), "交货地邮政编码（含国家）", "Ship-to postal code with country",
       excludes=("4307",)),
    AI("422", (_COUNTRY,), "原产国", "Country of origin", requires=GTIN_BEARERS, excludes=("426",)),
    AI("423", _COUNTRIES, "初加工国家", "Countries of initial processing", requires=TRADE_ITEMS_MTO, excludes=("426",)),
    AI("424", (_COUNTRY,), "加工国", "Country of processing", requires=TRADE_ITEMS_MTO, excludes=("426",)),
    AI("425", _COUNTRIES, "拆分国家", "Countries of disassembly", requires=TRADE_ITEMS_MTO, excludes=("426",)),
    AI("426", (_COUNTRY,), "全程加工国", "Country of full processing", requires=TRADE_ITEMS_MTO),
    AI("427", (text_to(3),), "原产国行政区划", "Subdivision of the country of origin",
       requires=any_of("01+422", "02+422", "03+422")),
    AI("4300", _NAME, "收货公司", "Ship-to company", requires=LOGISTIC_UNITS),
    AI("4301", _NAME, "收货联系人", "Ship-to contact", requires=LOGISTIC_UNITS),
    AI("4302", _ADDRESS, "收货地址第 1 行", "Ship-to address, line 1", requires=LOGISTIC_UNITS),
    AI("4303", _ADDRESS, "收货地址第 2 行", "Ship-to address, line 2", requires=any_of("4302")),
    AI("4304", _ADDRESS, "收货区县", "Ship-to suburb", requires=LOGISTIC_UNITS),
    AI("4305", _ADDRESS, "收货城市", "Ship-to locality", requires=LOGISTIC_UNITS),
    AI("4306", _ADDRESS, "收货省份", "Ship-to region", requires=LOGISTIC_UNITS),
    AI("4307", (text(2, Check.ISO3166_ALPHA2),), "收货国家", "Ship-to country", requires=LOGISTIC_UNITS),
    AI("4308", (text_to(30),), "收货电话", "Ship-to telephone", requires=LOGISTIC_UNITS),
    AI("4309", (num(10, Check.LATITUDE), num(10, Check.LONGITUDE)), "收货地理坐标", "Ship-to geographic position",
       requires=LOGISTIC_UNITS),
    AI("4310", _NAME, "退货公司", "Return-to company", requires=LOGISTIC_UNITS),
    AI("4311", _NAME, "退货联系人", "Return-to contact", requires=LOGISTIC_UNITS),
    AI("4312", _ADDRESS, "退货地址第 1 行", "Return-to address, line 1", requires=LOGISTIC_UNITS),
    AI("4313", _ADDRESS, "退货地址第 2 行", "Return-to address, line 2", requires=any_of("4312")),
    AI("4314", _ADDRESS, "退货区县", "Return-to suburb", requires=LOGISTIC_UNITS),
    AI("4315", _ADDRESS, "退货城市", "Return-to locality", requires=LOGISTIC_UNITS),
    AI("4316", _ADDRESS, "退货省份", "Return-to region", requires=LOGISTIC_UNITS),
    AI("4317", (text(2, Check.ISO3166_ALPHA2),), "退货国家", "Return-to country", requires=LOGISTIC_UNITS),
    AI("4318", (text_to(20),), "退货邮政编码", "Return-to postal code", requires=LOGISTIC_UNITS),
    AI("4319", (text_to(30),), "退货电话", "Return-to telephone", requires=LOGISTIC_UNITS),
    AI("4320", _NAME, "服务说明", "Service description", requires=LOGISTIC_UNITS),
    AI("4321", _FLAG, "危险品标志", "Dangerous goods flag", requires=LOGISTIC_UNITS),
    AI("4322", _FLAG, "允许无人签收", "Authority to leave unattended", requires=LOGISTIC_UNITS),
    AI("4323", _FLAG, "需要签字", "Signature required", requires=LOGISTIC_UNITS),
    AI("4324", _MOMENT, "最早送达时间", "Not to deliver before", requires=LOGISTIC_UNITS),
    AI("4325", _MOMENT, "最晚送达时间", "Not to deliver after", requires=LOGISTIC_UNITS),
    AI("4326", (num(6, Check.YYMMDD),), "放行日期", "Release date", requires=LOGISTIC_UNITS),
    AI("4330", _TEMPERATURE, "最高温度 (0.01 °F)", "Maximum temperature (0.01 °F)",
       requires=LOGISTIC_UNITS, excludes=("4331",)),
    AI("4331", _TEMPERATURE, "最高温度 (0.01 °C)", "Maximum temperature (0.01 °C)",
       requires=LOGISTIC_UNITS, excludes=("4330",)),
    AI("4332", _TEMPERATURE, "最低温度 (0.01 °F)", "Minimum temperature (0.01 °F)",
       requires=LOGISTIC_UNITS, excludes=("4333",)),
    AI("4333", _TEMPERATURE, "最低温度 (0.01 °C)", "Minimum temperature (0.01 °C)",
       requires=LOGISTIC_UNITS, excludes=("4332",)),
)
