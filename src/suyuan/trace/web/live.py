"""What was just recorded, as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from suyuan.chassis.database import transaction
from suyuan.chassis.http import HotRequest, HotRoute, encode
from suyuan.chassis.live import CHANGED, live_notices
from suyuan.trace import api
from suyuan.trace.contracts import EventFilter, EventRow

_READ = "trace:event:read"
_SHOWN = 5
_GATHER_SECONDS = 0.4


def _latest(request: HotRequest) -> list[EventRow]:
    with transaction(request.principal, request_id=request.request_id):
        return list(api.list_events(EventFilter(), sort="-recorded", limit=_SHOWN).rows)


async def recorded(request: HotRequest) -> AsyncIterator[bytes]:
    """Yield ``event: recorded`` with how many were recorded and the newest five, gathered over 0.4 s.

    ``event: changed`` with ``kind`` and ``key`` tells at once of a definition that was saved, published or retired.
    Boards of people who may not read events (material calls, orders) listen too: they are told that something is new,
    with ``latest`` and ``key`` empty.
    """
    reads = request.principal.may(_READ)
    yield b"retry: 3000\n\n"
    count = 0
    loop = asyncio.get_running_loop()
    notices = live_notices.notices(request.principal.tenant_id)
    async for notice in notices:
        if notice is None:
            yield b": alive\n\n"
            continue
        what, _, which = notice.partition(":")
        if what == CHANGED:
            kind, _, key = which.partition(":")
            yield b"event: changed\ndata: " + encode({"kind": kind, "key": key if reads else ""}) + b"\n\n"
            continue
        count += int(notice.rsplit(":", 1)[-1])
        await asyncio.sleep(_GATHER_SECONDS)
        rows = await loop.run_in_executor(None, _latest, request) if reads else []
        yield b"event: recorded\ndata: " + encode({"count": count, "latest": rows}) + b"\n\n"
        count = 0


ROUTES = (HotRoute("GET", "/api/v1/live", "", stream=recorded, summary="What was just recorded, live"),)
