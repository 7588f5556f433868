"""High-water marks beside the database: the highest number ever given, in files that a restored database cannot undo.

A number is given only after its mark is on the disk. When the database comes back from a backup its counters are old;
the marks then say how far they really were. Files only ever rise.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from suyuan.chassis.settings import settings


def folder_of(tenant: str) -> str | None:
    """Return the name that this folder of marks has for a tenant, None where it has none."""
    with contextlib.suppress(FileNotFoundError):
        return _path("folder", tenant).read_text(encoding="ascii").strip()
    return None


def name_folder(tenant: str) -> str:
    """Give this folder of marks a name of its own for a tenant; return it."""
    name = secrets.token_hex(16)
    _keep(_path("folder", tenant), name)
    return name


def _path(*names: str) -> Path:
    digest = hashlib.sha256("\x1f".join(names).encode()).hexdigest()
    return settings().data / "codes" / digest[:2] / digest[2:34]


def mark(*names: str) -> int:
    """Return the lowest number that was surely never given under these names; 0 where none ever was."""
    with contextlib.suppress(FileNotFoundError):
        return int(_path(*names).read_text(encoding="ascii").split()[0])
    return 0


def raise_mark(value: int, *names: str) -> None:
    """Put a mark on the disk before numbers below it are given. The caller holds the counter's lock."""
    _keep(_path(*names), str(value))


def _keep(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with fresh.open("w", encoding="ascii") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
