"""What stations fetch and send about production."""

from __future__ import annotations

import msgspec

from suyuan.chassis.contracts import BODY_MALFORMED
from suyuan.chassis.http import HotRequest, HotResponse, HotRoute, encode
from suyuan.production.api import floor
from suyuan.production.contracts.floor import FloorStation, InstructionRead, InstructionReaders


def get_station(request: HotRequest) -> HotResponse:
    """``GET /api/v1/production/station``."""
    found = floor.station(dict(request.query).get("since", ""))
    return HotResponse(status=204) if found is None else HotResponse(encode(found))


def post_read(request: HotRequest) -> HotResponse:
    """``POST /api/v1/production/instructions/read``."""
    try:
        given = msgspec.json.decode(request.body, type=InstructionRead)
    except msgspec.DecodeError as error:
        raise BODY_MALFORMED(at="/", why=str(error)[:300]) from None
    floor.confirm(given)
    return HotResponse(status=204)


def get_readers(request: HotRequest) -> HotResponse:
    """``GET /api/v1/production/instructions/readers``."""
    return HotResponse(encode(floor.readers(dict(request.query).get("key", "")[:80])))


def floor_routes() -> list[HotRoute]:
    """Return the routes of stations."""
    return [
        HotRoute(
            "GET", "/api/v1/production/station", floor.WRITE, get_station, query=("since",), answers=FloorStation,
            summary="What a station needs of production to work without the network",
        ),
        HotRoute(
            "POST", "/api/v1/production/instructions/read", floor.WRITE, post_read, takes=InstructionRead,
            summary="Confirm to have read an operation's work instructions",
        ),
        HotRoute(
            "GET", "/api/v1/production/instructions/readers", "production:order:read", get_readers, query=("key",),
            answers=InstructionReaders, summary="Who has read the instructions of a route",
        ),
    ]  # fmt: skip
