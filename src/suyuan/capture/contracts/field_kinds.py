"""Every kind of field that forms have or will have, once: palette, published schema and devices read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

FieldGroup = Literal["basic", "identification", "reference", "media", "calculation", "layout"]


@dataclass(frozen=True, slots=True)
class FieldKind:
    """A kind of field. ``state`` ``planned``: it has its place, and no node can use it yet."""

    name: str
    group: FieldGroup
    title_zh: str
    title_en: str
    state: Literal["works", "planned"]


def _works(group: FieldGroup, *kinds: tuple[str, str, str]) -> tuple[FieldKind, ...]:
    return tuple(FieldKind(name, group, zh, en, "works") for name, zh, en in kinds)


def _planned(group: FieldGroup, *kinds: tuple[str, str, str]) -> tuple[FieldKind, ...]:
    return tuple(FieldKind(name, group, zh, en, "planned") for name, zh, en in kinds)


FIELD_KINDS: Final[tuple[FieldKind, ...]] = (
    *_works(
        "identification",
        ("scan", "扫码", "Scan"),
    ),
    *_works(
        "basic",
        ("text", "文本", "Text"), ("number", "数字", "Number"), ("choice", "选项", "Choice"),
        ("yes_no", "是否", "Yes or no"), ("date", "日期", "Date"), ("datetime", "日期时间", "Date and time"),
        ("rating", "评分", "Rating"), ("percent", "百分比", "Percent"), ("money", "金额", "Money"),
        ("time", "时间", "Time of day"), ("duration", "时长", "Duration"), ("cascade", "级联选项", "Cascade"),
        ("phone", "电话", "Telephone"), ("email", "邮箱", "E-mail"), ("link", "链接", "Link"),
    ),
    *_works(
        "reference",
        ("person", "人员", "Person"), ("equipment", "设备", "Equipment"), ("location", "地点", "Location"),
        ("lookup", "主数据", "Master data"),
    ),
    *_works("calculation", ("formula", "公式", "Formula")),
    *_works("reference", ("sub_table", "子表", "Sub-table")),
    *_works(
        "media",
        ("photo", "照片", "Photo"), ("file", "文件", "File"), ("signature", "签名", "Signature"),
        ("voice", "语音", "Voice note"),
    ),
    *_works(
        "layout",
        ("section", "分组标题", "Section"), ("note", "说明", "Note"), ("tab", "选项卡", "Tab"),
        ("columns", "多列", "Columns"),
    ),
    *_planned(
        "basic",
        ("date_range", "日期区间", "Date range"), ("tags", "标签词", "Tags"), ("rich_text", "富文本", "Rich text"),
        ("address", "地址", "Address"),
    ),
    *_planned(
        "reference",
        ("department", "部门", "Department"), ("relation", "关联", "Relation"), ("role", "角色", "Role"),
    ),
    *_planned(
        "calculation",
        ("roll_up", "汇总", "Roll-up"), ("auto_number", "自动编号", "Automatic number"),
        ("aggregate", "统计", "Aggregate"),
    ),
    *_planned(
        "media",
        ("video", "视频", "Video"), ("text_from_picture", "图片识字", "Text from a picture"),
    ),
    *_planned("identification", ("map", "定位", "Position on a map"), ("nfc", "NFC 标签", "NFC tag")),
)  # fmt: skip
"""All kinds, in the order of the palette."""
