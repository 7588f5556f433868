"""Rows of the plant model: every part of it is kept the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import msgspec
from psycopg import sql
from psycopg.types.json import Jsonb

from suyuan.chassis.database import tx
from suyuan.production.contracts.plant import DayOff, Equipment, Qualification, Qualified, Shift, Team, Tool

Row = TypeVar("Row")
Kept_co = TypeVar("Kept_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Kept_co]):
    """A table, its columns in the order of the contract's fields after ``id``, and what a row becomes."""

    table: str
    columns: tuple[str, ...]
    make: Callable[..., Kept_co]
    order: str
    extra: bool = True

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        return ("id", *self.columns, *(("extra",) if self.extra else ()))


_DIRECTIONS: Final = {"DESC": sql.SQL("DESC"), "NULLS LAST": sql.SQL("NULLS LAST")}
_NAMED: Final = ("code", "name_zh", "name_en")
EQUIPMENT: Final = Shelf(
    "production_equipment",
    ("site_id", "uri", "level", "parent_id", *_NAMED, "class", "retired"),
    Equipment,
    "site_id, retired, code",
)
TOOL: Final = Shelf(
    "production_tool",
    ("site_id", "uri", *_NAMED, "class", "calibrated", "due", "retired"),
    Tool,
    "retired, due NULLS LAST, code",
)
QUALIFICATION: Final = Shelf("production_qualification", (*_NAMED, "retired"), Qualification, "retired, code")
QUALIFIED: Final = Shelf(
    "production_qualified",
    ("qualification_id", "person", "valid_from", "valid_to"),
    Qualified,
    "qualification_id, person",
    extra=False,
)
TEAM: Final = Shelf("production_team", ("site_id", *_NAMED, "members", "retired"), Team, "retired, code")
SHIFT: Final = Shelf(
    "production_shift",
    ("site_id", *_NAMED, "starts", "ends", "break_minutes", "weekdays", "valid_from", "valid_to", "retired"),
    Shift,
    "site_id, retired, starts, code",
)
DAY_OFF: Final = Shelf("production_day_off", ("site_id", "day", "name_zh", "name_en"), DayOff, "day DESC", extra=False)


def rows(shelf: Shelf[Row], row_id: int | None = None) -> list[Row]:
    """Return every row of a shelf, or the one with a number."""
    statement = sql.SQL(
        "SELECT {columns} FROM {table} WHERE tenant_id = %s AND (%s::bigint IS NULL OR id = %s) ORDER BY {order}"
    )
    text = statement.format(
        columns=sql.SQL(", ").join(map(sql.Identifier, shelf.all_columns)),
        table=sql.Identifier(shelf.table),
        order=_order(shelf.order),
    ).as_string(tx().connection)
    return [_made(shelf, row) for row in tx().rows(text, (tx().principal.tenant_id, row_id, row_id))]


def found(shelf: Shelf[Row], column: str, value: object) -> list[Row]:
    """Return the rows of a shelf with this value in a column."""
    text = sql.SQL("SELECT {columns} FROM {table} WHERE tenant_id = %s AND {column} = %s ORDER BY id").format(
        columns=sql.SQL(", ").join(map(sql.Identifier, shelf.all_columns)),
        table=sql.Identifier(shelf.table),
        column=sql.Identifier(column),
    )
    return [_made(shelf, row) for row in tx().rows(text.as_string(tx().connection), (tx().principal.tenant_id, value))]


def _order(text: str) -> sql.Composable:
    """Return an order such as ``retired, due NULLS LAST, code``."""
    words = [each.split(" ", 1) for each in text.split(", ")]
    told = [sql.SQL(" ").join([sql.Identifier(word), *(_DIRECTIONS[each] for each in rest)]) for word, *rest in words]
    return sql.SQL(", ").join(told)


def _made(shelf: Shelf[Row], row: tuple[Any, ...]) -> Row:
    if shelf.extra:
        row = (*row[:-1], msgspec.json.decode(row[-1]) if isinstance(row[-1], str | bytes) else row[-1])
    return shelf.make(*row)


def insert(shelf: Shelf[Row], values: Mapping[str, Any]) -> int | None:
    """Add a row and return its number; None where its code, URI or day is taken."""
    names = [name for name in (*shelf.columns, "extra") if name in values]
    text = sql.SQL("INSERT INTO {} (tenant_id, {}) VALUES ({}) ON CONFLICT DO NOTHING RETURNING id").format(
        sql.Identifier(shelf.table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(sql.Placeholder() * (len(names) + 1)),
    )
    number: int | None = tx().value(
        text.as_string(tx().connection), (tx().principal.tenant_id, *(_given(name, values[name]) for name in names))
    )
    return number


def update(shelf: Shelf[Row], row_id: int, values: Mapping[str, Any]) -> None:
    """Change what is named of a row."""
    names = [name for name in (*shelf.columns, "extra") if name in values]
    if not names:
        return
    text = sql.SQL("UPDATE {} SET {} WHERE tenant_id = %s AND id = %s").format(
        sql.Identifier(shelf.table),
        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in names),
    )
    given = (*(_given(name, values[name]) for name in names), tx().principal.tenant_id, row_id)
    tx().execute(text.as_string(tx().connection), given)


def delete(shelf: Shelf[Row], row_id: int) -> bool:
    """Remove a row; False where there was none."""
    text = sql.SQL("DELETE FROM {} WHERE tenant_id = %s AND id = %s").format(sql.Identifier(shelf.table))
    return tx().execute(text.as_string(tx().connection), (tx().principal.tenant_id, row_id)).rowcount > 0


def taken(shelf: Shelf[Row], column: str, value: object, but: int | None) -> bool:
    """Tell whether another row has this value in a column."""
    text = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE tenant_id = %s AND {} = %s AND id IS DISTINCT FROM %s)")
    statement = text.format(sql.Identifier(shelf.table), sql.Identifier(column)).as_string(tx().connection)
    return bool(tx().value(statement, (tx().principal.tenant_id, value, but)))


def holders() -> dict[int, int]:
    """Return by qualification how many hold it today."""
    found = tx().rows(
        "SELECT qualification_id, count(*) FROM production_qualified WHERE tenant_id = %s"
        " AND valid_from <= current_date AND coalesce(valid_to, 'infinity') >= current_date GROUP BY 1",
        (tx().principal.tenant_id,),
    )
    return dict(found)


def _given(name: str, value: object) -> object:
    return Jsonb(value) if name == "extra" else value
