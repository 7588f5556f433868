"""Finished goods that demand may still be promised: what is there, less what orders and lines were promised of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from suyuan.trace.contracts.facts import HELD_DISPOSITIONS

SENT: Final = frozenset({"in_transit", "retail_sold", "dispensed", "partially_dispensed"})
SOLD: Final = frozenset({"retail_sold", "dispensed", "partially_dispensed"})
KEPT_BACK: Final = HELD_DISPOSITIONS | {
    "returned", "non_sellable_other", "tampered", "needs_replacement", "in_progress", "encoded", "reserved", "inactive",
    "mismatch_instance", "mismatch_class", "mismatch_quantity", "no_pedigree_match", "evidence",
}  # fmt: skip
"""Dispositions with which goods are not promised to anybody."""
_NOTHING: Final = Decimal(0)
_Key = TypeVar("_Key", int, str)


@dataclass(frozen=True, slots=True)
class Finished:
    """A lot, or the units of an order (``order``: its URI) at a place.

    ``here``: how much stands there; ``free``: what of it is not held, and of units not in work; ``units``: numbers of
    free units, the first to come first; ``in_work``: of a lot, wherever it is.
    """

    product: str
    kind: str
    lot: int | None
    uri: str
    code: str
    unit: str | None
    order: str | None
    place: str | None
    here: Decimal
    free: Decimal
    units: Sequence[int] = ()
    in_work: Decimal = _NOTHING


@dataclass(frozen=True, slots=True)
class Promised:
    """What of an item is promised to lines. ``gone``: what of the item, a lot, was sent off."""

    item: int
    kind: str
    quantity: Decimal
    gone: Decimal
    order: str | None


@dataclass(frozen=True, slots=True)
class FreeStock:
    """Finished goods that are promised to nobody. ``key``: which of the goods; ``expires``: not for lines due later."""

    key: int
    product: str
    unit: str
    site: int | None
    quantity: Decimal
    expires: date | None = None


def still_promised(ordered: Decimal, made: Decimal, here: Decimal, other: Decimal) -> Decimal:
    """Return what of an order's goods that are here is promised to the lines it is made for.

    :param ordered: what of the order is bound to lines.
    :param made: how much was made of it and not scrapped.
    :param here: how much of that is in the plant.
    :param other: what went to lines that were promised goods from store.
    """
    return max(_NOTHING, ordered - max(_NOTHING, made - here - other))


def left_of(goods: Sequence[Finished], lots: Mapping[int, Decimal], orders: Mapping[str, Decimal]) -> list[Decimal]:
    """Return how much of each of the goods is promised to nobody.

    :param lots: by lot, what of it is in work, or was promised to lines that did not get it yet.
    :param orders: by order, what of its goods here is promised to the lines it is made for.
    """
    of_lots, of_orders = dict(lots), dict(orders)
    left = []
    for each in goods:
        free = each.free
        if each.lot is not None:
            free -= _taken(of_lots, each.lot, free)
        if each.order is not None:
            free -= _taken(of_orders, each.order, free)
        left.append(free)
    return left


def _taken(waiting: dict[_Key, Decimal], key: _Key, free: Decimal) -> Decimal:
    part = min(free, waiting.get(key, _NOTHING))
    waiting[key] = waiting.get(key, _NOTHING) - part
    return part
