"""Separation of duties over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from suyuan.chassis.http import guarded, reply
from suyuan.kernel.disclosure import SEE_PEOPLE
from suyuan.tenancy import api
from suyuan.tenancy.contracts import Duties, Person, RoleGrant

router = Router(tags=["duties"])


class WantedDuties(Schema):
    """Whether duties are to be separated."""

    separated: bool


class GivenRoles(Schema):
    """The roles that a person is to hold, in the place of those held."""

    roles: list[RoleGrant]


@router.get("/security/duties", response=Duties, summary="Separation of duties, and what mixes them")
@guarded("tenancy:policy:read")
def show_duties(request: HttpRequest) -> HttpResponse:
    return reply(api.duties())


@router.post("/security/duties", response=Duties, summary="Ask that duties be separated, or no longer")
@guarded("tenancy:policy:write")
def ask_duties(request: HttpRequest, wanted: WantedDuties) -> HttpResponse:
    return reply(api.ask_duties(wanted.separated))


@router.post("/security/duties/confirm", response=Duties, summary="Confirm the switch that somebody else asked for")
@guarded("tenancy:policy:write")
def confirm_duties(request: HttpRequest) -> HttpResponse:
    return reply(api.confirm_duties())


@router.post("/security/duties/withdraw", response=Duties, summary="Withdraw the switch that was asked for")
@guarded("tenancy:policy:write")
def withdraw_duties(request: HttpRequest) -> HttpResponse:
    return reply(api.withdraw_duties())


@router.put("/people/{person_id}/roles", response=Person, summary="Give a person roles")
@guarded("tenancy:role:write", SEE_PEOPLE)
def give_roles(request: HttpRequest, person_id: int, given: GivenRoles) -> HttpResponse:
    return reply(api.give_roles(person_id, given.roles))
