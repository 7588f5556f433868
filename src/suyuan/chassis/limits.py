"""How much one caller may ask for: calls in a minute, and costly work at once.

Each server process counts by itself, in memory: nothing is asked of the database or of another process for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import wraps
from math import ceil
from typing import Any, Final, ParamSpec, TypeVar

import structlog
from django.http import StreamingHttpResponse

from suyuan.chassis.contracts import CALLS_TOO_MANY, COSTLY_TOO_MANY
from suyuan.chassis.database import tx
from suyuan.chassis.settings import settings
from suyuan.kernel.principals import Principal

P = ParamSpec("P")
R = TypeVar("R")
log = structlog.get_logger(__name__)
COSTLY_MARK: Final = "suyuan_costly"
_MINUTE: Final = 60.0
_MANY: Final = 4096
"""Callers known at once before those of long ago are forgotten."""
_COSTLY_AGAIN: Final = 3
"""Seconds after which it is worth asking again for a place that others of the same caller have."""
_Caller = tuple[int, int | None, int | None]


def _caller(who: Principal) -> _Caller:
    return who.tenant_id, who.user_id, who.token_id


class Calls:
    """Counts the calls of every person and token.

    What is kept of a caller is one instant: when the minute's worth of calls that they may save up is whole again
    (the generic cell rate algorithm). A call moves it on by its share of a minute; one that would move it further than
    a minute ahead is refused, and counts for nothing. Two calls of one caller that meet in the same moment may count as
    one: no lock is taken for that.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._whole: dict[_Caller, float] = {}
        self._told: dict[_Caller, float] = {}
        self._most = _MANY
        self._lock = threading.Lock()

    def count(self, who: Principal) -> None:
        """Count a call.

        :raises Fault: ``chassis.calls_too_many`` with the seconds to wait.
        """
        chosen = settings()
        allowed = chosen.person_calls_a_minute if who.token_id is None else chosen.token_calls_a_minute
        if not allowed:
            return
        caller, now = _caller(who), self._clock()
        before = self._whole.get(caller)
        whole = (now if before is None or before < now else before) + _MINUTE / allowed
        wait = whole - now - _MINUTE
        if wait > 1e-6:  # what is left of many additions is no call
            self._refuse(caller, who, now, allowed, wait)
        if before is None:
            self._remember(caller, whole, now)
        else:
            self._whole[caller] = whole

    def _refuse(self, caller: _Caller, who: Principal, now: float, allowed: int, wait: float) -> None:
        """Refuse a call; the log names a caller once a minute, not once a call."""
        if now - self._told.get(caller, -_MINUTE) >= _MINUTE:
            self._told[caller] = now
            log.warning("calls too many", tenant=who.tenant_id, user=who.user_id, token=who.token_id, allowed=allowed)
        raise CALLS_TOO_MANY(limit=allowed, retry_after=max(1, ceil(wait)))

    def _remember(self, caller: _Caller, whole: float, now: float) -> None:
        with self._lock:  # nothing else changes which callers there are
            self._whole[caller] = whole
            if len(self._whole) > self._most:
                self._whole = {each: until for each, until in self._whole.items() if until > now}
                self._told = {each: at for each, at in self._told.copy().items() if each in self._whole}
                self._most = max(_MANY, 2 * len(self._whole))


class Places:
    """How much costly work of every person and token runs now."""

    def __init__(self) -> None:
        self._taken: dict[_Caller, int] = {}
        self._lock = threading.Lock()

    def take(self, who: Principal) -> Callable[[], None]:
        """Take one of a caller's places; return what gives it back, which may be called more than once.

        :raises Fault: ``chassis.costly_too_many``.
        """
        caller, most = _caller(who), settings().costly_at_once
        with self._lock:
            taken = self._taken.get(caller, 0)
            if most and taken >= most:
                raise COSTLY_TOO_MANY(limit=most, retry_after=_COSTLY_AGAIN)
            self._taken[caller] = taken + 1
        given = False

        def give_back() -> None:
            nonlocal given
            with self._lock:
                if given:
                    return
                given = True
                left = self._taken[caller] - 1
                if left:
                    self._taken[caller] = left
                else:
                    del self._taken[caller]

        return give_back


calls: Final = Calls()
places: Final = Places()


def costly(operation: Callable[P, R]) -> Callable[P, R]:
    """Mark a web operation of which one person or token may have only a few under way; below ``@guarded``.

    The place of an answer that is streamed is free once it has been sent, or nobody waits for it any more.
    """

    @wraps(operation)
    def placed(*args: P.args, **kwargs: P.kwargs) -> R:
        give_back = places.take(tx().principal)
        try:
            answer = operation(*args, **kwargs)
        except BaseException:
            give_back()
            raise
        if isinstance(answer, StreamingHttpResponse) and not answer.is_async:
            answer.streaming_content = _Poured(iter(answer), give_back)
        else:
            give_back()
        return answer

    setattr(placed, COSTLY_MARK, True)
    return placed


class _Poured:
    """What is streamed, with the place that it has; Django closes it with the answer, sent or not."""

    def __init__(self, pieces: Iterator[Any], give_back: Callable[[], None]) -> None:
        self._pieces, self._give_back = pieces, give_back

    def __iter__(self) -> Iterator[Any]:
        return self._pieces

    def close(self) -> None:
        """Give the place back."""
        self._give_back()
