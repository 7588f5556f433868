"""Code rules over HTTP: previews, rules to start from, codes taken apart. Drafts and versions: ``/definitions``."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from suyuan.chassis.http import guarded, reply
from suyuan.coding.api import rules as api
from suyuan.coding.api.past import MOST_TRIED, try_on_past
from suyuan.coding.contracts.code_rules import PastTrial, ReadyRule, RulePreview, TakenApart

router = Router(tags=["code rules"])


class RuleDraft(Schema):
    """A rule to try: its body, values for its fields (samples where none are given), and the moment of issuing."""

    body: dict[str, Any]
    fields: dict[str, Annotated[str, Field(max_length=200)]] = Field(default_factory=dict)
    moment: datetime | None = None
    count: int = Field(5, ge=1, le=20)


class PastDraft(Schema):
    """A draft of the rule ``key`` to try on the newest ``count`` codes on record."""

    key: Annotated[str, Field(max_length=200)]
    body: dict[str, Any]
    count: int = Field(1000, ge=1, le=MOST_TRIED)


class ReadyRules(Schema):
    """Rules to start from."""

    rows: list[ReadyRule]


class Readings(Schema):
    """How published rules read a code, those in force first."""

    rows: list[TakenApart]


class AlgorithmInfo(Schema):
    """A check-digit algorithm."""

    name: str
    title_zh: str
    title_en: str
    width: int
    source: str


class Choices(Schema):
    """What segments may name: check-digit algorithms and character sets."""

    algorithms: list[AlgorithmInfo]
    charsets: dict[str, str]


@router.post("/preview", response=RulePreview, summary="Examples, capacity and odds of a rule; nothing is kept")
@guarded("designer:definition:read")
def preview(request: HttpRequest, draft: RuleDraft) -> HttpResponse:
    moment = draft.moment or datetime.now().astimezone()
    return reply(api.preview(draft.body, draft.fields, moment.replace(tzinfo=None), draft.count))


@router.post("/past", response=PastTrial, summary="Which codes on record a draft takes apart; nothing is kept")
@guarded("designer:definition:read")
def past(request: HttpRequest, draft: PastDraft) -> HttpResponse:
    return reply(try_on_past(draft.key, draft.body, draft.count))


@router.get("/ready", response=ReadyRules, summary="Rules to start from")
@guarded("designer:definition:read")
def ready(request: HttpRequest) -> HttpResponse:
    return reply({"rows": api.ready_rules()})


@router.get("/choices", response=Choices, summary="Check-digit algorithms and character sets")
@guarded("designer:definition:read")
def choices(request: HttpRequest) -> HttpResponse:
    return reply(api.choices())


@router.get("/reading", response=Readings, summary="Take a code apart by published rules")
@guarded("designer:definition:read")
def reading(request: HttpRequest, code: Annotated[str, Query(max_length=2100)]) -> HttpResponse:
    return reply({"rows": api.take_apart(code)})
