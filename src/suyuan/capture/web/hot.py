"""The routes that devices use all day, served natively."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from suyuan.capture.api import behind, correcting, measuring, stations, submitting, trying
from suyuan.capture.api.messages import Message
from suyuan.capture.contracts.behind import EventEntry
from suyuan.capture.contracts.corrections import Corrected, CorrectionOrder, Decided, Decision, RefusedPage
from suyuan.capture.contracts.permissions import CORRECT, OVERRIDE, TRY, WRITE
from suyuan.capture.contracts.quality import OverriddenPage
from suyuan.capture.contracts.readings import BatchOutcome, ReadingBatch, Station, Trial, TrialOutcome
from suyuan.capture.web.decoding import decoded, number_in, uuid_in
from suyuan.chassis.http import HotRequest, HotResponse, HotRoute, encode
from suyuan.chassis.latency import measured
from suyuan.kernel.faults import Fault

_TRIAL: Final = msgspec.json.Decoder(Trial)
_BATCH: Final = msgspec.json.Decoder(ReadingBatch)
_CORRECTION: Final = msgspec.json.Decoder(CorrectionOrder)
_DECISION: Final = msgspec.json.Decoder(Decision)


def post_readings(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/readings``."""
    batch = decoded(_BATCH, request.body)
    with measured("capture"):
        return HotResponse(encode(submitting.submit(batch, request.language)))


def post_readings_together(requests: Sequence[HotRequest], patient: bool) -> list[HotResponse | Fault | None]:
    """``POST /api/v1/capture/readings``, of several devices at once."""
    messages: dict[int, Message] = {}
    answers: list[HotResponse | Fault | None] = [None] * len(requests)
    for index, request in enumerate(requests):
        try:
            batch = decoded(_BATCH, request.body)
            messages[index] = Message(batch, request.principal, request.language, request.request_id)
        except Fault as fault:
            answers[index] = fault
    with measured("capture"):
        submitting.submit_all(list(messages.values()), patient=patient)
    for index, message in messages.items():
        done = message.answer
        answers[index] = HotResponse(encode(done)) if isinstance(done, BatchOutcome) else done
    return answers


def get_station(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/station``: 304 where nothing changed since the etag that the device names."""
    since = dict(request.query).get("since") or request.headers.get("if-none-match", "").strip('"')
    found = stations.station(since[:64])
    if found is None:
        return HotResponse(status=304)
    headers = (("ETag", f'"{found.etag}"'), ("Cache-Control", "private, no-cache"))
    return HotResponse(encode(found), headers=headers)


def post_correction(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/corrections``."""
    return HotResponse(encode(correcting.correct(decoded(_CORRECTION, request.body), request.language)))


def get_refused(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/refused``: what is open first where ``open`` is ``true``, newest first."""
    given = dict(request.query)
    page = correcting.list_refused(
        request.language,
        device=uuid_in(given["device"]) if "device" in given else None,
        node=given.get("node", "").replace("\0", "")[:63] or None,
        still_open=given.get("open") == "true",
        cursor=given.get("cursor"),
        limit=number_in(given, "limit", 50, 500),
    )
    return HotResponse(encode(page))


def post_decision(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/refused/{reading}``."""
    reading = uuid_in(request.parameters["reading"])
    return HotResponse(encode(correcting.decide(reading, decoded(_DECISION, request.body), request.language)))


def get_entry(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/events/{number}/entry``."""
    number = number_in(request.parameters, "number", 0, 2**53)
    return HotResponse(encode(behind.entry_behind(number, request.language)))


def post_trial(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/try``."""
    return HotResponse(encode(trying.try_node(decoded(_TRIAL, request.body), request.language)))


def get_overridden(_: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/overrides``."""
    return HotResponse(encode(measuring.overridden()))


def capture_routes() -> list[HotRoute]:
    """Return the routes that devices use."""
    return [
        HotRoute(
            "POST", "/api/v1/capture/readings", WRITE, post_readings, body_limit_mb=10,
            together=post_readings_together,
            summary="Take a device's entries; sending them again changes nothing",
            takes=ReadingBatch, answers=BatchOutcome,
        ),
        HotRoute(
            "GET", "/api/v1/capture/station", WRITE, get_station, query=("since",), answers=Station,
            summary="All that a device needs to work without the network; 304 where it has it already",
        ),
        HotRoute(
            "POST", "/api/v1/capture/corrections", CORRECT, post_correction, takes=CorrectionOrder, answers=Corrected,
            summary="Void the events of an entry and, with a replacement, record what was so instead",
        ),
        HotRoute(
            "GET", "/api/v1/capture/refused", WRITE, get_refused, answers=RefusedPage,
            query=("device", "node", "open", "cursor", "limit"),
            summary="Entries that were refused, newest first, and what was decided about them",
        ),
        HotRoute(
            "POST", "/api/v1/capture/refused/{reading}", WRITE, post_decision, takes=Decision, answers=Decided,
            summary="Discard a refused entry, or record the corrected one in its place",
        ),
        HotRoute(
            "GET", "/api/v1/capture/events/{number}/entry", "trace:event:read", get_entry, answers=EventEntry,
            summary="The entry behind an event: node and version, how it came, what was found in it",
        ),
        HotRoute(
            "POST", "/api/v1/capture/try", TRY, post_trial, body_limit_mb=10, takes=Trial, answers=TrialOutcome,
            summary="What a node, saved or not, would make of entries; nothing is recorded",
        ),
        HotRoute(
            "GET", "/api/v1/capture/overrides", OVERRIDE, get_overridden, answers=OverriddenPage,
            summary="Entries that somebody let pass though a check stopped them, newest first",
        ),
    ]  # fmt: skip
