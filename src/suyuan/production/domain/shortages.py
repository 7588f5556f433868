"""Who goes short: what there is, given to orders in the order in which they are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

_NOTHING: Final = Decimal(0)
_EVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Demand:
    """What an order still needs of a material. ``materials``: the material, then what may stand in for it."""

    order: int
    line: str
    due: datetime | None
    priority: int
    materials: tuple[str, ...]
    quantity: Decimal

    @property
    def turn(self) -> tuple[datetime, int, int]:
        """What orders are served by: when they are due, how urgent they are, which came first."""
        return self.due or _EVER, self.priority, self.order


def shortages(
    demands: Iterable[Demand], supply: Mapping[str, Decimal], later: tuple[str, Decimal, datetime] | None = None
) -> dict[tuple[int, str], Decimal]:
    """Return what each order goes short of, by order and line of its bill; what is covered is left out.

    Each demand takes its own material first, then what may stand in for it. An order that is due earlier takes first,
    so a shortage shows at those that are due last.

    :param later: (material, amount, when): there from a time on, for orders that are due then or after.
    """
    left = dict(supply)
    coming = later[1] if later is not None else _NOTHING
    short: dict[tuple[int, str], Decimal] = {}
    for demand in sorted(demands, key=lambda each: (each.turn, each.line)):
        open_ = demand.quantity
        for material in demand.materials:
            part = min(open_, left.get(material, _NOTHING))
            if part > 0:
                left[material] -= part
                open_ -= part
        if later is not None and open_ > 0 and later[0] in demand.materials and (demand.due or _EVER) >= later[2]:
            part = min(open_, coming)
            coming -= part
            open_ -= part
        if open_ > 0:
            short[demand.order, demand.line] = open_
    return short
