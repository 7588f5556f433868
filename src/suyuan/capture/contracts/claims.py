"""Events that come as documents and claim a step of a trace node: what is said of them, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import EventRecord


@dataclass(frozen=True, slots=True)
class SentEvent:
    """An event about to be recorded. ``told``: what its own ``suyuan:`` fields say, by their names without prefix."""

    record: EventRecord
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LetPass:
    """A check of a node that somebody with the right let pass, in one event or (``event_id`` None) in a document.

    ``by``: the person's URI; ``sites``: where their right held, None: everywhere. ``node`` "": a check of a step.
    """

    node: str
    check: str
    event_id: str | None
    reason: str
    by: str
    sites: frozenset[int] | None = None

    def covers(self, node: str, event_id: str, site: int | None) -> bool:
        """Tell whether it speaks of an event that is judged by ``node`` and happened at ``site``."""
        return (
            self.node == node
            and self.event_id in (None, event_id)
            and (self.sites is None or site is None or site in self.sites)
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an event is refused: the fault, with the check's own words where it has any.

    ``check`` of ``level`` approve is let pass by who has the right at ``site``; ``node``: the one whose check it is.
    """

    fault: Fault
    title_zh: str
    title_en: str
    remedy_zh: str
    remedy_en: str
    check: str | None = None
    field: str | None = None
    level: str = "refuse"
    node: str = ""
    site: int | None = None
