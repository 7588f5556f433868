"""Messages to people over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from suyuan.capture.api import acting
from suyuan.capture.contracts.actions import Notice
from suyuan.chassis.database import tx
from suyuan.chassis.http import language_of, reply, signed_in

router = Router(tags=["notices"])


class Notices(Schema):
    """One's newest messages, and how many are unread."""

    rows: list[Notice]
    unread: int


class ReadUntil(Schema):
    """Messages up to this one have been read."""

    until: int = Field(ge=0, lt=2**63)


@router.get("", response=Notices, summary="Messages to whoever is signed in")
@signed_in
def list_notices(request: HttpRequest) -> HttpResponse:
    accepted = request.headers.get("Accept-Language", "")
    language = language_of(accepted) if accepted not in ("", "*") else tx().principal.language
    rows, unread = acting.notices(language)
    return reply({"rows": rows, "unread": unread})


@router.post("/read", response={204: None}, summary="Note that one's messages have been read")
@signed_in
def read_notices(request: HttpRequest, read: ReadUntil) -> HttpResponse:
    acting.note_read(read.until)
    return HttpResponse(status=204)
