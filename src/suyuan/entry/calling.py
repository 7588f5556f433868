"""Answering through Django's WSGI handler: whole answers, streams, and clients that leave before the end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.core.wsgi import get_wsgi_application

from suyuan.chassis.caller import CALLER_LEFT, Caller, answering
from suyuan.chassis.withholding import telling
from suyuan.kernel.faults import Fault

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Told = Callable[[MutableMapping[str, Any]], None]

_django = get_wsgi_application()
_QUICK_SECONDS = 0.05
"""Most answers are there by then; only for the others is it worth watching whether the client leaves."""


async def answer_django(environ: dict[str, Any], threads: ThreadPoolExecutor, send: Send, receive: Receive) -> None:
    """Answer one request; tell the work, where it is long, when the client has left."""
    loop = asyncio.get_running_loop()
    client = Caller()

    async def sent(message: MutableMapping[str, Any]) -> None:
        await send(message)

    def tell(message: MutableMapping[str, Any]) -> None:
        client.here()
        asyncio.run_coroutine_threadsafe(sent(message), loop).result()

    work = asyncio.ensure_future(loop.run_in_executor(threads, _call, environ, client, tell))
    done, _ = await asyncio.wait({work}, timeout=_QUICK_SECONDS)
    if not done:
        await _watched(work, client, receive)
    for message in await work:
        await send(message)


async def _watched(work: asyncio.Future[Any], client: Caller, receive: Receive) -> None:
    leaver = asyncio.ensure_future(_until_gone(receive))
    await asyncio.wait({work, leaver}, return_when=asyncio.FIRST_COMPLETED)
    if not work.done():
        await asyncio.get_running_loop().run_in_executor(None, client.leave)
        await asyncio.wait({work})
    leaver.cancel()
    with suppress(asyncio.CancelledError, ConnectionError, RuntimeError):
        await leaver


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _call(environ: dict[str, Any], client: Caller, tell: Told) -> list[MutableMapping[str, Any]]:
    """Run the view in this request thread; return the messages that are still to be sent."""
    started: list[MutableMapping[str, Any]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> Callable[[bytes], object]:
        pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        started.append({"type": "http.response.start", "status": int(status[:3]), "headers": pairs})
        return lambda data: None

    with answering(client), telling(None):  # the edge finds out who reads
        response = _django(environ, start_response)
        try:
            poured = getattr(response, "streaming", False) and environ["REQUEST_METHOD"] in ("GET", "POST")
            if poured and not getattr(response, "file_to_stream", None):
                _pour(response, started[0], tell)
                return []
            return [started[0], {"type": "http.response.body", "body": _whole(response, environ)}]
        finally:
            close = getattr(response, "close", None)
            if close is not None:
                close()


def _whole(response: Iterable[bytes], environ: dict[str, Any]) -> bytes:
    return b"" if environ["REQUEST_METHOD"] == "HEAD" else b"".join(response)


def _pour(response: Iterable[bytes], start: MutableMapping[str, Any], tell: Told) -> None:
    """Send a stream as it comes; each piece waits until the one before has been taken.

    Once it has begun nothing can be said of a fault any more but to break off, which a client does notice.
    """
    try:
        tell(start)
        for piece in response:
            tell({"type": "http.response.body", "body": piece, "more_body": True})
        tell({"type": "http.response.body", "body": b""})
    except Fault as fault:
        if fault.kind is CALLER_LEFT:
            return
        raise RuntimeError(f"the answer broke off: {fault.kind.code}") from fault
