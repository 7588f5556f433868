"""Where things are in a checkout, and locks of Python packages that only some tasks need."""

from __future__ import annotations

import hashlib
import importlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
FRONTEND = ROOT / "frontend"
STATIC_APP = ROOT / "src" / "suyuan" / "entry" / "static" / "app"


def digest(files: Iterable[Path]) -> str:
    """Return one SHA-256 over names and contents of ``files``."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def installed_lock(name: str, *, zh: str, en: str) -> None:
    """Install ``requirements/<name>.txt`` into the running environment, unless it was already."""
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = Path(sys.prefix) / f"suyuan-{name}.installed"
    wanted = digest([lock])
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    print(f"{zh}… | {en}…", flush=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True, env={**os.environ, "PYTHONUTF8": "1"})
    stamp.write_text(wanted, encoding="ascii")
    importlib.invalidate_caches()
