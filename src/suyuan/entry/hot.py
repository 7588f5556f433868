"""Answering hot routes: routing, who calls, the one transaction, faults as problems, server-sent events."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIRequest
from django.http import parse_cookie
from psycopg.errors import DeadlockDetected, SerializationFailure

from suyuan.chassis.contracts import CSRF_MISSING
from suyuan.chassis.database import DATABASE_LOST, transaction
from suyuan.chassis.http import HotRequest, HotResponse, HotRoute, Work, language_of, problem_response, refuse_uncut
from suyuan.chassis.limits import calls, places
from suyuan.chassis.settings import settings
from suyuan.chassis.withholding import HEADER, telling
from suyuan.entry.edge import SAFE_METHODS, as_fault, csrf_missing
from suyuan.entry.headers import raw_safety_headers
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import NOT_SIGNED_IN, Principal
from suyuan.tenancy import api as tenancy

log = structlog.get_logger(__name__)
_ATTEMPTS = 4
_LOOK_SECONDS = 20.0
"""How often a stream looks whether whoever opened it may still."""
_NOBODY = Principal(tenant_id=0, user_id=None, name="")


class HotPrefixes:
    """Finds the hot route for a path; whole prefixes are ours, so an unknown path under them is refused here."""

    def __init__(self, routes: Sequence[HotRoute]) -> None:
        self._routes = tuple(routes)
        self._owned = re.compile(r"/epcis(/|$)")

    def find(self, method: str, path: str) -> tuple[HotRoute | None, Mapping[str, str]] | None:
        """Return (route, parameters); (None, {}) or (None, {"allowed": …}) where refused; None where Django serves."""
        allowed = []
        for route in self._routes:
            match = route.regex.fullmatch(path)
            if match is None:
                continue
            if route.method == method:
                return route, match.groupdict()
            allowed.append(route.method)
        if allowed:
            return None, {"allowed": ", ".join(sorted(allowed))}
        return (None, {}) if self._owned.match(path) else None


def _who(
    call: Mapping[str, Any], known: MutableMapping[object, Principal | None] | None = None, *, looking: bool = False
) -> Principal:
    """Return who calls; ``known`` keeps who that was, for others who bring the same token or session.

    ``looking``: they did not call again, a stream of theirs is open still.
    """
    route: HotRoute = call["route"]
    headers: Mapping[str, str] = call["headers"]
    proof = headers.get("authorization"), headers.get("cookie")
    if known is not None and proof in known:
        principal = known[proof]
    else:
        principal = tenancy.identify(proof[0], _session(call), call["client"], looking=looking)
        if known is not None:
            known[proof] = principal
    if principal is None:
        if route.permission is None:
            return _NOBODY
        raise NOT_SIGNED_IN()
    if principal.via == "session" and route.method not in SAFE_METHODS and csrf_missing(WSGIRequest(call["environ"]())):
        raise CSRF_MISSING()
    for permission in (route.permission or "").split():
        principal.require(permission)
    return principal


def _counted(principal: Principal) -> Principal:
    """Count a call of somebody's.

    :raises Fault: ``chassis.calls_too_many``.
    """
    if principal is not _NOBODY:
        calls.count(principal)
    return principal


def _session(call: Mapping[str, Any]) -> SessionStore:
    cookies = parse_cookie(call["headers"].get("cookie", ""))
    return SessionStore(cookies.get(settings().session_cookie))


def identified(calls: Sequence[Mapping[str, Any]]) -> list[Principal | HotResponse]:
    """Return who sends each of these requests, or the refusal; who brings the same proof is looked up once."""
    known: dict[object, Principal | None] = {}
    found: list[Principal | HotResponse] = []
    for call in calls:
        try:
            found.append(_counted(_who(call, known)))
        except Exception as error:
            found.append(answer_fault(error, call))
    return found


def admit(call: Mapping[str, Any]) -> None:
    """Refuse, before its body is read on, a request that :func:`answer_hot` would refuse for who sends it.

    :raises Fault: ``kernel.not_signed_in`` and its like.
    """
    try:
        _who(call)
    except Exception as error:
        raise as_fault(error, call["request_id"], f"{call['method']} {call['path']}") from error


def hot_request(call: Mapping[str, Any], principal: Principal) -> HotRequest:
    """Return a request as its route's work gets it."""
    names = ("method", "path", "parameters", "query", "headers", "body", "request_id", "base_url")
    return HotRequest(principal=principal, **{name: call[name] for name in names})


def answer_hot(call: Mapping[str, Any], *, again: bool = False) -> HotResponse:
    """Run a hot route's work in this request thread. ``again``: the call has been counted already."""
    route: HotRoute = call["route"]
    try:
        principal = _who(call) if again else _counted(_who(call))
        request = hot_request(call, principal)
        if route.costly:
            give_back = places.take(principal)
            try:
                return _answered(route, principal, request)
            finally:
                give_back()
        return _answered(route, principal, request)
    except Exception as error:
        return answer_fault(error, call)


def _answered(route: HotRoute, principal: Principal, request: HotRequest) -> HotResponse:
    with telling(None if principal is _NOBODY else principal) as answer:
        work = partial(_judged, route)
        alone = route.own_transaction or principal is _NOBODY
        response = work(request) if alone else _work(work, request)
        withheld = answer.header()
        return replace(response, headers=(*response.headers, (HEADER, withheld))) if withheld else response


def _judged(route: HotRoute, request: HotRequest) -> HotResponse:
    """Do a route's work; refuse to send what nothing was withheld from to somebody who may not see every field."""
    if route.work is None:
        raise RuntimeError(f"{route.pattern} has no work")
    response = route.work(request)
    if not route.clear:
        refuse_uncut(response.status, bool(response.body))
    return response


def answer_fault(error: Exception, call: Mapping[str, Any]) -> HotResponse:
    """Return the problem answer for what went wrong with a request."""
    language = language_of(call["headers"].get("accept-language", ""))
    return problem_response(
        as_fault(error, call["request_id"], f"{call['method']} {call['path']}"), language, call["request_id"]
    )


def _work(work: Work, request: HotRequest) -> HotResponse:
    """Run ``work`` in its transaction, again where the database chose it as the victim of a deadlock."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction(request.principal, request_id=request.request_id) as current:
                response = work(request)
                if response.status >= 400:
                    current.abandon()
                return response
        except (DeadlockDetected, SerializationFailure):
            if attempt == _ATTEMPTS:
                raise
            log.info("deadlock, once more", request_id=request.request_id, attempt=attempt)
    raise AssertionError("unreachable")


async def answer_stream(
    call: Mapping[str, Any],
    loop: asyncio.AbstractEventLoop,
    threads: ThreadPoolExecutor,
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
) -> None:
    """Send a stream route's server-sent events until the client leaves, or may not have them any more."""
    try:
        principal = _counted(await loop.run_in_executor(threads, _who, call))
    except Exception as error:
        problem = answer_fault(error, call)
        told = ((name.lower().encode(), value.encode()) for name, value in problem.headers)
        headers = [(b"content-type", problem.content_type.encode()), *told, *raw_safety_headers()]
        await send({"type": "http.response.start", "status": problem.status, "headers": headers})
        await send({"type": "http.response.body", "body": problem.body})
        return
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        *raw_safety_headers(),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    route: HotRoute = call["route"]
    if route.stream is None:
        raise RuntimeError(f"{route.pattern} has no stream")
    events = route.stream(hot_request(call, principal))
    with telling(principal):
        sender = asyncio.ensure_future(_pump(events, send))
    leaver = asyncio.ensure_future(_until_gone(receive))
    barred = asyncio.ensure_future(_until_barred(call, principal, loop, threads))
    await asyncio.wait({sender, leaver, barred}, return_when=asyncio.FIRST_COMPLETED)
    for task in (sender, leaver, barred):
        task.cancel()
        with suppress(asyncio.CancelledError, ConnectionError, RuntimeError):
            await task
    if leaver.cancelled():  # they are there still
        await send({"type": "http.response.body", "body": b""})


async def _pump(events: AsyncIterator[bytes], send: Callable[[MutableMapping[str, Any]], Awaitable[None]]) -> None:
    async for chunk in events:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _until_barred(
    call: Mapping[str, Any], principal: Principal, loop: asyncio.AbstractEventLoop, threads: ThreadPoolExecutor
) -> None:
    """Return once they have signed out, were barred, or hold other rights; a page of theirs opens the stream anew."""
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        try:
            if await loop.run_in_executor(threads, partial(_who, call, looking=True)) != principal:
                return
        except Fault:
            return
        except DATABASE_LOST as error:
            log.warning("nobody to ask whose stream it is", request_id=call["request_id"], error=str(error))


async def _until_gone(receive: Callable[[], Awaitable[MutableMapping[str, Any]]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
