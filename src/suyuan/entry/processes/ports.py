"""Is the port free? If not: who has it, and which one is."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import time
from typing import Final

import psutil

from suyuan.kernel.faults import Language

from .faults import HOST_UNUSABLE, PORT_BUSY, PORT_NOT_PERMITTED

SUGGESTED_WITHIN: Final = 100
LET_GO_WITHIN_SECONDS: Final = 5.0
"""So long a port may stay taken though nobody is seen to listen: the system still clears up after who was killed."""
UNKNOWN: Final[dict[Language, str]] = {"zh": "另一个程序", "en": "another program"}


def is_listening(host: str, port: int) -> bool:
    """Whether something accepts connections at ``host:port``; a wildcard address is tried at this machine's own."""
    place = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 (compared, not bound)
    try:
        socket.create_connection((place, port), timeout=1).close()
    except OSError:
        return False
    return True


def require_free_port(host: str, port: int) -> None:
    """Return if we could listen there; else raise ``PORT_BUSY``, ``PORT_NOT_PERMITTED`` or ``HOST_UNUSABLE``."""
    end = time.monotonic() + LET_GO_WITHIN_SECONDS
    while (error := _refusal(host, port)) is not None:
        if error.errno != errno.EADDRINUSE or _listening(port) or time.monotonic() > end:
            break
        time.sleep(0.1)
    if error is None:
        return
    if error.errno == errno.EADDRINUSE:
        raise PORT_BUSY(port=port, who=who_listens(port), suggestion=_free_port_after(host, port))
    if error.errno in {errno.EACCES, errno.EPERM}:
        raise PORT_NOT_PERMITTED(port=port, suggestion=_free_port_after(host, 8000 - 1))
    raise HOST_UNUSABLE(host=host, reason=error.strerror or str(error))


def _refusal(host: str, port: int) -> OSError | None:
    """Return why we cannot listen at ``host:port``, or ``None``."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        return error
    # macOS lets one program bind an address although another one has the wildcard's same port.
    return OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE)) if is_listening(host, port) else None


def who_listens(port: int) -> str:
    """Return the name, number and beginning of the command of whoever listens on ``port``, as far as we may know it."""
    for number in _listening(port):
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(number)
            command = " ".join(process.cmdline())
            shown = command if len(command) <= 60 else command[:60] + "…"
            return f"{process.name()} (PID {number}: {shown})"
    return f"{UNKNOWN['zh']} / {UNKNOWN['en']}"


def _listening(port: int) -> list[int]:
    """Return the numbers of the processes that listen on ``port``, of those that we may see."""
    numbers: set[int | None] = set()
    with contextlib.suppress(psutil.Error, OSError):
        connections = psutil.net_connections(kind="tcp")
        numbers = {
            one.pid for one in connections if one.status == psutil.CONN_LISTEN and getattr(one.laddr, "port", 0) == port
        }
    return sorted(number for number in numbers if number)


def _free_port_after(host: str, port: int) -> int:
    """Return a free port above ``port``, or the one above if none is."""
    candidates = range(port + 1, min(port + SUGGESTED_WITHIN, 65535) + 1)
    return next((one for one in candidates if _refusal(host, one) is None), min(port + 1, 65535))
