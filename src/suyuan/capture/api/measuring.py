"""Measuring the quality of entries."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from suyuan.capture.contracts.permissions import OVERRIDE, QUALITY
from suyuan.capture.contracts.quality import (
    EntriesWhat,
    EntryPage,
    EntryRow,
    MonthPoints,
    OverriddenPage,
    OverriddenReading,
    Quality,
    QualityBy,
    QualityRow,
    QualityTargets,
    points,
)
from suyuan.capture.store import quality as store
from suyuan.capture.store.sheets import WrittenColumn, written
from suyuan.chassis.database import tx
from suyuan.chassis.registry import registry
from suyuan.kernel.faults import Language
from suyuan.kernel.instants import Instant
from suyuan.tenancy import api as tenancy

_AUTOMATIC: Final = ("scan", "camera", "device")
_PERIOD: Final = timedelta(days=7)
_MOST_OVERRIDDEN: Final = 200
_MOST_ENTRIES: Final = 200
_MONTHS: Final = timedelta(days=334)
_HEADS: Final = (
    ("", "得分", "录入", "延迟中位数（秒）", "延迟 P95（秒）", "补录", "突击补录", "更正", "拒绝", "提醒", "放行"),
    ("", "Points", "Entries", "Delay median (s)", "Delay p95 (s)", "Late", "Bursts", "Corrected", "Refused", "Warned",
     "Overridden"),
)  # fmt: skip


def quality(by: QualityBy = "person", since: str | None = None, until: str | None = None) -> Quality:
    """Return the quality of the entries that arrived in a period: the last seven days where none is given.

    :raises Fault: ``kernel.time_…``.
    """
    start, end = _period(since, until)
    sites = _sites()
    rows = tuple(_row(row) for row in store.quality(by, start, end, sites, _teams() if by == "team" else store.Teams()))
    first = (datetime.now(UTC) - _MONTHS).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = tuple(
        MonthPoints(
            month=month, entries=count,
            points=points(entries=count, automatic=automatic, late=late, corrections=corrected, refused=refused),
        )
        for month, count, automatic, late, corrected, refused in store.months(first, sites)
    )  # fmt: skip
    return Quality(since=start, until=end, by=by, rows=rows, total=_total(rows), targets=targets(), months=months)


def _sites() -> list[int] | None:
    reached = tx().principal.sites_for(QUALITY)
    return None if reached is None else sorted(reached)


def _teams() -> store.Teams:
    """Return the teams of the plant, and for whoever is in none the first of their roles."""
    persons: dict[str, str] = {}
    for listed in registry.team_lists:
        persons |= listed()
    roles = {role.id: f"{role.name_zh} {role.name_en}".strip() for role in tenancy.roles()}
    senders = {each.name: roles.get(each.roles[0].role_id, "") for each in tenancy.people() if each.roles}
    return store.Teams(persons, senders)


def targets() -> QualityTargets:
    """Return the targets of this plant; until it sets some, those that the product starts with."""
    found = store.targets()
    if found is None:
        return QualityTargets()
    automatic, late, corrected, refused, wanted = found
    return QualityTargets(automatic=automatic, late=late, corrected=corrected, refused=refused, points=wanted)


def set_targets(wanted: QualityTargets) -> QualityTargets:
    """Set this plant's targets."""
    store.set_targets(wanted.automatic, wanted.late, wanted.corrected, wanted.refused, wanted.points)
    return targets()


def entries_behind(
    by: QualityBy, key: str | None, what: EntriesWhat, since: str | None = None, until: str | None = None
) -> EntryPage:
    """Return the newest entries behind a figure of :func:`quality`.

    :raises Fault: ``kernel.time_…``.
    """
    start, end = _period(since, until)
    found = store.entries(
        by, key, what, start, end, _sites(), _teams() if by == "team" else store.Teams(), _MOST_ENTRIES
    )
    names = EntryRow.__struct_fields__
    return EntryPage(rows=tuple(EntryRow(**dict(zip(names, row, strict=True))) for row in found))


def export(by: QualityBy, since: str | None, until: str | None, language: Language) -> bytes:
    """Return a workbook with the figures of :func:`quality`."""
    found = quality(by, since, until)
    ways = sorted({way for row in found.rows for way in row.ways})
    heads = _HEADS[0 if language == "zh" else 1]
    rows = []
    for row in (*found.rows, found.total):
        name = (row.name_zh if language == "zh" else row.name_en) or row.key or ""
        figures = (
            row.points, row.entries, row.delay_median, row.delay_p95, row.late, row.bursts, row.corrections,
            row.refused, row.warned, row.overridden, *(row.ways.get(way, 0) for way in ways),
        )  # fmt: skip
        rows.append([name, *map(str, figures)])
    return written("quality", [WrittenColumn(head, width=14) for head in (*heads, *ways)], rows)


def _period(since: str | None, until: str | None) -> tuple[datetime, datetime]:
    end = Instant.parse(until, at="to").utc if until else datetime.now(UTC) + timedelta(seconds=1)
    return (Instant.parse(since, at="from").utc if since else end - _PERIOD), end


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
