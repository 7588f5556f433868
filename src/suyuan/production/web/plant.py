"""The plant model over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from suyuan.chassis.http import guarded, reply
from suyuan.kernel.disclosure import SEE_PEOPLE
from suyuan.production.api import levels as levels_api
from suyuan.production.api import plant as api
from suyuan.production.contracts.checks import ExecutionCheck
from suyuan.production.contracts.plant import DayOff, Equipment, Qualification, Qualified, Shift, Team, Tool
from suyuan.production.web.plant_schemas import (
    CheckSetting,
    DaysOffPage,
    EquipmentChange,
    EquipmentPage,
    ExecutionChecksPage,
    HolderChange,
    HoldersPage,
    NewDayOff,
    NewEquipment,
    NewHolder,
    NewQualification,
    NewShift,
    NewTeam,
    NewTool,
    Number,
    PlantPeoplePage,
    QualificationChange,
    QualificationsPage,
    ShiftChange,
    ShiftsPage,
    TeamChange,
    TeamsPage,
    Text,
    ToolChange,
    ToolsPage,
)

router = Router(tags=["plant model"])
READ, WRITE = "production:plant:read", "production:plant:write"
_UNSETTABLE: Final = frozenset({"parent_id", "site_id", "calibrated", "due", "valid_from", "valid_to"})


def _named(change: Schema) -> dict[str, Any]:
    """Return what a request names; an explicit null empties what may be empty, and is no word on the rest."""
    given = change.dict(exclude_unset=True)
    if "class_name" in given:
        given["class"] = given.pop("class_name")
    return {name: value for name, value in given.items() if value is not None or name in _UNSETTABLE}


def _new(new: Schema) -> dict[str, Any]:
    given = new.dict()
    if "class_name" in given:
        given["class"] = given.pop("class_name")
    return given | {"retired": False}


@router.get("/equipment", response=EquipmentPage, summary="Every one of the areas, lines, work centres and equipment")
@guarded(READ)
def list_equipment(request: HttpRequest) -> HttpResponse:
    return _listed(api.parts(api.EQUIPMENT))


@router.post("/equipment", response={201: Equipment}, summary="Add a part of the plant")
@guarded(WRITE)
def add_equipment(request: HttpRequest, new: NewEquipment) -> HttpResponse:
    return reply(api.add(api.EQUIPMENT, _new(new)), 201)


@router.patch("/equipment/{row_id}", response=Equipment, summary="Change a part of the plant")
@guarded(WRITE)
def change_equipment(request: HttpRequest, row_id: Number, change: EquipmentChange) -> HttpResponse:
    return reply(api.change(api.EQUIPMENT, row_id, _named(change)))


@router.get("/tools", response=ToolsPage, summary="Every one of the tools and gauges")
@guarded(READ)
def list_tools(request: HttpRequest) -> HttpResponse:
    return _listed(api.parts(api.TOOL))


@router.post("/tools", response={201: Tool}, summary="Add a tool")
@guarded(WRITE)
def add_tools(request: HttpRequest, new: NewTool) -> HttpResponse:
    return reply(api.add(api.TOOL, _new(new)), 201)


@router.patch("/tools/{row_id}", response=Tool, summary="Change a tool")
@guarded(WRITE)
def change_tools(request: HttpRequest, row_id: Number, change: ToolChange) -> HttpResponse:
    return reply(api.change(api.TOOL, row_id, _named(change)))


@router.get("/qualifications", response=QualificationsPage, summary="Every one of the qualifications")
@guarded(READ)
def list_qualifications(request: HttpRequest) -> HttpResponse:
    return _listed(api.qualifications())


@router.post("/qualifications", response={201: Qualification}, summary="Add a qualification")
@guarded(WRITE)
def add_qualifications(request: HttpRequest, new: NewQualification) -> HttpResponse:
    return reply(api.add(api.QUALIFICATION, _new(new)), 201)


@router.patch("/qualifications/{row_id}", response=Qualification, summary="Change a qualification")
@guarded(WRITE)
def change_qualifications(request: HttpRequest, row_id: Number, change: QualificationChange) -> HttpResponse:
    return reply(api.change(api.QUALIFICATION, row_id, _named(change)))


@router.get("/holders", response=HoldersPage, summary="Every one of the holders of qualifications")
@guarded(READ, SEE_PEOPLE)
def list_holders(request: HttpRequest) -> HttpResponse:
    return _listed(api.parts(api.QUALIFIED))


@router.post("/holders", response={201: Qualified}, summary="Add a holder of a qualification")
@guarded(WRITE, SEE_PEOPLE)
def add_holders(request: HttpRequest, new: NewHolder) -> HttpResponse:
    return reply(api.add(api.QUALIFIED, _new(new)), 201)


@router.patch("/holders/{row_id}", response=Qualified, summary="Change a holder of a qualification")
@guarded(WRITE, SEE_PEOPLE)
def change_holders(request: HttpRequest, row_id: Number, change: HolderChange) -> HttpResponse:
    return reply(api.change(api.QUALIFIED, row_id, _named(change)))


@router.delete("/holders/{row_id}", response={204: None}, summary="Remove a holder of a qualification")
@guarded(WRITE, SEE_PEOPLE)
def remove_holders(request: HttpRequest, row_id: Number) -> HttpResponse:
    api.remove(api.QUALIFIED, row_id)
    return HttpResponse(status=204)


@router.get("/teams", response=TeamsPage, summary="Every one of the teams")
@guarded(READ, SEE_PEOPLE)
def list_teams(request: HttpRequest) -> HttpResponse:
    return _listed(api.parts(api.TEAM))


@router.post("/teams", response={201: Team}, summary="Add a team")
@guarded(WRITE, SEE_PEOPLE)
def add_teams(request: HttpRequest, new: NewTeam) -> HttpResponse:
    return reply(api.add(api.TEAM, _new(new)), 201)


@router.patch("/teams/{row_id}", response=Team, summary="Change a team")
@guarded(WRITE, SEE_PEOPLE)
def change_teams(request: HttpRequest, row_id: Number, change: TeamChange) -> HttpResponse:
    return reply(api.change(api.TEAM, row_id, _named(change)))


@router.get("/shifts", response=ShiftsPage, summary="Every one of the shifts")
@guarded(READ)
def list_shifts(request: HttpRequest) -> HttpResponse:
    return _listed(api.parts(api.SHIFT))


@router.post("/shifts", response={201: Shift}, summary="Add a shift")
@guarded(WRITE)
def add_shifts(request: HttpRequest, new: NewShift) -> HttpResponse:
    return reply(api.add(api.SHIFT, _new(new)), 201)


@router.patch("/shifts/{row_id}", response=Shift, summary="Change a shift")
@guarded(WRITE)
def change_shifts(request: HttpRequest, row_id: Number, change: ShiftChange) -> HttpResponse:
    return reply(api.change(api.SHIFT, row_id, _named(change)))


@router.get("/days-off", response=DaysOffPage, summary="Every one of the days off")
@guarded(READ)
def list_days_off(request: HttpRequest) -> HttpResponse:
    return _listed(api.parts(api.DAY_OFF))


@router.post("/days-off", response={201: DayOff}, summary="Add a day off")
@guarded(WRITE)
def add_days_off(request: HttpRequest, new: NewDayOff) -> HttpResponse:
    return reply(api.add(api.DAY_OFF, _new(new)), 201)


@router.delete("/days-off/{row_id}", response={204: None}, summary="Remove a day off")
@guarded(WRITE)
def remove_days_off(request: HttpRequest, row_id: Number) -> HttpResponse:
    api.remove(api.DAY_OFF, row_id)
    return HttpResponse(status=204)


@router.get("/people", response=PlantPeoplePage, summary="People of the master data, to choose from")
@guarded(READ, SEE_PEOPLE)
def list_people(request: HttpRequest) -> HttpResponse:
    return _listed(api.people())


@router.get("/checks", response=ExecutionChecksPage, summary="Every execution check with its level")
@guarded(READ)
def list_checks(request: HttpRequest) -> HttpResponse:
    return _listed(levels_api.execution_checks())


@router.put("/checks/{check}", response=ExecutionCheck, summary="Set how strictly a check is made")
@guarded("production:check:write")
def set_check(request: HttpRequest, check: Text, setting: CheckSetting) -> HttpResponse:
    return reply(levels_api.set_level(check, setting.level))


def _listed(rows: Sequence[object]) -> HttpResponse:
    return reply({"rows": rows, "next": None, "total": len(rows)})
