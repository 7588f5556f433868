"""What a unit's or lot's production history is made of. Times are UTC; decimals keep every digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from suyuan.kernel.disclosure import MEASURED, PEOPLE
from suyuan.trace.contracts import Parameter


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """Something that took part: enough to name it and to open its own history."""

    id: int
    uri: str
    label: str
    kind: str
    product: str | None
    product_name_zh: str | None
    product_name_en: str | None


@dataclass(frozen=True, slots=True)
class UsedMaterial:
    """A material that went in, or a part put in or taken out, at one step.

    ``how``: ``consumed`` (an input of what made it), ``put_in`` or ``taken_out`` (a part). ``taken_out_at`` tells when
    a part that was put in left again; None: it is still there. ``made_with``: how many things the event made, that all
    shared the quantity (0: none). A step that is voided leaves no material.
    """

    item: HistoryItem
    how: str
    quantity: Decimal | None
    unit: str | None
    time: datetime
    event_number: int
    made_with: int = 0
    taken_out_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One event in the item's making, or in that of what it was in at the time (``carried_by``).

    ``operation`` is the route's, where the order runs on one; else the business step stands for it. ``part`` is the
    item's own: ``made``, ``used``, ``put_in``, ``taken_out``, ``packed``, ``unpacked``, ``loaded``, ``unloaded``,
    ``assembled``, ``dismantled``, ``subject``. ``result`` is one of ``passed``, ``failed``, ``rework``, ``scrapped``,
    ``held``, ``none``. ``waited_seconds``: since the step before that counts. ``voided`` steps, and ``declares_error``
    ones, are shown and do not count; ``note`` says why they were declared wrong. ``instructions``: the revision
    of the work instructions in force when it was done.
    """

    number: int
    event_id: str
    time: datetime
    offset_minutes: int
    recorded: datetime
    biz_step: str | None
    disposition: str | None
    operation: str | None
    operation_name_zh: str | None
    operation_name_en: str | None
    part: str
    result: str
    carried_by: str | None
    place: str | None
    place_name_zh: str | None
    place_name_en: str | None
    person: Annotated[str | None, PEOPLE]
    person_name: Annotated[str | None, PEOPLE]
    equipment: str | None
    equipment_name_zh: str | None
    equipment_name_en: str | None
    work_order: str | None
    shift: str | None
    capture_method: str
    quantity: Decimal | None
    unit: str | None
    waited_seconds: int | None
    parameters: Annotated[Sequence[Parameter], MEASURED]
    voided: bool
    declares_error: bool
    note: str | None
    instructions: str | None = None


@dataclass(frozen=True, slots=True)
class HistorySummary:
    """The history in figures. ``lead_seconds``: from the first to the last step that counts."""

    steps: int
    began: datetime | None
    ended: datetime | None
    lead_seconds: int | None
    inspections: int
    failed: int
    reworks: int
    measured: int
    out_of_limits: int
    corrected: int


@dataclass(frozen=True, slots=True)
class History:
    """How one unit or lot was made, oldest step first; ``truncated``: earlier steps are left out."""

    item: HistoryItem
    lot: str | None
    serial: str | None
    state: str | None
    disposition: str | None
    place_name_zh: str | None
    place_name_en: str | None
    work_orders: Sequence[str]
    summary: HistorySummary
    steps: Sequence[HistoryStep]
    materials: Sequence[UsedMaterial]
    truncated: bool
    took_ms: float
