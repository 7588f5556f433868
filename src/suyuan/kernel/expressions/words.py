"""The words of the language, in English and Chinese, and how many arguments each takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Word:
    """A function: its name in syntax trees, its Chinese name, the least and most arguments."""

    en: str
    zh: str
    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.zh}/{self.en}"


MANY: Final = 50
FUNCTIONS: Final = {
    word.en: word
    for word in (
        Word("round", "四舍五入", 1, 2), Word("floor", "向下取整", 1, 1), Word("ceil", "向上取整", 1, 1),
        Word("abs", "绝对值", 1, 1), Word("min", "最小", 1, MANY), Word("max", "最大", 1, MANY),
        Word("sum", "合计", 1, MANY), Word("avg", "平均", 1, MANY), Word("count", "个数", 1, MANY),
        Word("number", "转数字", 1, 1),
        Word("len", "长度", 1, 1), Word("lower", "小写", 1, 1), Word("upper", "大写", 1, 1),
        Word("trim", "去空格", 1, 1),
        Word("contains", "包含", 2, 2), Word("starts", "开头是", 2, 2), Word("ends", "结尾是", 2, 2),
        Word("left", "左边", 2, 2), Word("right", "右边", 2, 2), Word("mid", "截取", 3, 3),
        Word("matches_code", "符合样式", 2, 2), Word("concat", "连接", 1, MANY), Word("text", "转文字", 1, 1),
        Word("date", "日期", 1, 1), Word("moment", "时刻", 1, 1), Word("today", "今天", 0, 0),
        Word("year", "年", 1, 1), Word("month", "月", 1, 1), Word("day", "日", 1, 1), Word("weekday", "星期", 1, 1),
        Word("hour", "时", 1, 1), Word("days_between", "相差天数", 2, 2), Word("hours_between", "相差小时", 2, 2),
        Word("add_days", "加天数", 2, 2), Word("add_hours", "加小时", 2, 2),
        Word("empty", "为空", 1, 1), Word("first", "第一个", 1, 1), Word("last", "最后一个", 1, 1),
        Word("distinct", "互不相同", 1, 1),
    )
}  # fmt: skip
IF: Final = Word("if", "如果", 3, 99)

BINDING: Final = {
    "or": 1, "and": 2, "=": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "in": 4, "??": 5,
    "+": 6, "-": 6, "*": 7, "/": 7, "%": 7,
}  # fmt: skip
"""How tightly two-sided operators bind; ``not`` lies between ``and`` and the comparisons."""
NOT_BINDS: Final = 3
COMPARING: Final = 4
SIGN_BINDS: Final = 8

KEYWORDS: Final = {
    "or": "or", "或": "or", "或者": "or", "and": "and", "且": "and", "并且": "and", "not": "not", "非": "not",
    "不是": "not", "in": "in", "属于": "in", "true": "true", "真": "true", "是": "true", "false": "false",
    "假": "false", "否": "false", "null": "null", "空": "null", "now": "now", "此刻": "now", "现在": "now",
}  # fmt: skip
SPOKEN: Final = {
    "or": "或", "and": "且", "not": "非", "in": "属于", "true": "真", "false": "假",
    "null": "空", "now": "此刻", "if": "如果",
}  # fmt: skip
CALLED: Final = {
    **{word.en: word.en for word in FUNCTIONS.values()},
    **{word.zh: word.en for word in FUNCTIONS.values()},
    IF.en: "if", IF.zh: "if",
}  # fmt: skip
"""Every name that a function is called by, and its name in syntax trees."""
