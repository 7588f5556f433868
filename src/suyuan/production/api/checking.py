"""Execution checks (防错), registered into capture: one query for a device's message, then each entry in order.

Qualifications, machines and tools are asked for only where the operation wants them, once each in a message.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final

from suyuan.capture.contracts.execution import Executed, ExecutionFinding
from suyuan.chassis.database import tx
from suyuan.designer import api as designer
from suyuan.kernel.faults import Fault
from suyuan.production.contracts.checks import CHECKS
from suyuan.production.contracts.products import BILL_OF_MATERIAL, BillOfMaterial
from suyuan.production.contracts.routes import ROUTE, Route, revision_of
from suyuan.production.domain import executing
from suyuan.production.domain.fetching import AtHand
from suyuan.production.domain.matching import short_step
from suyuan.production.domain.portion_turns import turns
from suyuan.production.domain.portions import Lot
from suyuan.production.domain.world import Done, Event, OpenOrder, World, is_product
from suyuan.production.store import executing as store
from suyuan.production.store import instructions
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.contracts import EventRecord


@lru_cache(maxsize=512)
def _version(_tenant: int, kind: str, key: str, number: int) -> Any:  # noqa: ANN401 (the type of either kind)
    return designer.published_version(kind, key, number)


def pinned_route(key: str | None, version: int | None) -> Route | None:
    """Return a version of a route, kept for the life of the process: versions never change."""
    found: Route | None = _pinned(ROUTE, key, version)
    return found


def pinned_bill(key: str | None, version: int | None) -> BillOfMaterial | None:
    """Return a version of a bill of materials."""
    found: BillOfMaterial | None = _pinned(BILL_OF_MATERIAL, key, version)
    return found


def _pinned(kind: str, key: str | None, version: int | None) -> Any:  # noqa: ANN401 (the type of either kind)
    if key is None or version is None:
        return None
    try:
        return _version(tx().principal.tenant_id, kind, key, version)
    except Fault:
        return None


@lru_cache(maxsize=64)
def _steps(_tenant: int, _stamp: object) -> dict[str, datetime]:
    since = designer.first_published(ROUTE)
    found: dict[str, datetime] = {}
    for key, _, current, route in designer.published_versions(ROUTE):
        for step in {short_step(each.step) for each in route.operations if each.step} if current else ():
            found[step] = min(since[key], found.get(step, since[key]))
    return found


@lru_cache(maxsize=16)
def _names(_tenant: int, _language: str, _stamp: object) -> dict[str, str]:
    zh = _language == "zh"
    return {
        each.uri: str((each.name_zh or each.name_en) if zh else (each.name_en or each.name_zh))
        for each in trace.master_data()
        if each.name_zh or each.name_en
    }


def name_of(uri: str) -> str:
    """Return the name of a thing in the asker's language; the last part of its URI where it has none."""
    principal = tx().principal
    known = _names(principal.tenant_id, principal.language, trace.master_stamp())
    return known.get(uri) or uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1] or "–"


@lru_cache(maxsize=1024)
def _at_hand(_tenant: int, material: str, site: str | None, _newest: int, _window: int) -> tuple[AtHand, ...]:
    lots = [row for row in store.at_hand(material) if site is None or _site_of(row[3]) in (site, None)]
    facts = trace.current_facts([row[0] for row in lots], expiry=True)
    today = datetime.now(UTC).date().isoformat()
    known = [(row, facts.get(row[0])) for row in lots]
    return tuple(
        AtHand(row[0], row[1], fact.expiry, row[2], row[3])
        for row, fact in known
        if fact is not None and not fact.held and (fact.expiry is None or fact.expiry >= today)
    )


def _site_of(place: str | None) -> str | None:
    starts = (each.location_uri for each in tenancy.sites() if each.location_uri)
    return next((start for start in starts if place is not None and place.startswith(start)), None)


_ADVICE_SECONDS: Final = 30


class Execution:
    """The checks of one message; see ``ExecutionChecks``."""

    def __init__(self) -> None:
        self._levels: dict[str, str] = {}
        machine, calibrated, held = cache(store.machine), cache(store.calibrated), cache(store.held_by)

        def missing(person: str, codes: Sequence[str], day: date) -> list[str]:
            return [code for code in codes if code not in held(person, day)]

        self.world = World(
            name_of=name_of, qualified=missing, holders=store.holders, machine=machine, calibrated=calibrated,
            has_read=cache(instructions.has_read), at_hand=self._at_hand,
        )  # fmt: skip

    def _at_hand(self, material: str, place: str | None) -> Sequence[AtHand]:
        """Return the usable lots of a material: new ones at once, what is left of them half a minute old at most."""
        if self._levels.get("fetching", CHECKS["fetching"].standard) == "off":
            return ()
        window = int(time.monotonic() / _ADVICE_SECONDS)
        newest = store.newest_lot(material)
        return _at_hand(tx().principal.tenant_id, material, _site_of(place), newest, window)

    def steps(self) -> Mapping[str, datetime]:
        """Return the business steps of the operations of all routes in force, since when there was such a route."""
        return _steps(tx().principal.tenant_id, designer.stamp(ROUTE))

    def gather(self, uris: Sequence[str], orders: Sequence[str]) -> None:
        """Ask for histories, orders, what went into them, and levels, in one query."""
        world, rows = self.world, store.asked(uris, orders)
        self._levels = {values[0]: values[1] for kind, values in rows if kind == "level"}
        for kind, values in rows:
            if kind == "history":
                uri, order, step, node, place, disposition, role, time, quantity, unit = values
                amount = None if quantity is None else Decimal(quantity)
                world.history.setdefault(uri, []).append(
                    Done(order, step, node, place, disposition, role, datetime.fromisoformat(time), amount, unit)
                )
            elif kind == "lot":
                uri, quantity, unit, cut = values
                world.lots[uri] = Lot(None if quantity is None else Decimal(quantity), unit, cut)
            elif kind == "revision":
                world.revisions[values[0]] = values[1]
            elif kind == "used":
                world.used[(values[0], values[1])] = Decimal(values[2])
            elif kind == "order":
                uri, number, product, quantity, state, route, route_version, bom, bom_version = values
                world.orders[uri] = OpenOrder(
                    uri, number, product, Decimal(quantity), state, pinned_route(route, route_version),
                    pinned_bill(bom, bom_version), route or "", route_version or 0,
                )  # fmt: skip

    def orders(self, node: str, events: Sequence[EventRecord]) -> dict[str, str]:
        """Return the order of events that name none, where their step is one of its route."""
        known = {record.event_id: executing.order_by_items(record, node, self.world) for record in events}
        return {event: order for event, order in known.items() if order is not None}

    def extensions(self, node: str, events: Sequence[EventRecord]) -> dict[str, dict[str, str]]:
        """Return, by event id, the operation and the revision of its instructions, where it has any."""
        found: dict[str, dict[str, str]] = {}
        for record in events:
            order = self.world.order_of(record)
            operation = executing.operation_of(record, node, order) if order is not None else None
            if order is not None and operation is not None and operation.instructions:
                found[record.event_id] = {
                    "suyuan:operation": operation.id,
                    "suyuan:instructionRevision": revision_of(operation, order.route_version),
                }
        return found

    def findings(self, executed: Executed) -> list[ExecutionFinding]:
        """Return what is wrong with an entry, each with the level that the tenant set."""
        if not self.world.orders:
            return []
        found: list[ExecutionFinding] = []
        for record in executed.events:
            event = Event(record, executed.node, executed.day, executed.facts, executed.expiries, executed.labels)
            for check, fault, item in executing.findings(event, self.world):
                level = self._levels.get(check, CHECKS[check].standard)
                if level != "off":
                    found.append(ExecutionFinding(fault, check, level, item))
        return found

    def portions(self, executed: Executed) -> set[str]:
        """Return the lots that run through their operation in portions."""
        if not self.world.orders:
            return set()
        events = (Event(each, executed.node, executed.day, {}, {}, {}) for each in executed.events)
        return {uri for event in events for uri in turns(event, self.world)}

    def learn(self, node: str, events: Sequence[EventRecord]) -> None:
        """Know what an accepted entry did, for the entries after it in the message."""
        for record in events:
            order = self.world.order_of(record)
            if order is None:
                continue
            for part in record.participations:
                role = part.role.name[0].lower()
                done = Done(
                    order.uri, record.biz_step, node, record.biz_location or record.read_point, record.disposition,
                    role, record.time.utc, part.quantity, part.unit,
                )  # fmt: skip
                self.world.history.setdefault(part.item.uri, []).append(done)
                if role in ("i", "c") and not is_product(part, order):
                    key = (order.uri, part.item.product or part.item.uri)
                    one = part.quantity if part.quantity is not None else Decimal(part.item.kind.value == "unit")
                    self.world.used[key] = self.world.used.get(key, Decimal(0)) + one
