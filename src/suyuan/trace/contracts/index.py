"""How the trace index stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexState:
    """``waiting``: events recorded since, which questions read from the database. ``size`` in bytes.

    An index that is not ``sound`` is not read: the database answers alone. ``faults`` say what is wrong, file by file.
    """

    exists: bool
    sound: bool
    faults: tuple[str, ...] = ()
    segments: int = 0
    events: int = 0
    participations: int = 0
    size: int = 0
    waiting: int = 0
