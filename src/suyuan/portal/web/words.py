"""Every text of the consumer pages, in both languages. Nothing here may claim more than the records can show."""

from __future__ import annotations

from datetime import date
from typing import Final

from suyuan.kernel.faults import Bilingual, Language
from suyuan.portal.contracts import Standing, StepKind

TEXTS: Final = {
    "title": Bilingual("产品溯源", "Product story"),
    "other_language": Bilingual("English", "中文"),
    "skip": Bilingual("跳到内容", "Skip to content"),
    "story": Bilingual("它的历程", "Its journey"),
    "materials": Bilingual("关键材料", "What it is made of"),
    "more_materials": Bilingual("其余 {count} 种材料", "{count} more materials"),
    "own_make": Bilingual("本厂制造", "made by us"),
    "sampled": Bilingual("来自本批次部分单件的记录。", "From the records of some units of this lot."),
    "code": Bilingual("编码", "Code"),
    "gtin": Bilingual("商品条码 GTIN", "Product number GTIN"),
    "serial": Bilingual("序列号", "Serial number"),
    "lot": Bilingual("批次", "Lot"),
    "sscc": Bilingual("物流单元 SSCC", "Logistic unit SSCC"),
    "means": Bilingual("这一页说明什么", "What this page tells you"),
    "means_records": Bilingual(
        "这些内容由{brand}及其合作方在事情发生时记录。记录只增不改：更正会另记一笔，原记录保留。",
        "{brand} and its partners recorded this when it happened. Records are only added, never rewritten: a correction"
        " is a new record, and the old one stays.",
    ),
    "means_not": Bilingual(
        "它不能证明您手中的实物就是这一件：编码可能被复制。请核对序列号与实物、包装上的是否一致。",
        "It does not prove that the item in your hand is this one: a code can be copied. Compare the serial number with"
        " the one on the item and its box.",
    ),
    "means_not_lot": Bilingual(
        "它说的是整个批次，不是您手中的这一件；它也不能证明实物为真：编码可能被复制。",
        "It is about the whole lot, not the single item in your hand, and it does not prove that an item is genuine: a"
        " code can be copied.",
    ),
    "means_sold": Bilingual(
        "若记录显示已售出，而您是在别处或之前之后很久买到的，请询问卖家或{brand}。",
        "If it is recorded as sold but you bought it elsewhere or at quite another time, ask the seller or {brand}.",
    ),
    "contact": Bilingual("联系{brand}", "Contact {brand}"),
    "find": Bilingual("查一件", "Look up one item"),
    "find_hint": Bilingual("输入包装上的序列号或批次号", "Enter the serial or lot number on the package"),
    "find_kind": Bilingual("号码类型", "Kind of number"),
    "find_number": Bilingual("号码", "Number"),
    "find_go": Bilingual("查询", "Look up"),
    "on_record": Bilingual("已登记的产品", "A registered product"),
    "no_steps": Bilingual("还没有可以公开的经历。", "Nothing public is recorded of it yet."),
    "unknown_title": Bilingual("没有找到这个编码", "This code is not known"),
    "unknown": Bilingual(
        "编码格式没有问题，但这里没有可以公开的记录。",
        "The code is well formed, but nothing public is recorded for it.",
    ),
    "unknown_check": Bilingual(
        "请先核对编码与包装上的是否一致。", "First compare the code with the one on the package."
    ),
    "unknown_seller": Bilingual(
        "一致但仍查不到时，请询问卖家或品牌商。查不到不等于假货，也不等于真货。",
        "If it is the same and still not found, ask the seller or the brand. Not being found proves neither fake nor"
        " genuine.",
    ),
    "fault_title": Bilingual("编码有误", "There is a mistake in the code"),
    "sscc_title": Bilingual("这是物流单元的编码", "This is the code of a logistic unit"),
    "sscc_text": Bilingual(
        "SSCC 编在箱子或托盘上，供运输和仓库使用。编码本身没有错误。",
        "An SSCC marks a box or pallet for transport and warehouses. The code itself is correct.",
    ),
    "sscc_do": Bilingual("要了解产品，请扫描产品或其包装上的码。", "To learn about a product, scan the code on it."),
    "busy_title": Bilingual("查询太频繁", "Too many lookups"),
    "busy": Bilingual("这个网络地址一分钟内查询太多。", "There were too many lookups from this address in a minute."),
    "busy_do": Bilingual("请稍等一分钟再试。", "Please wait a minute and try again."),
    "away_title": Bilingual("暂时打不开", "Not available just now"),
    "away": Bilingual("系统正在恢复，编码没有问题。", "The system is recovering; nothing is wrong with the code."),
    "away_do": Bilingual("请过几秒再试。", "Please try again in a few seconds."),
    "place": Bilingual("位置：{place}", "Place: {place}"),
    "powered": Bilingual("由溯源系统 Suyuan 提供", "Powered by Suyuan traceability"),
}

STANDINGS: Final = {
    Standing.GOOD: (
        Bilingual("已登记，无异常记录", "On record, no problem recorded"),
        Bilingual("没有冻结、召回或报废的记录。", "No hold, recall or withdrawal is recorded."),
    ),
    Standing.NOT_MADE: (
        Bilingual("没有生产记录", "No record of production"),
        Bilingual(
            "有人扫过这个编码，但没有它的生产记录。请核对编码，并询问卖家。",
            "Somebody scanned this code, but nothing records that it was made. Compare the code and ask the seller.",
        ),
    ),
    Standing.EXPIRED: (
        Bilingual("记录为已过期", "Recorded as expired"),
        Bilingual("请不要使用，并联系卖家。", "Please do not use it, and contact the seller."),
    ),
    Standing.HELD: (
        Bilingual("记录为冻结或不合格", "Recorded as on hold or not conforming"),
        Bilingual(
            "这件产品本不应在售。请先不要使用，联系卖家或品牌商。",
            "It should not be on sale. Please do not use it for now, and contact the seller or the brand.",
        ),
    ),
    Standing.WITHDRAWN: (
        Bilingual("记录为已注销或销毁", "Recorded as withdrawn or destroyed"),
        Bilingual(
            "按记录，这个编码的产品已不存在。您手中的很可能不是它：请不要使用，联系卖家或品牌商。",
            "By the records the product with this code is no more, so yours is probably another: please do not use it,"
            " and contact the seller or the brand.",
        ),
    ),
    Standing.STOLEN: (
        Bilingual("记录为失窃", "Recorded as stolen"),
        Bilingual("请联系品牌商或警方。", "Please contact the brand or the police."),
    ),
    Standing.RECALLED: (
        Bilingual("正在召回", "Recalled"),
        Bilingual(
            "请立即停止使用，妥善保管，并联系卖家或品牌商退换。",
            "Please stop using it, keep it safe, and contact the seller or the brand to return it.",
        ),
    ),
}

STEPS: Final = {
    StepKind.MADE: Bilingual("生产", "Made"),
    StepKind.ASSEMBLED: Bilingual("主要部件装配完成", "Main parts built in"),
    StepKind.TESTED: Bilingual("检验通过", "Tested and passed"),
    StepKind.PACKED: Bilingual("装箱", "Packed"),
    StepKind.SHIPPED: Bilingual("发运", "Shipped"),
    StepKind.RECEIVED: Bilingual("经销商收货", "Received by the dealer"),
    StepKind.AT_STORE: Bilingual("门店收货", "Received by the store"),
    StepKind.ON_SALE: Bilingual("上架", "On the shelf"),
    StepKind.SOLD: Bilingual("售出", "Sold"),
    StepKind.RETURNED: Bilingual("退回", "Returned"),
}
CHECKS: Final = Bilingual("{count} 项检测，全部通过", "{count} checks, all passed")
TOWARDS: Final = Bilingual("发往 {place}", "To {place}")

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown_day(day: date, language: Language) -> str:
    """Return ``2026年11月3日`` or ``3 Nov 2026``."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
