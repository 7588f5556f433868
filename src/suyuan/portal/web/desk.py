"""The trace desk over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.chassis.limits import costly
from suyuan.chassis.withholding import passed
from suyuan.portal import api
from suyuan.trace.contracts import Direction, TraceAnswer

router = Router(tags=["trace"])
Code = Annotated[str, Query(min_length=1, max_length=4000)]
Way = Literal["back", "forward"]
DEFAULT_LIMIT = 5000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/{direction}", response=TraceAnswer, summary="Trace a code back to its origins or forward to its effects")
@guarded("trace:item:read")
def trace(
    request: HttpRequest,
    direction: Way,
    code: Code,
    as_of: datetime | None = None,
    since: Annotated[datetime | None, Query(alias="from")] = None,
    depth: Annotated[int | None, Query(ge=1, le=10_000)] = None,
    limit: Annotated[int, Query(ge=1, le=100_000)] = DEFAULT_LIMIT,
    siblings: bool = False,
    closure: bool = False,
) -> HttpResponse:
    asked = api.question(
        Direction(direction),
        code,
        as_of=as_of,
        since=since,
        depth=depth,
        limit=limit,
        siblings=siblings,
        closure=closure,
    )
    return reply(api.ask(asked))


@router.get("/{direction}/export", summary="The answer as a file: Excel, PDF or JSON")
@guarded("trace:answer:export", "trace:item:read")
@costly
def export(
    request: HttpRequest,
    direction: Way,
    code: Code,
    format: Literal["xlsx", "pdf", "json", "epcis"] = "xlsx",  # noqa: A002 (the parameter's name in the contract)
    as_of: datetime | None = None,
    since: Annotated[datetime | None, Query(alias="from")] = None,
    depth: Annotated[int | None, Query(ge=1, le=10_000)] = None,
    siblings: bool = False,
    closure: bool = False,
) -> HttpResponse:
    if format == "epcis":
        # The events themselves are the integration's to render; it answers the same question.
        return HttpResponse(status=307, headers={"Location": f"epcis?{request.META['QUERY_STRING']}"})
    asked = api.question(
        Direction(direction), code, as_of=as_of, since=since, depth=depth, siblings=siblings, closure=closure
    )
    answer = passed(api.ask(asked))
    if format == "json":
        response = reply(answer)
    else:
        accepted = request.headers.get("Accept-Language", "")
        language = language_of(accepted) if accepted not in ("", "*") else tx().principal.language
        if format == "pdf":
            response = HttpResponse(api.answer_report(answer, language), content_type="application/pdf")
        else:
            response = HttpResponse(api.answer_workbook(answer, language), content_type=_XLSX)
    name = f"trace-{direction}-{answer.question.uri.rsplit('/', 1)[-1].rsplit(':', 1)[-1]}.{format}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response
