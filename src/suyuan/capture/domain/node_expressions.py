"""What is wrong with the expressions and patterns of a node before anybody enters anything."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, Literal

from suyuan.capture.contracts import node_faults as faults
from suyuan.capture.contracts.nodes import (
    CascadeField,
    ChoiceField,
    DateField,
    DateTimeField,
    DurationField,
    Expression,
    Field,
    FormulaField,
    MoneyField,
    NumberField,
    PercentField,
    RatingField,
    ScanField,
    SilentField,
    SubTableField,
    TextField,
    TimeField,
    TraceNode,
    YesNoField,
)
from suyuan.capture.domain.node_fields import ways_of
from suyuan.capture.domain.scanning import ITEM_FACTS
from suyuan.capture.domain.wording import Words
from suyuan.kernel.expressions import ExpressionError, Value, check, evaluate
from suyuan.kernel.faults import Fault

_NOW: Final = datetime(2026, 1, 31, 8, tzinfo=UTC)
_TEXTS: Final = ("a", "1", "2026-01-31")
"""What text fields hold in each of the worlds in which an expression is tried."""
_OF_TYPES: Final = frozenset({
    "kernel.expression.needs_number", "kernel.expression.needs_text", "kernel.expression.needs_boolean",
    "kernel.expression.needs_date", "kernel.expression.needs_moment", "kernel.expression.needs_list",
    "kernel.expression.not_alike",
})  # fmt: skip
_parser: Final[Any] = importlib.import_module("re._parser")
_MANY: Final = 16
_WILD: Final = 2


def expression_faults(node: TraceNode) -> Iterator[Fault]:
    """Yield what is wrong with the expressions of a node: shape, names, and types in every sample that is tried."""
    form = [_world(node, text) for text in _TEXTS]
    for at, expression, inside in _expressions(node):
        worlds = [_inside(node, world, text, inside) for world, text in zip(form, _TEXTS, strict=True)]
        try:
            check(expression, worlds[0].keys())
        except ExpressionError as error:
            yield _fault(error, at)
            continue
        wrong = [_tried(expression, world) for world in worlds]
        if all(error is not None for error in wrong) and wrong[0] is not None:
            yield _fault(wrong[0], at)


def _fault(error: ExpressionError, at: str) -> Fault:
    place = error.at or ""
    where = f"{at}{place}" if place.startswith("/") else at
    return faults.EXPRESSION_WRONG(at=where, why=Words(error.title("zh"), error.title("en")))


def _tried(expression: Expression, world: Mapping[str, Value]) -> ExpressionError | None:
    """Return the fault of types that an expression has with these values; other faults depend on the values."""
    try:
        evaluate(expression, world, now=_NOW)
    except ExpressionError as error:
        return error if error.kind.code in _OF_TYPES else None
    return None


Inside = tuple[str, Literal["rule", "check"]] | None
"""In the rows of which sub-table an expression is worked out: rules before its lists are known, checks after."""


def _expressions(node: TraceNode) -> Iterator[tuple[str, Expression, Inside]]:
    for index, field in enumerate(node.fields):
        yield from ((at, expression, None) for at, expression in _rules(field, f"/fields/{index}"))
        for number, column in enumerate(field.columns if isinstance(field, SubTableField) else ()):
            for at, rule in _rules(column, f"/fields/{index}/columns/{number}"):
                yield at, rule, (field.id, "rule")
    for index, meaning in enumerate(node.meaning):
        if meaning.when is not None:
            yield f"/meaning/{index}/when", meaning.when, None
    for index, each in enumerate(node.checks):
        for name, expression in (("when", each.when), ("value", each.value)):
            if expression is not None:
                inside: Inside = (each.rows, "check") if each.rows is not None else None
                yield f"/checks/{index}/{name}", expression, inside
    for index, action in enumerate(node.actions):
        if action.when is not None:
            yield f"/actions/{index}/when", action.when, None


def _rules(field: Field, at: str) -> Iterator[tuple[str, Expression]]:
    for name in ("show", "require", "lock", "default", "value"):
        expression = getattr(field, name, None)
        if expression is not None and (name != "value" or isinstance(field, FormulaField)):
            yield f"{at}/{name}", expression


def _inside(node: TraceNode, form: dict[str, Value], text: str, inside: Inside) -> dict[str, Value]:
    """Return what an expression sees: the form, and in the rows of a sub-table the columns by their own ids."""
    if inside is None:
        return form
    name, when = inside
    table = next((each for each in node.fields if isinstance(each, SubTableField) and each.id == name), None)
    if table is None:
        return form
    seen = form if when == "check" else {each: form[each] for each in form if each.split(".")[0] != name}
    return {**seen, **_samples(table.columns, text, seen)}


def _world(node: TraceNode, text: str) -> dict[str, Value]:
    values = _samples(node.fields, text, {})
    for field in node.fields:
        if isinstance(field, SubTableField):
            row = _samples(field.columns, text, values)
            values |= {f"{field.id}.{name}": (value,) for name, value in row.items()}
            values[field.id] = Decimal(1)
    return _worked_out(node.fields, values)


def _samples(fields: Sequence[Field], text: str, beside: Mapping[str, Value]) -> dict[str, Value]:
    """Return sample values of fields or columns; ``beside``: what else their formulas may read."""
    values: dict[str, Value] = {}
    for field in fields:
        if isinstance(field, SilentField | SubTableField):
            continue
        many = field.many and not isinstance(field, FormulaField)
        sample = _sample(field, text)
        values[field.id] = (sample,) if many else sample
        if isinstance(field, ScanField):
            for name in ITEM_FACTS:
                fact: Value = False if name == "held" else "2026-01-31" if name == "expiry" else text
                values[f"{field.id}.{name}"] = (fact,) if many else fact
    return {name: value for name, value in _worked_out(fields, {**beside, **values}).items() if name in values}


def _worked_out(fields: Sequence[Field], values: dict[str, Value]) -> dict[str, Value]:
    for field in fields:
        if isinstance(field, FormulaField):
            try:
                values[field.id] = evaluate(field.value, values, now=_NOW)
            except ExpressionError:
                values[field.id] = None
    return values


def _sample(field: Field, text: str) -> Value:
    match field:
        case NumberField() | RatingField() | PercentField() | MoneyField() | DurationField():
            return Decimal(1)
        case TimeField():
            return "08:15"
        case CascadeField() if field.options:
            return "/".join(option.value for option in next(ways_of(field)))
        case YesNoField():
            return True
        case DateField():
            return date(2026, 1, 31)
        case DateTimeField():
            return _NOW
        case ChoiceField() if field.options:
            return field.options[0].value
        case FormulaField():
            return None
    return text


def pattern_faults(field: TextField, at: str) -> Iterator[Fault]:
    """Yield what is wrong with a text field's pattern: it is none, or a text could keep it busy for very long."""
    try:
        tree = _parser.parse(field.pattern)
    except (re.error, OverflowError, RecursionError):
        yield faults.PATTERN_WRONG(at=at, given=field.pattern)
        return
    if _costly(tree, inside=False) or _wild(tree) > _WILD:
        yield faults.PATTERN_COSTLY(at=at, given=field.pattern)


def _repeats(operation: str, given: Any) -> bool:  # noqa: ANN401 (the parser's own)
    return operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and int(given[1]) >= _MANY


def _costly(tree: Any, *, inside: bool) -> bool:  # noqa: ANN401 (the parser's own)
    """Tell whether repeats stand inside repeats or three in a row, or a part looks around or back."""
    row = 0
    for code, given in tree:
        operation = str(code)
        if operation in ("GROUPREF", "GROUPREF_EXISTS", "ASSERT", "ASSERT_NOT"):
            return True
        repeat = _repeats(operation, given)
        row = row + 1 if repeat else 0
        if (repeat and inside) or row > _WILD or (operation == "BRANCH" and inside):
            return True
        if any(_costly(part, inside=inside or repeat) for part in _parts(operation, given)):
            return True
    return False


def _wild(tree: Any) -> int:  # noqa: ANN401 (the parser's own)
    """Return how many repeats of any character there are: each multiplies the time by the text's length."""
    count = 0
    for code, given in tree:
        operation = str(code)
        if _repeats(operation, given) and any(str(inner[0]) in ("ANY", "NOT_LITERAL") for inner in given[2]):
            count += 1
        count += sum(_wild(part) for part in _parts(operation, given))
    return count


def _parts(operation: str, given: Any) -> list[Any]:  # noqa: ANN401 (the parser's own)
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [given[2]]
    if operation == "SUBPATTERN":
        return [given[3]]
    if operation == "ATOMIC_GROUP":
        return [given]
    return list(given[1]) if operation == "BRANCH" else []
