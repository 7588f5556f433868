"""Finding the server of a cluster, and telling it from whatever else may carry its process number."""

from __future__ import annotations

import contextlib
import signal
from dataclasses import dataclass
from pathlib import Path

import psutil

from .deadline import Deadline


@dataclass(frozen=True, slots=True)
class PidFile:
    """What ``postmaster.pid`` says; the server fills it line by line while it starts."""

    pid: int
    socket_dir: Path | None
    port: int
    ready: bool


def read_pid_file(cluster: Path) -> PidFile | None:
    """Return the content of ``postmaster.pid``; ``None`` when it is absent or not even a number."""
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None
    socket_dir = Path(lines[4]) if len(lines) > 4 and lines[4] else None
    port = int(lines[3]) if len(lines) > 3 and lines[3].isdigit() else 5432
    return PidFile(pid, socket_dir, port, ready=len(lines) > 7 and lines[7].strip() == "ready")


def identity(cluster: Path) -> str:
    """Return the ``cluster_name`` of the server of this very directory.

    It shows in the command line of the server and in the title of each of its processes, readable even where
    root may not look into other accounts' processes (containers), and a copy of the directory has another one.
    """
    found = cluster.stat()
    return f"suyuan-{found.st_dev:x}-{found.st_ino:x}"


def _is_ours(process: psutil.Process, name: str) -> bool:
    """Whether ``process`` is alive and belongs to the server called ``name``; a zombie is not alive."""
    try:
        return (
            process.name().startswith("postgres")
            and process.status() != psutil.STATUS_ZOMBIE
            and name in " ".join(process.cmdline())
        )
    except psutil.Error:
        return False


def find_server(cluster: Path) -> PidFile | None:
    """Return the running server of ``cluster``, or ``None``: no file, a dead, reused or zombie process number."""
    found = read_pid_file(cluster)
    if found is None or found.pid <= 0:
        return None
    with contextlib.suppress(psutil.NoSuchProcess):
        if _is_ours(psutil.Process(found.pid), identity(cluster)):
            return found
    return None


def remaining_processes(cluster: Path) -> list[psutil.Process]:
    """Return all live processes of the cluster's server; a killed server's children need a moment to notice."""
    name = identity(cluster)
    return [process for process in psutil.process_iter() if _is_ours(process, name)]


def clear_stale_pid_file(cluster: Path, deadline: Deadline) -> None:
    """Remove a pid file that would stop PostgreSQL although no server runs.

    PostgreSQL itself recovers from a dead process number and then checks that no orphan still has the shared
    memory open. It gives up where the number belongs to a stranger or a zombie; only then the file goes, after
    every process of the old server is gone.
    """
    file = cluster / "postmaster.pid"
    if not file.exists():
        return
    if any(not remaining_processes(cluster) for _ in deadline.ticks(0.1)):
        found = read_pid_file(cluster)
        if found is None or psutil.pid_exists(found.pid):
            file.unlink(missing_ok=True)


def shut_down(cluster: Path, deadline: Deadline) -> bool:
    """Stop the cluster's server, harder past the deadline, and wait until it is gone; ``True`` if it went cleanly."""
    found = find_server(cluster)
    if found is None:
        return True
    process = psutil.Process(found.pid)
    name = identity(cluster)
    for demand, patience in ((signal.SIGINT, deadline), (signal.SIGQUIT, Deadline(10)), (signal.SIGKILL, Deadline(10))):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(demand)
        if any(not _is_ours(process, name) for _ in patience.ticks()):
            return demand == signal.SIGINT
    return False
