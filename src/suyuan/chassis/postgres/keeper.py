"""The server's parent: a small process that stops the server when nobody uses it any more.

It starts the server (or watches over one whose keeper was killed), waits for the exclusive lock on
``users.lock``, which the kernel grants it when the last user is gone, stopped or killed, and then asks the
server for a fast shutdown. Being its parent, it also reaps it. Run as a script with one JSON argument, see
:class:`Order`; it imports little, so that it starts fast and stays small.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TypedDict

GRACE_SECONDS = 60.0
"""How long a fast shutdown may take before the server is told to drop everything (its next start then recovers)."""


class Order(TypedDict):
    """What a keeper is told: either ``command`` to run, or ``adopt``, the process number of a running server."""

    users_lock: str
    keeper_lock: str
    sockets: str
    command: list[str]
    adopt: int | None
    user: int | None
    group: int | None
    inherit: list[int]


def _demand(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _stop_when_unused(users_lock: str, pid: int) -> None:
    """Wait until nobody shares the lock, keep newcomers out by holding it, and stop the server."""
    descriptor = os.open(users_lock, os.O_RDWR | os.O_CLOEXEC)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    _demand(pid, signal.SIGINT)
    time.sleep(GRACE_SECONDS)
    _demand(pid, signal.SIGQUIT)


def _watch_over(pid: int) -> int:
    """Return 0 when process ``pid``, not a child of ours, is gone or a zombie."""
    import psutil

    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.2)
    return 0


def _launch(order: Order) -> subprocess.Popen[bytes]:
    groups: list[int] | None = None if order["user"] is None else []
    return subprocess.Popen(  # noqa: S603 (the command our own supervisor composed)
        order["command"],
        stdin=subprocess.DEVNULL,
        cwd="/",
        user=order["user"],
        group=order["group"],
        extra_groups=groups,
        pass_fds=order["inherit"],
        start_new_session=True,
    )


def keep(order: Order) -> int:
    """Do what ``order`` says until the server is gone; returns the server's exit status."""
    lock = os.open(order["keeper_lock"], os.O_RDWR | os.O_CLOEXEC)
    fcntl.flock(lock, fcntl.LOCK_EX)  # a keeper about to exit may still hold it for a moment
    child = None if order["adopt"] is not None else _launch(order)
    pid = child.pid if child is not None else (order["adopt"] or 0)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: _demand(pid, signal.SIGINT))
    threading.Thread(target=_stop_when_unused, args=(order["users_lock"], pid), daemon=True).start()
    status = child.wait() if child is not None else _watch_over(pid)
    with contextlib.suppress(OSError):  # a killed server leaves its sockets in it
        Path(order["sockets"]).rmdir()
    return status


if __name__ == "__main__":
    raise SystemExit(keep(json.loads(sys.argv[1])))
