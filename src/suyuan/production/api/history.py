"""How one unit or lot was made: its production history, on one page."""

from __future__ import annotations

import time
from typing import Any

import msgspec

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.coding import api as coding
from suyuan.production.api import routing
from suyuan.production.contracts.history import History, HistoryItem
from suyuan.production.domain import history as domain
from suyuan.production.domain.history import ToldEvent, ToldMaterial
from suyuan.production.domain.passages import OperationOf
from suyuan.production.store import history as store
from suyuan.trace import api as trace
from suyuan.trace.api import reach
from suyuan.trace.contracts import ItemRow

RIGHT = "production:history:read"


def history(code: str) -> History:
    """Return the production history of the unit or lot that ``code`` means, in any notation.

    :raises Fault: as :func:`suyuan.coding.api.find_item`; ``chassis.not_found`` for an item the reader may not see.
    """
    began = time.perf_counter()
    item_id, _ = coding.find_item(code)
    rows = trace.items_by_id([item_id])
    if not rows or not reach.may_see(item_id):
        raise NOT_FOUND(what=code[:120])
    reached = tx().principal.sites_for(RIGHT)
    rows_told = store.events(item_id, None if reached is None else sorted(reached))
    operation_of = routing.router_of(row[13] for row in rows_told if row[13])
    told = [_event(row, operation_of) for row in rows_told]
    uris = domain.uris_of(told)
    used, names = store.materials_and_names(domain.makers_of(told), sorted(uris))
    steps = domain.steps_of(told, names, _operations(told))
    return _history(
        rows[0],
        steps=steps,
        summary=domain.summary_of(steps),
        work_orders=domain.orders_of(steps),
        materials=domain.materials_of([_material(row) for row in used]),
        truncated=len(told) >= store.MOST_STEPS,
        took_ms=round((time.perf_counter() - began) * 1000, 1),
    )


def _history(row: ItemRow, **made: Any) -> History:  # noqa: ANN401 (the other fields of the contract)
    return History(
        item=HistoryItem(row.id, row.uri, row.label, row.kind, row.product, row.product_name_zh, row.product_name_en),
        lot=row.lot,
        serial=row.serial,
        state=row.state,
        disposition=row.disposition,
        place_name_zh=row.place_name_zh,
        place_name_en=row.place_name_en,
        **made,
    )


def _operations(told: list[ToldEvent]) -> dict[str, tuple[str | None, str | None]]:
    return dict(routing.operation_names()) if any(each.operation for each in told) else {}


def _event(row: tuple[Any, ...], operation_of: OperationOf) -> ToldEvent:
    sensors = msgspec.json.decode(row[21]) if row[21] else None
    operation = operation_of(row[13], row[5], row[22], row[10])
    return ToldEvent(*(*row[:21], trace.parameters_of({"sensorElementList": sensors or []}), operation, row[23]))


def _material(row: tuple[Any, ...]) -> ToldMaterial:
    return ToldMaterial(*(*row[:6], HistoryItem(*row[6:13]), row[13]))
