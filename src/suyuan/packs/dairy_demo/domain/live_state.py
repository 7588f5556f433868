"""The living dairy's memory, as plain JSON, and the tools its actions share."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from suyuan.packs.dairy_demo.domain.writing import Event
from suyuan.packs.electronics_demo.contracts import LiveJournal

Memory = dict[str, Any]
"""JSON values only. ``ticket``: the last number given out; ``due``: [moment, order, action, arguments] rows;
``stock``: everything else, by name."""
ZONE: Final = timezone(timedelta(hours=8))
_EPOCH: Final = 1_700_000_000_000


@dataclass(slots=True)
class Turn:
    """One moment of the living dairy; ``now`` in milliseconds since 1970."""

    memory: Memory
    dice: random.Random
    journal: LiveJournal
    now: int

    @property
    def moment(self) -> datetime:
        """Now, on the dairy's clock."""
        return datetime.fromtimestamp(self.now / 1000, ZONE)

    def ticket(self) -> int:
        """Return a number that was never given before, even if the memory is lost: it comes from the clock."""
        self.memory["ticket"] = max(self.memory["ticket"] + 1, (self.now - _EPOCH) // 100)
        return int(self.memory["ticket"])

    def later(self, seconds: float, action: str, *arguments: Any) -> None:  # noqa: ANN401 (any JSON value may be kept)
        """Have ``action`` done ``seconds`` from now."""
        self.memory["order"] += 1
        self.memory["due"].append([self.now + int(seconds * 1000), self.memory["order"], action, list(arguments)])

    def write(self, event: Event) -> None:
        """Hand an event over for delivery."""
        self.journal.write(self.now, event)

    def stock(self, name: str) -> list[Any]:
        """Return the list kept under ``name``."""
        kept: list[Any] = self.memory["stock"].setdefault(name, [])
        return kept
