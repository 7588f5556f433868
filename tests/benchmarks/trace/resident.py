"""How much memory a question takes beside the index: told by the kernel of the system, in a process of its own."""

from __future__ import annotations

import ctypes
import gc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
KIB = 1024


def _told(name: str) -> int:
    """Return a figure of this process in bytes."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * KIB


def taken(what: Callable[[], object]) -> int:
    """Return by how many bytes this process grew at most while it did ``what``, for the second time.

    The first time maps the pages of the index that the question reads; they are the system's to take back.
    """
    what()
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    before = _told("VmRSS")
    CLEAR.write_text("5")  # from here on the peak counts anew (proc(5))
    what()
    return _told("VmHWM") - before


def growth(folder: Path, lot: int, unit: int) -> tuple[int, int] | None:
    """Return how many bytes a forward scope of ``lot`` and the whole answer of ``unit`` take; ``None`` if the system
    does not tell."""
    if not CLEAR.exists():
        return None
    command = [sys.executable, "-m", "tests.benchmarks.trace.resident", str(folder), str(lot), str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    forward, back = map(int, done.stdout.split()[-2:])
    return forward, back


if __name__ == "__main__":
    from tests.benchmarks.trace.asking import Asking

    asking, lot, unit = Asking(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
    forward = taken(lambda: asking.forward(lot))
    sys.stdout.write(f"{forward} {taken(lambda: asking.desk(unit))}\n")
