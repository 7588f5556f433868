"""What stations at the line need to work without the network, and confirmations of work instructions."""

from __future__ import annotations

import hashlib
import time
from functools import lru_cache
from typing import Final
from urllib.parse import quote

import msgspec

from suyuan.chassis.database import tx
from suyuan.chassis.withholding import left_out
from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import FaultKind
from suyuan.production.api import andon_kinds
from suyuan.production.api.checking import pinned_bill, pinned_route
from suyuan.production.api.levels import execution_checks
from suyuan.production.contracts import execution_faults
from suyuan.production.contracts.floor import (
    FloorCall,
    FloorDone,
    FloorFault,
    FloorHolder,
    FloorLot,
    FloorMachine,
    FloorOrder,
    FloorStation,
    FloorUse,
    FloorWork,
)
from suyuan.production.contracts.products import BillOfMaterial
from suyuan.production.contracts.routes import Route
from suyuan.production.store import executing, instructions
from suyuan.production.store import floor as store
from suyuan.tenancy import api as tenancy

WRITE: Final = "capture:reading:write"
CALL: Final = "production:andon:call"
_MOST_ORDERS: Final = 300
_MOST_ITEMS: Final = 600
_WORK_SECONDS: Final = 30


def station(since: str = "") -> FloorStation | None:
    """Return what a station needs; None where nothing changed since the one with the etag ``since``."""
    principal = tx().principal
    reached = principal.sites_for(WRITE)
    routes: dict[str, Route] = {}
    bills: dict[str, BillOfMaterial] = {}
    orders = []
    for uri, number, product, quantity, state, key, version, bom, bom_version in store.open_orders(
        None if reached is None else sorted(reached), _MOST_ORDERS
    ):
        route, bill = pinned_route(key, version), pinned_bill(bom, bom_version)
        named, billed = f"{key}@{version}", f"{bom}@{bom_version}"
        if route is not None:
            routes[named] = route
        if bill is not None:
            bills[billed] = bill
        orders.append(FloorOrder(
            uri=uri, number=number, product=product, quantity=format(quantity, "f"), state=state,
            route=named if route is not None else None, bill=billed if bill is not None else None,
        ))  # fmt: skip
    wanted = {code for route in routes.values() for each in route.operations for code in each.qualifications}
    own, hidden = own_person(), left_out(tx().principal, PEOPLE)  # a station judges its own person at least
    found = FloorStation(
        etag="", calls=_calls(), orders=tuple(orders), routes=routes, bills=bills,
        levels={each.name: each.level for each in execution_checks()},
        holders=tuple(
            FloorHolder(person=person, code=code, valid_from=first, valid_to=last)
            for person, code, first, last in store.holders(sorted(wanted))
            if person == own or not hidden
        ),
        read=tuple(" ".join(each) for each in instructions.read_by(own)),
        faults=_faults(),
    )  # fmt: skip
    etag = hashlib.sha256(msgspec.json.encode(found)).hexdigest()[:32]
    return None if since == etag else msgspec.structs.replace(found, etag=etag)


def _faults() -> tuple[FloorFault, ...]:
    return tuple(
        FloorFault(code=each.code, text_zh=each.text.zh, text_en=each.text.en, remedy_zh=each.remedy.zh,
                   remedy_en=each.remedy.en)
        for each in vars(execution_faults).values()
        if isinstance(each, FaultKind)
    )  # fmt: skip


def work(since: str = "") -> FloorWork | None:
    """Return how the work stands, at most half a minute old; None where nothing changed since the etag ``since``."""
    reached = tx().principal.sites_for(WRITE)
    sites = None if reached is None else tuple(sorted(reached))
    found = _work(tx().principal.tenant_id, sites, int(time.monotonic() / _WORK_SECONDS))
    return None if since == found.etag else found


@lru_cache(maxsize=16)
def _work(_tenant: int, sites: tuple[int, ...] | None, _window: int) -> FloorWork:
    known = [row[0] for row in store.open_orders(None if sites is None else list(sites), _MOST_ORDERS)]
    items = store.in_work(known, _MOST_ITEMS)
    done, used, lots = [], [], []
    for kind, values in executing.asked(items, known):
        if kind == "history":
            item, order, step, node, place, disposition, role, moment, quantity, unit = values
            done.append(FloorDone(
                item=item, order=order, step=step, node=node, place=place, disposition=disposition, role=role,
                time=moment, quantity=quantity, unit=unit,
            ))  # fmt: skip
        elif kind == "used":
            used.append(FloorUse(order=values[0], material=values[1], quantity=values[2]))
        elif kind == "lot":
            lots.append(FloorLot(item=values[0], quantity=values[1], unit=values[2], cut=values[3]))
    found = FloorWork(
        etag="", items=tuple(items), done=tuple(done), used=tuple(used),
        lots=tuple(lots),
        machines=tuple(
            FloorMachine(uri=uri, class_name=kind, above=tuple(above), tool=tool, due=due)
            for uri, kind, above, tool, due in store.machines()
        ),
    )  # fmt: skip
    etag = hashlib.sha256(msgspec.json.encode(found)).hexdigest()[:32]
    return msgspec.structs.replace(found, etag=etag)


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
