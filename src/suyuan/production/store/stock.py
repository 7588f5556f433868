"""Where how much of each lot stands, kept as events say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from suyuan.chassis.database import named_sql, tx
from suyuan.production.domain.stock import LotEvent, LotStock, Spot
from suyuan.trace.contracts.facts import HELD_DISPOSITIONS

TABLES: Final = ("production_stock", "production_stock_head")


@dataclass(frozen=True, slots=True)
class TouchedLot:
    """A lot that new events are about. ``declared``: one of them declares an earlier one wrong."""

    item_id: int
    material: str
    declared: bool
    stock: LotStock


def _keys(**more: object) -> dict[str, Any]:
    return {"tenant": tx().principal.tenant_id, **more}


def touched(numbers: Sequence[int]) -> list[TouchedLot]:
    """Return the lots that these events are about, as they are kept."""
    rows = tx().execute(named_sql(__package__, "stock_lots.sql"), _keys(numbers=list(numbers)), prepare=True).fetchall()
    found = [
        TouchedLot(
            item,
            material,
            declared,
            LotStock(unit, bool(known), away or Decimal(0), None if time is None else (time, number)),
        )
        for item, material, declared, time, number, unit, known, away in rows
    ]
    known_lots = {each.item_id: each.stock for each in found if each.stock.last is not None}
    if known_lots:
        kept = tx().execute(
            "SELECT item_id, place, inside, quantity, since FROM production_stock"
            " WHERE tenant_id = %(tenant)s AND item_id = ANY (%(items)s)",
            _keys(items=list(known_lots)),
            prepare=True,
        )
        for item, place, inside, quantity, since in kept:
            spot = Spot(place, inside)
            known_lots[item].spots[spot], known_lots[item].since[spot] = quantity, since
    return found


def events_of(items: Sequence[int], numbers: Sequence[int] | None) -> dict[int, list[LotEvent]]:
    """Return the events of lots that count, by lot: of these numbers, or all (None)."""
    keys = _keys(items=list(items), numbers=None if numbers is None else list(numbers))
    found: dict[int, list[LotEvent]] = {}
    for row in tx().execute(named_sql(__package__, "stock_events.sql"), keys, prepare=True):
        found.setdefault(row[0], []).append(LotEvent(*row))
    return found


def keep(lots: Mapping[int, tuple[str, LotStock]]) -> None:
    """Have the read model say this of these lots (number to material and stock), and nothing else."""
    if not lots:
        return
    spots = [(item, *row[:2], material, row[2], stock.unit, row[3]) for item, (material, stock) in lots.items()
             for row in stock.rows()]  # fmt: skip
    heads = [
        (item, *stock.last, stock.unit, stock.known, stock.away) for item, (_, stock) in lots.items() if stock.last
    ]
    bare = [item for item, (_, stock) in lots.items() if stock.last is None]
    with tx().at_once():
        tx().execute(
            "DELETE FROM production_stock WHERE tenant_id = %(tenant)s AND item_id = ANY (%(items)s)",
            _keys(items=list(lots)),
        )
        tx().execute(
            "DELETE FROM production_stock_head WHERE tenant_id = %(tenant)s AND item_id = ANY (%(items)s)",
            _keys(items=bare),
        )
        tx().execute(named_sql(__package__, "insert_stock.sql"), _keys(**_columns("abcdefg", spots)))
        tx().execute(named_sql(__package__, "insert_stock_heads.sql"), _keys(**_columns("abcdef", heads)))


def _columns(names: str, rows: Sequence[Sequence[object]]) -> dict[str, list[object]]:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def at_places(materials: Sequence[str] | None, places: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return what stands at places, in containers too: (place, item, kind, material, quantity, unit, since)."""
    keys = _keys(materials=None if materials is None else list(materials), places=list(places))
    return tx().execute(named_sql(__package__, "stock_at.sql"), keys, prepare=True).fetchall()


def lots_of(materials: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the lots of materials of which something is left and that nobody holds, those that came first first.

    Columns: material, item, URI, code, when it came, place, quantity, unit.
    """
    keys = _keys(materials=list(materials), held=sorted(HELD_DISPOSITIONS))
    return tx().execute(named_sql(__package__, "stock_lots_of.sql"), keys, prepare=True).fetchall()


def materials_in(numbers: Sequence[int]) -> list[str]:
    """Return the materials that these events are about."""
    rows = tx().rows(
        "SELECT DISTINCT coalesce(i.product, i.uri) FROM trace_participation p JOIN trace_item i ON i.id = p.item_id"
        " WHERE p.tenant_id = %(tenant)s AND p.event_number = ANY (%(numbers)s) AND i.kind IN ('unit', 'lot')",
        _keys(numbers=list(numbers)),
    )
    return [row[0] for row in rows]


def left_of(item: int) -> tuple[bool, Decimal, str | None]:
    """Return of a lot whether it was ever told how much it is, how much is left of it, and its unit of measure."""
    row = (
        tx()
        .execute(
            "SELECT h.known, coalesce((SELECT sum(s.quantity) FROM production_stock s WHERE s.tenant_id = h.tenant_id"
            " AND s.item_id = h.item_id), 0), h.unit FROM production_stock_head h"
            " WHERE h.tenant_id = %(tenant)s AND h.item_id = %(item)s",
            _keys(item=item),
        )
        .fetchone()
    )
    return (False, Decimal(0), None) if row is None else (row[0], row[1], row[2])


def spots_of(item: int) -> list[tuple[str | None, Decimal, datetime]]:
    """Return where how much of a lot stands, and since when."""
    rows = tx().rows(
        "SELECT place, quantity, since FROM production_stock WHERE tenant_id = %(tenant)s AND item_id = %(item)s"
        " ORDER BY quantity DESC",
        _keys(item=item),
    )
    return [(row[0] or None, row[1], row[2]) for row in rows]


def empty() -> None:
    """Forget the tenant's stock, to make it anew."""
    for table in TABLES:
        tx().execute(f"DELETE FROM {table} WHERE tenant_id = %(tenant)s", _keys())
