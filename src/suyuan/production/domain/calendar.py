"""The shift calendar: when a site means to work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from suyuan.production.domain.oee import Window


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of a site; ``ends`` not after ``starts``: on the next day. ``weekdays``: ISO, of the day it starts."""

    site_id: int
    code: str
    name_zh: str
    name_en: str
    starts: time
    ends: time
    break_minutes: int
    weekdays: frozenset[int]
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Worked:
    """One shift on one day. ``share`` of its time is work: the rest is breaks, whose hours nobody plans."""

    shift: Shift
    day: date
    window: Window
    share: float


def worked(
    shifts: Sequence[Shift], days_off: frozenset[tuple[int, date]], since: datetime, until: datetime, zone: tzinfo
) -> list[Worked]:
    """Return the shifts within the window, cut at its ends, in time order."""
    found = []
    day = since.astimezone(zone).date() - timedelta(days=1)
    while day <= until.astimezone(zone).date():
        found += [each for shift in shifts if (each := _on(shift, day, days_off, since, until, zone)) is not None]
        day += timedelta(days=1)
    return sorted(found, key=lambda each: each.window.since)


def _on(
    shift: Shift, day: date, days_off: frozenset[tuple[int, date]], since: datetime, until: datetime, zone: tzinfo
) -> Worked | None:
    if day.isoweekday() not in shift.weekdays or (shift.site_id, day) in days_off:
        return None
    if (shift.valid_from and day < shift.valid_from) or (shift.valid_to and day > shift.valid_to):
        return None
    starts = datetime.combine(day, shift.starts, zone)
    ends = datetime.combine(day if shift.ends > shift.starts else day + timedelta(days=1), shift.ends, zone)
    share = 1 - shift.break_minutes * 60 / (ends - starts).total_seconds()
    window = Window(max(starts, since), min(ends, until))
    return Worked(shift, day, window, max(0.0, share)) if window.since < window.until else None
