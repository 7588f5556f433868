"""Security alerts over HTTP."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from suyuan.chassis.database import tx
from suyuan.chassis.http import guarded, language_of, reply
from suyuan.compliance.api import alerting as api
from suyuan.compliance.contracts.alerts import ALERT_HANDLE, ALERT_READ, AlertPage, AlertTopic, SecurityAlert
from suyuan.kernel.disclosure import SEE_PEOPLE
from suyuan.kernel.faults import Language

router = Router(tags=["alerts"])
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


class Handled(Schema):
    """What was found when an alert was looked into."""

    note: str = Field(min_length=1, max_length=2000)


def _language(request: HttpRequest) -> Language:
    accepted = request.headers.get("Accept-Language", "")
    return language_of(accepted) if accepted not in ("", "*") else tx().principal.language


@router.get("/security/alerts", response=AlertPage, summary="What somebody responsible should look at")
@guarded(ALERT_READ, SEE_PEOPLE)
def list_alerts(
    request: HttpRequest,
    handled: bool | None = None,
    topic: AlertTopic | None = None,
    cursor: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> HttpResponse:
    return reply(api.list_alerts(_language(request), handled=handled, topic=topic, before=cursor, limit=limit))


@router.post("/security/alerts/{alert_id}/handle", response=SecurityAlert, summary="Say that an alert was looked into")
@guarded(ALERT_READ, ALERT_HANDLE, SEE_PEOPLE)
def handle(request: HttpRequest, alert_id: Number, given: Handled) -> HttpResponse:
    return reply(api.handle_alert(alert_id, given.note, _language(request)))
