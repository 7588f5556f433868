"""Elements: an application identifier with its value, and where the value stood."""

from __future__ import annotations

from typing import Final, NamedTuple

from suyuan.kernel.faults import Bilingual

SHOWN: Final = 60
"""How much of a text a fault repeats, in characters."""


class Element(NamedTuple):
    """One AI and its value.

    ``start`` is the 1-based position of the value in the text as given. ``exact`` False means that the value
    was escaped there, so only its start is known.
    """

    ai: str
    value: str
    start: int
    exact: bool = True
    note: Bilingual | None = None

    def at(self, offset: int = 0) -> str:
        """Return the place of the value's character ``offset`` for a fault."""
        return f"char {self.start + offset}" if self.exact else f"char {self.start}"


def shown(text: str) -> str:
    """Return ``text`` short enough for a message."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
