"""Labels: what is known of an item in the course of a run, and the book that keeps the best of them.

A run may follow many suspects at once. ``who`` is a set of suspects, one bit each, so that one pass over the plant
answers for all ancestors of a product together: "and" of two sets is "both say so for the same suspect". A forward
question is a run with one suspect, the start set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from suyuan.trace.domain.answer import Doubt
from suyuan.trace.domain.times import FOREVER, Span


@dataclass(frozen=True, slots=True)
class Via:
    """The hop that gave a label: from ``label`` on ``item``, by ``event``, through containers entered by events."""

    item: int
    label: Label
    event: int | None
    through: tuple[int, ...] = ()
    through_events: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A verdict from ``since`` to ``until`` for the suspects ``who``.

    ``suspect``: the item is a start item, or a member of a start lot, so what it holds is affected too (F7).
    ``native``: the item never was without it, so a use that stands within the tolerance of ``since`` is no doubt.
    ``born``: it came with the first making of the item, which any use of the item proves to have been before it.
    """

    certain: bool
    since: int
    until: int = FOREVER
    depth: int = 0
    who: int = 1
    suspect: bool = False
    native: bool = False
    born: bool = False
    doubts: frozenset[Doubt] = frozenset()
    via: Via | None = None

    @property
    def span(self) -> Span:
        """From when until when it holds."""
        return Span(self.since, self.until)

    def covers(self, other: Label) -> bool:
        """Tell whether it says at least as much as ``other``: as sure, as early, as long and by as short a path."""
        return (
            self.certain >= other.certain
            and self.since <= other.since
            and self.until >= other.until
            and self.depth <= other.depth
            and self.suspect >= other.suspect
            and self.born >= other.born
            and (self.native >= other.native or not other.certain)
        )


class Book:
    """The labels of all items. Labels only improve: one that another covers for the same suspects is dropped."""

    def __init__(self) -> None:
        self._labels: dict[int, list[Label]] = {}

    def __contains__(self, item: int) -> bool:
        return item in self._labels

    def __iter__(self) -> Iterator[int]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)

    def of(self, item: int) -> Iterable[Label]:
        """Return an item's labels."""
        return self._labels.get(item, ())

    def certain(self, item: int) -> Iterable[Label]:
        """Return an item's certain labels."""
        return [label for label in self._labels.get(item, ()) if label.certain]

    def add(self, item: int, label: Label) -> bool:
        """Enter a label; return whether it says something new."""
        held = self._labels.get(item, [])
        who = label.who
        for old in held:
            if old.who & who and old.covers(label):
                who &= ~old.who
                if not who:
                    return False
        new = label if who == label.who else replace(label, who=who)
        kept = []
        for old in held:
            left = old.who & ~who if old.who & who and new.covers(old) else old.who
            if left:
                kept.append(old if left == old.who else replace(old, who=left))
        self._labels[item] = [*kept, new]
        return True
