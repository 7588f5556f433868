"""The explaining paths of histories that the backward kernel found, put together when somebody wants to see them."""

from __future__ import annotations

import numpy as np

from suyuan.trace.domain.answer import Hop
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.meeting import chain
from suyuan.trace.domain.engine.mirror_notes import (
    AWAY,
    BEGUN,
    BY,
    DEPTH,
    ENDED,
    ENTERED,
    EVENT,
    FAR,
    HOLDER,
    HOLDS,
    ITEM,
    LATEST,
    LOWER,
    OF,
    OF_USE,
    OPENED,
    PUT_IN,
    SHARE,
    SHARED,
    TARGET,
    THROUGH,
    USE,
    VIA,
    WHAT,
    WHO,
)
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.siblings import BY as ENTRY
from suyuan.trace.domain.engine.siblings import FROM, NODE, STEPS, TO, rise


class Ways:
    """The paths of one history. Items go by their numbers over all segments, events too."""

    def __init__(
        self, assembled: Assembled, found: Ints, uses: Ints, holdings: Ints, beside: Contacts | None = None
    ) -> None:
        self._assembled = assembled
        self._beside = beside
        numbers = np.concatenate([found[:, ITEM], holdings[:, HOLDER]])
        self.ids: dict[int, int] = dict(zip(numbers.tolist(), assembled.ids(numbers).tolist(), strict=True))
        events = np.concatenate([found[:, EVENT], holdings[:, ENTERED], holdings[:, OPENED], uses[:, THROUGH]])
        self._numbers: dict[int, int] = dict(zip(events.tolist(), assembled.numbers(events).tolist(), strict=True))
        self._uses: list[list[int]] = uses.tolist()
        self._holdings: list[list[int]] = holdings.tolist()
        self._found: list[list[int]] = found.tolist()
        self._rows = {row[ITEM]: row for row in self._found}
        self._inside = {row[HOLDER]: row for row in self._holdings if row[USE] < 0}
        self._hops: dict[int, Hop | None] = {}

    def __contains__(self, item: int) -> bool:
        return item in self._rows

    def of_thing(self, item: int) -> Hop | None:
        """Return the path of something that went in, or of a container within the asked one."""
        way: list[tuple[int, int, int]] = []
        at = item
        while at not in self._hops:
            row = self._rows.get(at)
            if row is None:
                held = self._inside[at]
                way.append((at, held[WHAT], held[ENTERED]))
            elif row[SHARE] >= 0:
                self._hops[at] = self._contact(at, row[SHARE], row[DEPTH])
                break
            elif row[VIA] < 0:
                self._hops[at] = None
                break
            else:
                way.append((at, row[VIA], row[EVENT]))
            at = way[-1][1]
        for below, via, event in reversed(way):
            self._hops[below] = Hop(self.ids[via], self._number(event), onward=self._hops[via])
        return self._hops[item]

    def of_use(self, use: int) -> Hop | None:
        """Return the path that begins with a use."""
        row = self._uses[use]
        if row[SHARED] >= 0:
            return self._contact(self._found[row[OF]][ITEM], row[SHARED], row[FAR], row[BY])
        if row[TARGET] < 0:
            return None
        return Hop(self.ids[row[TARGET]], self._number(row[THROUGH]), onward=self.of_thing(row[TARGET]))

    def of_holder(self, at: int) -> Hop | None:
        """Return the path of what held an ingredient: down through what was in it, then on with the ingredient."""
        row = self._holdings[at]
        if row[USE] < 0:
            return self.of_thing(row[HOLDER])
        through, events, lower, what = [], [], row, row[WHAT]
        while lower[LOWER] >= 0:
            events.append(self._number(lower[OPENED]))
            lower = self._holdings[lower[LOWER]]
            through.append(self.ids[lower[HOLDER]])
        entered = self._number(row[ENTERED])
        return Hop(self.ids[what], entered, tuple(through), tuple(events), self.of_use(row[USE]))

    def _contact(self, item: int, share: int, far: int, by: int | None = None) -> Hop:
        assert self._beside is not None  # noqa: S101 (there are no shares without)
        return self._beside.hop(item, share, far, by)

    def _number(self, event: int) -> int | None:
        return None if event < 0 else self._numbers[event]


class Contacts:
    """The hops of cross-contact: from something up to a container, down to the ingredient that was in it too, and on by
    the ingredient's own path (one of ``ways``).
    """

    def __init__(self, assembled: Assembled, address: int, shares: Ints, uses: Ints, ways: Ways) -> None:
        self._assembled = assembled
        self._address = address
        self._shares = shares
        self._uses = uses
        self._ways = ways

    def hop(self, item: int, at: int, far: int, by: int | None) -> Hop:
        """Return the hop from an item by a share, ``far`` from the asked item (``by``: one that matters until then)."""
        share = self._shares[at]
        latest = min(share[LATEST], share[ENDED])
        mine, its = self._above(item), self._above(share[WHO])
        up = next(
            chain(mine, row) for row in mine
            if row[NODE] == share[HOLDS] and share[AWAY] + row[STEPS] == far and row[TO] >= share[BEGUN]
            and row[FROM] <= latest and by in (None, min(latest, row[TO]))
        )  # fmt: skip
        steps = share[AWAY] - self._uses[share[OF_USE], FAR]
        down = next(
            chain(its, row) for row in its
            if row[NODE] == share[HOLDS] and row[STEPS] == steps and row[ENTRY] == share[PUT_IN]
            and row[FROM] == share[BEGUN] and row[TO] == share[ENDED]
        )  # fmt: skip
        nodes = [*(node for node, _ in up), *(node for node, _ in down[-2::-1])]
        events = [self._assembled.number(event) for _, event in (*up, *down[:0:-1])]
        return Hop(
            self._ways.ids[int(share[WHO])], self._assembled.number(int(share[PUT_IN])),
            tuple(self._assembled.ids(np.array(nodes, np.int64)).tolist()), tuple(events),
            self._ways.of_use(int(share[OF_USE])),
        )  # fmt: skip

    def _above(self, item: int) -> Ints:
        rows, count = rise(self._address, int(item), np.empty((16, 7), np.int64))
        return rows[:count]
