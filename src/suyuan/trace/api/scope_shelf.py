"""Answers kept for the pages that follow: a few, for a while, within bounded memory, and only for their own tenant."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

KEPT_SECONDS = 600.0
MOST_BYTES = 256 * 1024 * 1024
MOST_OF_ONE_TENANT = 16
Key = tuple[int, str]


class Shelf(Generic[Answer]):
    """One process's kept answers by (tenant, answer id). What is not here any more is worked out again."""

    def __init__(self, most_bytes: int = MOST_BYTES, seconds: float = KEPT_SECONDS) -> None:
        self._most_bytes = most_bytes
        self._seconds = seconds
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, tuple[float, int, Answer]] = OrderedDict()

    def take(self, key: Key) -> Answer | None:
        """Return a kept answer, which then counts as fresh again."""
        with self._lock:
            self._clear(time.monotonic())
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            self._kept[key] = (time.monotonic(), found[1], found[2])
            return found[2]

    def put(self, key: Key, answer: Answer, size: int) -> None:
        """Keep an answer; what was asked for longest ago goes where room or the tenant's share runs out."""
        if size > self._most_bytes:
            return
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (time.monotonic(), size, answer)
            self._clear(time.monotonic())
            own = [other for other in self._kept if other[0] == key[0]]
            for old in own[: max(0, len(own) - MOST_OF_ONE_TENANT)]:
                del self._kept[old]
            while sum(size for _, size, _ in self._kept.values()) > self._most_bytes:
                self._kept.popitem(last=False)

    def _clear(self, now: float) -> None:
        for key in [key for key, (at, _, _) in self._kept.items() if now - at > self._seconds]:
            del self._kept[key]

    def __len__(self) -> int:
        return len(self._kept)
