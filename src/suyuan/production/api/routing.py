"""Which operation of its order's route an event is of, and what the operations are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from suyuan.chassis.database import tx
from suyuan.designer.api import published as designer
from suyuan.production.contracts.routes import ROUTE, Route
from suyuan.production.domain.matching import match
from suyuan.production.domain.passages import OperationOf, no_route

_PREFIX: Final = "route:"
CycleOf = Callable[[str, str | None], float | None]
"""Planned seconds for one unit by operation and order; None where no route says so."""


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


def _pinned(orders: list[str]) -> dict[str, tuple[str, int]]:
    """Return by order key and version of the route that it is made by."""
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
    return {uri: (key, number) for uri, key, number in rows}


def _routes(orders: list[str]) -> dict[str, tuple[str, Route]]:
    pinned = _pinned(orders)
    bodies = {each: designer.published_version(ROUTE, *each) for each in set(pinned.values())}
    return {uri: (each[0], bodies[each]) for uri, each in pinned.items()}


def planned_cycles(orders: Iterable[str]) -> CycleOf:
    """Return what tells the planned seconds for one unit (PRI, ISO 22400-2) at an operation, for these orders (URIs).

    An order runs by the version of the route that it pinned when it was released, so its plan is that version's: a
    newer one changes nothing of what is reckoned already. What names no order on a route is reckoned by the newest.
    """
    newest: dict[str, float | None] = {}
    by_version: dict[tuple[str, int], dict[str, float | None]] = {}
    for key, number, _retired, body in sorted(designer.published_versions(ROUTE), key=lambda row: row[1]):
        of_version = {f"{_PREFIX}{key}:{each.id}": _seconds(each.cycle_seconds) for each in body.operations}
        by_version[key, number] = of_version
        newest |= of_version
    pinned = _pinned(sorted(set(orders))) if newest else {}

    def cycle_of(operation: str, order: str | None) -> float | None:
        return by_version.get(pinned.get(order or "", ("", 0)), newest).get(operation)

    return cycle_of


def _seconds(cycle: Decimal | None) -> float | None:
    return float(cycle) if cycle is not None and cycle > 0 else None


def operation_names() -> dict[str, tuple[str, str]]:
    """Return the names (Chinese, English) of the operations of all routes, as the newest version has them."""
    found: dict[str, tuple[str, str]] = {}
    for key, _number, _retired, body in sorted(designer.published_versions(ROUTE), key=lambda row: row[1]):
        for each in body.operations:
            found[f"{_PREFIX}{key}:{each.id}"] = each.name_zh, each.name_en
    return found
