"""The tamper-evident log over HTTP: checkpoints, proofs, keys, places outside, verifications."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.http import guarded, reply
from suyuan.compliance import api
from suyuan.compliance.contracts import (
    CheckpointInfo,
    CheckpointPlace,
    ConsistencyProof,
    InclusionProof,
    LeafKind,
    LogKey,
    LogVerification,
    PlaceKind,
)

router = Router(tags=["log"])
READ, WRITE = "compliance:log:read", "compliance:log:write"


class LogState(Schema):
    """How the log stands. ``size`` counts leaves, ``sealed`` those under the newest checkpoint."""

    origin: str
    size: int
    sealed: int
    checkpoint: CheckpointInfo | None
    keys: list[LogKey]
    verification: LogVerification | None


class CheckpointPage(Schema):
    """A page of checkpoints, newest first."""

    rows: list[CheckpointInfo]
    next: str | None
    total: int | None


class VerificationPage(Schema):
    """The last verifications, newest first."""

    rows: list[LogVerification]
    next: str | None
    total: int | None


class PlacePage(Schema):
    """The places outside, by name."""

    rows: list[CheckpointPlace]
    next: str | None
    total: int | None


class Asked(Schema):
    """That the worker will verify everything soon."""

    asked: bool


class NewPlace(Schema):
    """A place to add. ``secret`` is a password or key; it is never shown again."""

    kind: PlaceKind
    name: str = Field(min_length=1, max_length=80)
    settings: dict[str, str]
    secret: str | None = Field(None, max_length=4000)
    every_minutes: int = Field(60, ge=1, le=10_080)


class PlaceChange(Schema):
    """What is to change of a place."""

    settings: dict[str, str] | None = None
    secret: str | None = Field(None, max_length=4000)
    every_minutes: int | None = Field(None, ge=1, le=10_080)
    active: bool | None = None


@router.get("/log", response=LogState, summary="How the tamper-evident log stands")
@guarded(READ)
def state(request: HttpRequest) -> HttpResponse:
    newest = api.newest_checkpoint()
    verified = api.list_verifications(1)
    return reply(
        {
            "origin": api.origin(),
            "size": api.log_size(),
            "sealed": newest.size if newest else 0,
            "checkpoint": newest,
            "keys": api.list_keys(),
            "verification": verified[0] if verified else None,
        }
    )


@router.get("/log/checkpoint", response=CheckpointInfo, summary="The newest signed checkpoint")
@guarded(READ)
def checkpoint(request: HttpRequest) -> HttpResponse:
    newest = api.newest_checkpoint()
    if newest is None:
        raise NOT_FOUND(what="checkpoint")
    return reply(newest)


@router.get("/log/checkpoints", response=CheckpointPage, summary="Signed checkpoints, newest first")
@guarded(READ)
def checkpoints(
    request: HttpRequest,
    cursor: int | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> HttpResponse:
    rows = api.list_checkpoints(cursor, limit + 1)
    more = len(rows) > limit
    return reply({"rows": rows[:limit], "next": str(rows[limit - 1].number) if more else None, "total": None})


@router.get("/log/proof", response=InclusionProof, summary="The proof that an event is in the log")
@guarded(READ)
def proof(
    request: HttpRequest,
    event: int,
    size: Annotated[int | None, Query(ge=1)] = None,
    kind: Literal["e", "a", "s"] = "e",
) -> HttpResponse:
    return reply(api.prove(LeafKind(kind), [event], size)[0])


@router.get("/log/consistency", response=ConsistencyProof, summary="The proof that the log only grew")
@guarded(READ)
def consistency(
    request: HttpRequest,
    old: Annotated[int, Query(alias="from", ge=1)],
    size: Annotated[int, Query(alias="to", ge=1)],
) -> HttpResponse:
    return reply(api.prove_consistency(old, size))


@router.post("/log/keys", response={201: LogKey}, summary="Change the signing key; old checkpoints stay good")
@guarded(WRITE)
def rotate(request: HttpRequest) -> HttpResponse:
    return reply(api.rotate_key(), 201)


@router.get("/log/verifications", response=VerificationPage, summary="What verifications found")
@guarded(READ)
def verifications(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> HttpResponse:
    return reply({"rows": api.list_verifications(limit), "next": None, "total": None})


@router.post("/log/verifications", response={202: Asked}, summary="Have everything that is sealed verified soon")
@guarded(WRITE)
def verify(request: HttpRequest) -> HttpResponse:
    api.ask_verification()
    return reply({"asked": True}, 202)


@router.get("/log/places", response=PlacePage, summary="Places outside to which checkpoints go")
@guarded(READ)
def places(request: HttpRequest) -> HttpResponse:
    return reply({"rows": api.list_places(), "next": None, "total": None})


@router.post("/log/places", response={201: CheckpointPlace}, summary="Add a place outside")
@guarded(WRITE)
def add_place(request: HttpRequest, body: NewPlace) -> HttpResponse:
    return reply(api.add_place(body.kind, body.name, body.settings, body.secret, body.every_minutes), 201)


@router.patch("/log/places/{place_id}", response=CheckpointPlace, summary="Change a place outside")
@guarded(WRITE)
def change_place(request: HttpRequest, place_id: int, body: PlaceChange) -> HttpResponse:
    return reply(api.change_place(place_id, body.model_dump(exclude_unset=True, exclude_none=True)))


@router.delete("/log/places/{place_id}", response={204: None}, summary="Forget a place outside")
@guarded(WRITE)
def remove_place(request: HttpRequest, place_id: int) -> HttpResponse:
    api.remove_place(place_id)
    return HttpResponse(status=204)
