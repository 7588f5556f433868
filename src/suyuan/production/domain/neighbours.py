"""Putting what was measured of an item beside what was measured of its neighbours. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median

from suyuan.production.contracts.history import HistoryStep
from suyuan.production.contracts.neighbours import MeasuredPoint, MeasuredSeries
from suyuan.trace.contracts import Parameter


@dataclass(frozen=True, slots=True)
class NearEvent:
    """An event around one of the item's, with what was measured at it."""

    own_number: int
    number: int
    time: datetime
    offset_minutes: int
    label: str
    uri: str
    parameters: Sequence[Parameter]


def measuring(steps: Iterable[HistoryStep], most: int) -> tuple[list[HistoryStep], bool]:
    """Return the newest steps that count and measured numbers, and whether there are more than ``most``."""
    found = [
        step
        for step in steps
        if not step.voided
        and not step.declares_error
        and any(isinstance(each.value, Decimal) for each in step.parameters)
    ]
    return found[-most:], len(found) > most


def series_of(steps: Sequence[HistoryStep], near: Iterable[NearEvent]) -> list[MeasuredSeries]:
    """Return a series for each parameter, step and machine; a value repeated by two of the item's steps stands once."""
    around: dict[int, list[NearEvent]] = {}
    for event in near:
        around.setdefault(event.own_number, []).append(event)
    heads: dict[tuple[object, ...], tuple[HistoryStep, Parameter]] = {}
    points: dict[tuple[object, ...], dict[tuple[int, int], MeasuredPoint]] = {}
    owned = {step.number for step in steps}
    for step in steps:
        for wanted in step.parameters:
            if not isinstance(wanted.value, Decimal):
                continue
            key = (wanted.name, wanted.unit, wanted.low, wanted.high, step.biz_step, step.equipment)
            heads.setdefault(key, (step, wanted))
            points.setdefault(key, {}).update(_points(around.get(step.number, ()), wanted, owned))
    told = [_series(*heads[key], points[key]) for key in heads]
    return sorted((each for each in told if each.points), key=lambda each: not each.outside)


def _points(events: Iterable[NearEvent], wanted: Parameter, owned: set[int]) -> Mapping[tuple[int, int], MeasuredPoint]:
    found: dict[tuple[int, int], MeasuredPoint] = {}
    for event in events:
        same = [each for each in event.parameters if (each.name, each.unit, each.low, each.high)
                == (wanted.name, wanted.unit, wanted.low, wanted.high)]  # fmt: skip
        for place, each in enumerate(same):
            if isinstance(each.value, Decimal):
                found[event.number, place] = MeasuredPoint(
                    event.number, event.time, event.offset_minutes, each.value, each.ok, event.number in owned,
                    event.label, event.uri,
                )  # fmt: skip
    return found


def _series(step: HistoryStep, wanted: Parameter, points: Mapping[tuple[int, int], MeasuredPoint]) -> MeasuredSeries:
    ordered = [points[key] for key in sorted(points, key=lambda key: (points[key].time, key))]
    others = [each.value for each in ordered if not each.own]
    return MeasuredSeries(
        wanted.name, wanted.unit, wanted.low, wanted.high, step.biz_step, step.equipment, step.equipment_name_zh,
        step.equipment_name_en, median(others) if others else None,
        any(each.own and each.ok is False for each in ordered), ordered,
    )  # fmt: skip
