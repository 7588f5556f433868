"""Lines to a database elsewhere that carry nothing more and say nothing of it, found and cut: who waits there goes on.

The kernel notices a line whose other end is gone (:data:`NOTICED`). It cannot notice one whose other end is a proxy, a
pooler or a tunnel that is there and does not pass anything on: there, a question waits for ever. So each process asks
the server, by a fresh line, about those of its lines where it waits for an answer. One for which the server has had
nothing to do, unchanged over several looks, is dead.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import weakref
from collections.abc import Mapping
from typing import Any, Final

import psycopg
import structlog
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import ConnStatus, TransactionStatus

from suyuan.chassis.settings import settings

log = structlog.get_logger(__name__)
NOTICED: Final[Mapping[str, int]] = {
    "connect_timeout": 10, "keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 4,
    "tcp_user_timeout": 45_000,
}  # fmt: skip
"""A line cut without a word is noticed within a minute, not when the kernel gives up after a quarter of an hour.
Sockets of this machine know nothing of it."""
LOOKS: Final = 3
"""So often in a row the same line must be found waiting for what the server does not know of."""
_IDLE: Final = (
    "SELECT pid, state_change::text FROM pg_stat_activity"
    " WHERE pid = ANY (%s) AND usename = current_user AND state <> 'active'"
)
_UP: Final = "SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::float"
Line = psycopg.Connection[Any] | psycopg.AsyncConnection[Any]


def line_to(address: str) -> str:
    """Return an address with what makes a dead line noticed; what the address itself says of it counts."""
    return make_conninfo("", **{**NOTICED, **conninfo_to_dict(address)})


class Watch:
    """The lines of one process. Whoever opens one has it watched; it is forgotten when it is closed or let go."""

    def __init__(self) -> None:
        self._lines: weakref.WeakKeyDictionary[Line, float] = weakref.WeakKeyDictionary()
        """With since when."""
        self._seen: dict[int, tuple[str, int]] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, line: Line) -> None:
        """Watch a line from now on; one to a socket of this machine cannot fall silent."""
        if line in self._lines or line.pgconn.host.startswith((b"/", b"@")):
            return
        with self._lock:
            self._lines[line] = time.monotonic()
            if self._thread is None:
                self._thread = threading.Thread(target=self._look_on, name="lines", daemon=True)
                self._thread.start()

    def _look_on(self) -> None:
        while True:
            time.sleep(settings().line_look_seconds)
            with contextlib.suppress(psycopg.Error):  # the server is away: who waits there is told by the kernel
                self.look()

    def look(self) -> int:
        """Look once; cut what was found dead :data:`LOOKS` times in a row, and return how many."""
        with self._lock:
            waiting = {line.pgconn.backend_pid: line for line in self._lines if _waits(line)}
            ages = {pid: time.monotonic() - self._lines[line] for pid, line in waiting.items()}
        found = _unknown_to_server(ages) if ages else {}
        self._seen = {pid: (since, self._times(pid, since) + 1) for pid, since in found.items()}
        dead = [pid for pid, (_, times) in self._seen.items() if times >= LOOKS]
        for pid in dead:
            del self._seen[pid]
            if _waits(waiting[pid]):
                log.warning("a silent line to the database is cut", backend=pid)
                _cut(waiting[pid])
        return len(dead)

    def _times(self, pid: int, since: str) -> int:
        known, times = self._seen.get(pid, ("", 0))
        return times if known == since else 0


def _unknown_to_server(ages: Mapping[int, float]) -> dict[int, str]:
    """Return those, by number and age in seconds, for which the server has nothing to do, with since when.

    One that the server does not list may go through a pooler; it is lost for certain where the server is younger.
    """
    address = line_to(settings().database_app_url or "")
    with psycopg.connect(address, autocommit=True) as asking:
        found: dict[int, str] = dict(asking.execute(_IDLE, (list(ages),)).fetchall())
        up = (asking.execute(_UP).fetchone() or (0.0,))[0]
    return {pid: found.get(pid, "before the server") for pid, age in ages.items() if pid in found or age > up}


def _waits(line: Line) -> bool:
    """Tell whether somebody waits for an answer there."""
    pgconn = line.pgconn
    return pgconn.status == ConnStatus.OK and pgconn.transaction_status == TransactionStatus.ACTIVE


def _cut(line: Line) -> None:
    """End a line so that who waits there is told at once, in whatever thread."""
    with contextlib.suppress(OSError, psycopg.Error), socket.socket(fileno=socket.dup(line.pgconn.socket)) as end:
        end.shutdown(socket.SHUT_RDWR)


WATCH: Final = Watch()
"""This process's."""
