"""From raw values to an entry: decoded, typed, with defaults and formulas, and every fault of the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.attachments import Attachment
from suyuan.capture.contracts.nodes import (
    Column,
    EquipmentField,
    Expression,
    Field,
    FileField,
    FormulaField,
    LocationField,
    LookupField,
    PersonField,
    PhotoField,
    ScanField,
    SilentField,
    SubTableField,
    TabField,
    TraceNode,
)
from suyuan.capture.domain.attachments import Attached, MediaField, attached
from suyuan.capture.domain.entered_values import LONGEST, label_of_field, single_value, wrong
from suyuan.capture.domain.scanning import CLASS_WORDS, ITEM_FACTS, Scanned
from suyuan.capture.domain.wording import Words
from suyuan.kernel.expressions import ExpressionError, Value, evaluate
from suyuan.kernel.faults import Fault

Resolve = Callable[[str, tuple[str, ...]], Scanned]
"""Decodes what was scanned at a field of these classes.

:raises Fault: why it is not understood.
"""
_MOST: Final = 2_000
"""Values of a field that repeats."""
_REFERENCES: Final[Mapping[type, str]] = {PersonField: "person", EquipmentField: "equipment", LocationField: "place"}


@dataclass(frozen=True, slots=True)
class Found:
    """A fault of an entry, in the field it belongs to; ``check`` names the check that found it."""

    fault: Fault
    field: str | None = None
    check: str | None = None
    level: str = "refuse"
    texts: tuple[str, str, str, str] = ("", "", "", "")
    """The check's own words instead of the fault's: text zh, en; remedy zh, en."""
    row: int | None = None
    """Which row of the sub-table, from 0."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sub-table, understood. ``number``: its place among the rows sent, from 0; ``values`` by column."""

    number: int
    values: Mapping[str, Value]
    scans: Mapping[str, Scanned]


@dataclass(slots=True)
class Entry:
    """What was entered, understood. ``values`` are what expressions see, with ``field.attribute`` for scans."""

    node: TraceNode
    now: datetime
    values: dict[str, Value] = field(default_factory=dict)
    scans: dict[str, tuple[Scanned, ...]] = field(default_factory=dict)
    tables: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    """Rows of the sub-tables that show."""
    attached: dict[str, tuple[Attached, ...]] = field(default_factory=dict)
    known: Mapping[str, Attachment] = field(default_factory=dict)
    """Attachments on record, by digest."""
    found: list[Found] = field(default_factory=list)

    def holds(self, condition: Expression | None, *, where: str = "", default: bool = True) -> bool:
        """Tell whether a condition is true; ``default`` where there is none. What cannot be worked out is a fault."""
        if condition is None:
            return default
        return self.worked_out(condition, where) is True

    def of_row(self, values: Mapping[str, Value]) -> Entry:
        """Return the entry as the rules of one row see it: the form's values, and these of the row."""
        return Entry(self.node, self.now, {**self.values, **values}, known=self.known)

    def scanned(self, name: str) -> Iterator[tuple[Scanned, int | None]]:
        """Yield what was scanned at a field or ``table.column``, with the number of the row."""
        table, dot, column = name.partition(".")
        if not dot:
            yield from ((scan, None) for scan in self.scans.get(name, ()))
        for row in self.tables.get(table, ()) if dot else ():
            if column in row.scans:
                yield row.scans[column], row.number

    def worked_out(self, expression: Expression, where: str, label: Words | None = None) -> Value:
        """Return the value of an expression; null, and a fault of the entry, where it cannot be worked out."""
        try:
            return evaluate(expression, self.values, now=self.now)
        except ExpressionError as error:
            why = Words(error.title("zh"), error.title("en"))
            fault = faults.FORMULA_FAILED(label=label or Words(where, where), why=why)
            self.found.append(Found(fault, where or None))
            return None


def read_entry(
    node: TraceNode, given: Mapping[str, Any], resolve: Resolve, now: datetime, enrich: Callable[[Entry, str], None],
    known_attachments: Mapping[str, Attachment],
) -> Entry:  # fmt: skip
    """Return the entry that these raw values make; ``enrich`` adds what the ledger knows of a field's items."""
    entry = Entry(node, now, known=known_attachments)
    known = {each.id for each in node.fields if not isinstance(each, SilentField)}
    for name in given:
        if name not in known:
            entry.found.append(Found(faults.FIELD_UNKNOWN(at=f"/values/{name[:40]}", given=name[:80]), name[:80]))
    for each in node.fields:
        entry.values.setdefault(each.id, None)
    open_tab = True
    for each in node.fields:
        if isinstance(each, TabField):
            open_tab = entry.holds(each.show, where=each.id)
        elif open_tab and each.id in known and entry.holds(each.show, where=each.id):
            if isinstance(each, SubTableField):
                _read_table(entry, each, given.get(each.id), resolve, enrich)
                continue
            _read_field(entry, each, given.get(each.id), resolve)
            if each.id in entry.scans:
                enrich(entry, each.id)
    return entry


def _read_table(
    entry: Entry, table: SubTableField, given: object, resolve: Resolve, enrich: Callable[[Entry, str], None]
) -> None:
    at, label = f"/values/{table.id}", label_of_field(table)
    sent = list(given) if isinstance(given, (list, tuple)) else [] if given in (None, "") else None
    if sent is None or not all(isinstance(row, dict) for row in sent):
        fault = wrong(table, given, "一行一个 {列: 值}", "one {column: value} for each row")
        entry.found.append(Found(Fault(fault.kind, at, fault.params), table.id))
        sent = []
    filled = [(number, row) for number, row in enumerate(sent) if not all(map(_blank, row.values()))]
    if len(filled) > table.max:
        fault = faults.ROWS_MANY(at=at, label=label, given=len(filled), most=table.max)
        entry.found.append(Found(fault, table.id))
        filled = filled[: table.max]
    elif not filled and (table.required if table.require is None else entry.holds(table.require, where=table.id)):
        entry.found.append(Found(faults.VALUE_MISSING(at=at, label=label), table.id))
    elif 0 < len(filled) < table.min:
        fault = faults.ROWS_FEW(at=at, label=label, given=len(filled), least=table.min)
        entry.found.append(Found(fault, table.id))
    rows = tuple(_read_row(entry, table, number, row, resolve, enrich) for number, row in filled)
    entry.tables[table.id] = rows
    entry.values[table.id] = Decimal(len(rows))
    for column in table.columns:
        facts = ITEM_FACTS if isinstance(column, ScanField) else ()
        for name in (column.id, *(f"{column.id}.{fact}" for fact in facts)):
            entry.values[f"{table.id}.{name}"] = tuple(row.values.get(name) for row in rows)
        if isinstance(column, ScanField):
            scans = (row.scans.get(column.id) for row in rows)
            entry.scans[f"{table.id}.{column.id}"] = tuple(scan for scan in scans if scan is not None)
        entry.found += _repeats(table, column, rows)


def _read_row(
    entry: Entry, table: SubTableField, number: int, given: Mapping[str, Any], resolve: Resolve,
    enrich: Callable[[Entry, str], None],
) -> Row:  # fmt: skip
    columns = {column.id for column in table.columns}
    inner = entry.of_row(dict.fromkeys(columns))
    for name in given:
        if name not in columns:
            inner.found.append(Found(faults.FIELD_UNKNOWN(at=f"/values/{name[:40]}", given=name[:80]), name[:80]))
    for column in table.columns:
        if inner.holds(column.show, where=column.id):
            _read_field(inner, column, given.get(column.id), resolve)
            if column.id in inner.scans:
                enrich(inner, column.id)
    entry.found += (in_row(found, table.id, number) for found in inner.found)
    values = {name: value for name, value in inner.values.items() if name.split(".")[0] in columns}
    return Row(number, values, {name: scans[0] for name, scans in inner.scans.items()})


def in_row(found: Found, table: str, number: int) -> Found:
    """Return a finding as one of a row of a sub-table."""
    at = (found.fault.at or "").removeprefix("/values")
    fault = Fault(found.fault.kind, f"/values/{table}/{number}{at}", found.fault.params)
    field = found.field if found.field is None or "." in found.field else f"{table}.{found.field}"
    return replace(found, fault=fault, field=field, row=number)


def _repeats(table: SubTableField, column: Column, rows: Sequence[Row]) -> Iterator[Found]:
    """Yield the rows whose value of a column an earlier row has: codes by the column's own word, else ``unique``."""
    seen: set[Value] = set()
    name = f"{table.id}.{column.id}"
    for row in rows:
        value, at = row.values.get(column.id), f"/values/{table.id}/{row.number}/{column.id}"
        if value is None or value not in seen:
            seen |= {value} if value is not None else set()
        elif column.id == table.unique:
            shown = row.scans[column.id].label if column.id in row.scans else str(value)[:80]
            fault = faults.ROW_REPEATED(at=at, label=label_of_field(column), given=shown)
            yield Found(fault, name, row=row.number)
        elif isinstance(column, ScanField) and column.duplicate != "ignore":
            fault = faults.SCANNED_TWICE(at=at, code=row.scans[column.id].label)
            yield Found(fault, name, level="refuse" if column.duplicate == "refuse" else "warn", row=row.number)


def _read_field(entry: Entry, each: Field, given: Any, resolve: Resolve) -> None:  # noqa: ANN401 (any JSON value)
    label = label_of_field(each)
    if isinstance(each, FormulaField):
        entry.values[each.id] = entry.worked_out(each.value, each.id, label)
        return
    standard = None
    if each.default is not None and (_blank(given) or each.lock is not None):
        standard = entry.worked_out(each.default, each.id, label)
    if _blank(given):
        given = standard
    elif standard is not None and entry.holds(each.lock, where=each.id, default=False) and given != standard:
        # compared once both are read: 1.0 and "1" are one number
        entry.found.append(_locked(each, given, standard))
        given = standard
    if _blank(given):
        if each.required if each.require is None else entry.holds(each.require, where=each.id):
            entry.found.append(Found(faults.VALUE_MISSING(at=f"/values/{each.id}", label=label), each.id))
        return
    try:
        _take(entry, each, given, resolve)
    except Fault as fault:
        entry.found.append(Found(Fault(fault.kind, f"/values/{each.id}", fault.params), each.id))


def _locked(each: Field, given: object, standard: Value) -> Found:
    fault = faults.VALUE_LOCKED(at=f"/values/{each.id}", label=label_of_field(each), given=str(given)[:80])
    try:
        same = not isinstance(each, ScanField) and single_value(each, given) == single_value(each, standard)
    except Fault:
        same = False
    return Found(fault, each.id, level="warn" if same else "refuse")


def _blank(given: Any) -> bool:  # noqa: ANN401 (any JSON value)
    if isinstance(given, dict) and "sha256" not in given:
        return not str(given.get("raw") or "").strip()
    return given is None or (isinstance(given, str) and not given.strip()) or given in ([], ())


def _take(entry: Entry, each: Field, given: Any, resolve: Resolve) -> None:  # noqa: ANN401 (any JSON value)
    several = each.many or isinstance(each, MediaField)
    if several and not isinstance(given, (list, tuple)):
        given = [given]
    if not several and isinstance(given, (list, tuple)):
        raise wrong(each, given, "一个值", "one value")
    many = list(given) if several else [given]
    if len(many) > _MOST:
        raise wrong(each, len(many), f"≤ {_MOST}")
    if isinstance(each, ScanField):
        scans = tuple(_unrepeated(entry, each, [_scan(each, raw, resolve) for raw in many]))
        entry.scans[each.id] = scans
        values: tuple[Value, ...] = tuple(scan.uri for scan in scans)
    elif isinstance(each, MediaField):
        values = _media(entry, each, many)
    elif type(each) in _REFERENCES or isinstance(each, LookupField):
        values = tuple(_reference(each, value, resolve) for value in many)
    else:
        values = tuple(single_value(each, value) for value in many)
    entry.values[each.id] = values if several else values[0]


def _scan(each: ScanField, given: Any, resolve: Resolve) -> Scanned:  # noqa: ANN401 (any JSON value)
    raw = given.get("raw") if isinstance(given, dict) else given
    if not isinstance(raw, str) or not raw.strip() or len(raw) > LONGEST:
        raise wrong(each, given, "扫到的文字", "the text that was scanned")
    scanned = resolve(raw.strip(), each.classes)
    if each.classes and scanned.name not in each.classes:
        words = [CLASS_WORDS[name] for name in each.classes]
        raise faults.CLASS_WRONG(
            code=scanned.label,
            given=Words(CLASS_WORDS[scanned.name].zh, CLASS_WORDS[scanned.name].en),
            wanted=Words("、".join(word.zh for word in words), " / ".join(word.en for word in words)),
        )
    return scanned


def _unrepeated(entry: Entry, each: ScanField, scans: list[Scanned]) -> Iterator[Scanned]:
    seen: set[str] = set()
    for scan in scans:
        if scan.uri not in seen:
            seen.add(scan.uri)
            yield scan
        elif each.duplicate != "ignore":
            fault = faults.SCANNED_TWICE(at=f"/values/{each.id}", code=scan.label)
            entry.found.append(Found(fault, each.id, level="refuse" if each.duplicate == "refuse" else "warn"))


def _media(entry: Entry, each: MediaField, many: list[Any]) -> tuple[Value, ...]:
    most = each.max if isinstance(each, (PhotoField, FileField)) else 1
    if len(many) > most:
        raise wrong(each, len(many), f"≤ {most}")
    entry.attached[each.id] = tuple(attached(each, one, entry.known) for one in many)
    return tuple(one.kept.sha256 for one in entry.attached[each.id])


def _reference(each: Field, given: Any, resolve: Resolve) -> str:  # noqa: ANN401 (any JSON value)
    wanted = each.of if isinstance(each, LookupField) else _REFERENCES[type(each)]
    raw = given.get("raw") if isinstance(given, dict) else given
    if not isinstance(raw, str) or not 0 < len(raw) <= LONGEST:
        raise wrong(each, given, wanted)
    return resolve(raw.strip(), (wanted,)).uri
