"""Group commit: requests that come while others of their tenant are at work are then worked off together (ADR-0024).

Nobody waits for company: a lone request goes at once. Each tenant has two lanes. The quick one never waits for anybody
else's work; what others stand in the way of (a large message about the same items) goes to the patient lane, and waits
there together with its like.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any, Final

import structlog

from suyuan.chassis.database import transaction
from suyuan.chassis.http import HotResponse
from suyuan.entry.hot import answer_fault, answer_hot, hot_request, identified
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal

log = structlog.get_logger(__name__)
MOST_TOGETHER: Final = 100
"""Requests of one transaction."""
MOST_BYTES: Final = 64 * 1024
"""A request with a larger body goes alone: it would keep the others waiting."""
MOST_BYTES_TOGETHER: Final = 2 * MOST_BYTES
"""What the bodies of a transaction come to; a thousand scans or less."""
_THREADS: Final = 4
"""Groups, of different tenants or lanes, that one process works off at the same time."""
_AWAY: Final = 503
_NOBODY: Final = Principal(0, None, "", via="group")


@dataclass(slots=True, eq=False)
class Waiting:
    """A request that waits for its answer."""

    call: Mapping[str, Any]
    answered: asyncio.Future[HotResponse]
    principal: Principal

    def answer(self, response: HotResponse) -> None:
        """Give the answer, where anybody still waits for it."""
        if not self.answered.done():
            self.answered.set_result(response)


Work = Callable[[Sequence[Waiting]], Sequence[HotResponse | None]]


class Lane:
    """Requests in the order they came; those that wait are worked off together, one group after another.

    ``work`` runs in a thread of its own as long as somebody waits; what it answers with None goes ``beyond``.
    """

    def __init__(self, threads: ThreadPoolExecutor, work: Work, beyond: Callable[[Sequence[Waiting]], None]) -> None:
        self._threads, self._work, self._beyond = threads, work, beyond
        self._lock = threading.Lock()
        self._waiting: list[Waiting] = []
        self._running = False

    def put(self, more: Sequence[Waiting]) -> None:
        """Have requests worked off: at once where nobody is at work here. To be called in the event loop."""
        with self._lock:
            self._waiting += more
            start = bool(self._waiting) and not self._running
            self._running = self._running or start
        if start:
            self._threads.submit(self._run)

    def _run(self) -> None:
        while True:
            with self._lock:
                count = _fitting(self._waiting)
                group, self._waiting = self._waiting[:count], self._waiting[count:]
                self._running = bool(group)
            if not group:
                return
            try:
                answers = self._work(group)
            except Exception as error:  # nobody may wait for ever
                answers = [answer_fault(error, waiting.call) for waiting in group]
            with suppress(RuntimeError):  # the loop has ended, and nobody waits
                group[0].answered.get_loop().call_soon_threadsafe(self._tell, group, answers)

    def _tell(self, group: Sequence[Waiting], answers: Sequence[HotResponse | None]) -> None:
        for waiting, answer in zip(group, answers, strict=True):
            if answer is not None:
                waiting.answer(answer)
        self._beyond([waiting for waiting, answer in zip(group, answers, strict=True) if answer is None])


def _fitting(waiting: Sequence[Waiting]) -> int:
    """Return how many of these make the next group: the first, and those after it that keep it small."""
    sizes = accumulate(len(each.call["body"]) for each in waiting[:MOST_TOGETHER])
    return sum(1 for index, size in enumerate(sizes) if index == 0 or size <= MOST_BYTES_TOGETHER)


class Groups:
    """One process: whoever comes is identified with those who came meanwhile, and then joins their tenant's lane."""

    def __init__(self) -> None:
        # Threads of their own: long questions of others keep no scan waiting, and few connections know all statements.
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="group")
        self._door = Lane(ThreadPoolExecutor(1, thread_name_prefix="door"), _admitted, self._join)
        self._lanes: dict[tuple[int, str], Lane] = {}

    async def answer(self, call: Mapping[str, Any]) -> HotResponse:
        """Return the answer to a request on a route that works together."""
        waiting = Waiting(call, asyncio.get_running_loop().create_future(), _NOBODY)
        self._door.put([waiting])
        return await waiting.answered

    def _join(self, admitted: Sequence[Waiting]) -> None:
        for waiting in admitted:
            key = waiting.principal.tenant_id, waiting.call["route"].pattern
            if key not in self._lanes:
                patient = Lane(self._threads, partial(_together, patient=True), _impossible)
                self._lanes[key] = Lane(self._threads, partial(_together, patient=False), patient.put)
            self._lanes[key].put([waiting])


def _admitted(group: Sequence[Waiting]) -> list[HotResponse | None]:
    """Find out who sent each request; answer those that are refused for it."""
    answers: list[HotResponse | None] = []
    for waiting, who in zip(group, identified([waiting.call for waiting in group]), strict=True):
        if isinstance(who, Principal):
            waiting.principal = who
            answers.append(None)
        else:
            answers.append(who)
    return answers


def _together(group: Sequence[Waiting], *, patient: bool) -> list[HotResponse | None]:
    """Work requests of one tenant off in one transaction; where that fails, one by one."""
    work = group[0].call["route"].together
    requests = [hot_request(waiting.call, waiting.principal) for waiting in group]
    try:
        with transaction(Principal(group[0].principal.tenant_id, None, "", via="group")):
            done = work(requests, patient)
    except Exception as error:
        log.info("group undone, one by one", requests=len(group), error=f"{type(error).__name__}: {error}"[:200])
        return _one_by_one(group)
    return [
        answer_fault(each, waiting.call) if isinstance(each, Fault) else each
        for waiting, each in zip(group, done, strict=True)
    ]


def _one_by_one(group: Sequence[Waiting]) -> list[HotResponse | None]:
    """Work requests off in a transaction each, in order; once the database is away, the rest is told so untried."""
    answers: list[HotResponse | None] = []
    away: HotResponse | None = None
    for waiting in group:
        answer = away or answer_hot(waiting.call)
        away = answer if answer.status == _AWAY else None
        answers.append(answer)
    return answers


def _impossible(left: Sequence[Waiting]) -> None:
    """Answer what a patient lane has no answer for; there is none such."""
    for waiting in left:
        waiting.answer(answer_fault(RuntimeError("nobody answered"), waiting.call))
