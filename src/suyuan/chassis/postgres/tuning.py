"""The server's settings: safe on every machine, sized by its memory, given with ``-c``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import psutil

FIXED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fsync": "on",
        "full_page_writes": "on",
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_permissions": "0700",
        "logging_collector": "off",
        "restart_after_crash": "on",
    }
)
"""What callers may not change: the durability of recorded facts, and that nobody but us can connect."""

PLACED: Final = frozenset({"data_directory", "unix_socket_directories", "cluster_name"})
"""What the supervisor decides itself."""

CGROUP_LIMITS: Final = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def memory_bytes() -> int:
    """Return the memory this process may use: the machine's, or its container's where that is less."""
    limit = psutil.virtual_memory().total
    for file in CGROUP_LIMITS:
        try:
            limit = min(limit, int(file.read_text(encoding="ascii")))
        except (OSError, ValueError):  # no such group, or "max"
            continue
    return limit


def tuned(memory: int | None = None) -> dict[str, str]:
    """Return the default settings for ``memory`` bytes; about an eighth of it becomes shared buffers."""
    megabytes = (memory_bytes() if memory is None else memory) >> 20

    def share(part: int, least: int, most: int) -> str:
        return f"{max(least, min(most, megabytes // part))}MB"

    return {
        "shared_buffers": share(8, 32, 2048),
        "effective_cache_size": share(2, 128, 65536),
        "work_mem": share(512, 4, 32),
        "maintenance_work_mem": share(16, 32, 512),
        "max_connections": "100",
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        "jit": "off",  # compiling costs more than our short statements
        "timezone": "UTC",
        "log_timezone": "UTC",
        # Refused statements are answered to whoever sent them; logging them would fill the disk and leak their values.
        "log_min_messages": "log",
        "log_checkpoints": "off",
        # A new installation fills in minutes; what was planned for empty tables is planned anew once rows are counted.
        "autovacuum_naptime": "10s",
        "max_slot_wal_keep_size": "8GB",  # a backup that stopped following must not fill the disk
    }


def effective(settings: Mapping[str, str] | None) -> dict[str, str]:
    """Return the settings to start with; ``ValueError`` where ``settings`` touches what is not for callers."""
    wanted = dict(settings or {})
    refused = sorted(wanted.keys() & (FIXED.keys() | PLACED))
    if refused:
        raise ValueError(f"these settings are not for callers: {', '.join(refused)}")
    return {**tuned(), **wanted, **FIXED}
