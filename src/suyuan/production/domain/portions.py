"""Lots that run through a route in portions: how much of a lot each operation has had, and how much is left for it.

A second portion is no repetition as long as there is something left: of what came out of the operations before, or of
the lot where the operation is the first. What is done again because it failed comes back through rework or stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from suyuan.production.domain.progress import Marking, Result, RouteMap, legal
from suyuan.production.domain.progress import after as marking_after
from suyuan.production.domain.progress import beside as marking_beside


class Portions:
    """A lot on its route, portion by portion. ``whole``: the quantity of the lot, or the order's where nobody says."""

    def __init__(self, known: RouteMap, whole: Decimal) -> None:
        self.marking: Marking = known.start()
        self._known, self._whole = known, whole
        self._had: dict[str, Decimal] = {}
        self._gave: dict[str, Decimal] = {}

    def fits(self, operation: str, quantity: Decimal | None) -> bool:
        """Tell whether this much more may go through an operation that has had a portion of the lot."""
        if quantity is None or quantity <= 0 or operation not in self._had:
            return False
        return self._had[operation] + quantity <= self._reached(operation, frozenset())

    def take(self, operation: str, result: Result, quantity: Decimal | None) -> None:
        """Take what was done to a portion, or to all of it (None)."""
        if self.fits(operation, quantity) and operation not in legal(self._known, self.marking):
            self.marking = marking_beside(self._known, self.marking, operation, result)
        else:
            self.marking = marking_after(self._known, self.marking, operation, result)
        if quantity is None:
            return
        stays = result == "failed" and self._known.stays(operation)
        _add(self._had, operation, Decimal(0) if stays else quantity)
        if self._known.goes_on(operation, result):  # the rest comes on by rework
            _add(self._gave, operation, quantity)

    def _reached(self, operation: str, seen: frozenset[str]) -> Decimal:
        """Return how much of the lot has come to an operation so far."""
        before = self._known.before(operation) - seen
        came = [self._passed_on(each, seen | {operation}) for each in sorted(before)]
        if operation in self._known.route.start:
            return self._whole + sum(came)
        if self._known.operations[operation].join == "all":
            return min(came, default=Decimal(0))
        return sum(came, Decimal(0))

    def _passed_on(self, operation: str, seen: frozenset[str]) -> Decimal:
        gave = self._gave.get(operation, Decimal(0))
        return max(gave, self._reached(operation, seen)) if self._known.skippable(operation) else gave


def _add(to: dict[str, Decimal], operation: str, quantity: Decimal) -> None:
    to[operation] = to.get(operation, Decimal(0)) + quantity


def whole_of(made: Mapping[str, Decimal], uri: str, ordered: Decimal) -> Decimal:
    """Return the quantity of a lot: as it was made, else as much as the order asks for."""
    return made.get(uri) or ordered
