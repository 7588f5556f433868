"""What the dairy's machines did on each day: running, set up and cleaned, waiting for milk, off at night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from suyuan.packs.dairy_demo.domain.steps import state_entered
from suyuan.packs.dairy_demo.domain.writing import Event

Row = tuple[int, int, str, str | None]
DAY: dict[str, tuple[Row, ...]] = {
    "PAST-1": ((5, 30, "setup", "changeover"), (5, 50, "running", None), (7, 45, "setup", "cleaning"),
               (8, 20, "idle", "no_material"), (10, 0, "running", None), (11, 0, "setup", "cleaning"),
               (11, 40, "idle", "no_order"), (14, 20, "running", None), (16, 30, "setup", "cleaning"),
               (17, 10, "idle", "no_order"), (21, 30, "off", "no_shift")),
    "FILL-1": ((5, 30, "idle", "no_material"), (8, 40, "setup", "changeover"), (9, 0, "running", None),
               (10, 35, "down", "tool"), (10, 52, "running", None), (13, 2, "setup", "cleaning"),
               (13, 50, "idle", "no_material"), (15, 25, "running", None), (19, 42, "setup", "cleaning"),
               (20, 30, "idle", "no_order"), (21, 30, "off", "no_shift")),
    "FILL-2": ((5, 30, "idle", "no_material"), (11, 40, "setup", "changeover"), (12, 0, "running", None),
               (15, 20, "idle", "blocked"), (15, 41, "running", None), (19, 35, "setup", "cleaning"),
               (20, 30, "idle", "no_order"), (21, 30, "off", "no_shift")),
    "CHURN-1": ((5, 30, "idle", "no_order"), (7, 0, "running", None), (9, 30, "setup", "cleaning"),
                (10, 10, "idle", "no_order"), (21, 30, "off", "no_shift")),
    "CASE-1": ((5, 30, "idle", "no_material"), (13, 20, "running", None), (13, 52, "idle", "no_material"),
               (19, 38, "running", None), (20, 36, "idle", "no_order"), (21, 30, "off", "no_shift")),
    "PAL-1": ((5, 30, "idle", "no_material"), (13, 52, "running", None), (14, 22, "idle", "no_material"),
              (20, 5, "running", None), (21, 5, "idle", "no_order"), (21, 30, "off", "no_shift")),
}  # fmt: skip
"""What each machine goes into on a day, by hour and minute."""
BREAKDOWN = {"FILL-1": (2, 18, 10, 26), "PAST-1": (5, 6, 30, 18), "FILL-2": (7, 17, 5, 41)}
"""Breakdowns: every so many days, at hour and minute, for so many minutes."""


def of_days(start: datetime, now: datetime) -> Iterator[tuple[datetime, Event]]:
    """Yield every change of a machine's state from a midnight until ``now``."""
    for day in range((now - start).days + 1):
        begin = start + timedelta(days=day)
        for code, rows in DAY.items():
            for hour, minute, state, reason in (*rows, *_broken(code, day)):
                moment = begin + timedelta(hours=hour, minutes=minute)
                if moment < now:
                    yield moment, state_entered(moment, code, state, reason)


def _broken(code: str, day: int) -> Iterator[Row]:
    every, hour, minute, lasting = BREAKDOWN.get(code, (0, 0, 0, 0))
    if every and day % every == every - 1:
        yield hour, minute, "down", "breakdown"
        ends = hour * 60 + minute + lasting
        yield ends // 60, ends % 60, "running", None
