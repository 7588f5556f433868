"""Work in process: how items pass through operations, and what the board shows. Times are UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Passage:
    """An item's pass through an operation. ``result`` as in live.sql; ``first``: its first at that operation."""

    item_id: int
    event_number: int
    site_id: int
    time: datetime
    operation: str
    came_from: str | None
    waited_seconds: int | None
    result: str
    first: bool
    quantity: Decimal
    equipment: str | None
    place: str | None
    work_order: str | None
    product: str | None


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item in work. ``operation`` is the one it passed last; ``state`` is waiting, running, rework or held.

    ``rework_seconds``: spent so far between failing and passing, ``rework_since``: failing now, since then.
    """

    item_id: int
    site_id: int
    product: str | None
    work_order: str | None
    operation: str
    place: str | None
    equipment: str | None
    state: str
    entered: datetime
    since: datetime
    quantity: Decimal
    reworks: int
    rework_seconds: int
    rework_since: datetime | None
    event_number: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an operation is the bottleneck. ``growth`` is in items an hour, ``clearing_seconds`` the queue over the pace.

    ``utilisation``: the share of the window in which its machines ran; None: no states are recorded.
    """

    queue: int
    growth: float
    pace: float
    clearing_seconds: int | None
    waited_median_seconds: int | None
    utilisation: float | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One operation of the board: what waits for it, and how it went in the window.

    ``ahead`` False: nobody knows what comes next, the items stand after their last operation. Ages in seconds.
    """

    operation: str
    name_zh: str
    name_en: str
    ahead: bool
    count: int
    quantity: Decimal
    waiting: int
    running: int
    rework: int
    held: int
    age_median: int | None
    age_p95: int | None
    age_oldest: int | None
    oldest_uri: str | None
    arrived: int
    done: int
    failed: int
    waited_median_seconds: int | None
    rework_seconds: int
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Board:
    """Work in process now. ``window_hours``: the time before now that arrivals and pace are counted in."""

    at: datetime
    window_hours: float
    count: int
    rework: int
    held: int
    age_median: int | None
    finished: int
    bottleneck: str | None
    rows: Sequence[BoardRow]
    orders: Sequence[str]
    took_ms: float


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An item in work, in the list behind a figure of the board."""

    item_id: int
    uri: str
    label: str
    kind: str
    product: str | None
    product_name_zh: str | None
    product_name_en: str | None
    work_order: str | None
    operation: str
    state: str
    entered: datetime
    since: datetime
    reworks: int
    quantity: Decimal
