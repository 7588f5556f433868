"""Feedback from the screen over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from suyuan.chassis.http import guarded, reply, signed_in
from suyuan.portal import api
from suyuan.portal.contracts import (
    FEEDBACK_ANSWER,
    FEEDBACK_READ,
    LARGEST_PICTURE,
    LONGEST_WORDS,
    Feedback,
    FeedbackKind,
    FeedbackPage,
    FeedbackState,
    ScreenSeen,
)

router = Router(tags=["feedback"])
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


class NewFeedback(Schema):
    """What somebody says about the screen they are at; ``picture``: PNG, JPEG or WebP in base64."""

    kind: FeedbackKind
    words: str = Field(min_length=1, max_length=LONGEST_WORDS)
    address: str = Field(min_length=1, max_length=2000, pattern=r"^/([^/\\].*)?$")
    page: str = Field("", max_length=200)
    language: Literal["zh", "en"] = "zh"
    theme: Literal["light", "dark"] = "light"
    screen: str = Field("", max_length=40)
    failed_request: str = Field("", max_length=64)
    picture: str | None = Field(None, max_length=LARGEST_PICTURE * 4 // 3 + 4)


class FeedbackAnswer(Schema):
    """What is answered; with ``close`` nothing is left to do."""

    answer: str = Field("", max_length=LONGEST_WORDS)
    close: bool = False


@dataclass(frozen=True, slots=True)
class OwnFeedback:
    """What one has sent, with the answers."""

    rows: list[Feedback]


@router.post("", response={201: Feedback}, summary="Say something about the screen one is at")
@signed_in
def send(request: HttpRequest, given: NewFeedback) -> HttpResponse:
    seen = ScreenSeen(
        given.address, given.page, given.language, given.theme, given.screen, failed_request=given.failed_request
    )
    return reply(api.send_feedback(given.kind, given.words, seen, given.picture), 201)


@router.get("/own", response=OwnFeedback, summary="What one has said, and the answers")
@signed_in
def own(request: HttpRequest) -> HttpResponse:
    return reply(OwnFeedback(api.own_feedback()))


@router.get("", response=FeedbackPage, summary="What people say about screens, newest first")
@guarded(FEEDBACK_READ)
def list_feedback(
    request: HttpRequest,
    state: FeedbackState | None = None,
    kind: FeedbackKind | None = None,
    cursor: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:
    return reply(api.list_feedback(state=state, kind=kind, before=cursor, limit=limit))


@router.get(
    "/{feedback_id}/picture",
    summary="The picture (WebP) that came with feedback, if it is one's own or one may read all",
)
@guarded(clear="one's own picture; another's only for who may see every field")
def picture(request: HttpRequest, feedback_id: Number) -> HttpResponse:
    response = HttpResponse(api.feedback_picture(feedback_id), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@router.post("/{feedback_id}/answer", response=Feedback, summary="Answer feedback, or close it; its writer is told")
@guarded(FEEDBACK_READ, FEEDBACK_ANSWER)
def answer(request: HttpRequest, feedback_id: Number, given: FeedbackAnswer) -> HttpResponse:
    return reply(api.answer_feedback(feedback_id, given.answer, close=given.close))
