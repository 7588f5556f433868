"""Definitions over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from suyuan.chassis.http import guarded, reply
from suyuan.designer import api
from suyuan.designer.contracts import (
    Comparison,
    Definition,
    DefinitionRow,
    DefinitionState,
    DesignProblem,
    KindInfo,
    Version,
    VersionRow,
)

router = Router(tags=["definitions"])
Key = Annotated[str, Field(max_length=200)]


class DefinitionsPage(Schema):
    """A page of definitions."""

    rows: list[DefinitionRow]
    next: str | None = None
    total: int | None = None


class KindsPage(Schema):
    """Every kind of definition."""

    rows: list[KindInfo]


class VersionsPage(Schema):
    """The published versions, newest first."""

    rows: list[VersionRow]


class Body(Schema):
    """A body to look at."""

    body: dict[str, Any]


class Problems(Schema):
    """What is wrong with a body; nothing, where it may be published."""

    rows: list[DesignProblem]


class Draft(Schema):
    """A draft to keep. ``revision``: the one that the editor saw; left out for a new definition."""

    title_zh: str = Field(max_length=400)
    title_en: str = Field(max_length=400)
    body: dict[str, Any]
    revision: int | None = None


class Seen(Schema):
    """The revision that the editor saw."""

    revision: int


class Noted(Schema):
    """The revision that the editor saw, and why they do it."""

    revision: int
    note: str = Field(max_length=2000)


class Chosen(Schema):
    """An old version to take back."""

    revision: int
    version: int


class Published(Schema):
    """The number of the version made."""

    version: int


@router.get("", response=DefinitionsPage, summary="Definitions, filtered and paged")
@guarded("designer:definition:read")
def list_definitions(
    request: HttpRequest,
    kind: str | None = None,
    state: DefinitionState | None = None,
    search: str | None = None,
    cursor: int | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> HttpResponse:
    rows, following = api.list_definitions(kind=kind, state=state, search=search, cursor=cursor, limit=limit)
    return reply({"rows": rows, "next": None if following is None else str(following), "total": None})


@router.get("/kinds", response=KindsPage, summary="Every kind of definition")
@guarded("designer:definition:read")
def kinds(request: HttpRequest) -> HttpResponse:
    return reply({"rows": api.kinds()})


@router.get("/kinds/{kind}", response=dict[str, Any], summary="The JSON schema of a kind")
@guarded("designer:definition:read")
def kind_schema(request: HttpRequest, kind: Key) -> HttpResponse:
    return reply(api.kind_schema(kind))


@router.post("/{definition_kind}/validate", response=Problems, summary="What is wrong with a body; nothing is kept")
@guarded("designer:definition:read")
def validate(request: HttpRequest, definition_kind: Key, given: Body) -> HttpResponse:
    return reply({"rows": api.validate(definition_kind, given.body)})


@router.get("/{definition_kind}/{key}", response=Definition, summary="A definition with its draft")
@guarded("designer:definition:read")
def definition(request: HttpRequest, definition_kind: Key, key: Key) -> HttpResponse:
    return reply(api.definition(definition_kind, key))


@router.put("/{definition_kind}/{key}", response=Definition, summary="Keep a draft, or make a new definition")
@guarded("designer:definition:write")
def save_draft(request: HttpRequest, definition_kind: Key, key: Key, draft: Draft) -> HttpResponse:
    return reply(
        api.save_draft(
            definition_kind,
            key,
            title_zh=draft.title_zh,
            title_en=draft.title_en,
            body=draft.body,
            revision=draft.revision,
        )
    )


@router.post("/{definition_kind}/{key}/discard", response={204: None}, summary="Forget the draft")
@guarded("designer:definition:write")
def discard_draft(request: HttpRequest, definition_kind: Key, key: Key, seen: Seen) -> HttpResponse:
    api.discard_draft(definition_kind, key, seen.revision)
    return HttpResponse(status=204)


@router.post("/{definition_kind}/{key}/publish", response=Published, summary="Make the draft the version in force")
@guarded("designer:definition:publish")
def publish(request: HttpRequest, definition_kind: Key, key: Key, noted: Noted) -> HttpResponse:
    return reply({"version": api.publish(definition_kind, key, revision=noted.revision, note=noted.note)})


@router.post("/{definition_kind}/{key}/retire", response={204: None}, summary="Take a definition out of use")
@guarded("designer:definition:publish")
def retire(request: HttpRequest, definition_kind: Key, key: Key, noted: Noted) -> HttpResponse:
    api.retire(definition_kind, key, revision=noted.revision, note=noted.note)
    return HttpResponse(status=204)


@router.post(
    "/{definition_kind}/{key}/restore", response={204: None}, summary="Take a retired definition back into use"
)
@guarded("designer:definition:publish")
def restore(request: HttpRequest, definition_kind: Key, key: Key, seen: Seen) -> HttpResponse:
    api.restore(definition_kind, key, revision=seen.revision)
    return HttpResponse(status=204)


@router.post("/{definition_kind}/{key}/revert", response=Definition, summary="Make an old version the draft")
@guarded("designer:definition:write")
def revert(request: HttpRequest, definition_kind: Key, key: Key, chosen: Chosen) -> HttpResponse:
    return reply(api.revert(definition_kind, key, version=chosen.version, revision=chosen.revision))


@router.get("/{definition_kind}/{key}/versions", response=VersionsPage, summary="The published versions")
@guarded("designer:definition:read")
def versions(request: HttpRequest, definition_kind: Key, key: Key) -> HttpResponse:
    return reply({"rows": api.versions(definition_kind, key)})


@router.get(
    "/{definition_kind}/{key}/versions/{version}", response=Version, summary="One published version with its body"
)
@guarded("designer:definition:read")
def version(request: HttpRequest, definition_kind: Key, key: Key, version: int) -> HttpResponse:
    return reply(api.version_row(definition_kind, key, version))


@router.get("/{definition_kind}/{key}/diff", response=Comparison, summary="What differs between two versions")
@guarded("designer:definition:read")
def diff(
    request: HttpRequest,
    definition_kind: Key,
    key: Key,
    before: Annotated[str, Query(alias="from", max_length=20)] = "published",
    after: Annotated[str, Query(alias="to", max_length=20)] = "draft",
) -> HttpResponse:
    return reply(api.compare(definition_kind, key, before, after))
