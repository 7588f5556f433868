"""Instants: times that know their offset, as EPCIS demands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from suyuan.kernel.faults import Fault, fault_kind

TIME_WITHOUT_OFFSET = fault_kind(
    "kernel.time_without_offset",
    422,
    zh="时间“{given}”没有时区偏移。",
    en="The time “{given}” has no time-zone offset.",
    remedy_zh="在时间后加偏移，例如 2026-11-21T08:00:00+08:00。",
    remedy_en="Add the offset, for example 2026-11-21T08:00:00+08:00.",
    exception="epcisException:ValidationException",
)
TIME_IMPOSSIBLE = fault_kind(
    "kernel.time_impossible",
    422,
    zh="“{given}”不是一个存在的时间。",
    en="“{given}” is not a time that exists.",
    remedy_zh="请按 ISO 8601 写，例如 2026-11-21T08:00:00+08:00。",
    remedy_en="Write it in ISO 8601, for example 2026-11-21T08:00:00+08:00.",
    exception="epcisException:ValidationException",
)

_ISO = re.compile(
    r"(?P<date>-?\d{4}-\d\d-\d\d)T(?P<time>\d\d:\d\d:\d\d)(?:\.(?P<fraction>\d+))?(?P<offset>Z|[+-]\d\d:\d\d)?"
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d):(?P<minutes>\d\d)|Z")


def parse_offset(text: str, *, at: str | None = None) -> int:
    """Return minutes east of UTC for ``+08:00``, ``-05:30`` or ``Z``; at most 14 hours either way."""
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise TIME_IMPOSSIBLE(at=at, given=text)
    if text == "Z":
        return 0
    minutes = int(match["hours"]) * 60 + int(match["minutes"])
    if int(match["minutes"]) > 59 or minutes > 14 * 60:
        raise TIME_IMPOSSIBLE(at=at, given=text)
    return -minutes if match["sign"] == "-" else minutes


@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """A point in time (microseconds, UTC) with the offset, in minutes, that the clock on the spot showed."""

    utc: datetime
    offset_minutes: int = 0

    @classmethod
    def parse(cls, text: str, *, at: str | None = None) -> Instant:
        """Read ISO 8601 with an offset. Digits beyond microseconds are cut.

        :raises Fault: ``kernel.time_without_offset`` or ``kernel.time_impossible``.
        """
        try:
            return _read(text)
        except Fault as fault:
            fault.at = at
            raise

    @property
    def local(self) -> datetime:
        """The time that the clock on the spot showed."""
        return self.utc.astimezone(timezone(timedelta(minutes=self.offset_minutes)))

    def isoformat(self) -> str:
        """Return ISO 8601 with the original offset, milliseconds at least."""
        shown = self.local
        return shown.isoformat(timespec="milliseconds" if shown.microsecond % 1000 == 0 else "microseconds")


@lru_cache(maxsize=10_000)
def _read(text: str) -> Instant:
    match = _ISO.fullmatch(text)
    if match is None:
        raise TIME_IMPOSSIBLE(given=text)
    if match["offset"] is None:
        raise TIME_WITHOUT_OFFSET(given=text)
    offset = parse_offset(match["offset"])
    micro = (match["fraction"] or "")[:6].ljust(6, "0")
    try:
        local = datetime.fromisoformat(f"{match['date']}T{match['time']}.{micro}")
        return Instant((local.replace(tzinfo=UTC) - timedelta(minutes=offset)), offset)
    except (ValueError, OverflowError):
        raise TIME_IMPOSSIBLE(given=text) from None
