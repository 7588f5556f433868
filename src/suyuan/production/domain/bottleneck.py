"""Which operation holds the others up, with the evidence. After Little's law: queue = pace x waiting time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from suyuan.production.contracts.wip import Evidence

LEAST_QUEUE: Final = 3
"""Fewer items than this are no queue."""


def evidence_of(
    *, queue: int, arrived: int, done: int, hours: float, waited: int | None, utilisation: float | None
) -> Evidence:
    """Return how an operation's queue moves.

    :param queue: items that wait for it now.
    :param arrived: items that came to its queue in the window of ``hours``; ``done``: that it passed in the same time.
    """
    pace = done / hours if hours > 0 else 0.0
    clearing = int(queue / pace * 3600) if pace > 0 else None
    growth = (arrived - done) / hours if hours > 0 else 0.0
    return Evidence(queue, round(growth, 2), round(pace, 2), clearing, waited, utilisation)


def bottleneck(known: Mapping[str, Evidence]) -> str | None:
    """Return the operation whose queue takes longest to clear at its pace; None where nothing queues.

    Where an operation with a queue passed nothing in the window, it never clears: that is longest, and of several such
    the longest queue. A queue that shrinks while the operation passes more than what came is no bottleneck.
    """
    queued = {operation: each for operation, each in known.items() if each.queue >= LEAST_QUEUE and _holds_up(each)}
    if not queued:
        return None
    return max(queued, key=lambda operation: _weight(queued[operation]))


def _holds_up(each: Evidence) -> bool:
    return each.clearing_seconds is None or each.growth >= 0 or each.clearing_seconds > 3600


def _weight(each: Evidence) -> tuple[float, int]:
    return (float("inf") if each.clearing_seconds is None else float(each.clearing_seconds), each.queue)
