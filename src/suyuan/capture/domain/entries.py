"""From raw values to an entry: decoded, typed, with defaults and formulas, and every fault of the form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.attachments import Attachment
from suyuan.capture.contracts.nodes import (
    ChoiceField,
    DateField,
    DateTimeField,
    EquipmentField,
    Expression,
    Field,
    FileField,
    FormulaField,
    LocationField,
    LookupField,
    NoteField,
    NumberField,
    PersonField,
    PhotoField,
    RatingField,
    ScanField,
    SectionField,
    TextField,
    TraceNode,
    YesNoField,
)
from suyuan.capture.domain.attachments import Attached, MediaField, attached
from suyuan.capture.domain.scanning import CLASS_WORDS, Scanned
from suyuan.capture.domain.wording import Words
from suyuan.kernel.expressions import ExpressionError, Value, evaluate
from suyuan.kernel.faults import Fault

Resolve = Callable[[str, tuple[str, ...]], Scanned]
"""Decodes what was scanned at a field of these classes.

:raises Fault: why it is not understood.
"""
_MOST: Final = 2_000
"""Values of a field that repeats."""
_LONGEST: Final = 4_000
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


@dataclass(slots=True)
class Entry:
    """What was entered, understood. ``values`` are what expressions see, with ``field.attribute`` for scans."""

    node: TraceNode
    now: datetime
    values: dict[str, Value] = field(default_factory=dict)
    scans: dict[str, tuple[Scanned, ...]] = field(default_factory=dict)
    attached: dict[str, tuple[Attached, ...]] = field(default_factory=dict)
    known: Mapping[str, Attachment] = field(default_factory=dict)
    """Attachments on record, by digest."""
    found: list[Found] = field(default_factory=list)

    def holds(self, condition: Expression | None, *, where: str = "", default: bool = True) -> bool:
        """Tell whether a condition is true; ``default`` where there is none. What cannot be worked out is a fault."""
        if condition is None:
            return default
        return self.worked_out(condition, where) is True

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
    known = {each.id for each in node.fields if not isinstance(each, SectionField | NoteField)}
    for name in given:
        if name not in known:
            entry.found.append(Found(faults.FIELD_UNKNOWN(at=f"/values/{name[:40]}", given=name[:80]), name[:80]))
    for each in node.fields:
        entry.values.setdefault(each.id, None)
    for each in node.fields:
        if each.id in known and entry.holds(each.show, where=each.id):
            _read_field(entry, each, given.get(each.id), resolve)
            if each.id in entry.scans:
                enrich(entry, each.id)
    return entry


def _read_field(entry: Entry, each: Field, given: Any, resolve: Resolve) -> None:  # noqa: ANN401 (any JSON value)
    label = _label(each)
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
    fault = faults.VALUE_LOCKED(at=f"/values/{each.id}", label=_label(each), given=str(given)[:80])
    try:
        same = not isinstance(each, ScanField) and _single(each, given) == _single(each, standard)
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
        raise _wrong(each, given, "一个值", "one value")
    many = list(given) if several else [given]
    if len(many) > _MOST:
        raise _wrong(each, len(many), f"≤ {_MOST}")
    if isinstance(each, ScanField):
        scans = tuple(_unrepeated(entry, each, [_scan(each, raw, resolve) for raw in many]))
        entry.scans[each.id] = scans
        values: tuple[Value, ...] = tuple(scan.uri for scan in scans)
    elif isinstance(each, MediaField):
        values = _media(entry, each, many)
    elif type(each) in _REFERENCES or isinstance(each, LookupField):
        values = tuple(_reference(each, value, resolve) for value in many)
    else:
        values = tuple(_single(each, value) for value in many)
    entry.values[each.id] = values if several else values[0]


def _scan(each: ScanField, given: Any, resolve: Resolve) -> Scanned:  # noqa: ANN401 (any JSON value)
    raw = given.get("raw") if isinstance(given, dict) else given
    if not isinstance(raw, str) or not raw.strip() or len(raw) > _LONGEST:
        raise _wrong(each, given, "扫到的文字", "the text that was scanned")
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
        raise _wrong(each, len(many), f"≤ {most}")
    entry.attached[each.id] = tuple(attached(each, one, entry.known) for one in many)
    return tuple(one.kept.sha256 for one in entry.attached[each.id])


def _reference(each: Field, given: Any, resolve: Resolve) -> str:  # noqa: ANN401 (any JSON value)
    wanted = each.of if isinstance(each, LookupField) else _REFERENCES[type(each)]
    raw = given.get("raw") if isinstance(given, dict) else given
    if not isinstance(raw, str) or not 0 < len(raw) <= _LONGEST:
        raise _wrong(each, given, wanted)
    return resolve(raw.strip(), (wanted,)).uri


def _single(each: Field, given: Any) -> Value:  # noqa: ANN401 (any JSON value)
    match each:
        case TextField():
            return _text(each, given)
        case NumberField():
            return _number(each, given)
        case RatingField():
            rating = _decimal(each, given)
            if rating != rating.to_integral_value() or not 1 <= rating <= each.max:
                raise _wrong(each, given, f"1–{each.max}")
            return rating
        case ChoiceField():
            if given not in [option.value for option in each.options]:
                raise _wrong(each, given, " | ".join(option.value for option in each.options[:10]))
            return str(given)
        case YesNoField():
            if not isinstance(given, bool):
                raise _wrong(each, given, "true | false")
            return given
        case DateField() | DateTimeField():
            return _moment(each, given)
    if not isinstance(given, str) or len(given) > _LONGEST:
        raise _wrong(each, given, "文字", "text")
    return given


def _text(each: TextField, given: Any) -> str:  # noqa: ANN401 (any JSON value)
    text = str(given) if isinstance(given, (str, int, Decimal)) and not isinstance(given, bool) else None
    if text is None or len(text) > each.max or "\0" in text:
        raise _wrong(each, given, f"≤ {each.max} 个字符", f"≤ {each.max} characters")
    if each.pattern and re.fullmatch(each.pattern, text) is None:
        raise _wrong(each, given, each.pattern)
    return text


def _number(each: NumberField, given: Any) -> Decimal:  # noqa: ANN401 (any JSON value)
    number = _decimal(each, given)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > each.decimals and round(number, each.decimals) != number:
        raise _wrong(each, given, f"≤ {each.decimals} 位小数", f"≤ {each.decimals} decimals")
    if each.min is not None and number < each.min:
        raise _wrong(each, given, f"≥ {each.min}")
    if each.max is not None and number > each.max:
        raise _wrong(each, given, f"≤ {each.max}")
    return number


def _decimal(each: Field, given: Any) -> Decimal:  # noqa: ANN401 (any JSON value)
    given = given.get("num") if isinstance(given, dict) else given
    if isinstance(given, bool) or not isinstance(given, (str, int, float, Decimal)):
        raise _wrong(each, given, "数字", "a number")
    try:
        number = Decimal(str(given).strip())
    except InvalidOperation:
        raise _wrong(each, given, "数字", "a number") from None
    if not number.is_finite() or abs(number.adjusted()) > 20 or len(number.as_tuple().digits) > 28:
        raise _wrong(each, given, "数字", "a number")
    return number


def _moment(each: Field, given: Any) -> date | datetime:  # noqa: ANN401 (any JSON value)
    if isinstance(given, (date, datetime)):  # a default
        return given
    wanted = "YYYY-MM-DD" if isinstance(each, DateField) else "YYYY-MM-DDThh:mm:ss+hh:mm"
    try:
        if isinstance(each, DateField):
            return date.fromisoformat(given)
        moment = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise _wrong(each, given, wanted) from None
    if moment.tzinfo is None:
        raise _wrong(each, given, wanted)
    return moment


def _label(each: Field) -> Words:
    return Words(each.label_zh, each.label_en)


def _wrong(each: Field, given: Any, zh: str, en: str = "") -> Fault:  # noqa: ANN401 (any JSON value)
    return faults.VALUE_WRONG(label=_label(each), given=str(given)[:80], allowed=Words(zh, en or zh))
