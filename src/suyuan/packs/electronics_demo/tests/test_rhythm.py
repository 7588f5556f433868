"""The plant has the rhythm of a plant: shifts, meal breaks, weekends."""

from __future__ import annotations

from collections import Counter
from datetime import date

from suyuan.packs.electronics_demo.domain.clock import moment_of, shift_code, shift_index
from suyuan.packs.electronics_demo.tests.conftest import NOW, Run


def counted_by_hour(run: Run) -> Counter[tuple[str, int]]:
    return Counter(
        (event["eventTime"][:10], int(event["eventTime"][11:13]))
        for event in run.events
        if "csv" in event.get("suyuan:reading", {})
    )


def test_weekends_are_slower_and_sunday_nights_silent(run: Run) -> None:
    by_day: Counter[str] = Counter()
    for (day, _), count in counted_by_hour(run).items():
        by_day[day] += count
    whole = sorted(by_day)[1:-1]
    weekday = [by_day[day] for day in whole if date.fromisoformat(day).weekday() < 5]
    sunday = [by_day[day] for day in whole if date.fromisoformat(day).weekday() == 6]
    assert min(weekday) > 2 * max(sunday)
    assert len(whole) >= 28


def test_lunch_is_a_dip_and_nights_are_slower_than_days(run: Run) -> None:
    by_hour: Counter[int] = Counter()
    for (_, hour), count in counted_by_hour(run).items():
        by_hour[hour] += count
    assert by_hour[12] < 0.7 * by_hour[10]
    assert by_hour[2] < by_hour[10]


def test_units_are_as_many_as_asked_for(run: Run) -> None:
    assembled = sum(e["bizStep"] == "assembling" and e["type"] == "AssociationEvent" for e in run.events)
    assert 0.97 * 2500 < assembled <= 2500
    sold = sum(event["bizStep"] == "retail_selling" for event in run.events)
    assert 0.1 * 2500 < sold < 0.6 * 2500


def test_shifts_and_crews() -> None:
    moment = moment_of(NOW)
    assert shift_index(moment) == 0
    assert shift_code(moment) == "2026-11-21-A"
    assert shift_code(moment_of(NOW.replace(hour=3))) == "2026-11-20-C"
    assert shift_code(moment_of(NOW.replace(hour=23))) == "2026-11-21-B"


def test_every_plant_event_has_its_crew_machine_shift_and_reading(run: Run) -> None:
    for event in run.events:
        if "suyuan:equipment" in event:
            assert {"suyuan:person", "suyuan:shift", "suyuan:captureMethod", "suyuan:reading"} <= event.keys()
