"""The living machines: now and then one stops for some minutes."""

from __future__ import annotations

from suyuan.packs.electronics_demo.domain.live_state import Turn
from suyuan.packs.electronics_demo.domain.machine_states import MACHINES, STOPS, state_entered

EVERY = 420.0
"""Seconds from one stop to the next, of all machines together."""


def machine_stopped(turn: Turn) -> None:
    """Have one machine stop, and run again a few minutes later."""
    turn.later(EVERY * (0.7 + 0.6 * turn.dice.random()), "machine-stop")
    place = turn.dice.randrange(len(MACHINES))
    state, reason, least, most = turn.dice.choice(STOPS)
    turn.write(state_entered(MACHINES[place], state, reason, turn.now))
    turn.later(30 * turn.dice.uniform(least, most), "machine-run", place)


def machine_runs(turn: Turn, place: int) -> None:
    """Have a machine run again."""
    turn.write(state_entered(MACHINES[place], "running", None, turn.now))
