"""What stations fetch and send about production."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

import msgspec

from suyuan.chassis.contracts import BODY_MALFORMED
from suyuan.chassis.http import HotRequest, HotResponse, HotRoute, encode
from suyuan.kernel.disclosure import SEE_PEOPLE
from suyuan.production.api import floor, instructions
from suyuan.production.contracts.floor import FloorStation, FloorWork
from suyuan.production.contracts.instructions import (
    InstructionRead,
    InstructionReaders,
    InstructionReading,
    InstructionRevisions,
)

_OF_REVISION: Final = ("key", "operation", "revision")
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def get_station(request: HotRequest) -> HotResponse:
    """``GET /api/v1/production/station``."""
    found = floor.station(dict(request.query).get("since", ""))
    return HotResponse(status=204) if found is None else HotResponse(encode(found))


def get_work(request: HotRequest) -> HotResponse:
    """``GET /api/v1/production/station/work``."""
    found = floor.work(dict(request.query).get("since", ""))
    return HotResponse(status=204) if found is None else HotResponse(encode(found))


def post_read(request: HotRequest) -> HotResponse:
    """``POST /api/v1/production/instructions/read``."""
    try:
        given = msgspec.json.decode(request.body, type=InstructionRead)
    except msgspec.DecodeError as error:
        raise BODY_MALFORMED(at="/", why=str(error)[:300]) from None
    instructions.confirm(given)
    return HotResponse(status=204)


def get_readers(request: HotRequest) -> HotResponse:
    """``GET /api/v1/production/instructions/readers``."""
    return HotResponse(encode(instructions.readers(dict(request.query).get("key", "")[:80])))


def get_revisions(_: HotRequest) -> HotResponse:
    """``GET /api/v1/production/instructions``."""
    return HotResponse(encode(instructions.revisions()))


def _reading(request: HotRequest) -> InstructionReading:
    given = dict(request.query)
    return instructions.reading(*(given.get(name, "").replace("\0", "")[:80] for name in _OF_REVISION))


def get_reading(request: HotRequest) -> HotResponse:
    """``GET /api/v1/production/instructions/revision``."""
    return HotResponse(encode(_reading(request)))


def get_reading_file(request: HotRequest) -> HotResponse:
    """``GET /api/v1/production/instructions/revision/file``: an Excel file."""
    found = _reading(request)
    name = quote(f"{found.head.route}-{found.head.operation}-{found.head.revision}.xlsx", safe="")
    headers = (("Content-Disposition", f"attachment; filename=\"read.xlsx\"; filename*=UTF-8''{name}"),)
    return HotResponse(instructions.workbook(found, request.language), content_type=_EXCEL, headers=headers)


def floor_routes() -> list[HotRoute]:
    """Return the routes of stations."""
    return [
        HotRoute(
            "GET", "/api/v1/production/station", floor.WRITE, get_station, query=("since",), answers=FloorStation,
            summary="What a station needs of production to work without the network",
        ),
        HotRoute(
            "GET", "/api/v1/production/station/work", floor.WRITE, get_work, query=("since",), answers=FloorWork,
            summary="How the work stands, for a station's checks without the network",
        ),
        HotRoute(
            "POST", "/api/v1/production/instructions/read", floor.WRITE, post_read, takes=InstructionRead,
            summary="Confirm to have read an operation's work instructions",
        ),
        HotRoute(
            "GET", "/api/v1/production/instructions/readers", instructions.RIGHT, get_readers, query=("key",),
            answers=InstructionReaders, summary="Who has read the instructions of a route",
        ),
        HotRoute(
            "GET", "/api/v1/production/instructions", instructions.RIGHT, get_revisions, answers=InstructionRevisions,
            summary="Every revision of work instructions, with how many have read it",
        ),
        HotRoute(
            "GET", "/api/v1/production/instructions/revision", instructions.RIGHT, get_reading, query=_OF_REVISION,
            answers=InstructionReading, summary="Who has read a revision of instructions, and who has not",
        ),
        HotRoute(
            "GET", "/api/v1/production/instructions/revision/file", f"{instructions.RIGHT} {SEE_PEOPLE}",
            get_reading_file, query=_OF_REVISION, file=_EXCEL, costly=True,
            summary="Who has read a revision of instructions, and who has not, as an Excel file",
            clear="who has read, and when; nothing of parties or measured values",
        ),
    ]  # fmt: skip
