"""Is an operation due for what an entry is about, and is there as much of a lot as the entry says?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from suyuan.kernel.faults import Bilingual, Fault
from suyuan.production.contracts import execution_faults as faults
from suyuan.production.contracts.routes import Operation
from suyuan.production.domain import progress
from suyuan.production.domain.matching import match
from suyuan.production.domain.portions import Portions
from suyuan.production.domain.process_checks import plain
from suyuan.production.domain.world import (
    ALWAYS,
    Event,
    Finding,
    OpenOrder,
    World,
    called,
    is_product,
    listed,
    standing_of,
)
from suyuan.trace.contracts import ItemKind, Participation, Role


def of_route(
    event: Event, world: World, order: OpenOrder, known: progress.RouteMap, operation: Operation | None
) -> Iterator[Finding]:
    made = [part for part in event.record.participations if part.role not in (Role.INPUT,) and is_product(part, order)]
    if operation is None:
        if made and event.record.biz_step not in ALWAYS and not any(part.role is Role.CHILD for part in made):
            yield "route_step", faults.NO_OPERATION(order=order.number), made[0].item.uri
        return
    if not made:
        strangers = [part for part in event.record.participations if part.role in (Role.SUBJECT, Role.OUTPUT)]
        if strangers:
            uri = strangers[0].item.uri
            yield "route_step", faults.WRONG_PRODUCT(item=event.label(uri), order=order.number), uri
        return
    for part in made:
        standing = standing_of(part.item.uri, order, known, world)
        if operation.id not in progress.legal(known, standing.marking) and not standing.fits(
            operation.id, part.quantity
        ):
            yield "route_step", _not_now(event, known, operation, part, standing), part.item.uri
            continue
        left = standing.left(operation.id, part.unit) if part.item.kind is ItemKind.LOT else None
        if left is not None and part.quantity is not None and part.quantity > left:
            yield "portion", _too_large(event, known, operation, part, standing), part.item.uri
        yield from _of_waiting(event, world, order, known, part.item.uri)


def _not_now(
    event: Event, known: progress.RouteMap, operation: Operation, part: Participation, standing: Portions
) -> Fault:
    """Return why an operation is not due."""
    label, marking = event.label(part.item.uri), standing.marking
    count = marking.done.get(operation.id, 0)
    if not known.again(operation.id, marking) and any(operation.id in token for token in marking.tokens):
        return faults.REWORK_SPENT(item=label, operation=called(operation), count=count)
    if part.item.kind is ItemKind.LOT and part.quantity is not None and standing.left(operation.id, part.unit):
        return _too_large(event, known, operation, part, standing)
    allowed = [called(known.operations[each]) for each in sorted(progress.legal(known, marking))]
    return faults.WRONG_STEP(item=label, operation=called(operation), allowed=listed(allowed))


def _too_large(
    event: Event, known: progress.RouteMap, operation: Operation, part: Participation, standing: Portions
) -> Fault:
    """Return how much of a lot is left for an operation, and where the rest of it is."""
    where = [
        Bilingual(f"“{named.zh}”已转出 {plain(came)}", f"“{named.en}” has passed on {plain(came)}")
        for named, came in ((called(known.operations[each]), came) for each, came in standing.sources(operation.id))
    ]
    had = plain(standing.had(operation.id))
    where.append(Bilingual(f"这道工序已做 {had}", f"this one has had {had}"))
    left = standing.left(operation.id, part.unit)
    return faults.PORTION_TOO_LARGE(
        item=event.label(part.item.uri), operation=called(operation), given=plain(part.quantity or Decimal(0)),
        left=plain(left or Decimal(0)),
        where=Bilingual("，".join(each.zh for each in where), ", ".join(each.en for each in where)),
    )  # fmt: skip


def _of_waiting(event: Event, world: World, order: OpenOrder, known: progress.RouteMap, uri: str) -> Iterator[Finding]:
    """Yield a fault where too little time passed since the operation before."""
    before = [done for done in world.history.get(uri, ()) if done.order == order.uri and done.role != "i"]
    if not before:
        return
    last = before[-1]
    operation = known.operations.get(match(known.route, last.step, last.node, last.place) or "")
    if operation is None or not operation.minimum_wait_seconds:
        return
    left = operation.minimum_wait_seconds - (event.record.time.utc - last.time).total_seconds()
    if left > 0:
        yield (
            "route_step",
            faults.TOO_EARLY(item=event.label(uri), operation=called(operation), minutes=math.ceil(left / 60)),
            uri,
        )
