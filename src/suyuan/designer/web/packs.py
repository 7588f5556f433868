"""Packs over HTTP: what is installed, what an upload would do, installing, exporting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from suyuan.chassis.http import guarded, reply
from suyuan.chassis.limits import costly
from suyuan.designer import api
from suyuan.designer.contracts import LARGEST_PACK, InstalledPack, Pack, PackReport

router = Router(tags=["packs"])
Theirs = Annotated[
    tuple[Annotated[str, Field(max_length=200)], ...],
    Query(
        max_length=1000, description="Definitions (kind/key) in which the pack's side settles what both sides changed"
    ),
]
Short = Annotated[str, Field(min_length=1, max_length=120)]
_ZIP: Final = {
    "requestBody": {
        "required": True,
        "description": "The ZIP file of a pack",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class PacksPage(Schema):
    """Every pack that definitions here came from."""

    rows: list[InstalledPack]


class PackedChoice(Schema):
    """One definition."""

    kind: Annotated[str, Field(max_length=80)]
    key: Annotated[str, Field(max_length=200)]


class ToExport(Schema):
    """What to put into a pack, by definition; what is in force of each."""

    name: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9_-]{0,62}$")]
    version: Annotated[str, Field(min_length=1, max_length=40)]
    title_zh: Short
    title_en: Short
    definitions: Annotated[list[PackedChoice], Field(min_length=1, max_length=2000)]


def _uploaded(request: HttpRequest) -> Pack:
    # one byte more than may be, so that what is too large is told from what is not
    return api.read_pack(request.read(LARGEST_PACK + 1))


def _named(theirs: Sequence[str]) -> frozenset[tuple[str, str]]:
    return frozenset((kind, key) for kind, _, key in (each.partition("/") for each in theirs))


@router.get("", response=PacksPage, summary="The packs that definitions here came from")
@guarded("designer:definition:read")
def installed(request: HttpRequest) -> HttpResponse:
    return reply({"rows": api.installed_packs()})


@router.post("/preview", response=PackReport, openapi_extra=_ZIP, summary="What installing a pack would do")
@guarded("designer:definition:write")
def preview(request: HttpRequest, theirs: Theirs = ()) -> HttpResponse:
    pack = _uploaded(request)
    done = tuple(api.try_pack(pack, theirs=_named(theirs)))
    return reply(PackReport(pack.name, pack.version, pack.title_zh, pack.title_en, done))


@router.post("/install", response=PackReport, openapi_extra=_ZIP, summary="Install or upgrade a pack")
@guarded("designer:definition:write", "designer:definition:publish")
def install(request: HttpRequest, publish: bool = True, theirs: Theirs = ()) -> HttpResponse:
    pack = _uploaded(request)
    done = tuple(api.install_pack(pack, publish=publish, theirs=_named(theirs)))
    return reply(PackReport(pack.name, pack.version, pack.title_zh, pack.title_en, done))


@router.post("/export", response={200: None}, summary="Definitions in force as the ZIP file of a pack")
@guarded("designer:definition:read", clear="definitions, which are read by a right of their own")
@costly
def export(request: HttpRequest, wanted: ToExport) -> HttpResponse:
    only = [(each.kind, each.key) for each in wanted.definitions]
    made = api.pack_zip(api.export_pack(wanted.name, wanted.version, wanted.title_zh, wanted.title_en, only=only))
    answer = HttpResponse(made, content_type="application/zip")
    name = quote(f"{wanted.name}-{wanted.version}.zip")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
