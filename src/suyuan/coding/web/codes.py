"""Codes over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.coding import api
from suyuan.coding.contracts import DEFAULT_GS_SUBSTITUTES, DecodedCode, Suggestion
from suyuan.kernel.faults import Language

router = Router(tags=["codes"])

Code = Annotated[str, Query(max_length=4000, description="The code as scanned or typed")]
Separators = Annotated[
    list[str] | None, Query(max_length=10, description="What the scanner sends in the place of GS (0x1D)")
]
PrefixLength = Annotated[int | None, Query(ge=6, le=12, description="Digits of the GS1 company prefix, for EPC forms")]


class SuggestionsPage(Schema):
    """What a refused code may have been meant to be."""

    rows: list[Suggestion]
    next: str | None = None
    total: int | None = None


def _language(request: HttpRequest) -> Language:
    accepted = request.headers.get("Accept-Language", "")
    return language_of(accepted) if accepted not in ("", "*") else tx().principal.language


def _separators(given: list[str] | None) -> tuple[str, ...]:
    return tuple(text[:10] for text in given) if given else DEFAULT_GS_SUBSTITUTES


@router.get("/decode", response=DecodedCode, summary="What a scanned or typed code says, and which item it names")
@guarded("trace:item:read")
def decode(
    request: HttpRequest,
    code: Code,
    separator: Separators = None,
    prefix_length: PrefixLength = None,
    filter_value: Annotated[int | None, Query(ge=0, le=7, description="Filter value for the tag")] = None,
) -> HttpResponse:
    found = api.look_up(
        code,
        _language(request),
        gs_substitutes=_separators(separator),
        prefix_length=prefix_length,
        filter_value=filter_value,
    )
    return reply(found)


@router.get("/suggestions", response=SuggestionsPage, summary="What a refused code may have been meant to be")
@guarded("trace:item:read")
def suggest(request: HttpRequest, code: Code, separator: Separators = None) -> HttpResponse:
    rows = api.suggestions(code, _language(request), gs_substitutes=_separators(separator))
    return reply({"rows": rows, "next": None, "total": len(rows)})


@router.get("/picture", response={200: None}, summary="A code as a picture to scan, SVG")
@guarded("trace:item:read", clear="draws the code it is given")
def picture(
    request: HttpRequest, code: Code, symbol: Literal["datamatrix", "qr", "code128", "ean"] = "datamatrix"
) -> HttpResponse:
    answer = HttpResponse(api.picture(code, symbol), content_type="image/svg+xml")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
