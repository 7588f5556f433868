"""A trace answer as an Excel workbook: summary, items, events, parameters, gaps; in the reader's language."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from suyuan.chassis.withholding import left_out_note, stand_in
from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Language
from suyuan.trace.contracts import TraceAnswer, TracedEvent, TracedItem
from suyuan.trace.contracts.cbv_names import DISPOSITIONS, STEPS

_MOST_ROWS = 1_048_575
_ZH = {
    "back": "逆向追溯", "forward": "正向追溯", "certain": "确定", "possible": "可能", "excluded": "排除",
    "unit": "单件",
    "lot": "批次", "carrier": "容器", "asset": "资产", "product": "产品",
    "start": "起点", "condition": "条件",
    "active": "有效", "consumed": "已消耗", "decommissioned": "已注销",
}  # fmt: skip


class Book:
    """A workbook in one language. Text from outside stays text."""

    def __init__(self, language: Language) -> None:
        self._file = io.BytesIO()
        # Text from outside must never become a formula or a link.
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
        self._book = Workbook(self._file, options)
        self.language: Language = language
        self.zh = language == "zh"
        self._head = self._book.add_format({"bold": True, "bg_color": "#E6F0F0", "bottom": 1})
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def say(self, zh: str, en: str) -> str:
        return zh if self.zh else en

    def word(self, value: str | None) -> str:
        return (_ZH.get(value or "", value or "")) if self.zh else (value or "")

    def sheet(self, name: str, heads: Sequence[tuple[str, str, int]], rows: Iterable[Sequence[object]]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, (zh, en, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, self.say(zh, en), self._head)
        last = 0
        for last, row in enumerate(rows, start=1):
            if last > _MOST_ROWS:
                break
            for column, value in enumerate(row):
                self._write(sheet.write_string, sheet.write_number, sheet.write_datetime, last, column, value)
        if last:
            sheet.autofilter(0, 0, min(last, _MOST_ROWS), len(heads) - 1)

    def _write(
        self,
        text: Callable[[int, int, str], object],
        number: Callable[[int, int, float], object],
        moment: Callable[[int, int, datetime, Format], object],
        row: int,
        column: int,
        value: object,
    ) -> None:
        if value is None:
            return
        if isinstance(value, datetime):
            moment(row, column, value.astimezone(UTC).replace(tzinfo=None), self._time)
        elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            number(row, column, float(value))
        else:
            text(row, column, str(value)[:32_000])

    def bytes(self) -> bytes:
        self._book.close()
        return self._file.getvalue()


def answer_workbook(answer: TraceAnswer, language: Language) -> bytes:
    """Return the answer as the bytes of an ``.xlsx`` file. Times are UTC."""
    book = Book(language)
    _summary(book, answer)
    _items(book, answer)
    _events(book, answer)
    book.sheet(
        book.say("参数", "Parameters"),
        [("时间 (UTC)", "Time (UTC)", 20), ("参数", "Parameter", 24), ("值", "Value", 14), ("单位", "Unit", 8),
         ("下限", "Low", 10), ("上限", "High", 10), ("合格", "Within", 8), ("事件", "Event", 10)],
        ((p.time, p.name, p.value, p.unit, p.low, p.high, _tick(p.ok), p.event) for p in answer.parameters),
    )  # fmt: skip
    book.sheet(
        book.say("缺口", "Gaps"),
        [("缺口", "Gap", 80), ("种类", "Kind", 20), ("事件", "Event", 10)],
        ((book.say(gap.title_zh, gap.title_en), gap.kind, gap.event) for gap in answer.gaps),
    )
    return book.bytes()


def _tick(good: bool | None) -> str:
    return "" if good is None else "✓" if good else "✗"


def _summary(book: Book, answer: TraceAnswer) -> None:
    asked, counts = answer.question, answer.summary
    named = _names(book, answer)
    rows: list[tuple[str, object]] = [
        (book.say("方向", "Direction"), book.word(asked.direction)),
        (book.say("编码", "Code"), asked.code),
        ("URI", asked.uri),
        (book.say("所知截至 (UTC)", "Known as of (UTC)"), answer.known_as_of),
        (book.say("确定", "Certain"), counts.certain),
        (book.say("可能", "Possible"), counts.possible),
        (book.say("排除", "Excluded"), counts.excluded if asked.closure else None),
        (book.say("缺口", "Gaps"), len(answer.gaps)),
        (book.say("结果被截断", "Truncated"), _tick(answer.truncated) if answer.truncated else book.say("否", "no")),
        *([(book.say("略去", "Left out"), note)] if (note := left_out_note(book.language)) else []),
        *((f"{book.say('地点', 'Place')}: {named.get(place, place)}", n) for place, n in counts.by_place.items()),
        *(
            (f"{book.say('产品', 'Product')}: {named.get(product, product)}", n)
            for product, n in counts.by_product.items()
        ),
    ]
    book.sheet(book.say("汇总", "Summary"), [("项目", "What", 44), ("值", "Value", 60)], rows)


def _place(row: TracedItem | TracedEvent) -> tuple[str, str]:
    return row.place_name_zh or row.place_name_en or "", row.place_name_en or row.place_name_zh or ""


def _names(book: Book, answer: TraceAnswer) -> dict[str, str]:
    """Return what the places and products of the listed items are called."""
    found: dict[str, str] = {}
    for item in answer.items:
        for uri, zh, en in (
            (item.place, item.place_name_zh, item.place_name_en),
            (item.product, item.product_name_zh, item.product_name_en),
        ):
            if uri and (zh or en):
                found[uri] = book.say(zh or en or "", en or zh or "")
    return found


def _items(book: Book, answer: TraceAnswer) -> None:
    heads = [
        ("判定", "Verdict", 10), ("编码", "Code", 26), ("种类", "Kind", 10), ("角色", "Role", 10),
        ("产品", "Product", 28), ("批次", "Lot", 18), ("序列号", "Serial", 22), ("状态", "State", 12),
        ("地点", "Place", 28), ("自 (UTC)", "From (UTC)", 20), ("至 (UTC)", "Until (UTC)", 20), ("步数", "Steps", 8),
        ("理由", "Reason", 24), ("URI", "URI", 60),
    ]  # fmt: skip
    rows = (
        (
            book.word(item.verdict), item.label, book.word(item.kind), book.word(item.role),
            book.say(item.product_name_zh or item.product or "", item.product_name_en or item.product or ""),
            item.lot, item.serial, book.word(item.state),
            book.say(*_place(item)),
            item.since, item.until, item.depth, item.reason or ", ".join(item.doubts), item.uri,
        )
        for item in answer.items
    )  # fmt: skip
    book.sheet(book.say("对象", "Items"), heads, rows)


def _events(book: Book, answer: TraceAnswer) -> None:
    heads = [
        ("时间 (UTC)", "Time (UTC)", 20), ("步骤", "Step", 18), ("处置", "Disposition", 16), ("类型", "Type", 20),
        ("地点", "Place", 28), ("人员", "Person", 28), ("设备", "Equipment", 28), ("判定", "Verdict", 10),
        ("事件编号", "Event id", 50),
    ]  # fmt: skip
    column = 0 if book.zh else 1
    rows = (
        (
            event.time, STEPS.get(event.biz_step or "", (event.biz_step or "",) * 2)[column],
            DISPOSITIONS.get(event.disposition or "", (event.disposition or "",) * 2)[column],
            event.type + (f" {event.action}" if event.action else ""),
            book.say(*_place(event)),
            event.person or stand_in(book.language, PEOPLE), event.equipment, book.word(event.verdict), event.event_id,
        )
        for event in answer.events
    )  # fmt: skip
    book.sheet(book.say("事件", "Events"), heads, rows)
