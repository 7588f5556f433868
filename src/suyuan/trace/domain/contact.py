"""Cross-contact (F5), told once: of a thousand things in one load each says the same of all the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from suyuan.trace.domain.carriage import Carriage
from suyuan.trace.domain.times import FOREVER, Clock, Span


class Share(NamedTuple):
    """``item`` was in ``holder`` with a certain label during ``span``, ``depth`` hops from a start item."""

    item: int
    holder: int
    span: Span
    depth: int
    who: int

    def covers(self, other: Share) -> bool:
        """Tell whether what it gives to the contents says at least as much as what ``other`` gives to them."""
        mine, its = self.span, other.span
        return (
            mine.since <= its.since and mine.until >= its.until and self.depth <= other.depth
            and other.who & ~self.who == 0
        )  # fmt: skip


class Contacts:
    """What was in the holders together. Remembers what has been told, so that only what is new is told again.

    ``hearing``: tell only these items (None: all). Where they are few, and suspects many, to compare with what was told
    before costs more than to tell it.
    """

    def __init__(
        self, held: Callable[[int], Iterable[Carriage]], clock: Clock, hearing: Container[int] | None = None
    ) -> None:
        self._held = held
        self._clock = clock
        self._hearing = hearing
        self._told: dict[int, list[Share]] = defaultdict(list)
        self._loads: dict[int, _Loads] = {}

    def news(self, share: Share) -> Iterator[Carriage]:
        """Yield the contents that shared the holder with a thing, but for those to whom a share told before has given
        as much: all of them but the thing that this share came from.
        """
        if self._hearing is not None:
            yield from (down for down in self._loads_of(share.holder).during(share.span) if down.source != share.item)
            return
        told = self._told[share.holder]
        covering = {old.item for old in told if old.covers(share)}
        if share.item in covering or len(covering) > 1:
            return
        if not covering:
            told.append(share)
        for down in self._loads_of(share.holder).during(share.span):
            if down.source != share.item and (not covering or down.source in covering):
                yield down

    def anybody(self, holder: int) -> bool:
        """Tell whether there may be anybody in a holder to tell."""
        return self._hearing is None or bool(self._loads_of(holder))

    def _loads_of(self, holder: int) -> _Loads:
        if holder not in self._loads:
            hearing = self._hearing
            held = (down for down in self._held(holder) if hearing is None or down.source in hearing)
            self._loads[holder] = _Loads(tuple(held), self._clock)
        return self._loads[holder]


class _Loads:
    """What a holder ever held, found by time."""

    def __init__(self, contents: tuple[Carriage, ...], clock: Clock) -> None:
        self._contents = contents
        self._tolerance = clock.tolerance
        self._since = _times(down.hull.since for down in contents)
        self._until = _times(down.hull.until for down in contents)

    def __len__(self) -> int:
        return len(self._contents)

    def during(self, span: Span) -> Iterator[Carriage]:
        """Yield what may have been there at some time in ``span``, in the order of the record."""
        low, high = span.since - self._tolerance, min(span.until + self._tolerance, FOREVER)
        here = np.flatnonzero((self._since <= high) & (self._until >= low))
        return (self._contents[place] for place in here.tolist())


def _times(values: Iterable[int]) -> npt.NDArray[np.int64]:
    return np.fromiter(values, np.int64)
