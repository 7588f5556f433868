"""What stations at the line need to work without the network, and confirmations of work instructions."""

from __future__ import annotations

import hashlib
from typing import Final
from urllib.parse import quote

import msgspec

from suyuan.chassis.database import tx
from suyuan.production.api import andon_kinds
from suyuan.production.api.checking import pinned_bill, pinned_route
from suyuan.production.api.levels import execution_checks
from suyuan.production.contracts.floor import (
    FloorCall,
    FloorHolder,
    FloorOrder,
    FloorStation,
)
from suyuan.production.contracts.products import BillOfMaterial
from suyuan.production.contracts.routes import Route
from suyuan.production.store import floor as store
from suyuan.production.store import instructions
from suyuan.tenancy import api as tenancy

WRITE: Final = "capture:reading:write"
CALL: Final = "production:andon:call"
_MOST_ORDERS: Final = 300


def station(since: str = "") -> FloorStation | None:
    """Return what a station needs; None where nothing changed since the one with the etag ``since``."""
    principal = tx().principal
    reached = principal.sites_for(WRITE)
    routes: dict[str, Route] = {}
    bills: dict[str, BillOfMaterial] = {}
    orders = []
    for uri, number, product, state, key, version, bom, bom_version in store.open_orders(
        None if reached is None else sorted(reached), _MOST_ORDERS
    ):
        route, bill = pinned_route(key, version), pinned_bill(bom, bom_version)
        named, billed = f"{key}@{version}", f"{bom}@{bom_version}"
        if route is not None:
            routes[named] = route
        if bill is not None:
            bills[billed] = bill
        orders.append(FloorOrder(
            uri=uri, number=number, product=product, state=state, route=named if route is not None else None,
            bill=billed if bill is not None else None,
        ))  # fmt: skip
    wanted = {code for route in routes.values() for each in route.operations for code in each.qualifications}
    found = FloorStation(
        etag="", calls=_calls(), orders=tuple(orders), routes=routes, bills=bills,
        levels={each.name: each.level for each in execution_checks()},
        holders=tuple(
            FloorHolder(person=person, code=code, valid_from=first, valid_to=last)
            for person, code, first, last in store.holders(sorted(wanted))
        ),
        read=tuple(" ".join(each) for each in instructions.read_by(own_person())),
    )  # fmt: skip
    etag = hashlib.sha256(msgspec.json.encode(found)).hexdigest()[:32]
    return None if since == etag else msgspec.structs.replace(found, etag=etag)


def _calls() -> tuple[FloorCall, ...]:
    if not tx().principal.may(CALL):
        return ()
    return tuple(
        FloorCall(code=each.code, name_zh=each.name_zh, name_en=each.name_en, reason=each.reason)
        for each in andon_kinds.kinds(retired=False)
    )


def own_person() -> str:
    """Return what events call whoever is signed in."""
    return f"urn:suyuan:{tenancy.own_tenant().code}:person:{quote(tx().principal.name, safe='')}"
