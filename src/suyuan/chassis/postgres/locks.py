"""Advisory file locks (``flock``): the kernel drops them when their holder dies, however it dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from .deadline import Deadline


def open_lock(path: Path) -> int:
    """Open the file ``path`` and return its descriptor; a new one gets mode 0600 and the owner of its folder."""
    created = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if created and os.geteuid() == 0:
        folder = path.parent.stat()
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor


def try_lock(descriptor: int, *, exclusive: bool) -> bool:
    """Take the lock if nobody stands in the way; never waits."""
    kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_held_exclusively(path: Path) -> bool:
    """Whether some live process holds ``path`` exclusively."""
    descriptor = open_lock(path)
    try:
        return not try_lock(descriptor, exclusive=False)
    finally:
        os.close(descriptor)


def lock_before(descriptor: int, deadline: Deadline, *, exclusive: bool) -> bool:
    """Wait for the lock until the deadline; ``False`` when it passed."""
    return any(try_lock(descriptor, exclusive=exclusive) for _ in deadline.ticks())


@contextlib.contextmanager
def held(path: Path, deadline: Deadline) -> Iterator[int]:
    """Hold ``path`` exclusively for the block; yields the descriptor, raises ``TimeoutError`` past the deadline."""
    descriptor = open_lock(path)
    try:
        if not lock_before(descriptor, deadline, exclusive=True):
            raise TimeoutError(path)
        yield descriptor
    finally:
        os.close(descriptor)
