"""An event list as a file: Excel, or CSV that Excel opens with Chinese intact."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from suyuan.chassis.withholding import passed, stand_in
from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Language
from suyuan.portal.api.workbook import Book
from suyuan.portal.contracts import EXPORT_TOO_LARGE
from suyuan.trace import api as trace
from suyuan.trace.contracts import EventFilter, EventRow
from suyuan.trace.contracts.cbv_names import DISPOSITIONS, STEPS

MOST_ROWS = 100_000
_PAGE = 500
_HEADS = [
    ("时间", "Time", 26), ("工序", "Step", 16), ("状态", "Disposition", 14), ("类型", "Type", 20),
    ("动作", "Action", 10), ("对象", "Items", 50), ("对象数", "Item count", 10), ("地点", "Place", 28),
    ("人员", "Person", 16), ("设备", "Equipment", 20), ("工单", "Work order", 28), ("采集方式", "Captured by", 12),
    ("已作废", "Voided", 8), ("记录时间 (UTC)", "Recorded (UTC)", 20), ("事件编号", "Event id", 50),
]  # fmt: skip


def _events(narrowed: EventFilter, sort: str) -> Iterator[EventRow]:
    cursor: str | None = None
    count = 0
    while True:
        page = passed(trace.list_events(narrowed, sort=sort, cursor=cursor, limit=_PAGE))
        count += len(page.rows)
        if count > MOST_ROWS:
            raise EXPORT_TOO_LARGE(limit=MOST_ROWS)
        yield from page.rows
        cursor = page.next
        if cursor is None:
            return


def _row(event: EventRow, language: Language) -> Sequence[object]:
    column = 0 if language == "zh" else 1
    step, disposition = event.biz_step or "", event.disposition or ""
    local = event.time.timestamp() + event.offset_minutes * 60
    names = (event.place_name_zh, event.place_name_en)
    return (
        _local(local, event.offset_minutes),
        STEPS.get(step, (step, step))[column],
        DISPOSITIONS.get(disposition, (disposition, disposition))[column],
        event.type,
        event.action,
        ", ".join(item.label for item in event.items) + ("…" if event.item_count > len(event.items) else ""),
        event.item_count,
        names[column] or names[1 - column] or event.biz_location or event.read_point,
        event.person_name or event.person or stand_in(language, PEOPLE),
        event.equipment_name or event.equipment,
        event.work_order,
        event.capture_method,
        "✓" if event.voided else "",
        event.recorded,
        event.event_id,
    )


def _local(seconds: float, offset_minutes: int) -> str:
    sign = "-" if offset_minutes < 0 else "+"
    hours, minutes = divmod(abs(offset_minutes), 60)
    shown = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
    return f"{shown} {sign}{hours:02d}:{minutes:02d}"


def events_workbook(narrowed: EventFilter, sort: str, language: Language) -> bytes:
    """Return the events that fit as an ``.xlsx`` file.

    :raises Fault: ``portal.export_too_large`` beyond 100,000 events.
    """
    book = Book(language)
    book.sheet(book.say("事件", "Events"), _HEADS, (_row(event, language) for event in _events(narrowed, sort)))
    return book.bytes()


def events_csv(narrowed: EventFilter, sort: str, language: Language) -> bytes:
    """Return the events that fit as CSV in UTF-8 with a byte order mark.

    :raises Fault: ``portal.export_too_large`` beyond 100,000 events.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([head[0 if language == "zh" else 1] for head in _HEADS])
    for event in _events(narrowed, sort):
        writer.writerow([_harmless(value) for value in _row(event, language)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(value: object) -> object:
    """A cell from outside must not become a formula when a spreadsheet opens the file."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
