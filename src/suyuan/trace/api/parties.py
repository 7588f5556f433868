"""Parties and places read as one, however events spell them: who knows codes registers how."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from suyuan.kernel.faults import Fault

Reading = Callable[[str], str]
_readings: list[Reading] = []


def read_with(reading: Reading) -> None:
    """Have ``reading`` tell the canonical URI of a place or party; it may refuse what it does not understand."""
    _readings[:] = [reading]


def canonical(uri: str) -> str:
    """Return the canonical URI of a place or party, the URI itself where it is not understood."""
    for reading in _readings:
        try:
            return reading(uri)
        except Fault:
            break
    return uri


def spellings(uri: str | None, known: Iterable[str]) -> list[str] | None:
    """Return how the events spell this party: those of ``known`` that mean the same, and the URI itself."""
    if uri is None:
        return None
    meant = canonical(uri)
    return sorted({uri, *(other for other in known if canonical(other) == meant)})
