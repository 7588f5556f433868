"""Measuring the quality of entries."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from suyuan.capture.contracts.permissions import OVERRIDE, QUALITY
from suyuan.capture.contracts.quality import (
    OverriddenPage,
    OverriddenReading,
    Quality,
    QualityBy,
    QualityRow,
    points,
)
from suyuan.capture.store import quality as store
from suyuan.chassis.database import tx
from suyuan.kernel.instants import Instant

_AUTOMATIC: Final = ("scan", "camera", "device")
_PERIOD: Final = timedelta(days=7)
_MOST_OVERRIDDEN: Final = 200


def quality(by: QualityBy = "person", since: str | None = None, until: str | None = None) -> Quality:
    """Return the quality of the entries that arrived in a period: the last seven days where none is given.

    :raises Fault: ``kernel.time_…``.
    """
    end = Instant.parse(until, at="to").utc if until else datetime.now(UTC) + timedelta(seconds=1)
    start = Instant.parse(since, at="from").utc if since else end - _PERIOD
    reached = tx().principal.sites_for(QUALITY)
    rows = tuple(_row(row) for row in store.quality(by, start, end, None if reached is None else sorted(reached)))
    return Quality(since=start, until=end, by=by, rows=rows, total=_total(rows))


def _row(row: tuple[Any, ...]) -> QualityRow:
    ways: dict[str, int] = msgspec.json.decode(row[4])
    return QualityRow(
        key=row[0], name_zh=row[1], name_en=row[2], entries=row[3], ways=ways, delay_median=round(row[5], 1),
        delay_p95=round(row[6], 1), late=row[7], bursts=row[8], corrections=row[9], refused=row[10], warned=row[11],
        overridden=row[12], points=_points(row[3], ways, row[7], row[9], row[10]),
    )  # fmt: skip


def _points(entries: int, ways: dict[str, int], late: int, corrections: int, refused: int) -> int:
    automatic = sum(ways.get(way, 0) for way in _AUTOMATIC)
    return points(entries=entries, automatic=automatic, late=late, corrections=corrections, refused=refused)


def _total(rows: tuple[QualityRow, ...]) -> QualityRow:
    ways: Counter[str] = Counter()
    for row in rows:
        ways.update(row.ways)
    names = ("entries", "late", "bursts", "corrections", "refused", "warned", "overridden")
    sums = {name: sum(getattr(row, name) for row in rows) for name in names}
    count = max(1, sums["entries"])
    return QualityRow(
        key=None, name_zh=None, name_en=None, ways=dict(ways), **sums,
        delay_median=round(sum(row.delay_median * row.entries for row in rows) / count, 1),
        delay_p95=max((row.delay_p95 for row in rows), default=0.0),
        points=_points(sums["entries"], dict(ways), sums["late"], sums["corrections"], sums["refused"]),
    )  # fmt: skip


def overridden() -> OverriddenPage:
    """Return the newest entries that somebody let pass, of the sites that the right to override reaches."""
    reached = tx().principal.sites_for(OVERRIDE)
    rows = store.overridden(_MOST_OVERRIDDEN, None if reached is None else sorted(reached))
    return OverriddenPage(
        rows=tuple(
            OverriddenReading(
                id=row[0], node=row[1], received=row[2], sent_by=row[3], place=row[4], checks=tuple(row[5]),
                overrides=tuple(msgspec.json.decode(row[6]).get("overrides", ())),
            )
            for row in rows
        )
    )  # fmt: skip
