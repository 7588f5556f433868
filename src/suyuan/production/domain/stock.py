"""Where how much of a lot stands, folded from its events: what comes in, moves, goes into something, leaves.

A function of the events that nobody declared wrong, in the order of time and number, so that the read model is the
same in any order of arrival and when it is made anew. Amounts never fall below nothing: what an event takes beyond what
is on record was there before the records began.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from suyuan.production.domain.results import SCRAPPING

_COMES: Final = frozenset({"receiving", "arriving", "accepting"})
_SENT: Final = frozenset({"shipping", "departing", "retail_selling", "dispensing"})
_SEEN: Final = frozenset({"inspecting", "holding", "sensor_reporting", "cycle_counting", "stock_taking"})
"""Steps that move nothing to where as much is already."""
_NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where a part of a lot stands. ``inside``: the number of the container that holds it; 0: none."""

    place: str
    inside: int = 0


@dataclass(frozen=True, slots=True)
class LotEvent:
    """An event of the lot. ``role`` and ``act`` as in ledger.sql; ``parent``: what it was put into, with its kind."""

    item_id: int
    number: int
    time: datetime
    role: str
    act: str
    quantity: Decimal | None
    unit: str | None
    step: str | None
    place: str | None
    parent: int
    parent_kind: str | None

    @property
    def key(self) -> tuple[datetime, int]:
        """What events of a lot are put in order by."""
        return self.time, self.number


@dataclass(slots=True)
class LotStock:
    """A lot's amounts by spot. ``known``: it was told once how much it is; ``last``: the event that was taken last.

    ``away``: what was sent off and may be received again, here or by whoever it was sent to.
    """

    unit: str | None = None
    known: bool = False
    away: Decimal = _NOTHING
    last: tuple[datetime, int] | None = None
    spots: dict[Spot, Decimal] = field(default_factory=dict)
    since: dict[Spot, datetime] = field(default_factory=dict)

    def take(self, event: LotEvent) -> None:
        """Take the next event in time."""
        self.unit = event.unit or self.unit
        self.last = event.key
        place = event.place or ""
        if event.role == "o" or (event.role == "s" and event.act == "O"):
            self._comes(event, place)
        elif event.role == "i":
            self._taken(event.quantity or _NOTHING, place)
        elif event.role == "c":
            self._held(event, place)
        elif event.role == "s" and (event.act == "Q" or event.step in SCRAPPING):
            self._taken(self._amount(event), place)
        elif event.role == "s" and event.step in _SENT:
            self.away += self._taken(self._amount(event), place)
        elif event.role == "s" and event.place is not None:
            self._moves(event, Spot(place))

    def _comes(self, event: LotEvent, place: str) -> None:
        if event.quantity is None:
            if event.place is not None:
                self._moves(event, Spot(place))
            return
        self.known = True
        self._add(Spot(place), event.quantity, event.time)

    def _amount(self, event: LotEvent) -> Decimal:
        """Return how much an event is about; all there is where it does not say."""
        return sum(self.spots.values(), _NOTHING) if event.quantity is None else event.quantity

    def _held(self, event: LotEvent, place: str) -> None:
        """Put into something, or taken out of it: a container carries it, what it is built into uses it up."""
        if event.act in ("A", "E") and event.parent_kind in ("unit", "lot"):
            self._taken(event.quantity or _NOTHING, place)
        elif event.act in ("A", "E"):
            self._moves(event, Spot(place, 0 if event.parent_kind == "asset" else event.parent))
        elif event.act in ("D", "G"):
            at = next((spot for spot in sorted(self.spots) if spot.inside and spot.inside == event.parent), None)
            if at is not None:
                self._moves(event, Spot(place or at.place), only=at)

    def _moves(self, event: LotEvent, to: Spot, only: Spot | None = None) -> None:
        if not self.known and event.quantity is not None:
            self.known = True
            self._add(to, event.quantity, event.time)
            return
        stood = self.spots.pop(to, _NOTHING)
        there = self.spots.get(only, _NOTHING) if only is not None else sum(self.spots.values(), _NOTHING)
        wanted = there if event.quantity is None else event.quantity
        if event.step in _SEEN:
            wanted = max(_NOTHING, wanted - stood)
        moved = self._taken(min(wanted, there), "", first=only)
        if stood:
            self.spots[to] = stood
        if event.step in _COMES and event.quantity is not None:
            back = min(self.away, max(_NOTHING, wanted - moved - stood))
            self.away -= back
            moved += back
        self._add(to, moved, event.time)

    def _add(self, spot: Spot, amount: Decimal, time: datetime) -> None:
        if amount > 0:
            self.since.setdefault(spot, time)
            self.spots[spot] = self.spots.get(spot, _NOTHING) + amount

    def _taken(self, amount: Decimal, place: str, first: Spot | None = None) -> Decimal:
        """Take an amount away, at most what is there: from where the event was, from around it, from where is most.

        Return how much was taken.
        """
        left = amount
        nearest = sorted(self.spots, key=lambda each: (each != first, *_distance(each, place), -self.spots[each], each))
        for spot in nearest:
            part = min(left, self.spots[spot])
            left -= part
            self.spots[spot] -= part
            if not self.spots[spot]:
                del self.spots[spot], self.since[spot]
        return amount - left

    def rows(self) -> Iterator[tuple[str, int, Decimal, datetime]]:
        """Yield place, container, amount and since when it is there."""
        for spot in sorted(self.spots):
            yield spot.place, spot.inside, self.spots[spot], self.since[spot]


def _distance(spot: Spot, place: str) -> tuple[int, bool]:
    if spot.place == place:
        return 0, bool(spot.inside)
    near = bool(place and spot.place) and (spot.place.startswith(place) or place.startswith(spot.place))
    return 1 if near else 2, bool(spot.inside)


def fold(events: Iterable[LotEvent]) -> LotStock:
    """Return where how much of a lot stands after all of its events, given in any order."""
    stock = LotStock()
    for event in sorted(events, key=lambda each: each.key):
        stock.take(event)
    return stock
