"""What the machines do: running, waiting, set up, broken down, off; as events, so that effectiveness can be read."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

from suyuan.packs.electronics_demo.domain.calendar import pace
from suyuan.packs.electronics_demo.domain.clock import DAY, HOUR, MINUTE
from suyuan.packs.electronics_demo.domain.staff import ASSEMBLY_LINES, SMT_LINES, Station
from suyuan.packs.electronics_demo.domain.writing import Event, Journal, at

STEP = "urn:suyuan:vocab:step:equipment_state"
"""Our own business step: a machine goes into a state."""
DAYS = 4
"""The last days of the period: what a plant looks at, and not more events than its products make."""
MACHINES: tuple[Station, ...] = (
    *(station for line in SMT_LINES for station in (line.printer, line.placer, line.oven)),
    *(station for line in ASSEMBLY_LINES.values() for station in (line.prepare, line.testers[0])),
)
STOPS = (
    ("idle", "no_material", 12, 34), ("setup", "changeover", 14, 30), ("down", "breakdown", 8, 50),
    ("idle", "blocked", 6, 15), ("down", "tool", 10, 25), ("setup", "adjusting", 5, 12),
)


def state_entered(machine: Station, state: str, reason: str | None, moment: int) -> Event:
    """Return the record of a machine going into a state."""
    event = at(
        machine, "ObjectEvent", moment, STEP, "active", action="OBSERVE", epcList=[machine.equipment],
        reading={"device": machine.code, "raw": f"STATE {state} {reason or '-'}"},
    )
    event["suyuan:state"] = state
    if reason is not None:
        event["suyuan:stateReason"] = reason
    return event


def _stretches(start: int, now: int) -> Iterator[tuple[int, bool]]:
    """Yield when the plant begins to work, and when it stops, by its calendar."""
    working = None
    for moment in range(start - start % (15 * MINUTE), now, 15 * MINUTE):
        works = pace(moment) > 0
        if works != working:
            working = works
            yield max(moment, start), works


def write_states(journal: Journal, dice: random.Random, now: int, days: int = DAYS) -> None:
    """Write the states of the machines in the last days before ``now``."""
    for machine in MACHINES:
        ends = [*_stretches(now - days * DAY, now), (now, False)]
        for (moment, works), (until, _) in pairwise(ends):
            if not works:
                _write(journal, machine, "off", "no_shift", moment)
                continue
            _write(journal, machine, "running", None, moment)
            _write_stops(journal, dice, machine, moment, until)


def _write_stops(journal: Journal, dice: random.Random, machine: Station, moment: int, until: int) -> None:
    """Write the stops of a machine while the plant works: one in some six hours."""
    moment += int(dice.uniform(2, 8) * HOUR)
    while moment < until - HOUR:
        state, reason, least, most = dice.choice(STOPS)
        _write(journal, machine, state, reason, moment)
        moment += int(dice.uniform(least, most) * MINUTE)
        _write(journal, machine, "running", None, moment)
        moment += int(dice.uniform(3, 9) * HOUR)


def _write(journal: Journal, machine: Station, state: str, reason: str | None, moment: int) -> None:
    journal.write(moment, state_entered(machine, state, reason, moment))
