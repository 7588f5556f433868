"""One time budget, shared by all the waits of one call."""

from __future__ import annotations

import time
from collections.abc import Iterator


class Deadline:
    """A budget of ``seconds`` that starts now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def passed(self) -> bool:
        """Whether the budget is used up."""
        return time.monotonic() >= self._end

    def ticks(self, every: float = 0.03) -> Iterator[None]:
        """Yield at once and then about each ``every`` seconds until the budget is used up (at least once)."""
        yield
        while not self.passed:
            time.sleep(every)
            yield
