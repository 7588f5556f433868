"""One of our processes, and how it is started, watched, restarted and ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
STEADY_SECONDS: Final = 30.0
"""A process that ran this long has earned a quick restart."""


@dataclass(frozen=True, slots=True)
class Child:
    """What to run. ``environment`` adds to ours; one that ``finishes`` is not restarted after status 0."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    finishes: bool = False


class Running:
    """A :class:`Child` under way: its guard process, which leads a process group of its own."""

    def __init__(self, child: Child, inherit: Sequence[int]) -> None:
        self.child = child
        self._inherit = inherit
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._pause = FIRST_PAUSE
        self.due: float | None = None
        """When to start again (monotonic seconds); ``None`` while running, and after it has finished."""

    @property
    def runs(self) -> bool:
        """Whether the process was started and has not been seen to end."""
        return self._process is not None

    def start(self, lifeline: int) -> None:
        """Start the process; ``lifeline`` is the reading end of the supervisor's pipe."""
        self.due = None
        self._began = time.monotonic()
        guard = str(Path(__file__).with_name("guard.py"))
        self._process = subprocess.Popen(  # noqa: S603 (our own script)
            [sys.executable, guard, str(lifeline), *self.child.command],
            stdin=subprocess.DEVNULL,
            env={**os.environ, **self.child.environment},
            pass_fds=(lifeline, *self._inherit),
            start_new_session=True,  # a Ctrl-C on the terminal reaches only the supervisor, which passes it on once
        )

    def ended(self) -> int | None:
        """Return the status of a process that has ended since the last call, having ended its whole group."""
        status = self._process.poll() if self._process is not None else None
        if status is not None:
            self.signal_group(signal.SIGKILL)
            self._process = None
        return status

    def plan_restart(self) -> float:
        """Plan to start again, later each time it fails soon; returns the seconds until then."""
        lasted = time.monotonic() - self._began
        pause = self._pause = FIRST_PAUSE if lasted >= STEADY_SECONDS else self._pause
        self.due = time.monotonic() + pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        return pause

    def ask_to_end(self) -> None:
        """Send the command SIGTERM, by its guard; it may take its time."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)

    def signal_group(self, number: int) -> None:
        """Send ``number`` to the guard, the command and everything they started that stayed in their group."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)
