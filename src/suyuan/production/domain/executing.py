"""Judging one event of an order: right step, material, machine and person, and values within their limits?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from suyuan.kernel.faults import Bilingual
from suyuan.production.contracts import execution_faults as faults
from suyuan.production.contracts.products import BillOfMaterial, Line
from suyuan.production.contracts.routes import Operation, revision_of
from suyuan.production.domain import bills, progress
from suyuan.production.domain.fetching import to_take_first
from suyuan.production.domain.matching import match
from suyuan.production.domain.orders import STATE_WORDS
from suyuan.production.domain.process_checks import of_parameters, of_recipe, plain
from suyuan.production.domain.route_step import of_route
from suyuan.production.domain.world import (
    Event,
    Finding,
    OpenOrder,
    World,
    called,
    is_product,
    listed,
    result_of,
)
from suyuan.trace.contracts import EventRecord, ItemKind, Participation, Role


def order_by_items(record: EventRecord, node: str, world: World) -> str | None:
    """Return the one order of all of an event's items, where the event is an operation of its route."""
    if record.work_order is not None:
        return None
    seen = [world.history[part.item.uri][-1].order for part in record.participations if part.item.uri in world.history]
    order = world.orders.get(seen[0]) if seen and len(set(seen)) == 1 else None
    if order is None or order.route is None:
        return None
    found = match(order.route, record.biz_step, node, record.biz_location or record.read_point)
    return order.uri if found is not None else None


def findings(event: Event, world: World) -> Iterator[Finding]:
    """Yield what is wrong with an event of an order; nothing for events of no known order."""
    order = world.order_of(event.record)
    if order is None:
        return
    record = event.record
    known = progress.route_map(order.route) if order.route is not None else None
    found = known and match(known.route, record.biz_step, event.node, record.biz_location or record.read_point)
    operation = known.operations[found] if known is not None and found else None
    if operation is None and record.work_order is None:
        return  # stored, packed or shipped: no business of the order any more
    if order.state not in ("released", "started"):
        yield "route_step", faults.ORDER_NOT_OPEN(order=order.number, state=STATE_WORDS[order.state]), None
    if known is not None:
        yield from of_route(event, world, order, known, operation)
    yield from _of_materials(event, world, order, operation)
    if operation is not None:
        yield from _of_means(event, world, operation)
        yield from of_parameters(event.record.document, operation)
        yield from _of_instructions(event, world, order, operation)
        yield from of_recipe(event.record.document, operation)


def _of_materials(event: Event, world: World, order: OpenOrder, operation: Operation | None) -> Iterator[Finding]:
    for part in event.record.participations:
        uri, facts = part.item.uri, event.facts.get(part.item.uri)
        product = is_product(part, order) and part.role is not Role.INPUT
        if product and order.bill is not None and order.bill.revision and part.item.product in (None, order.product):
            given = _revision(world, part)
            if given is not None and given != order.bill.revision:
                wanted = order.bill.revision
                fault = faults.WRONG_REVISION(item=event.label(uri), given=given, order=order.number, wanted=wanted)
                yield "revision", fault, uri
        if facts is not None and facts.held and not (product and result_of(event.record.disposition) == "failed"):
            waits = product and operation is not None and operation.kind in ("rework", "inspection")
            if not waits:
                said = facts.disposition or facts.lot_disposition or ""
                yield "held", faults.MATERIAL_HELD(material=event.label(uri), disposition=said), uri
        if product or part.role not in (Role.INPUT, Role.CHILD):
            continue
        expiry = event.expiries.get(uri) or (facts.expiry if facts is not None else None)
        if expiry is not None and expiry < event.day.isoformat():
            yield "expired", faults.MATERIAL_EXPIRED(material=event.label(uri), expiry=expiry), uri
        yield from _of_fetching(event, world, part, expiry)
        if order.bill is not None:
            yield from _of_bill(event, world, order, order.bill, part, operation)


def _of_bill(
    event: Event, world: World, order: OpenOrder, bill: BillOfMaterial, part: Participation, operation: Operation | None
) -> Iterator[Finding]:
    material = part.item.product or part.item.uri
    any_line = operation is None or operation.kind == "rework"  # a repair replaces parts of any operation
    lines = [
        line
        for line in bills.effective(bill, event.day)
        if any_line or line.operation is None or (operation is not None and line.operation == operation.id)
    ]
    wanted = listed([Bilingual(world.name_of(line.material), world.name_of(line.material)) for line in lines])
    uri = part.item.uri
    for line in lines:
        if line.material == material:
            given = _revision(world, part) if line.revision else None
            if line.revision and given != line.revision:
                yield "revision", faults.MATERIAL_REVISION(
                    material=event.label(uri), given=given or "–", order=order.number, wanted=line.revision,
                    name=world.name_of(material),
                ), uri  # fmt: skip
            yield from _of_quantity(event, world, order, part, line, line.quantity)
            return
        for other in line.alternatives:
            if other.material == material:
                if other.needs_approval:
                    name = Bilingual(world.name_of(line.material), world.name_of(line.material))
                    yield "alternative", faults.ALTERNATIVE_UNAPPROVED(material=event.label(uri), wanted=name), uri
                yield from _of_quantity(event, world, order, part, line, other.quantity)
                return
    shown = world.name_of(material)
    yield "material", faults.WRONG_MATERIAL(
        material=f"{shown} {event.label(uri)}" if shown != material else event.label(uri),
        order=order.number, revision=bill.revision or "–", wanted=wanted,
    ), uri  # fmt: skip


def _revision(world: World, part: Participation) -> str | None:
    """Return the drawing revision of an item: as its making states it, else that of the bill it was begun by."""
    stated = world.revisions.get(part.item.uri)
    if stated:
        return stated
    begun = next((done for done in world.history.get(part.item.uri, ()) if done.role in ("o", "s")), None)
    order = world.orders.get(begun.order) if begun is not None else None
    if order is None or order.bill is None or part.item.product not in (None, order.product):
        return None
    return order.bill.revision or None


def _of_quantity(
    event: Event, world: World, order: OpenOrder, part: Participation, line: Line, usage: Decimal
) -> Iterator[Finding]:
    material = part.item.product or part.item.uri
    going_in = part.quantity if part.quantity is not None else Decimal(1 if part.item.kind.value == "unit" else 0)
    would = world.used.get((order.uri, material), Decimal(0)) + going_in
    allowed = order.quantity * usage / (1 - line.scrap_percent / 100)
    if going_in and would > allowed:
        yield (
            "quantity",
            faults.TOO_MUCH(
                material=world.name_of(material), would=plain(would), allowed=plain(allowed), order=order.number
            ),
            part.item.uri,
        )


def _of_means(event: Event, world: World, operation: Operation) -> Iterator[Finding]:
    name = called(operation)
    used = event.record.equipment
    known = world.machine(used) if used is not None else None
    if operation.work_centre is not None or operation.equipment_class is not None:
        stands = known is not None and (operation.work_centre is None or operation.work_centre in (used, *known[1]))
        fits = known is not None and (operation.equipment_class is None or known[0] == operation.equipment_class)
        place = event.record.biz_location or ""
        at_place = operation.work_centre is not None and place.startswith(operation.work_centre)
        if not (stands and fits) and not (used is None and at_place and operation.equipment_class is None):
            wanted = " / ".join(filter(None, (operation.equipment_class, world.name_of(operation.work_centre or ""))))
            yield (
                "equipment",
                faults.WRONG_EQUIPMENT(operation=name, equipment=world.name_of(used or "–"), wanted=wanted),
                None,
            )
    if used is not None and known is not None and known[2] is not None and known[2] < event.day:
        yield "calibration", faults.NOT_CALIBRATED(tool=world.name_of(used), due=known[2]), None
    for each in operation.tool_classes:
        if not world.calibrated(each, event.day):
            yield "calibration", faults.NO_TOOL(operation=name, tool=each), None
    if operation.qualifications:
        person = event.record.person or "–"
        missing = world.qualified(person, operation.qualifications, event.day)
        if missing:
            holders = [world.name_of(each) for each in world.holders(operation.qualifications, event.day)[:5]]
            yield (
                "qualified",
                faults.NOT_QUALIFIED(
                    person=world.name_of(person),
                    operation=name,
                    wanted=", ".join(missing),
                    holders=", ".join(holders) or "–",
                ),
                None,
            )


def _of_fetching(event: Event, world: World, part: Participation, expiry: str | None) -> Iterator[Finding]:
    if part.item.kind is not ItemKind.LOT or part.item.product is None:
        return
    place = event.record.biz_location or event.record.read_point
    sooner = to_take_first(part.item.uri, expiry, world.at_hand(part.item.product, place))
    if sooner is None:
        return
    named = {
        "material": event.label(part.item.uri), "lot": event.labels.get(sooner.uri) or sooner.code,
        "place": world.name_of(sooner.place or ""),
    }  # fmt: skip
    fault = faults.OLDER_LOT(**named) if expiry is None else faults.SOONER_LOT(**named, expiry=sooner.expiry)
    yield "fetching", fault, part.item.uri


def operation_of(record: EventRecord, node: str, order: OpenOrder) -> Operation | None:
    """Return the operation of its order's route that an event is of."""
    if order.route is None:
        return None
    found = match(order.route, record.biz_step, node, record.biz_location or record.read_point)
    return next((each for each in order.route.operations if each.id == found), None)


def _of_instructions(event: Event, world: World, order: OpenOrder, operation: Operation) -> Iterator[Finding]:
    if not (operation.read_required and operation.instructions):
        return
    person, revision = event.record.person or "–", revision_of(operation, order.route_version)
    if not world.has_read(person, order.route_key, operation.id, revision):
        told = faults.UNREAD(person=world.name_of(person), operation=called(operation), revision=revision)
        yield "instructions", told, None
