"""The working calendar: how fast the plant runs at any time, and when its n-th unit is due."""

from __future__ import annotations

from bisect import bisect_right

from suyuan.packs.electronics_demo.domain.clock import HOUR, MINUTE, time_of_day, weekday

SLOT = 15 * MINUTE
_SHIFT_PACE = (1.0, 0.85, 0.55)
_BREAKS = ((12.0, 12.75, 0.25), (18.0, 18.75, 0.3), (3.5, 4.25, 0.3), (8.0, 8.25, 0.5), (16.0, 16.25, 0.55))


def pace(moment: int) -> float:
    """Return the relative speed at ``moment``: shifts, meal breaks, hand-overs, slow weekends."""
    clock = time_of_day(moment) / HOUR
    shift = 0 if 8 <= clock < 16 else 1 if clock >= 16 else 2
    speed = _SHIFT_PACE[shift]
    day = weekday(moment)
    if day == 5:
        speed *= (0.6, 0.5, 0.8)[shift]
    elif day == 6:
        speed *= (0.4, 0.0, 0.0)[shift]
    elif day == 0 and shift == 2:
        speed = 0.0
    for begin, end, factor in _BREAKS:
        if begin <= clock < end:
            speed *= factor
    return speed


class Calendar:
    """Turns a count of units into the moment it is reached.

    The count is 0 at ``start`` and ``units`` at ``now``; it is negative before (stock that was built up), and goes on
    after ``now`` at the same pace.
    """

    def __init__(self, start: int, now: int, units: int) -> None:
        first = start - 8 * 24 * HOUR
        slots = list(range(first - first % SLOT, now + 4 * 24 * HOUR, SLOT))
        totals = [0.0]
        for slot in slots:
            totals.append(totals[-1] + pace(slot))
        self._slots = [*slots, slots[-1] + SLOT]
        begin, end = self._interpolate(totals, start), self._interpolate(totals, now)
        factor = units / (end - begin)
        self._totals = [(total - begin) * factor for total in totals]

    def _interpolate(self, totals: list[float], moment: int) -> float:
        index, rest = divmod(moment - self._slots[0], SLOT)
        return totals[index] + (totals[index + 1] - totals[index]) * rest / SLOT

    def at(self, count: float) -> int:
        """Return the moment when ``count`` units are reached (clamped to the calendar's ends)."""
        totals = self._totals
        index = min(max(bisect_right(totals, count) - 1, 0), len(totals) - 2)
        step = totals[index + 1] - totals[index]
        part = (count - totals[index]) / step if step else 0.0
        return self._slots[index] + int(min(max(part, 0.0), 1.0) * SLOT)
