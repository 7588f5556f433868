"""What effectiveness is reckoned from: machines, their states, what they produced, the shift calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from suyuan.chassis.database import named_sql, tx
from suyuan.production.domain.calendar import Shift
from suyuan.production.domain.oee import Point

Sites = Sequence[int] | None


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine of the plant model, or one that only events name (``site_id`` None)."""

    uri: str
    name_zh: str
    name_en: str
    site_id: int | None
    line: str | None
    line_zh: str | None
    line_en: str | None
    cycle_seconds: float | None


@dataclass(frozen=True, slots=True)
class Produced:
    """What a machine produced at an operation for an order in a quarter of an hour."""

    time: datetime
    produced: Decimal
    good: Decimal
    scrap: Decimal
    rework: Decimal
    operation: str = ""
    work_order: str | None = None


def _keys(**more: object) -> dict[str, Any]:
    return {"tenant": tx().principal.tenant_id, **more}


def machines(since: datetime, until: datetime) -> list[Machine]:
    """Return all machines, named."""
    found = []
    for row in tx().rows(named_sql(__package__, "machines.sql"), _keys(since=since, until=until)):
        uri, zh, en = row[:3]
        tail = uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
        found.append(Machine(uri, zh or en or tail, en or zh or tail, row[3], row[4], row[5], row[6], _seconds(row[7])))
    return found


def _seconds(given: str | None) -> float | None:
    try:
        seconds = float(given or "")
    except ValueError:
        return None
    return seconds if 0 < seconds < float("inf") else None


def states(since: datetime, until: datetime, equipment: Sequence[str], sites: Sites) -> dict[str, list[Point]]:
    """Return the machines' states, by machine."""
    keys = _keys(since=since, until=until, equipment=list(equipment), sites=sites)
    return _points(tx().execute(named_sql(__package__, "states.sql"), keys, prepare=True).fetchall())


def states_and_made(
    since: datetime, until: datetime, equipment: Sequence[str], sites: Sites
) -> tuple[dict[str, list[Point]], dict[str, list[Produced]]]:
    """Return the machines' states and what they produced, by machine, in one round trip."""
    keys = _keys(since=since, until=until, equipment=list(equipment), sites=sites)
    with tx().at_once():
        points = tx().execute(named_sql(__package__, "states.sql"), keys, prepare=True)
        made = tx().execute(named_sql(__package__, "made.sql"), keys, prepare=True)
    produced: dict[str, list[Produced]] = {}
    for uri, when, *amounts, operation, order in made.fetchall():
        all_made, good, scrap, rework = (each or Decimal(0) for each in amounts)
        produced.setdefault(uri, []).append(Produced(when, all_made, good, scrap, rework, operation, order))
    return _points(points.fetchall()), produced


def _points(rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    for uri, *row in rows:
        found.setdefault(uri, []).append(Point(*row))
    return found


def calendar() -> tuple[list[Shift], frozenset[tuple[int, date]]]:
    """Return the shifts in use and the days off (site, day)."""
    shifts = tx().rows(
        "SELECT site_id, code, name_zh, name_en, starts, ends, break_minutes, weekdays, valid_from, valid_to"
        " FROM production_shift WHERE tenant_id = %(tenant)s AND NOT retired ORDER BY site_id, starts",
        _keys(),
    )
    days = tx().rows("SELECT site_id, day FROM production_day_off WHERE tenant_id = %(tenant)s", _keys())
    known = [Shift(*(*row[:7], frozenset(row[7]), row[8], row[9])) for row in shifts]
    return known, frozenset((site, day) for site, day in days)


def lines() -> list[tuple[str, str, str]]:
    """Return (URI, Chinese name, English name) of the lines of the plant model."""
    return tx().rows(
        "SELECT uri, name_zh, name_en FROM production_equipment"
        " WHERE tenant_id = %(tenant)s AND level = 'line' AND NOT retired ORDER BY name_zh",
        _keys(),
    )


def yields(since: datetime, until: datetime, equipment: Sequence[str] | None, sites: Sites) -> list[tuple[Any, ...]]:
    """Return rows of yields.sql."""
    keys = _keys(since=since, until=until, equipment=equipment, sites=sites)
    return tx().rows(named_sql(__package__, "yields.sql"), keys)
