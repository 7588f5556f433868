"""The events behind a trace answer, as EPCIS."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.http import guarded
from suyuan.chassis.limits import costly
from suyuan.integration import api
from suyuan.kernel.disclosure import ALL_FIELDS
from suyuan.trace.contracts import Direction

router = Router(tags=["trace"])


@router.get("/{direction}/epcis", summary="The events behind a trace answer, as an EPCISQueryDocument")
@guarded("trace:answer:export", "trace:item:read", "trace:event:read", *ALL_FIELDS)
@costly
def answer_document(
    request: HttpRequest,
    direction: Literal["back", "forward"],
    code: Annotated[str, Query(min_length=1, max_length=4000)],
    as_of: datetime | None = None,
    siblings: bool = False,
) -> HttpResponse:
    body = api.answer_document(Direction(direction), code, siblings=siblings, as_of=as_of)
    response = HttpResponse(body, content_type="application/ld+json")
    name = f"trace-{direction}-{code[-40:]}.jsonld"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response
