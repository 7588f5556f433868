"""Live notices: what was committed reaches every open console at once, over LISTEN/NOTIFY and server-sent events."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator

import psycopg
import structlog

from suyuan.chassis.database import tx
from suyuan.chassis.lines import WATCH, line_to
from suyuan.chassis.settings import settings

log = structlog.get_logger(__name__)
CHANNEL = "suyuan_live"
HEARTBEAT_SECONDS = 15.0
_RETRY_SECONDS = 2.0
_ASK_SECONDS = 30.0
CHANGED = "changed"


def tell_changed(kind: str, key: str) -> None:
    """Tell every open console of the tenant, once this transaction commits, that what they show of ``key`` is old."""
    notice = f"{tx().principal.tenant_id}:{CHANGED}:{kind}:{key}"
    tx().execute("SELECT pg_notify(%s, %s)", (CHANNEL, notice), prepare=True)


class LiveNotices:
    """One listening connection a process; each open console has a queue. Slow consoles miss notices, not memory."""

    def __init__(self) -> None:
        self._queues: defaultdict[int, set[asyncio.Queue[str]]] = defaultdict(set)
        self._listener: asyncio.Task[None] | None = None

    async def notices(self, tenant_id: int) -> AsyncIterator[str | None]:
        """Yield what was notified for the tenant; None as a heartbeat when nothing came for a while."""
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        queue: asyncio.Queue[str] = asyncio.Queue(maxsize=100)
        self._queues[tenant_id].add(queue)
        try:
            while True:
                try:
                    # unlike wait_for, this heeds a cancellation that comes together with a notice
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        notice = await queue.get()
                except TimeoutError:
                    yield None
                else:
                    yield notice
        finally:
            self._queues[tenant_id].discard(queue)

    async def _listen(self) -> None:
        while True:
            try:
                address = line_to(settings().database_app_url or "")
                async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                    WATCH.add(connection)
                    await connection.execute(f"LISTEN {CHANNEL}")
                    while True:
                        async for notice in connection.notifies(timeout=_ASK_SECONDS):
                            self._spread(notice.payload)
                        await connection.execute("SELECT 1")  # else nobody would know of a line that fell silent
            except psycopg.Error as error:
                log.warning("live notices interrupted", error=str(error))
            await asyncio.sleep(_RETRY_SECONDS)

    def _spread(self, payload: str) -> None:
        tenant, _, rest = payload.partition(":")
        for queue in self._queues.get(int(tenant), ()):
            if not queue.full():
                queue.put_nowait(rest)


live_notices = LiveNotices()
