"""When a call goes further up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from suyuan.production.contracts.andon import AndonLevel


@dataclass(frozen=True, slots=True)
class Climb:
    """What a look at the clock gives: levels to tell now (from 1), how many are behind, and when to look again."""

    tell: tuple[int, ...]
    reached: int
    due: datetime | None


def climb(
    levels: Sequence[AndonLevel], reached: int, called: datetime, now: datetime, *, acknowledged: bool
) -> Climb:  # fmt: skip
    """Return what is due of an open call.

    A level that waits for an acknowledgement is passed over once there is one; one that waits for the end is not.
    """
    tell: list[int] = []
    while reached < len(levels):
        level = levels[reached]
        due = called + timedelta(minutes=level.after_minutes)
        if due > now:
            return Climb(tuple(tell), reached, due)
        reached += 1
        if not (acknowledged and level.unless == "acknowledged"):
            tell.append(reached)
    return Climb(tuple(tell), reached, None)


def fault_of_levels(levels: Sequence[AndonLevel], most: int, longest: int) -> tuple[int, str, str] | None:
    """Return what is wrong with a kind's levels: which (from 1), in Chinese and in English; None where nothing is."""
    if len(levels) > most:
        return most + 1, f"最多 {most} 级", f"there are at most {most}"
    before = -1
    for number, level in enumerate(levels, 1):
        if not 0 <= level.after_minutes <= longest:
            return number, f"分钟数要在 0–{longest} 之间", f"minutes are 0 to {longest}"
        if level.after_minutes <= before:
            return number, "分钟数要比上一级大", "it has to come later than the one before"
        if not level.roles and not level.people:
            return number, "没有写通知谁", "it names nobody to tell"
        before = level.after_minutes
    return None
