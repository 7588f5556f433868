"""The resources of the EPCIS 2.0 REST binding."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote, urlencode

from suyuan.chassis.http import HotRequest, HotResponse, HotRoute, encode
from suyuan.chassis.latency import measured
from suyuan.integration import api
from suyuan.integration.contracts import QUERY_VALUE_WRONG
from suyuan.integration.web.epcis.headers import (
    JSON_TYPES,
    SPOKEN,
    behaviour_of,
    check_content,
    check_negotiation,
    options,
)
from suyuan.kernel.disclosure import ALL_FIELDS

BASE: Final = "/epcis/v2"
READ: Final = "trace:event:read"
READ_WHOLE: Final = " ".join((READ, *ALL_FIELDS))
WRITE: Final = "trace:event:write"
WHOLE: Final = "an EPCIS document is told whole or not at all: its route needs the right to every field"
_LINKED: Final = JSON_TYPES[1]
_NAME_HEADER: Final = "suyuan-document-name"
_BEHAVIOUR: Final = "GS1-Capture-Error-Behaviour"
_VERSIONS: Final = ("GS1-EPCIS-Version", "GS1-CBV-Version")
_PAGING: Final = ("perPage", "nextPageToken")


def _json(value: object, status: int = 200, *more: tuple[str, str]) -> HotResponse:
    return HotResponse(encode(value), status, JSON_TYPES[0], (*SPOKEN, *more))


def _linked(request: HotRequest, body: bytes, status: int = 200, *more: tuple[str, str]) -> HotResponse:
    kind = _LINKED if _LINKED in request.headers.get("accept", "") else JSON_TYPES[0]
    return HotResponse(body, status, kind, (*SPOKEN, *more))


def _next(request: HotRequest, token: str | None) -> tuple[tuple[str, str], ...]:
    if token is None:
        return ()
    query = [(name, value) for name, value in request.query if name != "nextPageToken"]
    address = f"{request.base_url}{request.path}?{urlencode([*query, ('nextPageToken', token)])}"
    return (("Link", f'<{address}>; rel="next"'),)


def root(request: HotRequest) -> HotResponse:
    """``GET /epcis/v2``: the top-level resources."""
    check_negotiation(request)
    return _json(["capture", "events"])


def post_capture(request: HotRequest) -> HotResponse:
    """``POST /capture``: 202 with the job's address, whatever becomes of the events."""
    check_negotiation(request)
    check_content(request)
    given = dict(request.query).get("name") or unquote(request.headers.get(_NAME_HEADER, ""))
    name = given[:200].replace("\0", "").strip() or None
    with measured("capture"):
        job = api.capture(request.body, behaviour_of(request), name=name)
    address = f"{request.base_url}{BASE}/capture/{job.id}"
    more = (("Location", address), (_BEHAVIOUR, job.behaviour.value))
    return _json(api.job_document(job, request.language), 202, *more)


def get_capture(request: HotRequest) -> HotResponse:
    """``GET /capture/{id}``: the job with its errors."""
    check_negotiation(request)
    return _json(api.job_document(api.capture_job(request.parameters["job_id"]), request.language))


def list_captures(request: HotRequest) -> HotResponse:
    """``GET /capture``: the jobs, newest first, paged by Link header."""
    check_negotiation(request)
    given = dict(request.query)
    wanted = given.get("perPage", "30")
    if not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= 1000):
        raise QUERY_VALUE_WRONG(at="perPage", name="perPage", given=wanted[:80], allowed="1–1000")
    jobs, token = api.recent_jobs(int(wanted), given.get("nextPageToken"))
    return _json([api.job_document(job, request.language) for job in jobs], 200, *_next(request, token))


def post_event(request: HotRequest) -> HotResponse:
    """``POST /events``: 201 with the event and its address; 200 where the same event was there already."""
    check_negotiation(request)
    check_content(request)
    recorded, event = api.capture_event(request.body)
    address = f"{request.base_url}{BASE}/events/{quote(recorded.event_id, safe='')}"
    return _linked(request, api.event_body(event), 201 if recorded.new else 200, ("Location", address))


def get_events(request: HotRequest) -> HotResponse:
    """``GET /events``: an EPCISQueryDocument of the events that the query parameters ask for."""
    check_negotiation(request)
    body, token = api.query_events(request.query)
    return _linked(request, body, 200, *_next(request, token))


def get_event(request: HotRequest) -> HotResponse:
    """``GET /events/{id}``: an EPCISQueryDocument of the event and the declaration that voids it, if any."""
    check_negotiation(request)
    return _linked(request, api.event_document(request.parameters["event_id"]))


def _options_capture(_: HotRequest) -> HotResponse:
    return options("OPTIONS, GET, POST", capture=True)


def _options_events(_: HotRequest) -> HotResponse:
    return options("OPTIONS, GET, POST")


def _options_read(_: HotRequest) -> HotResponse:
    return options("OPTIONS, GET")


def epcis_routes(document_limit_mb: int) -> list[HotRoute]:
    """Return the routes of the REST binding; ``document_limit_mb`` bounds what ``POST /capture`` takes."""
    return [
        HotRoute("GET", BASE, READ, root, summary="Top-level resources"),
        HotRoute("OPTIONS", BASE, READ, _options_read, summary="What this EPCIS server speaks"),
        HotRoute(
            "POST", f"{BASE}/capture", WRITE, post_capture, body_limit_mb=document_limit_mb,
            summary="Capture an EPCIS document", query=("name",), headers=(_BEHAVIOUR, *_VERSIONS),
        ),
        HotRoute("GET", f"{BASE}/capture", READ, list_captures, summary="Capture jobs, newest first", query=_PAGING),
        HotRoute("OPTIONS", f"{BASE}/capture", READ, _options_capture, summary="What capture takes"),
        HotRoute("GET", f"{BASE}/capture/{{job_id}}", READ, get_capture, summary="One capture job"),
        HotRoute("OPTIONS", f"{BASE}/capture/{{job_id}}", READ, _options_read, summary="What a capture job offers"),
        HotRoute(
            "POST", f"{BASE}/events", WRITE, post_event, body_limit_mb=10,
            summary="Capture one event", headers=_VERSIONS, clear="the event that its sender has just sent",
        ),
        HotRoute(
            "GET", f"{BASE}/events", READ_WHOLE, get_events, summary="Query events",
            query=tuple(sorted(api.QUERY_PARAMETERS)), clear=WHOLE,
        ),
        HotRoute("OPTIONS", f"{BASE}/events", READ, _options_events, summary="What events offer"),
        HotRoute("GET", f"{BASE}/events/{{event_id}}", READ_WHOLE, get_event, summary="One event", clear=WHOLE),
        HotRoute("OPTIONS", f"{BASE}/events/{{event_id}}", READ, _options_read, summary="What an event offers"),
    ]  # fmt: skip
