"""Fields of a node by name: ``field``, or ``table.column`` for a column of a sub-table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from suyuan.capture.contracts.nodes import (
    CascadeField,
    CascadeOption,
    Column,
    DurationField,
    Field,
    FormulaField,
    MoneyField,
    NumberField,
    PercentField,
    SubTableField,
    TraceNode,
)

DecimalField = NumberField | PercentField | MoneyField
"""Fields whose values are decimals between bounds."""


def columns_of(node: TraceNode) -> Iterator[tuple[SubTableField, Column]]:
    """Yield every column of the node's sub-tables with its table."""
    for field in node.fields:
        if isinstance(field, SubTableField):
            for column in field.columns:
                yield field, column


def field_named(node: TraceNode, name: str | None) -> Field | None:
    """Return the field or column of this name; None where there is none."""
    if name is None:
        return None
    if "." not in name:
        return next((each for each in node.fields if each.id == name), None)
    return next((column for table, column in columns_of(node) if f"{table.id}.{column.id}" == name), None)


def table_of(name: str | None) -> str | None:
    """Return the sub-table whose column a name is; None for a field of the form."""
    table, dot, _ = (name or "").partition(".")
    return table if dot else None


def unit_of(field: Field | None) -> str:
    """Return the unit of a field's values by UN/ECE Recommendation 20; empty where it has none."""
    match field:
        case NumberField() | FormulaField():
            return field.unit
        case PercentField():
            return "P1"
        case DurationField():
            return "SEC"
    return ""


def ways_of(field: CascadeField) -> Iterator[tuple[CascadeOption, ...]]:
    """Yield every way from the top of a cascade to a choice that has nothing under it."""
    open_ways: list[tuple[CascadeOption, ...]] = [(option,) for option in reversed(field.options)]
    while open_ways:
        way = open_ways.pop()
        if way[-1].options:
            open_ways += [(*way, option) for option in reversed(way[-1].options)]
        else:
            yield way


def rows_in(given: object) -> Iterator[Mapping[str, Any]]:
    """Yield the rows among the raw values of a sub-table."""
    for row in given if isinstance(given, list) else ():
        if isinstance(row, dict):
            yield row
