"""One installation runs on a data directory at a time."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil

from .faults import DATA_IN_USE, DATA_UNUSABLE

FILE: Final = "running.lock"
PATIENCE_SECONDS: Final = 15.0
"""How long the processes of a killed installation may take to notice and go."""


@contextlib.contextmanager
def claimed(data_dir: Path, name: str) -> Iterator[int]:
    """Hold ``data_dir`` (made if needed) for the block; ``name`` is shown to others, e.g. ``"suyuan demo, port 8000"``.

    Yields a descriptor to hand to child processes: the claim lasts until the last of them is gone too. A file
    left behind means nothing, the lock on it does. Raises ``DATA_IN_USE`` and ``DATA_UNUSABLE``.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(data_dir / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DATA_UNUSABLE(path=data_dir, reason=error.strerror or str(error)) from error
    try:
        _take(descriptor, data_dir)
        os.ftruncate(descriptor, 0)
        me = {"pid": os.getpid(), "began": psutil.Process().create_time(), "name": name}
        os.pwrite(descriptor, json.dumps(me, ensure_ascii=False).encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _take(descriptor: int, data_dir: Path) -> None:
    """Take the lock; waits only while the one who wrote its name is dead and its processes are still going."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who, lives = _holder(descriptor)
            if lives or time.monotonic() > end:
                raise DATA_IN_USE(path=data_dir, who=who) from None
            time.sleep(0.1)
        except OSError as error:
            raise DATA_UNUSABLE(path=data_dir, reason=error.strerror or str(error)) from error
        else:
            return


def _holder(descriptor: int) -> tuple[str, bool]:
    """Return the name of the one who holds the lock, and whether it lives (its number may have been reused)."""
    try:
        said = json.loads(os.pread(descriptor, 4096, 0))
        number, began, name = int(said["pid"]), float(said["began"]), str(said["name"])
    except (ValueError, KeyError, TypeError):
        return "?", False
    try:
        process = psutil.Process(number)
        lives = abs(process.create_time() - began) < 2 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        lives = False
    return f"{name} (PID {number})", lives
