"""The write-ahead log copied as it is written, until somebody ends it; what it says is passed on and remembered."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Final

from .address import ServerAddress
from .binaries import locate
from .cluster import environment
from .faults import BACKUP_FAILED

_PROGRAM: Final = "pg_receivewal"
_LEAVE_SECONDS: Final = 10.0
_AGAIN_SECONDS: Final = 2.0
PATIENCE_SECONDS: Final = 60.0
"""A server that starts anew is back by then; what still fails will not mend by itself: no room, a slot that is lost."""


class Following:
    """A running ``pg_receivewal``, begun again where it ends by itself, as when the server starts anew.

    It is told not to try again on its own: it would do so for ever, whatever is wrong, and nobody would know.
    """

    def __init__(
        self, address: ServerAddress, wal: Path, slot: str, where: list[str], patience: float = PATIENCE_SECONDS
    ) -> None:
        self._said: deque[str] = deque(maxlen=3)
        self._command = [
            locate().program(_PROGRAM), "-D", str(wal), "-S", slot, "--synchronous", "--no-loop", "-w", *where,
        ]  # fmt: skip
        self._environment = {**environment(), "PGPASSWORD": address.password}
        self._patience = patience
        self._failing: float | None = None
        self._ending = False
        self._begin()

    def _begin(self) -> None:
        self._begun = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 (a program a locator found)
            self._command, env=self._environment, stderr=subprocess.PIPE, text=True, errors="replace"
        )
        self._listener = threading.Thread(target=self._listen, args=(self._process,), name=_PROGRAM, daemon=True)
        self._listener.start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        for line in process.stderr or ():
            self._said.append(line.strip())
            sys.stderr.write(line)

    def wait(self, seconds: float) -> bool:
        """Wait so long; tell whether it ended because it was asked to.

        :raises Fault: ``chassis.backup_failed``: it ends by itself again and again.
        """
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            if time.monotonic() - self._begun > self._patience:
                self._failing = None
            return False
        if code == 0 or self._ending:
            return True
        self._listener.join(1)
        now = time.monotonic()
        self._failing = now if self._failing is None else self._failing
        if now - self._failing >= self._patience:
            raise BACKUP_FAILED(program=_PROGRAM, reason="; ".join(self._said)[-500:] or f"exit {code}")
        time.sleep(min(_AGAIN_SECONDS, self._patience))
        self._begin()
        return False

    def end(self) -> None:
        """Ask it to end, which it does once what it has is written."""
        self._ending = True
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)

    def leave(self) -> None:
        """End it for good."""
        self.end()
        try:
            self._process.wait(_LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
