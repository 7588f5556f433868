"""Mail over HTTP: which of it one gets, and what became of it."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, reply, signed_in
from suyuan.kernel.disclosure import SEE_PEOPLE
from suyuan.tenancy.api import mail as api
from suyuan.tenancy.contracts.mail import MailRow, MailState, OwnMail

router = Router(tags=["mail"])
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


class Choice(Schema):
    """Whether one wants mail about something."""

    topic: str = Field(max_length=60)
    wanted: bool


class MailPage(Schema):
    """Mails, newest first."""

    rows: list[MailRow]
    next: str | None = None
    total: int | None = None


@router.get("/session/mail", response=OwnMail, summary="Which mail one gets, and where it goes")
@signed_in
def show_own(request: HttpRequest) -> HttpResponse:
    return reply(api.own_mail())


@router.put("/session/mail", response=OwnMail, summary="Choose whether one gets mail about something")
@signed_in
def choose(request: HttpRequest, choice: Choice) -> HttpResponse:
    return reply(api.choose_mail(choice.topic, choice.wanted))


@router.post("/session/mail/try", response={202: None}, summary="Mail oneself something, to see whether it arrives")
@signed_in
def try_mail(request: HttpRequest) -> HttpResponse:
    api.try_mail(tx().request_id)
    return HttpResponse(status=202)


@router.get("/security/mails", response=MailPage, summary="Mail that waits, was sent or could not be")
@guarded("tenancy:policy:read", SEE_PEOPLE)
def list_mails(
    request: HttpRequest,
    state: MailState | None = None,
    cursor: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> HttpResponse:
    rows = api.mails(limit + 1, state, cursor)
    following = str(rows[limit - 1].id) if len(rows) > limit else None
    return reply({"rows": rows[:limit], "next": following, "total": None})


@router.post("/security/mails/{mail_id}/retry", response=MailRow, summary="Try again to send a mail that was not sent")
@guarded("tenancy:policy:write", SEE_PEOPLE)
def retry(request: HttpRequest, mail_id: Number) -> HttpResponse:
    return reply(api.retry_mail(mail_id))
