"""Which work orders cover which demand: net requirements by due date, in exact quantities.

Netting as material requirements planning does it (APICS): gross requirements by date, less what is on hand and not
allocated, less scheduled receipts that are there in time and not yet allocated, give net requirements; these are
rounded up to a lot size: a minimum and a multiple.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final, Literal

from suyuan.production.domain.finished import FreeStock

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
class LotSize:
    """How much is made at once: no less than ``minimum``, and a multiple of ``multiple``."""

    minimum: Decimal | None = None
    multiple: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What covers lines. ``stocked``: (goods, line, quantity) of what is there; ``used``: (order, line, quantity)."""

    stocked: list[tuple[int, int, Decimal]]
    used: list[tuple[int, int, Decimal]]
    batches: list[Batch]


@dataclass(slots=True)
class _Source:
    """Where something may be taken from: finished goods, an order that is there, or one that is to be made."""

    of: FreeStock | FreeOrder | Batch
    left: Decimal


def cover(
    needs: Iterable[Need],
    free: Iterable[FreeOrder],
    by: Literal["due", "line"],
    sizes: Callable[[str], LotSize] = lambda _: LotSize(),
    stock: Iterable[FreeStock] = (),
) -> Plan:
    """Return what covers ``needs``, those that are due first first: what is in store, what is free in time, new orders.

    :param by: ``due``: one new order for a product, unit, site and date; ``line``: one for each line.
    :param sizes: how much of a product is made at once; what is counted in pieces, in whole ones. What an order makes
        beyond one line serves the next that is due then or later.
    """
    shelf = sorted(stock, key=lambda each: (each.expires or date.max, each.key))
    pool = [_Source(each, each.quantity) for each in shelf]
    pool += [_Source(each, each.quantity) for each in sorted(free, key=lambda order: (order.due, order.id))]
    groups: dict[tuple[object, ...], list[Need]] = {}
    for need in sorted(needs, key=lambda each: each.turn):
        key = (need.due, need.product, need.unit, need.site, need.id if by == "line" else 0)
        groups.setdefault(key, []).append(need)
    plan = Plan([], [], [])
    for group in groups.values():
        first = group[0]
        batch = Batch(first.product, first.unit, first.site, first.due)
        for need in group:
            open_ = _take(need, pool, plan)
            if open_ > 0:
                batch.shares.append((need.id, open_))
        bound = sum((share for _, share in batch.shares), _NOTHING)
        if bound > 0:
            batch.quantity = rounded(bound, batch.unit, sizes(batch.product))
            plan.batches.append(batch)
            pool.append(_Source(batch, batch.quantity - bound))
    return plan


def _take(need: Need, pool: Iterable[_Source], plan: Plan) -> Decimal:
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
        elif isinstance(source.of, FreeStock):
            plan.stocked.append((source.of.key, need.id, part))
        else:
            plan.used.append((source.of.id, need.id, part))
    return open_


def _serves(source: FreeStock | FreeOrder | Batch, need: Need) -> bool:
    if source.product != need.product or (need.site is not None and source.site != need.site):
        return False
    if isinstance(source, FreeStock):
        same = source.unit == need.unit or {source.unit, need.unit} <= PIECES
        return same and (source.expires is None or source.expires >= need.due)
    return source.unit == need.unit and source.due <= need.due


def rounded(quantity: Decimal, unit: str, size: LotSize) -> Decimal:
    """Return ``quantity`` raised to the least lot and rounded up to a multiple; pieces are whole."""
    wanted = max(quantity, size.minimum or _NOTHING)
    step = size.multiple or (Decimal(1) if unit in PIECES else None)
    if step is None:
        return wanted
    return Decimal(format((wanted / step).to_integral_value(ROUND_CEILING) * step, "f"))


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
