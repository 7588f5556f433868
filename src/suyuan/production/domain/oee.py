"""Effectiveness of equipment after ISO 22400-2:2014, clause 9 (KPI definitions).

Availability A = APT / PBT (actual production time over planned busy time). Effectiveness E = PRI x PQ / APT (planned
run time per item, produced quantity). Quality ratio Q = GQ / PQ (good quantity). OEE index = A x E x Q. First pass
yield FPY = good parts of the first pass / inspected parts; rolled throughput yield RTY = the product of the FPYs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import prod


@dataclass(frozen=True, slots=True)
class Window:
    """A planned time of work."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Point:
    """A machine goes into a state."""

    time: datetime
    event_number: int
    state: str
    reason: str | None
    note: str | None
    person: str | None


@dataclass(frozen=True, slots=True)
class Lasting:
    """A state with its ends; ``open``: it still lasts."""

    point: Point
    since: datetime
    until: datetime
    open: bool


def intervals(points: Iterable[Point], since: datetime, until: datetime) -> list[Lasting]:
    """Return the states within the window, each until the next one of the machine; the last lasts until ``until``."""
    ordered = sorted(points, key=lambda each: (each.time, each.event_number))
    found = []
    for place, point in enumerate(ordered):
        ends = ordered[place + 1].time if place + 1 < len(ordered) else None
        start, end = max(point.time, since), min(ends or until, until)
        if start < end:
            found.append(Lasting(point, start, end, ends is None))
    return found


def overlap(lasting: Iterable[Lasting], windows: Sequence[Window]) -> dict[tuple[str, str | None], float]:
    """Return the seconds of each state and reason that lie within the windows (which do not overlap)."""
    found: dict[tuple[str, str | None], float] = {}
    for each in lasting:
        for window in windows:
            seconds = (min(each.until, window.until) - max(each.since, window.since)).total_seconds()
            if seconds > 0:
                key = each.point.state, each.point.reason
                found[key] = found.get(key, 0.0) + seconds
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """The four figures; None where what they need is not on record."""

    availability: float | None
    effectiveness: float | None
    quality: float | None
    oee: float | None


def figures(
    *, planned: float, recorded: float, running: float, produced: Decimal, good: Decimal, planned_run: float | None
) -> Figures:
    """Return A, E, Q and the OEE index.

    :param planned: PBT; ``running``: APT, of which only what is on record is known.
    :param recorded: seconds of PBT in which a state is on record; none: nothing is said of availability.
    :param planned_run: PRI x PQ in seconds; None: no planned run time is known.
    """
    availability = running / planned if planned > 0 and recorded > 0 else None
    effectiveness = planned_run / running if planned_run is not None and running > 0 else None
    quality = float(good / produced) if produced > 0 else None
    known = (availability, effectiveness, quality)
    oee = prod(each for each in known if each is not None) if None not in known else None
    return Figures(availability, effectiveness, quality, oee)


def first_pass_yield(first: int, first_good: int) -> float | None:
    """Return FPY; None where nothing passed for the first time."""
    return first_good / first if first else None


def rolled_throughput_yield(yields: Mapping[str, float | None]) -> float | None:
    """Return RTY over operations one after the other; None where no yield is known."""
    known = [each for each in yields.values() if each is not None]
    return prod(known) if known else None
