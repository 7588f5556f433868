"""Processor time of this process and of others that work for it: what counts on a shared machine."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil


def spent(backend: int) -> float:
    """Return the seconds of processor time that this process and the process ``backend`` have used."""
    return time.process_time() + used_by([backend])


def used_by(processes: Iterable[int]) -> float:
    """Return the seconds of processor time that these processes have used, all their threads together."""
    return sum(map(_of, processes))


def _of(process: int) -> float:
    with suppress(OSError):  # Linux counts nanoseconds there; elsewhere there are hundredths of a second
        threads = [thread / "schedstat" for thread in Path(f"/proc/{process}/task").iterdir()]
        return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9
    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)
