"""One's own second factor and sessions, and the tenant's rules of signing in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from suyuan.chassis.http import guarded, reply, signed_in
from suyuan.kernel.disclosure import SEE_PEOPLE
from suyuan.tenancy import api
from suyuan.tenancy.contracts import Enrolment, HeldRight, OwnProof, SignInOutcome, SignInPolicy, SignInRow

router = Router(tags=["proof"])


class Confirmation(Schema):
    """The present password, typed again."""

    password: str


class Code(Schema):
    """What the authenticator shows."""

    code: str


class RecoveryCodes(Schema):
    """Recovery codes, shown for the only time."""

    codes: list[str]


class Ended(Schema):
    """How many sessions ended."""

    ended: int


class PolicyChange(Schema):
    """What to change of the rules; what is not named stays."""

    password_length: int | None = None
    password_history: int | None = None
    password_days: int | None = None
    idle_minutes: int | None = None
    session_hours: int | None = None
    sessions_most: int | None = None
    second_factor: Literal["optional", "administrators", "everyone"] | None = None


class SignInsPage(Schema):
    """Attempts to sign in, newest first."""

    rows: list[SignInRow]
    next: str | None = None
    total: int | None = None


class RightsPage(Schema):
    """Who can do what, and where."""

    rows: list[HeldRight]
    next: str | None = None
    total: int | None = None


@router.get("/session/proof", response=OwnProof, summary="How one proves who one is")
@signed_in
def show_proof(request: HttpRequest) -> HttpResponse:
    return reply(api.own_proof(request.session.session_key))


@router.post("/session/authenticator", response={201: Enrolment}, summary="Begin to bind an authenticator")
@signed_in
def begin(request: HttpRequest, confirmation: Confirmation) -> HttpResponse:
    return reply(api.begin_authenticator(confirmation.password), 201)


@router.post("/session/authenticator/confirm", response=RecoveryCodes, summary="Bind the authenticator")
@signed_in
def confirm(request: HttpRequest, code: Code) -> HttpResponse:
    return reply({"codes": api.confirm_authenticator(code.code)})


@router.post("/session/authenticator/codes", response=RecoveryCodes, summary="Make new recovery codes")
@signed_in
def make_codes(request: HttpRequest, confirmation: Confirmation) -> HttpResponse:
    return reply({"codes": api.new_recovery_codes(confirmation.password)})


@router.post("/session/authenticator/remove", response={204: None}, summary="Take the authenticator off")
@signed_in
def remove(request: HttpRequest, confirmation: Confirmation) -> HttpResponse:
    api.remove_own_authenticator(confirmation.password)
    return HttpResponse(status=204)


@router.delete("/session/open/{session_id}", response={204: None}, summary="End one of one's own sessions")
@signed_in
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    api.end_own_session(session_id, request.session.session_key)
    return HttpResponse(status=204)


@router.post("/session/end-others", response=Ended, summary="End every session of one's own but this")
@signed_in
def end_others(request: HttpRequest) -> HttpResponse:
    return reply({"ended": api.end_own_other_sessions(request.session.session_key)})


@router.post("/people/{person_id}/sign-out", response=Ended, summary="End every session of somebody")
@guarded("tenancy:person:write")
def sign_out_person(request: HttpRequest, person_id: int) -> HttpResponse:
    return reply({"ended": api.sign_out_everywhere(person_id)})


@router.post("/people/{person_id}/reset-authenticator", response={204: None}, summary="Take a lost authenticator off")
@guarded("tenancy:person:write")
def reset_authenticator(request: HttpRequest, person_id: int) -> HttpResponse:
    api.reset_authenticator(person_id)
    return HttpResponse(status=204)


@router.get("/security/policy", response=SignInPolicy, summary="The rules of signing in")
@guarded("tenancy:policy:read")
def show_policy(request: HttpRequest) -> HttpResponse:
    return reply(api.sign_in_policy())


@router.patch("/security/policy", response=SignInPolicy, summary="Change the rules of signing in")
@guarded("tenancy:policy:write")
def change_policy(request: HttpRequest, change: PolicyChange) -> HttpResponse:
    named = {name: value for name, value in change.dict(exclude_unset=True).items() if value is not None}
    return reply(api.change_sign_in_policy(named))


@router.get("/security/sign-ins", response=SignInsPage, summary="Who signed in, or tried to")
@guarded("tenancy:sign_in:read", SEE_PEOPLE)
def list_sign_ins(
    request: HttpRequest,
    search: str | None = None,
    outcome: SignInOutcome | None = None,
    noticeable: bool = False,
    since: Annotated[datetime | None, Query(alias="from")] = None,
    until: Annotated[datetime | None, Query(alias="to")] = None,
    cursor: int | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> HttpResponse:
    rows = api.sign_ins(
        limit + 1, search=search, outcome=outcome, noticeable=noticeable, since=since, until=until, before=cursor
    )
    following = str(rows[limit - 1].id) if len(rows) > limit else None
    return reply({"rows": rows[:limit], "next": following, "total": None})


@router.get("/security/rights", response=RightsPage, summary="Who can do what, and where")
@guarded("tenancy:role:read", SEE_PEOPLE)
def list_rights(request: HttpRequest, permission: str | None = None, person_id: int | None = None) -> HttpResponse:
    rows = api.rights_held(permission, person_id)
    return reply({"rows": rows, "next": None, "total": len(rows)})
