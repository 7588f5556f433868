"""The ASGI application: hot routes natively, everything else to Django's WSGI handler in the same process.

Handlers do their SQL through one synchronous path, in a bounded set of request threads that each keep a database
connection; the event loop only reads, routes and writes (ADR-0003).
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from suyuan.chassis.contracts import BODY_TOO_LARGE, METHOD_NOT_ALLOWED, NO_SUCH_PATH
from suyuan.chassis.http import HotResponse, HotRoute, language_of, problem_response
from suyuan.chassis.registry import registry
from suyuan.chassis.settings import settings
from suyuan.entry.calling import answer_django
from suyuan.entry.edge import new_request_id
from suyuan.entry.grouping import MOST_BYTES, Groups
from suyuan.entry.headers import raw_safety_headers
from suyuan.entry.hot import HotPrefixes, admit, answer_hot, answer_stream
from suyuan.entry.proxies import put_true_client
from suyuan.kernel.faults import Fault

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_threads = ThreadPoolExecutor(settings().request_threads, thread_name_prefix="request")
_groups = Groups()
_prefixes = HotPrefixes(registry.routes)
_DJANGO_BODY_LIMIT_MB = 2
"""Large documents go to hot routes; below Django's own limit, so that ours is the one that answers."""
_READ_FROM_ANYBODY = 1024 * 1024
"""Bytes; more is read only from somebody who may send it."""


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one connection."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    if scope["type"] != "http":
        return
    put_true_client(scope)
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    request_id = new_request_id()
    try:
        await _serve(scope, receive, send, headers, request_id)
    except Fault as fault:
        answer = problem_response(fault, language_of(headers.get("accept-language", "")), request_id)
        await _send(send, answer, request_id)


async def _serve(scope: Scope, receive: Receive, send: Send, headers: Mapping[str, str], request_id: str) -> None:
    found = _prefixes.find(scope["method"], _raw_path(scope))
    if found is None:
        body = await _read(receive, headers, _DJANGO_BODY_LIMIT_MB)
        environ = _environ(scope, headers, body, request_id)
        await answer_django(environ, _threads, send, receive)
        return
    route, parameters = found
    if route is None:
        if not parameters:
            raise NO_SUCH_PATH(path=scope["path"])
        raise METHOD_NOT_ALLOWED(method=scope["method"], allowed=parameters["allowed"])
    call = _hot_call(scope, headers, route, parameters, request_id)
    loop = asyncio.get_running_loop()
    call["body"] = await _read(
        receive, headers, route.body_limit_mb, lambda: loop.run_in_executor(_threads, admit, call)
    )
    if route.stream is not None:
        await answer_stream(call, loop, _threads, send, receive)
        return
    if route.together is not None and len(call["body"]) <= MOST_BYTES:
        answer = await _groups.answer(call)
    else:
        answer = await loop.run_in_executor(_threads, answer_hot, call)
    await _send(send, answer, request_id)


def _raw_path(scope: Scope) -> str:
    """Return the path as it was sent: an encoded slash (in an event's id, say) divides nothing."""
    raw = scope.get("raw_path")
    return quote(scope["path"]) if raw is None else raw.partition(b"?")[0].decode("latin-1")


async def _read(
    receive: Receive,
    headers: Mapping[str, str],
    limit_mb: int,
    before_much: Callable[[], Awaitable[None]] | None = None,
) -> bytes:
    """Return the body; ``before_much`` may refuse before a large one is read on."""
    limit, size = limit_mb * 1024 * 1024, 0
    announced = headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:15]) > limit:
        raise BODY_TOO_LARGE(limit_mb=limit_mb)
    chunks: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(chunks)
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise BODY_TOO_LARGE(limit_mb=limit_mb)
        if size > _READ_FROM_ANYBODY and before_much is not None:
            await before_much()
            before_much = None
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


def _hot_call(
    scope: Scope,
    headers: Mapping[str, str],
    route: HotRoute,
    parameters: Mapping[str, str],
    request_id: str,
) -> dict[str, Any]:
    query = scope.get("query_string", b"").decode("latin-1")
    host = headers.get("host", "127.0.0.1")
    return {
        "environ": partial(_environ, scope, headers, b"", request_id),
        "client": str((scope.get("client") or ("", 0))[0]),
        "route": route,
        "method": scope["method"],
        "path": scope["path"],
        "parameters": {name: unquote(value) for name, value in parameters.items()},
        "query": tuple(parse_qsl(query, keep_blank_values=True)),
        "headers": headers,
        "body": b"",
        "request_id": request_id,
        "base_url": settings().public_url or f"{scope.get('scheme', 'http')}://{host}",
    }


def _environ(scope: Scope, headers: Mapping[str, str], body: bytes, request_id: str) -> dict[str, Any]:
    client = scope.get("client") or ("", 0)
    server = scope.get("server") or ("127.0.0.1", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": str(client[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(body)),
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        if key == "CONTENT_TYPE":
            environ[key] = value
        elif key != "CONTENT_LENGTH" and "_" not in name:
            environ[f"HTTP_{key}"] = value
    environ["HTTP_X_SUYUAN_REQUEST_ID"] = request_id
    return environ


async def _send(send: Send, answer: HotResponse, request_id: str) -> None:
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
        (b"x-request-id", request_id.encode()),
        *raw_safety_headers(),
        *((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
