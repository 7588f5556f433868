"""Columns that several tables have."""

from __future__ import annotations

from typing import Final

from suyuan.capture.contracts.nodes import ChoiceField, DateField, NumberField, Option, TextField, TraceNode
from suyuan.capture.contracts.nodes import Field as FormField


def text(name: str, zh: str, en: str, hint: tuple[str, str] = ("", ""), *, needed: bool = False) -> TextField:
    """Return a column of words."""
    return TextField(
        id=name, label_zh=zh, label_en=en, hint_zh=hint[0], hint_en=hint[1], required=needed, max=400
    )  # fmt: skip


def texts(name: str, zh: str, en: str, hint: tuple[str, str] = ("", "")) -> TextField:
    """Return a column of several words."""
    return TextField(
        id=name, label_zh=zh, label_en=en, hint_zh=hint[0], hint_en=hint[1], required=False, max=400, many=True
    )  # fmt: skip


def number(name: str, zh: str, en: str, *, needed: bool = False) -> NumberField:
    """Return a column of numbers."""
    return NumberField(id=name, label_zh=zh, label_en=en, required=needed)


def day(name: str, zh: str, en: str, *, needed: bool = False) -> DateField:
    """Return a column of days."""
    return DateField(id=name, label_zh=zh, label_en=en, required=needed)


def choice(
    name: str, zh: str, en: str, *options: tuple[str, str, str], needed: bool = False
) -> ChoiceField:  # fmt: skip
    """Return a column of choices: (value, Chinese, English)."""
    told = tuple(Option(value=value, label_zh=word_zh, label_en=word_en) for value, word_zh, word_en in options)
    return ChoiceField(id=name, label_zh=zh, label_en=en, required=needed, options=told)


def form(*fields: FormField) -> TraceNode:
    """Return a form of these columns."""
    return TraceNode(fields=fields)


CODE: Final = text("code", "代码", "Code", ("字母、数字、. _ -", "A–Z 0–9 . _ -"), needed=True)
NAME_ZH: Final = text("name_zh", "中文名称", "Chinese name", needed=True)
NAME_EN: Final = text("name_en", "英文名称", "English name", needed=True)
SITE: Final = text("site", "工厂", "Site", ("工厂的代码", "the site's code"))
CLASS: Final = text("class", "类别", "Class", ("工艺路线按它要求设备和工装", "what routes ask for"))
OWN_URI: Final = text("uri", "标识", "URI", ("留空：由代码生成", "empty: made of the code"))
