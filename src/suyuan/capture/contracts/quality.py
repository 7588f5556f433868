"""The quality of entries: how they were made, how late, how often put right."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from suyuan.kernel.disclosure import PEOPLE

QualityBy = Literal["person", "team", "node", "site", "device"]
"""``team``: the team of the person, as the plant lists them; of whoever is in none, the role of who sent the entry."""
EntriesWhat = Literal["all", "by_hand", "late", "corrected", "refused", "overridden"]


class QualityRow(msgspec.Struct, frozen=True, kw_only=True):
    """Entries of one person, node, site or device. ``ways``: how many by each way; delays in seconds from event to
    server. ``bursts``: messages with five late entries or more. ``points``: of 100, see :func:`points`."""

    key: str | None
    name_zh: str | None
    name_en: str | None
    entries: int
    ways: dict[str, int]
    delay_median: float
    delay_p95: float
    late: int
    bursts: int
    corrections: int
    refused: int
    warned: int
    overridden: int
    points: int


class QualityTargets(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a plant wants: shares in percent, points of 100; the first and the last at least, others at most."""

    automatic: Annotated[int, msgspec.Meta(ge=0, le=100)] = 90
    late: Annotated[int, msgspec.Meta(ge=0, le=100)] = 5
    corrected: Annotated[int, msgspec.Meta(ge=0, le=100)] = 2
    refused: Annotated[int, msgspec.Meta(ge=0, le=100)] = 5
    points: Annotated[int, msgspec.Meta(ge=0, le=100)] = 90


class MonthPoints(msgspec.Struct, frozen=True, kw_only=True):
    """A month (``2026-11``, UTC) and its points."""

    month: str
    entries: int
    points: int


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """The quality of a period's entries, and of all of them together."""

    since: datetime
    until: datetime
    by: QualityBy
    rows: tuple[QualityRow, ...]
    total: QualityRow
    targets: QualityTargets
    months: tuple[MonthPoints, ...]


class EntryRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry behind a figure. ``delay``: seconds from event to server; ``event``: number of its first event."""

    id: UUID
    node: str
    taken: datetime
    received: datetime
    delay: float
    way: str
    person: Annotated[str | None, PEOPLE]
    sent_by: Annotated[str, PEOPLE]
    outcome: str
    late: bool
    corrected: bool
    event: int | None


class EntryPage(msgspec.Struct, frozen=True, kw_only=True):
    """Entries, newest first; at most 200."""

    rows: tuple[EntryRow, ...]


class OverriddenReading(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that somebody let pass though a check stopped it."""

    id: UUID
    node: str
    received: datetime
    sent_by: Annotated[str, PEOPLE]
    place: str | None
    checks: tuple[str, ...]
    overrides: Annotated[tuple[dict[str, Any], ...], PEOPLE]


class OverriddenPage(msgspec.Struct, frozen=True, kw_only=True):
    """Overridden entries, newest first."""

    rows: tuple[OverriddenReading, ...]


def points(*, entries: int, automatic: int, late: int, corrections: int, refused: int) -> int:
    """Return 100, less 40 × share entered by hand, 30 × late, 20 × corrected, 10 × refused; 0 to 100."""
    if not entries:
        return 100
    lost = 40 * (entries - automatic) + 30 * late + 20 * corrections + 10 * refused
    return max(0, round(100 - lost / entries))
