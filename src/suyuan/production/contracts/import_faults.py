"""Why a row of master data is not kept, beyond what its form refuses."""

from __future__ import annotations

from suyuan.kernel.faults import fault_kind

SITE_CODE_UNKNOWN = fault_kind(
    "production.import_site", 422,
    zh="没有代码为“{code}”的工厂。", en="There is no site with the code “{code}”.",
    remedy_zh="请填工厂的代码；没有的工厂先建立或先导入。",
    remedy_en="Enter a site's code; add or import new sites first.",
)
PART_UNKNOWN = fault_kind(
    "production.import_part", 422,
    zh="没有代码为“{code}”的{what}。", en="There is no {what} with the code “{code}”.",
    remedy_zh="请改正代码，或在同一个文件里加上这一条。",
    remedy_en="Correct the code, or add it: for parts of the plant, in the same file.",
)
MOVED = fault_kind(
    "production.import_moved", 409,
    zh="“{code}”已在别处使用：{what} 与文件不同。", en="“{code}” is in use already, with another {what}.",
    remedy_zh="这一项不能由导入改变。请换一个代码，或停用原来的一条。",
    remedy_en="An import does not change that. Choose another code, or take the old one out of use.",
)
BADGE_TWICE = fault_kind(
    "production.import_badge", 409,
    zh="工牌“{badge}”已是 {person} 的。", en="The badge “{badge}” is {person}'s.",
    remedy_zh="每人一个工牌号，请改正。", remedy_en="Give everybody a badge of their own.",
)
SEVERAL_DAYS = fault_kind(
    "production.import_days", 422,
    zh="填了日期，却没有填资格。", en="Days are given, but no qualification.",
    remedy_zh="日期是资格的起止日期：请填资格，或清空日期。",
    remedy_en="The days are those of a qualification: name it, or empty them.",
)
PRODUCT_CODE = fault_kind(
    "production.import_product", 422,
    zh="“{code}”不能作产品编码：{why}", en="“{code}” cannot be the code of a product: {why}",
    remedy_zh="请填 GTIN（8、12、13、14 位）、产品的 URI，或企业自己的料号。",
    remedy_en="Enter a GTIN (8, 12, 13 or 14 digits), the product's URI, or your own part number.",
)
BILL_BROKEN = fault_kind(
    "production.import_bill_rows", 409,
    zh="这份物料清单的第 {row} 行不对，整份都没有导入。",
    en="Row {row} of the same bill is wrong, so none of the bill was imported.",
    remedy_zh="缺一行的清单是错的清单。请改正那一行再导入。",
    remedy_en="A bill that lacks a line is a wrong bill. Correct that row and import again.",
)
BILL_DRAFT = fault_kind(
    "production.import_bill_draft", 409,
    zh="物料清单“{key}”有未发布的草稿。", en="The bill “{key}” has a draft that is not published.",
    remedy_zh="请先发布或放弃那份草稿，以免覆盖别人的改动。",
    remedy_en="Publish or discard that draft first, so that nobody's changes are overwritten.",
)
ALTERNATIVE_WRONG = fault_kind(
    "production.import_alternative", 422,
    zh="替代料“{given}”看不懂。", en="The alternative “{given}” is not understood.",
    remedy_zh="写成“料号”或“料号=用量”，多个用 | 分开。",
    remedy_en="Write “code” or “code=quantity”; several: with | between.",
)
CLOCK_WRONG = fault_kind(
    "production.import_clock", 422,
    zh="“{given}”不是时刻。", en="“{given}” is no time of day.",
    remedy_zh="写成 24 小时制，如 08:00、16:30。", remedy_en="Write it with 24 hours, such as 08:00 or 16:30.",
)
WEEKDAYS_WRONG = fault_kind(
    "production.import_weekdays", 422,
    zh="星期“{given}”看不懂。", en="The weekdays “{given}” are not understood.",
    remedy_zh="写成 1-5、1,3,5（1 是周一，7 是周日）或“周一至周五”。",
    remedy_en="Write 1-5 or 1,3,5 (1 is Monday, 7 Sunday), or Mon-Fri.",
)
BREAK_WRONG = fault_kind(
    "production.import_break", 422,
    zh="休息 {given} 分钟不合要求。", en="A break of {given} minutes is not possible.",
    remedy_zh="请填 0 到 720 的整数。", remedy_en="Enter a whole number from 0 to 720.",
)
