"""Plant time: milliseconds since 1970 in UTC, shown at +08:00, and the three shifts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
OFFSET = "+08:00"
_EAST = 8 * HOUR
_ZONE = timezone(timedelta(hours=8))
_minutes: dict[int, str] = {}


def iso(moment: int) -> str:
    """Return ``moment`` in ISO 8601 with milliseconds and the plant's offset."""
    minute, rest = divmod(moment, MINUTE)
    text = _minutes.get(minute)
    if text is None:
        if len(_minutes) > 100_000:
            _minutes.clear()
        text = datetime.fromtimestamp(minute * 60, _ZONE).strftime("%Y-%m-%dT%H:%M:")
        _minutes[minute] = text
    return f"{text}{rest // 1000:02d}.{rest % 1000:03d}{OFFSET}"


def moment_of(when: datetime) -> int:
    """Return the moment of an aware ``when``."""
    if when.tzinfo is None:
        raise ValueError("a plant moment needs a time zone")
    return int((when - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1))


def day_number(moment: int) -> int:
    """Return the count of local days since 1970-01-01."""
    return (moment + _EAST) // DAY


def time_of_day(moment: int) -> int:
    """Return the milliseconds since local midnight."""
    return (moment + _EAST) % DAY


def weekday(moment: int) -> int:
    """Return 0 for Monday to 6 for Sunday, local."""
    return (day_number(moment) + 3) % 7


def at_time(moment: int, hour: float) -> int:
    """Return the moment at ``hour`` o'clock of the local day of ``moment``."""
    return day_number(moment) * DAY - _EAST + int(hour * HOUR)


def day_code(moment: int) -> str:
    """Return the local date as ``YYMMDD``, the way the plant's codes carry it."""
    text = iso(moment)
    return text[2:4] + text[5:7] + text[8:10]


def shift_index(moment: int) -> int:
    """Return 0 (08:00-16:00), 1 (16:00-24:00) or 2 (00:00-08:00)."""
    return (time_of_day(moment) // (8 * HOUR) + 2) % 3


def shift_code(moment: int) -> str:
    """Return date and letter of the shift, e.g. ``2026-11-07-A``; the night shift C belongs to the day it began on."""
    index = shift_index(moment)
    return f"{iso(moment - DAY if index == 2 else moment)[:10]}-{'ABC'[index]}"
