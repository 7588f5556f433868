"""What the demo plants enter in the same way: parts of the plant, tools, skills and shifts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Protocol

from suyuan.production.api import plant as door


class Part(Protocol):
    """A part of a demo plant; ``above`` is the code of the part that it belongs to, which comes before it."""

    @property
    def level(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def above(self) -> str | None: ...
    @property
    def uri(self) -> str: ...
    @property
    def class_name(self) -> str: ...
    @property
    def cycle_seconds(self) -> object: ...


def enter_parts(site: int, parts: Iterable[Part]) -> None:
    """Enter the parts of a plant, each below the one that it belongs to."""
    numbers: dict[str, int] = {}
    for part in parts:
        extra = {} if part.cycle_seconds is None else {"cycle_seconds": str(part.cycle_seconds)}
        made = door.add(door.EQUIPMENT, {
            "site_id": site, "level": part.level, "code": part.code, "name_zh": part.zh, "name_en": part.en,
            "parent_id": numbers.get(part.above or ""), "uri": part.uri, "class": part.class_name, "extra": extra,
            "retired": False,
        })  # fmt: skip
        numbers[part.code] = made.id


def enter_tools(site: int, tools: Iterable[tuple[str, str, str, str, int]], today: date) -> None:
    """Enter tools: code, names, class, days from today until they have to be calibrated again."""
    for code, zh, en, kind, days in tools:
        door.add(door.TOOL, {
            "site_id": site, "code": code, "name_zh": zh, "name_en": en, "uri": "", "class": kind, "extra": {},
            "calibrated": today + timedelta(days=days - 365), "due": today + timedelta(days=days), "retired": False,
        })  # fmt: skip


def enter_skills(skills: Iterable[tuple[str, str, str, object]]) -> Mapping[str, int]:
    """Enter what people can hold: code and names; return the numbers by code."""
    return {
        code: door.add(
            door.QUALIFICATION, {"code": code, "name_zh": zh, "name_en": en, "extra": {}, "retired": False}
        ).id
        for code, zh, en, _ in skills
    }


def enter_shift(site: int, shift: tuple[str, str, str, str, str], break_minutes: int) -> None:
    """Enter a shift of every day: code, names, when it starts and ends."""
    code, zh, en, starts, ends = shift
    door.add(door.SHIFT, {
        "site_id": site, "code": code, "name_zh": zh, "name_en": en, "starts": time.fromisoformat(starts),
        "ends": time.fromisoformat(ends), "break_minutes": break_minutes, "weekdays": [1, 2, 3, 4, 5, 6, 7],
        "valid_from": None, "valid_to": None, "extra": {}, "retired": False,
    })  # fmt: skip
