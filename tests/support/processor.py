"""Processor time of this process and of the database process that works for it: what counts on a shared machine."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import psutil


def spent(backend: int) -> float:
    """Return the seconds of processor time that this process and the process ``backend`` have used."""
    return time.process_time() + _of(backend)


def _of(process: int) -> float:
    with suppress(OSError):  # Linux counts nanoseconds there; elsewhere there are hundredths of a second
        return int(Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)
