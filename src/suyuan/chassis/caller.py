"""Whoever waits for an answer: long work asks whether anybody still does, and stops when nobody does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
import structlog

from suyuan.kernel.faults import fault_kind

log = structlog.get_logger(__name__)
CALLER_LEFT = fault_kind(
    "chassis.caller_left",
    499,
    zh="提问者已离开，查询已停止。",
    en="Whoever asked has left; the work was stopped.",
    remedy_zh="需要答案时请重新提问。",
    remedy_en="Ask again when the answer is needed.",
)


class Caller:
    """The client of one request. :meth:`leave` is called from another thread; the statement that is running then in an
    :meth:`interruptible` part is ended by the database, and the next :meth:`here` raises.
    """

    def __init__(self) -> None:
        self._left = threading.Event()
        self._lock = threading.Lock()
        self._connection: psycopg.Connection[Any] | None = None

    @property
    def left(self) -> bool:
        """Whether nobody waits any more."""
        return self._left.is_set()

    def leave(self) -> None:
        """Say that the client is gone."""
        self._left.set()
        with self._lock:
            if self._connection is not None:
                log.info("caller left, statement cancelled")
                self._connection.cancel()

    def here(self) -> None:
        """Return where somebody waits.

        :raises Fault: ``chassis.caller_left``.
        """
        if self.left:
            raise CALLER_LEFT()

    @contextmanager
    def interruptible(self, connection: psycopg.Connection[Any]) -> Iterator[None]:
        """Let the client's leaving end the statement that ``connection`` runs; only for work that changes nothing."""
        with self._lock:
            self._connection = connection
        try:
            self.here()
            yield
        except psycopg.errors.QueryCanceled:
            self.here()
            raise
        finally:
            with self._lock:
                self._connection = None


_caller: ContextVar[Caller] = ContextVar("suyuan_caller")


def caller() -> Caller:
    """Return whoever waits for what runs here; outside a request somebody who never leaves."""
    return _caller.get(None) or Caller()


@contextmanager
def answering(who: Caller) -> Iterator[None]:
    """Work for this client."""
    token = _caller.set(who)
    try:
        yield
    finally:
        _caller.reset(token)
