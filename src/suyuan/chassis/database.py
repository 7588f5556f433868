"""Transactions at the edge, with the tenant and the actor set for the database itself to enforce.

A request, a job or a command opens exactly one :func:`transaction`; everything inside reaches it by :func:`tx`.
Django's ORM and plain SQL share its connection.
"""

from __future__ import annotations

import importlib.resources
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar, cast
from weakref import WeakSet

import psycopg
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.db import transaction as django_transaction
from psycopg.pq import PipelineStatus

from suyuan.chassis.lines import WATCH
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal

DATABASE_LOST = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
"""The database went away under the work, or had no room: nothing is wrong with the work, which may be done again."""
T = TypeVar("T")
Later = Callable[[], T]
"""An answer that is on its way: called where it is needed."""
Parameters = Mapping[str, Any] | Sequence[Any] | None
_SET_ACTOR = (
    "SELECT set_config('suyuan.tenant', %s, true), set_config('suyuan.actor', %s, true),"
    " set_config('suyuan.actor_name', %s, true), set_config('suyuan.via', %s, true),"
    " set_config('suyuan.request', %s, true)"
)


def _actor(principal: Principal, request_id: str) -> tuple[str, ...]:
    return (str(principal.tenant_id), str(principal.user_id or ""), principal.name, principal.via, request_id)


@dataclass(slots=True)
class _Asked:
    answer: Later[Any]


@dataclass(slots=True)
class Transaction:
    """The open transaction of this request, job or command."""

    connection: psycopg.Connection[tuple[Any, ...]]
    principal: Principal
    request_id: str
    _afterwards: list[Callable[[], None]] = field(default_factory=list)
    _known: dict[object, Any] | None = None

    def afterwards(self, call: Callable[[], None]) -> None:
        """Have ``call`` made when this transaction has ended, committed or not; it opens one of its own."""
        self._afterwards.append(call)

    def execute(self, query: str, parameters: Parameters = None, *, prepare: bool = False) -> psycopg.Cursor[Any]:
        """Run ``query`` with values bound by the server; ``prepare`` keeps its plan for the connection's life.

        ``jsonb`` comes back as text: decode it only where it is needed.
        """
        cursor: psycopg.Cursor[Any] = psycopg.Cursor(self.connection)
        return cursor.execute(cast("Any", query), parameters, prepare=prepare)

    def rows(self, query: str, parameters: Parameters = None) -> list[tuple[Any, ...]]:
        """Run ``query`` and return all its rows."""
        return self.execute(query, parameters).fetchall()

    def value(self, query: str, parameters: Parameters = None) -> Any:  # noqa: ANN401 (a column of any type)
        """Run ``query`` and return the first column of its first row, or None where there is no row."""
        row = self.execute(query, parameters).fetchone()
        return None if row is None else row[0]

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Have :meth:`once` ask once only inside: for work that asks the same often and changes none of it."""
        outer, self._known = self._known, {} if self._known is None else self._known
        try:
            yield
        finally:
            self._known = outer

    def once(self, key: object, ask: Callable[[], Later[T]]) -> T:
        """Return the answer to ``ask``; inside :meth:`steady`, the answer of the first time."""
        if self._known is None:
            return ask()()
        self.ahead(key, ask)
        found = self._known[key]
        if isinstance(found, _Asked):
            found = self._known[key] = found.answer()
        return cast("T", found)

    def ahead(self, key: object, ask: Callable[[], Later[T]]) -> None:
        """Ask now what :meth:`once` will be called for; outside :meth:`steady` nothing is asked."""
        if self._known is not None and key not in self._known:
            self._known[key] = _Asked(ask())

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Send what :meth:`execute` is asked inside together; the server is waited for at the end, or for a row.

        To fetch a row inside sends, and waits for, all that was asked before it. Inside another such block this is a
        part of it. Django's own queries and savepoints have no place inside.
        """
        if self.connection.pgconn.pipeline_status != PipelineStatus.OFF:  # a plain number, in the compiled driver
            yield
            return
        _give_room(self.connection)
        with self.connection.pipeline():
            yield

    @contextmanager
    def tentative(self) -> Iterator[None]:
        """Undo what plain SQL does inside when it raises a fault; any other exception is to end the transaction.

        Inside :meth:`at_once` it does not wait for the server, unless there is a fault.
        """
        self.execute("SAVEPOINT tentative", prepare=True)
        try:
            yield
        except Fault:
            self.execute("ROLLBACK TO SAVEPOINT tentative")
            # The driver forgets its prepared statements when it hears of a rollback, and tells the server so with the
            # next statement: nothing may be prepared between the two.
            self.value("SELECT 1")
            self.execute("RELEASE SAVEPOINT tentative")  # one of this name may stand around it
            raise
        self.execute("RELEASE SAVEPOINT tentative", prepare=True)

    def abandon(self) -> None:
        """Roll back at the end, though no exception says so: the answer is a refusal."""
        django_transaction.set_rollback(True)

    @contextmanager
    def on_behalf(self, principal: Principal) -> Iterator[None]:
        """Decide what follows by the rights, name and language of one of those that a grouped transaction serves."""
        if principal.tenant_id != self.principal.tenant_id:
            raise RuntimeError("a transaction serves one tenant")
        outer, self.principal = self.principal, principal
        try:
            yield
        finally:
            self.principal = outer

    @contextmanager
    def in_name_of(self, principal: Principal, request_id: str) -> Iterator[None]:
        """Like :meth:`on_behalf`; the audit trail, too, names them and their request for what is changed inside."""
        outer = self.principal
        with self.on_behalf(principal):
            self._tell_actor(principal, request_id)
            yield
        self._tell_actor(outer, self.request_id)

    def _tell_actor(self, principal: Principal, request_id: str) -> None:
        self.execute(_SET_ACTOR, _actor(principal, request_id), prepare=True)

    def act_for(self, name: str, user_id: int | None = None) -> None:
        """Do what follows in the name of the person or machine who asked for it; the audit trail names them too."""
        self.principal = replace(self.principal, name=name)
        self.execute(
            "SELECT set_config('suyuan.actor', %s, true), set_config('suyuan.actor_name', %s, true)",
            (str(user_id or ""), name),
        )

    def explain(self, reason: str) -> None:
        """Give the reason that the audit trail keeps beside every change made from now on."""
        self.execute("SELECT set_config('suyuan.reason', %s, true)", (reason,))


_ROOM = 1 << 20
_roomy: WeakSet[psycopg.Connection[Any]] = WeakSet()


def _give_room(raw: psycopg.Connection[Any]) -> None:
    """Let a connection of this machine hold what the server has not read yet.

    The kernel calls such a socket full from a quarter of its buffer on (53 KB), and the driver then waits: a large
    statement would only be sent once the server is done with the one before.
    """
    if raw in _roomy:
        return
    _roomy.add(raw)
    line = socket.socket(fileno=raw.pgconn.socket)
    try:
        if line.family is socket.AF_UNIX:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _ROOM)
    finally:
        line.detach()  # the connection goes on using it


_open: ContextVar[Transaction | None] = ContextVar("suyuan_transaction", default=None)


def tx() -> Transaction:
    """Return the open transaction; calling this outside one is a fault of ours, not the user's."""
    current = _open.get()
    if current is None:
        raise RuntimeError("no transaction is open: open one at the edge with transaction(principal)")
    return current


def in_transaction() -> bool:
    """Tell whether a transaction is open here."""
    return _open.get() is not None


_TRUSTED_SECONDS = 1.0
"""A connection that was seen to work is not asked again for so long."""
_looked = threading.local()


def _sound_connection() -> None:
    """Let go of a connection that failed, or that the server closed while nobody used it."""
    now = time.monotonic()
    if connection.errors_occurred or now - getattr(_looked, "at", -_TRUSTED_SECONDS) >= _TRUSTED_SECONDS:
        close_old_connections()
        _looked.at = now


@contextmanager
def transaction(principal: Principal, *, request_id: str = "", reason: str = "") -> Iterator[Transaction]:
    """Open the one transaction of a request, job or command; commit at the end, roll back on any exception."""
    if in_transaction():
        raise RuntimeError("a transaction is open already: one request or job is one transaction")
    _sound_connection()
    current: Transaction | None = None
    try:
        with _begun(principal, request_id, reason) as current:
            yield current
    finally:
        for call in current._afterwards if current else ():
            call()


@contextmanager
def _begun(principal: Principal, request_id: str, reason: str) -> Iterator[Transaction]:
    opened, raw = _begun_by(_SET_ACTOR, _actor(principal, request_id))
    current = Transaction(raw, principal, request_id)
    with opened:
        if reason:
            current.explain(reason)
        token = _open.set(current)
        try:
            yield current
        finally:
            _open.reset(token)


def _begun_by(query: str, parameters: Parameters = None) -> tuple[ExitStack, psycopg.Connection[tuple[Any, ...]]]:
    """Begin with ``query``, which is what meets a connection that is dead without our knowing; a second time, if so.

    Nothing was asked of the server before, so that nothing is repeated.
    """
    try:
        return _begin(query, parameters)
    except psycopg.OperationalError:
        connection.close()
        return _begin(query, parameters)


def _connected() -> psycopg.Connection[tuple[Any, ...]]:
    """Return this thread's connection, which is watched: a question on a line that carries nothing is not for ever."""
    connection.ensure_connection()
    raw = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection)
    WATCH.add(raw)
    return raw


def _begin(query: str, parameters: Parameters) -> tuple[ExitStack, psycopg.Connection[tuple[Any, ...]]]:
    with ExitStack() as stack:
        stack.enter_context(django_transaction.atomic())
        raw = _connected()
        with raw.pipeline():  # BEGIN, which the driver sends before the first query, needs no answer of its own
            psycopg.Cursor(raw).execute(cast("Any", query), parameters, prepare=True)
        return stack.pop_all(), raw


@contextmanager
def savepoint() -> Iterator[None]:
    """Undo what is done inside when it raises, and only that; the transaction around it stays open."""
    tx()
    with django_transaction.atomic():
        yield


class _Undone(Exception):  # noqa: N818 (undoes the savepoint; not an error)
    """What is done is taken back."""


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is done inside, once it has been looked at; the transaction around it stays open."""
    with suppress(_Undone), savepoint():
        yield
        raise _Undone


@contextmanager
def without_tenant() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Open a transaction that sees no tenant's rows: for signing in, health and the outbox cursor."""
    if in_transaction():
        raise RuntimeError("a transaction is open already")
    _sound_connection()
    opened, raw = _begun_by("SELECT 1")
    with opened:
        yield raw


def row_without_tenant(query: str, parameters: Parameters = None) -> tuple[Any, ...] | None:
    """Return the first row of a question that sees no tenant's rows; asked anew where the connection was lost."""
    if in_transaction():
        raise RuntimeError("a transaction is open already")
    _sound_connection()
    try:
        return _first_row(query, parameters)
    except psycopg.OperationalError:
        connection.close()
        return _first_row(query, parameters)


def _first_row(query: str, parameters: Parameters) -> tuple[Any, ...] | None:
    raw = _connected()
    return psycopg.Cursor(raw).execute(cast("Any", query), parameters, prepare=True).fetchone()


@cache
def named_sql(package: str, name: str) -> str:
    """Return the text of the ``.sql`` file ``name`` that lies beside the modules of ``package``."""
    return importlib.resources.files(package).joinpath(name).read_text(encoding="utf-8")
