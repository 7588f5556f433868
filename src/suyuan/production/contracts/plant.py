"""What crosses the door about the plant model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any, Final, Literal

from suyuan.kernel.disclosure import PEOPLE

EquipmentLevel = Literal["area", "line", "work_centre", "equipment"]
LEVELS: Final[tuple[EquipmentLevel, ...]] = ("area", "line", "work_centre", "equipment")
"""ISA-95 (IEC 62264-1) below the site, outermost first."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """An area, line, work centre or piece of equipment. ``class_name``: what sort of machine, as routes ask for it."""

    id: int
    site_id: int
    uri: str
    level: EquipmentLevel
    parent_id: int | None
    code: str
    name_zh: str
    name_en: str
    class_name: str
    retired: bool
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool or gauge. ``due``: the last day it may be used without a new calibration; None: it needs none."""

    id: int
    site_id: int | None
    uri: str
    code: str
    name_zh: str
    name_en: str
    class_name: str
    calibrated: date | None
    due: date | None
    retired: bool
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Qualification:
    """What somebody must have learnt for an operation. ``holders``: how many hold it today."""

    id: int
    code: str
    name_zh: str
    name_en: str
    retired: bool
    extra: Mapping[str, Any]
    holders: int = 0


@dataclass(frozen=True, slots=True)
class Qualified:
    """Who holds a qualification, from and until when (both days included; None: without end)."""

    id: int
    qualification_id: int
    person: Annotated[str, PEOPLE]
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Team:
    """People who work together; ``members`` are URIs of persons."""

    id: int
    site_id: int | None
    code: str
    name_zh: str
    name_en: str
    members: Annotated[Sequence[str], PEOPLE]
    retired: bool
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift in the site's own time. ``ends`` not after ``starts``: on the next day.

    ``weekdays``: ISO 8601, 1 Monday to 7 Sunday, of the day on which it starts.
    """

    id: int
    site_id: int
    code: str
    name_zh: str
    name_en: str
    starts: time
    ends: time
    break_minutes: int
    weekdays: Sequence[int]
    valid_from: date | None
    valid_to: date | None
    retired: bool
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which a site does not work."""

    id: int
    site_id: int
    day: date
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class PlantPerson:
    """Somebody known to the master data, to be chosen as holder or member."""

    uri: str
    code: str
    name_zh: str | None
    name_en: str | None
