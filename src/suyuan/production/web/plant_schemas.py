"""What the plant model's operations take and give."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from suyuan.production.contracts.checks import ExecutionCheck, Level
from suyuan.production.contracts.plant import (
    DayOff,
    Equipment,
    EquipmentLevel,
    PlantPerson,
    Qualification,
    Qualified,
    Shift,
    Team,
    Tool,
)

Number = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Text = Annotated[str, Field(max_length=400)]
Extra = dict[Annotated[str, Field(max_length=60)], Any]


class _Page(Schema):
    """Every row at once."""

    next: str | None = None
    total: int | None = None


class EquipmentPage(_Page):
    """Areas, lines, work centres and equipment."""

    rows: list[Equipment]


class NewEquipment(Schema):
    """A part of the plant. ``uri`` may be left out: it is made of level and code."""

    site_id: Number
    level: EquipmentLevel
    code: Text
    name_zh: Text
    name_en: Text
    parent_id: Number | None = None
    uri: Text = ""
    class_name: Text = ""
    extra: Extra = Field(default_factory=dict)


class EquipmentChange(Schema):
    """What to change of it; what is not named stays."""

    code: Text | None = None
    name_zh: Text | None = None
    name_en: Text | None = None
    parent_id: Number | None = None
    class_name: Text | None = None
    retired: bool | None = None
    extra: Extra | None = None


class ToolsPage(_Page):
    """Tools and gauges."""

    rows: list[Tool]


class NewTool(Schema):
    """A tool or gauge."""

    code: Text
    name_zh: Text
    name_en: Text
    site_id: Number | None = None
    uri: Text = ""
    class_name: Text = ""
    calibrated: date | None = None
    due: date | None = None
    extra: Extra = Field(default_factory=dict)


class ToolChange(Schema):
    """What to change of a tool."""

    code: Text | None = None
    name_zh: Text | None = None
    name_en: Text | None = None
    site_id: Number | None = None
    class_name: Text | None = None
    calibrated: date | None = None
    due: date | None = None
    retired: bool | None = None
    extra: Extra | None = None


class QualificationsPage(_Page):
    """Qualifications."""

    rows: list[Qualification]


class NewQualification(Schema):
    """A qualification."""

    code: Text
    name_zh: Text
    name_en: Text
    extra: Extra = Field(default_factory=dict)


class QualificationChange(Schema):
    """What to change of a qualification."""

    code: Text | None = None
    name_zh: Text | None = None
    name_en: Text | None = None
    retired: bool | None = None
    extra: Extra | None = None


class HoldersPage(_Page):
    """Who holds which qualification."""

    rows: list[Qualified]


class NewHolder(Schema):
    """Somebody holds a qualification from a day on."""

    qualification_id: Number
    person: Text
    valid_from: date
    valid_to: date | None = None


class HolderChange(Schema):
    """Other days."""

    valid_from: date | None = None
    valid_to: date | None = None


class TeamsPage(_Page):
    """Teams."""

    rows: list[Team]


class NewTeam(Schema):
    """A team."""

    code: Text
    name_zh: Text
    name_en: Text
    site_id: Number | None = None
    members: list[Text] = Field(default_factory=list, max_length=500)
    extra: Extra = Field(default_factory=dict)


class TeamChange(Schema):
    """What to change of a team."""

    code: Text | None = None
    name_zh: Text | None = None
    name_en: Text | None = None
    site_id: Number | None = None
    members: list[Text] | None = Field(None, max_length=500)
    retired: bool | None = None
    extra: Extra | None = None


class ShiftsPage(_Page):
    """Shifts."""

    rows: list[Shift]


Weekdays = Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(max_length=7)]
Minutes = Annotated[int, Field(ge=0, le=720)]


class NewShift(Schema):
    """A shift. ``ends`` not after ``starts``: on the next day."""

    site_id: Number
    code: Text
    name_zh: Text
    name_en: Text
    starts: time
    ends: time
    break_minutes: Minutes = 0
    weekdays: Weekdays
    valid_from: date | None = None
    valid_to: date | None = None
    extra: Extra = Field(default_factory=dict)


class ShiftChange(Schema):
    """What to change of a shift."""

    code: Text | None = None
    name_zh: Text | None = None
    name_en: Text | None = None
    starts: time | None = None
    ends: time | None = None
    break_minutes: Minutes | None = None
    weekdays: Weekdays | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    retired: bool | None = None
    extra: Extra | None = None


class DaysOffPage(_Page):
    """Days off."""

    rows: list[DayOff]


class NewDayOff(Schema):
    """A day on which a site does not work."""

    site_id: Number
    day: date
    name_zh: Text
    name_en: Text


class PlantPeoplePage(_Page):
    """People of the master data."""

    rows: list[PlantPerson]


class ExecutionChecksPage(_Page):
    """Every execution check with its level."""

    rows: list[ExecutionCheck]


class CheckSetting(Schema):
    """How strictly a check is made."""

    level: Level
