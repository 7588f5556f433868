"""Lots that run through a route in portions: how much of a lot each operation has had, and how much is left for it.

A second portion is no repetition as long as there is something left: of what came out of the operations before, or of
the lot where the operation is the first. More than what is left does not pass, the first time neither. What is done
again because it failed comes back through rework or stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from suyuan.production.domain.progress import Marking, Result, RouteMap, legal
from suyuan.production.domain.progress import after as marking_after
from suyuan.production.domain.progress import beside as marking_beside

PIECES: Final = "C62"
"""The unit of a quantity that names none."""
_NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot as it came to its order: how much was made of it, where anybody says.

    ``cut``: its life is longer than is told.
    """

    quantity: Decimal | None = None
    unit: str = PIECES
    cut: bool = False


class Portions:
    """A lot on its route, portion by portion. ``ordered``: taken for its quantity where nobody says how much it is."""

    def __init__(self, known: RouteMap, lot: Lot, ordered: Decimal) -> None:
        self.marking: Marking = known.start()
        self._known, self._whole, self._counted = known, lot.quantity or ordered, lot.quantity is not None
        self._complete = not lot.cut
        self._had: dict[str, Decimal] = {}
        self._gave: dict[str, Decimal] = {}
        self._fell: dict[str, Decimal] = {}
        self._uncounted: set[str] = set()
        self._units: set[str] = {lot.unit} if self._counted else set()

    def fits(self, operation: str, quantity: Decimal | None) -> bool:
        """Tell whether a portion may go through an operation beside what is open on the route for others."""
        if quantity is None or quantity <= 0:
            return False
        spent = _NOTHING if self._known.again(operation, self.marking) else self._fell_into(operation)
        return quantity <= self._room(operation) - spent

    def left(self, operation: str, unit: str | None) -> Decimal | None:
        """Return how much of the lot may still pass at an operation; None where what is on record does not tell."""
        if not self._complete or self._units - {unit or PIECES} or not self._told(operation, frozenset()):
            return None
        return max(self._room(operation), _NOTHING)

    def sources(self, operation: str) -> list[tuple[str, Decimal]]:
        """Return the operations before, each with how much it has let through; none before the first."""
        return [(each, self._passed_on(each, frozenset({operation}))) for each in sorted(self._known.before(operation))]

    def had(self, operation: str) -> Decimal:
        """Return how much of the lot an operation has had."""
        return self._had.get(operation, _NOTHING)

    def take(self, operation: str, result: Result, quantity: Decimal | None, unit: str | None = None) -> None:
        """Take what was done to a portion, or to all of it (None)."""
        room = self._room(operation) if quantity is None else _NOTHING
        if self.fits(operation, quantity) and operation not in legal(self._known, self.marking):
            self.marking = marking_beside(self._known, self.marking, operation, result)
        else:
            self.marking = marking_after(self._known, self.marking, operation, result)
        if quantity is None:
            self._uncounted.add(operation)
        else:
            self._units.add(unit or PIECES)
        amount = max(room, _NOTHING) if quantity is None else quantity
        stays = result == "failed" and self._known.stays(operation)
        _add(self._had, operation, _NOTHING if stays else amount)
        if self._known.goes_on(operation, result):  # the rest comes on by rework
            _add(self._gave, operation, amount)
        if result == "failed":
            _add(self._fell, operation, amount)

    def lose_count(self) -> None:
        """Take that something was done which no operation names, and which may have changed how much there is."""
        self._complete = False

    def _room(self, operation: str) -> Decimal:
        """Return what came to an operation and has not been through it, nor through another of its choice."""
        own = self._reached(operation, frozenset()) - self.had(operation)
        choice = self._known.choice(operation)
        if len(choice) == 1:
            return own
        before = frozenset[str]().union(*(self._known.before(each) for each in choice))
        came = sum((self._passed_on(each, choice - {each}) for each in sorted(before)), _NOTHING)
        fell = sum((self._fell_into(each) for each in choice), _NOTHING)
        begins = self._whole if choice & set(self._known.route.start) else _NOTHING
        return min(own, begins + came + fell - sum((self.had(each) for each in choice), _NOTHING))

    def _reached(self, operation: str, seen: frozenset[str]) -> Decimal:
        """Return how much of the lot has come to an operation so far."""
        before = self._known.before(operation) - seen
        came = [self._passed_on(each, seen | {operation}) for each in sorted(before)]
        fell = self._fell_into(operation)
        if operation in self._known.route.start:
            return self._whole + sum(came, _NOTHING) + fell
        if self._known.operations[operation].join == "all":
            return min(came, default=_NOTHING) + fell
        return sum(came, _NOTHING) + fell

    def _fell_into(self, operation: str) -> Decimal:
        return sum((self._fell.get(each, _NOTHING) for each in self._known.failing(operation)), _NOTHING)

    def _passed_on(self, operation: str, seen: frozenset[str]) -> Decimal:
        gave = self._gave.get(operation, _NOTHING)
        return max(gave, self._reached(operation, seen)) if self._known.skippable(operation) else gave

    def _told(self, operation: str, seen: frozenset[str]) -> bool:
        """Tell whether what came to an operation is on record, and no estimate."""
        if not self._counted and operation in self._known.route.start:
            return False
        before = self._known.before(operation) | self._known.failing(operation)
        return all(
            self._told(each, seen | {operation})
            for each in before - seen
            if each in self._uncounted or self._known.skippable(each)
        )


def _add(to: dict[str, Decimal], operation: str, quantity: Decimal) -> None:
    to[operation] = to.get(operation, _NOTHING) + quantity
