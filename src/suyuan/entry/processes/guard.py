"""The parent of one of our processes: ends it, and whatever it started, when the supervisor is gone.

Run as a script: ``guard.py LIFELINE COMMAND…``. LIFELINE is the descriptor of a pipe whose other end only the
supervisor has: when it dies, however it dies, the kernel closes that end and reading here returns. That works
on every Unix, and unlike Linux's parent-death signal it does not depend on the thread that started us and
leaves time to end grandchildren too. Guard and command share a process group, of which the guard is the leader.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

GRACE_SECONDS = 5.0
NOT_FOUND = 127
PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def _unblock() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)


def _pass_on(command: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        command.send_signal(number)


def _end_when_alone(lifeline: int, command: subprocess.Popen[bytes], alone: threading.Event) -> None:
    os.read(lifeline, 1)  # nobody ever writes: it returns when the other end is closed
    alone.set()
    _pass_on(command, signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def guard(lifeline: int, arguments: list[str]) -> int:
    """Run the command until it ends; returns its status, ``128 + signal`` for one that was killed."""
    signal.pthread_sigmask(signal.SIG_BLOCK, PASSED_ON)  # one that comes now is passed on as soon as there is a command
    try:
        command = subprocess.Popen(  # noqa: S603 (the supervisor's own command)
            arguments,
            stdin=subprocess.DEVNULL,
            preexec_fn=_unblock,  # noqa: PLW1509 (no thread has been started yet)
        )
    except OSError as error:
        sys.stderr.write(f"{arguments[0]}: {error.strerror}\n")
        return NOT_FOUND
    for number in PASSED_ON:
        signal.signal(number, lambda given, _: _pass_on(command, given))
    _unblock()
    alone = threading.Event()
    threading.Thread(target=_end_when_alone, args=(lifeline, command, alone), daemon=True).start()
    status = command.wait()
    if alone.is_set():  # else the supervisor sees to what the command has left behind
        os.killpg(os.getpgrp(), signal.SIGKILL)
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    raise SystemExit(guard(int(sys.argv[1]), sys.argv[2:]))
