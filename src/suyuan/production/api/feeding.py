"""Read models of production, fed by the outbox: passages through operations, work in process, machines' states.

Each item is folded anew from all its events whenever one of them arrives, so batches may come in any order and twice,
and making everything anew gives the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from suyuan.chassis.database import named_sql, tx
from suyuan.production.api import pulls, stock, using
from suyuan.production.api.routing import router_of
from suyuan.production.contracts.wip import OpenItem, Passage
from suyuan.production.domain.passages import fold
from suyuan.production.store import passages as store
from suyuan.production.store import stock as kept_stock
from suyuan.tenancy import api as tenancy

_AT_ONCE: Final = 2000
"""Items folded together: their events stay within some tens of megabytes."""


def feed(messages: Sequence[Mapping[str, Any]]) -> None:
    """Take newly recorded events into the read models (an outbox subscriber)."""
    numbers = sorted({number for message in messages for number in message["numbers"]})
    _feed(numbers)
    pulls.refill(numbers)


def rebuild(chunk: int = 5000) -> int:
    """Make the tenant's read models anew from the ledger; return how many events were counted."""
    store.alone()
    store.empty()
    kept_stock.empty()
    using.forget()
    after, counted = 0, 0
    while numbers := store.numbers_after(after, chunk):
        _feed(numbers)
        using.count(numbers)
        after, counted = numbers[-1], counted + len(numbers)
    return counted


def _feed(numbers: Sequence[int]) -> None:
    keys = {"tenant": tx().principal.tenant_id, "numbers": list(numbers)}
    for name in ("feed_states.sql", "feed_states_void.sql"):
        tx().execute(named_sql("suyuan.production.store", name), keys)
    stock.count(numbers)
    items = store.items_of(numbers)
    if items:
        store.alone()
    sited = any(site.location_uri for site in tenancy.sites())
    for start in range(0, len(items), _AT_ONCE):
        part = items[start : start + _AT_ONCE]
        events = store.events_of([item for item, _, _ in part], routed=store.any_route(), sited=sited)
        operation_of = router_of(each.work_order for told in events.values() for each in told if each.work_order)
        passages: list[Passage] = []
        standing: list[OpenItem] = []
        for item, kind, product in part:
            made, now = fold(item, kind, product, events.get(item, ()), operation_of)
            passages += made
            standing += [now] if now is not None else []
        store.keep([item for item, _, _ in part], passages, standing)
