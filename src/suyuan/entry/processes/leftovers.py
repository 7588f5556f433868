"""Ends what a killed installation left behind without anybody to look after it: its guard was killed, too."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Final

import psutil

from .child import Child

MARK: Final = "SUYUAN_SERVICE"
"""Environment variable of the service's processes: the data directory that they serve."""
PATIENCE_SECONDS: Final = 10.0


def marked(child: Child, data: Path) -> Child:
    """Return a child whose process is known as this data directory's."""
    return replace(child, environment={**child.environment, MARK: str(data.resolve())})


def end_leftovers(data: Path) -> int:
    """Kill processes of an earlier service of ``data``; return how many. Only who holds the claim on it may ask."""
    wanted, mine = str(data.resolve()), {os.getpid(), *(each.pid for each in psutil.Process().parents())}
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid not in mine and process.environ().get(MARK) == wanted:
                process.kill()
                found.append(process)
        except psutil.Error:  # it has gone, or is somebody else's
            continue
    psutil.wait_procs(found, PATIENCE_SECONDS)
    return len(found)
