"""The demo's sales demand: lines that orders cover, a line that was changed since, and lines to be planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from suyuan.production.api import demand, demand_orders
from suyuan.production.api.demand_orders import Covering

_LINES: Final = (
    ("SO-7701", "10", "华东数码经销", 0, 3, "0.4"), ("SO-7701", "20", "华东数码经销", 1, 3, "0.3"),
    ("SO-7702", "10", "京津电子经销", 0, 4, "0.3"), ("SO-7704", "10", "岭南通讯经销", 1, 7, "1.2"),
    ("SO-7704", "20", "岭南通讯经销", 0, 10, "0.8"), ("SO-7709", "10", "西部智能经销", 1, 12, "2"),
)  # fmt: skip
"""Order, line, customer, which product, due in days, how much of a day's work."""
_COVERED: Final = 3


def enter(site: int, today: date, products: Sequence[str], a_day: int) -> None:
    """Enter the lines; the first ones are covered by what the lines make tomorrow, and one of them takes less since."""
    made = []
    for order, line, customer, which, days, share in _LINES:
        row = demand.add({
            "customer_order": order, "line": line, "customer": customer, "product": products[which % len(products)],
            "quantity": max(Decimal(2), (Decimal(share) * a_day).to_integral_value()), "unit": "",
            "due": today + timedelta(days=days), "site_id": site, "note": "",
        })  # fmt: skip
        made.append(row.demand.id)
    demand_orders.make(Covering(made[:_COVERED], multiple=Decimal(5)))
    first = demand.demand(made[0]).demand
    demand.change(first.id, {"quantity": first.quantity - 1})
