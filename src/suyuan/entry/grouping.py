"""Group commit: requests that come while others of their tenant are at work are then worked off together (ADR-0024).

A lone request goes at once. Where others are at work, requests are let in every few milliseconds, so that the machine
is not used up by small groups (ADR-0026). Each tenant has two lanes. The quick one never waits for anybody else's
work; what others stand in the way of (a large message about the same items) goes to the patient lane, and waits there
together with its like.
"""

from __future__ import annotations

import asyncio
import threading
import time
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
PACE: Final = 0.02
"""Seconds from one letting in to the next while others are at work: what that adds to an answer at most, under load."""
ENOUGH: Final = 8
"""Requests for which nobody waits any longer: larger groups hardly cost less for each."""
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

    ``work`` runs in a thread of its own as long as somebody waits; what it answers with None goes ``beyond``. While
    it is ``crowded``, a group follows the one before no sooner than :data:`PACE`, or than there are :data:`ENOUGH`.
    """

    def __init__(
        self, threads: ThreadPoolExecutor, work: Work, beyond: Callable[[Sequence[Waiting]], None],
        crowded: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        self._threads, self._work, self._beyond, self._crowded = threads, work, beyond, crowded
        self._began = -PACE
        self._enough = threading.Event()
        self._lock = threading.Lock()
        self._waiting: list[Waiting] = []
        self._running = False

    def put(self, more: Sequence[Waiting]) -> None:
        """Have requests worked off: at once where nobody is at work here. To be called in the event loop."""
        with self._lock:
            self._waiting += more
            if len(self._waiting) >= ENOUGH:
                self._enough.set()
            start = bool(self._waiting) and not self._running
            self._running = self._running or start
        if start:
            self._threads.submit(self._run)

    def _run(self) -> None:
        while True:
            with self._lock:
                waiting = len(self._waiting)
                self._running = waiting > 0
            if not waiting:
                return
            due = self._began + PACE - time.monotonic()
            if due > 0 and waiting < ENOUGH and self._crowded():
                self._enough.wait(due)
            with self._lock:
                count = _fitting(self._waiting)
                group, self._waiting = self._waiting[:count], self._waiting[count:]
                self._enough.clear()
            self._began = time.monotonic()
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
        self._open = 0
        self._door = Lane(ThreadPoolExecutor(1, thread_name_prefix="door"), _admitted, self._join, self._busy)
        self._lanes: dict[tuple[int, str], Lane] = {}

    async def answer(self, call: Mapping[str, Any]) -> HotResponse:
        """Return the answer to a request on a route that works together."""
        waiting = Waiting(call, asyncio.get_running_loop().create_future(), _NOBODY)
        self._open += 1
        try:
            self._door.put([waiting])
            return await waiting.answered
        finally:
            self._open -= 1

    def _busy(self) -> bool:
        return self._open > 1

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
        answer = away or answer_hot(waiting.call, again=True)
        away = answer if answer.status == _AWAY else None
        answers.append(answer)
    return answers


def _impossible(left: Sequence[Waiting]) -> None:
    """Answer what a patient lane has no answer for; there is none such."""
    for waiting in left:
        waiting.answer(answer_fault(RuntimeError("nobody answered"), waiting.call))
