"""The dairy as ``LivePlant`` lives it: what is due is done in order, a few things at a time."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Final

from suyuan.packs.dairy_demo.domain import live_floor as floor
from suyuan.packs.dairy_demo.domain.live_state import Memory, Turn
from suyuan.packs.dairy_demo.domain.writing import Event, header
from suyuan.packs.electronics_demo.contracts import LiveJournal

MOST: Final = 4
"""How many actions one turn does, so that a dairy that slept comes back gently."""
ACTIONS: Final[dict[str, Callable[..., None]]] = {
    "tanker": floor.tanker,
    "batch": floor.batch_begun,
    "pasteurised": floor.batch_pasteurised,
    "fill": floor.filled,
    "test": floor.lot_tested,
    "case": floor.cased,
    "pallet": floor.stacked,
    "ship": floor.shipped,
    "arrive": floor.arrived,
    "clean": floor.tank_cleaned,
    "churn": floor.churned,
    "put-away": floor.butter_put_away,
    "tank-reading": floor.tank_measured,
    "heat-reading": floor.heat_measured,
    "stop": floor.filler_stopped,
    "go-on": floor.filler_goes_on,
    "packing": floor.packing_begun,
}
_BEGIN: Final[tuple[tuple[float, str, tuple[Any, ...]], ...]] = (
    (0, "tanker", ("SILO-1",)), (4, "tanker", ("SILO-2",)), (8, "pasteurised", ("fresh",)),
    (12, "pasteurised", ("yoghurt",)), (1, "tank-reading", (0,)), (2, "heat-reading", ()), (900, "churn", ()),
    (300, "stop", ()), (6, "packing", ()),
)  # fmt: skip
"""The first batches come out of the pasteuriser at once, so that the fillers run from the first minute."""


class DairyLife:
    """The living dairy for ``LivePlant``."""

    name = "dairy-demo-live"

    def fresh(self) -> Memory:
        """Return the memory of a dairy that has not yet begun."""
        return {"version": 1, "ticket": 0, "order": 0, "due": [], "stock": {}}

    def take(self, memory: Memory, dice: random.Random, journal: LiveJournal, now: int) -> int:
        """Do what is due at ``now`` (milliseconds), at most ``MOST`` actions; return how many were done."""
        turn = Turn(memory, dice, journal, now)
        if not memory["due"]:
            for seconds, action, arguments in _BEGIN:
                turn.later(seconds, action, *arguments)
        ready = sorted(row for row in memory["due"] if row[0] <= now)[:MOST]
        for row in ready:
            memory["due"].remove(row)
            ACTIONS[row[2]](turn, *row[3])
        return len(ready)

    def header(self) -> Event:
        """Return the ``epcisHeader`` that names everything."""
        return header()
