"""The read models of work in process: what an item's events make of it, kept beside what was kept before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from typing import Any, Final

from suyuan.chassis.database import named_sql, tx
from suyuan.production.contracts.wip import OpenItem, Passage
from suyuan.production.domain.passages import MOST_EVENTS, ItemEvent

TABLES: Final = ("production_passage", "production_flow", "production_wip", "production_state")
_TYPES: Final = {
    "item_id": "bigint", "event_number": "bigint", "site_id": "bigint", "time": "timestamptz", "entered": "timestamptz",
    "since": "timestamptz", "rework_since": "timestamptz", "waited_seconds": "integer", "reworks": "integer",
    "rework_seconds": "integer", "result": '"char"', "first": "boolean", "quantity": "numeric",
}  # fmt: skip
"""Of columns that are not text."""
_PASSAGE: Final = tuple(each.name for each in fields(Passage))
_OPEN: Final = tuple(each.name for each in fields(OpenItem))


def _keys(**more: object) -> dict[str, Any]:
    return {"tenant": tx().principal.tenant_id, **more}


def items_of(numbers: Sequence[int]) -> list[tuple[int, str, str | None]]:
    """Return (id, kind, product) of the items that these events may move through production."""
    found = tx().execute(named_sql(__package__, "passing_items.sql"), _keys(numbers=list(numbers)), prepare=True)
    return found.fetchall()


def events_of(items: Sequence[int], *, routed: bool, sited: bool) -> Mapping[int, list[ItemEvent]]:
    """Return the events of these items that count, by item."""
    keys = _keys(items=list(items), most=MOST_EVENTS, routed=routed, sited=sited)
    found: dict[int, list[ItemEvent]] = {}
    for row in tx().execute(named_sql(__package__, "item_events.sql"), keys, prepare=True):
        found.setdefault(row[0], []).append(ItemEvent(*row[1:]))
    return found


def any_route() -> bool:
    """Tell whether any order runs on a route: only then the events' nodes matter."""
    return bool(
        tx().value(
            "SELECT EXISTS (SELECT FROM production_order WHERE tenant_id = %s AND route_version IS NOT NULL)",
            (tx().principal.tenant_id,),
        )
    )


def keep(items: Sequence[int], passages: Iterable[Passage], standing: Iterable[OpenItem]) -> None:
    """Have the read models say this of these items, and nothing else; rows that say it already are left alone."""
    _keep("production_passage", _PASSAGE, items, passages, ("item_id", "event_number"), counted=True)
    _keep("production_wip", _OPEN, items, standing, ("item_id",))


def _keep(
    table: str, columns: Sequence[str], items: Sequence[int], rows: Iterable[Passage | OpenItem], key: Sequence[str],
    *, counted: bool = False,
) -> None:  # fmt: skip
    named = ", ".join(columns)
    known = set(
        tx().execute(
            f"SELECT {named} FROM {table} WHERE tenant_id = %(tenant)s AND item_id = ANY (%(items)s)",
            _keys(items=list(items)),
            prepare=True,
        )
    )
    wanted = {astuple(row) for row in rows}
    places = [columns.index(name) for name in key]
    gone = [[row[place] for place in places] for row in known - wanted]
    if gone:
        if counted:
            _count(gone, -1)
        matched = " AND ".join(f"t.{name} = g.{name}" for name in key)
        given = ", ".join(f"%({name})s::bigint[]" for name in key)
        tx().execute(
            f"DELETE FROM {table} t USING unnest({given}) AS g ({', '.join(key)})"
            f" WHERE t.tenant_id = %(tenant)s AND {matched}",
            _keys(**{name: [row[at] for row in gone] for at, name in enumerate(key)}),
        )
    if fresh := sorted(wanted - known, key=lambda row: tuple(row[place] for place in places)):
        given = ", ".join(f"%({name})s::{_TYPES.get(name, 'text')}[]" for name in columns)
        tx().execute(
            f"INSERT INTO {table} (tenant_id, {named}) SELECT %(tenant)s, g.* FROM unnest({given}) AS g",
            _keys(**dict(zip(columns, map(list, zip(*fresh, strict=True)), strict=True))),
        )
        if counted:
            _count([[row[place] for place in places] for row in fresh], 1)


def _count(passages: Sequence[Sequence[int]], sign: int) -> None:
    """Count these passages (item, event), or with a sign of -1 count them out."""
    items, numbers = map(list, zip(*passages, strict=True))
    keys = _keys(items=items, numbers=numbers, sign=sign)
    tx().execute(named_sql(__package__, "count_flow.sql"), keys, prepare=True)
    if sign < 0:
        tx().execute(named_sql(__package__, "forget_flow.sql"), keys)


def alone() -> None:
    """Keep these read models alone until the transaction ends: what two count at once would drift apart."""
    lock = "SELECT pg_advisory_xact_lock(hashtextextended('production read models', %s))"
    tx().execute(lock, (tx().principal.tenant_id,))


def empty() -> None:
    """Forget the tenant's read models, to make them anew."""
    for table in TABLES:
        tx().execute(f"DELETE FROM {table} WHERE tenant_id = %s", (tx().principal.tenant_id,))


def numbers_after(number: int, most: int) -> list[int]:
    """Return the next events of the ledger."""
    return [
        row[0]
        for row in tx().rows(
            "SELECT number FROM trace_event WHERE tenant_id = %s AND number > %s ORDER BY number LIMIT %s",
            (tx().principal.tenant_id, number, most),
        )
    ]
