"""Scopes over HTTP: asked, paged, streamed, and taken away as files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final, Literal
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field, JsonValue
from pydantic.config import JsonDict

from suyuan.chassis.database import transaction, tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.chassis.limits import costly
from suyuan.kernel.disclosure import MEASURED, PARTIES, PEOPLE, require_sight
from suyuan.portal import api
from suyuan.trace.contracts import Direction
from suyuan.trace.contracts.scopes import (
    SORTS,
    EventStart,
    ScopeAnswer,
    ScopePage,
    ScopeSpec,
    ScopeStart,
    StartChoices,
    StartPreview,
)

router = Router(tags=["trace"])
EXPORT: Final = "trace:answer:export"
_EXAMPLE_EVENTS: Final[JsonDict] = {
    "step": "assembling", "equipment": "urn:suyuan:demo:equipment:SMT-1",
    "since": "2026-11-21T08:00:00+08:00", "until": "2026-11-21T12:00:00+08:00",
}  # fmt: skip
_EXAMPLES: Final[list[JsonValue]] = [
    {"start": {"codes": ["(01)09521234000006(10)L1"]}, "direction": "forward", "closure": True},
    {"start": {"events": _EXAMPLE_EVENTS}, "direction": "forward", "size": 100, "where": {"verdict": "certain"}},
]
_EXPORT_EXAMPLE: Final[JsonDict] = {"start": {"codes": ["(01)09521234000006(10)L1"]}, "format": "xlsx"}
Code = Annotated[str, Field(max_length=4000)]
Text = Annotated[str, Field(max_length=1000)]
Number = Annotated[Decimal, Field(max_digits=30, decimal_places=12)]


class Asked(Schema):
    """A body that says nothing we do not know: a mistyped filter must not widen a recall."""

    model_config = ConfigDict(extra="forbid")


class EventFilterBody(Asked):
    """A filter over events: all that is given must hold. ``lot`` is any code, of a lot or of a single thing."""

    lot: Code | None = None
    step: Text | None = None
    equipment: Text | None = None
    person: Annotated[Text | None, PEOPLE] = None
    shift: Text | None = None
    order: Text | None = None
    place: Text | None = None
    source: Annotated[Text | None, PARTIES] = None
    destination: Annotated[Text | None, PARTIES] = None
    type: Text | None = None
    since: datetime | None = None
    until: datetime | None = None
    parameter: Annotated[Text | None, MEASURED] = None
    values: Literal["outside", "between"] = "outside"
    low: Number | None = None
    high: Number | None = None

    def filter(self) -> EventStart:
        """Return the filter; its lot is found by the api."""
        return EventStart(
            **{name: getattr(self, name) for name in EventStart.__dataclass_fields__ if name != "item_id"}
        )


class StartBody(Asked):
    """Codes, suspect from ``since`` on (backward: asked as of it), or a filter over events."""

    codes: list[Code] | None = Field(None, max_length=50_000)
    since: datetime | None = None
    skip_unknown: bool = False
    events: EventFilterBody | None = None


class WhereBody(Asked):
    """Which rows are listed; "" means: those that have none."""

    verdict: Literal["certain", "possible", "excluded"] | None = None
    kind: Text | None = None
    product: Text | None = None
    lot: Text | None = None
    place: Text | None = None
    customer: Annotated[Text | None, PARTIES] = None
    state: Text | None = None
    reason: Text | None = None


class QuestionBody(Asked):
    """What is traced, and how."""

    start: StartBody
    direction: Literal["back", "forward"] = "forward"
    as_of: datetime | None = None
    siblings: bool = False
    closure: bool = False
    depth: int | None = Field(None, ge=1, le=10_000)
    limit: int | None = Field(None, ge=1, le=10_000_000)
    answer: str | None = Field(None, max_length=400)
    where: WhereBody = Field(default_factory=WhereBody)
    sort: str = Field("depth", pattern=f"^-?({'|'.join(SORTS)})$")

    def spec(self) -> ScopeSpec:
        """Return how to trace."""
        return ScopeSpec(self.direction, self.as_of, self.siblings, self.closure, self.depth, self.limit)

    def begun(self) -> ScopeStart | EventStart:
        """Return the start set."""
        asked = self.start
        events = asked.events
        return api.start_from(
            Direction(self.direction), asked.codes, events.filter() if events else None, events.lot if events else None,
            since=asked.since, skip_unknown=asked.skip_unknown,
        )  # fmt: skip

    def page(self, offset: int = 0, size: int = 50) -> ScopePage:
        """Return which rows, in which order.

        :raises Fault: ``kernel.fields_withheld``: an order by customer would tell who has the same one.
        """
        if self.sort.endswith("customer"):
            require_sight(tx().principal, PARTIES)
        return ScopePage(**self.where.dict(), sort=self.sort, offset=offset, size=size)


class ScopeBody(QuestionBody):
    """A question and which page of its answer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": _EXAMPLES})

    cursor: str | None = Field(None, pattern="^[0-9]{1,9}$")
    size: int = Field(50, ge=0, le=1000)


class ExportBody(QuestionBody):
    """A question, and the kind of file to make of its whole answer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXPORT_EXAMPLE]})

    format: Literal["ndjson", "parquet", "xlsx"] = "xlsx"


class PreviewBody(Asked):
    """A filter over events, to see what it finds."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"events": _EXAMPLE_EVENTS}]})

    events: EventFilterBody
    as_of: datetime | None = None


@router.post("/scope", response=ScopeAnswer, summary="Everything that a start set touches, or that went into it")
@guarded("trace:item:read", clear="its rows are cut one by one as they are written")
@costly
def scope(request: HttpRequest, body: ScopeBody) -> HttpResponse | StreamingHttpResponse:
    """JSON is an answer of figures and one page; ``Accept: application/x-ndjson``, the Parquet or the Excel media type
    is the whole scope as a stream or file (with the right to export)."""
    kind = api.export_format(request.headers.get("Accept", ""))
    if kind is not None:
        tx().principal.require(EXPORT)
        return _whole(request, body, kind)
    offset = int(body.cursor or 0)
    return reply(api.scope(body.spec(), body.begun(), body.page(offset, body.size), body.answer))


@router.get("/scope/choices", response=StartChoices, summary="Shifts and parties that a filter can be chosen from")
@guarded("trace:event:read")
def choices(request: HttpRequest) -> HttpResponse:
    return reply(api.choices())


@router.post("/scope/start", response=StartPreview, summary="What a filter over events finds, before tracing from it")
@guarded("trace:event:read", "trace:item:read")
@costly
def preview(request: HttpRequest, body: PreviewBody) -> HttpResponse:
    return reply(api.preview(body.events.filter(), body.events.lot, body.as_of))


@router.post("/scope/export", summary="Make a file of a whole scope: lines of progress, then the file to fetch")
@guarded(EXPORT, "trace:item:read", clear="its rows are cut one by one as they are written")
@costly
def export(request: HttpRequest, body: ExportBody) -> StreamingHttpResponse:
    """Answers at once with lines ``{"done", "total"}`` and, at the end, ``{"file": {"id", "name", "bytes"}}``. Leaving
    before the end stops the work."""
    made = _export(request, body, body.format)
    return _stream(api.made_with_progress(made, body.format), "application/x-ndjson")


@router.get("/scope/files/{file_id}", summary="Fetch an exported file")
@guarded(EXPORT, "trace:item:read", clear="its rows are cut one by one as they are written")
def fetch(request: HttpRequest, file_id: str) -> FileResponse:
    file, path = api.finished(tx().principal, file_id)
    return FileResponse(path.open("rb"), as_attachment=True, filename=file.name, content_type=file.media_type)


def _export(request: HttpRequest, body: QuestionBody, kind: str) -> api.Export:
    accepted = request.headers.get("Accept-Language", "")
    who = tx().principal
    language = language_of(accepted) if accepted not in ("", "*") else who.language
    found = api.worked(body.spec(), body.begun(), body.answer)
    made = api.Export(found, body.page(), who, language, lambda: transaction(who))
    api.note_export(made, kind)
    return made


def _whole(request: HttpRequest, body: QuestionBody, kind: api.Format) -> StreamingHttpResponse:
    made = _export(request, body, kind)
    pieces = api.lines(made) if kind == "ndjson" else api.as_file(made, kind)
    response = _stream(pieces, api.MEDIA_TYPES[kind])
    name = quote(f"scope-{body.direction}.{kind}", safe="")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _stream(pieces: Iterator[bytes], media_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=media_type)
    response["X-Accel-Buffering"] = "no"
    return response
