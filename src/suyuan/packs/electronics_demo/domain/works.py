"""What all floors of the plant share during a run."""

from __future__ import annotations

import random
from dataclasses import dataclass

from suyuan.packs.electronics_demo.domain.calendar import Calendar
from suyuan.packs.electronics_demo.domain.incoming import Supply
from suyuan.packs.electronics_demo.domain.writing import Journal


@dataclass(frozen=True, slots=True)
class Works:
    """The journal that events go to, the dice, the material supply and the calendar."""

    journal: Journal
    dice: random.Random
    supply: Supply
    calendar: Calendar
