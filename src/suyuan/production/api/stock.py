"""Stock by place, fed by the outbox: a lot is folded on where events come later in time, else from its beginning."""

from __future__ import annotations

from collections.abc import Sequence

from suyuan.production.domain.stock import LotEvent, LotStock, fold
from suyuan.production.store import stock as store
from suyuan.production.store.stock import TouchedLot


def count(numbers: Sequence[int]) -> None:
    """Take events into account by their numbers."""
    touched = store.touched(numbers)
    if not touched:
        return
    fresh = store.events_of([each.item_id for each in touched if not each.declared], numbers)
    later = {each.item_id: each for each in touched if not each.declared and _all_later(each, fresh)}
    anew = [each.item_id for each in touched if each.item_id not in later]
    whole = store.events_of(anew, None) if anew else {}
    kept: dict[int, tuple[str, LotStock]] = {}
    for each in touched:
        stock = each.stock
        if each.item_id in later:
            for event in sorted(fresh.get(each.item_id, ()), key=lambda known: known.key):
                stock.take(event)
        else:
            stock = fold(whole.get(each.item_id, ()))
        kept[each.item_id] = each.material, stock
    store.keep(kept)


def _all_later(lot: TouchedLot, fresh: dict[int, list[LotEvent]]) -> bool:
    last = lot.stock.last
    return last is not None and all(event.key > last for event in fresh.get(lot.item_id, ()))
