"""Keeping the trace index: derived, disposable, and built from the ledger alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from suyuan.trace.domain.engine import warming
from suyuan.trace.store.index import map_all, rebuild, refresh, state, verify

__all__ = ["on_recorded", "rebuild", "refresh", "state", "verify", "warm"]

WORTH_A_SEGMENT = 2_000
"""So many events wait before the worker writes a segment; until then questions read them from the database."""


def warm() -> None:
    """Compile, or read from the compiler's cache, what answers questions, and map every index that is there."""
    warming.warm()
    map_all()


def on_recorded(messages: Sequence[Mapping[str, Any]]) -> None:
    """Bring the index up to date, told by the outbox that events have been recorded."""
    refresh(at_least=WORTH_A_SEGMENT)
