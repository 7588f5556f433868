"""What was measured of a unit or lot, beside its neighbours at the same machine."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from suyuan.chassis.database import tx
from suyuan.production.api.history import RIGHT
from suyuan.production.contracts.history import History
from suyuan.production.contracts.neighbours import Neighbours
from suyuan.production.domain.neighbours import NearEvent, measuring, series_of
from suyuan.production.store import history as store
from suyuan.trace import api as trace

MOST_STEPS: Final = 40
"""Steps of the item whose neighbours are looked for."""
EACH_WAY: Final = 8
"""Neighbours before a step, and after it."""


def neighbours(made: History) -> Neighbours:
    """Return what was measured of the item of a history, each value beside those of its neighbours."""
    steps, truncated = measuring(made.steps, MOST_STEPS)
    reached = tx().principal.sites_for(RIGHT)
    rows = store.around([step.number for step in steps], EACH_WAY, None if reached is None else sorted(reached))
    near = [
        NearEvent(own, number, when, offset, code or "", uri or "", trace.parameters_of(_document(sensors)))
        for own, number, when, offset, code, uri, sensors in rows
    ]
    return Neighbours(series_of(steps, near), truncated)


def _document(sensors: str | bytes) -> dict[str, Any]:
    return {"sensorElementList": msgspec.json.decode(sensors)}
