"""What can be wrong with an expression: in its text, in its syntax tree, or while it is worked out."""

from __future__ import annotations

from suyuan.kernel.faults import Fault, fault_kind

UNEXPECTED = fault_kind(
    "kernel.expression.unexpected", 422,
    zh="这里不应该是“{found}”。", en="“{found}” does not belong here.",
    remedy_zh="这里应该是：{expected}", remedy_en="What belongs here: {expected}",
)
UNCLOSED = fault_kind(
    "kernel.expression.unclosed", 422,
    zh="“{opened}”没有关上。", en="“{opened}” is never closed.",
    remedy_zh="补上与“{opened}”对应的另一半。", remedy_en="Add what closes “{opened}”.",
)
UNKNOWN_NAME = fault_kind(
    "kernel.expression.unknown_name", 422,
    zh="没有叫“{name}”的字段。", en="There is no field called “{name}”.",
    remedy_zh="相近的名称：{near}；名称含空格或符号时写成 {{名称}}，文字要加引号。",
    remedy_en="Names like it: {near}; a name with spaces is written {{name}}, and text needs quotes.",
)
UNKNOWN_FUNCTION = fault_kind(
    "kernel.expression.unknown_function", 422,
    zh="没有叫“{name}”的函数。", en="There is no function called “{name}”.",
    remedy_zh="相近的函数：{near}", remedy_en="Functions like it: {near}",
)
ARGUMENTS = fault_kind(
    "kernel.expression.arguments", 422,
    zh="“{what}”要 {least} 到 {most} 个参数，这里有 {given} 个。",
    en="“{what}” takes {least} to {most} arguments, not {given}.",
    remedy_zh="补上或去掉参数，参数之间用逗号隔开。", remedy_en="Add or remove arguments; commas part them.",
)
TOO_LONG = fault_kind(
    "kernel.expression.too_long", 422,
    zh="表达式太长，最多 {most}。", en="The expression is too long; {most} is the most.",
    remedy_zh="请拆成几个公式字段。", remedy_en="Divide it among several formula fields.",
)
TOO_DEEP = fault_kind(
    "kernel.expression.too_deep", 422,
    zh="表达式嵌套太深，最多 {most} 层。", en="The expression is nested too deeply; {most} levels are the most.",
    remedy_zh="请拆成几个公式字段。", remedy_en="Divide it among several formula fields.",
)
MALFORMED = fault_kind(
    "kernel.expression.malformed", 422,
    zh="这不是表达式的语法树：{why}", en="This is not the syntax tree of an expression: {why}",
    remedy_zh="语法树的形状见参考文档“表达式”；由 POST /api/v1/expressions/parse 生成最稳妥。",
    remedy_en="The reference page on expressions shows its shape; POST /api/v1/expressions/parse makes a sound one.",
)
NEEDS_NUMBER = fault_kind(
    "kernel.expression.needs_number", 422,
    zh="“{what}”在这里要用数字。", en="“{what}” needs a number here.",
    remedy_zh="换成数字；文字可用 转数字() 转换。", remedy_en="Use a number; number() turns text into one.",
)
NEEDS_WHOLE = fault_kind(
    "kernel.expression.needs_whole", 422,
    zh="“{what}”在这里要用 {least} 到 {most} 的整数。", en="“{what}” needs a whole number from {least} to {most} here.",
    remedy_zh="换成这个范围内的整数。", remedy_en="Use a whole number of that range.",
)
NEEDS_TEXT = fault_kind(
    "kernel.expression.needs_text", 422,
    zh="“{what}”在这里要用文字。", en="“{what}” needs text here.",
    remedy_zh="换成文字；其他值可用 转文字() 转换。", remedy_en="Use text; text() turns other values into text.",
)
NEEDS_BOOLEAN = fault_kind(
    "kernel.expression.needs_boolean", 422,
    zh="“{what}”在这里要用“是”或“否”。", en="“{what}” needs true or false here.",
    remedy_zh="写成一个判断，例如 数量 > 0。", remedy_en="Write a comparison, such as quantity > 0.",
)
NEEDS_DATE = fault_kind(
    "kernel.expression.needs_date", 422,
    zh="“{what}”在这里要用日期或时刻。", en="“{what}” needs a date or a moment here.",
    remedy_zh="换成日期字段，或用 日期(\"2026-01-31\")。",
    remedy_en="Use a field with a date, or date(\"2026-01-31\").",
)
NEEDS_MOMENT = fault_kind(
    "kernel.expression.needs_moment", 422,
    zh="“{what}”在这里要用带钟点的时刻。", en="“{what}” needs a moment with a time of day here.",
    remedy_zh="换成日期时间字段，或用 此刻。", remedy_en="Use a field with date and time, or now.",
)
NEEDS_LIST = fault_kind(
    "kernel.expression.needs_list", 422,
    zh="“{what}”在这里要用列表。", en="“{what}” needs a list here.",
    remedy_zh="写成 [\"甲\", \"乙\"]，或用可多值的字段。",
    remedy_en="Write [\"a\", \"b\"], or use a field that takes many values.",
)
NOT_ALIKE = fault_kind(
    "kernel.expression.not_alike", 422,
    zh="“{what}”不能比较或混用不同种类的值。", en="“{what}” cannot mix or order values of different kinds.",
    remedy_zh="请让两边都是数字、都是文字或都是日期。", remedy_en="Let both sides be numbers, or text, or dates.",
)
NESTED_LIST = fault_kind(
    "kernel.expression.nested_list", 422,
    zh="列表里不能再放列表。", en="A list cannot hold another list.",
    remedy_zh="把值直接写进一个列表。", remedy_en="Put the values into one list.",
)
NUMBER_TOO_LARGE = fault_kind(
    "kernel.expression.number_too_large", 422,
    zh="数字超过 28 位。", en="The number has more than 28 digits.",
    remedy_zh="检查单位和乘数。", remedy_en="Look at units and factors.",
)
TEXT_TOO_LONG = fault_kind(
    "kernel.expression.text_too_long", 422,
    zh="文字超过 {most} 个字符。", en="The text has more than {most} characters.",
    remedy_zh="缩短连接的文字。", remedy_en="Join shorter texts.",
)
DATE_OUT_OF_RANGE = fault_kind(
    "kernel.expression.date_out_of_range", 422,
    zh="日期超出公元 1 到 9999 年。", en="The date lies outside the years 1 to 9999.",
    remedy_zh="检查加减的天数。", remedy_en="Look at the number of days.",
)
BUDGET_SPENT = fault_kind(
    "kernel.expression.budget_spent", 422,
    zh="表达式要算的步骤太多。", en="The expression takes too many steps.",
    remedy_zh="缩短列表，或拆成几个公式字段。", remedy_en="Use shorter lists, or divide it among several fields.",
)


class ExpressionError(Fault):
    """A fault of an expression. ``at``: ``char N`` (from 0) in a text, else a JSON pointer into the syntax tree."""
