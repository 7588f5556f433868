"""Which work orders cover which demand: net requirements by due date, in exact quantities.

Netting as material requirements planning does it (APICS): gross requirements by date, less scheduled receipts that are
there in time and not yet allocated, give net requirements; these are rounded up to a multiple (lot sizing).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final, Literal

_NOTHING: Final = Decimal(0)
PIECES: Final = frozenset({"", "C62", "H87", "EA"})
"""Units of UN/ECE Recommendation 20 that are counted, never divided."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is still to be covered of a demand line. ``site``: where it is to be made; None: anywhere."""

    id: int
    product: str
    unit: str
    site: int | None
    due: date
    quantity: Decimal

    @property
    def turn(self) -> tuple[date, int]:
        """What lines are served by: when they are due, which came first."""
        return self.due, self.id


@dataclass(frozen=True, slots=True)
class FreeOrder:
    """An open order that still makes ``quantity`` which is bound to no line."""

    id: int
    product: str
    unit: str
    site: int | None
    due: date
    quantity: Decimal


@dataclass(slots=True)
class Batch:
    """An order to be made: ``quantity`` of it, of which ``shares`` (line, quantity) are bound."""

    product: str
    unit: str
    site: int | None
    due: date
    quantity: Decimal = _NOTHING
    shares: list[tuple[int, Decimal]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """What covers lines. ``used``: (order, line, quantity) of orders that are there."""

    used: Sequence[tuple[int, int, Decimal]]
    batches: Sequence[Batch]


@dataclass(slots=True)
class _Source:
    """Where something may be taken from: an order that is there, or one that is to be made."""

    of: FreeOrder | Batch
    left: Decimal


def cover(
    needs: Iterable[Need], free: Iterable[FreeOrder], by: Literal["due", "line"], multiple: Decimal | None = None
) -> Plan:
    """Return what covers ``needs``, those that are due first first: what is free in time, then new orders.

    :param by: ``due``: one new order for a product, unit, site and date; ``line``: one for each line.
    :param multiple: new orders are rounded up to a multiple of it; what is counted in pieces, to whole ones at least.
        What that makes beyond one line serves the next that is due then or later.
    """
    pool = [_Source(each, each.quantity) for each in sorted(free, key=lambda order: (order.due, order.id))]
    groups: dict[tuple[object, ...], list[Need]] = {}
    for need in sorted(needs, key=lambda each: each.turn):
        key = (need.due, need.product, need.unit, need.site, need.id if by == "line" else 0)
        groups.setdefault(key, []).append(need)
    used: list[tuple[int, int, Decimal]] = []
    batches = []
    for group in groups.values():
        first = group[0]
        batch = Batch(first.product, first.unit, first.site, first.due)
        for need in group:
            open_ = _take(need, pool, used)
            if open_ > 0:
                batch.shares.append((need.id, open_))
        bound = sum((share for _, share in batch.shares), _NOTHING)
        if bound > 0:
            batch.quantity = rounded(bound, batch.unit, multiple)
            batches.append(batch)
            pool.append(_Source(batch, batch.quantity - bound))
    return Plan(used, batches)


def _take(need: Need, pool: Iterable[_Source], used: list[tuple[int, int, Decimal]]) -> Decimal:
    """Serve a line from what is free in time; return what is left of it."""
    open_ = need.quantity
    for source in pool:
        part = min(open_, source.left)
        if part <= 0 or not _serves(source.of, need):
            continue
        source.left -= part
        open_ -= part
        if isinstance(source.of, Batch):
            source.of.shares.append((need.id, part))
        else:
            used.append((source.of.id, need.id, part))
    return open_


def _serves(source: FreeOrder | Batch, need: Need) -> bool:
    return (
        (source.product, source.unit) == (need.product, need.unit)
        and (need.site is None or source.site == need.site)
        and source.due <= need.due
    )


def rounded(quantity: Decimal, unit: str, multiple: Decimal | None) -> Decimal:
    """Return ``quantity`` rounded up to a multiple; pieces are whole."""
    step = multiple or (Decimal(1) if unit in PIECES else None)
    if step is None:
        return quantity
    return Decimal(format((quantity / step).to_integral_value(ROUND_CEILING) * step, "f"))


def free_of(quantity: Decimal, bound: Decimal, made: Decimal) -> Decimal:
    """Return what an order still makes that is bound to no line.

    What is made already went somewhere, so it is not counted; what is bound comes out of it first.
    """
    return max(_NOTHING, quantity - max(bound, made))


def allotted(amount: Decimal, bound: Sequence[Decimal]) -> list[Decimal]:
    """Return what each binding keeps of ``amount``, the first in full as long as it lasts."""
    kept = []
    for each in bound:
        part = max(_NOTHING, min(each, amount))
        amount -= part
        kept.append(part)
    return kept
