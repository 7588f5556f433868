"""Tables of shifts and of days off: when a site works."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import Any, Final

from suyuan.capture.api import importing
from suyuan.capture.contracts.import_targets import ImportTarget
from suyuan.kernel.faults import Bilingual
from suyuan.production.api import plant
from suyuan.production.api.importing import columns
from suyuan.production.api.importing.plant import site_of
from suyuan.production.contracts import import_faults as faults
from suyuan.production.store import plant as store

_CLOCK: Final = re.compile(r"(\d{1,2})[:：](\d{2})(?::00)?")
_PART: Final = re.compile(r"[01]|0?\.\d+")
_RANGE: Final = re.compile(r"([1-7])\s*[-–—~至到]\s*([1-7])")
_DAYS: Final = {
    name: number
    for number, names in enumerate(
        (("一", "mon", "monday"), ("二", "tue", "tuesday"), ("三", "wed", "wednesday"), ("四", "thu", "thursday"),
         ("五", "fri", "friday"), ("六", "sat", "saturday"), ("日", "天", "sun", "sunday")), 1)
    for name in (str(number), *names)
}  # fmt: skip
_LONGEST_BREAK: Final = 720


def clock(given: str, name: str) -> time:
    """Read a time of day: ``8:00``, ``24:00`` (midnight), or the part of a day that a sheet keeps for one.

    :raises Fault: ``production.import_clock``.
    """
    found, part = _CLOCK.fullmatch(given.strip()), _PART.fullmatch(given.strip())
    minutes = 24 * 60 + 1
    if part is not None:
        minutes = round(float(part[0]) * 24 * 60)
    elif found is not None and int(found[2]) < 60:
        minutes = int(found[1]) * 60 + int(found[2])
    if minutes > 24 * 60:
        raise faults.CLOCK_WRONG(at=f"/{name}", given=given)
    return time(minutes // 60 % 24, minutes % 60)


def weekdays(given: str) -> list[int]:
    """Read days of the week, ISO 8601 numbers: ``1-5``, ``1,3,5``, ``周一至周五``, ``Mon-Fri``, ``Sat Sun``.

    :raises Fault: ``production.import_weekdays``.
    """
    text = re.sub(r"星期|礼拜|周", "", given.strip().lower())
    text = re.sub(r"[a-z]+|[一二三四五六日天]", lambda word: f" {_DAYS.get(word[0], 'x')} ", text)
    text = re.sub(r"\s*([-–—~至到])\s*", r"\1", text)
    found: set[int] = set()
    for part in filter(None, re.split(r"[\s,，、;；|/]+", text.strip())):
        span = _RANGE.fullmatch(part)
        if span is not None:
            first, last = int(span[1]), int(span[2])
            found |= {(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)}
        elif re.fullmatch(r"[1-7]+", part):
            found |= {int(digit) for digit in part}
        else:
            raise faults.WEEKDAYS_WRONG(at="/weekdays", given=given)
    if not found:
        raise faults.WEEKDAYS_WRONG(at="/weekdays", given=given)
    return sorted(found)


def _keep_shift(values: Mapping[str, Any]) -> bool:
    minutes = values["break_minutes"] or 0
    if not (0 <= minutes <= _LONGEST_BREAK and minutes == int(minutes)):
        raise faults.BREAK_WRONG(at="/break_minutes", given=minutes)
    given = {
        **{name: values[name] for name in ("code", "name_zh", "name_en", "valid_from", "valid_to")},
        "site_id": site_of(values["site"]), "starts": clock(values["starts"], "starts"),
        "ends": clock(values["ends"], "ends"), "break_minutes": int(minutes),
        "weekdays": weekdays(values["weekdays"] or "1-7"),
    }  # fmt: skip
    known = [row for row in store.found(plant.SHIFT, "code", given["code"]) if row.site_id == given["site_id"]]
    if not known:
        plant.add(plant.SHIFT, {**given, "retired": False})
        return True
    changed = {name: value for name, value in given.items() if value != getattr(known[0], name)}
    if changed:
        plant.change(plant.SHIFT, known[0].id, changed)
    return bool(changed)


def _keep_day(values: Mapping[str, Any]) -> bool:
    given = {"site_id": site_of(values["site"]), "day": values["day"]}
    given |= {name: values[name] for name in ("name_zh", "name_en")}
    known = [row for row in store.found(plant.DAY_OFF, "day", given["day"]) if row.site_id == given["site_id"]]
    if not known:
        plant.add(plant.DAY_OFF, given)
        return True
    changed = {name: value for name, value in given.items() if value != getattr(known[0], name)}
    if changed:
        plant.change(plant.DAY_OFF, known[0].id, changed)
    return bool(changed)


_SITE: Final = columns.text("site", "工厂", "Site", ("工厂的代码", "the site's code"), needed=True)
_CLOCK_HINT: Final = ("如 08:00", "such as 08:00")
SHIFTS: Final = ImportTarget(
    "master.shifts",
    Bilingual("班次", "Shifts"),
    columns.form(
        _SITE,
        columns.CODE,
        columns.NAME_ZH,
        columns.NAME_EN,
        columns.text("starts", "开始", "Starts", _CLOCK_HINT, needed=True),
        columns.text("ends", "结束", "Ends", ("不晚于开始：次日", "not after the start: on the next day"), needed=True),
        columns.number("break_minutes", "休息分钟", "Break minutes"),
        columns.text(
            "weekdays", "星期", "Weekdays", ("如 1-5、周一至周五；留空：每天", "such as 1-5, Mon-Fri; empty: all")
        ),
        columns.day("valid_from", "有效起", "Valid from"),
        columns.day("valid_to", "有效止", "Valid to"),
    ),
    plant.WRITE,
    importing.one_by_one(_keep_shift),
)
DAYS_OFF: Final = ImportTarget(
    "master.days_off",
    Bilingual("休息日（工厂日历）", "Days off (calendar)"),
    columns.form(_SITE, columns.day("day", "日期", "Day", needed=True), columns.NAME_ZH, columns.NAME_EN),
    plant.WRITE,
    importing.one_by_one(_keep_day),
)
