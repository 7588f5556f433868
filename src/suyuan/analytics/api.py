"""The door of ``analytics``: read models fed by the outbox, and the home page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from suyuan.analytics.contracts import Alarm, Home, Hour, StepCount
from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.latency import median_ms
from suyuan.chassis.withholding import left_out
from suyuan.kernel.disclosure import MEASURED
from suyuan.trace import api as trace
from suyuan.trace.contracts import EventFilter

_FEEDS = ("count_hours.sql", "note_inspections.sql", "raise_alarms.sql")
_TABLES = ("analytics_hour", "analytics_inspection", "analytics_alarm")
_ALARMS = {
    "non_conformant": ("检验不合格", "Inspection failed"),
    "hold": ("已冻结", "Put on hold"),
    "correction": ("记录已更正", "A record was corrected"),
    "parameter": ("参数超限", "Parameter out of limits"),
}


def feed(messages: Sequence[Mapping[str, Any]]) -> None:
    """Take newly recorded events into the read models (an outbox subscriber)."""
    numbers = sorted({number for message in messages for number in message["numbers"]})
    _feed(numbers)


def _feed(numbers: Sequence[int]) -> None:
    keys = {"tenant": tx().principal.tenant_id, "numbers": list(numbers)}
    for name in _FEEDS:
        tx().execute(named_sql("suyuan.analytics.store", name), keys)


def rebuild(chunk: int = 5000) -> int:
    """Make the tenant's read models anew from the ledger; return how many events were counted."""
    tenant = tx().principal.tenant_id
    for table in _TABLES:
        tx().execute(f"DELETE FROM {table} WHERE tenant_id = %s", (tenant,))
    after, counted = 0, 0
    while True:
        rows = tx().rows(
            "SELECT number FROM trace_event WHERE tenant_id = %s AND number > %s ORDER BY number LIMIT %s",
            (tenant, after, chunk),
        )
        if not rows:
            return counted
        _feed([row[0] for row in rows])
        after, counted = rows[-1][0], counted + len(rows)


def home(offset_minutes: int) -> Home:
    """Return today at a glance; the day is the reader's, ``offset_minutes`` east of UTC."""
    zone = timezone(timedelta(minutes=offset_minutes))
    today = datetime.now(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    start, day = today.astimezone(UTC), timedelta(days=1)
    hours = _hours(start - day, start + day)
    ours = [hour for hour in hours if hour.hour >= start]
    rate, first = _yield(start, start + day)
    return Home(
        date=today.date().isoformat(),
        output=sum(hour.output for hour in ours),
        output_yesterday=sum(hour.output for hour in hours if hour.hour < start),
        events=sum(hour.events for hour in ours),
        events_total=_total(),
        yield_rate=rate,
        first_pass_yield=first,
        first_pass_yield_yesterday=_yield(start - day, start)[1],
        hours=[hour for hour in hours if hour.hour >= datetime.now(UTC) - timedelta(hours=24)],
        steps=[StepCount(*row) for row in _rows("home_steps.sql", since=start, until=start + day)],
        latest=trace.list_events(EventFilter(), sort="-recorded", limit=8).rows,
        alarms=newest_alarms(8),
        capture_ms=median_ms("capture"),
        trace_ms=median_ms("trace"),
    )


def _rows(name: str, **values: object) -> list[tuple[Any, ...]]:
    reached = tx().principal.sites_for("analytics:home:read")
    sites = None if reached is None else sorted(reached)
    keys = {**values, "tenant": tx().principal.tenant_id, "sites": sites}
    return tx().rows(named_sql("suyuan.analytics.store", name), keys)


def _hours(since: datetime, until: datetime) -> list[Hour]:
    return [
        Hour(hour, events, output or 0) for hour, events, output in _rows("home_hours.sql", since=since, until=until)
    ]


def _total() -> int:
    since = datetime(1970, 1, 1, tzinfo=UTC)
    return sum(events for _, events in _rows("home_steps.sql", since=since, until=datetime(9000, 1, 1, tzinfo=UTC)))


def _yield(since: datetime, until: datetime) -> tuple[float | None, float | None]:
    inspected, good, first, first_good = _rows("home_yield.sql", since=since, until=until)[0]
    return (good / inspected if inspected else None), (first_good / first if first else None)


def newest_alarms(limit: int = 50) -> list[Alarm]:
    """Return the newest alarms, worded in both languages."""
    return [_alarm(row) for row in _rows("newest_alarms.sql", limit=limit)]


def _alarm(row: tuple[Any, ...]) -> Alarm:
    identity, time, level, kind, number, item_id, uri, code, subject_zh, subject_en, at_zh, at_en = row
    zh, en = _ALARMS[kind]
    if kind == "parameter" and left_out(tx().principal, MEASURED):
        subject_zh = subject_en = None
    what_zh = [part for part in (subject_zh, code or at_zh) if part]
    what_en = [part for part in (subject_en, code or at_en) if part]
    title_zh = f"{zh}：{' · '.join(what_zh)}" if what_zh else zh
    title_en = f"{en}: {' · '.join(what_en)}" if what_en else en
    return Alarm(identity, time, level, kind, title_zh, title_en, number, item_id, uri, code)
