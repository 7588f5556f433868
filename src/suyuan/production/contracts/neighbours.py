"""What was measured of a unit or lot beside what was measured of its neighbours at the same machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from suyuan.kernel.disclosure import MEASURED


@dataclass(frozen=True, slots=True)
class MeasuredPoint:
    """A value, of the item itself (``own``) or of a neighbour. Times are UTC, to be told at ``offset_minutes``."""

    event_number: int
    time: datetime
    offset_minutes: int
    value: Decimal
    ok: bool | None
    own: bool
    label: str
    uri: str


@dataclass(frozen=True, slots=True)
class MeasuredSeries:
    """A parameter at a step on a machine, in time order, against the limits that were the item's own.

    Values that were judged by other limits (of another product, say) are left out. ``median`` is the neighbours'.
    """

    name: str
    unit: str | None
    low: Decimal | None
    high: Decimal | None
    biz_step: str | None
    equipment: str | None
    equipment_name_zh: str | None
    equipment_name_en: str | None
    median: Decimal | None
    outside: bool
    points: Sequence[MeasuredPoint]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Every parameter of the item beside its neighbours', those out of limits first."""

    series: Annotated[Sequence[MeasuredSeries], MEASURED]
    truncated: bool
