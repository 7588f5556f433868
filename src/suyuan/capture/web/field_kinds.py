"""The kinds of fields over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from suyuan.capture.contracts.field_kinds import FIELD_KINDS, FieldKind
from suyuan.chassis.http import guarded, reply

router = Router(tags=["capture"])


class FieldKinds(Schema):
    """Every kind of field, in the order of the palette."""

    rows: list[FieldKind]


@router.get("/field-kinds", response=FieldKinds, summary="Kinds of fields that a form has, or will have")
@guarded("designer:definition:read")
def field_kinds(request: HttpRequest) -> HttpResponse:
    return reply({"rows": FIELD_KINDS})
