"""Codes over HTTP."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.coding import api
from suyuan.coding.contracts import DecodedCode

router = Router(tags=["codes"])


@router.get("/decode", response=DecodedCode, summary="What a scanned or typed code says, and which item it names")
@guarded("trace:item:read")
def decode(request: HttpRequest, code: Annotated[str, Query(max_length=4000)]) -> HttpResponse:
    accepted = request.headers.get("Accept-Language", "")
    language = language_of(accepted) if accepted not in ("", "*") else tx().principal.language
    return reply(api.look_up(code, language))
