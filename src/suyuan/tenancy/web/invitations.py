"""Invitations over HTTP: made and taken back by whoever manages people, opened by whoever holds the link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from suyuan.chassis.http import guarded, open_operation, reply
from suyuan.tenancy import api
from suyuan.tenancy.contracts import Invitation, InvitationMade

router = Router(tags=["people"])


class InvitationSecret(Schema):
    """What stands behind the # of the link; it is sent in a body, so that no address in any log has it."""

    secret: str = Field(min_length=1, max_length=200)


class ChosenPassword(InvitationSecret):
    """The password that the person chose."""

    password: str


@router.post(
    "/people/{person_id}/invitation", response={201: InvitationMade},
    summary="Invite somebody to choose a password, anew where they were invited before",
)  # fmt: skip
@guarded("tenancy:person:write")
def invite(request: HttpRequest, person_id: int) -> HttpResponse:
    return reply(api.invite(person_id, api.visit_of(request).website), 201)


@router.delete("/people/{person_id}/invitation", response={204: None}, summary="Take an invitation back")
@guarded("tenancy:person:write")
def revoke(request: HttpRequest, person_id: int) -> HttpResponse:
    api.revoke_invitation(person_id)
    return HttpResponse(status=204)


@router.post("/session/invitation", response=Invitation, summary="Whom a link invites")
@open_operation("whoever holds the link is asked for; its 256 random bits tell who, and guessing is locked out")
def show(request: HttpRequest, held: InvitationSecret) -> HttpResponse:
    return reply(api.open_invitation(held.secret, api.visit_of(request)))


@router.post("/session/invitation/accept", response={204: None}, summary="Choose the password that a link is for")
@open_operation("whoever holds the link chooses their own password, once; guessing is locked out")
def accept(request: HttpRequest, chosen: ChosenPassword) -> HttpResponse:
    api.accept_invitation(chosen.secret, chosen.password, api.visit_of(request))
    return HttpResponse(status=204)
