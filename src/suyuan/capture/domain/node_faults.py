"""What is wrong with a trace node beyond its shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from suyuan.capture.contracts import node_faults as faults
from suyuan.capture.contracts.nodes import (
    Action,
    CascadeField,
    CascadeOption,
    Check,
    ChoiceField,
    Field,
    FieldPlace,
    FormulaField,
    LocationField,
    LookupField,
    Meaning,
    NumberField,
    Option,
    ScanField,
    SilentField,
    SubTableField,
    TextField,
    TraceNode,
)
from suyuan.capture.domain.actions import action_faults
from suyuan.capture.domain.node_expressions import expression_faults, pattern_faults
from suyuan.capture.domain.node_fields import field_named, table_of, ways_of
from suyuan.kernel.faults import Fault

DEEPEST_CASCADE: Final = 4
"""Levels of a cascade: more are not found again on a small screen."""
MOST_WAYS: Final = 2_000
"""Choices at the end of a cascade, which every device holds."""
ITEM_CLASSES: Final = frozenset({"unit", "lot", "carrier", "asset", "product"})
_ITEM = "扫码字段 / a scan field"
_NUMBER = "数字或公式字段 / a number field or a formula"
_SAME_TABLE = "同一张子表里的数字列 / a number of the same sub-table"
_PLACE = "地点字段 / a location field"
_NEEDS_FIELD: Final = frozenset(
    {"known", "class_is", "not_repeated", "not_void", "not_expired", "not_held", "in_state", "where_is"}
)


def faults_of(node: TraceNode) -> Sequence[Fault]:
    """Return what keeps a node from being published; ``at`` is a JSON pointer."""
    found = [*_identities(node), *_fields(node), *_placed(node)]
    for index, meaning in enumerate(node.meaning):
        found += _meaning(node, meaning, f"/meaning/{index}")
    for index, check in enumerate(node.checks):
        found += _check(node, check, f"/checks/{index}")
    found += action_faults(node)
    found += expression_faults(node)
    return found


def _identities(node: TraceNode) -> Iterator[Fault]:
    groups: tuple[tuple[str, Iterable[Field | Meaning | Check | Action]], ...] = (
        ("fields", node.fields), ("meaning", node.meaning), ("checks", node.checks),
        ("actions", node.actions),
    )  # fmt: skip
    for name, entries in groups:
        seen: set[str] = set()
        for index, entry in enumerate(entries):
            if entry.id in seen:
                yield faults.ID_REPEATED(at=f"/{name}/{index}/id", given=entry.id)
            seen.add(entry.id)


def _fields(node: TraceNode) -> Iterator[Fault]:
    if all(isinstance(field, SilentField) for field in node.fields):
        yield faults.NO_FIELDS(at="/fields")
    if not node.meaning:
        yield faults.NO_MEANING(at="/meaning")
    for index, field in enumerate(node.fields):
        if isinstance(field, TextField) and field.pattern:
            yield from pattern_faults(field, f"/fields/{index}/pattern")
        elif isinstance(field, SubTableField):
            yield from _table(node, field, f"/fields/{index}")
        yield from _options(field, f"/fields/{index}")


def _options(field: Field, at: str) -> Iterator[Fault]:
    """Yield what is wrong with the choices of a field: none at all, one twice, or a cascade too deep or too large."""
    if isinstance(field, CascadeField):
        if not field.options:
            yield faults.OPTIONS_MISSING(at=f"{at}/options", field=field.id)
        yield from _level(field.options, f"{at}/options", 1)
        if sum(1 for _ in islice(ways_of(field), MOST_WAYS + 1)) > MOST_WAYS:
            yield faults.OPTIONS_MANY(at=f"{at}/options", field=field.id, limit=MOST_WAYS)
    elif isinstance(field, ChoiceField):
        yield from _repeated(field.options, f"{at}/options")


def _level(options: Sequence[CascadeOption], at: str, level: int) -> Iterator[Fault]:
    yield from _repeated(options, at)
    for index, option in enumerate(options):
        if "/" in option.value:
            yield faults.OPTION_SLASH(at=f"{at}/{index}/value", given=option.value)
        if option.options and level == DEEPEST_CASCADE:
            yield faults.OPTIONS_DEEP(at=f"{at}/{index}/options", limit=DEEPEST_CASCADE)
        elif option.options:
            yield from _level(option.options, f"{at}/{index}/options", level + 1)


def _repeated(options: Sequence[Option], at: str) -> Iterator[Fault]:
    seen = set[str]()
    for index, option in enumerate(options):
        if option.value in seen:
            yield faults.OPTION_REPEATED(at=f"{at}/{index}/value", given=option.value)
        seen.add(option.value)


def _table(node: TraceNode, table: SubTableField, at: str) -> Iterator[Fault]:
    if not table.columns:
        yield faults.TABLE_EMPTY(at=f"{at}/columns", table=table.id)
    if table.min > table.max:
        yield faults.TABLE_ROWS(at=f"{at}/min", table=table.id, least=table.min, most=table.max)
    seen = {field.id for field in node.fields}
    for index, column in enumerate(table.columns):
        where = f"{at}/columns/{index}"
        if column.id in seen:
            yield faults.ID_REPEATED(at=f"{where}/id", given=column.id)
        seen.add(column.id)
        if column.many:
            yield faults.COLUMN_MANY(at=f"{where}/many", given=column.id)
        if isinstance(column, TextField) and column.pattern:
            yield from pattern_faults(column, f"{where}/pattern")
        yield from _options(column, where)
    if table.unique is not None and table.unique not in {column.id for column in table.columns}:
        yield faults.FIELD_UNKNOWN(at=f"{at}/unique", given=table.unique)


def _placed(node: TraceNode) -> Iterator[Fault]:
    if not node.step and any(not meaning.step for meaning in node.meaning):
        yield faults.NO_STEP(at="/step")
    if isinstance(node.place, FieldPlace):
        yield from _wanted(node, node.place.field, "/place/field", place=True)


def _meaning(node: TraceNode, meaning: Meaning, at: str) -> Iterator[Fault]:
    missing = _missing(meaning)
    if missing:
        yield faults.MEANING_INCOMPLETE(at=at, meaning=meaning.id, what=missing)
    for name in ("subjects", "children"):
        for index, field in enumerate(getattr(meaning, name)):
            yield from _wanted(node, field, f"{at}/{name}/{index}", item=True)
    if meaning.parent is not None:
        yield from _wanted(node, meaning.parent, f"{at}/parent", item=True)
    for name in ("inputs", "outputs"):
        for index, part in enumerate(getattr(meaning, name)):
            yield from _wanted(node, part.field, f"{at}/{name}/{index}/field", item=True)
            if part.quantity is not None:
                yield from _wanted(node, part.quantity, f"{at}/{name}/{index}/quantity", number=True)
                yield from _beside(part.field, part.quantity, f"{at}/{name}/{index}/quantity")
    for item, number in meaning.quantity.items():
        yield from _wanted(node, item, f"{at}/quantity/{item}", item=True)
        yield from _wanted(node, number, f"{at}/quantity/{item}", number=True)
        yield from _beside(item, number, f"{at}/quantity/{item}")
    others = [(f"parameters/{index}/field", each.field) for index, each in enumerate(meaning.parameters)]
    others += [(f"ilmd/{name}", field) for name, field in meaning.ilmd.items()]
    others += [
        (name, field)
        for name in ("source", "destination", "order", "process")
        if (field := getattr(meaning, name)) is not None
    ]
    for name, other in others:
        yield from _wanted(node, other, f"{at}/{name}")


def _missing(meaning: Meaning) -> str:
    """Return what the event needs and the meaning does not give; empty where nothing is missing."""
    match meaning.event:
        case "transformation":
            return "" if meaning.inputs or meaning.outputs else "投入或产出 / inputs or outputs"
        case "aggregation" | "association":
            if meaning.parent is None and (meaning.action != "OBSERVE" or meaning.event == "association"):
                return "容器 / the parent"
            if meaning.children or (meaning.action == "DELETE" and meaning.event == "aggregation"):
                return ""
            return "内装物 / the children"
        case "transaction":
            if meaning.order is None:
                return "单据 / the order"
            return "" if meaning.subjects or meaning.parent else "对象 / the subjects"
        case _:
            return "" if meaning.subjects else "对象 / the subjects"


def _check(node: TraceNode, check: Check, at: str) -> Iterator[Fault]:
    missing = ""
    if check.kind in _NEEDS_FIELD and check.field is None:
        missing = "扫码字段 / the scan field"
    elif check.kind == "expression" and check.value is None:
        missing = "条件 / the condition"
    elif check.kind == "class_is" and not check.classes:
        missing = "类别 / the classes"
    elif check.kind == "in_state" and not check.states:
        missing = "状态 / the states"
    if missing:
        yield faults.CHECK_INCOMPLETE(at=at, check=check.id, what=missing)
    if check.rows is not None and not any(
        isinstance(field, SubTableField) and field.id == check.rows for field in node.fields
    ):
        yield faults.FIELD_UNKNOWN(at=f"{at}/rows", given=check.rows)
    if check.field is not None and check.kind in _NEEDS_FIELD:
        yield from _wanted(node, check.field, f"{at}/field", item=True)


def _beside(item: str, number: str, at: str) -> Iterator[Fault]:
    """Yield a fault where a quantity stands in rows that the item does not stand in."""
    if table_of(number) is not None and table_of(number) != table_of(item):
        yield faults.FIELD_UNFIT(at=at, given=number, needed=_SAME_TABLE)


def _wanted(
    node: TraceNode, given: str, at: str, *, item: bool = False, number: bool = False, place: bool = False
) -> Iterator[Fault]:
    field = field_named(node, given)
    if field is None or isinstance(field, SilentField):
        yield faults.FIELD_UNKNOWN(at=at, given=given)
    elif item and not isinstance(field, ScanField):
        yield faults.FIELD_UNFIT(at=at, given=given, needed=_ITEM)
    elif number and not isinstance(field, NumberField | FormulaField):
        yield faults.FIELD_UNFIT(at=at, given=given, needed=_NUMBER)
    elif place and not _names_place(field):
        yield faults.FIELD_UNFIT(at=at, given=given, needed=_PLACE)


def _names_place(field: Field) -> bool:
    if isinstance(field, LookupField):
        return field.of == "place"
    return isinstance(field, LocationField) or (isinstance(field, ScanField) and "place" in field.classes)
