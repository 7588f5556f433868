"""Finished goods that sales demand can be covered from: in the plant, not in work, not held, promised to nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.production.api import demand, products
from suyuan.production.contracts.demand import DemandRow
from suyuan.production.domain.finished import Finished, FreeStock, Promised, left_of, still_promised
from suyuan.production.store import demand_goods as store
from suyuan.production.store import orders as all_orders
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace

_NOTHING: Final = Decimal(0)
_MOST_UNITS: Final = 100_000


@dataclass(slots=True)
class Shelf:
    """Finished goods by key, with what of each is free, and the units that were not promised yet."""

    goods: Sequence[Finished]
    free: Sequence[FreeStock]
    units: dict[int, list[int]] = field(default_factory=dict)

    def promise(self, key: int, line: int, quantity: Decimal) -> None:
        """Promise goods to a line: of units the first that came."""
        found = self.goods[key]
        if found.lot is not None:
            store.bind(line, [(found.lot, quantity)])
            return
        waiting = self.units.setdefault(key, list(found.units))
        taken, self.units[key] = waiting[: int(quantity)], waiting[int(quantity) :]
        store.bind(line, [(each, Decimal(1)) for each in taken])


@dataclass(frozen=True, slots=True)
class _Placed:
    """Goods with their site; ``ours``: whether they stand in the plant at all, and not at somebody else's."""

    goods: Finished
    promised: Decimal
    ours: bool
    site: int | None


def shelf(wanted: Sequence[str], sites: frozenset[int] | None, most: Decimal, *, lock: bool = False) -> Shelf:
    """Return what is there of products at these sites (None: all); ``most``: how much is wanted at most."""
    if lock:
        store.lock()
    found = store.finished(wanted, max(1, min(_MOST_UNITS, int(most) + 1)))
    placed = [_Placed(each, promised, *_site(each.place)) for each, promised in found]
    ours = [each for each in placed if each.ours]
    promises = store.promised(wanted)
    sent: dict[int, Decimal] = {each.item: each.gone for each in promises if each.kind == "lot"}
    for each in placed:
        if not each.ours and each.goods.lot in sent:
            sent[each.goods.lot] += each.goods.here
    lots = {each.item: max(_NOTHING, each.quantity - sent[each.item]) for each in promises if each.kind == "lot"}
    working = {each.lot: each.in_work for each, _ in found if each.lot is not None}
    for lot, quantity in working.items():
        lots[lot] = lots.get(lot, _NOTHING) + quantity
    goods = [each.goods for each in ours]
    left = left_of(goods, lots, _promised_orders(ours, promises, sent))
    expiries = trace.current_facts([each.uri for each in goods if each.lot is not None], expiry=True)
    free = []
    for key, (each, quantity) in enumerate(zip(ours, left, strict=True)):
        if quantity <= 0 or (sites is not None and each.site not in sites):
            continue
        facts = expiries.get(each.goods.uri) if each.goods.lot is not None else None
        expires = date.fromisoformat(facts.expiry[:10]) if facts is not None and facts.expiry else None
        free.append(FreeStock(key, each.goods.product, each.goods.unit or "", each.site, quantity, expires))
    return Shelf(goods, free)


def _site(place: str | None) -> tuple[bool, int | None]:
    """Return whether a place is the plant's, and of which site."""
    known = tenancy.sites()
    only = known[0].id if len(known) == 1 else None
    if place is None or not any(each.location_uri for each in known):
        return True, only
    found = next((each.id for each in known if each.location_uri and place.startswith(each.location_uri)), None)
    return found is not None, found


def _promised_orders(
    ours: Sequence[_Placed], promises: Sequence[Promised], sent: Mapping[int, Decimal]
) -> dict[str, Decimal]:
    """Return what of each order's goods here is promised to the lines that it is made for."""
    here: dict[str, Decimal] = {}
    units_here: dict[str, Decimal] = {}
    for each in ours:
        if each.goods.order is not None:
            here[each.goods.order] = here.get(each.goods.order, _NOTHING) + each.goods.here
            units_here[each.goods.order] = units_here.get(each.goods.order, _NOTHING) + each.promised
    other: dict[str, Decimal] = {order: -quantity for order, quantity in units_here.items()}
    for promise in promises:  # what went to lines from store, of which nothing is here any more
        if promise.order is not None:
            gone = min(promise.quantity, sent[promise.item]) if promise.kind == "lot" else promise.quantity
            other[promise.order] = other.get(promise.order, _NOTHING) + gone
    waiting = {}
    for number, uri, bound in store.bound_orders(sorted(here)):
        order = all_orders.found(number)
        if order is not None:
            made = products.made_of(order) - products.scrapped_of(order)
            waiting[uri] = still_promised(bound, made, here[uri], max(_NOTHING, other.get(uri, _NOTHING)))
    return waiting


def give_free(demand_id: int) -> DemandRow:
    """Promise nothing in store to a line any more: it is open as far as it was covered by that.

    :raises Fault: ``chassis.not_found``.
    """
    demand.locked(demand_id)
    if not store.give_free(demand_id):
        raise NOT_FOUND(what=f"#{demand_id}")
    return demand.demand(demand_id, demand.WRITE)
