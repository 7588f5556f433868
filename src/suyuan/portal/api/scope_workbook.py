"""A scope as an Excel workbook: the figures, then every item, further sheets where one is full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from suyuan.chassis.withholding import left_out_note, passed, stand_in
from suyuan.kernel.disclosure import PARTIES
from suyuan.kernel.faults import Language
from suyuan.portal.domain.scope_words import word
from suyuan.trace.api.scope_export import ExportedItem
from suyuan.trace.api.scoping import Worked
from suyuan.trace.contracts.scopes import ScopeCount

MOST_ROWS: Final = 1_000_000
"""Items on one sheet; Excel takes 1,048,576 rows."""
_HEADS: Final = (
    ("判定", "Verdict", 10), ("编码", "Code", 26), ("种类", "Kind", 10), ("产品", "Product", 28),
    ("批次", "Lot", 18), ("序列号", "Serial", 22), ("现状", "State", 12), ("现在何处", "Where now", 28),
    ("客户/货主", "Customer/owner", 28), ("自 (UTC)", "From (UTC)", 20), ("至 (UTC)", "Until (UTC)", 20),
    ("步数", "Steps", 8), ("存疑原因", "Why possible", 24), ("排除理由", "Why excluded", 24),
    ("排除依据事件", "Excluded by event", 14), ("由此而来", "By way of", 50), ("经事件", "By event", 12),
    ("URI", "URI", 60),
)  # fmt: skip


def scope_workbook(path: Path, found: Worked, pieces: Iterable[Sequence[ExportedItem]], language: Language) -> None:
    """Write the workbook; rows go to the disk as they come, so that its size does not matter."""
    # Text from outside must never become a formula or a link.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(str(path), options)
    try:
        writer = _Writer(book, language)
        writer.summary(found)
        row = MOST_ROWS + 1
        sheet = None
        for piece in pieces:
            for exported in piece:
                if sheet is None or row > MOST_ROWS:
                    sheet, row = writer.sheet(), 1
                writer.item(sheet, row, exported)
                row += 1
        if sheet is None:
            writer.sheet()
    finally:
        book.close()


class _Writer:
    def __init__(self, book: Workbook, language: Language) -> None:
        self._book = book
        self._language = language
        self._head = book.add_format({"bold": True, "bg_color": "#E6F0F0", "bottom": 1})
        self._bold = book.add_format({"bold": True})
        self._time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._sheets = 0

    def _say(self, zh: str, en: str) -> str:
        return zh if self._language == "zh" else en

    def _name(self, zh: str | None, en: str | None, value: str | None) -> str:
        return (zh or en or value or "") if self._language == "zh" else (en or zh or value or "")

    def sheet(self) -> Worksheet:
        self._sheets += 1
        name = self._say("对象", "Items") + (f" {self._sheets}" if self._sheets > 1 else "")
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, (zh, en, width) in enumerate(_HEADS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, self._say(zh, en), self._head)
        return sheet

    def item(self, sheet: Worksheet, row: int, exported: ExportedItem) -> None:
        item, language = exported.item, self._language
        values: tuple[object, ...] = (
            word(item.verdict, language), item.label, word(item.kind, language),
            self._name(item.product_name_zh, item.product_name_en, item.product), item.lot, item.serial,
            word(item.state, language), self._name(item.place_name_zh, item.place_name_en, item.place),
            self._name(item.customer_name_zh, item.customer_name_en, item.customer) or stand_in(language, PARTIES),
            item.since, item.until,
            item.depth if item.reason is None else None, "、".join(word(doubt, language) for doubt in item.doubts),
            word(item.reason, language) if item.reason else None, item.reason_event, exported.via, exported.via_event,
            item.uri,
        )  # fmt: skip
        for column, value in enumerate(values):
            self._write(sheet, row, column, value)

    def _write(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, value.astimezone(UTC).replace(tzinfo=None), self._time)
        elif isinstance(value, int):
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, str(value)[:32_000])

    def summary(self, found: Worked) -> None:
        summary = passed(found.summary)
        sheet = self._book.add_worksheet(self._say("汇总", "Summary"))
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 3, 14)
        rows: list[Sequence[object]] = [
            (self._say("方向", "Direction"), word(found.spec.direction, self._language)),
            (self._say("起点对象", "Start items"), summary.starts),
            (self._say("所知截至 (UTC)", "Known as of (UTC)"), found.known_as_of),
            (self._say("确定", "Certain"), summary.certain),
            (self._say("可能", "Possible"), summary.possible),
            (self._say("排除", "Excluded"), summary.excluded),
            (self._say("不看时间的搜索会列出", "A time-blind search would list"), summary.closure),
            (self._say("其他工厂（不列明）", "Other sites (not listed)"), sum(summary.elsewhere.values())),
            (self._say("缺口", "Gaps"), len(found.gaps)),
            (self._say("略去", "Left out"), left_out_note(self._language) or self._say("无", "nothing")),
            (self._say("被您的限制截断", "Cut by your limit"), _tick(found.scoped.cut, self._language)),
        ]
        row = 0
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                self._write(sheet, row, column, value)
        row += 2
        for zh, en, count in (
            ("产品", "Product", summary.product), ("批次", "Lot", summary.lot),
            ("现在何处", "Where now", summary.place), ("客户/货主", "Customer/owner", summary.customer),
            ("现状", "State", summary.state),
            ("种类", "Kind", summary.kind),
        ):  # fmt: skip
            row = self._count(sheet, row, self._say(zh, en), count)

    def _count(self, sheet: Worksheet, row: int, title: str, count: ScopeCount) -> int:
        heads = (title, *(word(verdict, self._language) for verdict in ("certain", "possible", "excluded")))
        for column, head in enumerate(heads):
            sheet.write_string(row, column, head, self._bold)
        for group in count.groups:
            row += 1
            shown = word(group.value, self._language) if group.value else self._say("（无）", "(none)")
            sheet.write_string(row, 0, self._name(group.name_zh, group.name_en, shown)[:32_000])
            for column, number in enumerate((group.certain, group.possible, group.excluded), start=1):
                sheet.write_number(row, column, number)
        if count.others:
            row += 1
            sheet.write_string(row, 0, self._say("其余", "Others"))
            sheet.write_number(row, 1, count.others)
        return row + 2


def _tick(cut: Mapping[str, int], language: Language) -> str:
    if not cut:
        return "否" if language == "zh" else "no"
    return ", ".join(f"{word(name, language)} {count}" for name, count in cut.items())
