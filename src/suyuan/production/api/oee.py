"""Effectiveness of equipment, its losses, and yields: what the states and the passages of a window add up to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Literal

from suyuan.chassis.database import tx
from suyuan.production.api import routing
from suyuan.production.api.wip import operation_names
from suyuan.production.contracts.oee import (
    Effectiveness,
    EffectivenessReport,
    Loss,
    OperationYield,
    YieldReport,
)
from suyuan.production.domain.calendar import Shift, Worked, worked
from suyuan.production.domain.oee import (
    Lasting,
    Window,
    figures,
    first_pass_yield,
    intervals,
    overlap,
    rolled_throughput_yield,
)
from suyuan.production.store import oee as store
from suyuan.production.store.oee import Machine, Produced
from suyuan.trace.contracts import NamedUri

RIGHT = "production:oee:read"
By = Literal["machine", "line", "shift", "day"]


@dataclass(slots=True)
class _Sum:
    """Time elements and quantities added up; ISO 22400-2 adds elements, never ratios."""

    key: str
    zh: str
    en: str
    planned_by: str
    planned: float = 0.0
    recorded: float = 0.0
    losses: dict[tuple[str, str | None], float] = field(default_factory=dict)
    made: list[Produced] = field(default_factory=list)
    planned_run: float | None = 0.0

    def add_time(self, planned: float, states: Mapping[tuple[str, str | None], float]) -> None:
        self.planned += planned
        self.recorded += sum(states.values())
        for key, seconds in states.items():
            self.losses[key] = self.losses.get(key, 0.0) + seconds

    def add_made(self, made: Iterable[Produced], cycle_of: Callable[[Produced], float | None]) -> None:
        rows = list(made)
        self.made += rows
        for row in rows:
            cycle = cycle_of(row) if row.produced else 0.0
            known = cycle is not None and self.planned_run is not None
            planned = float(row.produced) * (cycle or 0.0)
            self.planned_run = (self.planned_run or 0.0) + planned if known else None


def report(since: datetime, until: datetime, by: By, offset: int, line: str | None = None) -> EffectivenessReport:
    """Return effectiveness between two times.

    :param offset: minutes east of UTC of the clock that days and shifts are of.
    """
    began = time.perf_counter()
    zone = timezone(timedelta(minutes=offset))
    reached = tx().principal.sites_for(RIGHT)
    sites = None if reached is None else sorted(reached)
    machines = [each for each in store.machines(since, until) if line is None or line in (each.line, each.uri)]
    if sites is not None:
        machines = [each for each in machines if each.site_id is None or each.site_id in sites]
    points, made = store.states_and_made(since, until, [each.uri for each in machines], sites)
    shifts, days_off = store.calendar()
    orders = {row.work_order for rows in made.values() for row in rows if row.work_order}
    cycles = routing.planned_cycles(orders)
    sums: dict[str, _Sum] = {}
    total = _Sum("", "合计", "Total", "shifts" if shifts else "states")
    for machine in machines:
        lasting = intervals(points.get(machine.uri, ()), since, until)
        plan = worked(_of_site(shifts, machine.site_id), days_off, since, until, zone)
        _reckon(machine, lasting, plan, made.get(machine.uri, ()), _Asked(since, until, by, zone, cycles), sums, total)
    rows = [_told(each) for each in sums.values()]
    return EffectivenessReport(since, until, by, rows, _told(total), round((time.perf_counter() - began) * 1000, 1))


@dataclass(frozen=True, slots=True)
class _Asked:
    since: datetime
    until: datetime
    by: By
    zone: tzinfo
    cycles: routing.CycleOf


def _of_site(shifts: Sequence[Shift], site: int | None) -> list[Shift]:
    """Return the shifts of a site; of a machine that the plant model does not know, those of the only site there is."""
    if site is not None:
        return [shift for shift in shifts if shift.site_id == site]
    return list(shifts) if len({shift.site_id for shift in shifts}) == 1 else []


def _reckon(
    machine: Machine,
    lasting: Sequence[Lasting],
    plan: Sequence[Worked],
    made: Sequence[Produced],
    asked: _Asked,
    sums: dict[str, _Sum],
    total: _Sum,
) -> None:
    """Add one machine's times and quantities to the sums they belong to."""
    if not lasting and not made:
        return
    for key, zh, en, window, share in _pieces(machine, plan, asked):
        states = overlap(lasting, [window])
        produced = [row for row in made if window.since <= row.time < window.until]
        if not states and not produced:
            continue
        own = sums.setdefault(key, _Sum(key, zh, en, "shifts" if plan else "states"))
        planned = (window.until - window.since).total_seconds() * share
        if not plan:  # without a calendar, what was recorded and is not "off" counts as planned
            planned = sum(seconds for (state, _), seconds in states.items() if state != "off")
        for each in (own, total):
            each.add_time(planned, states)
            each.add_made(produced, lambda row: asked.cycles(row.operation, row.work_order) or machine.cycle_seconds)


def _pieces(machine: Machine, plan: Sequence[Worked], asked: _Asked) -> Iterable[tuple[str, str, str, Window, float]]:
    """Yield (key, names, window, share of planned work) of the pieces a machine's time falls into."""
    windows: list[tuple[Window, float, Worked | None]] = [(each.window, each.share, each) for each in plan]
    windows = windows or [(Window(asked.since, asked.until), 1.0, None)]
    for window, share, shift in windows:
        if asked.by == "machine":
            yield machine.uri, machine.name_zh, machine.name_en, window, share
        elif asked.by == "line":
            zh, en = machine.line_zh or "未归线", machine.line_en or "No line"
            yield machine.line or "", zh, en, window, share
        elif asked.by == "shift":
            code = shift.shift.code if shift else ""
            zh, en = (shift.shift.name_zh, shift.shift.name_en) if shift else ("无班次日历", "No shift calendar")
            yield code, zh, en, window, share
        else:
            for day, part in _days(window, asked.zone):
                yield day, day, day, part, share


def _days(window: Window, zone: tzinfo) -> Iterable[tuple[str, Window]]:
    start = window.since
    while start < window.until:
        midnight = start.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        yield start.astimezone(zone).date().isoformat(), Window(start, min(midnight, window.until))
        start = midnight


def _told(each: _Sum) -> Effectiveness:
    produced = sum((row.produced for row in each.made), Decimal(0))
    good = sum((row.good for row in each.made), Decimal(0))
    running = sum(seconds for (state, _), seconds in each.losses.items() if state == "running")
    run = each.planned_run if each.made else None
    told = figures(
        planned=each.planned, recorded=each.recorded, running=running, produced=produced, good=good, planned_run=run
    )
    losses = [
        Loss(state, reason, int(seconds)) for (state, reason), seconds in each.losses.items() if state != "running"
    ]
    return Effectiveness(
        each.key, each.zh, each.en, int(each.planned), each.planned_by, int(each.recorded), int(running), produced,
        good, sum((row.scrap for row in each.made), Decimal(0)), sum((row.rework for row in each.made), Decimal(0)),
        run, told.availability, told.effectiveness, told.quality, told.oee,
        sorted(losses, key=lambda loss: -loss.seconds),
    )  # fmt: skip


def lines() -> list[NamedUri]:
    """Return the lines of the plant model."""
    return [NamedUri(uri, zh, en) for uri, zh, en in store.lines()]


def yields(since: datetime, until: datetime, line: str | None = None) -> YieldReport:
    """Return the yield of every operation that anything passed between two times."""
    reached = tx().principal.sites_for(RIGHT)
    equipment = None
    if line is not None:
        equipment = [each.uri for each in store.machines(since, until) if line in (each.line, each.uri)]
    found = store.yields(since, until, equipment, None if reached is None else sorted(reached))
    names = operation_names({row[0] for row in found})
    rows = [
        OperationYield(
            row[0], *names[row[0]], row[1], row[2], row[3], row[4], row[5], row[6], first_pass_yield(row[2], row[3]),
            None if row[7] is None else float(row[7]),
        )
        for row in found
    ]  # fmt: skip
    tested = {row.operation: row.first_pass for row in rows if row.failed or row.scrap}
    return YieldReport(since, until, rolled_throughput_yield(tested) if rows else None, rows)
