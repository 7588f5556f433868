"""What stations at the line need to work without the network, and confirmations of work instructions."""

from __future__ import annotations

import hashlib
from typing import Final
from urllib.parse import quote

import msgspec

from suyuan.chassis.database import tx
from suyuan.designer import api as designer
from suyuan.production.api import andon_kinds
from suyuan.production.api.checking import name_of, pinned_bill, pinned_route
from suyuan.production.api.levels import execution_checks
from suyuan.production.contracts.execution_faults import INSTRUCTIONS_UNKNOWN
from suyuan.production.contracts.floor import (
    FloorCall,
    FloorHolder,
    FloorOrder,
    FloorStation,
    InstructionRead,
    InstructionReader,
    InstructionReaders,
)
from suyuan.production.contracts.products import BillOfMaterial
from suyuan.production.contracts.routes import ROUTE, Route, revision_of
from suyuan.production.store import floor as store
from suyuan.production.store import instructions
from suyuan.tenancy import api as tenancy

WRITE: Final = "capture:reading:write"
CALL: Final = "production:andon:call"
_MOST_ORDERS: Final = 300
_MOST_READERS: Final = 500


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


def confirm(given: InstructionRead) -> None:
    """Note that whoever is signed in has read an operation's instructions.

    :raises Fault: ``production.instructions_unknown`` where no published version of the route has that revision.
    """
    known = {
        (each.id, revision_of(each, number))
        for key, number, _retired, route in designer.published_versions(ROUTE)
        if key == given.route
        for each in route.operations
        if each.instructions
    }
    if (given.operation, given.revision) not in known:
        raise INSTRUCTIONS_UNKNOWN(
            at="/revision", route=given.route, operation=given.operation, revision=given.revision
        )
    instructions.confirm(own_person(), given.route, given.operation, given.revision)


def readers(route: str) -> InstructionReaders:
    """Return who confirmed to have read instructions of a route, newest first."""
    return InstructionReaders(
        rows=tuple(
            InstructionReader(
                person=person, person_name=name_of(person), operation=operation, revision=revision, time=time
            )
            for person, operation, revision, time in instructions.readers(route, _MOST_READERS)
        )
    )
