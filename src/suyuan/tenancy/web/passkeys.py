"""Passkeys over HTTP: one's own, and signing in with one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from suyuan.chassis.http import open_operation, reply, signed_in
from suyuan.tenancy import api
from suyuan.tenancy.contracts import Passkey, PasskeyAdded
from suyuan.tenancy.web.proof import Confirmation
from suyuan.tenancy.web.session import SessionAnswer, answer_session

router = Router(tags=["proof"])


class Options(Schema):
    """What the browser needs for ``navigator.credentials`` (WebAuthn level 3, JSON form)."""

    options: dict[str, Any]


class PasskeyAnswer(Schema):
    """What ``navigator.credentials`` made, in its JSON form."""

    answer: dict[str, Any]


class NewPasskey(PasskeyAnswer):
    """A passkey to register, and what its person calls it."""

    name: str = Field(max_length=200)


class PasskeyName(Schema):
    """What its person calls it."""

    name: str = Field(max_length=200)


@router.post("/session/passkeys/ask", response=Options, summary="Begin to sign in with a passkey")
@open_operation("hands out a random question that runs out by itself; nothing is kept")
def ask(request: HttpRequest) -> HttpResponse:
    return reply({"options": api.ask_passkey(api.PASSKEY_SIGN_IN, api.visit_of(request))})


@router.post("/session/passkeys/sign-in", response=SessionAnswer, summary="Sign in with a passkey")
@open_operation("this is where one signs in; guessing is locked out")
def sign_in(request: HttpRequest, given: PasskeyAnswer) -> HttpResponse:
    principal = api.sign_in_by_passkey(request.session, given.answer, api.visit_of(request))
    return answer_session(request, api.session_info_of(principal))


@router.post("/session/passkeys/sign", response=Options, summary="Begin to prove oneself for a signature")
@signed_in
def ask_to_sign(request: HttpRequest) -> HttpResponse:
    return reply({"options": api.ask_passkey(api.PASSKEY_SIGN, api.visit_of(request))})


@router.post("/session/passkeys/begin", response=Options, summary="Begin to register a passkey")
@signed_in
def begin(request: HttpRequest, confirmation: Confirmation) -> HttpResponse:
    return reply({"options": api.begin_passkey(confirmation.password, api.visit_of(request))})


@router.post("/session/passkeys", response={201: PasskeyAdded}, summary="Register a passkey")
@signed_in
def add(request: HttpRequest, new: NewPasskey) -> HttpResponse:
    return reply(api.add_passkey(new.name, new.answer, api.visit_of(request)), 201)


@router.patch("/session/passkeys/{passkey_id}", response=Passkey, summary="Rename one's own passkey")
@signed_in
def rename(request: HttpRequest, passkey_id: int, change: PasskeyName) -> HttpResponse:
    return reply(api.rename_passkey(passkey_id, change.name))


@router.post("/session/passkeys/{passkey_id}/remove", response={204: None}, summary="Take one's own passkey off")
@signed_in
def remove(request: HttpRequest, passkey_id: int, confirmation: Confirmation) -> HttpResponse:
    api.remove_passkey(passkey_id, confirmation.password)
    return HttpResponse(status=204)
