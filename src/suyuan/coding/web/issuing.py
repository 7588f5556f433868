"""Issued codes over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from suyuan.chassis.database import transaction, tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.chassis.limits import costly
from suyuan.coding.api import exporting, issuing, states
from suyuan.coding.contracts.issuing import (
    AT_ONCE,
    Batch,
    BatchRow,
    BatchStatus,
    CodeState,
    Handout,
    HolderKind,
    IssuedCode,
    Moved,
)
from suyuan.coding.contracts.labels import MOST_LABELS
from suyuan.kernel.principals import Principal

router = Router(tags=["issued codes"])
Short = Annotated[str, Field(max_length=400)]


class CodesPage(Schema):
    """Codes, as printed."""

    rows: list[str]


class IssueOrder(Schema):
    """Codes to issue. ``moment``: the clock on the spot, for dates in codes; one batch for a ``request_key``."""

    rule: Annotated[str, Field(max_length=200)]
    count: int
    fields: dict[str, Annotated[str, Field(max_length=200)]] = Field(default_factory=dict)
    moment: datetime | None = None
    purpose: Short = ""
    request_key: Annotated[str, Field(min_length=8, max_length=100)] | None = None


class BatchesPage(Schema):
    """A page of batches, newest first."""

    rows: list[BatchRow]
    next: str | None = None
    total: int | None = None


class Left(Schema):
    """How many codes a rule can still make."""

    left: int


class Question(Schema):
    """A rule with values for its fields."""

    rule: Annotated[str, Field(max_length=200)]
    fields: dict[str, Annotated[str, Field(max_length=200)]] = Field(default_factory=dict)
    moment: datetime | None = None


class Range(Schema):
    """Codes by their offsets in a batch, both included, and the state they go into."""

    first: int
    last: int
    state: CodeState
    reason: Short = ""


class Scanned(Schema):
    """Codes as printed, and the state they go into."""

    codes: list[Annotated[str, Field(max_length=2048)]] = Field(max_length=1000)
    state: CodeState
    reason: Short = ""


class Delivery(Schema):
    """Codes to hand to somebody: from ``first``, or from the longest free range; all of it without ``count``."""

    holder_kind: HolderKind
    holder: Short
    count: int | None = None
    first: int | None = None
    note: Short = ""


class Declared(Schema):
    """What a holder declares. ``close``: codes not accounted for become missing, for ``reason``."""

    used: int
    spoiled: int
    missing: int
    close: bool = False
    reason: Short = ""


@router.post("/batches", response={200: BatchRow, 202: BatchRow}, summary="Issue codes")
@guarded("coding:code:issue")
def issue(request: HttpRequest, order: IssueOrder) -> HttpResponse:
    """A batch of up to 5,000 codes is in the answer's state at once (200); a larger one is made by the worker (202)."""
    moment = order.moment or datetime.now().astimezone()
    row = issuing.issue(
        order.rule,
        order.count,
        order.fields,
        moment=moment,
        purpose=order.purpose,
        request_key=order.request_key,
    )
    if row.status is BatchStatus.WAITING and row.wanted > AT_ONCE:
        issuing.defer(row.id)
    return reply(row, 200 if row.status is BatchStatus.ISSUED else 202)


@router.post("/left", response=Left, summary="How many codes a rule can still make")
@guarded("coding:code:read")
def left(request: HttpRequest, question: Question) -> HttpResponse:
    moment = question.moment or datetime.now().astimezone()
    return reply({"left": issuing.left(question.rule, question.fields, moment)})


@router.get("/batches", response=BatchesPage, summary="Batches of issued codes, newest first")
@guarded("coding:code:read")
def batches(
    request: HttpRequest,
    rule: Annotated[str | None, Query(max_length=200)] = None,
    status: BatchStatus | None = None,
    cursor: int | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:
    rows, following = issuing.list_batches(rule=rule, status=status, cursor=cursor, limit=limit)
    return reply({"rows": rows, "next": None if following is None else str(following), "total": None})


@router.get("/batches/{batch_id}", response=Batch, summary="A batch with states, handouts and gaps")
@guarded("coding:code:read")
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    return reply(issuing.batch(batch_id))


@router.get("/batches/{batch_id}/codes", response=CodesPage, summary="Codes of a batch by their place, for printing")
@guarded("coding:code:read", "coding:label:print")
def codes(
    request: HttpRequest,
    batch_id: int,
    first: Annotated[int, Query(ge=0, le=10**12)] = 0,
    count: Annotated[int, Query(ge=1, le=MOST_LABELS)] = 100,
) -> HttpResponse:
    return reply({"rows": issuing.codes_of(batch_id, first, count)})


@router.post("/batches/{batch_id}/cancel", response=BatchRow, summary="Stop the making of a batch")
@guarded("coding:code:issue")
def cancel(request: HttpRequest, batch_id: int) -> HttpResponse:
    return reply(issuing.cancel(batch_id))


@router.post("/batches/{batch_id}/states", response=Moved, summary="Move a range of codes into a state")
@guarded("coding:code:state")
def set_state(request: HttpRequest, batch_id: int, given: Range) -> HttpResponse:
    return reply(states.set_state(batch_id, [(given.first, given.last)], given.state, given.reason))


@router.post("/states", response=Moved, summary="Move codes, as printed, into a state")
@guarded("coding:code:state")
def set_state_of_codes(request: HttpRequest, given: Scanned) -> HttpResponse:
    return reply(states.set_state_of_codes(given.codes, given.state, given.reason))


@router.get("/state", response=IssuedCode, summary="What is known of a code: parts, batch, state, holder, life")
@guarded("coding:code:read")
def state(request: HttpRequest, code: Annotated[str, Query(max_length=2100)]) -> HttpResponse:
    return reply(states.issued_code(code))


@router.post("/batches/{batch_id}/handouts", response={201: Handout}, summary="Hand codes to a line, supplier, station")
@guarded("coding:code:issue")
def hand_out(request: HttpRequest, batch_id: int, given: Delivery) -> HttpResponse:
    made = states.hand_out(
        batch_id, given.holder_kind, given.holder, count=given.count, first=given.first, note=given.note
    )
    return reply(made, 201)


@router.post("/handouts/{handout_id}/reconcile", response=Handout, summary="Account for codes handed out")
@guarded("coding:code:state")
def reconcile(request: HttpRequest, handout_id: int, given: Declared) -> HttpResponse:
    made = states.reconcile(
        handout_id, given.used, given.spoiled, given.missing, close=given.close, reason=given.reason
    )
    return reply(made)


@router.get("/batches/{batch_id}/export", summary="A batch, a handout or a range as CSV, Excel or ZIP")
@guarded("coding:code:export", clear="codes and their states")
@costly
def export(
    request: HttpRequest,
    batch_id: int,
    format: exporting.Format = "csv",  # noqa: A002 (the parameter's name in the interface)
    handout_id: int | None = None,
    first: int = 0,
    last: int | None = None,
) -> StreamingHttpResponse:
    accepted = request.headers.get("Accept-Language", "")
    who = tx().principal
    language = language_of(accepted) if accepted not in ("", "*") else who.language
    begun = exporting.begin_export(batch_id, format, language, handout_id=handout_id, first=first, last=last)
    response = StreamingHttpResponse(_poured(begun, format, who), content_type=exporting.MEDIA_TYPES[format])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{begun.name}.{format}', safe='')}"
    return response


def _poured(begun: exporting.Export, kind: exporting.Format, who: Principal) -> Iterator[bytes]:
    def inside(work: Callable[[], Any]) -> Any:  # noqa: ANN401 (whatever the work returns)
        with transaction(who):
            return work()

    yield from exporting.pieces(begun, kind, inside)
