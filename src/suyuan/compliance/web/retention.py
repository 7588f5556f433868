"""Retention and legal holds over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from suyuan.chassis.http import guarded, reply
from suyuan.compliance.api import retention as api
from suyuan.compliance.contracts.retention import (
    HOLD_WRITE,
    RETENTION_READ,
    RETENTION_WRITE,
    LegalHold,
    Removal,
    RetentionRule,
)

router = Router(tags=["retention"])
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
Kind = Annotated[str, Path(max_length=60)]
_PAGE = 50


class RulePage(Schema):
    """Every kind of record with its rule, and what that would remove now."""

    rows: list[RetentionRule]
    next: str | None = None
    total: int | None = None


class HoldPage(Schema):
    """Legal holds, those in force first."""

    rows: list[LegalHold]
    next: str | None = None
    total: int | None = None


class RemovalPage(Schema):
    """What was removed, newest first."""

    rows: list[Removal]
    next: str | None = None
    total: int | None = None


class NewRule(Schema):
    """How long records of a kind are kept, and why."""

    days: int = Field(ge=1, le=36_500)
    reason: str = Field(min_length=1, max_length=500)


class Force(Schema):
    """Whether the worker follows the rule."""

    in_force: bool


class NewHold(Schema):
    """What must not be removed: records that name ``subject`` (empty: all), in a range of time (open where None)."""

    subject: str = Field("", max_length=300)
    since: datetime | None = None
    until: datetime | None = None
    reason: str = Field(min_length=1, max_length=500)


class Lift(Schema):
    """Why a hold is no longer needed."""

    reason: str = Field(min_length=1, max_length=500)


@router.get("/retention/rules", response=RulePage, summary="How long records are kept, and what would be removed now")
@guarded(RETENTION_READ)
def rules(request: HttpRequest) -> HttpResponse:
    return reply({"rows": api.list_rules(), "next": None, "total": None})


@router.put("/retention/rules/{kind}", response=RetentionRule, summary="Propose how long records of a kind are kept")
@guarded(RETENTION_WRITE)
def propose(request: HttpRequest, kind: Kind, rule: NewRule) -> HttpResponse:
    return reply(api.propose(kind, rule.days, rule.reason))


@router.post("/retention/rules/{kind}/force", response=RetentionRule, summary="Put a rule in force, or out of it")
@guarded(RETENTION_WRITE)
def force(request: HttpRequest, kind: Kind, wanted: Force) -> HttpResponse:
    return reply(api.put_in_force(kind, wanted.in_force))


@router.get("/retention/removals", response=RemovalPage, summary="What retention removed, newest first")
@guarded(RETENTION_READ)
def removals(request: HttpRequest, cursor: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None) -> HttpResponse:
    rows = api.list_removals(cursor, _PAGE)
    following = str(rows[-1].id) if len(rows) == _PAGE else None
    return reply({"rows": rows, "next": following, "total": None})


@router.get("/retention/holds", response=HoldPage, summary="Legal holds, those in force first")
@guarded(RETENTION_READ)
def holds(request: HttpRequest) -> HttpResponse:
    return reply({"rows": api.list_holds(), "next": None, "total": None})


@router.post("/retention/holds", response={201: LegalHold}, summary="Place a legal hold")
@guarded(HOLD_WRITE)
def place(request: HttpRequest, hold: NewHold) -> HttpResponse:
    return reply(api.place_hold(hold.subject, hold.since, hold.until, hold.reason), 201)


@router.post("/retention/holds/{hold_id}/lift", response=LegalHold, summary="Lift a legal hold; it stays on record")
@guarded(HOLD_WRITE)
def lift(request: HttpRequest, hold_id: Number, given: Lift) -> HttpResponse:
    return reply(api.lift_hold(hold_id, given.reason))
