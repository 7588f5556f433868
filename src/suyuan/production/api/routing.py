"""Which operation of its order's route an event is of, and what the operations are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from suyuan.chassis.database import tx
from suyuan.designer.api import published as designer
from suyuan.production.contracts.routes import ROUTE, Route
from suyuan.production.domain.matching import match
from suyuan.production.domain.passages import OperationOf, no_route

_PREFIX: Final = "route:"


def router_of(orders: Iterable[str]) -> OperationOf:
    """Return what tells the operation of an event by its order's route, for these orders (URIs)."""
    routes = _routes(sorted(set(orders)))
    if not routes:
        return no_route

    def operation_of(order: str | None, step: str | None, node: str | None, place: str | None) -> str | None:
        known = routes.get(order or "")
        found = None if known is None else match(known[1], step, node, place)
        return None if known is None or found is None else f"{_PREFIX}{known[0]}:{found}"

    return operation_of


def _routes(orders: list[str]) -> dict[str, tuple[str, Route]]:
    rows = (
        tx()
        .execute(
            "SELECT uri, route_key, route_version FROM production_order WHERE tenant_id = %s AND uri = ANY (%s)"
            " AND route_key IS NOT NULL AND route_version IS NOT NULL",
            (tx().principal.tenant_id, orders),
            prepare=True,
        )
        .fetchall()
    )
    bodies = {
        (key, number): designer.published_version(ROUTE, key, number) for key, number in {row[1:] for row in rows}
    }
    return {uri: (key, bodies[key, number]) for uri, key, number in rows}


def planned_cycles() -> dict[str, float]:
    """Return the planned seconds for one unit (PRI) of the operations that say so, as the newest version has them."""
    found: dict[str, float] = {}
    for key, _number, _retired, body in sorted(designer.published_versions(ROUTE), key=lambda row: row[1]):
        for each in body.operations:
            if each.cycle_seconds is not None and each.cycle_seconds > 0:
                found[f"{_PREFIX}{key}:{each.id}"] = float(each.cycle_seconds)
            else:
                found.pop(f"{_PREFIX}{key}:{each.id}", None)
    return found


def operation_names() -> dict[str, tuple[str, str]]:
    """Return the names (Chinese, English) of the operations of all routes, as the newest version has them."""
    found: dict[str, tuple[str, str]] = {}
    for key, _number, _retired, body in sorted(designer.published_versions(ROUTE), key=lambda row: row[1]):
        for each in body.operations:
            found[f"{_PREFIX}{key}:{each.id}"] = each.name_zh, each.name_en
    return found
