"""Signing in and out of the console, and one's own account."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router, Schema

from suyuan.chassis.database import tx
from suyuan.chassis.http import open_operation, reply, signed_in
from suyuan.chassis.settings import settings
from suyuan.kernel.principals import NOT_SIGNED_IN, Principal
from suyuan.tenancy import api
from suyuan.tenancy.contracts import Duty, Means, SessionInfo, SiteInfo, TenantInfo

router = Router(tags=["session"])


class Credentials(Schema):
    """What a person types to sign in. ``code``: from the authenticator, or a recovery code, where one is needed;
    ``passkey``: what a passkey answered, in its place.
    """

    login: str
    password: str
    code: str | None = None
    passkey: dict[str, Any] | None = None


class BadgeCredentials(Schema):
    """What a person scans and types at a station. ``tenant``: the company's code, where there are several."""

    tenant: str | None = None
    badge: str
    pin: str


class PinChange(Schema):
    """The password proves who asks."""

    password: str
    pin: str


class AccountChange(Schema):
    """What a person may change of their own account."""

    language: Literal["zh", "en"]


class PasswordChange(Schema):
    """The old password proves who asks."""

    old: str
    new: str


class SignedIn(Schema):
    """The person who is signed in."""

    id: int
    login: str
    name: str
    language: Literal["zh", "en"]


class SessionAnswer(Schema):
    """Who is signed in, with what the console needs. ``leave_to``: where signing out goes on to, at the service that
    signed the person in. ``withheld``: the groups of fields that are blank for them in every answer.
    """

    user: SignedIn
    tenant: TenantInfo
    sites: list[SiteInfo]
    permissions: list[str]
    withheld: list[Literal["people", "parties", "measured"]]
    must: list[Duty]
    csrf_token: str
    leave_to: str = ""


def answer_session(request: HttpRequest, info: SessionInfo) -> HttpResponse:
    """Return who is signed in, as the console wants it."""
    user = info.user
    return reply(
        {
            "user": {"id": user.id, "login": user.login, "name": user.name, "language": user.language},
            "tenant": info.tenant,
            "sites": info.sites,
            "permissions": info.permissions,
            "withheld": info.withheld,
            "must": info.must,
            "csrf_token": get_token(request),
            "leave_to": request.session.get(api.LEAVE_KEY, ""),
        }
    )


@router.get("", response=SessionAnswer, summary="Who is signed in")
@open_operation("tells a visitor only that nobody is signed in, and hands out the page's safety token")
def show(request: HttpRequest) -> HttpResponse:
    get_token(request)
    principal: Principal | None = getattr(request, "principal", None)
    if principal is None or principal.user_id is None:
        raise NOT_SIGNED_IN()
    return answer_session(request, api.session_info())


@router.post("", response=SessionAnswer, summary="Sign in")
@open_operation("this is where one signs in; guessing is locked out")
def sign_in(request: HttpRequest, credentials: Credentials) -> HttpResponse:
    principal = api.sign_in(
        request.session, credentials.login, credentials.password, api.visit_of(request), credentials.code,
        credentials.passkey,
    )  # fmt: skip
    return answer_session(request, api.session_info_of(principal))


@router.post("/badge", response=SessionAnswer, summary="Sign in at a station by badge and PIN")
@open_operation("this is where one signs in; guessing is locked out")
def sign_in_by_badge(request: HttpRequest, given: BadgeCredentials) -> HttpResponse:
    principal = api.sign_in_by_badge(request.session, given.tenant, given.badge, given.pin, api.visit_of(request))
    return answer_session(request, api.session_info_of(principal))


@router.post("/pin", response={204: None}, summary="Choose one's own PIN")
@signed_in
def change_pin(request: HttpRequest, change: PinChange) -> HttpResponse:
    api.change_own_pin(change.password, change.pin)
    return HttpResponse(status=204)


@router.delete("", response={204: None}, summary="Sign out")
@open_operation("ends whatever session the request came with")
def sign_out(request: HttpRequest) -> HttpResponse:
    api.sign_out(request.session)
    response = HttpResponse(status=204)
    response.delete_cookie(settings().session_cookie, samesite="Lax")
    return response


@router.patch("", response=SessionAnswer, summary="Change one's own account")
@signed_in
def change_account(request: HttpRequest, change: AccountChange) -> HttpResponse:
    api.change_language(change.language)
    return answer_session(request, api.session_info())


@router.post("/password", response={204: None}, summary="Change one's own password")
@signed_in
def change_password(request: HttpRequest, change: PasswordChange) -> HttpResponse:
    encoded = api.change_own_password(change.old, change.new)
    api.start_session(request.session, tx().principal, encoded, api.visit_of(request), Means("password"))
    return HttpResponse(status=204)
