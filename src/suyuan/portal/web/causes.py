"""Common causes over HTTP: what suspect items share that sound ones do not."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import ConfigDict, Field, JsonValue

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.chassis.limits import costly
from suyuan.chassis.withholding import passed
from suyuan.portal import api
from suyuan.portal.web.scope import Asked, Code, StartBody
from suyuan.trace.contracts import Direction
from suyuan.trace.contracts.causes import MOST_EXAMINED, CausesAnswer

router = Router(tags=["trace"])
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXAMPLES: Final[list[JsonValue]] = [
    {"start": {"codes": ["(01)09521234000013(21)S1", "(01)09521234000013(21)S7"]}, "controls": 100},
    {"start": {"events": {"step": "inspecting", "since": "2026-11-21T00:00:00+08:00"}}},
]


class CausesBody(Asked):
    """Suspect items, as codes or by a filter over events, and what to compare them with: codes of sound items, or up to
    ``controls`` others of the same products and time."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": _EXAMPLES})

    start: StartBody
    sound: list[Code] = Field(default_factory=list, max_length=5_000)
    controls: Annotated[int, Field(ge=0, le=MOST_EXAMINED)] = 80
    as_of: datetime | None = None

    def answer(self) -> CausesAnswer:
        """Return the comparison."""
        asked = self.start
        events = asked.events
        start = api.start_from(
            Direction.BACK, asked.codes, events.filter() if events else None, events.lot if events else None,
            since=asked.since, skip_unknown=asked.skip_unknown,
        )  # fmt: skip
        return api.common_causes(start, self.sound, self.controls, self.as_of)


class CausesExportBody(CausesBody):
    """The same question, its answer wanted as a file."""

    format: Literal["xlsx"] = "xlsx"


@router.post("/causes", response=CausesAnswer, summary="What suspect items have in common that sound ones have not")
@guarded("trace:item:read", "trace:event:read")
@costly
def causes(request: HttpRequest, body: CausesBody) -> HttpResponse:
    return reply(body.answer())


@router.post("/causes/export", summary="The comparison as an Excel file")
@guarded("trace:answer:export", "trace:item:read", "trace:event:read")
@costly
def export(request: HttpRequest, body: CausesExportBody) -> HttpResponse:
    accepted = request.headers.get("Accept-Language", "")
    language = language_of(accepted) if accepted not in ("", "*") else tx().principal.language
    response = HttpResponse(api.causes_workbook(passed(body.answer()), language), content_type=_XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote('common-causes.xlsx', safe='')}"
    return response
