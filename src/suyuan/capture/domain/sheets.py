"""Spreadsheets without files: which column is which field, and a cell's text as the value that a field takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from msgspec.structs import replace

from suyuan.capture.contracts import import_faults as faults
from suyuan.capture.contracts.imports import ColumnMapping
from suyuan.capture.contracts.nodes import (
    CascadeField,
    ChoiceField,
    DateField,
    DateTimeField,
    DurationField,
    Field,
    MoneyField,
    NumberField,
    PercentField,
    RatingField,
    ScanField,
    SubTableField,
    TabField,
    TimeField,
    TraceNode,
    YesNoField,
)
from suyuan.capture.domain.node_fields import DecimalField, ways_of
from suyuan.capture.domain.wording import Words

Cell = str | Mapping[str, str]
"""A cell as it was read: its text, or ``{"lossy": shown}``, ``{"error": shown}``."""
TAKEN: Final = Words("录入时间", "Time of entry")
NOT_ENTERED: Final = frozenset({"section", "note", "tab", "columns", "formula", "photo", "file", "signature", "voice"})
_TAKEN_NAMES: Final = frozenset(
    {"录入时间", "录入时间timeofentry", "时间", "发生时间", "日期时间", "timeofentry", "time", "eventtime", "taken"}
)
_MANY: Final = re.compile(r"[\n|]")
_YES: Final = frozenset({"true", "yes", "y", "1", "是", "有", "√", "✓", "对", "合格"})
_NO: Final = frozenset({"false", "no", "n", "0", "否", "无", "×", "✗", "错", "不合格"})
_DATE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+(.+))?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?\s*(Z|[+-]\d{2}:?\d{2})?")
_SIGNS: Final = re.compile(r"[,，%％¥￥$€£\s]")
"""What people write about a number that is no part of it."""
_LENGTH: Final = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):([0-5]\d)")
_BETWEEN: Final = re.compile(r"[/>／＞]")
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 (Excel's day 0 has no offset)


def plain_name(name: str) -> str:
    """Return a name as columns are compared by: no spaces, marks or units in brackets, lower case."""
    return re.sub(r"[\W_]+", "", re.sub(r"[(（\[【].*?[)）\]】]", "", name)).lower()


def shown_text(cell: Cell) -> str:
    """Return a cell as people see it."""
    return cell if isinstance(cell, str) else next(iter(cell.values()))


def importable(node: TraceNode) -> tuple[Field, ...]:
    """Return the fields that a column can give; of a sub-table its columns, as ``table.column``.

    A row of a file is one entry, so a sub-table that comes from a file has one row.
    """
    found: list[Field] = []
    always = True
    for field in node.fields:
        if isinstance(field, TabField):
            always = field.show is None
        found += _given(field if always else replace(field, required=False))
    return tuple(each for each in found if kind_of(each) not in NOT_ENTERED)


def _given(field: Field) -> Iterator[Field]:
    if not isinstance(field, SubTableField):
        yield field
        return
    asked = field.required and field.require is None and field.show is None
    for column in field.columns:
        yield replace(
            column, id=f"{field.id}.{column.id}", required=column.required and asked,
            label_zh=f"{field.label_zh}·{column.label_zh}", label_en=f"{field.label_en} · {column.label_en}",
        )  # fmt: skip


def kind_of(field: Field) -> str:
    """Return the name of a field's kind."""
    return str(type(field).__struct_config__.tag)


def always_needed(field: Field) -> bool:
    """Tell whether no entry goes without a value from outside."""
    return field.required and field.require is None and field.show is None and field.default is None


def names_of(field: Field) -> frozenset[str]:
    """Return the names by which a column is known to be this field's."""
    zh, en = field.label_zh, field.label_en
    return frozenset(plain_name(name) for name in (field.id, zh, en, zh + en, en + zh)) - {""}


def propose(node: TraceNode, header: Sequence[str], offset: str) -> ColumnMapping:
    """Return the mapping that the names of the columns suggest."""
    plain = [plain_name(name) for name in header]
    columns: dict[str, int] = {}
    used: set[int] = set()
    for exact in (True, False):
        for field in importable(node):
            if field.id in columns:
                continue
            known = names_of(field)
            for index, name in enumerate(plain):
                fits = name in known if exact else any(len(one) > 1 and name.startswith(one) for one in known)
                if index not in used and name and fits:
                    columns[field.id] = index
                    used.add(index)
                    break
    taken = next((index for index, name in enumerate(plain) if index not in used and name in _TAKEN_NAMES), None)
    return ColumnMapping(columns=columns, taken=taken, offset=offset)


def header_row(node: TraceNode, rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows holds the columns' names: the one that names most fields, else the first."""
    known = frozenset().union(*(names_of(field) for field in importable(node))) | _TAKEN_NAMES
    scores = [sum(plain_name(cell) in known for cell in row) for row in rows]
    best = max(scores, default=0)
    if best:
        return scores.index(best)
    return next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)


def values_of(node: TraceNode, cells: Sequence[Cell], mapping: ColumnMapping) -> dict[str, Any]:
    """Return the values of a row as a reading carries them.

    :raises Fault: ``capture.import_digits_lost``, ``capture.import_cell_error``; ``at`` names the field.
    """
    values: dict[str, Any] = {}
    for field in importable(node):
        index = mapping.columns.get(field.id)
        cell = cells[index] if index is not None and index < len(cells) else ""
        text = _text(field, cell)
        if not text:
            continue
        table, dot, column = field.id.partition(".")
        if dot:
            values.setdefault(table, [{}])[0][column] = _value(field, text, mapping.offset)
        else:
            values[field.id] = _value(field, text, mapping.offset)
    return values


def taken_of(cells: Sequence[Cell], mapping: ColumnMapping) -> str | None:
    """Return the time of a row's entry as ISO 8601 with offset (as it stands, where it is none); None: now."""
    cell = cells[mapping.taken] if mapping.taken is not None and mapping.taken < len(cells) else ""
    text = shown_text(cell).strip()
    return as_moment(text, mapping.offset) if text else None


def _text(field: Field, cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.strip()
    at, label = f"/values/{field.id}", Words(field.label_zh, field.label_en)
    if "error" in cell:
        raise faults.CELL_ERROR(at=at, label=label, given=cell["error"])
    if not isinstance(field, DecimalField):
        raise faults.DIGITS_LOST(at=at, label=label, given=cell["lossy"])
    return cell["lossy"]


def _value(field: Field, text: str, offset: str) -> Any:  # noqa: ANN401 (any JSON value)
    if field.many:
        parts = [part.strip() for part in _MANY.split(text)]
        return [_single(field, part, offset) for part in parts if part]
    return _single(field, text, offset)


def _single(field: Field, text: str, offset: str) -> Any:  # noqa: ANN401 (any JSON value)
    match field:
        case ScanField():
            return {"raw": text}
        case NumberField() | RatingField():
            return text.replace(",", "").replace("，", "")
        case PercentField() | MoneyField():
            return _SIGNS.sub("", text)
        case DurationField():
            return _seconds(text)
        case TimeField():
            clock = _CLOCK.fullmatch(text)
            return f"{int(clock[1]):02}:{clock[2]}" if clock and clock[3] in (None, "00") else text
        case CascadeField():
            return _way(field, text)
        case YesNoField():
            word = text.lower()
            return True if word in _YES else False if word in _NO else text
        case ChoiceField():
            return _choice(field, text)
        case DateField():
            return as_moment(text, offset)[:10]
        case DateTimeField():
            return as_moment(text, offset)
    return text


def _seconds(text: str) -> str:
    """Return ``h:mm:ss`` or ``m:ss`` in seconds; what is neither stays as it is."""
    parts = _LENGTH.fullmatch(text)
    if parts is None:
        return text
    hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return str(hours * 3600 + minutes * 60 + seconds)


def _way(field: CascadeField, text: str) -> str:
    """Return the value of a way that is written in values or labels of one language, with ``/`` or ``>`` between."""
    words = [plain_name(part) for part in _BETWEEN.split(text)]
    for way in ways_of(field):
        for name in ("value", "label_zh", "label_en"):
            if [plain_name(getattr(option, name)) for option in way] == words:
                return "/".join(option.value for option in way)
    return text


def _choice(field: ChoiceField, text: str) -> str:
    word = text.lower()
    for option in field.options:
        if word in (option.value.lower(), option.label_zh.lower(), option.label_en.lower()):
            return option.value
    return text


def as_moment(text: str, offset: str) -> str:
    """Return a time that people or Excel write as ISO 8601 with offset; what is none stays as it is."""
    found = _read_moment(text)
    if found is None:
        return text
    moment, own = found
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds") + _offset(own or offset)


def _offset(text: str) -> str:
    return "+00:00" if text == "Z" else text if ":" in text else f"{text[:3]}:{text[3:]}"


def _read_moment(text: str) -> tuple[datetime, str | None] | None:
    match = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    try:
        if match is None:
            days = Decimal(text)
            return (_EPOCH + timedelta(days=float(days)), None) if 1 <= days < 2_958_466 else None
        day = date(*(int(part) for part in match.groups()[:3]))
    except (ValueError, InvalidOperation, OverflowError):
        return None
    clock = match.groups()[3] if match.re is _DATE else None
    if clock is None:
        return datetime.combine(day, datetime.min.time()), None
    time = _CLOCK.fullmatch(clock.strip())
    if time is None:
        return None
    hour, minute, second, fraction, own = time.groups()
    micro = int(f"{(fraction or '0')[:6]:0<6}")
    try:
        return datetime(day.year, day.month, day.day, int(hour), int(minute), int(second or 0), micro), own  # noqa: DTZ001 (the offset follows)
    except ValueError:
        return None
