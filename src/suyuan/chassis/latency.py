"""How long captures and traces took lately, in this process: a rolling window, cheap enough for every request."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

_WINDOW = 200
_seen: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_WINDOW))


@contextmanager
def measured(name: str) -> Iterator[None]:
    """Note how long the block took, in milliseconds, under ``name``."""
    started = time.perf_counter()
    try:
        yield
    finally:
        _seen[name].append((time.perf_counter() - started) * 1000)


def median_ms(name: str) -> float | None:
    """Return the median of the last 200, in milliseconds; None where there was none."""
    seen = _seen.get(name)
    return round(median(seen), 1) if seen else None
