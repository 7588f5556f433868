"""How long captures and traces took lately, over all processes: rolling windows, cheap enough for every request."""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

from suyuan.chassis.settings import settings

_WINDOW = 200
_SHARE_SECONDS = 2.0
_FRESH_SECONDS = 3600.0
_seen: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_WINDOW))
_shared_at = 0.0


def _folder() -> Path:
    return settings().data / "run"


@contextmanager
def measured(name: str) -> Iterator[None]:
    """Note how long the block took, in milliseconds, under ``name``."""
    started = time.perf_counter()
    try:
        yield
    finally:
        _seen[name].append((time.perf_counter() - started) * 1000)
        _share()


def _share() -> None:
    """Leave this process's windows where the others find them, every two seconds at the most."""
    global _shared_at  # noqa: PLW0603 (one clock a process)
    if time.monotonic() - _shared_at < _SHARE_SECONDS:
        return
    _shared_at = time.monotonic()
    with suppress(OSError):  # a figure on the home page is worth no refusal
        _folder().mkdir(exist_ok=True)
        path = _folder() / f"latency-{os.getpid()}.json"
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps({name: list(values) for name, values in _seen.items()}), encoding="ascii")
        fresh.replace(path)


def median_ms(name: str) -> float | None:
    """Return the median of what all processes measured lately, in milliseconds; None where there was nothing."""
    values = list(_seen.get(name, ()))
    with suppress(OSError):
        for path in _folder().glob("latency-*.json"):
            if path.stem == f"latency-{os.getpid()}":
                continue
            if time.time() - path.stat().st_mtime > _FRESH_SECONDS:
                path.unlink(missing_ok=True)
                continue
            with suppress(ValueError):
                values += json.loads(path.read_text(encoding="ascii")).get(name, [])
    return round(median(values), 1) if values else None
