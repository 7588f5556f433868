"""People and roles over HTTP."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from suyuan.chassis.http import guarded, reply
from suyuan.chassis.registry import registry
from suyuan.kernel.disclosure import SEE_PEOPLE
from suyuan.tenancy import api
from suyuan.tenancy.contracts import Person, RoleGrant, RoleInfo

router = Router(tags=["people"])


class PeoplePage(Schema):
    """Everybody."""

    rows: list[Person]
    next: str | None = None
    total: int | None = None


class RolesPage(Schema):
    """Every role."""

    rows: list[RoleInfo]
    next: str | None = None
    total: int | None = None


class NewPerson(Schema):
    """A person to add. Nobody sets another's password: they choose it by an invitation."""

    model_config = ConfigDict(extra="forbid")

    login: str
    name: str
    language: Literal["zh", "en"] = "zh"
    active: bool = True
    roles: list[RoleGrant] = Field(default_factory=list)
    badge: str | None = None
    pin: str | None = None
    mail: str | None = None


class PersonChange(Schema):
    """What to change of a person; what is not named stays, an empty badge or PIN is taken away."""

    model_config = ConfigDict(extra="forbid")

    login: str | None = None
    name: str | None = None
    language: Literal["zh", "en"] | None = None
    active: bool | None = None
    roles: list[RoleGrant] | None = None
    badge: str | None = None
    pin: str | None = None
    mail: str | None = None


class NewRole(Schema):
    """A role to add."""

    name_zh: str
    name_en: str
    permissions: list[str]


class RoleChange(Schema):
    """What to change of a role; what is not named stays."""

    name_zh: str | None = None
    name_en: str | None = None
    permissions: list[str] | None = None


class PermissionAnswer(Schema):
    """A right and what it lets one do."""

    name: str
    zh: str
    en: str


def _page(rows: list[Person] | list[RoleInfo]) -> HttpResponse:
    return reply({"rows": rows, "next": None, "total": len(rows)})


def _named(change: Schema) -> dict[str, object]:
    return {name: getattr(change, name) for name in change.model_fields_set if getattr(change, name) is not None}


@router.get("/people", response=PeoplePage, summary="Everybody who can sign in")
@guarded("tenancy:person:read", SEE_PEOPLE)
def list_people(request: HttpRequest) -> HttpResponse:
    return _page(api.people())


@router.post("/people", response={201: Person}, summary="Add a person")
@guarded("tenancy:person:write", SEE_PEOPLE)
def add_person(request: HttpRequest, new: NewPerson) -> HttpResponse:
    made = api.add_person(
        new.login, new.name, language=new.language, active=new.active, roles=new.roles,
        badge=new.badge, pin=new.pin, mail=new.mail,
    )  # fmt: skip
    return reply(made, 201)


@router.get("/people/{person_id}", response=Person, summary="One person")
@guarded("tenancy:person:read", SEE_PEOPLE)
def show_person(request: HttpRequest, person_id: int) -> HttpResponse:
    return reply(api.person(person_id))


@router.patch("/people/{person_id}", response=Person, summary="Change a person")
@guarded("tenancy:person:write", SEE_PEOPLE)
def change_person(request: HttpRequest, person_id: int, change: PersonChange) -> HttpResponse:
    return reply(api.change_person(person_id, _named(change)))


@router.get("/roles", response=RolesPage, summary="Every role")
@guarded("tenancy:role:read")
def list_roles(request: HttpRequest) -> HttpResponse:
    return _page(api.roles())


@router.post("/roles", response={201: RoleInfo}, summary="Add a role")
@guarded("tenancy:role:write")
def add_role(request: HttpRequest, new: NewRole) -> HttpResponse:
    return reply(api.add_role(new.name_zh, new.name_en, new.permissions), 201)


@router.patch("/roles/{role_id}", response=RoleInfo, summary="Change a role")
@guarded("tenancy:role:write")
def change_role(request: HttpRequest, role_id: int, change: RoleChange) -> HttpResponse:
    return reply(api.change_role(role_id, _named(change)))


@router.delete("/roles/{role_id}", response={204: None}, summary="Remove a role that nobody holds")
@guarded("tenancy:role:write")
def remove_role(request: HttpRequest, role_id: int) -> HttpResponse:
    api.remove_role(role_id)
    return HttpResponse(status=204)


@router.get("/permissions", response=list[PermissionAnswer], summary="Every right there is")
@guarded("tenancy:role:read")
def list_permissions(request: HttpRequest) -> HttpResponse:
    known = registry.permissions.values()
    return reply([{"name": right.name, "zh": right.title.zh, "en": right.title.en} for right in known])
